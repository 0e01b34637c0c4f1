//! Small edits of the document of this project, one of each important kind.

use serde_json::{Value, json};

pub(crate) struct Edit {
    pub what: &'static str,
    /// Applies the edit.
    pub make: fn(&mut Value),
    /// The reason why the predicted bump is larger than the actual one, if it is.
    pub larger: &'static str,
}

/// `Team` is used in responses only, `UpdateSpaceGitInfo` and `ExportToGitRepository` in requests
/// only.
pub(crate) const EDITS: &[Edit] = &[
    edit("a description", |d| {
        set(d, "/components/schemas/Team/description", json!("New."))
    }),
    edit("a title", |d| {
        set(d, "/components/schemas/Team/title", json!("New"))
    }),
    edit("a constraint of a request type", |d| {
        set(
            d,
            "/components/schemas/UpdateSpaceGitInfo/properties/url/maxLength",
            json!(9),
        );
    })
    .larger("calls compile, but longer values are refused before they are sent"),
    edit("a pattern of a request type", |d| {
        set(
            d,
            "/components/schemas/UpdateSpaceGitInfo/properties/url/pattern",
            json!("^h"),
        );
    })
    .larger("calls compile, but values that do not match are refused before they are sent"),
    edit("an error response", |d| {
        set(
            d,
            "/paths/~1spaces~1{spaceId}/get/responses/418",
            json!({"description": "Tea."}),
        );
    }),
    edit(
        "a required property of an unused type becomes nullable",
        |d| {
            set(
                d,
                "/components/schemas/GitSyncSpaceOperation/properties/dispatchedTasks/nullable",
                json!(true),
            );
        },
    ),
    edit("a read-only property", |d| {
        set(
            d,
            "/components/schemas/UpdateSpaceGitInfo/properties/url/readOnly",
            json!(true),
        );
    }),
    edit("another server", |d| {
        push(d, "/servers", json!({"url": "https://example.com"}))
    }),
    edit("a moved operation", |d| {
        let item = d["paths"]
            .as_object_mut()
            .unwrap()
            .shift_remove("/user")
            .unwrap();
        set(d, "/paths/~1me", item);
    }),
    edit("an optional property of a response type", |d| {
        set(
            d,
            "/components/schemas/Team/properties/new",
            json!({"type": "string"}),
        );
    }),
    edit("a required property of a response type", |d| {
        set(
            d,
            "/components/schemas/Team/properties/new",
            json!({"type": "string"}),
        );
        push(d, "/components/schemas/Team/required", json!("new"));
    }),
    edit("an optional property of a request type", |d| {
        set(
            d,
            "/components/schemas/UpdateSpaceGitInfo/properties/new",
            json!({"type": "string"}),
        );
    }),
    edit("an enum value", |d| {
        push(d, "/components/schemas/MemberRole/enum", json!("new"))
    }),
    edit("a member of a union", |d| {
        set(
            d,
            "/components/schemas/SiteStructureItemNew",
            json!({
                "type": "object",
                "properties": {"object": {"type": "string", "enum": ["new"]}},
                "required": ["object"],
            }),
        );
        push(
            d,
            "/components/schemas/SiteStructureItem/oneOf",
            json!({"$ref": "#/components/schemas/SiteStructureItemNew"}),
        );
    }),
    edit("a schema", |d| {
        set(d, "/components/schemas/New", json!({"type": "string"}))
    }),
    edit("an operation", |d| {
        set(
            d,
            "/paths/~1new",
            json!({"get": {
                "operationId": "getNew",
                "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"properties": {"a": {}}}}}}},
            }}),
        );
    }),
    edit("an optional parameter", |d| {
        push(
            d,
            "/paths/~1spaces~1{spaceId}/get/parameters",
            json!({"in": "query", "name": "new", "schema": {"type": "string"}}),
        );
    }),
    edit("a deprecated property", |d| {
        set(
            d,
            "/components/schemas/Team/properties/id/deprecated",
            json!(true),
        );
    }),
    edit("a deprecated operation", |d| {
        set(d, "/paths/~1spaces~1{spaceId}/get/deprecated", json!(true));
    }),
    edit("an optional request body", |d| {
        set(
            d,
            "/paths/~1spaces~1{spaceId}/patch/requestBody/required",
            json!(false),
        );
    }),
    edit("a type that becomes recursive", |d| {
        set(
            d,
            "/components/schemas/User/properties/new",
            json!({"$ref": "#/components/schemas/OrganizationMember"}),
        );
    }),
    edit("a hidden operation", |d| {
        set(d, "/paths/~1spaces~1{spaceId}/get/x-internal", json!(true));
    }),
    edit("a required property of a request type", |d| {
        set(
            d,
            "/components/schemas/ExportToGitRepository/properties/new",
            json!({"type": "string"}),
        );
        push(
            d,
            "/components/schemas/ExportToGitRepository/required",
            json!("new"),
        );
    }),
    edit(
        "an optional property of a request type becomes nullable",
        |d| {
            set(
                d,
                "/components/schemas/UpdateSpaceGitInfo/properties/url/nullable",
                json!(true),
            );
        },
    ),
    edit(
        "a required property of a response type becomes nullable",
        |d| {
            set(
                d,
                "/components/schemas/Team/properties/id/nullable",
                json!(true),
            );
        },
    ),
    edit("a property without a type", |d| {
        set(d, "/components/schemas/Team/properties/id", json!({}));
    }),
    edit("a string format without a Rust type", |d| {
        set(
            d,
            "/components/schemas/Team/properties/id/format",
            json!("uri"),
        );
    }),
    edit("a required parameter", |d| {
        push(
            d,
            "/paths/~1spaces~1{spaceId}/get/parameters",
            json!({"in": "query", "name": "new", "required": true, "schema": {"type": "string"}}),
        );
    }),
    edit("a changed constant", |d| {
        set(
            d,
            "/components/schemas/Team/properties/object/enum",
            json!(["group"]),
        );
    })
    .larger("the declarations do not change, but former responses no longer match"),
];

const fn edit(what: &'static str, make: fn(&mut Value)) -> Edit {
    Edit {
        what,
        make,
        larger: "",
    }
}

impl Edit {
    const fn larger(self, why: &'static str) -> Self {
        Self {
            larger: why,
            ..self
        }
    }
}

/// Sets the member that `pointer` ends with.
fn set(document: &mut Value, pointer: &str, value: Value) {
    let (holder, key) = pointer.rsplit_once('/').unwrap();
    let key = gitbook_api_codegen::document::unescape(key);
    let holder = document.pointer_mut(holder).unwrap();
    assert_ne!(holder.get(&key), Some(&value), "{pointer} is so already");
    holder[key] = value;
}

fn push(document: &mut Value, pointer: &str, value: Value) {
    let list = document.pointer_mut(pointer).unwrap();
    list.as_array_mut().unwrap().push(value);
}
