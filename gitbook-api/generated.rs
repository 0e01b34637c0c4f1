// The operations and types of the API, which the build script generates from `spec/openapi.yaml`; the
// published package carries them. This file is part of `lib.rs`, so that the paths of the types begin at
// the root of the crate.

/// Declares the items of a module.
///
/// In the documentation they are declared elsewhere and shown here, because rustdoc lists no implementations
/// of what is hidden where it is declared. Those of structs and unions are the same for all of them,
/// and were most of the size of the documentation. `--cfg rustdoc_json` turns this off, for tools that read the
/// JSON of rustdoc, which has nothing that is hidden.
macro_rules! shown {
    ($($item:item)*) => {
        $(
            #[cfg(any(not(doc), rustdoc_json))]
            $item
        )*

        #[cfg(all(doc, not(rustdoc_json)))]
        #[doc(inline)]
        pub use shown::*;

        #[cfg(all(doc, not(rustdoc_json)))]
        mod shown {
            $($item)*
        }
    };
}

#[allow(unused_imports, reason = "a document may not need all of them")]
mod methods {
    use crate::request::Integer;
    use crate::{Client, QueryStyle, RequestBuilder, builder, ids, operations, types};

    include!(concat!(env!("OUT_DIR"), "/client.rs"));
}

/// The builders of all operations, as the methods of [`Client`] return them: each is a [`RequestBuilder`]
/// with the setters of its operation.
#[allow(deprecated, reason = "deprecated operations and parameters can still be used")]
#[allow(clippy::wrong_self_convention, reason = "setters have the names of the document")]
#[allow(unused_imports, reason = "a document may not need all of them")]
pub mod builder {
    use crate::call::{Call, QueryStyle};
    use crate::decode::{self, DecodeError};
    use crate::events::{EventStream, EventStreamFuture};
    use crate::page::list_page;
    use crate::pages::{Items, Pages};
    use crate::request::{Integer, RequestBuilder, builder};
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
///
/// # Construction
///
/// A type that requests carry has `new` and a setter for each property that `new` does not take. `new`
/// takes the required properties if they are at most three. Where there are more, `new` takes nothing,
/// each has a setter, and a value without one of them is refused before it is sent, with the path of the
/// property. A property that is required and may be `null` is `null` unless it is set, and an optional
/// one is left out.
///
/// ```
/// use gitbook_api::{Body, types::PublishIntegration};
///
/// let integration = PublishIntegration::new().title("Hello").description("Says hello").script("");
/// let violations = integration.check().unwrap_err();
/// let paths: Vec<_> = violations.as_slice().iter().map(|it| it.path.as_str()).collect();
/// assert_eq!(paths, [".scopes", ".organization"]);
/// ```
///
/// With the feature `mock`, every struct has a setter for each of its fields, so that tests can make the
/// responses they need: `Space::default().title("Handbook")`.
///
/// # Implementations
///
/// All types implement `Clone`, `Debug`, `Default`, `PartialEq`, `serde::Serialize`,
/// `serde::Deserialize`, [`Body`], `Send`, `Sync` and `Unpin`. A struct that is the body of a request also
/// implements `TryFrom<serde_json::Value>`. The pages of structs and unions do not repeat this.
#[allow(missing_docs, reason = "what the document does not describe says only its name")]
#[allow(deprecated, reason = "deprecated schemas and fields can still be used")]
#[allow(clippy::should_implement_trait, reason = "setters have the names of the document")]
#[allow(clippy::reversed_empty_ranges, reason = "some documented ranges are empty")]
pub mod types {
    shown! {
        use crate::decode::try_from_json;
        use crate::json::{
            from_boolean, from_enums, from_lists, from_members, from_text, json_struct, json_union,
            open_enum,
        };

        include!(concat!(env!("OUT_DIR"), "/types.rs"));
    }
}

/// The setters that only tests need, which are methods of the types.
#[cfg(feature = "mock")]
#[allow(missing_docs, reason = "what the document does not describe says only its name")]
#[allow(deprecated, reason = "deprecated fields can still be set")]
#[allow(unused_imports, reason = "a document may not need all of them")]
mod setters {
    use crate::types::*;

    include!(concat!(env!("OUT_DIR"), "/setters.rs"));
}

pub use operations::OPERATIONS;
