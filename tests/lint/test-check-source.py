#!/usr/bin/env python3
"""The source check itself: each sample holds one fault, which must be found, and a
clean tree, in which nothing may be found. Speaks TAP."""
import subprocess
import sys
import tempfile
from pathlib import Path

CHECK = Path(sys.argv[1])
HEAD = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
CONFIG = HEAD + '#include "config.h"\n'
ARROWS = "rooms = [\n  {'name': 'base', 'sees': [], 'libs': []},\n  {'name': 'view', 'sees': ['base'], 'libs': []},\n  {'name': 'db', 'sees': ['base'], 'libs': []},\n]\n"
CLEAN = {
    "src/meson.build": ARROWS,
    "src/base/uc-id.h": HEAD + "#pragma once\n",
    "src/base/uc-id.c": CONFIG + '#include "uc-id.h"\n/* sqlite3_open (goto) in a comment is fine */\n',
    "src/db/uc-db.h": HEAD,
    "src/view/uc-list.c": CONFIG + '#include "uc-id.h"\n',
    "tests/base/test-id.c": HEAD + "int main (void) { return 0; }\n",
    "tests/base/meson.build": "unit_tests = ['id']\n",
}
SAMPLES = {
    "an arrow upwards": ("src/view/uc-list.c", CONFIG + '#include "uc-db.h"\n', "view does not see db"),
    "a path in an include": ("src/view/uc-list.c", CONFIG + '#include "base/uc-id.h"\n', "not a path"),
    "sqlite outside db": ("src/view/uc-list.c", CONFIG + "int x = sqlite3_open (0);\n", "sqlite3_open outside db"),
    "GTK below ui": ("src/view/uc-list.c", CONFIG + "void *x = gtk_label_new (0);\n", "outside ui and app"),
    "data on an object": ("src/view/uc-list.c", CONFIG + 'f = g_object_set_data (o, "k", v);\n', "use a struct"),
    "a nested loop": ("src/view/uc-list.c", CONFIG + "f = g_main_context_iteration (NULL, TRUE);\n", "no nested loops"),
    "a singleton": ("src/view/uc-list.h", HEAD + "UcList *uc_list_get_default (void);\n", "hand it over"),
    "dead code": ("src/view/uc-list.c", CONFIG + "#if 0\n#endif\n", "delete it"),
    "a goto": ("src/view/uc-list.c", CONFIG + "f = 1; goto out;\n", "goto out"),
    "no licence line": ("src/view/uc-list.c", '#include "config.h"\n', "SPDX"),
    "config.h not first": ("src/view/uc-list.c", HEAD + "#include <glib.h>\n", "first include"),
    "an attic": ("src/view/uc-list-utils.c", CONFIG, "name the file"),
    "a test switched off": ("tests/base/meson.build", "# test('id', id)\n", "commented out"),
    "a test that includes code": ("tests/base/test-id.c", HEAD + '#include "uc-id.c"\n', "includes uc-id.c"),
    "a sleeping test": ("tests/base/test-id.c", HEAD + "int x = g_usleep (5);\n", "wait for something"),
    "a changed migration": ("build-aux/migrations.sha256", "0" * 64 + "  src/base/uc-id.h\n", "add a new step"),
    "a foreign table": ("src/store/uc-b.c", CONFIG + 'const char *s = "SELECT a FROM users";\n', "belongs to uc-a.c"),
}
STORE = {
    "src/store/migrations/0001-a.sql": "CREATE TABLE users (a);\n",
    "src/store/tables.txt": "users: uc-a.c\n",
}


def check(files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        run = subprocess.run([sys.executable, CHECK, folder], capture_output=True, text=True)
        return run.returncode, run.stdout + run.stderr


print(f"1..{len(SAMPLES) + 1}")
code, output = check({**CLEAN, **STORE})
print(f"{'ok' if code == 0 else 'not ok'} 1 - a clean tree\n# " + output.replace("\n", "\n# "))
failures = code != 0
for number, (name, (path, text, expected)) in enumerate(SAMPLES.items(), 2):
    code, output = check({**CLEAN, **STORE, path: text})
    good = code == 1 and expected in output
    failures |= not good
    print(f"{'ok' if good else 'not ok'} {number} - {name}\n# " + output.replace("\n", "\n# "))
sys.exit(1 if failures else 0)
