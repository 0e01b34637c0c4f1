//! Small edits of the document of this project, one of each kind that matters.

use serde_json::{Value, json};

/// One edit.
pub struct Edit {
    /// What it is, in a few words.
    pub what: &'static str,
    /// Makes it.
    pub make: fn(&mut Value),
    /// Why the predicted bump is larger than the real one, where it is.
    pub larger: &'static str,
}

/// `Team` is only received, `UpdateSpaceGitInfo` and `ExportToGitRepository` are only sent.
pub const EDITS: &[Edit] = &[
    edit("a description", |d| {
        set(d, "/components/schemas/Team/description", json!("New."))
    }),
    edit("a title", |d| {
        set(d, "/components/schemas/Team/title", json!("New"))
    }),
    edit("a limit of what is sent", |d| {
        set(
            d,
            "/components/schemas/UpdateSpaceGitInfo/properties/url/maxLength",
            json!(9),
        );
    })
    .larger("calls compile, but what is too long is refused before it is sent"),
    edit("a pattern of what is sent", |d| {
        set(
            d,
            "/components/schemas/UpdateSpaceGitInfo/properties/url/pattern",
            json!("^h"),
        );
    })
    .larger("calls compile, but what does not match is refused before it is sent"),
    edit("an error documented", |d| {
        set(
            d,
            "/paths/~1spaces~1{spaceId}/get/responses/418",
            json!({"description": "Tea."}),
        );
    }),
    edit(
        "a required property of a type without operations may be null",
        |d| {
            set(
                d,
                "/components/schemas/GitSyncSpaceOperation/properties/dispatchedTasks/nullable",
                json!(true),
            );
        },
    ),
    edit("a property that is only read", |d| {
        set(
            d,
            "/components/schemas/UpdateSpaceGitInfo/properties/url/readOnly",
            json!(true),
        );
    }),
    edit("another server", |d| {
        push(d, "/servers", json!({"url": "https://example.com"}))
    }),
    edit("an operation moved", |d| {
        let item = d["paths"]
            .as_object_mut()
            .unwrap()
            .shift_remove("/user")
            .unwrap();
        set(d, "/paths/~1me", item);
    }),
    edit("an optional property of an answer", |d| {
        set(
            d,
            "/components/schemas/Team/properties/new",
            json!({"type": "string"}),
        );
    }),
    edit("a required property of an answer", |d| {
        set(
            d,
            "/components/schemas/Team/properties/new",
            json!({"type": "string"}),
        );
        push(d, "/components/schemas/Team/required", json!("new"));
    }),
    edit("an optional property of a request", |d| {
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
    edit("a property deprecated", |d| {
        set(
            d,
            "/components/schemas/Team/properties/id/deprecated",
            json!(true),
        );
    }),
    edit("an operation deprecated", |d| {
        set(d, "/paths/~1spaces~1{spaceId}/get/deprecated", json!(true));
    }),
    edit("a request body that may be left out", |d| {
        set(
            d,
            "/paths/~1spaces~1{spaceId}/patch/requestBody/required",
            json!(false),
        );
    }),
    edit("a type that holds itself now", |d| {
        set(
            d,
            "/components/schemas/User/properties/new",
            json!({"$ref": "#/components/schemas/OrganizationMember"}),
        );
    }),
    edit("an operation hidden", |d| {
        set(d, "/paths/~1spaces~1{spaceId}/get/x-internal", json!(true));
    }),
    edit("a required property of a request", |d| {
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
    edit("an optional property of a request may be null", |d| {
        set(
            d,
            "/components/schemas/UpdateSpaceGitInfo/properties/url/nullable",
            json!(true),
        );
    }),
    edit("a required property of an answer may be null", |d| {
        set(
            d,
            "/components/schemas/Team/properties/id/nullable",
            json!(true),
        );
    }),
    edit("a property without description of its values", |d| {
        set(d, "/components/schemas/Team/properties/id", json!({}));
    }),
    edit("a format of text that has no Rust type", |d| {
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
    })
    .larger("calls compile, but fail before anything is sent"),
    edit("another value of a tag", |d| {
        set(
            d,
            "/components/schemas/Team/properties/object/enum",
            json!(["group"]),
        );
    })
    .larger("the declarations stay, but no answer of the old kind fits any more"),
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
