#!/usr/bin/env python3
"""Replays recorded exchanges with Mattermost against our server.

    test-recorded.py SERVER FIXTURES DIFFERENCES FILE...

Builds the organisation that the recordings speak of, repeats each call of each file
in order, and compares status, error id, content type, members and types of the
answers; ids and times are others, so they are learnt from the answers as they come.
What differs on purpose stands in DIFFERENCES with its reason, and must differ. TAP.
"""
import http.client
import json
import re
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path

PASSWORD = "Probe-2026!x"
# What is left out when there is nothing to say: that depends on what happened before.
OPTIONAL = {"props", "last_picture_update", "last_activity_at", "has_reactions", "file_ids", "emojis", "reactions",
            "embeds", "files", "images", "width", "height", "has_preview_image", "deleteBy", "customStatus",
            "thread_replied_to", "detailed_error", "is_following", "failed_attempts"}
# Calls that make something.
MAKING = ("posts", "users", "teams", "channels", "direct", "group", "bots", "emoji", "files", "uploads", "tokens",
          "categories", "ephemeral", "commands", "incoming")
# Members of no team, or not of the main one.
OUTSIDERS = ("erika.fremd", "zwei", "renate.alt")
ID = re.compile(r"(?<![a-z0-9])[a-z0-9]{26}(?![a-z0-9])")
TIME = re.compile(r"(?<!\d)1[67]\d{11}(?!\d)")
CUT = re.compile(r"(.*)\u2026 \((\d+) characters in all\)", re.S)
PLACEHOLDER = re.compile(r"<([A-Z]+)(?:-([^>]*))?>")


def is_id(text):
    return isinstance(text, str) and bool(ID.fullmatch(text))


