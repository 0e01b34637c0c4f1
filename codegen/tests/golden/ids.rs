// Generated from spec/openapi.yaml by gitbook-api-codegen.

/// ID of a site.
pub type SiteId = crate::Id<kind::Site>;

/// ID of a space.
pub type SpaceId = crate::Id<kind::Space>;

/// The kinds of resources, which tell their IDs apart.
#[doc(hidden)]
pub mod kind {
    pub enum Site {}
    pub enum Space {}
}
