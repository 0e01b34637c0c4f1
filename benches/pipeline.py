#!/usr/bin/env python3
"""Runs `cargo xtask codegen` in release on published documents: CPU seconds and peak memory beside the
number of operations and the size, and the seconds beside those of a straight line through all of them.

    benches/pipeline.py DOCUMENT.json...
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from measured import ENV, ROOT, TARGET, run

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
ROUNDS = 10


def operations(document):
    paths = json.loads(document.read_text())["paths"].values()
    return sum(len(METHODS & path.keys()) for path in paths)


def measure(xtask, document):
    with tempfile.TemporaryDirectory() as out:
        command = [xtask, "codegen", "--input", document.resolve(), "--out", out]
        _, used = run(command, stdout=subprocess.DEVNULL)
    return used["cpu"], used["memory"]


def main():
    build = ["cargo", "build", "--release", "--quiet", "-p", "xtask"]
    subprocess.run(build, cwd=ROOT, env=ENV, check=True)
    xtask = TARGET / "release/xtask"
    documents = [Path(document) for document in sys.argv[1:]]
    # In turns, so that what else the machine does meets all of them.
    rounds = [[measure(xtask, document) for document in documents] for _ in range(ROUNDS)]
    rows = [
        (document, operations(document), min(cpu for cpu, _ in used), max(memory for _, memory in used))
        for document, used in zip(documents, zip(*rounds))
    ]
    # The line through nothing and all documents that leaves the least squares.
    slope = (sum(count * seconds for _, count, seconds, _ in rows)
             / sum(count ** 2 for _, count, _, _ in rows))
    print(f"{'':20} {'operations':>10} {'KB':>6} {'seconds':>8} {'MB':>5} {'ms each':>8} {'ms a KB':>8}"
          f" {'of the line':>12}")
    for document, count, seconds, memory in rows:
        size = document.stat().st_size / 1000
        each, a_kb = seconds * 1000 / count, seconds * 1000 / size
        print(f"{document.name:20} {count:>10} {size:>6.0f} {seconds:>8.2f} {memory:>5.0f}"
              f" {each:>8.2f} {a_kb:>8.2f} {seconds / (slope * count):>12.2f}")


main()
