//! `docs/diff-rules.md`: every rule, and what the checks of oasdiff are here.

use std::collections::BTreeMap;

use super::rules::{Kind, Rule, Scope, Verdict, all};

/// The ids of oasdiff's checks, each below the rule that reports the same.
const OASDIFF: &str = include_str!("oasdiff.txt");

/// Writes the catalogue as Markdown.
pub fn catalogue() -> String {
    let mut out = String::from(HEAD);
    let mut kind = None;
    for rule in all() {
        if kind != Some(rule.kind) {
            kind = Some(rule.kind);
            out.push_str(&heading(rule.kind));
        }
        out.push_str(&entry(rule));
    }
    out.push_str(CHECKS);
    let checks = checks();
    out.push_str(&format!(
        "{} checks:\n\n| rule | checks of oasdiff |\n|---|---|\n",
        count(&checks)
    ));
    for (rule, ids) in checks {
        let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
        let rule = match rule.strip_prefix("- ") {
            Some(why) => format!("none: {why}"),
            None => format!("[`{rule}`](#{rule})"),
        };
        out.push_str(&format!("| {rule} | {} |\n", ids.join(", ")));
    }
    out
}

const HEAD: &str = "\
# What `cargo xtask diff` reports

<!-- Generated from xtask/crates/diff/src/rules by `cargo xtask diff --rules`. -->

Both documents are said in OpenAPI 3.0.3 first, so that only meaning is compared. One edit is one
row, at the component or operation where it was made. Each row has two verdicts, apart for what
clients send (requests) and receive (responses); where a schema is in both, the worse one counts.

- **HTTP**: whether a program that talks to the API keeps working: *compatible*, *risky* (when it
  relies on more than the API promised) or *breaking*. What no operation reaches is compatible;
  a `readOnly` property is nothing to requests, a `writeOnly` one nothing to responses.
- **crate**: the version bump for users of the Rust types. Enums and unions are open, structs are
  `#[non_exhaustive]`, so growth is *minor*. Renaming, removing or retyping a public item is
  *major*, and so is one more argument of `new`. A call that passed and is now refused before it is
  sent is *major* too, although it compiles: a required parameter, or a constraint that becomes
  stricter on what is sent. Text, and constraints on what is received, are *patch*.

The public APIs of both crates are always compared. A row is no more than *patch* where nothing near
its place changed in them, whatever its rule says, unless the rule is about behavior. What no rule
foresees has rows of its own when no other row is as large, and arguments that changed places always
have: such calls may still compile. docs/diff-truth.md holds the verdicts against rustdoc.

The order of members means nothing, nor does a combination of a single member. A component of the
same structure under another name was renamed.
";

const CHECKS: &str = "
## The checks of oasdiff

oasdiff names one check per place (body, property, parameter) and direction; here the row says the
place, and the rule judges the direction. Keywords that only OpenAPI 3.1 has are rewritten or kept
as `x-` members when the documents are said in 3.0.3. What it has no check for (descriptions,
extensions, tags, servers, formats, new and renamed components, whatever no operation reaches) has
rules above.

";

fn heading(kind: Kind) -> String {
    format!("\n## {}\n", kind.name())
}

fn entry(rule: &Rule) -> String {
    let scope = match rule.scope {
        Scope::Document => "document",
        Scope::Operation => "operation",
        Scope::Schema => "schema",
    };
    format!(
        "\n### `{id}`\n\n{title}. {why}\n\n\
         | | request | response |\n|---|---|---|\n\
         | HTTP | {} | {} |\n| crate | {} | {} |\n\n\
         ```diff\n  {scope}\n- {before}\n+ {after}\n```\n",
        http(rule.request),
        http(rule.response),
        bump(rule.request),
        bump(rule.response),
        id = rule.id,
        title = rule.title,
        why = rule.why,
        before = rule.before,
        after = rule.after,
    )
}

fn http(verdict: Verdict) -> &'static str {
    verdict.http.name()
}

fn bump(verdict: Verdict) -> &'static str {
    verdict.bump.name()
}

/// The checks of oasdiff by rule; by a reason after `- ` where none applies.
fn checks() -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut checks: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut rule = "";
    for line in OASDIFF.lines() {
        match line.strip_prefix("    ") {
            Some(id) => checks.entry(rule).or_default().push(id),
            None => rule = line,
        }
    }
    checks
}

fn count(checks: &BTreeMap<&str, Vec<&str>>) -> usize {
    checks.values().map(Vec::len).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_up_to_date() {
        let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/diff-rules.md");
        let page = std::fs::read_to_string(page).unwrap();
        assert!(
            page == catalogue(),
            "run `cargo xtask diff --rules > docs/diff-rules.md`"
        );
    }

    #[test]
    fn every_check_belongs_to_a_rule_that_exists() {
        for rule in checks().into_keys().filter(|rule| !rule.starts_with("- ")) {
            assert!(all().any(|known| known.id == rule), "{rule}");
        }
        let mut ids: Vec<&str> = checks().into_values().flatten().collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "a check belongs to one rule");
    }
}
