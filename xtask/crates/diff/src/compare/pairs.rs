//! Nodes of two documents, paired.

use gitbook_api_codegen::document::unescape;

use super::NodeRef;

/// Returns the entries of two maps, paired by key.
pub(super) fn by_key<'a>(
    base: Option<NodeRef<'a>>,
    head: Option<NodeRef<'a>>,
) -> Vec<(Option<NodeRef<'a>>, Option<NodeRef<'a>>)> {
    let get = |map: &Option<NodeRef<'a>>, key: &str| map.as_ref().and_then(|map| map.get(key));
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

/// Returns the unescaped last token of a pointer.
pub(super) fn last_token(pointer: &str) -> String {
    unescape(pointer.rsplit('/').next().unwrap_or(pointer))
}

/// Returns the nodes that exist on one side only.
pub(super) fn one_sided<'a>(
    pairs: &[(Option<NodeRef<'a>>, Option<NodeRef<'a>>)],
) -> [Vec<NodeRef<'a>>; 2] {
    let gone = pairs.iter().filter(|(_, after)| after.is_none());
    let new = pairs.iter().filter(|(before, _)| before.is_none());
    [
        gone.filter_map(|(before, _)| before.clone()).collect(),
        new.filter_map(|(_, after)| after.clone()).collect(),
    ]
}

/// Returns the items of two lists, paired by name.
pub(super) fn by_name<'a>(
    base: Option<NodeRef<'a>>,
    head: Option<NodeRef<'a>>,
    name: impl Fn(&NodeRef<'a>) -> &'a str,
) -> Vec<(Option<NodeRef<'a>>, Option<NodeRef<'a>>)> {
    let list = |side: &Option<NodeRef<'a>>| -> Vec<NodeRef<'a>> {
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
