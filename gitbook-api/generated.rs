// The operations and types of the API, which the build script generates from `spec/openapi.yaml`; the
// published package carries them. This file is part of `lib.rs`, so that the paths of the types begin at
// the root of the crate.

#[allow(unused_imports, reason = "a document may not need all of them")]
mod methods {
    use crate::request::Integer;
    use crate::{Client, QueryStyle, builder, ids, operations, types};

    include!(concat!(env!("OUT_DIR"), "/client.rs"));
}

/// The builders of all operations, as the methods of [`Client`] return them.
#[allow(deprecated, reason = "deprecated operations and parameters can still be used")]
#[allow(clippy::wrong_self_convention, reason = "setters have the names of the document")]
#[allow(unused_imports, reason = "a document may not need all of them")]
pub mod builder {
    use crate::call::{Call, QueryStyle};
    use crate::decode::{self, DecodeError};
    use crate::events::{EventStream, EventStreamFuture};
    use crate::pages::{Items, Pages, list_page};
    use crate::request::{Integer, builder};
    use crate::response::{FromResponse, NoContent};
    use crate::{ResponseFuture, types};

    include!(concat!(env!("OUT_DIR"), "/builder.rs"));
}

/// The IDs of each kind of resource.
pub mod ids {
    include!(concat!(env!("OUT_DIR"), "/ids.rs"));
}

mod operations {
    #![allow(unused_imports, reason = "a document may have no constraints")]

    use crate::Operation;
    use crate::json::Assertion::*;
    use crate::operation::Checks;
    use crate::operation::ParamLocation::*;

    include!(concat!(env!("OUT_DIR"), "/operations.rs"));
}

/// The schemas of the API, under their names.
#[allow(missing_docs, reason = "what the document does not describe says only its name")]
#[allow(deprecated, reason = "deprecated schemas and fields can still be used")]
#[allow(clippy::should_implement_trait, reason = "setters have the names of the document")]
#[allow(clippy::reversed_empty_ranges, reason = "some documented ranges are empty")]
pub mod types {
    use crate::decode::try_from_json;
    use crate::json::{
        from_boolean, from_enums, from_lists, from_members, from_text, json_struct, json_union,
        open_enum,
    };

    include!(concat!(env!("OUT_DIR"), "/types.rs"));
}

pub use operations::OPERATIONS;
