"""openapi-generator's crate of the same document, repaired until it compiles."""

import re
import shutil
import subprocess

from measured import write

GENERATOR = "openapi-generator-cli"

# What does not compile as it comes: where, what, and what stands there instead.
REPAIRS = [
    # An enum without a value has no default.
    ("src/models/*.rs", r"impl Default for \w+ \{\s+fn default\(\) -> \w+ \{\s+Self::\s+\}\s+\}", ""),
    # Two variants of one name.
    ("src/models/context_connector.rs", r"(/// Builtin sources\s+)String\(", r"\1Builtin("),
    # An enum that hides the trait.
    ("src/models/*.rs", r"impl Default for Default", "impl std::default::Default for Default"),
    # Unions are no text.
    ("src/apis/site_context_api.rs", r"\bp\.to_string\(\)", 'format!("{p:?}")'),
]


def is_there():
    return shutil.which(GENERATOR) is not None


def generate(spec, crate):
    """Generates the crate named `peer` in the directory `crate`."""
    shutil.rmtree(crate, ignore_errors=True)
    subprocess.run(
        [GENERATOR, "generate", "-i", spec, "-g", "rust", "-o", crate, "--skip-validate-spec",
         "--additional-properties=library=reqwest,packageName=peer"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True,
    )
    for pattern, found, instead in REPAIRS:
        for path in crate.glob(pattern):
            write(path, re.sub(found, instead, path.read_text()))
    manifest = crate / "Cargo.toml"
    manifest.write_text("[workspace]\n\n" + manifest.read_text())
