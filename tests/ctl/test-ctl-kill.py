#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two hundred queued messages, and a kill -9 of the client or of the server at random
points of the drain: each arrives exactly once and in order.

test-ctl-kill.py SERVER CTL; UNIFIED_CHAT_SEED chooses the points."""
import os
import random
import signal
import sys
import time

from chat import Ctl, Organisation, equal, run_tests

SERVER, CTL = sys.argv[1:3]
N_MESSAGES = 200
N_KILLS = 10
SEED = int(os.environ.get("UNIFIED_CHAT_SEED", "1"))


def prepare(folder):
    organisation = Organisation(SERVER, os.path.join(folder, "server"))
    ctl = Ctl(CTL, folder)
    ctl.login(organisation.ben)
    ctl.run("sync")
    for i in range(N_MESSAGES):
        ctl.run("send", "--channel", "station-3", f"message {i:03}")
    equal(len(ctl.json("outbox")), N_MESSAGES)
    return organisation, ctl


def wait_for_progress(organisation, before, process, limit_s=20):
    """Until a random number of further messages has arrived."""
    wanted = before + random.randint(1, N_MESSAGES // N_KILLS)
    end = time.monotonic() + limit_s
    while time.monotonic() < end and process.poll() is None:
        if len(sent(organisation)) >= wanted:
            return
        time.sleep(random.uniform(0, 0.01))


def sent(organisation):
    return [p["message"] for p in organisation.anna.posts(organisation.channel["id"])
            if p["user_id"] == organisation.ben.id and p["type"] == ""]


def check(organisation, ctl):
    for _ in range(5):
        if ctl.run("sync").returncode == 0 and not ctl.json("outbox"):
            break
    equal(ctl.json("outbox"), [])
    equal(sent(organisation), [f"message {i:03}" for i in range(N_MESSAGES)])
    organisation.close()
    stored = [p["message"] for p in ctl.json("read", "--channel", "station-3", "--limit", "1000")
              if p["user_id"] == organisation.ben.id and p["type"] == ""]
    equal(stored, [f"message {i:03}" for i in range(N_MESSAGES)])
    assert ctl.json("store", "check")[0]["sound"]


def client_killed(folder):
    random.seed(SEED)
    organisation, ctl = prepare(folder)
    for _ in range(N_KILLS):
        process = ctl.start("sync")
        wait_for_progress(organisation, len(sent(organisation)), process)
        process.send_signal(signal.SIGKILL)
        process.wait()
    check(organisation, ctl)


def server_killed(folder):
    random.seed(SEED)
    organisation, ctl = prepare(folder)
    for _ in range(N_KILLS):
        process = ctl.start("sync", "--timeout", "1")
        wait_for_progress(organisation, len(sent(organisation)), process)
        organisation.server.stop(signal.SIGKILL)
        process.wait(60)
        organisation.server.start()
    check(organisation, ctl)


sys.exit(run_tests([client_killed, server_killed]))
