#!/usr/bin/env python3
"""Measures the program that users ship: the size of its release binary, stripped, with one call and with
ten, beside the same calls with what progenitor alone makes. The floor is one call with `reqwest` and
`serde_json` alone, which both contain.

    benches/binary.py
"""

import json
import shutil

from measured import ENV, TLS, WORK, http_features, run
from programs import ours, progenitor, write_program

# reqwest panics without a provider, and the program would be smaller by what encrypts.
INSTALL = "    rustls::crypto::ring::default_provider().install_default().unwrap();"
FLOOR_DEPENDENCIES = f"""\
reqwest = {{ version = "0.13", default-features = false, features = {json.dumps(http_features())} }}
serde = {{ version = "1", features = ["derive"] }}
serde_json = "1"
{TLS}"""
FLOOR = f"""\
#[derive(Debug, serde::Deserialize)]
#[allow(dead_code)]
#[serde(rename_all = "camelCase")]
struct User {{
    id: String,
    display_name: String,
    email: Option<String>,
}}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {{
{INSTALL}
    let call = reqwest::Client::new().get("https://api.gitbook.com/v1/user").bearer_auth("token");
    let body = call.send().await?.bytes().await?;
    println!("{{:?}}", serde_json::from_slice::<User>(&body)?);
    Ok(())
}}
"""

# Method, and the names of its path parameters.
CALLS = [
    ("get_authenticated_user",),
    ("list_organizations_for_authenticated_user",),
    ("get_organization_by_id", "organization_id"),
    ("list_spaces_in_organization_by_id", "organization_id"),
    ("get_space_by_id", "space_id"),
    ("get_current_revision", "space_id"),
    ("get_page_by_id", "space_id", "page_id"),
    ("list_change_requests_for_space", "space_id"),
    ("get_change_request_by_id", "space_id", "change_request_id"),
    ("get_site_by_id", "organization_id", "site_id"),
]


def our_program(calls):
    lines = [
        f"    println!(\"{{:?}}\", client.{method}({', '.join(json.dumps(p) for p in parameters)}).await?);"
        for method, *parameters in calls
    ]
    return "\n".join([
        "#[tokio::main]",
        "async fn main() -> Result<(), gitbook_api::Error> {",
        "    let client = gitbook_api::Client::from_env()?;",
        *lines,
        "    Ok(())",
        "}",
        "",
    ])


def raw_program(calls):
    lines = [
        f"    println!(\"{{:?}}\", client.{method}()"
        + "".join(f".{p}({json.dumps(p)})" for p in parameters)
        + ".send().await);"
        for method, *parameters in calls
    ]
    return "\n".join([
        "#[tokio::main]",
        "async fn main() {",
        INSTALL,
        "    let client = raw::Client::new(\"https://api.gitbook.com/v1\");",
        *lines,
        "}",
        "",
    ])


def size(name, dependency, source):
    """Builds a program in release, and returns the size of its stripped binary in MB."""
    folder, target = WORK / "binary" / name, WORK / "binary/target"
    write_program(folder, dependency, source)
    env = {**ENV, "CARGO_TARGET_DIR": str(target), "CARGO_PROFILE_RELEASE_STRIP": "true"}
    run(["cargo", "build", "--release", "--quiet"], folder, env)
    return (target / "release/program").stat().st_size / 1e6


def main():
    shutil.rmtree(WORK / "package", ignore_errors=True)
    package, alone = ours(), f"{progenitor(has_our_features=True)}\n{TLS}"
    floor = size("floor", FLOOR_DEPENDENCIES, FLOOR)
    for count in [1, len(CALLS)]:
        calls = CALLS[:count]
        mine = size("ours", package, our_program(calls))
        theirs = size("raw", alone, raw_program(calls))
        found = {"ours": mine, "raw": theirs, "ratio": mine / theirs, "floor": floor}
        print(f"{count} calls", json.dumps(found, indent=2), flush=True)


main()
