//! Compares the roots of the documents.

use serde_json::Value;

use super::super::rules::*;
use super::keywords::Check;
use super::pairs::{by_key, by_name, one_sided};
use super::view::View;
use super::{Comparison, NodeRef};

impl<'a> Comparison<'a> {
    pub(super) fn document(&mut self) {
        let (base, head) = (NodeRef::new("#", self.base), NodeRef::new("#", self.head));
        let known = [
            "openapi",
            "info",
            "paths",
            "components",
            "security",
            "servers",
            "tags",
            "webhooks",
            "x-webhooks",
        ];
        self.members(&View::plain(&base), &View::plain(&head), &known);
        self.info(base.get("info"), head.get("info"));
        // Normalizing preserves webhooks, which OpenAPI 3.0.3 does not have, as an extension.
        for key in ["webhooks", "x-webhooks"] {
            for (before, after) in by_key(base.get(key), head.get(key)) {
                self.value(before, after, Check::Any(&CALLBACK_CHANGED));
            }
        }
        self.tags(base.get("tags"), head.get("tags"));
        self.alternatives(base.get("security"), head.get("security"), "#", "#");
        self.paths();
        self.components();
    }

    fn info(&mut self, base: Option<NodeRef<'a>>, head: Option<NodeRef<'a>>) {
        for (before, after) in super::pairs::by_key(base, head) {
            self.value(before, after, Check::Any(&INFO_CHANGED));
        }
    }

    fn tags(&mut self, base: Option<NodeRef<'a>>, head: Option<NodeRef<'a>>) {
        let name = |tag: &NodeRef<'a>| {
            tag.value
                .get("name")
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let pairs = by_name(base, head, name);
        let [gone, new] = one_sided(&pairs);
        for before in &gone {
            let renamed = self.renames.renamed_tag(name(before));
            if let Some(after) = new.iter().find(|after| renamed == Some(name(after))) {
                let side = |tag: &NodeRef<'a>| Some(tag.with(name(tag).into()));
                self.push(&TAG_RENAMED, side(before), side(after));
                self.tag(before, after);
            }
        }
        for (before, after) in pairs {
            let tag = before.as_ref().or(after.as_ref()).map(name);
            match (before, after) {
                _ if tag.is_some_and(|tag| self.renames.is_renamed_tag(tag)) => {}
                (Some(before), Some(after)) => self.tag(&before, &after),
                (before, None) => self.emit(&TAG_REMOVED, before.as_ref(), None),
                (_, after) => self.emit(&TAG_ADDED, None, after.as_ref()),
            }
        }
    }
}

impl<'a> Comparison<'a> {
    fn tag(&mut self, base: &NodeRef<'a>, head: &NodeRef<'a>) {
        for (before, after) in by_key(Some(base.clone()), Some(head.clone())) {
            let mut sides = before.iter().chain(&after);
            if !sides.any(|side| side.pointer.ends_with("/name")) {
                self.value(before, after, Check::Any(&TAG_CHANGED));
            }
        }
    }
}
