"""Programs outside of the workspace that depend on the published package or on what others make."""

import json
import shutil
import subprocess

import raw
from measured import ROOT, WORK, write

MANIFEST = """\
[workspace]

[package]
name = "program"
version = "0.0.0"
edition = "2024"

[dependencies]
{dependency}
tokio = {{ version = "1", features = ["macros", "rt-multi-thread"] }}
"""

# A program with one call, of ours and of what progenitor alone makes.
ONE_CALL = """\
#[tokio::main]
async fn main() -> Result<(), gitbook_api::Error> {
    let client = gitbook_api::Client::from_env()?;
    let user = client.get_authenticated_user().await?;
    println!("{}", user.display_name);
    Ok(())
}
"""
RAW_CALL = """\
#[tokio::main]
async fn main() {
    let client = raw::Client::new("https://api.gitbook.com/v1");
    let user = client.get_authenticated_user().send().await;
    println!("{}", user.is_ok());
}
"""


def path(name, folder, more=""):
    return f"{name} = {{ path = {json.dumps(str(folder))}{more} }}"


def ours(more=""):
    package = WORK / "package"
    if not package.is_dir():
        subprocess.run([ROOT / ".ci/package", package], check=True)
    return path("gitbook-api", package, more)


def progenitor(has_our_features):
    crate = WORK / "raw"
    raw.generate(crate)
    if not has_our_features:
        manifest = crate / "Cargo.toml"
        crate = WORK / "raw-default"
        shutil.copytree(WORK / "raw/src", crate / "src", dirs_exist_ok=True)
        lines = (line for line in manifest.read_text().splitlines() if not line.startswith("rustls"))
        text = "\n".join(raw.DEFAULT_HTTP if line.startswith("reqwest") else line for line in lines)
        write(crate / "Cargo.toml", text)
    return path("raw", crate)


def write_program(folder, dependency, source):
    """Writes the package of a program, with the versions of our lock file."""
    write(folder / "Cargo.toml", MANIFEST.format(dependency=dependency))
    write(folder / "src/main.rs", source)
    if not (folder / "Cargo.lock").exists():
        shutil.copy(ROOT / "Cargo.lock", folder)
