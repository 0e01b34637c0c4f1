#!/usr/bin/env python3
"""Runs `cargo xtask codegen` in release on published documents: CPU seconds and peak memory beside the
number of operations and the size.

    benches/pipeline.py DOCUMENT.json...
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from measured import ENV, ROOT, TARGET, run

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
ROUNDS = 5


def measure(xtask, document):
    paths = json.loads(Path(document).read_text())["paths"].values()
    operations = sum(len(METHODS & path.keys()) for path in paths)
    with tempfile.TemporaryDirectory() as out:
        command = [xtask, "codegen", "--input", Path(document).resolve(), "--out", out]
        rounds = [run(command, stdout=subprocess.DEVNULL)[1] for _ in range(ROUNDS)]
    seconds = min(used["cpu"] for used in rounds)
    memory = max(used["memory"] for used in rounds)
    return operations, seconds, memory


def main():
    build = ["cargo", "build", "--release", "--quiet", "-p", "xtask"]
    subprocess.run(build, cwd=ROOT, env=ENV, check=True)
    xtask = TARGET / "release/xtask"
    print(f"{'':20} {'operations':>10} {'KB':>6} {'seconds':>8} {'MB':>5} {'ms each':>8} {'ms a KB':>8}")
    for document in sys.argv[1:]:
        operations, seconds, memory = measure(xtask, document)
        size = Path(document).stat().st_size / 1000
        each, a_kb = seconds * 1000 / operations, seconds * 1000 / size
        print(f"{Path(document).name:20} {operations:>10} {size:>6.0f} {seconds:>8.2f} {memory:>5.0f}"
              f" {each:>8.2f} {a_kb:>8.2f}")


main()