class Server:
    def __init__(self, program, data):
        self.process = subprocess.Popen([program, "--port", "0", "--data", data], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("listening on "), line
        self.port = int(line.strip().rsplit(":", 1)[1])
        self.connection = None

    def send(self, method, path, body, headers):
        for attempt in range(2):
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                self.connection.request(method, path, body, headers)
                answer = self.connection.getresponse()
                return answer.status, answer.headers, answer.read()
            except (http.client.HTTPException, ConnectionError) as error:
                self.connection = None
                if attempt:
                    return 0, {}, str(error).encode()

    def stop(self):
        self.process.terminate()
        return self.process.wait(20)


class World:
    """Who and what the recordings speak of, made on our server."""

    def __init__(self, server, exchanges, everything, is_empty):
        self.server = server
        self.ids = {}
        self.times = {}
        self.tokens = {}
        self.users, self.teams, self.channels, self.bots = {}, {}, {}, {}
        self.members, self.team_members, self.posts = set(), set(), {}
        for exchange in everything:
            self.walk(exchange.get("response"), False)
        self.posts = {}
        for exchange in everything:
            self.note_name(exchange)
        born = {key for e in exchanges if e["request"]["method"] == "POST" and e["status"] < 300
                if e["request"]["path"].split("?")[0].rsplit("/", 1)[1] in MAKING for key in born_ids(e["response"])}
        for exchange in exchanges:
            self.walk(exchange.get("response"), True)
            self.note_access(exchange)
            self.note_places(exchange, born)
        for records in (self.users, self.teams, self.channels, self.posts):
            for key in born & set(records):
                del records[key]
        if not is_empty:
            self.build()

    def walk(self, node, with_posts):
        if isinstance(node, list):
            for item in node:
                self.walk(item, with_posts)
        if not isinstance(node, dict):
            return
        has = set(node).issuperset
        if has({"username", "id", "create_at"}) and node["username"]:
            self.users.setdefault(node["id"], node)
        elif has({"invite_id", "display_name", "type"}):
            self.teams.setdefault(node["id"], node)
        elif has({"total_msg_count", "type", "team_id"}):
            self.channels.setdefault(node["id"], node)
        elif has({"channel_id", "user_id", "notify_props", "msg_count"}):
            self.members.add((node["channel_id"], node["user_id"]))
        elif has({"team_id", "user_id", "scheme_user"}):
            self.team_members.add((node["team_id"], node["user_id"]))
        elif with_posts and has({"id", "message", "channel_id", "user_id", "create_at", "root_id"}):
            self.posts.setdefault(node["id"], node)
        for value in node.values():
            self.walk(value, with_posts)

    def note_name(self, exchange):
        """Ids of those of whom no record was recorded."""
        name, answer, path = exchange["request"].get("as"), exchange["response"], exchange["request"]["path"]
        if name in (None, "anonymous") or " " in name or is_id(self.find_user(name)) or name.endswith("-bot"):
            return
        self.users.setdefault(name, {"username": name})
        user_id = answer.get("user_id") if isinstance(answer, dict) and path.endswith(("/posts", "/reactions")) else None
        if exchange["status"] < 300 and is_id(user_id):
            self.users.pop(name, None)
            self.users[user_id] = {"username": name}

    def note_places(self, exchange, born):
        """Channels and people of whom no record was recorded, but who were there."""
        request = exchange["request"]
        body = request.get("body") if isinstance(request.get("body"), dict) else {}
        stranger = body.get("user_id")
        if is_id(stranger) and stranger not in self.users and stranger not in born and len(set(stranger)) > 1:
            self.users[stranger] = {"username": f"outsider-{len(self.users)}"}
        found = re.findall(r"(?:channels/|channel_id=)([a-z0-9]{26})", request["path"]) + [body.get("channel_id")]
        if exchange["status"] >= 300 or request.get("as") in (None, "anonymous"):
            return
        for post_id in re.findall(r"posts/([a-z0-9]{26})", request["path"]) + [body.get("post_id"), body.get("root_id")]:
            if is_id(post_id) and post_id not in self.posts and post_id not in born:
                self.posts[post_id] = {"id": post_id, "channel_id": "place", "message": "x", "create_at": 0, "root_id": "",
                                       "user_id": self.find_user(request["as"]), "type": "", "is_pinned": False}
                self.channels.setdefault("place", {"id": "place", "type": "O", "team_id": None, "header": "", "purpose": "",
                                                   "name": "place", "display_name": "Place"})
            if is_id(post_id) and post_id in self.posts and self.find_user(request["as"]):
                self.members.add((self.posts[post_id]["channel_id"], self.find_user(request["as"])))
        for channel_id in found + [post["channel_id"] for post in self.posts.values()]:
            if is_id(channel_id) and channel_id not in self.channels and channel_id not in born:
                self.channels[channel_id] = {"id": channel_id, "type": "O", "team_id": None, "header": "", "purpose": "",
                                             "name": f"place-{len(self.channels)}", "display_name": "Place"}
            if channel_id in found and is_id(channel_id) and self.find_user(request["as"]):
                self.members.add((channel_id, self.find_user(request["as"])))

    def note_access(self, exchange):
        """Who got something out of a channel was in it."""
        request = exchange["request"]
        who = self.find_user(request.get("as"))
        if who is None or exchange["status"] >= 300:
            return
        for found in ID.findall(request["path"] + json.dumps(request.get("body"))):
            if found in self.channels and self.channels[found]["type"] == "P":
                self.members.add((found, who))

    def find_user(self, name):
        name = (name or "").split(" ")[0]
        for user_id, user in self.users.items():
            if user["username"] == name:
                return user_id
        return None

    # -- Building -----------------------------------------------------------------

    def call(self, who, method, path, body=None):
        headers = {"Content-Type": "application/json"}
        if who:
            headers["Authorization"] = "Bearer " + self.tokens[who]
        status, answer_headers, answer = self.server.send(method, "/api/v4" + path,
                                                          json.dumps(body) if body is not None else None, headers)
        return status, answer_headers, json.loads(answer) if answer else None

    def log_in(self, name):
        status, headers, user = self.call(None, "POST", "/users/login", {"login_id": name, "password": PASSWORD})
        assert status == 200, (name, user)
        self.tokens[name] = headers["Token"]
        return user["id"]

    def add_bot(self, old_id, record):
        status, _, made = self.call("admin", "POST", "/bots", {"username": record["username"]})
        assert status == 201, made
        self.ids[old_id] = made["user_id"]
        status, _, token = self.call("admin", "POST", f"/users/{made['user_id']}/tokens", {"description": "bot"})
        assert status == 200, token
        self.tokens[record["username"]] = token["token"]

    def add_user(self, old_id, name, record=None):
        body = {"username": name, "email": (record or {}).get("email") or f"{name}@example.org", "password": PASSWORD}
        for member in ("first_name", "last_name", "nickname", "position", "locale"):
            if record and record.get(member):
                body[member] = record[member]
        status, _, made = self.call("admin" if self.tokens else None, "POST", "/users", body)
        if status != 201:
            body["email"] = f"{name}@example.org"
            status, _, made = self.call("admin", "POST", "/users", body)
        assert status == 201, (name, made)
        self.ids[old_id] = self.log_in(name)

    def build(self):
        admin = self.find_user("admin")
        self.add_user(admin or "-", "admin")
        names = {"admin"}
        for old_id, user in sorted(self.users.items(), key=lambda item: item[1].get("create_at", 0)):
            if user["username"] in names:
                self.ids.setdefault(old_id, self.ids[admin])
                continue
            names.add(user["username"])
            if user.get("is_bot"):
                self.add_bot(old_id, user)
            else:
                self.add_user(old_id, user["username"], user)
        self.by_name = {user["username"]: old_id for old_id, user in self.users.items()}
        for old_id, team in self.teams.items():
            status, _, made = self.call("admin", "POST", "/teams", {
                "name": team["name"], "display_name": team["display_name"] or team["name"], "type": team["type"],
                "description": team["description"]})
            assert status == 201, made
            self.ids[old_id] = made["id"]
            self.ids[team.get("invite_id") or "-"] = made["invite_id"]
        main = next((key for key, team in self.teams.items() if team["name"] == "lindenhof"), None)
        for old_id, user in self.users.items():
            if user["username"] not in OUTSIDERS and not user["username"].startswith("outsider-"):
                self.team_members.add((main, old_id))
        for channel in self.channels.values():
            channel["team_id"] = main if channel["team_id"] is None else channel["team_id"]
        for team_id, user_id in sorted(self.team_members):
            self.join_team(team_id, user_id)
        for old_id, channel in self.channels.items():
            self.add_channel(old_id, channel)
        for channel_id, user_id in sorted(self.members):
            self.join(channel_id, user_id)
        for old_id, channel in self.channels.items():
            if channel.get("delete_at") and old_id in self.ids:
                self.call("admin", "DELETE", f"/channels/{self.ids[old_id]}")
        for post in sorted(self.posts.values(), key=lambda post: post["create_at"]):
            self.add_post(post)

    def join_team(self, team_id, user_id):
        if team_id in self.ids and user_id in self.ids:
            self.call("admin", "POST", f"/teams/{self.ids[team_id]}/members",
                      {"team_id": self.ids[team_id], "user_id": self.ids[user_id]})

    def add_channel(self, old_id, channel):
        if channel["type"] == "D":
            both = [self.ids.get(part) for part in channel["name"].split("__")]
            status, _, made = self.call("admin", "POST", "/channels/direct", both) if all(both) else (0, None, None)
        elif channel["type"] == "G":
            people = [name.strip() for name in channel["display_name"].split(",")]
            people = [self.ids[self.by_name[name]] for name in people if name in self.by_name]
            status, _, made = self.call("admin", "POST", "/channels/group", people)
        else:
            status, _, made = self.call("admin", "POST", "/channels", {
                "team_id": self.ids[channel["team_id"]], "name": channel["name"], "type": channel["type"],
                "display_name": channel["display_name"], "header": channel["header"], "purpose": channel["purpose"]})
            if status != 201:
                status, _, made = self.call(
                    "admin", "GET", f"/teams/{self.ids[channel['team_id']]}/channels/name/{channel['name']}")
        if status in (200, 201):
            self.ids[old_id] = made["id"]

    def join(self, channel_id, user_id):
        channel = self.channels.get(channel_id)
        if channel is None or channel["type"] in "DG" or user_id not in self.ids:
            return
        self.join_team(channel["team_id"], user_id)
        self.call("admin", "POST", f"/channels/{self.ids[channel_id]}/members", {"user_id": self.ids[user_id]})

    def add_post(self, post):
        author = next((user["username"] for key, user in self.users.items() if key == post["user_id"]), None)
        if author is None or post["channel_id"] not in self.ids or post["type"]:
            return
        self.join(post["channel_id"], post["user_id"])
        props = {key: value for key, value in (post.get("props") or {}).items() if key != "deleteBy"}
        status, _, made = self.call(author, "POST", "/posts", {
            "channel_id": self.ids[post["channel_id"]], "message": post["message"], "props": props,
            "root_id": self.ids.get(post["root_id"], "")})
        if status == 201:
            self.learn(post, made)
            if post["is_pinned"]:
                self.call(author, "POST", f"/posts/{made['id']}/pin")

    # -- Replaying ----------------------------------------------------------------

    def learn(self, old, new):
        """Ids and times that stand in the same place are the same thing."""
        if isinstance(old, dict) and isinstance(new, dict):
            for key in old:
                self.learn(old[key], new.get(key))
            fresh_old = [key for key in old if is_id(key) and key not in self.ids]
            fresh_new = [key for key in new if is_id(key) and key not in self.ids.values()]
            if len(fresh_old) == 1 and len(fresh_new) == 1:
                self.ids[fresh_old[0]] = fresh_new[0]
                self.learn(old[fresh_old[0]], new[fresh_new[0]])
        elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
            for one, other in zip(old, new):
                self.learn(one, other)
        elif is_id(old) and is_id(new):
            self.ids.setdefault(old, new)
        elif isinstance(old, int) and isinstance(new, int) and old > 1600000000000 and new > 1600000000000:
            self.times.setdefault(str(old), str(new))

    def note_token(self, exchange, answer):
        """A recording names it after its bot, without what made the bot's name unique."""
        user_id = exchange["response"]["user_id"]
        owner = self.find_name(user_id) or self.bots.get(user_id, "")
        self.tokens["PAT of " + owner] = answer["token"]
        if owner not in self.tokens:
            self.tokens[owner] = self.tokens[re.sub("-[^-]*$", "", owner)] = answer["token"]

    def find_name(self, user_id):
        return self.users.get(user_id, {}).get("username")

    def fill(self, name, kind, of):
        if kind == "PASSWORD":
            return PASSWORD
        if kind == "PAT":
            return self.tokens.get("PAT of " + of, "abcdefghijklmnopqrstuvwxyz")
        if kind == "TOKEN":
            return self.tokens.get(of or name, "abcdefghijklmnopqrstuvwxyz")
        return "x"

    def translate(self, text, name):
        text = PLACEHOLDER.sub(lambda match: self.fill(name, match[1], match[2]), text)
        text = ID.sub(lambda match: self.ids.get(match[0], match[0]), text)
        text = re.sub("([a-z0-9]{26})__([a-z0-9]{26})",
                      lambda match: "__".join(sorted(self.ids.get(part, part) for part in match.groups())), text)
        return TIME.sub(lambda match: self.times.get(match[0], match[0]), text)

    def token_of(self, request):
        name = request.get("as")
        if name in (None, "anonymous"):
            return None
        return self.tokens.get(name.split(" ")[0])

    def replay(self, exchange):
        request = exchange["request"]
        name = (request.get("as") or "").split(" ")[0]
        headers = {key: self.translate(value, name) for key, value in (request.get("headers") or {}).items()}
        body = build_body(request.get("body"), request["path"], headers,
                          lambda text: self.translate(text, name))
        path = urllib.parse.quote(self.translate(request["path"], name), safe="/?&=%+:,;@!*'()~._-")
        if exchange["status"] == 304:
            del headers["If-None-Match"]
            headers["If-None-Match"] = self.server.send(request["method"], path, body, headers)[1]["Etag"]
        status, answer_headers, answer = self.server.send(request["method"], path, body, headers)
        try:
            return status, answer_headers, json.loads(answer)
        except ValueError:
            return status, answer_headers, answer


def build_body(body, path, headers, translate):
    if body is None:
        return None
    if isinstance(body, dict) and "_multipart" in body:
        return build_form(body["_multipart"], headers, translate)
    if isinstance(body, dict) and "_raw" in body:
        return translate(expand(body["_raw"])).encode()
    if isinstance(body, dict) and "_raw_bytes" in body:
        return make_bytes(body["_raw_bytes"], path)
    headers.setdefault("Content-Type", "application/json")
    return translate(json.dumps(expand(body))).encode()


def build_form(parts, headers, translate):
    lines = b""
    for part in parts:
        lines += b'--frontier\r\nContent-Disposition: form-data; name="%s"' % part["name"].encode()
        if "filename" in part:
            lines += b'; filename="%s"\r\nContent-Type: %s' % (part["filename"].encode(), part["content_type"].encode())
            lines += b"\r\n\r\n" + make_bytes(part["bytes"], part["filename"]) + b"\r\n"
        else:
            lines += b"\r\n\r\n" + translate(part["value"]).encode() + b"\r\n"
    headers["Content-Type"] = "multipart/form-data; boundary=frontier"
    return lines + b"--frontier--\r\n"


PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000"
                        "1f15c4890000000d4944415478da63fccfc0500f000485018084a98c21"
                        "0000000049454e44ae426082")
