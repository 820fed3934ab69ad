#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""unified-chat-ctl against the bundled server: test-ctl.py SERVER CTL

SERVER may be the address of a Mattermost server, see chat.py."""
import contextlib
import fcntl
import json
import os
import sqlite3
import stat
import subprocess
import sys

from chat import Ctl, Organisation, PASSWORD, equal, run_tests

SERVER, CTL = sys.argv[1:3]


def ready(folder):
    organisation = Organisation(SERVER, os.path.join(folder, "server"))
    ctl = Ctl(CTL, folder)
    ctl.login(organisation.ben)
    return organisation, ctl


def go_offline(organisation):
    """What is in the store must do; a foreign server stays and is not asked."""
    organisation.close()


def usage(folder):
    ctl = Ctl(CTL, folder)
    for words in ([], ["nonsense"], ["store"], ["store", "nonsense"]):
        equal(subprocess.run([CTL, *words], capture_output=True).returncode, 2, words)
    for words in (["login"], ["read"], ["search"], ["send", "--channel", "x"],
                  ["send", "--channel", "x", "--user", "y", "text"], ["send", "text"],
                  ["read", "--channel", "x", "--limit", "0"], ["sync", "--nonsense"],
                  ["sync", "more"], ["store", "backup"], ["store", "compare", "x"]):
        ctl.run(*words, expect=2)
    for words in (["--help"], ["--version"], ["sync", "--help"]):
        done = subprocess.run([CTL, *words], capture_output=True)
        equal(done.returncode, 0, words)
        assert b"unified-chat-ctl" in done.stdout
    for words in (["sync"], ["outbox"], ["channels"], ["store", "info"]):
        assert "no store" in ctl.run(*words, expect=1).stderr
    equal(os.listdir(folder), [])


def login(folder):
    organisation = Organisation(SERVER, os.path.join(folder, "server"))
    ctl = Ctl(CTL, folder)
    password = os.path.join(folder, "secret")

    def sign_in(secret, *words, **rest):
        with open(password, "w", encoding="utf-8") as file:
            file.write(secret)
        return ctl.json("login", "--server", organisation.server.url, *words, **rest)

    sign_in("wrong", "--user", organisation.ben.name, "--password-file", password, expect=1)
    sign_in("\n", "--user", organisation.ben.name, "--password-file", password, expect=1)
    ctl.run("login", "--server", "http://chat.example.org", "--user", "ben",
            "--password-file", password, expect=1)
    assert not os.path.exists(ctl.store) and not os.path.exists(ctl.tokens)

    found = sign_in(PASSWORD + "\n", "--user", organisation.ben.name, "--password-file", password)[0]
    equal(found["username"], organisation.ben.name)
    equal(found["user_id"], organisation.ben.id)
    equal(found["site"], organisation.server.url)
    for path in (ctl.store, ctl.tokens):
        equal(stat.S_IMODE(os.stat(path).st_mode), 0o600, path)

    # By token; and a store stays with its account.
    sign_in(organisation.ben.token, "--token-file", password)
    sign_in(organisation.ben.token, "--user", organisation.chen.name, "--token-file", password, expect=1)
    sign_in(PASSWORD, "--user", organisation.chen.name, "--password-file", password, expect=1)
    sign_in("not-a-token", "--token-file", password, expect=1)
    go_offline(organisation)


def token_is_kept_where_it_was_put(folder):
    organisation, ctl = ready(folder)
    # Without --token-store: the sign-in said where.
    done = subprocess.run([CTL, "sync", "--store", ctl.store], capture_output=True, timeout=60)
    equal(done.returncode, 0, done.stderr)
    os.chmod(ctl.tokens, 0o644)
    assert "chmod" in ctl.run("sync", expect=1).stderr
    os.chmod(ctl.tokens, 0o600)
    os.remove(ctl.tokens)
    ctl.run("sync", expect=1)
    # Signed out is not gone: everything can still be read.
    assert ctl.json("channels")
    go_offline(organisation)


def sync_and_read(folder):
    organisation, ctl = ready(folder)
    channel_id = organisation.channel["id"]
    texts = [f"Nachricht {i}: Größe 😀" for i in range(130)]
    for text in texts:
        organisation.anna.post(channel_id, text)
    counts = ctl.json("sync", "--full")[0]
    equal((counts["waiting"], counts["failed"]), (0, 0))
    assert counts["added"] >= 130, counts

    # Nothing is new the second time.
    equal(ctl.json("sync")[0]["added"], 0)

    channels = {c["name"]: c for c in ctl.json("channels")}
    equal(channels["station-3"]["id"], channel_id)
    equal(channels["station-3"]["display_name"], "Station 3")
    assert channels["station-3"]["unread"] >= 130

    go_offline(organisation)
    mine = [p for p in ctl.json("read", "--channel", "station-3", "--limit", "1000")
            if p["type"] == ""]
    equal([p["message"] for p in mine], texts)
    for key in ("id", "create_at", "update_at", "edit_at", "delete_at", "user_id", "channel_id",
                "root_id", "message", "props"):
        assert key in mine[0], key
    equal(mine[0]["user_id"], organisation.anna.id)

    for name in (channel_id, "~station-3", "STATION-3", organisation.team["name"] + "/station-3"):
        equal([p["id"] for p in ctl.json("read", "--channel", name, "--limit", "3")],
              [p["id"] for p in mine[-3:]], name)
    equal([p["id"] for p in ctl.json("read", "--channel", "station-3", "--limit", "5",
                                     "--before", mine[100]["id"])],
          [p["id"] for p in mine[95:100]])
    ctl.run("read", "--channel", "nowhere", expect=1)
    ctl.run("read", "--channel", "@nobody", expect=1)
    ctl.run("read", "--channel", "station-3", "--before", "a" * 26, expect=1)

    # Whatever the locale says, what comes out is UTF-8.
    text = ctl.run("read", "--channel", "station-3", "--limit", "1",
                   environment={"LC_ALL": "C"}).stdout
    assert organisation.anna.name + ": " + texts[-1] in text, text


def names(folder):
    organisation, ctl = ready(folder)
    other = organisation.anna.call("POST", "/teams", {
        "name": organisation.team["name"] + "-2", "display_name": "Zweite", "type": "O"})
    organisation.anna.call("POST", f"/teams/{other['id']}/members",
                           {"team_id": other["id"], "user_id": organisation.ben.id})
    ctl.run("sync")
    go_offline(organisation)
    assert "several teams" in ctl.run("read", "--channel", "town-square", expect=1).stderr
    for team in (organisation.team, other):
        posts = ctl.json("read", "--channel", team["name"] + "/town-square")
        channels = {c["id"]: c for c in ctl.json("channels")}
        equal({channels[p["channel_id"]]["team_id"] for p in posts} <= {team["id"]}, True)
    ctl.run("read", "--channel", "nonsense/town-square", expect=1)


def search(folder):
    organisation, ctl = ready(folder)
    channel_id = organisation.channel["id"]
    organisation.anna.post(channel_id, "Die Pumpe in Zimmer 12 piept")
    organisation.chen.post(channel_id, "Pumpe getauscht, Zimmer 12 ist ruhig")
    organisation.anna.post(channel_id, "Mittagessen ist da")
    ctl.run("sync", "--full")
    go_offline(organisation)
    equal([p["message"] for p in ctl.json("search", "pumpe")],
          ["Pumpe getauscht, Zimmer 12 ist ruhig", "Die Pumpe in Zimmer 12 piept"])
    equal(len(ctl.json("search", "pumpe", "--limit", "1")), 1)
    equal([p["user_id"] for p in ctl.json("search", "pumpe from:" + organisation.chen.name)], [organisation.chen.id])
    equal([p["message"] for p in ctl.json("search", "in:station-3", "mittagessen")],
          ["Mittagessen ist da"])
    equal(ctl.json("search", "gibtesnicht"), [])
    assert "Zimmer 12" in ctl.run("search", "ruhig").stdout


def send(folder):
    organisation, ctl = ready(folder)
    channel_id = organisation.channel["id"]
    root = organisation.anna.post(channel_id, "Wer kommt?")
    ctl.run("sync")
    picture = os.path.join(folder, "plan größe.txt")
    with open(picture, "w", encoding="utf-8") as file:
        file.write("Plan\n" * 1000)

    first = ctl.json("send", "--channel", "station-3", "Ich, um 8")[0]
    equal((first["state"], first["message"], first["channel_id"]),
          ("queued", "Ich, um 8", channel_id))
    ctl.run("send", "--channel", "station-3", "--thread", root["id"], "--", "--auch ich")
    ctl.run("send", "--channel", "station-3", "--file", picture, "Anbei der Plan")
    ctl.run("send", "--channel", "station-3", "--file", picture)
    ctl.run("send", "--channel", "station-3", "-", text_in="erste Zeile\nzweite Zeile\n")
    ctl.run("send", "--channel", "station-3", "", expect=1)
    ctl.run("send", "--channel", "station-3", "x" * 20000, expect=1)
    ctl.run("send", "--channel", "station-3", "--file", "/nonexistent", "x", expect=1)
    ctl.run("send", "--channel", "station-3", "--thread", "a" * 26, "x", expect=1)
    rows = ctl.json("outbox")
    equal([r["kind"] for r in rows], ["post"] * 5)
    assert "queued" in ctl.run("outbox").stdout

    shown = ctl.json("read", "--channel", "station-3")[-1]
    equal((shown["message"], shown["send_state"]), ("erste Zeile\nzweite Zeile", "queued"))

    counts = ctl.json("sync")[0]
    equal((counts["sent"], counts["waiting"], counts["failed"]), (5, 0, 0))
    equal(ctl.json("outbox"), [])

    # A first word to somebody needs the server, which makes the conversation.
    ctl.run("send", "--user", organisation.chen.name, "nur für dich")
    ctl.run("send", "--channel", "@" + organisation.chen.name, "und noch was")
    ctl.run("send", "--user", "nobody", "x", expect=1)
    equal(ctl.json("sync")[0]["sent"], 2)

    there = organisation.anna.posts(channel_id)
    mine = [p for p in there if p["user_id"] == organisation.ben.id and p["type"] == ""]
    equal([p["message"] for p in mine],
          ["Ich, um 8", "--auch ich", "Anbei der Plan", "", "erste Zeile\nzweite Zeile"])
    equal(mine[1]["root_id"], root["id"])
    equal(mine[0]["props"]["unified_chat"]["op"], first["op"])
    equal(mine[2]["metadata"]["files"][0]["name"], "plan größe.txt")
    equal(mine[2]["metadata"]["files"][0]["size"], 5000)
    direct = organisation.chen.call("POST", "/channels/direct",
                                    [organisation.chen.id, organisation.ben.id])
    equal([p["message"] for p in organisation.chen.posts(direct["id"])],
          ["nur für dich", "und noch was"])
    # What was sent has its place in the store, once.
    equal([p["message"] for p in ctl.json("read", "--channel", "@" + organisation.chen.name)],
          ["nur für dich", "und noch was"])
    go_offline(organisation)


def offline_and_back(folder):
    organisation, ctl = ready(folder)
    channel_id = organisation.channel["id"]
    ctl.run("sync")
    organisation.server.stop()
    for i in range(5):
        ctl.run("send", "--channel", "station-3", f"offline {i}")
    done = ctl.run("sync", "--timeout", "1", expect=1)
    assert done.stderr, "a reason is missing"
    equal(len(ctl.json("outbox")), 5)
    organisation.server.start()
    ctl.run("sync")
    equal(ctl.json("outbox"), [])
    equal([p["message"] for p in organisation.anna.posts(channel_id)
           if p["user_id"] == organisation.ben.id and p["type"] == ""],
          [f"offline {i}" for i in range(5)])
    go_offline(organisation)


def refused_for_good(folder):
    organisation, ctl = ready(folder)
    ctl.run("sync")
    ctl.run("send", "--channel", "station-3", "zu spät")
    organisation.anna.call("DELETE", f"/channels/{organisation.channel['id']}")
    counts = ctl.json("sync")[0]
    equal((counts["sent"], counts["failed"]), (0, 1))
    row = ctl.json("outbox")[0]
    equal(row["state"], "failed")
    assert row["reason"], row
    go_offline(organisation)


def session_ended(folder):
    organisation, ctl = ready(folder)
    ctl.run("sync")
    organisation.anna.call("POST", f"/users/{organisation.ben.id}/sessions/revoke/all")
    ctl.run("send", "--channel", "station-3", "wartet")
    ctl.run("sync", expect=1)
    equal(len(ctl.json("outbox")), 1)
    ctl.login(organisation.ben)
    ctl.run("sync")
    equal(ctl.json("outbox"), [])
    go_offline(organisation)


def tame_on_a_terminal(folder):
    organisation, ctl = ready(folder)
    organisation.anna.post(organisation.channel["id"], "\x1b]0;evil\x07\x1b[31mrot \u202eabc")
    ctl.run("sync")
    go_offline(organisation)
    for words in (["read", "--channel", "station-3"], ["search", "rot"], ["channels"], ["outbox"]):
        text = ctl.run(*words).stdout
        assert "\x1b" not in text and "\x07" not in text, words


def beside_a_program(folder):
    """What only reads works while a program has the store open; what writes says so."""
    organisation, ctl = ready(folder)
    organisation.anna.post(organisation.channel["id"], "Pumpe")
    ctl.run("sync", "--full")
    ctl.run("send", "--channel", "station-3", "wartet")
    go_offline(organisation)
    with open(ctl.store + ".lock", "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "Pumpe" in ctl.run("read", "--channel", "station-3").stdout
        equal([p["message"] for p in ctl.json("search", "pumpe")], ["Pumpe"])
        assert ctl.json("channels") and ctl.json("store", "info")
        equal([r["message"] for r in ctl.json("outbox")], ["wartet"])
        assert "in use" in ctl.run("send", "--channel", "station-3", "x", expect=1).stderr
    ctl.store = os.path.relpath(ctl.store)
    assert ctl.json("channels") and ctl.json("store", "info")


def classify(folder):
    ctl = Ctl(CTL, folder)
    lines = [{"id": "a", "text": "Server is down, nobody can work!"},
             {"id": "b", "text": "Frohes Wochenende euch allen 🎉"},
             {"id": "c", "text": ""}]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    found = [json.loads(line) for line in ctl.run("classify", text_in=text).stdout.splitlines()]
    equal([f["id"] for f in found], ["a", "b", "c"])
    for one in found:
        equal(sorted(one), ["category", "confidence", "id", "priority"])
        assert 0 <= one["confidence"] <= 1
    done = ctl.run("classify", text_in="{}\nnonsense\n" + text, expect=1)
    equal(len(done.stdout.splitlines()), 3)
    assert "line 2" in done.stderr
    path = os.path.join(folder, "lines")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    equal(len(ctl.run("classify", path).stdout.splitlines()), 3)


def store_care(folder):
    organisation, ctl = ready(folder)
    organisation.anna.post(organisation.channel["id"], "vor der Sicherung")
    ctl.run("sync", "--full")
    info = ctl.json("store", "info")[0]
    equal(info["users"] >= 3 and info["channels"] >= 1 and info["messages"] >= 1, True, info)
    assert info["schema"] >= 1 and info["bytes"] > 0
    assert ctl.json("store", "check")[0]["sound"]

    backup = os.path.join(folder, "backup.db")
    ctl.run("send", "--channel", "station-3", "wartet noch")
    ctl.run("store", "backup", backup)
    ctl.run("store", "backup", backup, expect=1)
    equal(stat.S_IMODE(os.stat(backup).st_mode), 0o600)

    ctl.run("sync")
    organisation.anna.post(organisation.channel["id"], "nach der Sicherung")
    ctl.run("sync")
    kept = ctl.json("store", "restore", backup)[0]["kept"]
    assert os.path.exists(kept)
    texts = [p["message"] for p in ctl.json("read", "--channel", "station-3")]
    assert "vor der Sicherung" in texts and "nach der Sicherung" not in texts, texts

    # What waited then has been sent since: it is not sent a second time.
    equal([r["state"] for r in ctl.json("outbox")], ["failed"])
    ctl.run("sync")
    there = [p["message"] for p in organisation.anna.posts(organisation.channel["id"])]
    equal(there.count("wartet noch"), 1)
    go_offline(organisation)

    for bad in (os.path.join(folder, "absent"), __file__):
        ctl.run("store", "restore", bad, expect=1)
    assert ctl.json("store", "check")[0]["sound"]


def store_repair(folder):
    organisation, ctl = ready(folder)
    organisation.anna.post(organisation.channel["id"], "Pumpe")
    ctl.run("sync", "--full")
    go_offline(organisation)
    before = ctl.json("read", "--channel", "station-3")
    equal(ctl.json("store", "check", "--repair"), [{"sound": True, "problems": []}])
    with contextlib.closing(sqlite3.connect(ctl.store)) as db, db:
        db.execute("UPDATE spans SET lo_seq = lo_seq - 1")
    found = ctl.json("store", "check", expect=1)[0]
    equal({(p["kind"], p["repaired"]) for p in found["problems"]}, {("span-begin", False)})
    with open(ctl.store + ".lock", "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        equal(ctl.json("store", "check", expect=1)[0], found)
        assert "in use" in ctl.run("store", "check", "--repair", expect=1).stderr
    report = ctl.json("store", "check", "--repair")[0]
    equal({(p["kind"], p["repaired"]) for p in report["problems"]}, {("span-begin", True)})
    ctl.run("store", "compare", ctl.store, report["backup"], expect=1)
    assert "sound" in ctl.run("store", "check").stdout
    equal(ctl.json("read", "--channel", "station-3"), before)


def store_retention(folder):
    organisation, ctl = ready(folder)
    post = organisation.anna.post(organisation.channel["id"], "zitronenfalter")
    organisation.anna.post(organisation.channel["id"], "bleibt")
    ctl.run("sync", "--full")
    ctl.run("send", "--channel", "station-3", "wartet")
    # No clock is set: the message is made old here.
    with contextlib.closing(sqlite3.connect(ctl.store)) as db, db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("DROP TRIGGER messages_words_update")
        old, long_ago = db.execute("SELECT seq, 4000000000000 FROM messages WHERE id = ?",
                                   (post["id"],)).fetchone()
        for table in ("messages", "annotations"):
            db.execute(f"UPDATE {table} SET seq = ? WHERE seq = ?", (long_ago, old))
        db.execute("UPDATE messages SET create_at_ms = 1 WHERE seq = ?", (long_ago,))
        db.execute("UPDATE spans SET lo_seq = ? WHERE lo_seq = ?", (long_ago, old))
    for words in ([], ["--days", "0"], ["--days", "30", "more"]):
        ctl.run("store", "retention", *words, expect=2)
    ctl.run("store", "retention", "--days", "30", "--channel", "nowhere", expect=1)

    hold = ctl.json("store", "hold", "add", "--channel", "station-3", "--until", "2020-01-01",
                    "Verfahren 7")[0]
    equal((hold["channel_id"], hold["reason"]), (organisation.channel["id"], "Verfahren 7"))
    equal(ctl.json("store", "hold", "list"), [hold])
    assert "Verfahren 7" in ctl.run("store", "hold", "list").stdout
    equal([ctl.json("store", "retention", "--days", "30")[0][k] for k in ("messages", "held")], [0, 1])
    ctl.run("store", "hold", "add", "--since", "yesterday", "x", expect=2)
    ctl.run("store", "hold", "remove", "x", expect=2)
    ctl.run("store", "hold", "remove", str(hold["hold"]))
    ctl.run("store", "hold", "remove", str(hold["hold"]), expect=1)

    with open(ctl.store + ".lock", "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        report = ctl.json("store", "retention", "--days", "30", "--dry-run")[0]
        equal((report["messages"], report["dry_run"]), (1, True))
        equal([c["name"] for c in report["channels"]], ["Station 3"])
        ctl.run("store", "retention", "--days", "30", expect=1)
    assert "Would go: 1 messages" in ctl.run("store", "retention", "--days", "30", "--dry-run").stdout
    equal(ctl.json("store", "retention", "--days", "30", "--channel", "station-3")[0]["messages"], 1)
    texts = [p["message"] for p in ctl.json("read", "--channel", "station-3") if p["type"] == ""]
    equal(texts, ["bleibt", "wartet"])
    go_offline(organisation)


def store_export(folder):
    organisation, ctl = ready(folder)
    post = organisation.anna.post(organisation.channel["id"], "Größe <b>&</b> \u2028 \x01 😀")
    ctl.run("sync", "--full")
    ctl.run("send", "--channel", "station-3", "wartet")
    go_offline(organisation)

    def target(name):
        return os.path.join(folder, name)

    with open(ctl.store + ".lock", "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = ctl.json("store", "export", "--format", "jsonl", "--with-files", target("a"))[0]
    equal(stat.S_IMODE(os.stat(target("a")).st_mode), 0o700)
    with open(os.path.join(target("a"), "export.jsonl"), encoding="utf-8", newline="\n") as file:
        lines = [json.loads(line) for line in file]
    equal((lines[0]["type"], lines[0]["username"], lines[-1]["type"]),
          ("export", organisation.ben.name, "end"))
    messages = {m["id"]: m for m in lines if m["type"] == "message"}
    equal(len(messages), done["messages"])
    equal(lines[-1]["messages"], done["messages"])
    equal(messages[post["id"]]["message"], post["message"])
    equal([o["message"] for o in lines if o["type"] == "outbox"], ["wartet"])
    read = ctl.json("read", "--channel", "station-3", "--limit", "1000")
    equal({m["id"] for m in read} <= set(messages), True)

    ctl.run("store", "export", "--format", "html", "--channel", "station-3", target("b"))
    pages = sorted(os.listdir(target("b")))
    assert "index.html" in pages and len(pages) == 2, pages
    with open(os.path.join(target("b"), pages[0]), encoding="utf-8") as file:
        text = file.read()
    assert "Größe &lt;b&gt;&amp;&lt;/b&gt;" in text, text
    ctl.run("store", "export", "--format", "markdown", target("c"))
    assert "index.md" in os.listdir(target("c"))

    ctl.run("store", "export", "--format", "jsonl", target("a"), expect=1)
    ctl.run("store", "export", "--format", "jsonl", "--channel", "nowhere", target("d"), expect=1)
    for words in (["--format", "pdf", target("d")], [target("d")], ["--format", "html"]):
        ctl.run("store", "export", *words, expect=2)
    assert not os.path.exists(target("d"))


def store_compare(folder):
    organisation, ctl = ready(folder)
    ctl.run("sync", "--full")
    backup = os.path.join(folder, "backup.db")
    ctl.run("store", "backup", backup)
    assert "equal" in ctl.run("store", "compare", ctl.store, backup).stdout
    post = organisation.anna.post(organisation.channel["id"], "danach")
    ctl.run("sync")
    go_offline(organisation)
    with open(ctl.store + ".lock", "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        report = ctl.json("store", "compare", ctl.store, backup, expect=1)[0]
    equal((report["equal"], report["schema"]), (False, []))
    messages = [t for t in report["tables"] if t["table"] == "messages"][0]
    equal(messages["rows_a"], messages["rows_b"] + 1)
    equal(messages["only_in_a"]["rows"], 1)
    assert post["id"] in messages["only_in_a"]["keys"][0], messages
    assert "only in A: 1" in ctl.run("store", "compare", ctl.store, backup, expect=1).stdout
    ctl.run("store", "compare", ctl.store, os.path.join(folder, "absent"), expect=2)
    ctl.run("store", "compare", ctl.store, __file__, expect=2)


def damaged_store(folder):
    organisation, ctl = ready(folder)
    ctl.run("sync")
    go_offline(organisation)
    backup = os.path.join(folder, "backup.db")
    ctl.run("store", "backup", backup)
    with open(ctl.store, "r+b") as file:
        file.seek(4096)
        file.write(os.urandom(3 * 4096))
    ctl.run("store", "check", expect=1)
    ctl.run("store", "restore", backup)
    assert ctl.json("store", "check")[0]["sound"]
    assert ctl.json("channels")


def output_that_does_not_arrive(folder):
    organisation, ctl = ready(folder)
    ctl.run("sync")
    go_offline(organisation)
    with open("/dev/full", "wb") as full:
        done = subprocess.run(ctl.arguments("channels"), stdout=full, stderr=subprocess.PIPE)
    equal(done.returncode, 1)
    assert done.stderr


sys.exit(run_tests([
    usage, login, token_is_kept_where_it_was_put, sync_and_read, names, search, send, offline_and_back,
    refused_for_good, session_ended, tame_on_a_terminal, beside_a_program, classify, store_care, store_repair, store_retention, store_export, store_compare, damaged_store,
    output_that_does_not_arrive]))
