//! Lists in pages.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
};

use futures_core::Stream;
use futures_util::TryStreamExt;
use serde::de::DeserializeOwned;
use tokio::task::JoinSet;

use crate::{
    call::Call,
    cursors::Cursors,
    error::{Error, ErrorKind},
    future::ResponseFuture,
    operation::{Operation, ParamLocation},
    response::Response,
    transport::{trace, url},
};

/// The query parameter that selects a page.
pub(crate) const CURSOR: &str = "page";

impl Call {
    /// Returns the pages of the list, from the one that the `page` parameter selects.
    pub fn pages<P: Page>(self) -> Pages<P> {
        Pages::new(self)
    }

    /// Returns the items of all pages.
    pub fn items<P: Page>(self) -> Items<P> {
        Items::new(self.pages())
    }
}

/// One page of a list.
pub trait Page: DeserializeOwned + Send + 'static {
    /// The type of an item of the list.
    type Item: Send + 'static;

    /// Returns the `page` parameter of the next page; `None` on the last one.
    fn cursor(&self) -> Option<&str>;

    /// Returns the items of this page.
    fn items(self) -> Vec<Self::Item>;

    /// Returns the number of items of all pages together, where the API states it.
    fn count(&self) -> Option<u64>;
}

/// Implements [`Page`] for a type: the type of its items, and which of its fields are optional.
macro_rules! page {
    ($page:ty => $item:ty, [$($items:tt)+], [$($cursor:tt)+] $(, [$($count:tt)+])?) => {
        impl crate::Page for $page {
            type Item = $item;

            #[inline]
            fn cursor(&self) -> Option<&str> {
                crate::pages::page!(@cursor self $($cursor)+)
            }

            #[inline]
            fn items(self) -> Vec<Self::Item> {
                crate::pages::page!(@items self $($items)+)
            }

            #[inline]
            fn count(&self) -> Option<u64> {
                crate::pages::page!(@count self $($($count)+)?)
            }
        }
    };

    (@items $page:ident items) => { $page.items };
    (@items $page:ident items?) => { $page.items.unwrap_or_default() };

    (@cursor $page:ident next.page) => { Some(&$page.next.page) };
    (@cursor $page:ident next.page?) => { $page.next.page.as_deref() };
    (@cursor $page:ident next?.page) => { Some(&$page.next.as_ref()?.page) };
    (@cursor $page:ident next?.page?) => { $page.next.as_ref()?.page.as_deref() };

    (@count $page:ident) => { None };
    (@count $page:ident count) => { u64::try_from($page.count).ok() };
    (@count $page:ident count?) => { u64::try_from($page.count?).ok() };
    (@count $page:ident count as u64) => { Some($page.count as u64) };
    (@count $page:ident count? as u64) => { Some($page.count? as u64) };
}
pub(crate) use page;

type Fetched<P> = Result<Response<P>, Error>;

/// The pages of a list: a [`Stream`] of responses.
///
/// A page is fetched when the stream is polled for it. The stream ends after an error or when a
/// cursor repeats.
#[must_use = "streams do nothing unless polled"]
pub struct Pages<P> {
    operation: &'static Operation,
    next: Next,
    fetch: Option<Fetch<P>>,
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
enum Fetch<P> {
    /// Polled together with the stream.
    OnDemand(ResponseFuture<P>),
    /// Runs in its own task; aborted on drop.
    Prefetch(JoinSet<Fetched<P>>),
}

impl<P: Page> Pages<P> {
    pub(crate) fn new(first: Call) -> Self {
        // A list that is started at a cursor must not lead back to it.
        let mut cursors = Cursors::default();
        for (name, cursor) in first.parameters(ParamLocation::Query) {
            if name == CURSOR {
                cursors.insert(cursor);
            }
        }
        Self {
            operation: first.operation(),
            next: Next::Page(first),
            fetch: None,
            cursors,
            prefetches: false,
        }
    }

    /// Fetches each page while the one before it is being processed, in a task of the runtime.
    pub fn prefetch(mut self) -> Self {
        self.prefetches = true;
        self
    }

