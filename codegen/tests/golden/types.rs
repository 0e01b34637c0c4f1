// Generated from spec/openapi.yaml by gitbook-api-codegen.

#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Problem {
    pub message: Option<String>,
    pub unknown_fields: crate::UnknownFields,
}
json_struct!(Problem {
    0 "message" Optional message;
    extra unknown_fields;
});

/// The kind of a space.
///
/// Taken by [`list_spaces`](crate::Client::list_spaces). Part of [`Space`].
#[derive(Clone, Debug, PartialEq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// `public`
    Public,
    /// `in-collection`
    InCollection,
    /// A value unknown to this version of the crate.
    Unknown(crate::UnknownValue),
}
open_enum!(Kind {
    Public = "public",
    InCollection = "in-collection",
});

/// A space.
///
/// In JSON, `object` is `"space"`.
///
/// Returned by [`get_space_by_id`](crate::Client::get_space_by_id),
/// [`update_space_by_id`](crate::Client::update_space_by_id) and
/// [`upload_image`](crate::Client::upload_image). Part of [`Spaces`].
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Space {
    pub id: crate::ids::SpaceId,
    /// The title.
    pub title: String,
    /// The kind of a space.
    pub kind: Option<Kind>,
    pub created_at: crate::DateTime,
    pub parent: Option<String>,
    pub size: Option<f64>,
    pub labels: Option<crate::Map<String>>,
    pub tree: Option<Vec<Block>>,
    pub unknown_fields: crate::UnknownFields,
}
json_struct!(Space {
    0 "object" Required = Text("space");
    1 "id" Required id;
    2 "title" Required title;
    3 "kind" Optional kind;
    4 "createdAt" Required created_at;
    5 "parent" Required parent;
    6 "size" Optional size;
    7 "labels" Optional labels;
    8 "tree" Optional tree;
    extra unknown_fields;
});

/// At least 1 property.
///
/// Taken by [`update_space_by_id`](crate::Client::update_space_by_id).
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct UpdateSpace {
    /// 1 to 50 characters.
    pub title: Option<String>,
    pub icon: crate::Patch<String>,
    pub limits: Option<UpdateSpaceLimits>,
    pub unknown_fields: crate::UnknownFields,
}
json_struct!(UpdateSpace {
    0 "title" Optional title, against(MinLength(1), MaxLength(50));
    1 "icon" Optional icon;
    2 "limits" Optional limits;
    against MinProperties(1);
    extra unknown_fields;
});

impl UpdateSpace {
    #[inline]
    pub fn new() -> Self {
        Default::default()
    }

    /// Sets [`title`](Self#structfield.title).
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    pub fn icon(mut self, icon: impl Into<String>) -> Self {
        self.icon = crate::Patch::Set(icon.into());
        self
    }

    /// Clears [`icon`](Self#structfield.icon) by sending `null`.
    #[inline]
    pub fn clear_icon(mut self) -> Self {
        self.icon = crate::Patch::Clear;
        self
    }

    pub fn limits(mut self, limits: impl Into<UpdateSpaceLimits>) -> Self {
        self.limits = Some(limits.into());
        self
    }
}

try_from_json!(UpdateSpace);

/// The property `limits` of [`UpdateSpace`].
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct UpdateSpaceLimits {
    pub pages: Option<i64>,
    pub unknown_fields: crate::UnknownFields,
}
json_struct!(UpdateSpaceLimits {
    0 "pages" Optional pages;
    extra unknown_fields;
});

impl UpdateSpaceLimits {
    #[inline]
    pub fn new() -> Self {
        Default::default()
    }

    pub fn pages(mut self, pages: impl Into<i64>) -> Self {
        self.pages = Some(pages.into());
        self
    }
}

/// Returned by [`list_spaces`](crate::Client::list_spaces).
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Spaces {
    pub items: Vec<Space>,
    pub next: Option<Next>,
    pub count: Option<f64>,
    pub unknown_fields: crate::UnknownFields,
}
json_struct!(Spaces {
    0 "items" Required items;
    1 "next" Optional next;
    2 "count" Optional count;
    extra unknown_fields;
});

