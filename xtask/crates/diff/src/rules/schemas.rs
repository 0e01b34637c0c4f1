//! Schemas: components, types, properties, constraints, composition.

use super::rules;

rules! { SCHEMA_RULES of Schemas:

SCHEMA_ADDED "schema-added" "schema added"
    [Compatible Minor] [Compatible Minor] "The crate gains a type."
    Document r#"{"components": {"schemas": {}}}"# => r#"{"components": {"schemas": {"A": {"type": "string"}}}}"#;

SCHEMA_REMOVED "schema-removed" "schema removed"
    [Compatible Major] [Compatible Major] "The crate loses a type; for HTTP, what used it has rows of its own."
    Document r#"{"components": {"schemas": {"A": {"type": "string"}}}}"# => r#"{"components": {"schemas": {}}}"#;

SCHEMA_RENAMED "schema-renamed" "schema renamed"
    [Compatible Major] [Compatible Major] "HTTP does not know the name; the Rust type is named by it."
    Document r#"{"components": {"schemas": {"A": {"type": "string"}}}}"# => r#"{"components": {"schemas": {"B": {"type": "string"}}}}"#;

SCHEMA_EXTRACTED "schema-extracted" "inline schema became a component"
    [Compatible Major] [Compatible Major] "Same JSON; the Rust type is now named by the component."
    Document r##"{"components": {"schemas": {"A": {"properties": {"x": {"properties": {"y": {}}}}}}}}"##
        => r##"{"components": {"schemas": {"A": {"properties": {"x": {"$ref": "#/components/schemas/B"}}}, "B": {"properties": {"y": {}}}}}}"##;

SCHEMA_INLINED "schema-inlined" "component became an inline schema"
    [Compatible Major] [Compatible Major] "Same JSON; the Rust type is now named by where it stands."
    Document r##"{"components": {"schemas": {"A": {"properties": {"x": {"$ref": "#/components/schemas/B"}}}, "B": {"properties": {"y": {}}}}}}"##
        => r##"{"components": {"schemas": {"A": {"properties": {"x": {"properties": {"y": {}}}}}}}}"##;

SCHEMA_REPLACED "schema-replaced" "another schema is used here"
    [Compatible Major] [Compatible Major] "The Rust type is another one. The HTTP verdict is that of the differences between the two schemas: none if they describe the same JSON."
    Document r##"{"components": {"schemas": {"A": {"items": {"$ref": "#/components/schemas/B"}}, "B": {"type": "string"}, "C": {"type": "string"}}}}"##
        => r##"{"components": {"schemas": {"A": {"items": {"$ref": "#/components/schemas/C"}}, "B": {"type": "string"}, "C": {"type": "string"}}}}"##;

TYPE_CHANGED "type-changed" "type changed"
    [Breaking Major] [Breaking Major] "Other JSON, another Rust type."
    Schema r#"{"type": "string"}"# => r#"{"type": "boolean"}"#;

TYPE_WIDENED "type-widened" "type became wider"
    [Compatible Major] [Breaking Major] "Everything sent before is still accepted, but more may arrive; another Rust type."
    Schema r#"{"type": "integer"}"# => r#"{"type": "number"}"#;

TYPE_NARROWED "type-narrowed" "type became narrower"
    [Breaking Major] [Compatible Major] "Some of what was sent is refused now, and less may arrive; another Rust type."
    Schema r#"{"type": "number"}"# => r#"{"type": "integer"}"#;

BECAME_UNION "became-union" "became a union that holds the old schema"
    [Compatible Major] [Breaking Major] "Everything sent before is still accepted, but more may arrive; the Rust type becomes an enum."
    Schema r#"{"type": "string"}"# => r#"{"oneOf": [{"type": "string"}, {"type": "boolean"}]}"#;

NO_LONGER_UNION "no-longer-union" "one member of a union stays"
    [Breaking Major] [Compatible Major] "The other members are refused; the Rust type is no longer an enum."
    Schema r#"{"oneOf": [{"type": "string"}, {"type": "boolean"}]}"# => r#"{"type": "string"}"#;

COMPOSITION_CHANGED "composition-changed" "members are combined another way"
    [Risky Major] [Risky Major] "Between `oneOf`, `anyOf` and `allOf` the members stay and what they mean together changes."
    Schema r#"{"oneOf": [{"type": "string"}, {"type": "boolean"}]}"# => r#"{"anyOf": [{"type": "string"}, {"type": "boolean"}]}"#;

FORMAT_CHANGED "format-changed" "format changed"
    [Breaking Patch] [Breaking Patch] "Values are spelled another way; the Rust type stays the same."
    Schema r#"{"type": "string", "format": "uri"}"# => r#"{"type": "string", "format": "email"}"#;

FORMAT_ADDED "format-added" "format added"
    [Risky Patch] [Compatible Patch] "Values that were accepted may be refused; the Rust type stays the same."
    Schema r#"{"type": "string"}"# => r#"{"type": "string", "format": "uri"}"#;

FORMAT_REMOVED "format-removed" "format removed"
    [Compatible Patch] [Risky Patch] "Other spellings may arrive; the Rust type stays the same."
    Schema r#"{"type": "string", "format": "uri"}"# => r#"{"type": "string"}"#;

TIME_FORMAT_CHANGED "time-format-changed" "format of a date or time changed"
    [Breaking Major] [Breaking Major] "Values are spelled another way; dates and times have Rust types of their own."
    Schema r#"{"type": "string", "format": "date"}"# => r#"{"type": "string", "format": "date-time"}"#;

TIME_FORMAT_ADDED "time-format-added" "text became a date or time"
    [Risky Major] [Compatible Major] "Values that were accepted may be refused; dates and times have Rust types of their own."
    Schema r#"{"type": "string"}"# => r#"{"type": "string", "format": "date"}"#;

TIME_FORMAT_REMOVED "time-format-removed" "date or time became text"
    [Compatible Major] [Risky Major] "Other spellings may arrive; dates and times have Rust types of their own."
    Schema r#"{"type": "string", "format": "date"}"# => r#"{"type": "string"}"#;

BECAME_NULLABLE "became-nullable" "may be null"
    [Compatible Major] [Breaking Major] "A client that reads it must expect null; the Rust type becomes `Option`."
    Schema r#"{"type": "string"}"# => r#"{"type": "string", "nullable": true}"#;

BECAME_NOT_NULLABLE "became-not-nullable" "may not be null any more"
    [Breaking Major] [Compatible Major] "Sending null fails; the Rust type is no longer `Option`."
    Schema r#"{"type": "string", "nullable": true}"# => r#"{"type": "string"}"#;

OPTIONAL_BECAME_NULLABLE "optional-property-became-nullable" "optional property may be null"
    [Compatible Major] [Risky Patch] "In a request, null now differs from absent (`Option` becomes `Patch`); in a response both are `None`."
    Schema r#"{"properties": {"a": {"type": "string"}}}"# => r#"{"properties": {"a": {"type": "string", "nullable": true}}}"#;

OPTIONAL_BECAME_NOT_NULLABLE "optional-property-became-not-nullable" "optional property may not be null any more"
    [Breaking Major] [Compatible Patch] "In a request, `Patch` becomes `Option`; in a response the field is an `Option` either way."
    Schema r#"{"properties": {"a": {"type": "string", "nullable": true}}}"# => r#"{"properties": {"a": {"type": "string"}}}"#;

REQUIRED_PROPERTY_ADDED "required-property-added" "required property added"
    [Breaking Major] [Compatible Minor] "Requests without it fail, and `new` of the type takes one argument more; a response type gains a field."
    Schema r#"{"properties": {}}"# => r#"{"properties": {"a": {}}, "required": ["a"]}"#;

REQUIRED_PROPERTY_WITH_DEFAULT_ADDED "required-property-with-default-added" "required property with a default added"
    [Risky Major] [Compatible Minor] "The service may fill in the default, but need not; `new` of the type takes one argument more."
    Schema r#"{"properties": {}}"# => r#"{"properties": {"a": {"default": 1}}, "required": ["a"]}"#;

OPTIONAL_PROPERTY_ADDED "optional-property-added" "optional property added"
    [Compatible Minor] [Compatible Minor] "The type gains a field, and a setter where it is sent."
    Schema r#"{"properties": {}}"# => r#"{"properties": {"a": {}}}"#;

PROPERTIES_DESCRIBED "properties-described" "properties of an object described"
    [Risky Major] [Compatible Major] "What was free is described; the Rust type, a map, becomes a struct."
    Schema r#"{"type": "object"}"# => r#"{"type": "object", "properties": {"a": {}}}"#;

REQUIRED_PROPERTY_REMOVED "required-property-removed" "required property removed"
    [Risky Major] [Breaking Major] "Clients that read it find nothing; the type loses a field."
    Schema r#"{"properties": {"a": {}}, "required": ["a"]}"# => r#"{"properties": {}}"#;

OPTIONAL_PROPERTY_REMOVED "optional-property-removed" "optional property removed"
    [Risky Major] [Risky Major] "It may be refused when sent, and no longer arrives; the type loses a field."
    Schema r#"{"properties": {"a": {}}}"# => r#"{"properties": {}}"#;

PROPERTY_RENAMED "property-renamed" "property renamed"
    [Compatible Major] [Compatible Major] "A property is gone, and another of the same description is there. The HTTP verdict is that of both together; the Rust field has another name."
    Schema r#"{"properties": {"a": {"description": "The name."}}}"# => r#"{"properties": {"b": {"description": "The name."}}}"#;

PROPERTY_BECAME_REQUIRED "property-became-required" "property became required"
    [Breaking Major] [Compatible Major] "Requests without it fail; the field's type `Option<T>` becomes `T`."
    Schema r#"{"properties": {"a": {}}}"# => r#"{"properties": {"a": {}}, "required": ["a"]}"#;

PROPERTY_BECAME_OPTIONAL "property-became-optional" "property became optional"
    [Compatible Major] [Breaking Major] "Clients that read it may find nothing; the field's type `T` becomes `Option<T>`."
    Schema r#"{"properties": {"a": {}}, "required": ["a"]}"# => r#"{"properties": {"a": {}}}"#;

BECAME_READ_ONLY "became-read-only" "became read-only"
    [Risky Patch] [Compatible Patch] "Sending it may be refused; the Rust type keeps the field."
    Schema r#"{"type": "string"}"# => r#"{"type": "string", "readOnly": true}"#;

NO_LONGER_READ_ONLY "no-longer-read-only" "is no longer read-only"
    [Compatible Patch] [Compatible Patch] "It may be sent now."
    Schema r#"{"type": "string", "readOnly": true}"# => r#"{"type": "string"}"#;

BECAME_WRITE_ONLY "became-write-only" "became write-only"
    [Compatible Patch] [Breaking Patch] "It no longer arrives; the Rust type keeps the field."
    Schema r#"{"type": "string"}"# => r#"{"type": "string", "writeOnly": true}"#;

NO_LONGER_WRITE_ONLY "no-longer-write-only" "is no longer write-only"
    [Compatible Patch] [Compatible Patch] "It arrives now."
    Schema r#"{"type": "string", "writeOnly": true}"# => r#"{"type": "string"}"#;

DEFAULT_ADDED "default-added" "default added"
    [Risky Patch] [Compatible Patch] "Leaving it out now means this value."
    Schema r#"{"type": "integer"}"# => r#"{"type": "integer", "default": 1}"#;

DEFAULT_REMOVED "default-removed" "default removed"
    [Risky Patch] [Compatible Patch] "Leaving it out no longer means this value."
    Schema r#"{"type": "integer", "default": 1}"# => r#"{"type": "integer"}"#;

DEFAULT_CHANGED "default-changed" "default changed"
    [Risky Patch] [Compatible Patch] "Leaving it out means another value."
    Schema r#"{"type": "integer", "default": 1}"# => r#"{"type": "integer", "default": 2}"#;

BOUND_TIGHTENED "bound-tightened" "limit became stricter"
    [Breaking Major] [Compatible Patch] "Values that were accepted are refused (length, range, step, number of items or properties, uniqueness). Calls that passed still compile, but fail before anything is sent, so this counts as major."
    Schema r#"{"type": "string", "maxLength": 20}"# => r#"{"type": "string", "maxLength": 10}"#;

BOUND_LOOSENED "bound-loosened" "limit became wider"
    [Compatible Patch] [Risky Patch] "Values beyond the old limit may arrive (length, range, step, number of items or properties, uniqueness)."
    Schema r#"{"type": "string", "maxLength": 10}"# => r#"{"type": "string", "maxLength": 20}"#;

PATTERN_ADDED "pattern-added" "pattern added"
    [Breaking Major] [Compatible Patch] "Values that do not match are refused. Calls that passed still compile, but fail before anything is sent, so this counts as major."
    Schema r#"{"type": "string"}"# => r#"{"type": "string", "pattern": "^a"}"#;

PATTERN_REMOVED "pattern-removed" "pattern removed"
    [Compatible Patch] [Risky Patch] "Values that do not match may arrive."
    Schema r#"{"type": "string", "pattern": "^a"}"# => r#"{"type": "string"}"#;

PATTERN_CHANGED "pattern-changed" "pattern changed"
    [Risky Major] [Risky Patch] "Which pattern matches more is for a person to judge. What no longer matches fails before anything is sent, so this counts as major."
    Schema r#"{"type": "string", "pattern": "^a"}"# => r#"{"type": "string", "pattern": "^b"}"#;

MULTIPLE_OF_CHANGED "multiple-of-changed" "step of allowed numbers changed"
    [Risky Major] [Risky Patch] "Other numbers are allowed. Those that no longer are fail before anything is sent, so this counts as major."
    Schema r#"{"type": "integer", "multipleOf": 2}"# => r#"{"type": "integer", "multipleOf": 3}"#;

EXTRA_PROPERTIES_FORBIDDEN "additional-properties-forbidden" "further properties forbidden"
    [Breaking Major] [Compatible Major] "Other properties are refused; the Rust type has no place for them."
    Schema r#"{"type": "object"}"# => r#"{"type": "object", "additionalProperties": false}"#;

EXTRA_PROPERTIES_ALLOWED "additional-properties-allowed" "further properties allowed"
    [Compatible Major] [Risky Major] "Other properties may arrive; the Rust type may get a place for them."
    Schema r#"{"type": "object", "additionalProperties": false}"# => r#"{"type": "object"}"#;

EXTRA_PROPERTIES_NAMED "additional-properties-named" "further properties expected"
    [Compatible Minor] [Compatible Minor] "They were allowed before, but nothing said so; the Rust struct gains a field that keeps them."
    Schema r#"{"properties": {"a": {}}}"# => r#"{"properties": {"a": {}}, "additionalProperties": true}"#;

EXTRA_PROPERTIES_NOT_NAMED "additional-properties-not-named" "further properties no longer expected"
    [Compatible Major] [Compatible Major] "They are still allowed, but nothing says so; the Rust struct loses the field that keeps them."
    Schema r#"{"properties": {"a": {}}, "additionalProperties": true}"# => r#"{"properties": {"a": {}}}"#;

EXTRA_PROPERTIES_NARROWED "additional-properties-narrowed" "further properties must fit a schema"
    [Breaking Major] [Compatible Major] "Other values are refused; the values of the Rust map have a type."
    Schema r#"{"type": "object"}"# => r#"{"type": "object", "additionalProperties": {"type": "string"}}"#;

EXTRA_PROPERTIES_WIDENED "additional-properties-widened" "further properties may be anything"
    [Compatible Major] [Risky Major] "Anything may arrive; the values of the Rust map are JSON values."
    Schema r#"{"type": "object", "additionalProperties": {"type": "string"}}"# => r#"{"type": "object"}"#;

ONE_OF_ADDED "one-of-member-added" "union member added"
    [Compatible Minor] [Risky Minor] "A client with a closed list fails on it; the crate's unions are `#[non_exhaustive]` with `Unknown`, and gain a variant."
    Schema r#"{"oneOf": [{"type": "string"}, {"type": "boolean"}]}"# => r#"{"oneOf": [{"type": "string"}, {"type": "boolean"}, {"type": "number"}]}"#;

ONE_OF_REMOVED "one-of-member-removed" "union member removed"
    [Breaking Major] [Compatible Major] "Sending it fails; the Rust enum loses a variant."
    Schema r#"{"oneOf": [{"type": "string"}, {"type": "boolean"}, {"type": "number"}]}"# => r#"{"oneOf": [{"type": "string"}, {"type": "boolean"}]}"#;

ANY_OF_ADDED "any-of-member-added" "alternative added"
    [Compatible Minor] [Risky Minor] "More is accepted and more may arrive; in Rust, `anyOf` is an open enum like `oneOf`, and gains a variant."
    Schema r#"{"anyOf": [{"type": "string"}, {"type": "boolean"}]}"# => r#"{"anyOf": [{"type": "string"}, {"type": "boolean"}, {"type": "number"}]}"#;

ANY_OF_REMOVED "any-of-member-removed" "alternative removed"
    [Breaking Major] [Compatible Major] "Sending it fails; the Rust enum loses a variant."
    Schema r#"{"anyOf": [{"type": "string"}, {"type": "boolean"}, {"type": "number"}]}"# => r#"{"anyOf": [{"type": "string"}, {"type": "boolean"}]}"#;

ALL_OF_ADDED "all-of-member-added" "must fit one schema more"
    [Breaking Major] [Compatible Major] "What was sent may lack what the new part asks for; the Rust type gains its fields."
    Schema r#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}"# => r#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}, {"properties": {"c": {}}, "required": ["c"]}]}"#;

ALL_OF_OPTIONAL_ADDED "all-of-optional-member-added" "optional properties of one schema more"
    [Compatible Minor] [Compatible Minor] "The new part of an `allOf` asks for nothing; the Rust type gains its fields."
    Schema r#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}"# => r#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}, {"properties": {"c": {}}}]}"#;

ALL_OF_REMOVED "all-of-member-removed" "must fit one schema less"
    [Compatible Major] [Breaking Major] "What the removed part promised may be missing; the Rust type loses its fields."
    Schema r#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}, {"properties": {"c": {}}, "required": ["c"]}]}"# => r#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}"#;

ALL_OF_OPTIONAL_REMOVED "all-of-optional-member-removed" "optional properties of one schema less"
    [Risky Major] [Risky Major] "What the removed part of an `allOf` described may be refused when sent, and no longer arrives; the Rust type loses its fields."
    Schema r#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}, {"properties": {"c": {}}}]}"# => r#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}"#;

NOT_CHANGED "not-changed" "excluded schema changed"
    [Risky Patch] [Risky Patch] "Other values are excluded (`not`); Rust types do not depend on it."
    Schema r#"{}"# => r#"{"not": {"type": "string"}}"#;

DISCRIMINATOR_ADDED "discriminator-added" "discriminator added"
    [Compatible Patch] [Compatible Patch] "The same JSON; the crate tells members apart by their own properties."
    Schema r#"{"oneOf": [{}, {"type": "string"}]}"# => r#"{"oneOf": [{}, {"type": "string"}], "discriminator": {"propertyName": "type"}}"#;

DISCRIMINATOR_REMOVED "discriminator-removed" "discriminator removed"
    [Compatible Patch] [Compatible Patch] "The same JSON; the crate tells members apart by their own properties."
    Schema r#"{"oneOf": [{}, {"type": "string"}], "discriminator": {"propertyName": "type"}}"# => r#"{"oneOf": [{}, {"type": "string"}]}"#;

DISCRIMINATOR_CHANGED "discriminator-changed" "discriminator changed"
    [Breaking Patch] [Breaking Patch] "Another property, or another value of it, tells the members apart; the crate goes by the members' own properties, which have rows of their own."
    Schema r#"{"oneOf": [{}, {"type": "string"}], "discriminator": {"propertyName": "kind"}}"# => r#"{"oneOf": [{}, {"type": "string"}], "discriminator": {"propertyName": "type"}}"#;

DISCRIMINATOR_MAPPING_ADDED "discriminator-mapping-added" "discriminator values added"
    [Compatible Patch] [Risky Patch] "One more value tells a member; the crate's unions are open."
    Schema r#"{"oneOf": [{}, {"type": "string"}], "discriminator": {"propertyName": "type"}}"# => r##"{"oneOf": [{}, {"type": "string"}], "discriminator": {"propertyName": "type", "mapping": {"a": "#/components/schemas/A"}}}"##;

DISCRIMINATOR_MAPPING_REMOVED "discriminator-mapping-removed" "discriminator values removed"
    [Breaking Patch] [Compatible Patch] "A value no longer tells a member; a member that goes with it has a row of its own."
    Schema r##"{"oneOf": [{}, {"type": "string"}], "discriminator": {"propertyName": "type", "mapping": {"a": "#/components/schemas/A"}}}"## => r#"{"oneOf": [{}, {"type": "string"}], "discriminator": {"propertyName": "type"}}"#;

MEMBER_TITLE_CHANGED "member-title-changed" "title of a union's member changed"
    [Compatible Major] [Compatible Major] "The variant of a member that is written in place may be named by its title."
    Schema r#"{"oneOf": [{"type": "object", "title": "Old", "properties": {"a": {}}}, {"type": "string"}]}"#
        => r#"{"oneOf": [{"type": "object", "title": "New", "properties": {"a": {}}}, {"type": "string"}]}"#;

XML_CHANGED "xml-changed" "XML form changed"
    [Risky Patch] [Risky Patch] "The client speaks JSON."
    Schema r#"{}"# => r#"{"xml": {"name": "a"}}"#;
}