    /// Returns what follows this page.
    fn after(&mut self, page: &Response<P>) -> Next {
        let Next::Page(mut call) = std::mem::replace(&mut self.next, Next::End) else {
            return Next::End;
        };
        let Some(cursor) = page.cursor().filter(|cursor| !cursor.is_empty()) else {
            return Next::End;
        };
        if !self.cursors.insert(&url::encode(cursor).to_string()) {
            let message = "the pages of the list repeat: the same cursor was returned twice";
            return Next::Error(Error::new(ErrorKind::CursorLoop, message).of(self.operation, 1));
        }
        call.query(CURSOR, cursor);
        Next::Page(call)
    }
}

impl<P: Page> Stream for Pages<P> {
    type Item = Result<Response<P>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let fetch = match (&mut this.fetch, &this.next) {
            (Some(fetch), _) => fetch,
            (fetch, Next::Page(call)) => fetch.insert(Fetch::on_demand(call)),
            (None, _) => {
                let end = std::mem::replace(&mut this.next, Next::End);
                return Poll::Ready(if let Next::Error(error) = end {
                    Some(Err(error))
                } else {
                    None
                });
            }
        };
        let page = ready!(fetch.poll(context));
        this.fetch = None;
        this.next = match &page {
            Ok(page) => this.after(page),
            Err(_) => Next::End,
        };
        if let (true, Next::Page(call)) = (this.prefetches, &this.next) {
            this.fetch = Some(Fetch::prefetch(call));
        }
        Poll::Ready(Some(page))
    }
}

impl<P: Page> Fetch<P> {
    fn on_demand(call: &Call) -> Self {
        Self::OnDemand(call.clone().json())
    }

    fn prefetch(call: &Call) -> Self {
        let mut task = JoinSet::new();
        task.spawn(trace::in_current_span(call.clone().json()));
        Self::Prefetch(task)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Fetched<P>> {
        let task = match self {
            Self::OnDemand(page) => return Pin::new(page).poll(context),
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

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("prefetches", &self.prefetches)
            .finish_non_exhaustive()
    }
}

/// The items of all pages of a list: a [`Stream`].
///
/// Items are in the order of the API. An error follows the items of the pages before it.
#[must_use = "streams do nothing unless polled"]
pub struct Items<P: Page> {
    pages: Pages<P>,
    page: vec::IntoIter<P::Item>,
    total: Option<u64>,
}

impl<P: Page> Items<P> {
    pub(crate) fn new(pages: Pages<P>) -> Self {
        Self {
            pages,
            page: Vec::new().into_iter(),
            total: None,
        }
    }

    /// Fetches each page while the items of the one before it are being processed, in a task of
    /// the runtime.
    pub fn prefetch(mut self) -> Self {
        self.pages = self.pages.prefetch();
        self
    }

    /// Returns the number of items on all pages together, where the API states it; known from the
    /// first item on.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Collects the items of a list that has at most `limit` of them.
    ///
    /// ```no_run
    /// # async fn titles(
    /// #     spaces: gitbook_api::Items<gitbook_api::types::ListSpacesInOrganizationByIdResponse>,
    /// # ) -> Result<(), gitbook_api::Error> {
    /// let spaces = spaces.collect_max(10_000).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails with an error that [`is_too_large`](Error::is_too_large) if the list is longer than
    /// `limit`, or with the error of a page.
    pub async fn collect_max(mut self, limit: usize) -> Result<Vec<P::Item>, Error> {
        let mut items = Vec::new();
        while let Some(item) = self.try_next().await? {
            if items.len() == limit {
                let message = format!("the list has more than {limit} items");
                let error = Error::new(ErrorKind::TooLarge, message);
                return Err(error.of(self.pages.operation, 1));
            }
            items.push(item);
        }
        Ok(items)
    }
}

impl<P: Page> Unpin for Items<P> {}

impl<P: Page> Stream for Items<P> {
    type Item = Result<P::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => {
                    self.total = page.count().or(self.total);
                    self.page = page.into_body().items().into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<P: Page> fmt::Debug for Items<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}
