#!/usr/bin/env python3
"""Writes docs/dependencies.md: the direct dependencies of each crate, why they are there, and their
licenses. The reasons are the comments above the dependencies in the manifests; a dependency without
one is an error, and so is one that no source file of its crate names. With --check, nothing is written, and the script fails if the page is stale."""

import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "dependencies.md"
KINDS = {None: "", "build": "build script", "dev": "tests and examples"}
HEAD = """\
# Dependencies

The direct dependencies of each crate of the workspace, with the reason that its manifest states, and
the license. `deny.toml` has the rules for all dependencies, the indirect ones included. Made by
`docs/dependencies.py`.
"""

# CPU seconds of `rustc` for each crate, by a `RUSTC_WRAPPER`, and of `cargo build` for the providers of TLS.
TAIL = """
## What takes long to compile

A debug build of all dependencies of a program with default features took 153 s of CPU time on 29 November
2026, with two cores under load, where each crate takes longer than alone. Over 5 s took:

| crate | seconds | what it earns |
| --- | ---: | --- |
| `tokio` | 9.9 | Time-outs, retries and streams; reqwest and h2 need most of it anyway. |
| `rustls` | 9.9 | TLS that does not depend on a library of the system. |
| `syn` | 7.5 | The derives of serde, and those of ICU, which reqwest needs by way of `url`: not our choice. |
| *ring* | 6.9 | The cryptography of rustls; 3 s of it are Rust, the rest C and assembly. |
| `reqwest` | 6.5 | Connections, proxies, redirects and compression. |
| `jiff` | 6.4 | Exact times in bodies, in limits of rates and in `Retry-After`, without tables of time zones. |
| `h2` | 5.4 | HTTP/2: concurrent calls share one connection. |

## Providers of TLS

CPU time to build a program with nothing but TLS (debug), and of the client for a full handshake of TLS 1.3
with a server of rustls on the same machine (release, P-256 certificate, the least of 300):

| | build | handshake |
| --- | ---: | ---: |
| rustls with *ring* | 25 s | 0.32 ms |
| rustls with aws-lc-rs | 72 s | 0.38 ms |
| `native-tls`, here OpenSSL of the system | 23 s | 0.96 ms |

*ring* is the default because it builds in a third of the time of aws-lc-rs, with no tool but the C compiler
that Rust links with, and behaves alike on all platforms. A client makes few handshakes, so that the
difference between the two weighs less than the build. `native-tls` builds as fast as *ring*, but needs the
headers of OpenSSL on Linux, and what it supports depends on the system.
"""


def reasons(manifest):
    """Returns the comment above each dependency of a manifest, by table and name. Dependencies that
    follow each other without a blank line or a comment share one."""
    found, table, comment, is_complete = {}, "", [], False
    for line in manifest.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            table, comment = line.strip("[]"), []
        elif line.startswith("#"):
            if is_complete:
                comment = []
            comment.append(line.lstrip("# "))
            is_complete = False
        elif match := re.match(r"([A-Za-z0-9_-]+)\s*=", line):
            found[table, match[1]] = " ".join(comment)
            is_complete = True
        elif not line:
            comment = []
    return found


def sources(package):
    """Returns the text of all source files of a package."""
    manifest = pathlib.Path(package["manifest_path"])
    folders = {"src", "tests", "benches", "examples"}
    files = {pathlib.Path(target["src_path"]) for target in package["targets"]}
    for file in list(files):
        # The root package shares its folder with the others.
        if file.parent != manifest.parent or file.parent.name in folders:
            files.update(file.parent.rglob("*.rs"))
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(files))


def main():
    arguments = ["cargo", "metadata", "--format-version=1", "--locked", "--all-features"]
    metadata = json.loads(subprocess.check_output(arguments, cwd=ROOT))
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    own = set(metadata["workspace_members"])
    text, missing = HEAD, []
    for crate in metadata["workspace_members"]:
        package = packages[crate]
        manifest = pathlib.Path(package["manifest_path"])
        comments, code = reasons(manifest), sources(package)
        resolved = {packages[dep["pkg"]]["name"]: dep["pkg"] for dep in nodes[crate]["deps"]}
        rows = []
        for dependency in package["dependencies"]:
            name, kind = dependency["name"], dependency["kind"]
            table = f"{kind}-dependencies" if kind else "dependencies"
            why = comments.get((table, dependency["rename"] or name))
            if not why:
                missing.append(f"{manifest.relative_to(ROOT)}: {table}.{name} has no comment")
            named = (dependency["rename"] or name).replace("-", "_")
            if not re.search(rf"\b{named}\b", code):
                missing.append(f"{manifest.relative_to(ROOT)}: no source file names {table}.{name}")
            found = resolved[name]
            use = ", ".join(filter(None, [KINDS[kind], "optional" * dependency["optional"]]))
            license = "this workspace" if found in own else packages[found]["license"]
            cells = [f"`{name}`", use, why or "", license]
            rows.append((kind or "", name, "| " + " | ".join(cells).replace("\n", " ") + " |\n"))
        text += f"\n## {package['name']}\n\n| crate | use | why | license |\n| --- | --- | --- | --- |\n"
        text += "".join(row for _, _, row in sorted(rows))
    text += TAIL
    if missing:
        sys.exit("\n".join(missing))
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        sys.exit("docs/dependencies.md is stale; run docs/dependencies.py")


if __name__ == "__main__":
    main()
