//! The pages of a space as Markdown.
//!
//! Code that reads pages is compiled where it is called (`#[inline]`), like the generated code,
//! because their types are many.

use std::collections::HashSet;

use futures_core::stream::BoxStream;
use futures_util::stream::{self, StreamExt};

use crate::{
    client::Client,
    error::Error,
    ids::{PageId, SpaceId},
    types::{
        DocumentFormat, RevisionPage, RevisionPageDocument, RevisionPageDocumentPage,
        RevisionPageGroupPage,
    },
};

/// The number of pages that are fetched at a time.
const CONCURRENCY: usize = 4;

/// A page as Markdown.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct MarkdownPage {
    /// Its ID.
    pub id: PageId,
    /// Its title.
    pub title: String,
    /// Its path within the space, relative and without an extension. Joined to a folder, it stays
    /// within the folder, and no two pages have the same one, whatever their case: segments such as
    /// `..` and characters that file systems do not allow are replaced.
    pub path: String,
    /// Its content; empty if it has none.
    pub markdown: String,
}

impl Client {
    /// Returns the pages of a space as Markdown, in the order of its table of contents.
    ///
    /// A few pages are fetched at a time. Links and groups are omitted, but not the pages of groups.
    /// The stream's [`size_hint`](futures_core::Stream::size_hint) is the number of pages.
    ///
    /// ```no_run
    /// use futures_util::TryStreamExt;
    ///
    /// # async fn export(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
    /// let mut pages = client.export_markdown("space").await?;
    /// while let Some(page) = pages.try_next().await? {
    ///     println!("{}: {} bytes", page.path, page.markdown.len());
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the table of contents cannot be fetched. The stream has the errors of the pages.
    #[inline]
    pub async fn export_markdown(
        &self,
        space_id: impl Into<SpaceId>,
    ) -> Result<BoxStream<'static, Result<MarkdownPage, Error>>, Error> {
        let (client, space_id) = (self.clone(), space_id.into());
        let list = client.list_pages(&space_id).send().await?;
        let mut paths = HashSet::new();
        let mut pages = documents(list.into_body().pages);
        for page in &mut pages {
            page.path = safe_path(&page.path, &mut paths);
        }
        let pages = pages.into_iter().map(move |page| {
            let (client, space_id) = (client.clone(), space_id.clone());
            async move { client.markdown(&space_id, page).await }
        });
        Ok(stream::iter(pages).buffered(CONCURRENCY).boxed())
    }

    #[inline]
    async fn markdown(
        &self,
        space_id: &SpaceId,
        page: RevisionPageDocument,
    ) -> Result<MarkdownPage, Error> {
        let call = self.get_page_by_id(space_id, &page.id);
        let page_content = call
            .format(DocumentFormat::Markdown)
            .send()
            .await?
            .into_body();
        let markdown = match page_content {
            RevisionPage::Document(document) => document.markdown.unwrap_or_default(),
            _ => String::new(),
        };
        let RevisionPageDocument {
            id, title, path, ..
        } = page;
        Ok(MarkdownPage {
            id,
            title,
            path,
            markdown,
        })
    }
}

/// Returns the documents of a table of contents, from top to bottom.
#[inline]
fn documents(pages: Vec<RevisionPage>) -> Vec<RevisionPageDocument> {
    let mut found = Vec::new();
    for page in pages {
        match page {
            RevisionPage::Document(document) => collect(*document, &mut found),
            RevisionPage::Group(group) => {
                for page in group.pages {
                    if let RevisionPageGroupPage::Document(document) = page {
                        collect(*document, &mut found);
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// Adds a document, and then the documents below it.
#[inline]
fn collect(mut document: RevisionPageDocument, found: &mut Vec<RevisionPageDocument>) {
    let below = std::mem::take(&mut document.pages);
    found.push(document);
    for page in below {
        if let RevisionPageDocumentPage::Document(document) = page {
            collect(*document, found);
        }
    }
}

/// Returns a path that stays within its folder and is not one of `taken`, and adds it to them.
fn safe_path(path: &str, taken: &mut HashSet<String>) -> String {
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    let segments: Vec<String> = segments.map(safe_segment).collect();
    let path = if segments.is_empty() {
        "README".to_owned()
    } else {
        segments.join("/")
    };
    // File systems may ignore case.
    let mut unique = path.clone();
    let mut number = 1;
    while !taken.insert(unique.to_lowercase()) {
        number += 1;
        unique = format!("{path}-{number}");
    }
    unique
}

/// Returns a name that a file can have on every system.
fn safe_segment(segment: &str) -> String {
    let is_unsafe = |character: char| {
        character.is_control()
            || matches!(character, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
    };
    let mut name = segment.replace(is_unsafe, "-");
    // `.`, `..`, and names whose end Windows would drop.
    if name.ends_with(['.', ' ']) {
        name.truncate(name.trim_end_matches(['.', ' ']).len());
        name.push('-');
    }
    let stem = name.split('.').next().unwrap_or_default();
    if is_device(stem) {
        format!("-{name}")
    } else {
        name
    }
}

/// Returns whether the name is that of a device on Windows.
fn is_device(stem: &str) -> bool {
    let stem = stem.trim_end().to_ascii_lowercase();
    let is_numbered = |name: &str| {
        stem.strip_prefix(name)
            .is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']))
    };
    matches!(&*stem, "con" | "prn" | "aux" | "nul") || is_numbered("com") || is_numbered("lpt")
}

#[cfg(test)]
mod tests {
    use std::path::{Component, Path};

    use super::*;

    #[test]
    fn paths_stay_in_their_folder() {
        for (path, safe) in [
            ("guides/setup", "guides/setup"),
            ("../../evil", "-/-/evil"),
            ("/etc/passwd", "etc/passwd"),
            ("a/./b//c/", "a/-/b/c"),
            ("..\\..\\evil", "..-..-evil"),
            ("C:\\evil", "C--evil"),
            ("C:evil", "C-evil"),
            ("...", "-"),
            ("a/.. ", "a/-"),
            ("nul", "-nul"),
            ("COM1.txt", "-COM1.txt"),
            ("null", "null"),
            ("a\0b\n", "a-b-"),
            ("", "README"),
            ("//", "README"),
            ("größe.v2", "größe.v2"),
        ] {
            let found = safe_path(path, &mut HashSet::new());
            assert_eq!(found, safe, "{path:?}");
            let mut components = Path::new(&found).components();
            assert!(
                components.all(|part| matches!(part, Component::Normal(_))),
                "{found}"
            );
        }
    }

    #[test]
    fn paths_are_unique() {
        let mut taken = HashSet::new();
        let paths = ["a", "A", "a-2", "../b", "./b", ""].map(|path| safe_path(path, &mut taken));
        assert_eq!(paths, ["a", "A-2", "a-2-2", "-/b", "-/b-2", "README"]);
    }
}
