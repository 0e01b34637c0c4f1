#!/usr/bin/env python3
"""Counts the instructions of decoding, encoding and calling beside those of doing it by hand, which
are about the same on every machine, and holds the ratios to limits.

    benches/instructions.py      # needs valgrind
"""

import re
import subprocess
import sys

from measured import TARGET, server

# Instructions of ours for each of `Value`, and of bare reqwest.
LIMITS = {
    "decode-page": 0.53, "decode-list": 0.44, "encode-page": 0.52, "encode-list": 0.43, "call": 1.05
}
ROUNDS = (5, 25)


def count(*arguments):
    command = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null",
               TARGET / "release/counted", *arguments]
    output = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=True).stderr
    return int(re.search(r"I +refs: +([\d,]+)", output).group(1).replace(",", ""))


def instructions(thing, way, address):
    """Of one round: what only the beginning takes is in both counts."""
    few, many = (count(thing, way, str(rounds), address) for rounds in ROUNDS)
    return (many - few) / (ROUNDS[1] - ROUNDS[0])


def main():
    with server() as address:
        found = {
            thing: [instructions(thing, way, address) for way in ["ours", "plain"]]
            for thing in LIMITS
        }
    too_many = []
    for thing, (ours, plain) in found.items():
        ratio = ours / plain
        print(f"{thing:12} {ours:12,.0f} {plain:12,.0f} {ratio:6.2f}, limit {LIMITS[thing]}")
        if ratio > LIMITS[thing]:
            too_many.append(thing)
    if too_many:
        sys.exit(f"more instructions than the limit: {', '.join(too_many)}")


main()
