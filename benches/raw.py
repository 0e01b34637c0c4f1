"""The crate of what progenitor alone makes of the document."""

import json
import subprocess

from measured import ENV, ROOT, TLS, http_features, write

MANIFEST = """\
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
reqwest = { version = "0.13", default-features = false, features = FEATURES }
TLS
serde = { version = "1", features = ["derive"] }
serde_json = "1"
serde_urlencoded = "0.7"
uuid = { version = "1", features = ["serde", "v4"] }
"""
# With the default features, as progenitor's documentation has it.
DEFAULT_HTTP = 'reqwest = { version = "0.13", features = ["json", "stream", "query", "form"] }'


def generate(crate, *groups):
    """Generates the crate named `raw` in the directory `crate`: of these groups, or of all."""
    with open(ROOT / "spec/openapi.yaml") as spec:
        code = subprocess.run(
            ["cargo", "run", "--quiet", "-p", "gitbook-api-codegen", "--example", "raw", "--", *groups],
            cwd=ROOT, env=ENV, stdin=spec, stdout=subprocess.PIPE, text=True, check=True,
        ).stdout
    features = json.dumps(["json", "stream", "query", "form", *http_features()])
    write(crate / "Cargo.toml", MANIFEST.replace("FEATURES", features).replace("TLS", TLS))
    write(crate / "src/lib.rs", code)
