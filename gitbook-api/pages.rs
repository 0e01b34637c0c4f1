//! Lists that come in pages.

use std::{
    collections::HashSet,
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
};

use futures_core::Stream;
use serde::de::DeserializeOwned;
use tokio::task::JoinSet;

use crate::{
    call::Call,
    error::{Error, Kind},
    future::ResponseFuture,
    response::Response,
};

/// One page of a list.
pub trait Page: DeserializeOwned + Send + 'static {
    /// What is listed.
    type Item: Send + 'static;

    /// What the `page` parameter has to be for the next page; `None` on the last one.
    fn cursor(&self) -> Option<&str>;

    /// The items of this page.
    fn items(self) -> Vec<Self::Item>;

    /// How many items all pages have together, where the API tells.
    fn count(&self) -> Option<u64>;
}

/// Makes a type a page: what it lists, and where its fields can be absent.
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
/// A page is fetched when it is asked for. An error ends the stream, and so does a cursor that
/// has been there before.
#[must_use = "streams do nothing unless polled"]
pub struct Pages<P> {
    next: Next,
    fetch: Option<Fetch<P>>,
    cursors: HashSet<String>,
    read_ahead: bool,
}

/// What comes after the page that is being fetched, or was fetched last.
enum Next {
    Page(Call),
    Error(Error),
    End,
}

/// A page on its way.
enum Fetch<P> {
    /// Which makes progress while the stream is polled.
    Asked(ResponseFuture<P>),
    /// Which makes progress on its own, and is aborted when dropped.
    Ahead(JoinSet<Fetched<P>>),
}

impl<P: Page> Pages<P> {
    pub(crate) fn new(first: Call) -> Self {
        let next = Next::Page(first);
        Self {
            next,
            fetch: None,
            cursors: HashSet::new(),
            read_ahead: false,
        }
    }

    /// Fetches each page while the one before it is being worked on, in a task of the runtime.
    pub fn read_ahead(mut self) -> Self {
        self.read_ahead = true;
        self
    }

    /// What the page after this one is.
    fn after(&mut self, page: &Response<P>) -> Next {
        let Next::Page(mut call) = std::mem::replace(&mut self.next, Next::End) else {
            return Next::End;
        };
        let Some(cursor) = page.cursor().filter(|cursor| !cursor.is_empty()) else {
            return Next::End;
        };
        if !self.cursors.insert(cursor.to_owned()) {
            let message = "the pages lead in a circle: the same cursor was given twice";
            return Next::Error(Error::new(Kind::Pages, message).of(call.operation(), 1));
        }
        call.query("page", cursor);
        Next::Page(call)
    }
}

impl<P: Page> Stream for Pages<P> {
    type Item = Result<Response<P>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let fetch = match (&mut this.fetch, &this.next) {
            (Some(fetch), _) => fetch,
            (fetch, Next::Page(call)) => fetch.insert(Fetch::asked(call)),
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
        if let (true, Next::Page(call)) = (this.read_ahead, &this.next) {
            this.fetch = Some(Fetch::ahead(call));
        }
        Poll::Ready(Some(page))
    }
}

impl<P: Page> Fetch<P> {
    fn asked(call: &Call) -> Self {
        Self::Asked(call.clone().json())
    }

    fn ahead(call: &Call) -> Self {
        let mut task = JoinSet::new();
        task.spawn(call.clone().json());
        Self::Ahead(task)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Fetched<P>> {
        let task = match self {
            Self::Asked(page) => return Pin::new(page).poll(context),
            Self::Ahead(task) => task,
        };
        Poll::Ready(match ready!(task.poll_join_next(context)) {
            Some(Ok(page)) => page,
            _ => Err(Error::new(
                Kind::Pages,
                "the page that was read ahead was lost",
            )),
        })
    }
}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("read_ahead", &self.read_ahead)
            .finish_non_exhaustive()
    }
}

/// The items of all pages of a list: a [`Stream`].
///
/// Items come in the order of the API. An error comes after the items of the pages before it.
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

    /// Fetches each page while the items of the one before it are being worked on, in a task of
    /// the runtime.
    pub fn read_ahead(mut self) -> Self {
        self.pages = self.pages.read_ahead();
        self
    }

    /// How many items there are on all pages together; known, where the API tells, from the first
    /// item on.
    pub fn total(&self) -> Option<u64> {
        self.total
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
