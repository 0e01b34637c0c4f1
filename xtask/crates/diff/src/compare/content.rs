//! Compares request bodies, responses, headers and media types.

use super::super::rules::*;
use super::keywords::Check;
use super::pairs::{by_key, last_token, one_sided};
use super::schema::{ANYTHING, Position};
use super::view::View;
use super::{Comparison, NodeRef, shared};

/// The rules for media types of responses and their headers.
const RESPONSE_MEDIA_TYPES: [&Rule; 3] = [
    &RESPONSE_MEDIA_TYPE_REMOVED,
    &RESPONSE_MEDIA_TYPE_ADDED,
    &RESPONSE_MEDIA_TYPE_REPLACED,
];

impl<'a> Comparison<'a> {
    pub(super) fn request_body(&mut self, base: NodeRef<'a>, head: NodeRef<'a>) {
        let Some((base, head)) = self.differing(base, head) else {
            return;
        };
        let (b, h) = (View::plain(&base), View::plain(&head));
        let required = Check::Flag(&BODY_BECAME_REQUIRED, &BODY_BECAME_OPTIONAL);
        self.keyword(&b, &h, "required", required);
        self.members(&b, &h, &["required", "content"]);
        let rules = [
            &BODY_MEDIA_TYPE_REMOVED,
            &BODY_MEDIA_TYPE_ADDED,
            &BODY_MEDIA_TYPE_REPLACED,
        ];
        self.content(&base, &head, rules);
    }

    pub(super) fn response(&mut self, base: NodeRef<'a>, head: NodeRef<'a>) {
        let Some((base, head)) = self.differing(base, head) else {
            return;
        };
        let (b, h) = (View::plain(&base), View::plain(&head));
        let shared = (
            shared::response(self.base, base.value),
            shared::response(self.head, head.value),
        );
        if let (Some(old), Some(new)) = &shared
            && self.renames.same(old, new)
            && !base.pointer.starts_with("#/components/")
        {
            return self.members(&b, &h, &["content", "headers", "links"]);
        }
        self.members(&b, &h, &["content", "headers", "links"]);
        self.content(&base, &head, RESPONSE_MEDIA_TYPES);
        for (before, after) in by_key(base.get("links"), head.get("links")) {
            self.value(before, after, Check::Any(&LINK_CHANGED));
        }
        for (before, after) in by_key(base.get("headers"), head.get("headers")) {
            match (before, after) {
                (Some(before), Some(after)) => self.header(before, after),
                (before, None) => self.emit(&HEADER_REMOVED, before.as_ref(), None),
                (_, after) => self.emit(&HEADER_ADDED, None, after.as_ref()),
            }
        }
    }

    pub(super) fn header(&mut self, base: NodeRef<'a>, head: NodeRef<'a>) {
        let Some((base, head)) = self.differing(base, head) else {
            return;
        };
        let (b, h) = (View::plain(&base), View::plain(&head));
        let required = Check::Flag(&HEADER_BECAME_REQUIRED, &HEADER_BECAME_OPTIONAL);
        self.keyword(&b, &h, "required", required);
        let deprecated = Check::Flag(&SCHEMA_DEPRECATED, &SCHEMA_REACTIVATED);
        self.keyword(&b, &h, "deprecated", deprecated);
        self.serialization(&base, &head);
        let known = [
            "required",
            "deprecated",
            "schema",
            "content",
            "style",
            "explode",
        ];
        self.members(&b, &h, &known);
        self.held_schema(&base, &head);
        self.content(&base, &head, RESPONSE_MEDIA_TYPES);
    }

    /// Compares the media types of two nodes. `rules` are those for a media type that was removed,
    /// added, or replaced: the only one that was removed by the only one that was added.
    pub(super) fn content(
        &mut self,
        base: &NodeRef<'a>,
        head: &NodeRef<'a>,
        rules: [&'static Rule; 3],
    ) {
        let mut pairs = by_key(base.get("content"), head.get("content"));
        let sides = one_sided(&pairs);
        if let ([before], [after]) = (&sides[0][..], &sides[1][..]) {
            let side = |node: &NodeRef<'a>| Some(node.with(last_token(&node.pointer).into()));
            self.push(rules[2], side(before), side(after));
            pairs.retain(|(old, new)| old.is_some() && new.is_some());
            pairs.push((Some(before.clone()), Some(after.clone())));
        }
        for (before, after) in pairs {
            match (before, after) {
                (Some(before), Some(after)) => self.media_type(&before, &after),
                (before, after) => self.replacement(
                    rules,
                    before.as_ref().map(NodeRef::side),
                    after.as_ref().map(NodeRef::side),
                ),
            }
        }
    }

    fn media_type(&mut self, base: &NodeRef<'a>, head: &NodeRef<'a>) {
        self.members(
            &View::plain(base),
            &View::plain(head),
            &["schema", "encoding"],
        );
        self.held_schema(base, head);
        for (before, after) in by_key(base.get("encoding"), head.get("encoding")) {
            self.value(before, after, Check::Any(&ENCODING_CHANGED));
        }
    }

    /// Compares the `schema` of two nodes. A missing schema allows anything.
    pub(super) fn held_schema(&mut self, base: &NodeRef<'a>, head: &NodeRef<'a>) {
        let held = |node: &NodeRef<'a>| {
            node.get("schema")
                .unwrap_or_else(|| node.at("schema", &ANYTHING))
        };
        self.schema(held(base), held(head), Position::Inline);
    }

    /// Follows both references. Returns `None` if they name the same component, or if the nodes are
    /// equal.
    pub(super) fn differing(
        &self,
        base: NodeRef<'a>,
        head: NodeRef<'a>,
    ) -> Option<(NodeRef<'a>, NodeRef<'a>)> {
        if let (Some(old), Some(new)) = (base.reference(), head.reference())
            && self.renames.same(old, new)
        {
            return None;
        }
        // The location stays that of the use: the difference exists only there.
        let (old, new) = (base.pointer.clone(), head.pointer.clone());
        let base = NodeRef {
            pointer: old,
            ..Self::resolve(self.base, base)
        };
        let head = NodeRef {
            pointer: new,
            ..Self::resolve(self.head, head)
        };
        (base.value != head.value).then_some((base, head))
    }
}
