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
import raw
from measured import ENV, ROOT, WORK, run, write

MANIFEST = """\
[workspace]

[package]
name = "program"
version = "0.0.0"
edition = "2024"

[dependencies]
{dependency}
tokio = {{ version = "1", features = ["macros", "rt-multi-thread"] }}
"""
OURS = """\
#[tokio::main]
async fn main() -> Result<(), gitbook_api::Error> {
    let client = gitbook_api::Client::from_env()?;
    let user = client.get_authenticated_user().await?;
    println!("{}", user.display_name);
    Ok(())
}
"""
RAW = """\
#[tokio::main]
async fn main() {
    let client = raw::Client::new("https://api.gitbook.com/v1");
    let user = client.get_authenticated_user().send().await;
    println!("{}", user.is_ok());
}
"""
PEER = """\
use peer::apis::{configuration::Configuration, users_api::get_authenticated_user};

#[tokio::main]
async fn main() {
    let user = get_authenticated_user(&Configuration::default()).await;
    println!("{}", user.is_ok());
}
"""


def path(name, folder, more=""):
    return f"{name} = {{ path = {json.dumps(str(folder))}{more} }}"


def ours(more=""):
    package = WORK / "package"
    if not package.is_dir():
        subprocess.run([ROOT / ".ci/package", package], check=True)
    return path("gitbook-api", package, more), OURS


def base(commit):
    folder = WORK / "base"
    subprocess.run(["git", "worktree", "remove", "--force", folder], cwd=ROOT, check=False,
                   stderr=subprocess.DEVNULL)
    subprocess.run(["git", "worktree", "add", "--quiet", "--detach", folder, commit], cwd=ROOT, check=True)
    return path("gitbook-api", folder), OURS


def progenitor(has_our_features):
    crate = WORK / "raw"
    raw.generate(crate)
    if not has_our_features:
        manifest = crate / "Cargo.toml"
        crate = WORK / "raw-default"
        shutil.copytree(WORK / "raw/src", crate / "src", dirs_exist_ok=True)
        lines = (line for line in manifest.read_text().splitlines() if not line.startswith("rustls"))
        text = "\n".join(raw.DEFAULT_HTTP if line.startswith("reqwest") else line for line in lines)
        write(crate / "Cargo.toml", text)
    return path("raw", crate), RAW


def openapi_generator():
    crate = WORK / "peer"
    peer.generate(ROOT / "spec/openapi.yaml", crate)
    return path("peer", crate), PEER


def first_build(name, dependency, source):
    """Builds a program from nothing."""
    folder, target = WORK / "first" / name, WORK / "first" / f"{name}-target"
    shutil.rmtree(target, ignore_errors=True)
    write(folder / "Cargo.toml", MANIFEST.format(dependency=dependency))
    write(folder / "src/main.rs", source)
    if not (folder / "Cargo.lock").exists():
        shutil.copy(ROOT / "Cargo.lock", folder)
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
    programs = {
        "ours": ours,
        "group": lambda: ours(', default-features = false, features = ["rustls", "tracing", "users"]'),
        "base": lambda: base(arguments.base),
        "raw": lambda: progenitor(has_our_features=False),
        "raw-equal": lambda: progenitor(has_our_features=True),
        "peer": openapi_generator,
    }
    shutil.rmtree(WORK / "package", ignore_errors=True)
    chosen = arguments.programs or [
        name for name in programs
        if (name != "base" or arguments.base) and (name != "peer" or peer.is_there())
    ]
    found = {}
    for name in chosen:
        found[name] = first_build(name, *programs[name]())
        if "ours" in found and name != "ours":
            mine = found["ours" if name != "group" else name]
            other = found[name if name != "group" else "ours"]
            found[name]["ratio"] = {key: mine[key] / other[key] for key in mine if key != "ratio"}
        print(name, json.dumps(found[name], indent=2), flush=True)


main()
