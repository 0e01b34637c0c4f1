//! Lists in pages.

use std::{
    fmt,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
};

use futures_core::Stream;
use futures_util::{StreamExt, TryStreamExt};
use tokio::task::JoinSet;

use crate::{
    call::{Call, JSON},
    cursors::Cursors,
    decode,
    error::{Error, ErrorKind},
    future::{Decode, RawFuture, decoded},
    operation::{Called, ParamLocation},
    page::{ListPage, Page},
    response::Response,
    transport::{RawResponse, trace, url},
};

/// The query parameter that selects a page.
pub(crate) const CURSOR: &str = "page";

impl Call {
    /// Returns the pages of the list, from the one that the `page` parameter selects.
    pub fn pages<P: ListPage>(self) -> Pages<P::Item, P> {
        Pages::new(self, |_, body| decode::json(body))
    }

    /// Returns the items of all pages, from the one that the `page` parameter selects.
    pub fn items<P: ListPage>(self) -> Items<P::Item> {
        Items::new(self, |_, body| {
            let page: P = decode::json(body)?;
            let (cursor, total) = (page.cursor().map(str::to_owned), page.count());
            Ok(Part {
                cursor,
                total,
                items: page.into_items(),
            })
        })
    }
}

/// Fetches the pages of a list one after the other, whatever their type.
struct Fetcher {
    called: Called,
    next: Next,
    fetch: Option<Fetch>,
    cursors: Cursors,
    prefetches: bool,
}

/// What follows the page that is being fetched, or was fetched last.
enum Next {
    Page(Call),
    Error(Error),
    End,
}

/// A page that is being fetched.
enum Fetch {
    /// Polled together with the stream.
    OnDemand(RawFuture),
    /// Runs in its own task; aborted on drop.
    Prefetch(JoinSet<Result<RawResponse, Error>>),
}

impl Fetcher {
    fn new(first: Call) -> Self {
        // A list that is started at a cursor must not lead back to it.
        let mut cursors = Cursors::default();
        for (name, cursor) in first.parameters(ParamLocation::Query) {
            if name == CURSOR {
                cursors.insert(cursor);
            }
        }
        Self {
            called: first.called().clone(),
            next: Next::Page(first),
            fetch: None,
            cursors,
            prefetches: false,
        }
    }

    /// Fetches and decodes the next page.
    fn poll_page<P>(
        &mut self,
        context: &mut Context<'_>,
        decode: Decode<P>,
        cursor: fn(&P) -> Option<&str>,
    ) -> Poll<Option<Result<Response<P>, Error>>> {
        let Some(page) = ready!(self.poll(context)) else {
            return Poll::Ready(None);
        };
        let page = page.and_then(|raw| decoded(raw, &self.called, decode));
        match &page {
            Ok(page) => self.follow(cursor(page)),
            Err(_) => self.next = Next::End,
        }
        Poll::Ready(Some(page))
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<RawResponse, Error>>> {
        let fetch = match (&mut self.fetch, &self.next) {
            (Some(fetch), _) => fetch,
            (fetch, Next::Page(call)) => fetch.insert(Fetch::OnDemand(call.clone().raw(JSON))),
            (None, _) => {
                let end = std::mem::replace(&mut self.next, Next::End);
                return Poll::Ready(if let Next::Error(error) = end {
                    Some(Err(error))
                } else {
                    None
                });
            }
        };
        let page = ready!(fetch.poll(context));
        self.fetch = None;
        Poll::Ready(Some(page))
    }

    /// Determines what follows a page with this cursor, and starts to fetch it if it is to be there
    /// earlier.
    fn follow(&mut self, cursor: Option<&str>) {
        self.next = self.after(cursor);
        if let (true, Next::Page(call)) = (self.prefetches, &self.next) {
            let mut task = JoinSet::new();
            task.spawn(trace::in_current_span(call.clone().raw(JSON)));
            self.fetch = Some(Fetch::Prefetch(task));
        }
    }

    fn after(&mut self, cursor: Option<&str>) -> Next {
        let Next::Page(call) = std::mem::replace(&mut self.next, Next::End) else {
            return Next::End;
        };
        let Some(cursor) = cursor.filter(|cursor| !cursor.is_empty()) else {
            return Next::End;
        };
        if !self.cursors.insert(&url::encode(cursor).to_string()) {
            let message = "the pages of the list repeat: the same cursor was returned twice";
            return Next::Error(Error::new(ErrorKind::CursorLoop, message).of(&self.called, 1));
        }
        Next::Page(call.query(CURSOR, cursor))
    }
}

impl Fetch {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<RawResponse, Error>> {
        let task = match self {
            Self::OnDemand(page) => return page.as_mut().poll(context),
            Self::Prefetch(task) => task,
        };
        Poll::Ready(match ready!(task.poll_join_next(context)) {
            Some(Ok(page)) => page,
            _ => Err(Error::new(
                ErrorKind::Runtime,
                "the task that fetched the page was aborted, because its runtime was shut down",
            )),
        })
    }
}

/// The pages of a list of `T`: a [`Stream`] of responses.
///
/// A page is fetched when the stream is polled for it. The stream ends after an error or when a
/// cursor repeats.
///
/// Most pages are a [`Page`]; those with more properties are a type `P` of their own.
///
/// ```no_run
/// # async fn print(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
/// let mut pages = client.list_spaces_in_organization_by_id("acme").pages();
/// while let Some(page) = pages.next().await {
///     let page = page?;
///     println!("{} spaces, followed by the page {:?}", page.items.len(), page.cursor());
/// }
/// # Ok(()) }
/// ```
#[must_use = "streams do nothing unless polled"]
pub struct Pages<T, P = Page<T>> {
    fetcher: Fetcher,
    decode: Decode<P>,
    item: PhantomData<fn() -> T>,
}

impl<T, P: ListPage<Item = T>> Pages<T, P> {
    fn new(first: Call, decode: Decode<P>) -> Self {
        Self {
            fetcher: Fetcher::new(first),
            decode,
            item: PhantomData,
        }
    }

