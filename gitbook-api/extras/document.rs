//! The content of a page as a tree of nodes.
//!
//! The tree is read from JSON instead of the types of the document, of which there is one for each
//! kind of block: nodes that later versions of the API add are part of it, too.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::decode::{self, DecodeError};

/// The properties that contain the nodes below a node, in the order of the text.
const CHILDREN: [&str; 3] = ["nodes", "fragments", "leaves"];

/// The classes of a document and of its nodes.
const OBJECTS: [&str; 6] = ["document", "block", "inline", "fragment", "text", "leaf"];

/// The content of a page, to be walked without a match for every kind of block.
///
/// ```
/// use gitbook_api::DocumentTree;
///
/// let document = serde_json::json!({ "object": "document", "nodes": [
///     { "object": "block", "type": "heading-1", "meta": { "id": "start" }, "nodes": [
///         { "object": "text", "leaves": [{ "object": "leaf", "text": "Start", "marks": [] }] }] },
///     { "object": "block", "type": "paragraph", "nodes": [
///         { "object": "text", "leaves": [{ "object": "leaf", "text": "Hello", "marks": [] }] }] },
/// ] });
/// let tree = DocumentTree::new(&document).expect("it is a document");
/// assert_eq!(tree.plain_text(), "Start\nHello\n");
/// assert_eq!(tree.headings().next().unwrap().text, "Start");
/// for node in tree.nodes() {
///     match node.kind() {
///         "heading-1" | "heading-2" | "heading-3" => println!("{}", node.plain_text()),
///         _ => {}
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentTree(Value);

impl DocumentTree {
    /// Returns the tree of a document: a `JsonDocument`, a `Document`, a page that has one, or a node of a
    /// document. Returns `None` for anything else: Markdown, an absent document, or a page without one.
    pub fn new(document: &impl Serialize) -> Option<Self> {
        let mut value = serde_json::to_value(document).ok()?;
        // `Document` is either Markdown or `{"document": …}`.
        let within = value.get_mut("document").map(Value::take);
        let value = within.unwrap_or(value);
        is_node(&value).then_some(Self(value))
    }

    /// Returns all nodes below the document, each before the nodes below it.
    pub fn nodes(&self) -> DocumentNodes<'_> {
        DocumentNodes::new(&self.0, 0)
    }

    /// Returns the text without marks, with a line for each block that has text.
    pub fn plain_text(&self) -> String {
        plain_text(&self.0)
    }

    /// Returns the headings in order.
    pub fn headings(&self) -> impl Iterator<Item = DocumentHeading> + '_ {
        self.nodes().filter_map(|node| {
            let level = node.kind().strip_prefix("heading-")?.parse().ok()?;
            let id = node.value.pointer("/meta/id").and_then(Value::as_str);
            Some(DocumentHeading {
                level,
                text: node.plain_text().trim_end().to_owned(),
                id: id.map(str::to_owned),
            })
        })
    }

    /// Returns the nodes that refer to other content: links, mentions, buttons, embeds, files and
    /// images. [`url`](DocumentNode::url) is their address if it is outside of GitBook, and
    /// [`reference`](DocumentNode::reference) what they refer to.
    pub fn references(&self) -> impl Iterator<Item = DocumentNode<'_>> {
        self.nodes()
            .filter(|node| node.reference().is_some() || node.url().is_some())
    }
}

/// Returns whether a value is a document or a node of one.
fn is_node(value: &Value) -> bool {
    let object = value.get("object").and_then(Value::as_str);
    object.is_some_and(|object| OBJECTS.contains(&object))
}

/// A heading of a document.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct DocumentHeading {
    /// The level, from 1.
    pub level: u8,
    /// The text without marks.
    pub text: String,
    /// The id of the heading in a URL.
    pub id: Option<String>,
}

/// A node of a document: a block, an inline, a fragment, a text or a leaf of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DocumentNode<'a> {
    value: &'a Value,
    depth: usize,
}

