#!/usr/bin/env bash
# Samples and changes values of every schema, has the types read and write them, and compares.
# Usage: tests/conformance/run.sh [folder for the files, target/conformance by default]
set -euo pipefail
cd "$(dirname "$0")"
root="$(cd ../.. && pwd)"
folder="${1:-$root/target/conformance}"
mkdir -p "$folder"

npm ci --no-audit --no-fund --loglevel=error
node --max-old-space-size=6000 generate.mjs "$folder"
cargo test --quiet --manifest-path "$root/Cargo.toml" --test conformance <"$folder/input.ndjson" >"$folder/output.ndjson"
node --max-old-space-size=6000 report.mjs "$folder"
