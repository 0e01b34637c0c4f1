#!/usr/bin/env bash
# Prints a Markdown table of what the pipeline makes of the OpenAPI documents in a folder; with
# --compile, also whether the client of each accepted document compiles.
# Usage: benches/corpus.sh FOLDER [--compile]
set -euo pipefail
folder=$(realpath "${1:?usage: benches/corpus.sh FOLDER [--compile]}")
compile=${2:-}
cd "$(dirname "$0")/.."

cargo build --quiet --package xtask
xtask=${CARGO_TARGET_DIR:-target}/debug/xtask
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

echo "| document | size | result | time | compiles |"
echo "|---|--:|---|--:|---|"
find "$folder" -type f \( -name '*.json' -o -name '*.yaml' -o -name '*.yml' \) | sort |
  while read -r document; do
    rm -rf "$out/client"
    result=accepted compiles=
    start=${EPOCHREALTIME/./}
    if ! "$xtask" codegen --input "$document" --out "$out/client" >/dev/null 2>"$out/errors"; then
      reason=$(sed "s|$document||g; s|^error: :* *||" "$out/errors" | head -n 2 | paste -sd ' ' | cut -c -160)
      result="refused: \`${reason//|/\\|}\`"
    fi
    seconds=$(awk "BEGIN { printf \"%.2f\", (${EPOCHREALTIME/./} - $start) / 1000000 }")
    if [[ $compile == --compile && $result == accepted ]]; then
      compiles=no
      GITBOOK_API_SPEC=$out/client/openapi.yaml cargo check --quiet --package gitbook-api \
        </dev/null >/dev/null 2>&1 && compiles=yes
    fi
    kilobytes=$(($(stat -c %s "$document") / 1000))
    echo "| \`${document#"$folder"/}\` | $kilobytes kB | $result | $seconds s | $compiles |"
  done