impl<'a> DocumentNode<'a> {
    /// Returns the number of nodes above it within the document.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Returns the class of the node: `block`, `inline`, `fragment`, `text` or `leaf`.
    pub fn object(&self) -> &'a str {
        self.text_of("object")
    }

    /// Returns the type of the node, such as `paragraph`, or its [`object`](Self::object) if it has
    /// none.
    pub fn kind(&self) -> &'a str {
        match self.text_of("type") {
            "" => self.object(),
            kind => kind,
        }
    }

    /// Returns the text of the node and the nodes below it, without marks, with a line for each
    /// block that has text.
    pub fn plain_text(&self) -> String {
        plain_text(self.value)
    }

    /// Returns the nodes below it, each before the nodes below that one.
    pub fn nodes(&self) -> DocumentNodes<'a> {
        DocumentNodes::new(self.value, self.depth + 1)
    }

    /// Returns the content that the node refers to, as JSON.
    pub fn reference(&self) -> Option<&'a Value> {
        self.value.pointer("/data/ref")
    }

    /// Returns the URL of the content outside of GitBook that the node refers to.
    pub fn url(&self) -> Option<&'a str> {
        let url = self.value.pointer("/data/ref/url");
        url.or_else(|| self.value.pointer("/data/url"))?.as_str()
    }

    /// Returns the node as JSON.
    pub fn value(&self) -> &'a Value {
        self.value
    }

    /// Decodes the node as one of the generated types, such as `DocumentBlockCode`.
    ///
    /// # Errors
    ///
    /// Fails if the node is not a `T`.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        decode::json(self.value.to_string().as_bytes())
    }

    fn text_of(&self, property: &str) -> &'a str {
        let value = self.value.get(property);
        value.and_then(Value::as_str).unwrap_or_default()
    }
}

/// Iterator over the nodes of a document, each before the nodes below it.
#[derive(Clone, Debug)]
pub struct DocumentNodes<'a> {
    /// The nodes that follow, the next one last.
    stack: Vec<DocumentNode<'a>>,
}

impl<'a> DocumentNodes<'a> {
    fn new(parent: &'a Value, depth: usize) -> Self {
        let mut nodes = Self { stack: Vec::new() };
        nodes.push_children(parent, depth);
        nodes
    }

    fn push_children(&mut self, parent: &'a Value, depth: usize) {
        let start = self.stack.len();
        for property in CHILDREN {
            let children = parent.get(property).and_then(Value::as_array);
            for value in children.into_iter().flatten() {
                self.stack.push(DocumentNode { value, depth });
            }
        }
        self.stack[start..].reverse();
    }
}

impl<'a> Iterator for DocumentNodes<'a> {
    type Item = DocumentNode<'a>;

    fn next(&mut self) -> Option<DocumentNode<'a>> {
        let node = self.stack.pop()?;
        self.push_children(node.value, node.depth + 1);
        Some(node)
    }
}

