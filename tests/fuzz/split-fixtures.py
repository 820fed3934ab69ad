#!/usr/bin/env python3
"""Seeds from recorded exchanges: each answer and each frame on a line of its own.

split-fixtures.py OUTPUT FIXTURE...
"""

import json
import sys


def walk(value, seeds):
    if isinstance(value, list):
        for member in value:
            walk(member, seeds)
    if not isinstance(value, dict):
        return
    if "request" in value and value.get("response") is not None:
        seeds.add(json.dumps(value["response"], ensure_ascii=False))
    if ("event" in value and "seq" in value) or "seq_reply" in value:
        seeds.add(json.dumps(value, ensure_ascii=False))
    for member in value.values():
        walk(member, seeds)


def main():
    seeds = set()
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as file:
            walk(json.load(file), seeds)
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        file.writelines(seed + "\n" for seed in sorted(seeds))


main()