    /// Fetches each page while the one before it is being processed, in a task of the runtime.
    pub fn prefetch(mut self) -> Self {
        self.fetcher.prefetches = true;
        self
    }

    /// Returns the next page; `None` after the last one.
    ///
    /// # Errors
    ///
    /// Fails if the page cannot be fetched or decoded, or if its cursor is that of an earlier one.
    #[allow(clippy::should_implement_trait, reason = "it is async")]
    pub async fn next(&mut self) -> Option<Result<Response<P>, Error>> {
        StreamExt::next(self).await
    }
}

impl<T, P: ListPage<Item = T>> Stream for Pages<T, P> {
    type Item = Result<Response<P>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let decode = self.decode;
        self.fetcher.poll_page(context, decode, P::cursor)
    }
}

impl<T, P> fmt::Debug for Pages<T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("prefetches", &self.fetcher.prefetches)
            .finish_non_exhaustive()
    }
}

/// The parts of a page that a stream of items needs, for every type of pages.
struct Part<T> {
    items: Vec<T>,
    cursor: Option<String>,
    total: Option<u64>,
}

impl<T> Part<T> {
    fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }
}

/// The items of all pages of a list: a [`Stream`].
///
/// Items are in the order of the API. An error follows the items of the pages before it, and ends the
/// list.
///
/// ```no_run
/// use gitbook_api::{Client, Error, Items, types::Space};
///
/// async fn print(client: &Client) -> Result<(), Error> {
///     let mut spaces: Items<Space> = client.list_spaces_in_organization_by_id("acme").items();
///     while let Some(space) = spaces.next().await {
///         println!("{}", space?.title);
///     }
///     Ok(())
/// }
/// ```
#[must_use = "streams do nothing unless polled"]
pub struct Items<T> {
    fetcher: Fetcher,
    decode: Decode<Part<T>>,
    page: vec::IntoIter<T>,
    total: Option<u64>,
}

impl<T> Items<T> {
    fn new(first: Call, decode: Decode<Part<T>>) -> Self {
        Self {
            fetcher: Fetcher::new(first),
            decode,
            page: Vec::new().into_iter(),
            total: None,
        }
    }

    /// Fetches each page while the items of the one before it are being processed, in a task of
    /// the runtime.
    pub fn prefetch(mut self) -> Self {
        self.fetcher.prefetches = true;
        self
    }

    /// Returns the number of items on all pages together, where the API states it; known from the
    /// first item on.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Returns the next item; `None` after the last one.
    ///
    /// # Errors
    ///
    /// Fails if the page with the item cannot be fetched or decoded.
    #[allow(clippy::should_implement_trait, reason = "it is async")]
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        StreamExt::next(self).await
    }

    /// Collects all items, however many the list has.
    ///
    /// ```no_run
    /// # async fn titles(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
    /// let spaces = client.list_spaces_in_organization_by_id("acme").items().try_collect().await?;
    /// println!("{} spaces", spaces.len());
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails with the error of a page; the items before it are lost.
    pub async fn try_collect(self) -> Result<Vec<T>, Error> {
        TryStreamExt::try_collect(self).await
    }

    /// Collects the items of a list that has at most `limit` of them. A longer list is an error, not cut
    /// off: for its first items, leave the loop over [`next`](Self::next).
    ///
    /// ```no_run
    /// # async fn titles(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
    /// let spaces = client.list_spaces_in_organization_by_id("acme").items();
    /// let spaces = spaces.collect_max(10_000).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails with an error that [`is_too_large`](Error::is_too_large) if the list is longer than
    /// `limit`, or with the error of a page.
    pub async fn collect_max(mut self, limit: usize) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        while let Some(item) = self.try_next().await? {
            if items.len() == limit {
                let message = format!("the list has more than {limit} items");
                let error = Error::new(ErrorKind::TooLarge, message);
                return Err(error.of(&self.fetcher.called, 1));
            }
            items.push(item);
        }
        Ok(items)
    }
}

impl<T> Unpin for Items<T> {}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let decode = self.decode;
            match ready!(self.fetcher.poll_page(context, decode, Part::cursor)) {
                Some(Ok(page)) => {
                    let page = page.into_body();
                    self.total = page.total.or(self.total);
                    self.page = page.items.into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}
