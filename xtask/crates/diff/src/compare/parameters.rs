//! Compares parameters.

use serde_json::{Value, json};

use super::super::rules::*;
use super::keywords::Check;
use super::schema::Position;
use super::similar::similar_names;
use super::view::View;
use super::{Comparison, NodeRef};

/// The keywords of a parameter that determine its serialization.
const SERIALIZATION: [&str; 4] = ["style", "explode", "allowReserved", "allowEmptyValue"];

/// A parameter of an operation.
pub(super) struct Parameter<'a> {
    /// The parameter, which may be a reference.
    pub node: NodeRef<'a>,
    /// The location: `path`, `query`, `header` or `cookie`.
    pub location: &'a str,
    /// The name. For a path parameter its position, because renaming it changes no URL.
    pub name: String,
}

impl<'a> Comparison<'a> {
    /// Compares the parameters of two operations.
    pub(super) fn parameters(&mut self, old: Vec<Parameter<'a>>, new: Vec<Parameter<'a>>) {
        let mut new = new;
        let mut left = Vec::new();
        for before in old {
            // A shared parameter remains the same parameter when its name or location is edited.
            let is_shared = |p: &Parameter<'a>| match (before.node.reference(), p.node.reference())
            {
                (Some(old), Some(new)) => self.renames.same(old, new),
                _ => false,
            };
            let is_named =
                |p: &Parameter<'a>| p.location == before.location && p.name == before.name;
            let same = |p: &Parameter<'a>| is_named(p) || is_shared(p);
            match new.iter().position(same) {
                Some(index) => self.parameter(before.node, new.remove(index).node),
                None => left.push(before),
            }
        }
        let is_only = left.len() == 1 && new.len() == 1;
        for before in left {
            if let Some(index) = new.iter().position(|p| p.name == before.name) {
                let after = new.remove(index);
                let side = |parameter: &Parameter<'a>| {
                    Some(parameter.node.with(parameter.location.into()))
                };
                self.push(&PARAMETER_LOCATION_CHANGED, side(&before), side(&after));
                self.parameter(before.node, after.node);
                continue;
            }
            let mut others = new.iter().enumerate();
            let renamed = others.find(|(_, after)| self.is_renamed(&before, after, is_only));
            let Some(index) = renamed.map(|(index, _)| index) else {
                self.emit(&PARAMETER_REMOVED, Some(&before.node), None);
                continue;
            };
            let after = new.remove(index);
            let side = |parameter: &Parameter<'a>| {
                Some(parameter.node.with(parameter.name.clone().into()))
            };
            self.push(&PARAMETER_RENAMED, side(&before), side(&after));
            self.parameter(before.node, after.node);
        }
        for after in new {
            let required = Self::resolve(self.head, after.node.clone()).is("required");
            let rule = if required {
                &REQUIRED_PARAMETER_ADDED
            } else {
                &OPTIONAL_PARAMETER_ADDED
            };
            self.emit(rule, None, Some(&after.node));
        }
    }

    /// Returns whether two parameters differ only in their names and are the same. Many parameters
    /// have the same schema, so that without a description, they have to be the only ones that were
    /// removed and added, and their names have to be similar.
    fn is_renamed(&self, before: &Parameter<'a>, after: &Parameter<'a>, is_only: bool) -> bool {
        let name = |node: &NodeRef<'a>, document: &'a Value| {
            Self::resolve(document, node.clone())
                .text("name")
                .unwrap_or_default()
        };
        let names = (name(&before.node, self.base), name(&after.node, self.head));
        let is_likely = is_only && similar_names(names.0, names.1);
        let meaning = |node: &NodeRef<'a>, document: &'a Value| {
            let mut parameter = Self::resolve(document, node.clone()).value.clone();
            let members = parameter.as_object_mut()?;
            members.shift_remove("name");
            let is_distinctive = members.contains_key("description")
                || is_likely
                    && members
                        .get("schema")
                        .is_some_and(|schema| *schema != json!({}));
            is_distinctive.then_some(parameter)
        };
        let before_meaning = meaning(&before.node, self.base);
        before.location == after.location
            && before_meaning.is_some()
            && before_meaning == meaning(&after.node, self.head)
    }

    /// Compares two component parameters.
    pub(super) fn shared_parameter(&mut self, base: NodeRef<'a>, head: NodeRef<'a>) {
        let is_path = [&base, &head]
            .iter()
            .any(|node| node.text("in") == Some("path"));
        // Renaming a path parameter changes no URL, and is reported for the path.
        if !is_path {
            let name = Check::Any(&PARAMETER_RENAMED);
            self.value(base.get("name"), head.get("name"), name);
        }
        self.value(
            base.get("in"),
            head.get("in"),
            Check::Any(&PARAMETER_LOCATION_CHANGED),
        );
        self.parameter(base, head);
    }

    /// Compares two versions of a parameter.
    pub(super) fn parameter(&mut self, base: NodeRef<'a>, head: NodeRef<'a>) {
        let Some((base, head)) = self.differing(base, head) else {
            return;
        };
        let (b, h) = (View::plain(&base), View::plain(&head));
        let required = Check::Flag(&PARAMETER_BECAME_REQUIRED, &PARAMETER_BECAME_OPTIONAL);
        self.keyword(&b, &h, "required", required);
        let deprecated = Check::Flag(&PARAMETER_DEPRECATED, &PARAMETER_REACTIVATED);
        self.keyword(&b, &h, "deprecated", deprecated);
        let mut known = vec!["name", "in", "required", "deprecated", "schema", "content"];
        known.extend(SERIALIZATION);
        self.members(&b, &h, &known);
        // A schema and the schema of a media type are serialized differently.
        if base.get("schema").is_some() != head.get("schema").is_some()
            && let (Some(old), Some(new)) = (own_schema(&base), own_schema(&head))
        {
            let side = |node: &NodeRef<'a>| Some(node.with(serialized(node)));
            self.push(&PARAMETER_STYLE_CHANGED, side(&base), side(&head));
            return self.schema(old, new, Position::Inline);
        }
        self.serialization(&base, &head);
        if self.became_list(&base, &head) {
            let (old, new) = (base.get("schema"), head.get("schema"));
            self.emit(&PARAMETER_BECAME_LIST, old.as_ref(), new.as_ref());
            self.default_of_list(old, new);
        } else {
            self.held_schema(&base, &head)
        }
        self.content(&base, &head, [&PARAMETER_STYLE_CHANGED; 3]);
    }

    /// Compares the keywords that determine the serialization of a parameter or header: an edit of
    /// several is one.
    pub(super) fn serialization(&mut self, base: &NodeRef<'a>, head: &NodeRef<'a>) {
        let is_edited = |key: &&str| {
            effective(base, key) != effective(head, key)
                && base.value.get(key) != head.value.get(key)
        };
        let edited: Vec<&str> = SERIALIZATION.into_iter().filter(is_edited).collect();
        match edited[..] {
            [] => {}
            [key] => self.value(
                base.get(key),
                head.get(key),
                Check::Any(&PARAMETER_STYLE_CHANGED),
            ),
            _ => {
                let side = |node: &NodeRef<'a>| Some(node.with(serialized(node)));
                self.push(&PARAMETER_STYLE_CHANGED, side(base), side(head));
            }
        }
    }

    /// Returns whether the type changed from T to a list of T: a list of one item is serialized
    /// like the item.
    fn became_list(&self, base: &NodeRef<'a>, head: &NodeRef<'a>) -> bool {
        let style = effective(base, "style");
        let is_plain = style == json!("form") || style == json!("simple");
        let (Some(old), Some(new)) = (base.get("schema"), head.get("schema")) else {
            return false;
        };
        let (old, list) = (
            View::schema(&old),
            self.followed(View::schema(&new), self.head),
        );
        let Some(items) = list.get("items") else {
            return false;
        };
        let items = View::schema(&items);
        let takes_one = list
            .get("minItems")
            .is_none_or(|least| least.value.as_f64() <= Some(1.0));
        let is_list = self.followed(old.clone(), self.base).get("items").is_some();
        takes_one
            && !is_list
            && is_plain
            && style == effective(head, "style")
            && self.same_item(old, items)
    }

    /// Returns whether the items of a list are what the parameter was, defaults aside.
    fn same_item(&self, old: View<'a>, items: View<'a>) -> bool {
        // An edit of the component is reported there.
        if let (Some(old), Some(new)) = (old.reference(), items.reference())
            && self.renames.same(old, new)
        {
            return true;
        }
        let defaults = [&DEFAULT_ADDED, &DEFAULT_REMOVED, &DEFAULT_CHANGED];
        let edits = self.rules_between(old, items);
        edits.iter().all(|rule| defaults.contains(rule))
    }

    /// Compares the default of a parameter with that of the list that it became.
    fn default_of_list(&mut self, base: Option<NodeRef<'a>>, head: Option<NodeRef<'a>>) {
        let default = |node: Option<NodeRef<'a>>, document: &'a Value| {
            let view = self.followed(View::schema(&node?), document);
            view.get("default")
        };
        let (old, new) = (default(base, self.base), default(head, self.head));
        let listed = |node: &NodeRef<'a>| json!([node.value]);
        if old.as_ref().map(listed).as_ref() != new.as_ref().map(|node| node.value) {
            let check = Check::Three(&DEFAULT_ADDED, &DEFAULT_REMOVED, &DEFAULT_CHANGED);
            self.value(old, new, check);
        }
    }
}

