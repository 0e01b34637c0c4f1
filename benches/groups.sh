#!/bin/sh
# Checks that the crate compiles with any group of operations, without a warning: with none, with
# each by itself, and in pairs of neighbours, so that every group is part of a pair.
#
#     benches/groups.sh [FEATURES...]    # only these, as in `users` or `users,teams`
set -eu
cd "$(dirname "$0")/.."

check() {
    echo "groups: $1"
    cargo clippy --quiet -p gitbook-api --lib --no-default-features --features "rustls,$1" -- \
        -D warnings
}

if [ $# -eq 0 ]; then
    groups=$(sed -n '/^# <groups>/,/^# <\/groups>/s/^\([a-z0-9-]*\) = \[\]$/\1/p' Cargo.toml)
    set -- "" $groups $(echo "$groups" | paste -d, - - | sed 's/,$//')
fi
for features in "$@"; do check "$features"; done
