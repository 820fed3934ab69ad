#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""unified-chat-ctl store migrate, without any server: test-ctl-migrate.py CTL"""
import contextlib
import fcntl
import hashlib
import os
import pty
import shutil
import signal
import sqlite3
import subprocess
import sys

from chat import Ctl, Skip, equal, run_tests

CTL = os.path.abspath(sys.argv[1])
NOBODY = 65534


def make_store(folder, version, more=""):
    """A store as an older program left it; those with a full-text index need its tokenizer."""
    ctl = Ctl(CTL, folder)
    with open(f"{os.environ['UC_TEST_FIXTURES']}/schema/{version:04}.sql", encoding="utf-8") as file:
        sql = file.read()
    with contextlib.closing(sqlite3.connect(ctl.store)) as db:
        db.executescript(sql + more)
    return ctl


def digest(ctl):
    with open(ctl.store, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def version_of(ctl):
    with contextlib.closing(sqlite3.connect(ctl.store)) as db:
        return db.execute("PRAGMA user_version").fetchone()[0]


def check_sound(ctl):
    """The old stores do not count right, nothing else is wrong with them."""
    kinds = {problem["kind"] for problem in ctl.json("store", "check", expect=1)[0]["problems"]}
    assert kinds <= {"reply-count", "message-count"}, kinds


def files(folder, part):
    return sorted(name for name in os.listdir(folder) if part in name)


def brought_up_to_date(folder):
    for version in (1, 2):
        ctl = make_store(folder, version)
        found = ctl.json("store", "migrate")[0]
        equal((found["from"], found["dry_run"], found["resumed"]), (version, False, False))
        assert found["to"] >= 6 and len(found["steps"]) == found["to"] - version, found
        tables = {table["name"]: table for table in found["tables"]}
        assert tables["messages"]["before"] == tables["messages"]["after"] > 2500
        equal(tables["messages"]["compared"], "rows")
        equal(len(tables["messages"]["digest"]), 16)
        equal(found["aside"], [])
        assert os.path.isfile(found["backup"])
        check_sound(ctl)

        again = ctl.json("store", "migrate")[0]
        equal((again["from"], again["steps"]), (found["to"], []))
        assert "up to date" in ctl.run("store", "migrate").stdout
        # The backup fits, and leads to the same store again.
        ctl.run("store", "restore", found["backup"])
        ctl.run("store", "migrate")
        for name in os.listdir(folder):
            os.remove(os.path.join(folder, name))


def tried_on_a_copy(folder):
    ctl = make_store(folder, 2)
    before = digest(ctl)
    found = ctl.json("store", "migrate", "--dry-run")[0]
    equal((found["from"], found["dry_run"]), (2, True))
    assert "backup" not in found
    assert "left as it is" in ctl.run("store", "migrate", "--dry-run").stdout
    equal(digest(ctl), before)
    equal(files(folder, "trial") + files(folder, "backup"), [])
    # What a trial that was cut off has left does not matter.
    os.mkdir(ctl.store + ".trial")
    for name in ("store.db", "store.db-wal", "store.db.part"):
        with open(os.path.join(ctl.store + ".trial", name), "w", encoding="utf-8") as file:
            file.write("rubbish")
    equal(ctl.json("store", "migrate", "--dry-run")[0]["steps"], found["steps"])
    equal(files(folder, "trial"), [])
    equal(version_of(ctl), 2)


def what_cannot_be_carried_over(folder):
    ctl = make_store(folder, 1, "PRAGMA foreign_keys = OFF;"
                     "INSERT INTO reactions VALUES (12, 3, 'wave', 5);")
    trial = ctl.json("store", "migrate", "--dry-run")[0]
    found = ctl.json("store", "migrate")[0]
    for report in (trial, found):
        equal([(e["table"], e["record"], e["values"]["emoji_name"]) for e in report["aside"]],
              [("reactions", "12 3 wave", "'wave'")])
        reactions = [t for t in report["tables"] if t["name"] == "reactions"][0]
        equal((reactions["before"], reactions["after"], reactions["aside"]), (2, 1, 1))
    # They stay to be read, whenever one asks.
    equal(ctl.json("store", "migrate")[0]["aside"], found["aside"])
    assert "12 3 wave" in ctl.run("store", "migrate").stdout


def beside_a_program(folder):
    ctl = make_store(folder, 2)
    with open(ctl.store + ".lock", "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "in use" in ctl.run("store", "migrate", expect=1).stderr
        equal(ctl.json("store", "migrate", "--dry-run")[0]["from"], 2)
    equal(version_of(ctl), 2)


def two_at_once(folder):
    """Whoever is first does it; the other one says so, or finds it done."""
    ctl = make_store(folder, 1)
    both = [subprocess.Popen(ctl.arguments("store", "migrate"), stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, encoding="utf-8") for _ in range(2)]
    ends = [(*process.communicate(timeout=60), process.returncode) for process in both]
    assert 0 in [status for _, _, status in ends], ends
    for _, errors, status in ends:
        assert status == 0 or "in use" in errors, ends
    equal(len(files(folder, ".backup")), 1)
    check_sound(ctl)


def newer(folder):
    ctl = make_store(folder, 2, "PRAGMA user_version = 999;")
    before = digest(ctl)
    for words in ([], ["--dry-run"]):
        error = ctl.run("store", "migrate", *words, expect=1).stderr
        assert "999" in error and "Update" in error and "backup" in error, error
    equal(digest(ctl), before)


def no_store(folder):
    ctl = Ctl(CTL, folder)
    assert "no store" in ctl.run("store", "migrate", expect=1).stderr
    ctl.run("store", "migrate", "more", expect=2)
    equal(subprocess.run([CTL, "store", "migrate"], capture_output=True).returncode, 2)
    shutil.copy(__file__, ctl.store)
    before = digest(ctl)
    for words in ([], ["--dry-run"]):
        ctl.run("store", "migrate", *words, expect=1)
    equal(digest(ctl), before)
    os.remove(ctl.store)
    sqlite3.connect(ctl.store).execute("CREATE TABLE other (x)").connection.close()
    assert "not a store" in ctl.run("store", "migrate", expect=1).stderr


def where_nothing_can_be_written(folder):
    if os.geteuid() != 0:
        raise Skip("only root can become somebody else")
    ctl = make_store(folder, 2)
    cache = os.path.join(folder, "cache")
    os.mkdir(cache)
    os.chown(cache, NOBODY, NOBODY)
    os.chmod(ctl.store, 0o444)
    os.chmod(folder, 0o555)

    def run(*words):
        return subprocess.run(ctl.arguments("store", "migrate", *words), capture_output=True,
                              encoding="utf-8", timeout=60, user=NOBODY, group=NOBODY,
                              env={**os.environ, "XDG_CACHE_HOME": cache, "HOME": cache})
    tried = run("--dry-run")
    equal(tried.returncode, 0, tried.stderr)
    assert "copy" in tried.stdout
    equal([name for _, _, names in os.walk(cache) for name in names], [])
    refused = run()
    equal(refused.returncode, 1, refused.stderr)
    equal(version_of(ctl), 2)
    os.chmod(folder, 0o755)


def killed_anywhere(folder):
    ctl = make_store(folder, 1)
    for delay in range(12):
        process = ctl.start("store", "migrate")
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=delay * 0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert ctl.json("store", "migrate")[0]["to"] >= 6
    check_sound(ctl)


def line_on_a_terminal(folder):
    ctl = make_store(folder, 1)
    terminal, other_end = pty.openpty()
    process = subprocess.Popen(ctl.arguments("store", "migrate"), stdout=subprocess.PIPE,
                               stderr=other_end, env={**os.environ, "TERM": "xterm", "LC_ALL": "C"})
    os.close(other_end)
    shown = b""
    with contextlib.suppress(OSError):
        while chunk := os.read(terminal, 4096):
            shown += chunk
    os.close(terminal)
    process.communicate(timeout=60)
    equal(process.returncode, 0)
    for part in (b"Making a backup", b"Building the search index", b"Checking your messages", b"100 %"):
        assert part in shown, shown
    # Elsewhere it is quiet.
    other = os.path.join(folder, "other")
    os.mkdir(other)
    equal(make_store(other, 1).run("store", "migrate").stderr, "")


sys.exit(run_tests([
    brought_up_to_date, tried_on_a_copy, what_cannot_be_carried_over, beside_a_program,
    two_at_once, newer, no_store, where_nothing_can_be_written, killed_anywhere,
    line_on_a_terminal,
]))
