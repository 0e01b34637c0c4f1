//! Compares servers: those that apply to each operation, wherever they are listed.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::rules::*;
use super::keywords::Check;
use super::operations::Operation;
use super::pairs::by_key;
use super::pairs::{by_name, one_sided};
use super::view::View;
use super::{Comparison, NodeRef};

/// The nodes that can list servers. An inner list replaces an outer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Document,
    Path,
    Operation,
}

/// The servers that apply to an operation: the list, if there is one, and where it is.
type Listed<'a> = (Level, Option<NodeRef<'a>>);

impl<'a> Comparison<'a> {
    /// Compares the servers that apply to the operations that both documents have. Lists at the same
    /// level are compared once, for all operations that inherit them.
    pub(super) fn servers(&mut self, pairs: &[(Operation<'a>, Operation<'a>)]) {
        let (base, head) = (document_list(self.base), document_list(self.head));
        let all: Vec<(Listed<'a>, Listed<'a>)> = pairs
            .iter()
            .map(|(before, after)| (listed(self.base, before), listed(self.head, after)))
            .collect();
        if pairs.is_empty() {
            self.server_lists(base, head);
        } else if !all
            .iter()
            .any(|(old, new)| old.0.max(new.0) == Level::Document)
        {
            self.value(base, head, Check::Any(&SERVERS_UNUSED_CHANGED));
        }
        let mut compared = BTreeSet::new();
        for (old, new) in all {
            if compared.insert((place(&old), place(&new))) {
                self.applying(old, new);
            }
        }
    }

    /// Compares the servers that apply to an operation in each document.
    fn applying(&mut self, (outer, base): Listed<'a>, (inner, head): Listed<'a>) {
        if outer == inner || addresses(base.as_ref()) == addresses(head.as_ref()) {
            self.server_lists(base, head);
        } else if outer < inner {
            self.emit(&SERVERS_REPLACED, None, head.as_ref());
        } else {
            self.emit(&SERVERS_REPLACED, base.as_ref(), None);
        }
    }

    /// Compares two lists of servers by their URLs.
    fn server_lists(&mut self, base: Option<NodeRef<'a>>, head: Option<NodeRef<'a>>) {
        let is_equal = addresses(base.as_ref()) == addresses(head.as_ref());
        if !is_equal && base.is_some() != head.is_some() {
            return self.emit(&SERVERS_REPLACED, base.as_ref(), head.as_ref());
        }
        let pairs = by_name(base, head, url);
        let [gone, new] = one_sided(&pairs);
        let is_moved = gone.len() == 1 && new.len() == 1;
        if is_moved {
            self.emit(&SERVER_URL_CHANGED, gone.first(), new.first());
        }
        for (before, after) in pairs {
            match (before, after) {
                (Some(before), Some(after)) => self.server(&before, &after),
                _ if is_moved || is_equal => {}
                (before, None) => self.emit(&SERVER_REMOVED, before.as_ref(), None),
                (_, after) => self.emit(&SERVER_ADDED, None, after.as_ref()),
            }
        }
    }

    /// Compares two servers with the same address.
    fn server(&mut self, base: &NodeRef<'a>, head: &NodeRef<'a>) {
        let (b, h) = (View::plain(base), View::plain(head));
        self.keyword(&b, &h, "url", Check::Any(&SERVER_URL_REWRITTEN));
        self.members(&b, &h, &["url", "variables"]);
        for (before, after) in by_key(base.get("variables"), head.get("variables")) {
            let (Some(before), Some(after)) = (&before, &after) else {
                self.value(before, after, Check::Any(&SERVER_CHANGED));
                continue;
            };
            let (b, h) = (View::plain(before), View::plain(after));
            for key in ["default", "enum"] {
                self.keyword(&b, &h, key, Check::Any(&SERVER_CHANGED));
            }
            self.members(&b, &h, &["default", "enum"]);
        }
    }
}

/// Returns the servers that a node lists. An empty list lists none.
fn own_list<'a>(node: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let list = node.get("servers")?;
    (list.items().count() > 0).then_some(list)
}

fn document_list(document: &Value) -> Option<NodeRef<'_>> {
    own_list(&NodeRef::new("#", document))
}

/// Returns the servers that apply to an operation.
fn listed<'a>(document: &'a Value, operation: &Operation<'a>) -> Listed<'a> {
    if let Some(own) = own_list(&operation.node) {
        return (Level::Operation, Some(own));
    }
    match own_list(&operation.item) {
        Some(of_path) => (Level::Path, Some(of_path)),
        None => (Level::Document, document_list(document)),
    }
}

/// Returns the location of a list.
fn place((_, list): &Listed<'_>) -> Option<String> {
    list.as_ref().map(|list| list.pointer.clone())
}

/// Returns the URL of a server without slashes at the end: paths begin with one.
fn url<'a>(server: &NodeRef<'a>) -> &'a str {
    let url = server.text("url").unwrap_or_default();
    url.trim_end_matches('/')
}

/// Returns the addresses of servers: their URLs, with the values of the variables. Without a list,
/// that of the document itself.
fn addresses<'a>(list: Option<&NodeRef<'a>>) -> BTreeSet<(&'a str, String)> {
    let servers = list.iter().flat_map(|list| list.items());
    let found: BTreeSet<_> = servers
        .map(|server| (url(&server), values(&server)))
        .collect();
    if found.is_empty() {
        BTreeSet::from([("", String::new())])
    } else {
        found
    }
}

/// Returns the variables of a server without their descriptions, as text.
fn values(server: &NodeRef<'_>) -> String {
    let variables = server.get("variables");
    let entries = variables.iter().flat_map(|variables| variables.entries());
    let mut values: Vec<String> = entries
        .map(|(name, variable)| {
            let value = |key: &str| variable.value.get(key).cloned().unwrap_or_default();
            format!("{name:?} {} {}", value("default"), value("enum"))
        })
        .collect();
    values.sort();
    values.join(" ")
}
