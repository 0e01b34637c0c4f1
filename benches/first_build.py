#!/usr/bin/env python3
"""Measures what a person waits for: the first build of a program with one call, from nothing.

    benches/first_build.py [--base COMMIT] [PROGRAM...]

Programs: `ours` (the published package with default features), `group` (with one group of operations),
`base` (the commit, as a dependency by path), `raw` (progenitor alone, with the default features of
reqwest), `raw-equal` (with those that ours enables), `peer` (openapi-generator, if its program is there).
All but `base` by default, and `base` if a commit is given.

What counts are CPU seconds (user and system) and seconds on the clock of `cargo build`, sources being
downloaded before, the number of crates, and the size of the target folder. Ratios are those of ours to
others, in one run, because seconds by themselves say little about another machine.
"""

import argparse
import json
import shutil
import subprocess

import peer
from measured import ENV, ROOT, WORK, run
from programs import ONE_CALL, RAW_CALL, ours, path, progenitor, write_program

PEER = """\
use peer::apis::{configuration::Configuration, users_api::get_authenticated_user};

#[tokio::main]
async fn main() {
    let user = get_authenticated_user(&Configuration::default()).await;
    println!("{}", user.is_ok());
}
"""


def base(commit):
    folder = WORK / "base"
    subprocess.run(["git", "worktree", "remove", "--force", folder], cwd=ROOT, check=False,
                   stderr=subprocess.DEVNULL)
    subprocess.run(["git", "worktree", "add", "--quiet", "--detach", folder, commit], cwd=ROOT, check=True)
    return path("gitbook-api", folder)


def openapi_generator():
    crate = WORK / "peer"
    peer.generate(ROOT / "spec/openapi.yaml", crate)
    return path("peer", crate)


def first_build(name, dependency, source):
    """Builds a program from nothing."""
    folder, target = WORK / "first" / name, WORK / "first" / f"{name}-target"
    shutil.rmtree(target, ignore_errors=True)
    write_program(folder, dependency, source)
    env = {**ENV, "CARGO_TARGET_DIR": str(target)}
    env.pop("CARGO_INCREMENTAL")
    run(["cargo", "fetch", "--quiet"], folder, env)
    _, used = run(["cargo", "build", "--quiet"], folder, env)
    tree = subprocess.run(["cargo", "tree", "-e", "normal,build", "--prefix", "none", "--no-dedupe"],
                          cwd=folder, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout
    crates = {tuple(line.split()[:2]) for line in tree.splitlines() if line}
    size = sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
    shutil.rmtree(target)
    return {"cpu": used["cpu"], "seconds": used["seconds"], "crates": len(crates) - 1, "MB": size / 1e6}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--base", metavar="COMMIT")
    arguments.add_argument("programs", nargs="*")
    arguments = arguments.parse_args()
    one_group = ', default-features = false, features = ["rustls", "tracing", "users"]'
    programs = {
        "ours": (ours, ONE_CALL),
        "group": (lambda: ours(one_group), ONE_CALL),
        "base": (lambda: base(arguments.base), ONE_CALL),
        "raw": (lambda: progenitor(has_our_features=False), RAW_CALL),
        "raw-equal": (lambda: progenitor(has_our_features=True), RAW_CALL),
        "peer": (openapi_generator, PEER),
    }
    shutil.rmtree(WORK / "package", ignore_errors=True)
    chosen = arguments.programs or [
        name for name in programs
        if (name != "base" or arguments.base) and (name != "peer" or peer.is_there())
    ]
    found = {}
    for name in chosen:
        dependency, source = programs[name]
        found[name] = first_build(name, dependency(), source)
        if "ours" in found and name != "ours":
            mine = found["ours" if name != "group" else name]
            other = found[name if name != "group" else "ours"]
            found[name]["ratio"] = {key: mine[key] / other[key] for key in mine if key != "ratio"}
        print(name, json.dumps(found[name], indent=2), flush=True)


main()
