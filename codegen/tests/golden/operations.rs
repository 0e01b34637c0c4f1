// Generated from spec/openapi.yaml by gitbook-api-codegen.

pub(crate) static GET_SPACE_BY_ID: Operation = Operation {
    tags: &["spaces"],
    scopes: &["space:read"],
    required: &["spaceId"],
    checks: Checks(&[(Query, "evaluated", &[Enum(&["true", "false", "deterministic-only"])]), (Path, "spaceId", &[Pattern("^[a-z]+$")])]),
    ..Operation::new("getSpaceById", "GET", "/spaces/{spaceId}")
};

pub(crate) static DELETE_SPACE_BY_ID: Operation = Operation {
    tags: &["spaces"],
    scopes: &["space:read"],
    required: &["spaceId"],
    deprecated: true,
    checks: Checks(&[(Path, "spaceId", &[Pattern("^[a-z]+$")])]),
    ..Operation::new("deleteSpaceById", "DELETE", "/spaces/{spaceId}")
};

pub(crate) static UPDATE_SPACE_BY_ID: Operation = Operation {
    tags: &["spaces"],
    scopes: &["space:read"],
    required: &["spaceId", "body"],
    checks: Checks(&[(Path, "spaceId", &[Pattern("^[a-z]+$")])]),
    ..Operation::new("updateSpaceById", "PATCH", "/spaces/{spaceId}")
};

pub(crate) static LIST_SPACES: Operation = Operation {
    tags: &["spaces"],
    scopes: &["space:read"],
    required: &["since"],
    checks: Checks(&[(Query, "limit", &[Minimum(1.0), Maximum(1000.0)]), (Query, "kind", &[Each(&[Enum(&["public", "in-collection"])])])]),
    ..Operation::new("listSpaces", "GET", "/spaces")
};

pub(crate) static PUT_CONTENT: Operation = Operation {
    tags: &["space-content"],
    scopes: &["space:read"],
    required: &["path", "spaceId"],
    internal: true,
    ..Operation::new("putContent", "PUT", "/spaces/{spaceId}/content/{path}")
};

pub(crate) static LIST_SITES: Operation = Operation {
    tags: &["sites"],
    scopes: &["space:read"],
    ..Operation::new("listSites", "GET", "/sites")
};

pub(crate) static STREAM_ASK: Operation = Operation {
    tags: &["sites"],
    scopes: &["space:read"],
    required: &["query", "siteId"],
    checks: Checks(&[(Query, "query", &[MaxLength(512)])]),
    ..Operation::new("streamAsk", "GET", "/sites/{siteId}/ask")
};

pub(crate) static GET_IMAGE: Operation = Operation {
    tags: &["sites"],
    scopes: &["space:read"],
    required: &["siteId"],
    ..Operation::new("getImage", "GET", "/sites/{siteId}/image")
};

pub(crate) static PUT_IMAGE: Operation = Operation {
    tags: &["sites"],
    scopes: &["space:read"],
    required: &["siteId", "body"],
    ..Operation::new("putImage", "PUT", "/sites/{siteId}/image")
};

#[cfg(feature = "multipart")]
pub(crate) static UPLOAD_IMAGE: Operation = Operation {
    tags: &["sites"],
    scopes: &["space:read"],
    required: &["siteId", "body"],
    ..Operation::new("uploadImage", "POST", "/sites/{siteId}/image")
};

pub(crate) static LABEL_IMAGE: Operation = Operation {
    tags: &["sites"],
    scopes: &["space:read"],
    required: &["siteId"],
    ..Operation::new("labelImage", "PATCH", "/sites/{siteId}/image")
};

pub(crate) static RENDER: Operation = Operation {
    tags: &["sites"],
    scopes: &["space:read"],
    required: &["body"],
    checks: Checks(&[(Body, "body", &[MinLength(1)])]),
    ..Operation::new("render", "POST", "/render")
};

/// Every operation of this build, in the order of the document.
pub static OPERATIONS: &[&Operation] = &[
    #[cfg(any(feature = "all", feature = "spaces"))]
    &GET_SPACE_BY_ID,
    #[cfg(any(feature = "all", feature = "spaces"))]
    &DELETE_SPACE_BY_ID,
    #[cfg(any(feature = "all", feature = "spaces"))]
    &UPDATE_SPACE_BY_ID,
    #[cfg(any(feature = "all", feature = "spaces"))]
    &LIST_SPACES,
    #[cfg(any(feature = "all", feature = "spaces"))]
    &PUT_CONTENT,
    #[cfg(any(feature = "all", feature = "sites"))]
    &LIST_SITES,
    #[cfg(any(feature = "all", feature = "sites"))]
    &STREAM_ASK,
    #[cfg(any(feature = "all", feature = "sites"))]
    &GET_IMAGE,
    #[cfg(any(feature = "all", feature = "sites"))]
    &PUT_IMAGE,
    #[cfg(any(feature = "all", feature = "sites"))]
    #[cfg(feature = "multipart")]
    &UPLOAD_IMAGE,
    #[cfg(any(feature = "all", feature = "sites"))]
    &LABEL_IMAGE,
    #[cfg(any(feature = "all", feature = "sites"))]
    &RENDER,
];
