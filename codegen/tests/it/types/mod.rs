//! The types of schemas that generators are known to trip over, as a table of small documents.

mod discriminators;
mod documentation;
mod pages;
mod unions;

use gitbook_api_codegen::{generate, lower::lower};
use serde_json::{Value, json};

fn document(schemas: Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "T", "version": "1" },
        "paths": {},
        "components": { "schemas": schemas }
    })
}

/// The source of the types of these schemas.
fn types(schemas: Value) -> String {
    generate(&document(schemas))
        .unwrap()
        .module("types")
        .whole()
}

/// The public part of the declaration of one type, without documentation.
fn declared(source: &str, head: &str) -> String {
    let start = source
        .find(&format!("{head} {{"))
        .unwrap_or_else(|| panic!("{head} in {source}"));
    let end = start + source[start..].find("\n}").unwrap();
    let lines = source[start..end].lines().skip(1).map(str::trim);
    lines
        .filter(|line| !line.starts_with("///") && !line.starts_with("pub unknown_fields: "))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn null_is_said_where_it_is_used() {
    let source = types(json!({
        "Icon": { "type": "string", "nullable": true },
        "Space": {
            "type": "object",
            "required": ["a", "c"],
            "properties": {
                "a": { "$ref": "#/components/schemas/Icon" },
                "b": { "$ref": "#/components/schemas/Icon" },
                "c": { "type": "array", "items": { "type": "string", "nullable": true } },
                "d": { "oneOf": [
                    { "type": "integer" },
                    { "type": "string", "nullable": true, "enum": [null] }
                ] }
            }
        }
    }));
    assert_eq!(
        declared(&source, "pub struct Space"),
        "pub a: Option<String>, pub b: Option<String>, pub c: Vec<Option<String>>, pub d: Option<i64>,"
    );
}

#[test]
fn an_inline_schema_may_state_the_name_of_its_type() {
    let kind = json!({ "type": "string", "enum": ["a", "b"] });
    let rule = |properties: Value| json!({ "type": "object", "x-type-name": "Rule", "properties": properties });
    let schemas = |other: Value| {
        json!({ "BulkRequest": { "type": "object", "properties": {
            "rules": { "type": "array", "items": rule(json!({ "kind": kind })) },
            "last": other
        } } })
    };
    // An equal schema has the same type.
    let source = types(schemas(rule(json!({ "kind": kind }))));
    assert_eq!(
        declared(&source, "pub struct BulkRequest"),
        "pub rules: Option<Vec<Rule>>, pub last: Option<Rule>,"
    );
    assert_eq!(
        declared(&source, "pub struct Rule"),
        "pub kind: Option<RuleKind>,"
    );
    let whole = json!({ "allOf": [rule(json!({ "kind": kind })), { "required": ["kind"] }] });
    let source = types(schemas(whole));
    assert!(source.contains("pub struct BulkRequestLast {"), "{source}");
}

#[test]
fn one_value_is_a_tag_and_no_type() {
    let source = types(json!({ "Space": {
        "type": "object",
        "required": ["object", "isVoid"],
        "properties": {
            "object": { "type": "string", "enum": ["space"] },
            "isVoid": { "type": "boolean", "enum": [true] },
            "kind": { "type": "string", "enum": ["a"] }
        }
    } }));
    assert_eq!(
        declared(&source, "pub struct Space"),
        "pub kind: Option<String>,"
    );
    assert_eq!(
        source.matches("pub struct ").count() + source.matches("pub enum ").count(),
        1
    );
}

#[test]
fn all_of_is_one_struct_and_later_members_narrow() {
    let source = types(json!({
        "Base": {
            "type": "object",
            "required": ["type"],
            "properties": { "type": { "type": "string" }, "urls": {
                "type": "object", "properties": { "app": { "type": "string" } }
            } }
        },
        "Link": { "allOf": [
            { "$ref": "#/components/schemas/Base" },
            { "type": "object", "properties": {
                "type": { "type": "string", "enum": ["link"] },
                "to": { "type": "string" }
            } }
        ] }
    }));
    assert_eq!(
        declared(&source, "pub struct Link"),
        "pub urls: Option<BaseUrls>, pub to: Option<String>,"
    );
}

#[test]
fn recursion_ends() {
    let source = types(json!({
        "Node": { "allOf": [
            { "type": "object", "properties": { "name": { "type": "string" } } },
            { "type": "object", "properties": {
                "children": { "type": "array", "items": { "$ref": "#/components/schemas/Node" } },
                "parent": { "$ref": "#/components/schemas/Node" }
            } }
        ] },
        "Json": { "type": "array", "items": { "$ref": "#/components/schemas/Json" } },
        "One": { "allOf": [{ "$ref": "#/components/schemas/Two" }] },
        "Two": { "type": "object", "additionalProperties": { "$ref": "#/components/schemas/One" } },
        "Holder": { "type": "object", "properties": {
            "json": { "$ref": "#/components/schemas/Json" },
            "one": { "$ref": "#/components/schemas/One" }
        } }
    }));
    assert_eq!(
        declared(&source, "pub struct Node"),
        "pub name: Option<String>, pub children: Option<Vec<Node>>, pub parent: Option<Box<Node>>,"
    );
    assert_eq!(
        declared(&source, "pub struct Holder"),
        "pub json: Option<Vec<serde_json::Value>>, pub one: Option<crate::Map<serde_json::Value>>,"
    );
}

/// Wherever a schema refers to one that needs no type of its own, there is what it leads to, with its
/// constraints and what is said of it.
#[test]
fn aliases_are_what_they_lead_to() {
    let alias = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let document = json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "paths": { "/things": { "post": {
            "operationId": "makeThings",
            "parameters": [{ "name": "kind", "in": "query", "schema": alias("Sort") }],
            "requestBody": { "required": true, "content": { "application/json": { "schema": alias("Thing") } } },
            "responses": { "200": { "description": "", "content": { "application/json": { "schema": alias("Things") } } } }
        } } },
        "components": { "schemas": {
            "Title": { "type": "string", "maxLength": 9, "description": "The title.\n\nMore of it.", "default": "New" },
            "Name": { "allOf": [alias("Title"), { "minLength": 2 }] },
            "Kind": { "type": "string", "enum": ["a", "b"] },
            "Sort": alias("Kind"),
            "Always": { "type": "string", "enum": ["thing"] },
            "Things": { "type": "array", "items": alias("Thing") },
            "Thing": { "type": "object", "required": ["object"], "properties": {
                "object": alias("Always"),
                "title": alias("Title"),
                "name": { "description": "Own words.", "allOf": [alias("Name")] },
                "sort": alias("Sort"),
                "parts": alias("Things")
            } }
        } }
    });
    let generated = generate(&document).unwrap();
    let source = generated.module("types").whole();
    assert_eq!(source.matches("pub struct").count(), 1, "{source}");
    assert!(!source.contains("pub type"), "{source}");
    assert!(source.contains("pub title: Option<String>,"), "{source}");
    let documented =
        "/// The title.\n    ///\n    /// At most 9 characters. Defaults to `New`.\n    pub title";
    assert!(source.contains(documented), "{source}");
    assert!(
        source.contains("/// Own words.\n    ///\n    /// 2 to 9 characters."),
        "{source}"
    );
    for row in [
        r#"0 "object" Required = Text("thing");"#,
        r#"1 "title" Optional title, against(MaxLength(9));"#,
        "pub sort: Option<Kind>,",
        "pub parts: Option<Vec<Thing>>,",
        "pub fn parts(mut self, parts: impl IntoIterator<Item = impl Into<Thing>>) -> Self {",
    ] {
        assert!(source.contains(row), "{row}\n{source}");
    }
    let builder = generated.module("builder").whole();
    assert!(
        builder.contains("kind: impl Into<types::Kind>"),
        "{builder}"
    );
    assert!(
        builder.contains("ResponseFuture<Vec<types::Thing>>"),
        "{builder}"
    );
    let operations = generated.module("operations").whole();
    assert!(operations.contains(r#"Enum(&["a", "b"])"#), "{operations}");
}

/// A setter whose argument could have one value has none.
#[test]
fn a_constant_is_set_without_an_argument() {
    let source = sent(json!({ "type": "object", "properties": {
        "empty": { "type": "boolean", "enum": [true] },
        "kind": { "type": "string", "enum": ["page"], "nullable": true },
        "title": { "type": "string" }
    } }));
    for snippet in [
        "pub fn empty(mut self) -> Self {\n        self.empty = Some(true);",
        "pub fn kind(mut self) -> Self {\n        self.kind = crate::Patch::Set(\"page\".to_owned());",
        "pub fn clear_kind(mut self) -> Self {",
        "pub fn title(mut self, title: impl Into<String>) -> Self {",
    ] {
        assert!(source.contains(snippet), "{snippet}\n{source}");
    }
}

fn sent(body: Value) -> String {
    let document = json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "paths": { "/things": { "post": {
            "operationId": "makeThing",
            "requestBody": { "content": { "application/json": { "schema": body } } },
            "responses": { "204": { "description": "" } }
        } } }
    });
    generate(&document).unwrap().module("types").whole()
}

