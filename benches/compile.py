#!/usr/bin/env python3
"""Measures how much there is to compile, beside what progenitor alone makes of the same document.

    benches/compile.py [STEP...]      # steps: volume check build groups dependent; all by default

What counts of a compilation is the compiler's run on the one crate, without its dependencies and
without incremental compilation: CPU seconds (user and system) and peak memory in MB, not the time
on the clock, so that what else runs on the machine matters little.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from measured import run

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
WORK = TARGET / "benches"
ENV = {**os.environ, "CARGO_INCREMENTAL": "0", "CARGO_TARGET_DIR": str(TARGET)}

RAW_MANIFEST = """\
[workspace]

[package]
name = "raw"
version = "0.0.0"
edition = "2021"

[dependencies]
base64 = "0.22"
bytes = "1"
chrono = { version = "0.4", features = ["serde"] }
futures = "0.3"
progenitor-client = "0.15"
rand = "0.9"
regress = "0.12"
reqwest = { version = "0.13", default-features = false, features = ["json", "stream", "query", "form"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
serde_urlencoded = "0.7"
uuid = { version = "1", features = ["serde", "v4"] }
"""

DEPENDENT_MANIFEST = """\
[workspace]

[package]
name = "dependent"
version = "0.0.0"
edition = "2024"

[dependencies]
gitbook-api = {{ path = {path} }}
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


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def raw():
    """The crate of progenitor's output."""
    crate = WORK / "raw"
    with open(ROOT / "spec/openapi.yaml") as spec:
        code = subprocess.run(
            ["cargo", "run", "--quiet", "-p", "gitbook-api-codegen", "--example", "raw"],
            cwd=ROOT, env=ENV, stdin=spec, stdout=subprocess.PIPE, text=True, check=True,
        ).stdout
    write(crate / "Cargo.toml", RAW_MANIFEST)
    write(crate / "src/lib.rs", code)
    return crate


def client():
    """The newest generated client of all groups."""
    run(["cargo", "check", "--quiet", "--lib"], ROOT, ENV)
    made = (TARGET / "debug/build").glob("gitbook-api-*/out/client.rs")
    return max(made, key=lambda path: path.stat().st_mtime)


def rlib(name):
    return (TARGET / "debug" / f"lib{name}.rlib").stat().st_size / 1e6


def volume(crate):
    ours = client().read_text().count("\n")
    theirs = (crate / "src/lib.rs").read_text().count("\n")
    return {"ours": ours, "raw": theirs, "ratio": ours / theirs}


def compiled(command, crate):
    ours = measure(command, ROOT, ROOT / "gitbook-api/lib.rs")
    theirs = measure(command, crate, crate / "src/lib.rs")
    if command == "build":
        ours["rlib"], theirs["rlib"] = rlib("gitbook_api"), rlib("raw")
    ratios = {key: ours[key] / theirs[key] for key in ours if key != "seconds"}
    return {"ours": ours, "raw": theirs, "ratio": ratios}


def groups(_):
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


def dependent(_):
    """A crate that depends on ours, from nothing: the whole, and the generator's share."""
    crate = WORK / "dependent"
    write(crate / "Cargo.toml", DEPENDENT_MANIFEST.format(path=json.dumps(str(ROOT))))
    write(crate / "src/lib.rs", "pub use gitbook_api::Client;\n")
    target = WORK / "cold"
    subprocess.run(["rm", "-rf", str(target)], check=True)
    env = {**ENV, "CARGO_TARGET_DIR": str(target)}
    _, whole = run(["cargo", "build", "--quiet", "-j1", "--timings"], crate, env)
    html = (target / "cargo-timings/cargo-timing.html").read_text()
    units = json.loads(re.search(r"UNIT_DATA = (\[.*?\]);\n", html, re.S).group(1))
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
    return {"whole": whole, "units": total, "generator": generator, "script": script,
            "share": (generator + script) / total}


STEPS = {
    "volume": volume,
    "check": lambda crate: compiled("check", crate),
    "build": lambda crate: compiled("build", crate),
    "groups": groups,
    "dependent": dependent,
}


def main():
    if "--crate-name" in sys.argv or "-vV" in sys.argv:
        return compile_one(sys.argv[1:])
    steps = sys.argv[1:] or list(STEPS)
    crate = raw() if {"volume", "check", "build"} & set(steps) else None
    for step in steps:
        print(step, json.dumps(STEPS[step](crate), indent=2), flush=True)


main()
