//! Compares what stands at the root of the documents.

use serde_json::Value;

use super::super::rules::*;
use super::content::by_key;
use super::keywords::Check;
use super::view::View;
use super::{Comparison, Spot};

impl<'a> Comparison<'a> {
    /// Compares the documents as a whole.
    pub(super) fn document(&mut self) {
        let (base, head) = (Spot::new("#", self.base), Spot::new("#", self.head));
        let known = [
            "openapi",
            "info",
            "paths",
            "components",
            "security",
            "servers",
            "tags",
            "x-webhooks",
        ];
        self.members(&View::plain(&base), &View::plain(&head), &known);
        self.info(base.get("info"), head.get("info"));
        self.servers(base.get("servers"), head.get("servers"));
        // OpenAPI 3.0.3 has no webhooks; normalizing keeps them so.
        for (before, after) in by_key(base.get("x-webhooks"), head.get("x-webhooks")) {
            self.value(before, after, Check::Any(&CALLBACK_CHANGED));
        }
        self.tags(base.get("tags"), head.get("tags"));
        self.alternatives(base.get("security"), head.get("security"), "#", "#");
        self.paths();
        self.components();
    }

    fn info(&mut self, base: Option<Spot<'a>>, head: Option<Spot<'a>>) {
        for (before, after) in super::content::by_key(base, head) {
            self.value(before, after, Check::Any(&INFO_CHANGED));
        }
    }

    /// Compares servers by their addresses. Where none are listed, those further out count.
    pub(super) fn servers(&mut self, base: Option<Spot<'a>>, head: Option<Spot<'a>>) {
        let url = |server: &Spot<'a>| server.text("url").unwrap_or_default();
        let is_empty = |list: &Option<Spot<'a>>| !list.iter().any(|list| list.items().count() > 0);
        if is_empty(&base) != is_empty(&head) {
            return self.emit(&SERVERS_REPLACED, base.as_ref(), head.as_ref());
        }
        let pairs = by_name(base, head, url);
        let [gone, new] = one_sided(&pairs);
        if let ([before], [after]) = (&gone[..], &new[..]) {
            self.emit(&SERVER_URL_CHANGED, Some(before), Some(after));
        }
        let is_moved = gone.len() == 1 && new.len() == 1;
        for (before, after) in pairs {
            match (before, after) {
                (Some(before), Some(after)) => {
                    let (b, h) = (View::plain(&before), View::plain(&after));
                    self.keyword(&b, &h, "variables", Check::Any(&SERVER_CHANGED));
                    self.members(&b, &h, &["url", "variables"]);
                }
                _ if is_moved => {}
                (before, None) => self.emit(&SERVER_REMOVED, before.as_ref(), None),
                (_, after) => self.emit(&SERVER_ADDED, None, after.as_ref()),
            }
        }
    }

    fn tags(&mut self, base: Option<Spot<'a>>, head: Option<Spot<'a>>) {
        let name = |tag: &Spot<'a>| {
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
                let side = |tag: &Spot<'a>| Some(tag.with(name(tag).into()));
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
    fn tag(&mut self, base: &Spot<'a>, head: &Spot<'a>) {
        for (before, after) in by_key(Some(base.clone()), Some(head.clone())) {
            let mut sides = before.iter().chain(&after);
            if !sides.any(|side| side.pointer.ends_with("/name")) {
                self.value(before, after, Check::Any(&TAG_CHANGED));
            }
        }
    }
}

/// What stands on one side only, on either.
fn one_sided<'a>(pairs: &[(Option<Spot<'a>>, Option<Spot<'a>>)]) -> [Vec<Spot<'a>>; 2] {
    let gone = pairs.iter().filter(|(_, after)| after.is_none());
    let new = pairs.iter().filter(|(before, _)| before.is_none());
    [
        gone.filter_map(|(before, _)| before.clone()).collect(),
        new.filter_map(|(_, after)| after.clone()).collect(),
    ]
}

/// The items of two lists, paired by a name of theirs.
fn by_name<'a>(
    base: Option<Spot<'a>>,
    head: Option<Spot<'a>>,
    name: impl Fn(&Spot<'a>) -> &'a str,
) -> Vec<(Option<Spot<'a>>, Option<Spot<'a>>)> {
    let list = |side: &Option<Spot<'a>>| -> Vec<Spot<'a>> {
        side.iter().flat_map(|list| list.items()).collect()
    };
    let (old, mut new) = (list(&base), list(&head));
    let mut pairs = Vec::new();
    for before in old {
        let index = new.iter().position(|after| name(after) == name(&before));
        pairs.push((Some(before), index.map(|index| new.remove(index))));
    }
    pairs.extend(new.into_iter().map(|after| (None, Some(after))));
    pairs
}
