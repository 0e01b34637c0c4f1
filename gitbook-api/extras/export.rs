//! The pages of a space as Markdown.
//!
//! Code that reads pages is compiled where it is called (`#[inline]`), like the generated code,
//! because their types are many.

use std::{
    collections::HashSet,
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;
use futures_util::stream::{self, BoxStream, StreamExt, TryStreamExt};

use crate::{
    client::Client,
    error::Error,
    extras::PageTree,
    ids::{PageId, SpaceId},
    types::{DocumentFormat, RevisionPage},
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

/// The pages of a space as Markdown, in the order of its table of contents: a [`Stream`] that
/// [`export_markdown`](Client::export_markdown) returns.
///
/// A page that cannot be fetched is an error, and the pages after it follow.
#[must_use = "streams do nothing unless polled"]
pub struct MarkdownPages {
    pages: BoxStream<'static, Result<MarkdownPage, Error>>,
    /// The number of pages that are to follow.
    remaining: usize,
}

impl Client {
    /// Returns the pages of a space as Markdown, in the order of its table of contents.
    ///
    /// A few pages are fetched at a time. Links and groups are omitted, but not the pages of groups.
    ///
    /// ```no_run
    /// # async fn export(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
    /// let mut pages = client.export_markdown("space").await?;
    /// while let Some(page) = pages.next().await {
    ///     let page = page?;
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
    ) -> Result<MarkdownPages, Error> {
        let (client, space_id) = (self.clone(), space_id.into());
        let contents = client.list_pages(&space_id).send().await?;
        let pages = documents(&contents.pages);
        let remaining = pages.len();
        let pages = pages.into_iter().map(move |page| {
            let (client, space_id) = (client.clone(), space_id.clone());
            async move { client.markdown(&space_id, page).await }
        });
        let pages = stream::iter(pages).buffered(CONCURRENCY).boxed();
        Ok(MarkdownPages { pages, remaining })
    }

    /// Returns the page with its content.
    #[inline]
    async fn markdown(
        &self,
        space_id: &SpaceId,
        mut page: MarkdownPage,
    ) -> Result<MarkdownPage, Error> {
        let call = self.get_page_by_id(space_id, &page.id);
        let response = call.format(DocumentFormat::Markdown).send().await?;
        if let RevisionPage::Document(document) = response.into_body() {
            page.markdown = document.markdown.unwrap_or_default();
        }
        Ok(page)
    }
}

impl MarkdownPages {
    /// Returns the number of pages that [`next`](Self::next) has not returned yet.
    pub fn remaining(&self) -> usize {
        self.remaining
    }

    /// Returns the next page; `None` after the last one.
    ///
    /// # Errors
    ///
    /// Fails if the page cannot be fetched or decoded. The next call returns the page after it.
    #[allow(clippy::should_implement_trait, reason = "it is async")]
    pub async fn next(&mut self) -> Option<Result<MarkdownPage, Error>> {
        StreamExt::next(self).await
    }

    /// Collects all pages.
    ///
    /// ```no_run
    /// # async fn export(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
    /// let pages = client.export_markdown("space").await?.try_collect().await?;
    /// println!("{} pages", pages.len());
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails with the error of a page; the pages before it are lost.
    pub async fn try_collect(self) -> Result<Vec<MarkdownPage>, Error> {
        TryStreamExt::try_collect(self).await
    }
}

impl Stream for MarkdownPages {
    type Item = Result<MarkdownPage, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let page = ready!(self.pages.as_mut().poll_next(context));
        self.remaining -= usize::from(page.is_some());
        Poll::Ready(page)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.remaining, Some(self.remaining))
    }
}

impl fmt::Debug for MarkdownPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MarkdownPages")
            .field("remaining", &self.remaining)
            .finish_non_exhaustive()
    }
}

/// Returns the documents of a table of contents, from top to bottom, without their content.
#[inline]
fn documents(pages: &[RevisionPage]) -> Vec<MarkdownPage> {
    let mut paths = HashSet::new();
    let documents = PageTree::new(pages).filter(|page| page.kind() == "document");
    let documents = documents.filter_map(|page| {
        Some(MarkdownPage {
            id: page.id()?,
            title: page.title().unwrap_or_default().to_owned(),
            path: safe_path(page.path().unwrap_or_default(), &mut paths),
            markdown: String::new(),
        })
    });
    documents.collect()
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
