//! Generates `docs/diff-rules.md`: every rule, and the oasdiff checks that it corresponds to.

use std::collections::BTreeMap;

use super::rules::{Kind, Rule, Scope, Verdict, all};

/// The ids of oasdiff's checks, each below the rule that reports the same edit.
const OASDIFF: &str = include_str!("oasdiff.txt");

/// Returns the page as Markdown.
pub fn rules_doc() -> String {
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

Both documents are normalized to OpenAPI 3.0.3 first, so that documents with the same meaning are
equal. Each edit is reported once, at the component or operation that was edited. It has two
verdicts, each of which may differ between requests and responses; for a schema that is used in
both, the worse one applies.

- **HTTP**: the effect on programs that use the API over HTTP: *compatible*, *risky* (for programs
  that rely on undocumented behavior) or *breaking*. An edit that affects no operation is
  compatible; a `readOnly` property does not affect requests, a `writeOnly` one does not affect
  responses.
- **crate**: the version bump for users of the Rust types. Enums and unions are open and structs are
  `#[non_exhaustive]`, so additions are *minor*. Renaming, removing or retyping a public item is
  *major*, and so is another argument of `new`. An edit is also *major* if calls that succeeded
  compile but are refused before they are sent, as with a tightened constraint on requests. Documentation, and constraints on responses, are *patch*.

The public APIs of both crates are always compared. If nothing changed in them near an edit, its
verdict for the crate is *patch*, whatever the rule says, unless the rule is about behavior. A
change of the public API that no rule predicts is reported separately if no other change requires
the same bump. For a removed type, its parts and the functions that took it are not reported as well.
Reordered arguments are always reported, because such calls may still compile.
`docs/diff-accuracy.md` compares the verdicts with rustdoc.

The order of members has no meaning, nor has a composition of a single member. A component whose
name changed and whose structure did not is reported as renamed.
";

const CHECKS: &str = "
## The checks of oasdiff

oasdiff has one check per location (body, property, parameter) and direction; here a rule covers all
locations and both directions. Keywords that only OpenAPI 3.1 has are rewritten, or preserved as
extensions, when the documents are normalized. Descriptions, extensions, tags, servers, formats, new
and renamed components, and edits that affect no operation, for which oasdiff has no checks, have
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

/// Returns the checks of oasdiff by rule, or by a reason after `- ` where no rule applies.
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
    use expect_test::expect_file;

    use super::*;

    #[test]
    fn the_page_is_up_to_date() {
        expect_file!["../../../../docs/diff-rules.md"].assert_eq(&rules_doc());
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
