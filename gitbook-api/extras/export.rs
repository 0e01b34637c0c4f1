//! The pages of a space as Markdown.
//!
//! What reads pages is compiled where it is called (`#[inline]`), as the generated code is: their
//! types are many.

use futures_core::Stream;
use futures_util::stream::{self, StreamExt};

use crate::{
    client::Client,
    error::Error,
    types::{
        DocumentFormat, RevisionPage, RevisionPageDocument, RevisionPageDocumentPage,
        RevisionPageGroupPage,
    },
};

/// How many pages are fetched at a time.
const CONCURRENCY: usize = 4;

/// A page as Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MarkdownPage {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its path within the space, without an extension.
    pub path: String,
    /// Its content; empty if it has none.
    pub markdown: String,
}

impl Client {
    /// The pages of a space as Markdown, in the order of its table of contents.
    ///
    /// A few pages are fetched at a time. Links and groups are left out, but not what is in them.
    /// How many pages there are is the stream's [`size_hint`](Stream::size_hint).
    ///
    /// ```no_run
    /// use futures_util::TryStreamExt;
    ///
    /// # async fn export(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
    /// let mut pages = std::pin::pin!(client.export_markdown("space").await?);
    /// while let Some(page) = pages.try_next().await? {
    ///     println!("{}: {} bytes", page.path, page.markdown.len());
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// The table of contents cannot be had. The stream has the errors of the pages.
    #[inline]
    pub async fn export_markdown(
        &self,
        space_id: &str,
    ) -> Result<impl Stream<Item = Result<MarkdownPage, Error>> + Send + use<>, Error> {
        let list = self.list_pages(space_id).send().await?;
        let (client, space_id) = (self.clone(), space_id.to_owned());
        let pages = documents(list.into_body().pages)
            .into_iter()
            .map(move |page| {
                let (client, space_id) = (client.clone(), space_id.clone());
                async move { client.markdown(&space_id, page).await }
            });
        Ok(stream::iter(pages).buffered(CONCURRENCY))
    }

    #[inline]
    async fn markdown(
        &self,
        space_id: &str,
        page: RevisionPageDocument,
    ) -> Result<MarkdownPage, Error> {
        let call = self.get_page_by_id(space_id, &page.id);
        let answer = call
            .format(DocumentFormat::Markdown)
            .send()
            .await?
            .into_body();
        let markdown = match answer {
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

/// The documents of a table of contents, from top to bottom.
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

/// A document, and then the documents below it.
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
