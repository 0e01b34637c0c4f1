//! Rules for schemas: components, types, properties, constraints, compositions.

use super::rules;

rules! { SCHEMA_RULES of Schemas:

SCHEMA_ADDED "schema-added" "schema added"
    [Compatible Minor] [Compatible Minor] "The crate gains a type."
    Document r#"{"components": {"schemas": {}}}"# => r#"{"components": {"schemas": {"A": {"properties": {"x": {}}}}}}"#;

SCHEMA_REMOVED "schema-removed" "schema removed"
    [Compatible Major] [Compatible Major] "The crate loses a type; changes of its uses are reported separately."
    Document r#"{"components": {"schemas": {"A": {"properties": {"x": {}}}}}}"# => r#"{"components": {"schemas": {}}}"#;

SCHEMA_RENAMED "schema-renamed" "schema renamed"
    [Compatible Major] [Compatible Major] "HTTP does not use the name; the Rust type is named after it."
    Document r#"{"components": {"schemas": {"A": {"properties": {"x": {}}}}}}"# => r#"{"components": {"schemas": {"B": {"properties": {"x": {}}}}}}"#;

SCHEMA_EXTRACTED "schema-extracted" "inline schema became a component"
    [Compatible Major] [Compatible Major] "The same JSON; the Rust type is now named after the component."
    Document r##"{"components": {"schemas": {"A": {"properties": {"x": {"properties": {"y": {}}}}}}}}"##
        => r##"{"components": {"schemas": {"A": {"properties": {"x": {"$ref": "#/components/schemas/B"}}}, "B": {"properties": {"y": {}}}}}}"##;

SCHEMA_INLINED "schema-inlined" "component became an inline schema"
    [Compatible Major] [Compatible Major] "The same JSON; the Rust type is now named after its location."
    Document r##"{"components": {"schemas": {"A": {"properties": {"x": {"$ref": "#/components/schemas/B"}}}, "B": {"properties": {"y": {}}}}}}"##
        => r##"{"components": {"schemas": {"A": {"properties": {"x": {"properties": {"y": {}}}}}}}}"##;

SCHEMA_REPLACED "schema-replaced" "schema replaced by another"
    [Compatible Major] [Compatible Major] "The Rust type changes. The HTTP verdict is that of the differences between the two schemas, if there are any."
    Document r##"{"components": {"schemas": {"A": {"properties": {"x": {"$ref": "#/components/schemas/B"}}}, "B": {"properties": {"b": {}}}, "C": {"properties": {"c": {}}}}}}"##
        => r##"{"components": {"schemas": {"A": {"properties": {"x": {"$ref": "#/components/schemas/C"}}}, "B": {"properties": {"b": {}}}, "C": {"properties": {"c": {}}}}}}"##;

TYPE_CHANGED "type-changed" "type changed"
    [Breaking Major] [Breaking Major] "The JSON and the Rust type change."
    Schema r#"{"type": "string"}"# => r#"{"type": "boolean"}"#;

TYPE_WIDENED "type-widened" "type became wider"
    [Compatible Major] [Breaking Major] "Everything sent before is still accepted, but more may arrive; the Rust type changes."
    Schema r#"{"type": "integer"}"# => r#"{"type": "number"}"#;

TYPE_NARROWED "type-narrowed" "type became narrower"
    [Breaking Major] [Compatible Major] "Some former values are refused; the Rust type changes."
    Schema r#"{"type": "number"}"# => r#"{"type": "integer"}"#;

BECAME_UNION "became-union" "became a union with the former schema as a member"
    [Compatible Major] [Breaking Major] "Everything sent before is still accepted, but more may arrive; the Rust type becomes an enum."
    Schema r#"{"type": "string"}"# => r#"{"oneOf": [{"type": "string"}, {"type": "boolean"}]}"#;

NO_LONGER_UNION "no-longer-union" "union reduced to one member"
    [Breaking Major] [Compatible Major] "The other members are refused; the Rust type is no longer an enum."
    Schema r#"{"oneOf": [{"type": "string"}, {"type": "boolean"}]}"# => r#"{"type": "string"}"#;

COMPOSITION_CHANGED "composition-changed" "composition of one member became one of all, or the reverse"
    [Breaking Major] [Breaking Major] "A value matches exactly one of the members (`oneOf`) or all of them (`allOf`): no value does both."
    Schema r#"{"oneOf": [{"required": ["a"], "properties": {"a": {}}}, {"required": ["b"], "properties": {"b": {}}}]}"# => r#"{"allOf": [{"required": ["a"], "properties": {"a": {}}}, {"required": ["b"], "properties": {"b": {}}}]}"#;

ANY_BECAME_ALL "any-of-became-all-of" "anyOf became allOf"
    [Breaking Major] [Compatible Major] "Values that match only some of the members are refused; the Rust enum becomes a struct."
    Schema r#"{"anyOf": [{"required": ["a"], "properties": {"a": {}}}, {"required": ["b"], "properties": {"b": {}}}]}"# => r#"{"allOf": [{"required": ["a"], "properties": {"a": {}}}, {"required": ["b"], "properties": {"b": {}}}]}"#;

ALL_BECAME_ANY "all-of-became-any-of" "allOf became anyOf"
    [Compatible Major] [Breaking Major] "Values that match only some of the members may arrive; the Rust struct becomes an enum."
    Schema r#"{"allOf": [{"required": ["a"], "properties": {"a": {}}}, {"required": ["b"], "properties": {"b": {}}}]}"# => r#"{"anyOf": [{"required": ["a"], "properties": {"a": {}}}, {"required": ["b"], "properties": {"b": {}}}]}"#;

ONE_BECAME_ANY "one-of-became-any-of" "oneOf became anyOf"
    [Compatible Patch] [Risky Patch] "Values that match several members are accepted and may arrive; in Rust, `anyOf` is an open enum like `oneOf`."
    Schema r#"{"oneOf": [{"type": "string"}, {"type": "boolean"}]}"# => r#"{"anyOf": [{"type": "string"}, {"type": "boolean"}]}"#;

ANY_BECAME_ONE "any-of-became-one-of" "anyOf became oneOf"
    [Risky Patch] [Compatible Patch] "Values that match several members, if there are any, are refused; in Rust, `oneOf` is an open enum like `anyOf`."
    Schema r#"{"anyOf": [{"type": "string"}, {"type": "boolean"}]}"# => r#"{"oneOf": [{"type": "string"}, {"type": "boolean"}]}"#;

FORMAT_CHANGED "format-changed" "format changed"
    [Breaking Patch] [Breaking Patch] "Values are formatted differently; the Rust type does not change."
    Schema r#"{"type": "string", "format": "uri"}"# => r#"{"type": "string", "format": "email"}"#;

FORMAT_ADDED "format-added" "format added"
    [Risky Patch] [Compatible Patch] "Values that were accepted may be refused; the Rust type does not change."
    Schema r#"{"type": "string"}"# => r#"{"type": "string", "format": "uri"}"#;

FORMAT_REMOVED "format-removed" "format removed"
    [Compatible Patch] [Risky Patch] "Values of another format may arrive; the Rust type does not change."
    Schema r#"{"type": "string", "format": "uri"}"# => r#"{"type": "string"}"#;

TIME_FORMAT_CHANGED "time-format-changed" "format of a date or time changed"
    [Breaking Major] [Breaking Major] "Values are formatted differently; dates and times have Rust types of their own."
    Schema r#"{"type": "string", "format": "date"}"# => r#"{"type": "string", "format": "date-time"}"#;

TIME_FORMAT_ADDED "time-format-added" "string became a date or time"
    [Risky Major] [Compatible Major] "Values that were accepted may be refused; dates and times have Rust types of their own."
    Schema r#"{"type": "string"}"# => r#"{"type": "string", "format": "date"}"#;

TIME_FORMAT_REMOVED "time-format-removed" "date or time became a string"
    [Compatible Major] [Risky Major] "Values of another format may arrive; dates and times have Rust types of their own."
    Schema r#"{"type": "string", "format": "date"}"# => r#"{"type": "string"}"#;

BECAME_NULLABLE "became-nullable" "became nullable"
    [Compatible Major] [Breaking Major] "A client that reads it must expect null; the Rust type becomes `Option`."
    Schema r#"{"type": "string"}"# => r#"{"type": "string", "nullable": true}"#;

BECAME_NOT_NULLABLE "became-not-nullable" "no longer nullable"
    [Breaking Major] [Compatible Major] "Sending null fails; the Rust type is no longer `Option`."
    Schema r#"{"type": "string", "nullable": true}"# => r#"{"type": "string"}"#;

OPTIONAL_BECAME_NULLABLE "optional-property-became-nullable" "optional property became nullable"
    [Compatible Major] [Risky Patch] "In a request, null now differs from absent (`Option` becomes `Patch`); in a response both are `None`."
    Schema r#"{"properties": {"a": {"type": "string"}}}"# => r#"{"properties": {"a": {"type": "string", "nullable": true}}}"#;

OPTIONAL_BECAME_NOT_NULLABLE "optional-property-became-not-nullable" "optional property no longer nullable"
    [Breaking Major] [Compatible Patch] "In a request, `Patch` becomes `Option`; in a response the field is an `Option` either way."
    Schema r#"{"properties": {"a": {"type": "string", "nullable": true}}}"# => r#"{"properties": {"a": {"type": "string"}}}"#;

REQUIRED_PROPERTY_ADDED "required-property-added" "required property added"
    [Breaking Major] [Compatible Minor] "Requests without it fail, and `new` of the type takes another argument; a response type gains a field."
    Schema r#"{"properties": {}}"# => r#"{"properties": {"a": {}}, "required": ["a"]}"#;

REQUIRED_PROPERTY_WITH_DEFAULT_ADDED "required-property-with-default-added" "required property with a default added"
    [Risky Major] [Compatible Minor] "The service may or may not fill in the default; `new` of the type takes another argument."
    Schema r#"{"properties": {}}"# => r#"{"properties": {"a": {"default": 1}}, "required": ["a"]}"#;

OPTIONAL_PROPERTY_ADDED "optional-property-added" "optional property added"
    [Compatible Minor] [Compatible Minor] "The type gains a field, and a setter if it is used in requests."
    Schema r#"{"properties": {}}"# => r#"{"properties": {"a": {}}}"#;

PROPERTIES_DESCRIBED "properties-described" "properties of an object described"
    [Risky Major] [Compatible Major] "Properties that could be anything are described; the Rust type changes from a map to a struct."
    Schema r#"{"type": "object"}"# => r#"{"type": "object", "properties": {"a": {}}}"#;

REQUIRED_PROPERTY_REMOVED "required-property-removed" "required property removed"
    [Risky Major] [Breaking Major] "Clients that read it no longer find it; the type loses a field."
    Schema r#"{"properties": {"a": {}}, "required": ["a"]}"# => r#"{"properties": {}}"#;

OPTIONAL_PROPERTY_REMOVED "optional-property-removed" "optional property removed"
    [Risky Major] [Risky Major] "It may be refused when sent, and no longer arrives; the type loses a field."
    Schema r#"{"properties": {"a": {}}}"# => r#"{"properties": {}}"#;

REQUIRED_PROPERTY_FORBIDDEN "required-property-forbidden" "required property removed where others are refused"
    [Breaking Major] [Breaking Major] "Requests with it fail, because additional properties are not allowed, or are of another schema. Clients that read it no longer find it; the type loses a field."
    Schema r#"{"properties": {"a": {}, "b": {}}, "required": ["a"], "additionalProperties": false}"# => r#"{"properties": {"b": {}}, "additionalProperties": false}"#;

OPTIONAL_PROPERTY_FORBIDDEN "optional-property-forbidden" "optional property removed where others are refused"
    [Breaking Major] [Risky Major] "Requests with it fail, because additional properties are not allowed, or are of another schema. It no longer arrives; the type loses a field."
    Schema r#"{"properties": {"a": {}, "b": {}}, "additionalProperties": false}"# => r#"{"properties": {"b": {}}, "additionalProperties": false}"#;

PROPERTY_RENAMED "property-renamed" "property renamed"
    [Compatible Major] [Compatible Major] "A property was removed, and an equal one was added: with the same description, or as the only one. The HTTP verdict is that of both edits; the Rust field is renamed."
    Schema r#"{"properties": {"a": {"description": "The name."}}}"# => r#"{"properties": {"b": {"description": "The name."}}}"#;

PROPERTY_BECAME_REQUIRED "property-became-required" "property became required"
    [Breaking Major] [Compatible Major] "Requests without it fail; the field's type `Option<T>` becomes `T`."
    Schema r#"{"properties": {"a": {}}}"# => r#"{"properties": {"a": {}}, "required": ["a"]}"#;

PROPERTY_BECAME_OPTIONAL "property-became-optional" "property became optional"
    [Compatible Major] [Breaking Major] "Clients that read it may not find it; the field's type `T` becomes `Option<T>`."
    Schema r#"{"properties": {"a": {}}, "required": ["a"]}"# => r#"{"properties": {"a": {}}}"#;

BECAME_READ_ONLY "became-read-only" "became read-only"
    [Risky Patch] [Compatible Patch] "Sending it may be refused; the Rust type keeps the field."
    Schema r#"{"type": "string"}"# => r#"{"type": "string", "readOnly": true}"#;

NO_LONGER_READ_ONLY "no-longer-read-only" "no longer read-only"
    [Compatible Patch] [Compatible Patch] "It may be sent now."
    Schema r#"{"type": "string", "readOnly": true}"# => r#"{"type": "string"}"#;

BECAME_WRITE_ONLY "became-write-only" "became write-only"
    [Compatible Patch] [Breaking Patch] "It no longer arrives; the Rust type keeps the field."
    Schema r#"{"type": "string"}"# => r#"{"type": "string", "writeOnly": true}"#;

NO_LONGER_WRITE_ONLY "no-longer-write-only" "no longer write-only"
    [Compatible Patch] [Compatible Patch] "It arrives now."
    Schema r#"{"type": "string", "writeOnly": true}"# => r#"{"type": "string"}"#;

DEFAULT_ADDED "default-added" "default added"
    [Risky Patch] [Compatible Patch] "Omitting it now means this value."
    Schema r#"{"type": "integer"}"# => r#"{"type": "integer", "default": 1}"#;

DEFAULT_REMOVED "default-removed" "default removed"
    [Risky Patch] [Compatible Patch] "Omitting it no longer means this value."
    Schema r#"{"type": "integer", "default": 1}"# => r#"{"type": "integer"}"#;

DEFAULT_CHANGED "default-changed" "default changed"
    [Risky Patch] [Compatible Patch] "Omitting it means another value."
    Schema r#"{"type": "integer", "default": 1}"# => r#"{"type": "integer", "default": 2}"#;

BOUND_TIGHTENED "bound-tightened" "constraint tightened"
    [Breaking Major] [Compatible Patch] limit SentValues "Values that were accepted are refused (length, range, step, number of items or properties, uniqueness). Calls that passed still compile, but fail before anything is sent, so this counts as major."
    Schema r#"{"type": "string", "maxLength": 20}"# => r#"{"type": "string", "maxLength": 10}"#;

BOUND_LOOSENED "bound-loosened" "constraint loosened"
    [Compatible Patch] [Risky Patch] "Values outside the former constraint may arrive (length, range, step, number of items or properties, uniqueness)."
    Schema r#"{"type": "string", "maxLength": 10}"# => r#"{"type": "string", "maxLength": 20}"#;

PATTERN_ADDED "pattern-added" "pattern added"
    [Breaking Major] [Compatible Patch] limit SentValues "Values that do not match are refused. Calls that passed still compile, but fail before anything is sent, so this counts as major."
    Schema r#"{"type": "string"}"# => r#"{"type": "string", "pattern": "^a"}"#;

PATTERN_REMOVED "pattern-removed" "pattern removed"
    [Compatible Patch] [Risky Patch] "Values that do not match may arrive."
    Schema r#"{"type": "string", "pattern": "^a"}"# => r#"{"type": "string"}"#;

PATTERN_CHANGED "pattern-changed" "pattern changed"
    [Risky Major] [Risky Patch] limit SentValues "Patterns cannot be compared automatically. Values that no longer match are refused before anything is sent, so this counts as major."
    Schema r#"{"type": "string", "pattern": "^a"}"# => r#"{"type": "string", "pattern": "^b"}"#;

MULTIPLE_OF_CHANGED "multiple-of-changed" "multipleOf changed"
    [Risky Major] [Risky Patch] limit SentValues "Other numbers are allowed. Those no longer allowed are refused before anything is sent, so this counts as major."
    Schema r#"{"type": "integer", "multipleOf": 2}"# => r#"{"type": "integer", "multipleOf": 3}"#;

EXTRA_PROPERTIES_FORBIDDEN "additional-properties-forbidden" "additional properties forbidden"
    [Breaking Major] [Compatible Major] "Other properties are refused; the Rust type has no field for them."
    Schema r#"{"type": "object"}"# => r#"{"type": "object", "additionalProperties": false}"#;

EXTRA_PROPERTIES_ALLOWED "additional-properties-allowed" "additional properties allowed"
    [Compatible Major] [Risky Major] "Other properties may arrive; the Rust type may get a field for them."
    Schema r#"{"type": "object", "additionalProperties": false}"# => r#"{"type": "object"}"#;

EXTRA_PROPERTIES_NAMED "additional-properties-named" "additional properties declared"
    [Compatible Minor] [Compatible Minor] "They were allowed before by default; the Rust struct gains a field for them."
    Schema r#"{"properties": {"a": {}}}"# => r#"{"properties": {"a": {}}, "additionalProperties": true}"#;

EXTRA_PROPERTIES_NOT_NAMED "additional-properties-not-named" "additional properties no longer declared"
    [Compatible Major] [Compatible Major] "They are still allowed by default; the Rust struct loses the field for them."
    Schema r#"{"properties": {"a": {}}, "additionalProperties": true}"# => r#"{"properties": {"a": {}}}"#;

EXTRA_PROPERTIES_NARROWED "additional-properties-narrowed" "additional properties restricted to a schema"
    [Breaking Major] [Compatible Major] "Other values are refused; the values of the Rust map have a type."
    Schema r#"{"type": "object"}"# => r#"{"type": "object", "additionalProperties": {"type": "string"}}"#;

EXTRA_PROPERTIES_WIDENED "additional-properties-widened" "additional properties no longer restricted to a schema"
    [Compatible Major] [Risky Major] "Anything may arrive; the values of the Rust map are JSON values."
    Schema r#"{"type": "object", "additionalProperties": {"type": "string"}}"# => r#"{"type": "object"}"#;

ONE_OF_ADDED "one-of-member-added" "union member added"
    [Compatible Minor] [Risky Minor] "A client with a closed list fails on it; the crate's unions are `#[non_exhaustive]` with `Unknown`, and gain a variant."
    Schema r#"{"oneOf": [{"type": "string"}, {"type": "boolean"}]}"# => r#"{"oneOf": [{"type": "string"}, {"type": "boolean"}, {"type": "number"}]}"#;

ONE_OF_REMOVED "one-of-member-removed" "union member removed"
    [Breaking Major] [Compatible Major] "Sending it fails; the Rust enum loses a variant."
    Schema r#"{"oneOf": [{"type": "string"}, {"type": "boolean"}, {"type": "number"}]}"# => r#"{"oneOf": [{"type": "string"}, {"type": "boolean"}]}"#;

ANY_OF_ADDED "any-of-member-added" "anyOf member added"
    [Compatible Minor] [Risky Minor] "More is accepted and more may arrive; in Rust, `anyOf` is an open enum like `oneOf`, and gains a variant."
    Schema r#"{"anyOf": [{"type": "string"}, {"type": "boolean"}]}"# => r#"{"anyOf": [{"type": "string"}, {"type": "boolean"}, {"type": "number"}]}"#;

ANY_OF_REMOVED "any-of-member-removed" "anyOf member removed"
    [Breaking Major] [Compatible Major] "Sending it fails; the Rust enum loses a variant."
    Schema r#"{"anyOf": [{"type": "string"}, {"type": "boolean"}, {"type": "number"}]}"# => r#"{"anyOf": [{"type": "string"}, {"type": "boolean"}]}"#;

ALL_OF_ADDED "all-of-member-added" "allOf member added"
    [Breaking Major] [Compatible Major] "Values may not satisfy the new member; the Rust type gains its fields."
    Schema r#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}"# => r#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}, {"properties": {"a": {}}, "required": ["a"]}]}"#;

ALL_OF_OPTIONAL_ADDED "all-of-optional-member-added" "allOf member with optional properties added"
    [Compatible Minor] [Compatible Minor] "The new member requires nothing; the Rust type gains its fields."
    Schema r#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}"# => r#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}, {"properties": {"c": {}}}]}"#;

ALL_OF_REMOVED "all-of-member-removed" "allOf member removed"
    [Compatible Major] [Breaking Major] "Properties of the removed member may be missing; the Rust type loses its fields."
    Schema r#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}, {"properties": {"c": {}}, "required": ["c"]}]}"# => r#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}"#;

ALL_OF_OPTIONAL_REMOVED "all-of-optional-member-removed" "allOf member with optional properties removed"
    [Risky Major] [Risky Major] "Properties of the removed member may be refused when sent, and may no longer arrive; the Rust type loses its fields."
    Schema r#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}, {"properties": {"c": {}}}]}"# => r#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}"#;

ASSERTION_ADDED "assertion-added" "constraint added that OpenAPI 3.0.3 lacks"
    [Breaking Patch] [Compatible Patch] "Values that were accepted are refused by the service (`patternProperties`, `propertyNames`, `dependentRequired`, `if` and others, which normalizing preserves as extensions). The client does not check them."
    Schema r#"{"type": "object"}"# => r#"{"type": "object", "x-patternProperties": {"^a": {"type": "string"}}}"#;

ASSERTION_REMOVED "assertion-removed" "constraint removed that OpenAPI 3.0.3 lacks"
    [Compatible Patch] [Risky Patch] "Values outside the former constraint may arrive (`patternProperties`, `propertyNames`, `dependentRequired`, `if` and others, which normalizing preserves as extensions)."
    Schema r#"{"type": "object", "x-patternProperties": {"^a": {"type": "string"}}}"# => r#"{"type": "object"}"#;

ASSERTION_CHANGED "assertion-changed" "constraint changed that OpenAPI 3.0.3 lacks"
    [Risky Patch] [Risky Patch] "Such constraints cannot be compared automatically. Other values are accepted (`patternProperties`, `propertyNames`, `dependentRequired`, `if` and others, which normalizing preserves as extensions)."
    Schema r#"{"type": "object", "x-patternProperties": {"^a": {"type": "string"}}}"# => r#"{"type": "object", "x-patternProperties": {"^b": {"type": "string"}}}"#;

NOT_ADDED "not-added" "excluded schema added"
    [Breaking Patch] [Compatible Patch] "Values that match it are refused (`not`); the client does not check it, and Rust types do not depend on it."
    Schema r#"{}"# => r#"{"not": {"type": "string"}}"#;

NOT_REMOVED "not-removed" "excluded schema removed"
    [Compatible Patch] [Risky Patch] "Values that match it may arrive (`not`); Rust types do not depend on it."
    Schema r#"{"not": {"type": "string"}}"# => r#"{}"#;

NOT_CHANGED "not-changed" "excluded schema changed"
    [Risky Patch] [Risky Patch] "Other values are excluded (`not`); Rust types do not depend on it."
    Schema r#"{"not": {"type": "string"}}"# => r#"{"not": {"type": "boolean"}}"#;

DISCRIMINATOR_ADDED "discriminator-added" "discriminator added"
    [Compatible Patch] [Compatible Patch] "The same JSON; the crate distinguishes members by their constant properties."
    Schema r#"{"oneOf": [{}, {"type": "string"}]}"# => r#"{"oneOf": [{}, {"type": "string"}], "discriminator": {"propertyName": "type"}}"#;

DISCRIMINATOR_REMOVED "discriminator-removed" "discriminator removed"
    [Compatible Patch] [Compatible Patch] "The same JSON; the crate distinguishes members by their constant properties."
    Schema r#"{"oneOf": [{}, {"type": "string"}], "discriminator": {"propertyName": "type"}}"# => r#"{"oneOf": [{}, {"type": "string"}]}"#;

DISCRIMINATOR_CHANGED "discriminator-changed" "discriminator changed"
    [Breaking Patch] [Breaking Patch] "Another property, or another value of it, distinguishes the members; the crate uses the members' constant properties, whose changes are reported separately."
    Schema r#"{"oneOf": [{}, {"type": "string"}], "discriminator": {"propertyName": "kind"}}"# => r#"{"oneOf": [{}, {"type": "string"}], "discriminator": {"propertyName": "type"}}"#;

DISCRIMINATOR_MAPPING_DESCRIBED "discriminator-mapping-described" "discriminator values of members listed"
    [Compatible Patch] [Compatible Patch] "The same JSON: the members are in the union already, and either no values were listed before, or the members list these values themselves."
    Schema r##"{"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "string"}], "discriminator": {"propertyName": "type"}}"## => r##"{"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "string"}], "discriminator": {"propertyName": "type", "mapping": {"a": "#/components/schemas/A"}}}"##;

DISCRIMINATOR_MAPPING_ADDED "discriminator-mapping-added" "discriminator values added"
    [Compatible Patch] [Risky Patch] "Another value identifies a member; the crate's unions are open."
    Schema r#"{"oneOf": [{}, {"type": "string"}], "discriminator": {"propertyName": "type"}}"# => r##"{"oneOf": [{}, {"type": "string"}], "discriminator": {"propertyName": "type", "mapping": {"a": "#/components/schemas/A"}}}"##;

DISCRIMINATOR_MAPPING_REMOVED "discriminator-mapping-removed" "discriminator values removed"
    [Breaking Patch] [Compatible Patch] "A value no longer identifies a member; a removed member is reported separately."
    Schema r##"{"oneOf": [{}, {"type": "string"}], "discriminator": {"propertyName": "type", "mapping": {"a": "#/components/schemas/A"}}}"## => r#"{"oneOf": [{}, {"type": "string"}], "discriminator": {"propertyName": "type"}}"#;

MEMBER_TITLE_CHANGED "member-title-changed" "title of a union member changed"
    [Compatible Major] [Compatible Major] "The variant of an inline member may be named after its title."
    Schema r#"{"oneOf": [{"type": "object", "title": "Old", "properties": {"a": {}}}, {"type": "string"}]}"#
        => r#"{"oneOf": [{"type": "object", "title": "New", "properties": {"a": {}}}, {"type": "string"}]}"#;

XML_CHANGED "xml-changed" "XML form changed"
    [Risky Patch] [Risky Patch] "The client uses JSON."
    Schema r#"{}"# => r#"{"xml": {"name": "a"}}"#;
}