/// A title of many words is a sentence, and no name of a variant.
#[test]
fn a_sentence_is_no_name() {
    let member = |title: &str, values: Value| {
        json!({ "type": "object", "title": title, "required": ["kind"], "properties": {
            "kind": { "type": "string", "enum": values }, "inline": { "type": "object", "properties": { "a": {} } }
        } })
    };
    let source = types(json!({ "Target": { "oneOf": [
        member("Page of a site", json!(["a", "b"])),
        member("Anything that is neither a page nor a file of a site", json!(["c", "d"]))
    ] } }));
    assert!(
        source.contains("PageOfASite(Box<TargetPageOfASite>)"),
        "{source}"
    );
    assert!(!source.contains("Neither"), "{source}");
}

#[test]
fn inline_schemas_are_types_of_their_own() {
    let url = json!({ "type": "object", "properties": { "app": { "type": "string" } } });
    let other = json!({ "type": "object", "properties": { "app": { "type": "integer" } } });
    let source = types(json!({
        "A": { "type": "object", "properties": { "urls": url } },
        "B": { "type": "object", "properties": { "urls": other } }
    }));
    assert_eq!(
        declared(&source, "pub struct AUrls"),
        "pub app: Option<String>,"
    );
    assert_eq!(
        declared(&source, "pub struct BUrls"),
        "pub app: Option<i64>,"
    );
}

