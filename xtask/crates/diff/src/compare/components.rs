//! Compares components by name.

use serde_json::Value;

use super::super::rules::*;
use super::keywords::Check;
use super::pairs::last_token;
use super::schema::Position;
use super::{Comparison, NodeRef};

impl<'a> Comparison<'a> {
    pub(super) fn components(&mut self) {
        let mut kinds: Vec<&str> = Vec::new();
        for document in [self.base, self.head] {
            let present = document.get("components").and_then(Value::as_object);
            kinds.extend(present.into_iter().flatten().map(|(kind, _)| kind.as_str()));
        }
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            self.kind(kind);
        }
    }

    fn kind(&mut self, kind: &str) {
        let pointer = format!("#/components/{kind}");
        let list = |document: &'a Value| {
            document
                .get("components")?
                .get(kind)
                .map(|map| NodeRef::new(pointer.clone(), map))
        };
        let (old, new) = (list(self.base), list(self.head));
        if kind.starts_with("x-") {
            let extension = Check::Three(&EXTENSION_ADDED, &EXTENSION_REMOVED, &EXTENSION_CHANGED);
            return self.value(old, new, extension);
        }
        let mut gone = Vec::new();
        for (name, before) in old.iter().flat_map(|map| map.entries()) {
            if let Some(to) = self.renames.renamed(&before.pointer) {
                let after = new
                    .iter()
                    .flat_map(|map| map.entries())
                    .map(|(_, node)| node);
                let Some(after) = after.into_iter().find(|node| node.pointer == to) else {
                    continue;
                };
                self.push(
                    renamed(kind),
                    Some(before.with(name.into())),
                    Some(after.with(last_token(to).into())),
                );
                self.component(kind, before, after);
                continue;
            }
            match new.as_ref().and_then(|map| map.get(name)) {
                Some(after) => self.component(kind, before, after),
                None => gone.push(before),
            }
        }
        // Moved components are known only after everything else has been compared.
        for before in gone {
            match self.inlined.get(&before.pointer).cloned() {
                Some(place) => self.push(&SCHEMA_INLINED, Some(before.side()), Some(place)),
                None => self.emit(removed(kind), Some(&before), None),
            }
        }
        for (_, after) in new.iter().flat_map(|map| map.entries()) {
            if !self.renames.is_new(&after.pointer) {
                continue;
            }
            match self.extracted.get(&after.pointer).cloned() {
                Some(place) => self.push(&SCHEMA_EXTRACTED, Some(place), Some(after.side())),
                None => self.emit(added(kind), None, Some(&after)),
            }
        }
    }

    fn component(&mut self, kind: &str, before: NodeRef<'a>, after: NodeRef<'a>) {
        match kind {
            "schemas" => self.schema(before, after, Position::Component),
            "parameters" => self.shared_parameter(before, after),
            "responses" => self.response(before, after),
            "requestBodies" => self.request_body(before, after),
            "headers" => self.header(before, after),
            "securitySchemes" => self.security_scheme(before, after),
            "examples" => self.value(Some(before), Some(after), Check::Any(&EXAMPLE_CHANGED)),
            "links" => self.value(Some(before), Some(after), Check::Any(&LINK_CHANGED)),
            "callbacks" => self.value(Some(before), Some(after), Check::Any(&CALLBACK_CHANGED)),
            _ => self.value(Some(before), Some(after), Check::Any(&KEYWORD_CHANGED)),
        }
    }
}

fn added(kind: &str) -> &'static Rule {
    match kind {
        "schemas" => &SCHEMA_ADDED,
        "securitySchemes" => &SECURITY_SCHEME_ADDED,
        _ => &SHARED_ADDED,
    }
}

fn removed(kind: &str) -> &'static Rule {
    match kind {
        "schemas" => &SCHEMA_REMOVED,
        "securitySchemes" => &SECURITY_SCHEME_REMOVED,
        _ => &SHARED_REMOVED,
    }
}

fn renamed(kind: &str) -> &'static Rule {
    match kind {
        "schemas" => &SCHEMA_RENAMED,
        "securitySchemes" => &SECURITY_SCHEME_RENAMED,
        _ => &SHARED_RENAMED,
    }
}
