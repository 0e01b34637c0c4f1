#!/bin/sh
# Checks that the crate compiles with any group of operations, without a warning: with none, and with
# each by itself. What an item is does not depend on the groups, so that pairs show nothing more.
#
#     benches/groups.sh [--manifest-path FILE] [FEATURES...]    # only these, as in `users` or `users,teams`
set -eu

manifest=$(dirname "$0")/../Cargo.toml
if [ "${1-}" = --manifest-path ]; then
    manifest=$2
    shift 2
fi

if [ $# -eq 0 ]; then
    root=$(dirname "$0")/..
    set -- "" $(sed -n '/^# <groups>/,/^# <\/groups>/s/^\([a-z0-9-]*\) = \[\]$/\1/p' "$root/Cargo.toml")
fi
for features in "$@"; do
    echo "groups: $features"
    cargo clippy --quiet --manifest-path "$manifest" -p gitbook-api --lib --no-default-features \
        --features "rustls,$features" -- -D warnings
done
