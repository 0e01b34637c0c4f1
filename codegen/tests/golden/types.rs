// Generated from spec/openapi.yaml by gitbook-api-codegen.

/// Schema `Problem`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Problem {
    pub message: Option<String>,
    unknown_fields: crate::json::Extra,
}
structure!(Problem { 0 "message" optional message; extra unknown_fields; });

open_enum! {
    /// The kind of a space.
    pub enum Kind {
        Public = "public",
        InCollection = "in-collection",
    }
}

/// A space.
///
/// Always: `object` is `"space"`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Space {
    pub id: String,
    /// The title.
    pub title: String,
    pub kind: Option<Kind>,
    pub created_at: crate::DateTime,
    pub parent: Option<String>,
    pub size: Option<f64>,
    pub labels: Option<crate::Map<String>>,
    pub tree: Option<Vec<Block>>,
    unknown_fields: crate::json::Extra,
}
structure!(Space {
    0 "object" = "space";
    1 "id" required id;
    2 "title" required title;
    3 "kind" optional kind;
    4 "createdAt" required created_at;
    5 "parent" nullable parent;
    6 "size" optional size;
    7 "labels" optional labels;
    8 "tree" optional tree;
    extra unknown_fields;
});

/// Schema `UpdateSpace`. At least 1 property.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct UpdateSpace {
    /// 1 to 50 characters.
    pub title: Option<String>,
    pub icon: crate::Patch<String>,
    pub limits: Option<UpdateSpaceLimits>,
    unknown_fields: crate::json::Extra,
}
structure!(UpdateSpace {
    0 "title" optional title, against(MinLength(1), MaxLength(50));
    1 "icon" patch icon;
    2 "limits" optional limits;
    against MinProperties(1);
    extra unknown_fields;
});

impl UpdateSpace {
    /// With nothing set.
    #[inline]
    pub fn new() -> Self {
        Default::default()
    }
    /// Sets [`title`](Self#structfield.title).
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }
    /// Sets [`icon`](Self#structfield.icon).
    pub fn icon(mut self, icon: impl Into<String>) -> Self {
        self.icon = crate::Patch::Set(icon.into());
        self
    }
    /// Removes what [`icon`](Self#structfield.icon) holds.
    #[inline]
    pub fn clear_icon(mut self) -> Self {
        self.icon = crate::Patch::Clear;
        self
    }
    /// Sets [`limits`](Self#structfield.limits).
    pub fn limits(mut self, limits: impl Into<UpdateSpaceLimits>) -> Self {
        self.limits = Some(limits.into());
        self
    }
}

/// Inline schema: property `limits` of [`UpdateSpace`].
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct UpdateSpaceLimits {
    pub pages: Option<i64>,
    unknown_fields: crate::json::Extra,
}
structure!(UpdateSpaceLimits { 0 "pages" optional pages; extra unknown_fields; });

impl UpdateSpaceLimits {
    /// With nothing set.
    #[inline]
    pub fn new() -> Self {
        Default::default()
    }
    /// Sets [`pages`](Self#structfield.pages).
    pub fn pages(mut self, pages: impl Into<i64>) -> Self {
        self.pages = Some(pages.into());
        self
    }
}

/// Schema `Spaces`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Spaces {
    pub items: Vec<Space>,
    pub next: Option<Next>,
    pub count: Option<f64>,
    unknown_fields: crate::json::Extra,
}
structure!(Spaces {
    0 "items" required items;
    1 "next" optional next;
    2 "count" optional count;
    extra unknown_fields;
});

/// Schema `Next`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Next {
    pub page: String,
    unknown_fields: crate::json::Extra,
}
structure!(Next { 0 "page" required page; extra unknown_fields; });

/// Schema `Block`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Block {
    /// Where `type` is `"paragraph"`.
    Paragraph(Box<Paragraph>),
    /// Where `type` is `"image"`.
    Image(Box<Image>),
    /// `String`.
    String(String),
    /// What this version of the crate does not know, as it came.
    Unknown(serde_json::Value),
}
union!(Block {
    0 Paragraph object { "type": "paragraph" } requires "type" "nodes" has "type": string, "nodes":
        array;
    1 Image object { "type": "image" } requires "type" "url" has "type": string, "url": string;
    2 String string;
});
from_members!(Block {
    Paragraph(Paragraph): Paragraph;
    Image(Image): Image;
    String(String): &str, String;
});

/// Schema `Paragraph`. Always: `type` is `"paragraph"`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Paragraph {
    pub nodes: Vec<Block>,
    unknown_fields: crate::json::Extra,
}
structure!(Paragraph { 0 "type" = "paragraph"; 1 "nodes" required nodes; extra unknown_fields; });

impl Paragraph {
    /// With what is required; the rest is not sent unless it is set.
    pub fn new(nodes: impl IntoIterator<Item = impl Into<Block>>) -> Self {
        Self { nodes: nodes.into_iter().map(Into::into).collect(), ..Default::default() }
    }
}

/// Schema `Image`. Always: `type` is `"image"`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Image {
    pub url: String,
    unknown_fields: crate::json::Extra,
}
structure!(Image { 0 "type" = "image"; 1 "url" required url; extra unknown_fields; });

impl Image {
    /// With what is required; the rest is not sent unless it is set.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), ..Default::default() }
    }
}