ANIMATION = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")


def make_bytes(length, name):
    """As many as were sent; of a picture at least the beginning is one."""
    beginning = PICTURE[:length] if name.endswith(".png") else ANIMATION if name.endswith(".gif") else b""
    return beginning.ljust(length, b"x")


def expand(node):
    """Strings that the recording cut."""
    cut = CUT.fullmatch(node) if isinstance(node, str) else None
    if cut:
        return cut[1] + cut[1][-1] * (int(cut[2]) - len(cut[1]))
    if isinstance(node, dict) and set(node) == {"_repeat", "_times"}:
        return node["_repeat"] * node["_times"]
    if isinstance(node, dict):
        return {key: expand(value) for key, value in node.items()}
    if isinstance(node, list):
        return [expand(value) for value in node]
    return node


def pair(old, new, ids):
    """Records that are the same one; without keys, those in the same place."""
    for key in ("id", "user_id", "channel_id", "name"):
        if all(isinstance(item, dict) and key in item for item in old + new):
            by_key = {item[key]: item for item in new}
            return [(item, by_key[ids.get(item[key], item[key])]) for item in old if ids.get(item[key], item[key]) in by_key]
    return list(zip(old, new))


def kind(value):
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    return {dict: "object", list: "list", str: "text", type(None): "null"}[type(value)]


