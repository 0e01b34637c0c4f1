//! Nothing that a server sends is lost or changed when it is sent back.

use gitbook_api::decode;
use gitbook_api::types::*;
use gitbook_api::{Body, DateTime, Map};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Decodes a value, and returns it with what it is encoded as.
fn decoded<T: DeserializeOwned + Body>(value: &Value) -> (T, Value) {
    let text = value.to_string();
    let decoded: T =
        decode::json(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"));
    let encoded = decoded.to_json().expect("a type of the API is JSON");
    let by_serde = serde_json::to_string(&decoded).expect("a type of the API is JSON");
    assert_eq!(by_serde.as_bytes(), encoded);
    let encoded = serde_json::from_slice(&encoded).expect("what is written is JSON");
    (decoded, encoded)
}

#[track_caller]
fn unchanged<T: DeserializeOwned + Body>(value: Value) -> T {
    let (decoded, encoded) = decoded(&value);
    assert_eq!(encoded, value);
    decoded
}

#[test]
fn unknown_fields_are_kept_and_can_be_changed() {
    let value = json!({
        "object": "block", "type": "file", "isVoid": true, "zzNew": {"a": [null, 1]},
        "data": {"ref": {"kind": "file", "file": "f", "zzDeep": 1}},
        "fragments": [{"object": "fragment", "type": "caption", "nodes": [], "zzMore": "x"}],
    });
    unchanged::<DocumentBlockFile>(value);

    let mut user: UpdateUserByIdRequest = unchanged(json!({"displayName": "Ada", "zzNew": [1]}));
    assert_eq!(user.unknown_fields["zzNew"], json!([1]));
    user.unknown_fields
        .insert("zzOther".to_owned(), json!(null));
    user.unknown_fields.remove("zzNew");
    assert_eq!(
        serde_json::to_value(&user).unwrap(),
        json!({"displayName": "Ada", "zzOther": null})
    );
}

#[test]
fn an_unknown_field_never_repeats_a_known_one() {
    let mut user = UpdateUserByIdRequest::new().display_name("Ada");
    user.unknown_fields
        .insert("displayName".to_owned(), json!("Bob"));
    assert_eq!(user.to_json().unwrap(), br#"{"displayName":"Ada"}"#);
}

#[test]
fn a_struct_grows_by_one_pointer() {
    let user = UpdateUserByIdRequest::new();
    let fields = size_of_val(&user.display_name) + size_of_val(&user.photo_url);
    assert!(size_of_val(&user) <= fields + size_of::<usize>());
}

#[test]
fn null_in_maps_is_kept_and_so_is_the_order_of_keys() {
    let value = json!({"configuration": {"z": null, "a": null, "b": 1, "Z": {"y": 1, "x": null}}});
    let installation: UpdateIntegrationInstallation = unchanged(value.clone());
    assert_eq!(
        serde_json::to_string(&installation).unwrap(),
        value.to_string()
    );
    unchanged::<DocumentTableRecord>(
        json!({"orderIndex": "a", "values": {"text": null, "number": 1}}),
    );
    // A null that the schema does not allow is kept where it stood.
    let titles = json!({"en": "a", "de": null, "fr": "c"});
    let map: Map<String> = unchanged(titles.clone());
    assert_eq!(map.keys().collect::<Vec<_>>(), ["en", "fr"]);
    assert_eq!(serde_json::to_string(&map).unwrap(), titles.to_string());
}

#[test]
fn null_where_none_is_allowed_is_kept() {
    unchanged::<User>(
        json!({"object": "user", "id": "u", "displayName": null, "urls": {"location": "x"}, "email": null}),
    );
}

#[test]
fn a_union_is_never_decoded_as_a_member_that_does_not_fit() {
    type Case = (
        &'static str,
        fn(&Value) -> (String, Value),
        Value,
        &'static str,
    );
    fn of<T: DeserializeOwned + Body + std::fmt::Debug>(value: &Value) -> (String, Value) {
        let (decoded, encoded) = decoded::<T>(value);
        let debug = format!("{decoded:?}");
        let end = debug
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(debug.len());
        (debug[..end].to_owned(), encoded)
    }
    let cases: [Case; 13] = [
        (
            "OpenApiSpecSource",
            of::<OpenApiSpecSource>,
            json!({"git": {"a": 1}}),
            "Unknown",
        ),
        (
            "OpenApiSpecSource",
            of::<OpenApiSpecSource>,
            json!({"url": "u", "new": 1}),
            "Url",
        ),
        (
            "Document",
            of::<Document>,
            json!({"mdx": "# Title"}),
            "Unknown",
        ),
        ("Document", of::<Document>, json!({}), "Empty"),
        (
            "Document",
            of::<Document>,
            json!({"markdown": "# Title"}),
            "MarkdownDocument",
        ),
        (
            "SiteInsightsQueryRange",
            of::<SiteInsightsQueryRange>,
            json!({"lastDays": 7}),
            "Unknown",
        ),
        (
            "CreateOrganizationInvite",
            of::<CreateOrganizationInvite>,
            json!({"level": "read", "site": "s"}),
            "Unknown",
        ),
        (
            "ContextConnectorSetup",
            of::<ContextConnectorSetup>,
            json!({"connector": "builtin:notion", "setupSettings": {"a": 1}}),
            "Unknown",
        ),
        (
            "ContextConnectorSetup",
            of::<ContextConnectorSetup>,
            json!({"connector": "integration:notion"}),
            "Connector",
        ),
        (
            "SiteSearchScope",
            of::<SiteSearchScope>,
            json!({"mode": "default", "currentSiteSpace": "x", "restrictTo": "otherSiteSpaces"}),
            "CurrentSiteSpace",
        ),
        (
            "SiteSearchScope",
            of::<SiteSearchScope>,
            json!({"mode": "default"}),
            "Default",
        ),
        (
            "ContextConnector",
            of::<ContextConnector>,
            json!("integration:x"),
            "Integration",
        ),
        (
            "ContextConnector",
            of::<ContextConnector>,
            json!("other:x"),
            "Unknown",
        ),
    ];
    for (name, decode, value, expected) in cases {
        let (variant, encoded) = decode(&value);
        assert_eq!((variant.as_str(), &encoded), (expected, &value), "{name}");
    }
}

#[test]
fn a_constant_with_another_value_is_no_member() {
    let link =
        |object: &str| json!({"object": object, "id": "i", "role": "read", "redundant": false});
    let link_of = |object| unchanged::<OrganizationInviteLink>(link(object));
    assert!(matches!(
        link_of("invite"),
        OrganizationInviteLink::Organization(_)
    ));
    assert!(matches!(
        link_of("other"),
        OrganizationInviteLink::Unknown(_)
    ));
}

#[test]
fn errors_in_the_only_member_that_fits_are_reported() {
    let value = json!({"body": {"document": {"object": "document", "data": {}, "nodes": [
        {"object": "block", "type": "paragraph", "isVoid": "no", "nodes": []},
    ]}}});
    let error = decode::json::<PostCommentSchema>(value.to_string().as_bytes()).unwrap_err();
    assert!(
        error.to_string().contains(".body.document.nodes[0].isVoid"),
        "{error}"
    );
}

#[test]
fn a_member_with_any_other_properties_takes_what_another_one_cannot() {
    let known = |value: Value| match unchanged(value) {
        ContentKitAction::ContentKitDefaultAction(_) => true,
        ContentKitAction::Action(_) => false,
        other => panic!("{other:?}"),
    };
    assert!(known(
        json!({"action": "@editor.node.updateProps", "props": {"a": 1}})
    ));
    assert!(known(json!({"action": "@editor.node.updateProps"})));
    assert!(!known(
        json!({"action": "@editor.node.updateProps", "props": -602})
    ));
    assert!(!known(
        json!({"action": "@ui.modal.open", "componentId": 5, "props": {}})
    ));
    assert!(!known(json!({"action": "new", "props": 7})));
    let error = decode::json::<ContentKitAction>(br#"{"action": 7}"#).unwrap_err();
    assert!(error.to_string().contains(".action"), "{error}");
    let button =
        json!({"type": "button", "onPress": {"action": "@editor.node.updateProps", "props": 7}});
    unchanged::<ContentKitButton>(button);
}

#[test]
fn a_property_that_no_value_satisfies_is_kept_as_an_unknown_one() {
    let value =
        json!({"mode": "default", "currentSiteSpace": "x", "restrictTo": "otherSiteSpaces"});
    let scope: SiteSearchScopeDefault = unchanged(value);
    assert_eq!(scope.unknown_fields["restrictTo"], "otherSiteSpaces");
}

#[test]
fn all_known_values_of_a_union_of_strings_are_known() {
    assert!(matches!(unchanged(json!("inherit")), DefaultLevel::Inherit));
    assert!(matches!(unchanged(json!("read")), DefaultLevel::Read));
}

#[test]
fn times_are_kept_as_they_came() {
    for text in [
        "2024-05-06T07:08:09Z",
        "2024-05-06T07:08:09.000Z",
        "2024-05-06T07:08:09.120Z",
        "2024-05-06T07:08:09.123456Z",
        "2024-05-06T07:08:09+02:00",
        "2024-05-06T07:08:60.000Z",
        "2024-05-06t07:08:09z",
        "9999-12-31T23:59:59.999Z",
        "2024-05-06T07:08:09",
        "0000-00-00T00:00:00.000Z",
        "",
        "yesterday",
    ] {
        let time: DateTime = serde_json::from_value(json!(text)).unwrap();
        assert_eq!(serde_json::to_value(&time).unwrap(), json!(text));
        assert_eq!(time.to_string(), text);
        let is_valid = text.starts_with("2024");
        assert_eq!(time.timestamp().is_some(), is_valid, "{text}");
    }
    let value =
        json!({"createdAt": "9999-12-31T23:59:59.999Z", "updatedAt": "", "deletedAt": "yesterday"});
    let space: Space = unchanged(value);
    assert_eq!(space.created_at.timestamp(), None);
    assert_eq!(
        space.deleted_at.map(|time| time.to_string()).as_deref(),
        Some("yesterday")
    );
}

#[test]
fn a_required_field_that_is_absent_stays_absent() {
    let value = json!({"installationProvider": "github"});
    let mut sync: GitSyncState = unchanged(value);
    sync.unknown_fields.clear();
    let mut user: User = unchanged(json!({"object": "user", "id": "u"}));
    user.display_name = "Ada".to_owned();
    assert_eq!(
        serde_json::to_value(&user).unwrap(),
        json!({"object": "user", "id": "u", "displayName": "Ada"})
    );
    // A constant is no exception.
    unchanged::<User>(json!({"id": "u"}));
}

#[test]
fn of_several_properties_with_one_name_the_last_counts() {
    let text = br#"{"connector":"builtin:email","connector":"builtin:api"}"#;
    let setup: ContextConnectorSetup = decode::json(text).unwrap();
    assert!(
        matches!(setup, ContextConnectorSetup::BuiltinApi(_)),
        "{setup:?}"
    );
    let text = br#"{"displayName":3,"displayName":null,"displayName":"Ada","zz":1,"zz":2}"#;
    let user: UpdateUserByIdRequest = decode::json(text).unwrap();
    assert_eq!(user.display_name.as_deref(), Some("Ada"));
    assert_eq!(
        serde_json::to_value(&user).unwrap(),
        json!({"displayName": "Ada", "zz": 2})
    );
    let titles: Map<String> = decode::json(br#"{"en":1,"en":null,"en":"a"}"#).unwrap();
    assert_eq!(serde_json::to_value(&titles).unwrap(), json!({"en": "a"}));
}
