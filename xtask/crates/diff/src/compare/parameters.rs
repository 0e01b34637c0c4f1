//! Compares parameters.

use serde_json::{Value, json};

use super::super::rules::*;
use super::keywords::Check;
use super::view::View;
use super::{Comparison, Spot};

/// A parameter of an operation.
pub(super) struct Parameter<'a> {
    /// Where it stands, maybe as a reference.
    pub spot: Spot<'a>,
    /// The place of the request that it goes to.
    pub location: &'a str,
    /// Its name, or its position for a parameter of the path: renaming one changes no URL.
    pub name: String,
}

impl<'a> Comparison<'a> {
    /// Compares the parameters of two operations.
    pub(super) fn parameters(&mut self, old: Vec<Parameter<'a>>, new: Vec<Parameter<'a>>) {
        let mut new = new;
        let mut left = Vec::new();
        for before in old {
            let same = |p: &Parameter<'a>| p.location == before.location && p.name == before.name;
            match new.iter().position(same) {
                Some(index) => self.parameter(before.spot, new.remove(index).spot),
                None => left.push(before),
            }
        }
        for before in left {
            let Some(index) = new.iter().position(|p| p.name == before.name) else {
                self.emit(&PARAMETER_REMOVED, Some(&before.spot), None);
                continue;
            };
            let after = new.remove(index);
            let side =
                |parameter: &Parameter<'a>| Some(parameter.spot.with(parameter.location.into()));
            self.push(&PARAMETER_LOCATION_CHANGED, side(&before), side(&after));
            self.parameter(before.spot, after.spot);
        }
        for after in new {
            let required = Self::resolve(self.head, after.spot.clone()).is("required");
            let rule = match required {
                true => &REQUIRED_PARAMETER_ADDED,
                false => &OPTIONAL_PARAMETER_ADDED,
            };
            self.emit(rule, None, Some(&after.spot));
        }
    }

    /// Compares two parameters that are the same one.
    pub(super) fn parameter(&mut self, base: Spot<'a>, head: Spot<'a>) {
        let Some((base, head)) = self.differing(base, head) else {
            return;
        };
        let (b, h) = (View::plain(&base), View::plain(&head));
        let required = Check::Flag(&PARAMETER_BECAME_REQUIRED, &PARAMETER_BECAME_OPTIONAL);
        self.keyword(&b, &h, "required", required);
        let deprecated = Check::Flag(&PARAMETER_DEPRECATED, &PARAMETER_REACTIVATED);
        self.keyword(&b, &h, "deprecated", deprecated);
        for key in ["style", "explode", "allowReserved", "allowEmptyValue"] {
            if effective(&base, key) != effective(&head, key)
                && b.get(key).map(|s| s.value) != h.get(key).map(|s| s.value)
            {
                self.keyword(&b, &h, key, Check::Any(&PARAMETER_STYLE_CHANGED));
            }
        }
        let mut known = vec!["name", "in", "required", "deprecated", "schema", "content"];
        known.extend(["style", "explode", "allowReserved", "allowEmptyValue"]);
        self.members(&b, &h, &known);
        self.held_schema(&base, &head);
        self.content(
            &base,
            &head,
            &PARAMETER_STYLE_CHANGED,
            &PARAMETER_STYLE_CHANGED,
        );
    }
}

/// What a keyword of serialization means where it is absent.
fn effective(parameter: &Spot<'_>, key: &str) -> Value {
    if let Some(value) = parameter.value.get(key) {
        return value.clone();
    }
    match (key, parameter.text("in")) {
        ("style", Some("query" | "cookie")) => json!("form"),
        ("style", _) => json!("simple"),
        ("explode", _) => json!(effective(parameter, "style") == json!("form")),
        _ => json!(false),
    }
}
