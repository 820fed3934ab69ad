# SPDX-License-Identifier: GPL-3.0-or-later
"""What the integration tests in Python share: the bundled server as a process, people
who speak its API, the command line, and TAP."""
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
import urllib.request

PASSWORD = "Lindenhof-2021!"


class Skip(Exception):
    """A test that cannot be run against this server."""


class Server:
    """unified-chat-server on a free port; it can be killed and started again. Given an
    address instead of a program: a Mattermost server that runs already, whose
    administrator UNIFIED_CHAT_TEST_ADMIN names as NAME:PASSWORD."""

    def __init__(self, program, folder):
        self.program, self.folder, self.port, self.process = program, folder, 0, None
        self.is_foreign = program.startswith("http")
        self.url = program
        self.start()

    def start(self):
        if self.is_foreign:
            return
        self.process = subprocess.Popen(
            [self.program, "--port", str(self.port), "--data", self.folder],
            stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        prefix = "listening on "
        if not line.startswith(prefix):
            raise RuntimeError(f"the server said {line!r}")
        self.url = line[len(prefix):].strip()
        self.port = int(self.url.rsplit(":", 1)[1])

    def stop(self, how=signal.SIGTERM):
        if self.is_foreign:
            raise Skip("the server is not ours to stop")
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(20)
            self.process.stdout.close()
            self.process = None


class Person:
    """Somebody signed in at the server, speaking plain HTTP."""

    def __init__(self, server, name, password=PASSWORD):
        self.server, self.name, self.password, self.token = server, name, password, None

    def sign_in(self):
        self.token = None
        me = self.call("POST", "/users/login", {"login_id": self.name,
                                                "password": self.password})
        self.token = self.answer_headers["Token"]
        self.id = me["id"]
        return self

    def create(self, name):
        """Somebody new, made by this one, or by nobody on an empty server."""
        self.call("POST", "/users", {"username": name, "email": f"{name}@lindenhof.example",
                                     "password": PASSWORD})
        return Person(self.server, name).sign_in()

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.server.url + "/api/v4" + path, data, method=method)
        if self.token:
            request.add_header("Authorization", "Bearer " + self.token)
        with urllib.request.urlopen(request, timeout=20) as answer:
            self.answer_headers = answer.headers
            return json.loads(answer.read() or b"null")

    def post(self, channel_id, message, root_id=""):
        return self.call("POST", "/posts", {"channel_id": channel_id, "message": message,
                                            "root_id": root_id})

    def posts(self, channel_id):
        """Every post of a channel, oldest first."""
        found, page = [], 0
        while True:
            answer = self.call("GET", f"/channels/{channel_id}/posts?page={page}&per_page=200")
            found += [answer["posts"][i] for i in answer["order"]]
            if len(answer["order"]) < 200:
                return sorted(found, key=lambda p: p["create_at"])
            page += 1


class Organisation:
    """A server with a team, a channel and three people; anna may do everything."""

    def __init__(self, program, folder):
        self.server = Server(program, folder)
        suffix = ""
        if self.server.is_foreign:
            suffix = "-" + "".join(random.SystemRandom().choices("abcdefghijklmnop", k=8))
            name, password = os.environ["UNIFIED_CHAT_TEST_ADMIN"].split(":", 1)
            self.anna = Person(self.server, name, password).sign_in()
        else:
            self.anna = Person(self.server, "").create("anna")
        self.ben, self.chen = (self.anna.create(name + suffix) for name in ("ben", "chen"))
        self.team = self.anna.call("POST", "/teams", {
            "name": "klinik" + suffix, "display_name": "Klinik", "type": "O"})
        for person in (self.ben, self.chen):
            self.anna.call("POST", f"/teams/{self.team['id']}/members",
                           {"team_id": self.team["id"], "user_id": person.id})
        self.channel = self.anna.call("POST", "/channels", {
            "team_id": self.team["id"], "name": "station-3", "display_name": "Station 3",
            "type": "O"})
        for person in (self.ben, self.chen):
            self.anna.call("POST", f"/channels/{self.channel['id']}/members",
                           {"user_id": person.id})

    def close(self):
        if not self.server.is_foreign:
            self.server.stop()


class Ctl:
    """The command line with a store and a file of tokens of its own."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.store = os.path.join(folder, "store.db")
        self.tokens = os.path.join(folder, "tokens")

    def arguments(self, *words):
        n = 3 if words[:2] == ("store", "hold") else 2 if words[:1] == ("store",) else 1
        return [self.program, *words[:n], "--store", self.store, "--token-store", self.tokens,
                *words[n:]]

    def run(self, *words, expect=0, text_in=None, environment=None):
        done = subprocess.run(self.arguments(*words), input=text_in, capture_output=True,
                              encoding="utf-8", timeout=120,
                              env={**os.environ, **(environment or {})})
        if done.returncode != expect:
            raise AssertionError(f"{words} ended with {done.returncode}, not {expect}\n"
                                 f"{done.stdout}\n{done.stderr}")
        return done

    def json(self, *words, **rest):
        lines = self.run(*words, "--json", **rest).stdout.split("\n")
        return [json.loads(line) for line in lines if line]

    def start(self, *words):
        return subprocess.Popen(self.arguments(*words), stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)

    def login(self, person):
        secret = os.path.join(self.folder, "password")
        with open(secret, "w", encoding="utf-8") as file:
            file.write(person.password + "\n")
        return self.run("login", "--server", person.server.url, "--user", person.name,
                        "--password-file", secret)


def equal(found, expected, what=""):
    if found != expected:
        raise AssertionError(f"{what}: {found!r} is not {expected!r}")


def run_tests(tests):
    """Runs functions that each take a fresh folder; prints TAP."""
    print(f"1..{len(tests)}")
    n_failed = 0
    for number, test in enumerate(tests, 1):
        folder = tempfile.mkdtemp(prefix="uc-test-")
        name = test.__name__.replace("_", "-")
        try:
            test(folder)
            print(f"ok {number} {name}")
        except Skip as reason:
            print(f"ok {number} {name} # SKIP {reason}")
        except Exception:  # a failure of any kind is a failed test
            n_failed += 1
            for line in traceback.format_exc().splitlines():
                print("# " + line)
            print(f"not ok {number} {name}")
        finally:
            sys.stdout.flush()
            shutil.rmtree(folder, ignore_errors=True)
    return 1 if n_failed else 0