#[test]
fn one_concept_has_one_spelling() {
    let member = |kind: &str| {
        json!({
            "type": "object",
            "required": ["kind"],
            "properties": { "kind": { "type": "string", "enum": [kind] } }
        })
    };
    let source = types(json!({
        "AISourceURL": member("url"),
        "AISourceOpenAPI": member("openapi"),
        "AISource": { "description": "A source.", "oneOf": [
            { "$ref": "#/components/schemas/AISourceURL" },
            { "$ref": "#/components/schemas/AISourceOpenAPI" },
            { "type": "object", "required": ["rawURLs"], "properties": {
                "rawURLs": { "type": "object", "properties": { "appURL": { "type": "string" } } }
            } }
        ] },
        "OSName": { "type": "string", "enum": ["a", "b"] }
    }));
    assert_eq!(
        declared(&source, "pub enum AiSource"),
        "Url(Box<AiSourceUrl>), OpenApi(Box<AiSourceOpenApi>), RawUrls(Box<AiSourceRawUrls>), \
         Unknown(serde_json::Value),"
    );
    assert_eq!(
        declared(&source, "pub struct AiSourceRawUrlsRawUrls"),
        "pub app_url: Option<String>,"
    );
    for (alias, item) in [
        (
            "AISource",
            "#[derive(Clone, Debug, PartialEq)]\n#[non_exhaustive]\npub enum AiSource {",
        ),
        (
            "OSName",
            "#[derive(Clone, Debug, PartialEq, Hash)]\n#[non_exhaustive]\npub enum OsName {",
        ),
    ] {
        let both = format!("#[doc(alias = \"{alias}\")]\n{item}");
        assert!(source.contains(&both), "{both} in {source}");
        assert!(
            source.contains(&format!("Its schema is `{alias}`.")),
            "{source}"
        );
    }
}

#[test]
fn two_schemas_are_never_one_type() {
    let text = json!({ "type": "string", "enum": ["a", "b"] });
    for (schemas, names) in [
        (
            json!({ "SiteURL": text, "SiteUrl": text }),
            ["enum SiteUrlPascal", "enum SiteUrl"],
        ),
        (
            json!({ "site-url": text, "SiteURL": { "type": "object", "properties": { "a": {} } } }),
            ["enum SiteUrl", "struct SiteUrlPascal"],
        ),
        (
            json!({ "option": text, "Option_": text }),
            ["enum OptionLower", "enum Option_"],
        ),
    ] {
        let source = types(schemas);
        for name in names {
            let declaration = format!("pub {name} ");
            assert_eq!(
                source.matches(&declaration).count(),
                1,
                "{name} in {source}"
            );
        }
    }
    // A type of the prelude stays what it is.
    let source = types(
        json!({ "option": text, "Page": { "type": "object", "properties": {
        "option": { "$ref": "#/components/schemas/option" }
    } } }),
    );
    assert!(source.contains("pub enum Option_ {"), "{source}");
    assert_eq!(
        declared(&source, "pub struct Page"),
        "pub option: Option<Option_>,"
    );
    // An inline schema makes way for a component.
    let source = types(json!({
        "SiteURL": { "type": "string" },
        "Site": { "type": "object", "properties": { "url": {
            "type": "object", "properties": { "app": { "type": "string" } }
        } } }
    }));
    assert_eq!(
        declared(&source, "pub struct Site"),
        "pub url: Option<SiteUrlObject>,"
    );
}

