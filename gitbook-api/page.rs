//! The page of a list.

use serde::de::DeserializeOwned;

use crate::json::{JsonCodec, UnknownFields, json_struct};

/// A page of a list.
///
/// [`Page`] is the page of almost all lists. The others, which have more properties, are types of their
/// own. For a list that the API description does not have, with [`Client::call`](crate::Client::call),
/// implement it for your own type.
pub trait ListPage: DeserializeOwned + Send + 'static {
    /// The type of an item of the list.
    type Item: Send + 'static;

    /// Returns the `page` parameter of the next page; `None` on the last one.
    fn cursor(&self) -> Option<&str>;

    /// Returns the items of this page.
    fn into_items(self) -> Vec<Self::Item>;

    /// Returns the number of items of all pages together, where the API states it.
    fn count(&self) -> Option<u64>;
}

/// A page of a list: some items, and what leads to the next page.
///
/// Lists whose pages differ only in their items have this type. What else a page has is kept in
/// `unknown_fields`, and it is encoded as it was received.
///
/// ```
/// use gitbook_api::{Page, decode, types::Space};
///
/// let page = br#"{"items": [{"id": "s1"}], "next": {"page": "p2"}, "count": 7}"#;
/// let page: Page<Space> = decode::json(page).unwrap();
/// assert_eq!(page.items[0].id, "s1");
/// assert_eq!(page.cursor(), Some("p2"));
/// assert_eq!(page.count, Some(7));
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items of this page.
    pub items: Vec<T>,
    /// The link to the next page; `None` on the last one.
    pub next: Option<NextPage>,
    /// The number of items of all pages together, where the API states it.
    pub count: Option<i64>,
    /// The properties unknown to this version of the crate.
    pub unknown_fields: UnknownFields,
}
json_struct!(Page<T> {
    0 "next" Optional next;
    1 "count" Optional count;
    2 "items" Required items, inside;
    extra unknown_fields;
});

/// The link to the next page of a list.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct NextPage {
    /// The cursor: the `page` parameter that selects the page.
    pub page: String,
    /// The properties unknown to this version of the crate.
    pub unknown_fields: UnknownFields,
}
json_struct!(NextPage {
    0 "page" Required page;
    extra unknown_fields;
});

impl<T> Page<T> {
    /// Creates the last page of a list, with these items.
    ///
    /// ```
    /// use gitbook_api::{Page, types::Space};
    ///
    /// let page: Page<Space> = Page::new([Space::default()]).next("p2").count(2);
    /// assert_eq!(page.cursor(), Some("p2"));
    /// ```
    pub fn new(items: impl IntoIterator<Item = T>) -> Self {
        Self {
            items: items.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Sets the cursor of the next page.
    pub fn next(mut self, cursor: impl Into<String>) -> Self {
        self.next = Some(NextPage {
            page: cursor.into(),
            ..NextPage::default()
        });
        self
    }

    /// Sets the number of items of all pages together.
    pub fn count(mut self, count: impl Into<i64>) -> Self {
        self.count = Some(count.into());
        self
    }

    /// Returns the `page` parameter of the next page; `None` on the last one.
    pub fn cursor(&self) -> Option<&str> {
        Some(&self.next.as_ref()?.page)
    }
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            next: None,
            count: None,
            unknown_fields: UnknownFields::default(),
        }
    }
}

impl<T: JsonCodec + Send + 'static> ListPage for Page<T> {
    type Item = T;

    #[inline]
    fn cursor(&self) -> Option<&str> {
        Page::cursor(self)
    }

    #[inline]
    fn into_items(self) -> Vec<T> {
        self.items
    }

    #[inline]
    fn count(&self) -> Option<u64> {
        u64::try_from(self.count?).ok()
    }
}

/// Implements [`ListPage`] for a type: the type of its items, and which of its fields are optional.
#[allow(
    unused_macros,
    reason = "GitBook's pages are all alike, those of another document may not be"
)]
macro_rules! list_page {
    ($page:ty => $item:ty, [$($items:tt)+], [$($cursor:tt)+] $(, [$($count:tt)+])?) => {
        impl crate::page::ListPage for $page {
            type Item = $item;

            #[inline]
            fn cursor(&self) -> Option<&str> {
                crate::page::list_page!(@cursor self $($cursor)+)
            }

            #[inline]
            fn into_items(self) -> Vec<Self::Item> {
                crate::page::list_page!(@items self $($items)+)
            }

            #[inline]
            fn count(&self) -> Option<u64> {
                crate::page::list_page!(@count self $($($count)+)?)
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
#[allow(unused_imports, reason = "as for the macro")]
pub(crate) use list_page;
