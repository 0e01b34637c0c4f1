#!/usr/bin/env python3
"""Reads 10,000 integrations, 16 times at once, with this crate and with GitBook's own client for
JavaScript, from the same server: items per second and peak memory. Needs Node.js and npm.

    benches/paging.py
"""

import json
import subprocess
import tempfile
from pathlib import Path

from measured import ROOT, TARGET, run, server

ROUNDS = 5


def best(arguments, directory):
    rounds = [run(arguments, directory, stdout=subprocess.PIPE) for _ in range(ROUNDS)]
    items, used = min(rounds, key=lambda round: round[1]["seconds"])
    memory = max(used["memory"] for _, used in rounds)
    return {"items_per_second": int(items) / used["seconds"], "memory": memory}


def main():
    with server() as url, tempfile.TemporaryDirectory() as directory:
        install = ["npm", "install", "--silent", "--prefix", directory, "@gitbook/api@0.202.0"]
        subprocess.run(install, check=True)
        script = Path(directory) / "paging.mjs"
        script.write_text((ROOT / "benches/paging.mjs").read_text())
        theirs = best(["node", script, url], directory)
        ours = best([TARGET / "release/paging", url], ROOT)
    ratio = {key: ours[key] / theirs[key] for key in ours}
    print(json.dumps({"ours": ours, "theirs": theirs, "ratio": ratio}, indent=2))


main()
