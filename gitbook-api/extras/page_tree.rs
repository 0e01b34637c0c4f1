//! The pages of a space as a tree.
//!
//! Code that reads pages is compiled where it is called (`#[inline]`), like the generated code,
//! because their types are many.

use std::fmt;

use serde_json::Value;

use crate::{
    ids::PageId,
    types::{
        RevisionPage, RevisionPageComputed, RevisionPageDocument, RevisionPageDocumentPage,
        RevisionPageGroup, RevisionPageGroupPage, RevisionPageLink,
    },
};

/// Iterator over all pages of a table of contents, from top to bottom: each page before the pages below
/// it.
///
/// The pages of a space, which [`list_pages`](crate::Client::list_pages) returns, are nested, and each
/// level has a type of its own. The iterator makes no calls and cannot fail.
///
/// ```
/// use gitbook_api::{PageNode, PageTree, decode, types::ListPagesResponse};
///
/// let contents = br#"{ "pages": [
///     { "type": "group", "id": "g", "title": "Guides", "slug": "guides", "path": "guides", "pages": [
///         { "type": "link", "id": "l", "title": "Support", "target": {} } ] } ] }"#;
/// let contents: ListPagesResponse = decode::json(contents).unwrap();
/// let mut outline = String::new();
/// for page in PageTree::new(&contents.pages) {
///     let indent = "  ".repeat(page.depth());
///     outline += &format!("{indent}{}\n", page.title().unwrap_or("untitled"));
/// }
/// assert_eq!(outline, "Guides\n  Support\n");
/// ```
///
/// # Unknown pages
///
/// A page that this version of the crate does not know, such as a group within a group, is
/// [`PageRef::Unknown`]. The pages below it, if its property `pages` is a list, are walked as well; all
/// of them are `Unknown`, and [`kind`](PageNode::kind), [`id`](PageNode::id),
/// [`title`](PageNode::title) and [`path`](PageNode::path) read their JSON.
#[derive(Clone, Debug)]
#[must_use = "iterators do nothing unless consumed"]
pub struct PageTree<'a> {
    /// The pages that follow, the next one last.
    stack: Vec<PageNode<'a>>,
}

/// A page of a table of contents, and its depth.
#[derive(Clone, Copy)]
pub struct PageNode<'a> {
    page: PageRef<'a>,
    depth: usize,
}

/// A page of a table of contents by its kind, whatever it is below.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum PageRef<'a> {
    /// A page with content.
    Document(&'a RevisionPageDocument),
    /// A heading in the table of contents, with pages below it.
    Group(&'a RevisionPageGroup),
    /// A link to other content.
    Link(&'a RevisionPageLink),
    /// Pages that an integration generates.
    Computed(&'a RevisionPageComputed),
    /// A page that is unknown to this version of the crate, as JSON.
    Unknown(&'a Value),
}

impl<'a> PageTree<'a> {
    /// Returns an iterator over these pages and all pages below them.
    #[inline]
    pub fn new(pages: &'a [RevisionPage]) -> Self {
        let mut tree = Self { stack: Vec::new() };
        tree.push(pages.iter().map(PageRef::from), 0);
        tree
    }

    #[inline]
    fn push(&mut self, pages: impl DoubleEndedIterator<Item = PageRef<'a>>, depth: usize) {
        let nodes = pages.rev().map(|page| PageNode { page, depth });
        self.stack.extend(nodes);
    }
}

impl<'a> Iterator for PageTree<'a> {
    type Item = PageNode<'a>;

    #[inline]
    fn next(&mut self) -> Option<PageNode<'a>> {
        let node = self.stack.pop()?;
        let depth = node.depth + 1;
        match node.page {
            PageRef::Document(page) => self.push(page.pages.iter().map(PageRef::from), depth),
            PageRef::Group(page) => self.push(page.pages.iter().map(PageRef::from), depth),
            PageRef::Unknown(page) => {
                let below = page.get("pages").and_then(Value::as_array);
                let below = below.map(Vec::as_slice).unwrap_or_default();
                self.push(below.iter().map(PageRef::Unknown), depth);
            }
            PageRef::Link(_) | PageRef::Computed(_) => {}
        }
        Some(node)
    }
}

impl<'a> PageNode<'a> {
    /// Returns the page.
    #[inline]
    pub fn page(&self) -> PageRef<'a> {
        self.page
    }

    /// Returns the number of pages above it.
    #[inline]
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Returns the kind of the page: `document`, `group`, `link`, `computed`, or another one that this
    /// version of the crate does not know. Empty if an unknown page has none.
    #[inline]
    pub fn kind(&self) -> &'a str {
        match self.page {
            PageRef::Document(_) => "document",
            PageRef::Group(_) => "group",
            PageRef::Link(_) => "link",
            PageRef::Computed(_) => "computed",
            PageRef::Unknown(page) => text(page, "type").unwrap_or_default(),
        }
    }

    /// Returns the ID of the page.
    #[inline]
    pub fn id(&self) -> Option<PageId> {
        match self.page {
            PageRef::Document(page) => Some(page.id.clone()),
            PageRef::Group(page) => Some(page.id.clone()),
            PageRef::Link(page) => Some(page.id.clone()),
            PageRef::Computed(page) => Some(page.id.clone()),
            PageRef::Unknown(page) => text(page, "id").map(PageId::from),
        }
    }

    /// Returns the title of the page.
    #[inline]
    pub fn title(&self) -> Option<&'a str> {
        match self.page {
            PageRef::Document(page) => Some(&page.title),
            PageRef::Group(page) => Some(&page.title),
            PageRef::Link(page) => Some(&page.title),
            PageRef::Computed(page) => Some(&page.title),
            PageRef::Unknown(page) => text(page, "title"),
        }
    }

    /// Returns the path of the page within the space, such as `guides/setup`. Links have none.
    #[inline]
    pub fn path(&self) -> Option<&'a str> {
        match self.page {
            PageRef::Document(page) => Some(&page.path),
            PageRef::Group(page) => Some(&page.path),
            PageRef::Link(_) | PageRef::Computed(_) => None,
            PageRef::Unknown(page) => text(page, "path"),
        }
    }
}

