//! Renders JSON, in the stable format of `docs/diff.schema.json`.

use serde_json::{Value, json};

use super::super::compare::Location;
use super::super::report::{Finding, Report};
use super::super::rules::{Bump, Http};
use super::listed;

pub fn json(report: &Report) -> String {
    let findings: Vec<Value> = listed(report).into_iter().map(finding).collect();
    let document = json!({
        "version": 1,
        "http": report.http().map(Http::name),
        "bump": report.bump().map(Bump::name),
        "edits": findings,
    });
    format!("{document:#}\n")
}

fn finding(finding: &Finding) -> Value {
    json!({
        "rule": finding.rule.id,
        "title": finding.rule.title,
        "kind": finding.rule.kind.name(),
        "group": finding.group,
        "place": finding.place.label(),
        "item": finding.item,
        "base": finding.base.as_ref().map(side),
        "head": finding.head.as_ref().map(side),
        "direction": finding.direction.name(),
        "http": finding.http.name(),
        "bump": finding.bump.name(),
        "operations": finding.operations,
        "accepted": finding.accepted,
    })
}

fn side(side: &Location) -> Value {
    json!({"pointer": side.pointer, "source": side.source, "value": side.value})
}