/// Returns the schema of a parameter, or that of its media type.
fn own_schema<'a>(parameter: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let of_media_type = || parameter.get("content")?.entries().next()?.1.get("schema");
    parameter.get("schema").or_else(of_media_type)
}

/// Returns the keywords of a parameter that determine its serialization, as text.
fn serialized(parameter: &NodeRef<'_>) -> Value {
    let content = parameter.get("content");
    let media_types = content.iter().flat_map(|content| content.entries());
    let media_types: Vec<String> = media_types.map(|(name, _)| name.to_owned()).collect();
    if !media_types.is_empty() {
        return media_types.join(", ").into();
    }
    let keywords = SERIALIZATION.map(|key| match effective(parameter, key) {
        Value::String(text) => format!("{key}: {text}"),
        value => format!("{key}: {value}"),
    });
    keywords[..2].join(", ").into()
}

/// Returns the effective value of a serialization keyword, which may be its default.
fn effective(parameter: &NodeRef<'_>, key: &str) -> Value {
    if let Some(value) = parameter.value.get(key) {
        return value.clone();
    }
    match (key, parameter.text("in")) {
        ("style", Some("query" | "cookie")) => json!("form"),
        // Headers of responses have no `in`.
        ("style", _) => json!("simple"),
        ("explode", _) => json!(effective(parameter, "style") == json!("form")),
        _ => json!(false),
    }
}