#[test]
fn formats_stay_text_but_for_dates() {
    let source = types(json!({ "A": { "type": "object", "properties": {
        "a": { "type": "string", "format": "uri" },
        "b": { "type": "string", "format": "date-time" },
        "c": { "type": "string", "format": "date" },
        "d": { "type": "integer", "minimum": 1 }
    } } }));
    assert_eq!(
        declared(&source, "pub struct A"),
        "pub a: Option<String>, pub b: Option<crate::DateTime>, \
         pub c: Option<crate::Date>, pub d: Option<i64>,"
    );
}

#[test]
fn what_has_no_type_is_a_problem_with_its_place() {
    let circle = document(json!({ "A": { "allOf": [
        { "$ref": "#/components/schemas/A" },
        { "type": "object", "properties": { "a": {} } }
    ] } }));
    assert_eq!(
        lower(&circle).unwrap_err()[0].pointer,
        "#/components/schemas/A"
    );
    let dangling = document(json!({ "A": { "allOf": [
        { "$ref": "#/components/schemas/B" },
        { "type": "object", "properties": { "a": {} } }
    ] } }));
    assert_eq!(
        lower(&dangling).unwrap_err()[0].pointer,
        "#/components/schemas/B"
    );
}

#[test]
fn objects_and_unions_may_have_any_number_of_members() {
    let properties: serde_json::Map<String, Value> = (0..200)
        .map(|index| (format!("p{index}"), json!({})))
        .collect();
    let members: Vec<Value> = (0..200)
        .map(|index| {
            let tag = json!({"type": "string", "enum": [format!("k{index}")]});
            json!({"type": "object", "required": ["kind"], "properties": {"kind": tag}})
        })
        .collect();
    let source = types(json!({
        "Large": {"type": "object", "properties": properties},
        "Many": {"oneOf": members},
    }));
    assert!(
        declared(&source, "pub struct Large").ends_with("pub p199: Option<serde_json::Value>,")
    );
    assert!(source.contains(r#"199 K199 object { "kind": "k199" };"#));
}

#[test]
fn what_json_cannot_have_as_it_is_is_no_name_and_no_tag() {
    for (name, token) in [("a\"b", "a\"b"), ("a\\/b", "a\\~1b"), ("a\nb", "a\nb")] {
        let schema = json!({"type": "object", "properties": {name: {"type": "string"}}});
        let Err(diagnostics) = generate(&document(json!({"A": schema}))) else {
            panic!("{name} is generated");
        };
        let pointer = format!("#/components/schemas/A/properties/{token}");
        assert_eq!(diagnostics[0].pointer, pointer);
    }

    let source = types(json!({ "Cell": {
        "type": "object",
        "required": ["object", "quote"],
        "properties": {
            "object": { "type": "string", "enum": ["cell"] },
            "quote": { "type": "string", "enum": ["\""] }
        }
    } }));
    assert_eq!(declared(&source, "pub struct Cell"), "pub quote: String,");
}

#[test]
fn words_and_limits_change_no_type() {
    let status = |limit: Value| {
        let mut status = json!({ "type": "string", "oneOf": [
            { "type": "string", "enum": ["a", "b"] },
            { "type": "string", "enum": ["c", "d"] }
        ] });
        status["maxLength"] = limit;
        json!({ "Status": status })
    };
    let mut free = status(Value::Null);
    free["Status"]
        .as_object_mut()
        .unwrap()
        .shift_remove("maxLength");
    assert_eq!(types(free), types(status(json!(9))));

    let icon = |limit: u64| {
        types(json!({
            "Icon": {
                "maxLength": limit, "oneOf": [{ "type": "string" }, { "type": "string", "format": "uri" }]
            },
            "Page": { "type": "object", "properties": { "icon": { "$ref": "#/components/schemas/Icon" } } }
        }))
    };
    let text = icon(9);
    assert!(text.contains("pub icon: Option<String>,"), "{text}");
    assert_eq!(text, icon(8));

    let colors = |words: &str| {
        json!({
            "Colors": {
                "type": "object",
                "x-propertyNames": { "enum": ["light", "dark"] },
                "properties": {
                    "light": { "type": "string", "description": "A colour" },
                    "dark": { "type": "string", "description": words }
                }
            },
            "Page": { "type": "object", "properties": { "colors": { "$ref": "#/components/schemas/Colors" } } }
        })
    };
    let map = "pub colors: Option<crate::Map<String>>,";
    for words in ["A colour", "A darker colour"] {
        let source = types(colors(words));
        assert!(source.contains(map), "{source}");
    }

    let mut restricted = colors("A colour");
    restricted["Colors"]["x-propertyNames"] = json!({ "pattern": "^[a-z]+$" });
    let source = types(restricted);
    assert!(source.contains("pub light: "), "{source}");
}
