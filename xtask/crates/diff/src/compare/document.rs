//! Compares what stands at the root of the documents.

use serde_json::Value;

use super::super::rules::*;
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
        ];
        self.members(&View::plain(&base), &View::plain(&head), &known);
        self.info(base.get("info"), head.get("info"));
        self.servers(base.get("servers"), head.get("servers"));
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

    /// Compares servers by their addresses.
    pub(super) fn servers(&mut self, base: Option<Spot<'a>>, head: Option<Spot<'a>>) {
        let url = |server: &Spot<'a>| server.text("url").unwrap_or_default();
        for (before, after) in by_name(base, head, url) {
            match (before, after) {
                (Some(before), Some(after)) => {
                    let (b, h) = (View::plain(&before), View::plain(&after));
                    self.keyword(&b, &h, "variables", Check::Any(&SERVER_CHANGED));
                    self.members(&b, &h, &["url", "variables"]);
                }
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
        for (before, after) in by_name(base, head, name) {
            match (before, after) {
                (Some(before), Some(after)) => {
                    for (old, new) in super::content::by_key(Some(before), Some(after)) {
                        self.value(old, new, Check::Any(&TAG_CHANGED));
                    }
                }
                (before, None) => self.emit(&TAG_REMOVED, before.as_ref(), None),
                (_, after) => self.emit(&TAG_ADDED, None, after.as_ref()),
            }
        }
    }
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