impl fmt::Debug for PageNode<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageNode")
            .field("depth", &self.depth)
            .field("kind", &self.kind())
            .field("title", &self.title())
            .finish_non_exhaustive()
    }
}

impl<'a> From<&'a RevisionPage> for PageRef<'a> {
    #[inline]
    fn from(page: &'a RevisionPage) -> Self {
        match page {
            RevisionPage::Document(page) => Self::Document(page),
            RevisionPage::Group(page) => Self::Group(page),
            RevisionPage::Link(page) => Self::Link(page),
            RevisionPage::Computed(page) => Self::Computed(page),
            RevisionPage::Unknown(page) => Self::Unknown(page),
        }
    }
}

impl<'a> From<&'a RevisionPageDocumentPage> for PageRef<'a> {
    #[inline]
    fn from(page: &'a RevisionPageDocumentPage) -> Self {
        match page {
            RevisionPageDocumentPage::Document(page) => Self::Document(page),
            RevisionPageDocumentPage::Link(page) => Self::Link(page),
            RevisionPageDocumentPage::Computed(page) => Self::Computed(page),
            RevisionPageDocumentPage::Unknown(page) => Self::Unknown(page),
        }
    }
}

impl<'a> From<&'a RevisionPageGroupPage> for PageRef<'a> {
    #[inline]
    fn from(page: &'a RevisionPageGroupPage) -> Self {
        match page {
            RevisionPageGroupPage::Document(page) => Self::Document(page),
            RevisionPageGroupPage::Link(page) => Self::Link(page),
            RevisionPageGroupPage::Computed(page) => Self::Computed(page),
            RevisionPageGroupPage::Unknown(page) => Self::Unknown(page),
        }
    }
}

/// Returns a property of a page that is text.
#[inline]
fn text<'a>(page: &'a Value, property: &str) -> Option<&'a str> {
    page.get(property)?.as_str()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::types::ListPagesResponse;

    fn page(kind: &str, title: &str, pages: Value) -> Value {
        json!({
            "type": kind, "id": title.to_lowercase(), "title": title, "slug": title,
            "path": format!("p/{title}"), "urls": {}, "layout": {}, "tags": [], "target": {},
            "pages": pages
        })
    }

    #[test]
    fn pages_are_walked_from_top_to_bottom() {
        let none = || json!([]);
        let deep = page("document", "C", json!([page("link", "D", none())]));
        let nested = page(
            "group",
            "G",
            json!([page("document", "H", json!([page("link", "I", none())]))]),
        );
        let contents = json!({ "pages": [
            page("document", "A", json!([page("document", "B", json!([deep]))])),
            page("group", "E", json!([page("document", "F", none()), nested])),
            page("poster", "J", json!("no list")),
            page("link", "K", none()),
        ] });
        let contents: ListPagesResponse = serde_json::from_value(contents).unwrap();
        let walked: Vec<String> = PageTree::new(&contents.pages)
            .map(|node| {
                let (id, title) = (node.id().unwrap(), node.title().unwrap());
                let path = node.path().unwrap_or("-");
                let is_unknown = matches!(node.page(), PageRef::Unknown(_));
                let mark = if is_unknown { "?" } else { "" };
                format!("{} {} {id} {title} {path}{mark}", node.depth(), node.kind())
            })
            .collect();
        assert_eq!(
            walked,
            [
                "0 document a A p/A",
                "1 document b B p/B",
                "2 document c C p/C",
                "3 link d D -",
                "0 group e E p/E",
                "1 document f F p/F",
                "1 group g G p/G?",
                "2 document h H p/H?",
                "3 link i I p/I?",
                "0 poster j J p/J?",
                "0 link k K -",
            ]
        );
        assert!(PageTree::new(&[]).next().is_none());
    }

    #[test]
    fn unknown_pages_may_have_nothing() {
        let pages = [
            RevisionPage::Unknown(json!(null)),
            RevisionPage::Unknown(json!({})),
        ];
        let nodes: Vec<PageNode<'_>> = PageTree::new(&pages).collect();
        assert_eq!(nodes.len(), 2);
        for node in nodes {
            assert_eq!((node.kind(), node.id(), node.title()), ("", None, None));
        }
    }
}
