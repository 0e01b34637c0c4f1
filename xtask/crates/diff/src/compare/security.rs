//! Compares security schemes and security requirements.

use std::collections::BTreeSet;

use gitbook_api_codegen::document::{escape, unescape};
use serde_json::{Map, Value};

use super::super::rules::*;
use super::keywords::Check;
use super::pairs::{by_key, last_token, one_sided};
use super::view::View;
use super::{Comparison, Location, NodeRef};

impl<'a> Comparison<'a> {
    /// Compares the requirements of two operations. Without its own, those of the document apply.
    pub(super) fn requirements(&mut self, base: &NodeRef<'a>, head: &NodeRef<'a>) {
        let (old, new) = (base.get("security"), head.get("security"));
        if old.is_none() && new.is_none() {
            return;
        }
        let root = |document: &'a Value| {
            document
                .get("security")
                .map(|v| NodeRef::new("#/security", v))
        };
        let (old, new) = (
            old.or_else(|| root(self.base)),
            new.or_else(|| root(self.head)),
        );
        self.alternatives(old, new, &base.pointer, &head.pointer);
    }

    /// Compares two lists of alternatives, which are declared at, or apply to, the given locations.
    pub(super) fn alternatives(
        &mut self,
        base: Option<NodeRef<'a>>,
        head: Option<NodeRef<'a>>,
        base_place: &str,
        head_place: &str,
    ) {
        let mut old = list(base);
        for requirement in &mut old {
            *requirement = self.renamed_schemes(std::mem::take(requirement));
        }
        let new = list(head);
        let at = |place: &str, value: Value| {
            Some(Location {
                pointer: format!("{place}/security"),
                value,
                source: None,
            })
        };
        let open = |list: &[Map<String, Value>]| list.iter().any(Map::is_empty);
        let mut new_left: Vec<&Map<String, Value>> = new.iter().collect();
        let mut old_left = Vec::new();
        for before in &old {
            if let Some(index) = new_left
                .iter()
                .position(|after| schemes(after) == schemes(before))
            {
                let after = new_left.remove(index);
                let (gone, came) = (scopes(before, after), scopes(after, before));
                let side = |place: &str, scopes: Vec<Value>| {
                    at(place, scopes.into()).filter(|side| side.value != Value::Array(Vec::new()))
                };
                let rules = [
                    &SECURITY_SCOPE_REMOVED,
                    &SECURITY_SCOPE_ADDED,
                    &SECURITY_SCOPE_REPLACED,
                ];
                self.replacement(rules, side(base_place, gone), side(head_place, came));
            } else {
                old_left.push(before);
            }
        }
        // Callers that need no authentication may also authenticate.
        if open(&new) {
            old_left.clear();
        }
        if open(&old) {
            new_left.clear();
        }
        let side = |place: &str, requirement: &Map<String, Value>| {
            at(place, Value::Object(requirement.clone()))
        };
        if let ([before], [after]) = (&old_left[..], &new_left[..]) {
            let (before, after) = (side(base_place, before), side(head_place, after));
            return self.push(&SECURITY_ALTERNATIVE_REPLACED, before, after);
        }
        for before in old_left {
            let before = side(base_place, before);
            self.push(&SECURITY_ALTERNATIVE_REMOVED, before, None);
        }
        for after in new_left {
            self.push(&SECURITY_ALTERNATIVE_ADDED, None, side(head_place, after));
        }
    }

    /// Returns a requirement with the names that its schemes have in the head.
    fn renamed_schemes(&self, requirement: Map<String, Value>) -> Map<String, Value> {
        let prefix = "#/components/securitySchemes/";
        let renamed = |name: String| {
            let reference = format!("{prefix}{}", escape(&name));
            let renamed = self.renames.renamed(&reference);
            let renamed = renamed.and_then(|reference| reference.strip_prefix(prefix));
            renamed.map_or(name, unescape)
        };
        let entries = requirement.into_iter();
        entries
            .map(|(name, scopes)| (renamed(name), scopes))
            .collect()
    }

    pub(super) fn security_scheme(&mut self, base: NodeRef<'a>, head: NodeRef<'a>) {
        let (b, h) = (View::plain(&base), View::plain(&head));
        let known = [
            "type",
            "name",
            "in",
            "scheme",
            "bearerFormat",
            "openIdConnectUrl",
        ];
        for key in known {
            self.keyword(&b, &h, key, Check::Any(&SECURITY_SCHEME_CHANGED));
        }
        self.members(&b, &h, &[&known[..], &["flows"]].concat());
        for (before, after) in by_key(base.get("flows"), head.get("flows")) {
            let (Some(before), Some(after)) = (&before, &after) else {
                self.value(before, after, Check::Any(&SECURITY_SCHEME_CHANGED));
                continue;
            };
            for (old, new) in by_key(Some(before.clone()), Some(after.clone())) {
                let scopes = [&old, &new]
                    .into_iter()
                    .flatten()
                    .any(|s| s.pointer.ends_with("/scopes"));
                if scopes {
                    self.scopes(old, new)
                } else {
                    self.value(old, new, Check::Any(&SECURITY_SCHEME_CHANGED))
                }
            }
        }
    }

    fn scopes(&mut self, base: Option<NodeRef<'a>>, head: Option<NodeRef<'a>>) {
        let mut pairs = by_key(base.clone(), head.clone());
        let sides = one_sided(&pairs);
        if let (([gone], [new]), Some(base), Some(head)) =
            ((&sides[0][..], &sides[1][..]), base, head)
        {
            let side = |map: &NodeRef<'a>, scope: &NodeRef<'a>| {
                Some(map.with(last_token(&scope.pointer).into()))
            };
            self.push(&OAUTH_SCOPE_REPLACED, side(&base, gone), side(&head, new));
            pairs.retain(|(before, after)| before.is_some() && after.is_some());
        }
        for (before, after) in pairs {
            let check = Check::Three(
                &OAUTH_SCOPE_ADDED,
                &OAUTH_SCOPE_REMOVED,
                &DESCRIPTION_CHANGED,
            );
            self.value(before, after, check);
        }
    }
}

/// Returns the alternatives. No list is one alternative without requirements.
fn list(node: Option<NodeRef<'_>>) -> Vec<Map<String, Value>> {
    let items = node.iter().flat_map(|node| node.items());
    let mut list: Vec<_> = items
        .filter_map(|item| item.value.as_object().cloned())
        .collect();
    if list.is_empty() {
        list.push(Map::new());
    }
    list
}

fn schemes(requirement: &Map<String, Value>) -> BTreeSet<&String> {
    requirement.keys().collect()
}

/// Returns the scopes that `a` requires and `b` does not.
fn scopes(a: &Map<String, Value>, b: &Map<String, Value>) -> Vec<Value> {
    let all = |list: &Value| list.as_array().cloned().unwrap_or_default();
    let mut missing = Vec::new();
    for (scheme, scopes) in a {
        let others = b.get(scheme).map(all).unwrap_or_default();
        missing.extend(
            all(scopes)
                .into_iter()
                .filter(|scope| !others.contains(scope)),
        );
    }
    missing
}
