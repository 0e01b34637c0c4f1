#!/usr/bin/env python3
"""Measures what an editor waits for: rust-analyzer on a program with one call, beside the same program
with what progenitor alone makes. The share of a crate is that of the program less that of a program with
the same dependencies, whose crate is empty.

    benches/editor.py       # needs rust-analyzer (`rustup component add rust-analyzer`)

What counts are CPU seconds, seconds on the clock and peak memory in MB of `rust-analyzer analysis-stats`,
build scripts and procedural macros being compiled before. It analyzes the bodies of the program only, as
an editor does with dependencies: by default it takes those that have a path for a part of the program.
"""

import json
import shutil
import subprocess

from measured import ENV, WORK, run
from programs import ONE_CALL, RAW_CALL, ours, path, progenitor, write_program

EMPTY = "fn main() {}\n"


def emptied(name, folder, library):
    """The dependency on a copy of a crate without its code."""
    copy = WORK / f"{folder}-empty"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(WORK / folder, copy, ignore=shutil.ignore_patterns("target", "examples"))
    (copy / library).write_text("")
    return path(name, copy)


def analyzed(name, dependency, source):
    folder = WORK / "editor" / name
    write_program(folder, dependency, source)
    command = ["rust-analyzer", "--quiet", "analysis-stats", "--only", "program::main", str(folder)]
    env = {**ENV, "CARGO_TARGET_DIR": str(WORK / "editor/target")}
    for _ in range(2):
        _, used = run(command, folder, env, stdout=subprocess.PIPE)
    return used


def share(name, dependency, source, empty):
    whole = analyzed(name, dependency, source)
    without = analyzed(f"{name}-empty", empty, EMPTY)
    return {"whole": whole, "share": {key: whole[key] - without[key] for key in whole}}


def main():
    shutil.rmtree(WORK / "package", ignore_errors=True)
    dependency = ours()
    mine = share("ours", dependency, ONE_CALL, emptied("gitbook-api", "package", "gitbook-api/lib.rs"))
    dependency = progenitor(has_our_features=True)
    raw = share("raw", dependency, RAW_CALL, emptied("raw", "raw", "src/lib.rs"))
    ratio = {key: mine["share"][key] / raw["share"][key] for key in raw["share"]}
    print(json.dumps({"ours": mine, "raw": raw, "ratio": ratio}, indent=2))


main()