/// Returned by [`upload_image`](crate::Client::upload_image). Part of [`Spaces`] and
/// [`LabelImageRequest`].
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Next {
    pub page: String,
    pub unknown_fields: crate::UnknownFields,
}
json_struct!(Next {
    0 "page" Required page;
    extra unknown_fields;
});

impl Next {
    pub fn new(page: impl Into<String>) -> Self {
        Self {
            page: page.into(),
            ..Default::default()
        }
    }
}

/// Returned by [`stream_ask`](crate::Client::stream_ask). Part of [`Space`] and [`Paragraph`].
///
/// Implements `From` for the types of its variants.
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Block {
    /// Selected if `type` is `"paragraph"`.
    Paragraph(Box<Paragraph>),
    /// Selected if `type` is `"image"`.
    Image(Box<Image>),
    String(String),
    /// A value unknown to this version of the crate, kept verbatim.
    Unknown(serde_json::Value),
}
json_union!(Block {
    0 Paragraph object { "type": "paragraph" } requires "type" "nodes" has "type": string, "nodes": array;
    1 Image object { "type": "image" } requires "type" "url" has "type": string, "url": string;
    2 String string;
});
from_members!(Block {
    Paragraph(Paragraph): Paragraph;
    Image(Image): Image;
    String(String): &str, String;
});

try_from_json!(Block);

/// In JSON, `type` is `"paragraph"`.
///
/// Part of [`Block`].
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Paragraph {
    pub nodes: Vec<Block>,
    pub unknown_fields: crate::UnknownFields,
}
json_struct!(Paragraph {
    0 "type" Required = Text("paragraph");
    1 "nodes" Required nodes;
    extra unknown_fields;
});

impl Paragraph {
    pub fn new(nodes: impl IntoIterator<Item = impl Into<Block>>) -> Self {
        Self {
            nodes: nodes.into_iter().map(Into::into).collect(),
            ..Default::default()
        }
    }
}

/// In JSON, `type` is `"image"`.
///
/// Part of [`Block`].
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Image {
    pub url: String,
    pub unknown_fields: crate::UnknownFields,
}
json_struct!(Image {
    0 "type" Required = Text("image");
    1 "url" Required url;
    extra unknown_fields;
});

impl Image {
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            ..Default::default()
        }
    }
}

/// A parameter of [`GetSpaceById`](crate::builder::GetSpaceById).
#[derive(Clone, Debug, PartialEq, Hash)]
#[non_exhaustive]
pub enum GetSpaceByIdEvaluated {
    /// `true`
    True,
    /// `false`
    False,
    /// `deterministic-only`
    DeterministicOnly,
    /// A value unknown to this version of the crate.
    Unknown(crate::UnknownValue),
}
open_enum!(GetSpaceByIdEvaluated {
    True = "true",
    False = "false",
    DeterministicOnly = "deterministic-only",
});

from_boolean!(GetSpaceByIdEvaluated);

/// An item of the response 200 of [`list_sites`](crate::Client::list_sites).
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct ListSitesResponseItem {
    pub id: Option<String>,
    pub unknown_fields: crate::UnknownFields,
}
json_struct!(ListSitesResponseItem {
    0 "id" Optional id;
    extra unknown_fields;
});

/// The request body of [`label_image`](crate::Client::label_image).
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct LabelImageRequest {
    /// At most 9 items.
    pub labels: Vec<String>,
    pub center: Option<Next>,
    pub unknown_fields: crate::UnknownFields,
}
json_struct!(LabelImageRequest {
    0 "labels" Required labels, against(MaxItems(9));
    1 "center" Optional center;
    extra unknown_fields;
});

impl LabelImageRequest {
    pub fn new(labels: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            labels: labels.into_iter().map(Into::into).collect(),
            ..Default::default()
        }
    }

    pub fn center(mut self, center: impl Into<Next>) -> Self {
        self.center = Some(center.into());
        self
    }
}

try_from_json!(LabelImageRequest);
