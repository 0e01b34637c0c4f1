#!/usr/bin/env python3
"""Measures what an editor waits for: rust-analyzer on a program with one call, beside the same program
with what progenitor alone makes. The share of a crate is that of the program less that of a program with
the same dependencies, whose crate is empty.

    benches/editor.py       # needs rust-analyzer (`rustup component add rust-analyzer`)

What counts are CPU seconds, seconds on the clock and peak memory in MB of `rust-analyzer analysis-stats`,
build scripts and procedural macros being compiled before. The crates are dependencies by git, because
rust-analyzer takes those by path for a part of the program, and analyzes their bodies, too.
"""

import json
import shutil
import subprocess

from measured import ENV, WORK, run
from programs import ONE_CALL, RAW_CALL, ours, progenitor, write_program

EMPTY = "fn main() {}\n"


def repository(name, folder, library=None):
    """Returns the dependency on a crate as a repository of its own; its code is removed if `library` is given."""
    copy = WORK / "editor" / f"{folder}{'-empty' if library else ''}.git"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(WORK / folder, copy, ignore=shutil.ignore_patterns("target", "examples", "Cargo.lock"))
    if library:
        (copy / library).write_text("")
    git = ["git", "-c", "user.name=benches", "-c", "user.email=benches@localhost"]
    for arguments in [["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "Copy"]]:
        run([*git, *arguments], copy)
    return f"{name} = {{ git = {json.dumps(copy.as_uri())} }}"


def analyzed(name, dependency, source):
    folder = WORK / "editor" / name
    shutil.rmtree(folder, ignore_errors=True)
    write_program(folder, dependency, source)
    command = ["rust-analyzer", "--quiet", "analysis-stats", str(folder)]
    env = {**ENV, "CARGO_TARGET_DIR": str(WORK / "editor/target")}
    for _ in range(2):
        _, used = run(command, folder, env, stdout=subprocess.PIPE)
    return used


def share(name, folder, library, source):
    whole = analyzed(name, repository(name, folder), source)
    without = analyzed(f"{name}-empty", repository(name, folder, library), EMPTY)
    return {"whole": whole, "share": {key: whole[key] - without[key] for key in whole}}


def main():
    shutil.rmtree(WORK / "package", ignore_errors=True)
    ours()
    progenitor(has_our_features=True)
    mine = share("gitbook-api", "package", "gitbook-api/lib.rs", ONE_CALL)
    raw = share("raw", "raw", "src/lib.rs", RAW_CALL)
    ratio = {key: mine["share"][key] / raw["share"][key] for key in raw["share"]}
    print(json.dumps({"ours": mine, "raw": raw, "ratio": ratio}, indent=2))


main()