/// Returns the text below a value. A line ends where another block begins.
fn plain_text(value: &Value) -> String {
    let mut text = String::new();
    for node in DocumentNodes::new(value, 0) {
        if matches!(node.object(), "block" | "fragment")
            && !text.is_empty()
            && !text.ends_with('\n')
        {
            text.push('\n');
        }
        match node.kind() {
            "leaf" => text.push_str(node.text_of("text")),
            "emoji" => text.extend(emoji(node.value)),
            "inline-math" | "math" => {
                let formula = node.value.pointer("/data/formula").and_then(Value::as_str);
                text.push_str(formula.unwrap_or_default());
            }
            _ => {}
        }
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// Returns the characters of an emoji, whose code is `1f600` or `1f1e9-1f1ea`.
fn emoji(value: &Value) -> Option<String> {
    let code = value.pointer("/data/code")?.as_str()?;
    let characters = code
        .split('-')
        .map(|code| u32::from_str_radix(code, 16).ok());
    characters
        .map(|code| char::from_u32(code?))
        .collect::<Option<String>>()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(text: &str) -> Value {
        json!({ "object": "text", "leaves": [{ "object": "leaf", "text": text, "marks": [] }] })
    }

    fn block(kind: &str, nodes: Value) -> Value {
        json!({ "object": "block", "type": kind, "nodes": nodes })
    }

    fn document() -> Value {
        let link = json!({ "object": "inline", "type": "link", "nodes": [text("site")],
            "data": { "ref": { "kind": "url", "url": "https://example.com" } } });
        let emoji = json!({ "object": "inline", "type": "emoji", "data": { "code": "1f600" } });
        let item = block(
            "list-item",
            json!([block("paragraph", json!([text("one")]))]),
        );
        let mut heading = block("heading-2", json!([text("Set"), text("up")]));
        heading["meta"] = json!({ "id": "setup" });
        json!({ "object": "document", "data": {}, "nodes": [
            heading,
            block("paragraph", json!([text("See "), link, text(" "), emoji])),
            block("list-unordered", json!([item])),
            { "object": "block", "type": "expandable", "data": {}, "fragments": [
                { "object": "fragment", "fragment": "expandable-title",
                  "nodes": [block("paragraph", json!([text("More")]))] },
                { "object": "fragment", "fragment": "expandable-body",
                  "nodes": [block("block-of-the-future", json!([text("inside")]))] } ] },
            { "object": "block", "type": "embed", "data": { "url": "https://video.example" } },
            { "object": "block", "type": "content-ref",
              "data": { "ref": { "kind": "page", "page": "p1" } } },
        ] })
    }

    #[test]
    fn text_has_a_line_for_each_block() {
        let tree = DocumentTree::new(&document()).unwrap();
        assert_eq!(tree.plain_text(), "Setup\nSee site 😀\none\nMore\ninside\n");
        // As the union of all forms of documents has it.
        let wrapped = DocumentTree::new(&json!({ "document": document() }));
        assert_eq!(wrapped.unwrap(), tree);
        let empty = json!({ "object": "document", "data": {}, "nodes": [] });
        assert_eq!(DocumentTree::new(&empty).unwrap().plain_text(), "");
    }

    #[test]
    fn what_is_no_document_has_no_tree() {
        for value in [
            json!({}),
            json!(null),
            json!("# Title"),
            json!([document()]),
            json!({ "markdown": "# Title" }),
            json!({ "document": null }),
            json!({ "document": "# Title", "object": "document" }),
            json!({ "object": "page", "title": "Title", "nodes": [] }),
        ] {
            assert_eq!(DocumentTree::new(&value), None, "{value}");
        }
        assert_eq!(DocumentTree::new(&None::<Value>), None);
        struct Fails;
        impl Serialize for Fails {
            fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                Err(serde::ser::Error::custom("never"))
            }
        }
        assert_eq!(DocumentTree::new(&Fails), None);
    }

    #[test]
    fn nodes_have_a_depth() {
        let tree = DocumentTree::new(&document()).unwrap();
        let outline: Vec<_> = tree
            .nodes()
            .filter(|node| node.object() == "block")
            .map(|node| (node.depth(), node.kind()))
            .collect();
        assert_eq!(
            outline,
            [
                (0, "heading-2"),
                (0, "paragraph"),
                (0, "list-unordered"),
                (1, "list-item"),
                (2, "paragraph"),
                (0, "expandable"),
                (2, "paragraph"),
                (2, "block-of-the-future"),
                (0, "embed"),
                (0, "content-ref"),
            ]
        );
        let list = tree.nodes().find(|node| node.kind() == "list-unordered");
        let below: Vec<_> = list.unwrap().nodes().map(|node| node.depth()).collect();
        assert_eq!(below, [1, 2, 3, 4]);
    }

    #[test]
    fn headings_and_references_are_found() {
        let tree = DocumentTree::new(&document()).unwrap();
        let headings: Vec<_> = tree.headings().collect();
        let expected = DocumentHeading {
            level: 2,
            text: "Setup".to_owned(),
            id: Some("setup".to_owned()),
        };
        assert_eq!(headings, [expected]);
        let references: Vec<_> = tree
            .references()
            .map(|node| (node.kind(), node.url()))
            .collect();
        assert_eq!(
            references,
            [
                ("link", Some("https://example.com")),
                ("embed", Some("https://video.example")),
                ("content-ref", None),
            ]
        );
        assert_eq!(
            tree.references().last().unwrap().reference().unwrap()["page"],
            "p1"
        );
    }
}
