//! For programs. `docs/diff.schema.json` describes the form, which is stable.

use serde_json::{Value, json};

use super::super::compare::Side;
use super::super::report::{Report, Row};
use super::super::rules::{Bump, Http};
use super::listed;

/// Writes the report as JSON.
pub fn json(report: &Report) -> String {
    let rows: Vec<Value> = listed(report).into_iter().map(row).collect();
    let document = json!({
        "version": 1,
        "http": report.http().map(Http::name),
        "bump": report.bump().map(Bump::name),
        "edits": rows,
    });
    format!("{document:#}\n")
}

fn row(row: &Row) -> Value {
    json!({
        "rule": row.rule.id,
        "title": row.rule.title,
        "kind": row.rule.kind.name(),
        "group": row.group,
        "place": row.place.label(),
        "item": row.item,
        "base": row.base.as_ref().map(side),
        "head": row.head.as_ref().map(side),
        "direction": row.direction.name(),
        "http": row.http.name(),
        "bump": row.bump.name(),
        "reach": row.reach,
        "accepted": row.accepted,
    })
}

fn side(side: &Side) -> Value {
    json!({"pointer": side.pointer, "source": side.source, "value": side.value})
}
