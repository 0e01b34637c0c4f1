//! Compares bodies, responses, headers and media types.

use super::super::rules::*;
use super::keywords::Check;
use super::schema::{ANYTHING, Slot};
use super::view::View;
use super::{Comparison, Spot, shared};

impl<'a> Comparison<'a> {
    /// Compares two request bodies.
    pub(super) fn request_body(&mut self, base: Spot<'a>, head: Spot<'a>) {
        let Some((base, head)) = self.differing(base, head) else {
            return;
        };
        let (b, h) = (View::plain(&base), View::plain(&head));
        let required = Check::Flag(&BODY_BECAME_REQUIRED, &BODY_BECAME_OPTIONAL);
        self.keyword(&b, &h, "required", required);
        self.members(&b, &h, &["required", "content"]);
        self.content(
            &base,
            &head,
            &BODY_MEDIA_TYPE_ADDED,
            &BODY_MEDIA_TYPE_REMOVED,
        );
    }

    /// Compares two responses.
    pub(super) fn response(&mut self, base: Spot<'a>, head: Spot<'a>) {
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
        self.content(
            &base,
            &head,
            &RESPONSE_MEDIA_TYPE_ADDED,
            &RESPONSE_MEDIA_TYPE_REMOVED,
        );
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

    /// Compares two headers.
    pub(super) fn header(&mut self, base: Spot<'a>, head: Spot<'a>) {
        let Some((base, head)) = self.differing(base, head) else {
            return;
        };
        let (b, h) = (View::plain(&base), View::plain(&head));
        let required = Check::Flag(&HEADER_BECAME_REQUIRED, &HEADER_BECAME_OPTIONAL);
        self.keyword(&b, &h, "required", required);
        let deprecated = Check::Flag(&SCHEMA_DEPRECATED, &SCHEMA_REACTIVATED);
        self.keyword(&b, &h, "deprecated", deprecated);
        for key in ["style", "explode"] {
            self.serialization(&base, &head, key);
        }
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
        self.content(
            &base,
            &head,
            &RESPONSE_MEDIA_TYPE_ADDED,
            &RESPONSE_MEDIA_TYPE_REMOVED,
        );
    }

    /// Compares the media types of two nodes.
    pub(super) fn content(
        &mut self,
        base: &Spot<'a>,
        head: &Spot<'a>,
        added: &'static Rule,
        removed: &'static Rule,
    ) {
        for (before, after) in by_key(base.get("content"), head.get("content")) {
            match (before, after) {
                (Some(before), Some(after)) => self.media_type(&before, &after),
                (before, None) => self.emit(removed, before.as_ref(), None),
                (_, after) => self.emit(added, None, after.as_ref()),
            }
        }
    }

    fn media_type(&mut self, base: &Spot<'a>, head: &Spot<'a>) {
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

    /// Compares the `schema` of two nodes; without one, anything goes.
    pub(super) fn held_schema(&mut self, base: &Spot<'a>, head: &Spot<'a>) {
        let held = |spot: &Spot<'a>| {
            spot.get("schema")
                .unwrap_or_else(|| spot.at("schema", &ANYTHING))
        };
        self.schema(held(base), held(head), Slot::Inline);
    }

    /// The nodes behind two references, unless they are the same component or equal.
    pub(super) fn differing(&self, base: Spot<'a>, head: Spot<'a>) -> Option<(Spot<'a>, Spot<'a>)> {
        if let (Some(old), Some(new)) = (base.reference(), head.reference())
            && self.renames.same(old, new)
        {
            return None;
        }
        // The place of use stays: what is different there is not different wherever the component is used.
        let (old, new) = (base.pointer.clone(), head.pointer.clone());
        let base = Spot {
            pointer: old,
            ..Self::resolve(self.base, base)
        };
        let head = Spot {
            pointer: new,
            ..Self::resolve(self.head, head)
        };
        (base.value != head.value).then_some((base, head))
    }
}

/// The entries of two maps, paired by their keys.
pub(super) fn by_key<'a>(
    base: Option<Spot<'a>>,
    head: Option<Spot<'a>>,
) -> Vec<(Option<Spot<'a>>, Option<Spot<'a>>)> {
    let get = |map: &Option<Spot<'a>>, key: &str| map.as_ref().and_then(|map| map.get(key));
    let mut pairs = Vec::new();
    for (key, before) in base.iter().flat_map(|map| map.entries()) {
        pairs.push((Some(before), get(&head, key)));
    }
    for (key, after) in head.iter().flat_map(|map| map.entries()) {
        if get(&base, key).is_none() {
            pairs.push((None, Some(after)));
        }
    }
    pairs
}