def compare(old, new, path, ids):
    """Where the shapes differ, as a list of texts."""
    old = expand(old)
    if kind(old) != kind(new):
        return [f"{path or '.'}: {kind(new)} instead of {kind(old)}"]
    if isinstance(old, list):
        return [text for one, other in pair(old, new, ids) for text in compare(one, other, path + "[]", ids)]
    if not isinstance(old, dict) or set(old) & {"_binary_bytes", "_text"}:
        return []
    if any(is_id(key) for key in [*old, *new]):
        pairs = [(old[key], new[ids[key]]) for key in old if ids.get(key) in new]
        return [text for one, other in pairs for text in compare(one, other, path + ".*", ids)]
    found = [f"{path}.{key}: missing" for key in old if key not in new and key not in OPTIONAL]
    found += [f"{path}.{key}: too much" for key in new if key not in old and key not in OPTIONAL]
    for key in old:
        # No picture is taken apart here, so none has a small one.
        if key in new and key != "mini_preview":
            found += compare(old[key], new[key], f"{path}.{key}", ids)
    return found


def media_type(headers):
    return (headers.get("Content-Type") or "").split(";")[0]


def check(exchange, status, headers, answer, ids):
    old = exchange["response"]
    if status != exchange["status"]:
        return [f"status {status} instead of {exchange['status']}: {str(answer)[:200]}"]
    found = []
    if media_type(headers) != media_type(exchange["headers"]) and exchange["status"] != 304:
        found.append(f"content type {media_type(headers)} instead of {media_type(exchange['headers'])}")
    if isinstance(old, dict) and set(old) & {"_binary_bytes", "_text"} or not isinstance(answer, (dict, list)):
        return found
    if status >= 400 and isinstance(old, dict) and isinstance(answer, dict) and old.get("id") != answer.get("id"):
        found.append(f"error {answer.get('id')} instead of {old.get('id')}")
    found += compare(old, answer, "", ids)
    if "cut" in (exchange.get("note") or ""):
        found = [text for text in found if not re.fullmatch(r"\.\w+: too much", text)]
    return found


