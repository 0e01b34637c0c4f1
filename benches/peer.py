"""openapi-generator's crate of the same document, repaired until it compiles."""

import json
import re
import shutil
import subprocess

from measured import TLS, http_features, write

GENERATOR = "openapi-generator-cli"

# The parts that do not compile: the file, the text, and its replacement.
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
    # Instead of features for each library of TLS, what our crate enables by default.
    text, _, _ = manifest.read_text().partition("\n[features]")
    own = json.dumps(http_features())[1:-1]
    text, count = re.subn(r'(reqwest = .*features = \[)', rf"\1{own}, ", text)
    assert count == 1, "the manifest of openapi-generator has another form"
    manifest.write_text(f"[workspace]\n\n{text}{TLS}\n")
