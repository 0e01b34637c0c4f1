"""Where things are, and how programs are run and measured."""

import contextlib
import os
import subprocess
import sys
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
# What the scripts make.
WORK = TARGET / "benches"
ENV = {**os.environ, "CARGO_INCREMENTAL": "0", "CARGO_TARGET_DIR": str(TARGET)}


def http_features():
    """The features of reqwest that our crate enables by default, for crates that are compared with it:
    TLS, compression and HTTP/2 are a large part of what there is to compile."""
    manifest = tomllib.loads((ROOT / "Cargo.toml").read_text())
    found = set(manifest["dependencies"]["reqwest"]["features"])
    waiting = list(manifest["features"]["default"])
    while waiting:
        feature = waiting.pop()
        if feature.startswith("reqwest/"):
            found.add(feature.removeprefix("reqwest/"))
        waiting.extend(manifest["features"].get(feature, []))
    return sorted(found)


# What reqwest encrypts with then, as in our crate.
TLS = 'rustls = { version = "0.23", default-features = false, features = ["ring", "std", "tls12"] }'


def run(arguments, directory=None, env=None, stdout=None):
    """Runs a command to its end: what it printed if `stdout` is a pipe, and its CPU seconds, seconds
    and peak memory in MB."""
    start = time.monotonic()
    # The job server of cargo is open files.
    process = subprocess.Popen(
        arguments, cwd=directory, env=env, stdout=stdout, text=True, close_fds=False
    )
    printed = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(map(str, arguments))} failed")
    cpu = usage.ru_utime + usage.ru_stime
    memory = usage.ru_maxrss / 1024
    return printed, {"cpu": cpu, "seconds": time.monotonic() - start, "memory": memory}


def write(path, text):
    """Writes a file, unless it says so already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


@contextlib.contextmanager
def server():
    """Builds what benches/src has, and runs the server among it: its address."""
    subprocess.run(
        ["cargo", "build", "--release", "--quiet", "-p", "gitbook-api-benches", "--bins"],
        cwd=ROOT, env=ENV, check=True,
    )
    process = subprocess.Popen([TARGET / "release/server"], stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().strip()
    finally:
        process.kill()