def read_differences(path):
    """(file, exchange) -> reason"""
    result = {}
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            file, name, reason = (part.strip() for part in line.split("|"))
            result[file, name] = reason
    return result


def born_ids(answer):
    return [answer.get("id"), answer.get("user_id")] if isinstance(answer, dict) and "owner_id" in answer else \
        [answer.get("id")] if isinstance(answer, dict) else []


def read_exchanges(path):
    """Without the tables and frames that some files have too."""
    return [entry for entry in json.loads(path.read_text(encoding="utf-8"))
            if {"request", "status", "response"} <= set(entry) and "method" in entry["request"]]


def run_file(program, exchanges, everything, report):
    with tempfile.TemporaryDirectory() as data:
        server = Server(program, data)
        world = World(server, exchanges, everything, any("empty server" in e["name"] for e in exchanges))
        for exchange in exchanges:
            status, headers, answer = world.replay(exchange)
            found = check(exchange, status, headers, answer, world.ids)
            world.learn(exchange["response"], answer)
            if headers.get("Token"):
                world.tokens.setdefault(answer["username"], headers["Token"])
            if "owner_id" in (exchange["response"] or {}) and isinstance(answer, dict):
                world.bots[exchange["response"]["user_id"]] = exchange["response"]["username"]
            if exchange["request"]["path"].endswith("/tokens") and status == exchange["status"] == 200 and "token" in answer:
                world.note_token(exchange, answer)
            report(exchange["name"], found)
        assert server.stop() == 0, "the server did not end well"


def main():
    program, fixtures, differences = sys.argv[1:4]
    reasons = read_differences(differences)
    everything = [entry for path in sorted(Path(fixtures).glob("*.json")) for entry in read_exchanges(path)]
    n_cases = n_failed = 0
    unused = set(reasons)
    for name in sys.argv[4:]:
        exchanges = read_exchanges(Path(fixtures, name + ".json"))

        def report(case, found):
            nonlocal n_cases, n_failed
            n_cases += 1
            reason = reasons.get((name, case))
            unused.discard((name, case))
            is_good = bool(found) == bool(reason)
            n_failed += not is_good
            print(f"{'ok' if is_good else 'not ok'} {n_cases} - {name}: {case}".replace("#", "number ")
                  + (f" (differs: {reason})" if reason else ""))
            if not is_good:
                for text in found or ["does not differ any more: take it out of the list"]:
                    print("# " + text)

        run_file(program, exchanges, everything, report)
    for name, case in sorted(unused):
        if name in sys.argv[4:]:
            n_cases += 1
            n_failed += 1
            print(f"not ok {n_cases} - {name}: {case} is in the list of differences but not recorded")
    print(f"1..{n_cases}")
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
