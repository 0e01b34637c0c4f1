//! Values of the generated types in code: constructors, conversions and getters.

use std::collections::{BTreeMap, HashSet};

use gitbook_api::ids::SpaceId;
use gitbook_api::types::{
    AddSpaceToSiteRequest, ContentVisibility, CreateInviteToOrganization,
    CreateSiteRedirectRequest, DefaultLevel, DocumentBlock, DocumentBlockHint,
    DocumentBlockParagraph, DocumentBlocksTopLevels, DocumentTableRecordValue, IntegrationScope,
    IntegrationSpaceInstallationSpace, InviteUsersToOrganization,
    InviteUsersToOrganizationEmailObject, MemberRole, PublishIntegration, RevisionPage,
    SiteInsightsEvent, SiteInsightsEventLocation, SiteInsightsEventPageView,
    SiteInsightsEventSession, SiteInsightsQueryEventsAggregation, SiteInsightsQueryRange,
    SiteInsightsQueryRangePreset, SiteRedirectDestinationExternal, SiteRedirectInputDestination,
    TrackEventsInSiteByIdRequest, UpdateSpaceByIdRequest, VariableValue,
};
use gitbook_api::{Body, Date, DateTime, Map, Patch};
use serde_json::{Value, json};

fn json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

#[test]
fn a_union_is_made_of_text() {
    let invitation = InviteUsersToOrganization::new(["a@b.c"]);
    assert_eq!(json(&invitation), json!({ "emails": ["a@b.c"] }));
    let invitation = InviteUsersToOrganization::new(vec![String::from("a@b.c")]);
    assert_eq!(json(&invitation), json!({ "emails": ["a@b.c"] }));

    let update = UpdateSpaceByIdRequest::new().default_level("inherit");
    assert_eq!(json(&update), json!({ "defaultLevel": "inherit" }));
    let value = VariableValue::from("text");
    assert_eq!(value, VariableValue::String("text".to_owned()));
}

/// Of several members that are strings, text becomes the one that it is decoded as.
#[test]
fn text_converts_to_the_variant_that_it_decodes_as() {
    for text in ["read", "admin", "inherit", "something new", ""] {
        let decoded: DefaultLevel = serde_json::from_value(json!(text)).unwrap();
        assert_eq!(DefaultLevel::from(text), decoded);
        assert_eq!(DefaultLevel::from(text.to_owned()), decoded);
        assert_eq!(json(&decoded), json!(text));
    }
    assert_eq!(DefaultLevel::from("inherit"), DefaultLevel::Inherit);
}

#[test]
fn a_union_is_made_of_an_enum() {
    let update = UpdateSpaceByIdRequest::new().default_level(MemberRole::Read);
    assert_eq!(update.default_level, Patch::Set(DefaultLevel::Read));
    let query = SiteInsightsQueryEventsAggregation::new(SiteInsightsQueryRangePreset::Last7Days);
    let expected = SiteInsightsQueryRange::Preset(SiteInsightsQueryRangePreset::Last7Days);
    assert_eq!(query.range, expected);
    assert_eq!(SiteInsightsQueryRange::from("last7Days"), expected);
}

#[test]
fn a_union_is_made_of_numbers_flags_and_lists() {
    assert_eq!(VariableValue::from(5), VariableValue::Number(5.0));
    assert_eq!(VariableValue::from(5_u32), VariableValue::Number(5.0));
    assert_eq!(VariableValue::from(0.5), VariableValue::Number(0.5));
    assert_eq!(VariableValue::from(true), VariableValue::Boolean(true));

    let list = DocumentTableRecordValue::List(vec!["a".to_owned(), "b".to_owned()]);
    assert_eq!(DocumentTableRecordValue::from(["a", "b"]), list);
    assert_eq!(DocumentTableRecordValue::from(vec!["a", "b"]), list);
}

#[test]
fn a_union_is_made_of_a_member_of_a_member() {
    let external = SiteRedirectDestinationExternal::new("https://example.com");
    let expected = json!({ "kind": "external", "url": "https://example.com" });
    let destination = SiteRedirectInputDestination::from(external.clone());
    assert_eq!(json(&destination), expected);
    assert!(matches!(
        destination,
        SiteRedirectInputDestination::Destination(_)
    ));
    let request = CreateSiteRedirectRequest::new("/from", external);
    assert_eq!(json(&request)["destination"], expected);

    let paragraph = DocumentBlockParagraph::default();
    let block = DocumentBlocksTopLevels::from(paragraph.clone());
    assert!(matches!(
        block,
        DocumentBlocksTopLevels::BlocksEssentials(_)
    ));
    assert!(matches!(
        DocumentBlock::from(paragraph),
        DocumentBlock::Paragraph(_)
    ));
    assert!(matches!(
        DocumentBlock::from(DocumentBlockHint::default()),
        DocumentBlock::Hint(_)
    ));
}

#[test]
fn a_required_nullable_property_is_null_unless_it_is_set() {
    let invitation = CreateInviteToOrganization::new();
    assert_eq!(json(&invitation), json!({ "role": null }));
    let invitation = invitation.role("admin");
    assert_eq!(json(&invitation), json!({ "role": "admin" }));
    let space = AddSpaceToSiteRequest::new().space_id("s");
    assert_eq!(json(&space), json!({ "spaceId": "s" }));
    // Beside arguments as well.
    let invited = InviteUsersToOrganizationEmailObject::new("a@b.c");
    assert_eq!(json(&invited), json!({ "email": "a@b.c", "role": null }));
    assert_eq!(json(&invited.role("read"))["role"], "read");
}

/// Returns the paths of the violations of a body.
fn refused(body: &impl Body) -> Vec<String> {
    let violations = body.check().err().unwrap_or_default();
    violations.into_iter().map(|it| it.path).collect()
}

#[test]
fn a_required_property_that_is_not_set_is_refused() {
    let integration = PublishIntegration::new();
    let required = [
        ".title",
        ".description",
        ".scopes",
        ".script",
        ".organization",
    ];
    assert_eq!(refused(&integration), required);
    assert_eq!(json(&integration), json!({}));

    // A value that is set is sent, the default value as well.
    let integration = integration
        .title("Hello")
        .description("")
        .scopes(Vec::<IntegrationScope>::new());
    assert_eq!(refused(&integration), [".script", ".organization"]);
    let message = integration.check().unwrap_err().to_string();
    assert!(
        message.starts_with(".script: is required, but not set"),
        "{message}"
    );
    let integration = integration.script("").organization("acme");
    assert_eq!(refused(&integration), [] as [&str; 0]);
    let expected = json!({
        "title": "Hello", "description": "", "scopes": [], "script": "", "organization": "acme"
    });
    assert_eq!(json(&integration), expected);

    // Assignment sets a property, unless it is to its default value.
    let mut integration = PublishIntegration::new()
        .title("Hello")
        .scopes(vec![IntegrationScope::from("space:read")]);
    integration.description = "Says hello".to_owned();
    integration.script = String::new();
    integration.organization = "acme".to_owned();
    assert_eq!(refused(&integration), [".script"]);
    integration.unknown_fields.remove("script");
    assert_eq!(refused(&integration), [] as [&str; 0]);
}

/// Values inside of others are refused with the whole path.
#[test]
fn a_required_property_of_a_nested_value_is_refused() {
    let location = SiteInsightsEventLocation::new("https://a.b");
    assert_eq!(refused(&location), [] as [&str; 0]);
    let event = SiteInsightsEventPageView::new(
        SiteInsightsEventSession::new().cookies(Map::new()),
        location,
    );
    let event = TrackEventsInSiteByIdRequest::new([SiteInsightsEvent::from(event)]);
    let visitor =
        ["visitorId", "sessionId", "userAgent"].map(|name| format!(".events[0].session.{name}"));
    assert_eq!(refused(&event), visitor);
}

/// What was received is sent back, also without a required property.
#[test]
fn a_received_value_without_a_required_property_is_not_refused() {
    let received = json!({ "title": "Hello", "scopes": [] });
    let integration: PublishIntegration = serde_json::from_value(received.clone()).unwrap();
    assert_eq!(json(&integration), received);
    assert_eq!(
        refused(&integration.description("Says hello")),
        [] as [&str; 0]
    );
}

#[test]
fn a_known_value_is_never_unknown() {
    for value in [
        ContentVisibility::from("public"),
        ContentVisibility::from(String::from("public")),
        "public".parse().unwrap(),
        serde_json::from_value(json!("public")).unwrap(),
    ] {
        assert_eq!(value, ContentVisibility::Public);
    }

    let unknown = ContentVisibility::from("by-invitation");
    let ContentVisibility::Unknown(value) = &unknown else {
        panic!("{unknown:?} is known");
    };
    assert_eq!(value.as_str(), "by-invitation");
    assert_eq!(value, "by-invitation");
    assert_eq!(value.len(), 13);
    assert_eq!(value.to_string(), unknown.to_string());
    assert_eq!(format!("{unknown:?}"), r#"Unknown("by-invitation")"#);
    assert_eq!(String::from(value.clone()), "by-invitation");
    assert_eq!(json(&unknown), json!("by-invitation"));

    let decoded: ContentVisibility = serde_json::from_value(json!("by-invitation")).unwrap();
    let all = HashSet::from([unknown.clone(), decoded.clone(), ContentVisibility::Public]);
    assert_eq!(all.len(), 2);
    assert_eq!(unknown, decoded);
}

#[test]
fn an_enum_is_compared_with_text() {
    let (public, unknown) = (ContentVisibility::Public, ContentVisibility::from("new"));
    assert!(public.is_known() && !unknown.is_known());
    assert!(public == "public" && unknown == "new" && unknown != "public");
    assert!(public == *"public");
    fn text(value: impl AsRef<str>) -> usize {
        value.as_ref().len()
    }
    assert_eq!((text(&public), text(unknown.clone())), (6, 3));
    let mut all = [
        public.clone(),
        unknown.clone(),
        ContentVisibility::InCollection,
    ];
    all.sort();
    assert_eq!(all, [ContentVisibility::InCollection, unknown, public]);
    let counts = BTreeMap::from([(MemberRole::Read, 1), (MemberRole::Admin, 2)]);
    assert_eq!(counts[&MemberRole::Admin], 2);
}

/// Order, equality and hashes are those of the points in time, and total: text that is not a time is less
/// than all times.
#[test]
fn times_are_ordered_and_hashed_by_the_instant() {
    let time = |text: &str| serde_json::from_value::<DateTime>(json!(text)).unwrap();
    let mut times = [
        "2026-11-23T12:00:00Z",
        "soon",
        "2026-11-23T13:30:00+02:00",
        "",
        "2025-01-01T00:00:00.000Z",
        "+010000-01-01T00:00:00Z",
    ]
    .map(time);
    times.sort();
    let sorted = times.each_ref().map(DateTime::to_string);
    assert_eq!(
        sorted,
        [
            "",
            "+010000-01-01T00:00:00Z",
            "soon",
            "2025-01-01T00:00:00.000Z",
            "2026-11-23T13:30:00+02:00",
            "2026-11-23T12:00:00Z",
        ]
    );
    let same = [
        "2026-11-23T12:00:00Z",
        "2026-11-23T14:00:00+02:00",
        "2026-11-23T12:00:00.000Z",
    ];
    let distinct = HashSet::from(same.map(time));
    assert_eq!(distinct.len(), 1);
    assert_eq!(HashSet::from(["soon", "", "later", ""].map(time)).len(), 3);

    let day = |text: &str| serde_json::from_value::<Date>(json!(text)).unwrap();
    assert!(day("2026-11-23") > day("2026-11-22") && day("never") < day("2026-11-22"));
    assert_eq!(
        HashSet::from(["2026-11-23", "2026-11-23", "never"].map(day)).len(),
        2
    );
}

#[test]
fn a_property_of_all_variants_has_a_getter() {
    let page = |value: Value| serde_json::from_value::<RevisionPage>(value).unwrap();
    for (kind, path) in [
        ("document", Some("a/b")),
        ("group", Some("a/b")),
        ("link", None),
    ] {
        let mut value = json!({ "id": "p1", "title": "Title", "type": kind, "hidden": true });
        if let Some(path) = path {
            value["path"] = json!(path);
        }
        value["kind"] = json!(if kind == "document" { "sheet" } else { kind });
        let page = page(value);
        assert!(!matches!(page, RevisionPage::Unknown(_)), "{kind}");
        assert_eq!(page.id(), Some("p1".into()));
        assert_eq!(page.title(), Some("Title"));
        assert_eq!(page.path(), path, "{kind}");
        assert_eq!(page.hidden(), Some(true));
        assert_eq!(page.emoji(), None);
    }

    let unknown = page(json!({ "id": "p1", "title": 5, "type": "new" }));
    assert!(matches!(unknown, RevisionPage::Unknown(_)));
    assert_eq!(unknown.id(), Some("p1".into()));
    assert_eq!(unknown.title(), None);
    assert_eq!(unknown.created_at(), None);
}

#[test]
fn a_resource_or_its_id_has_an_id() {
    let space = json!({
        "object": "space", "id": "s1", "title": "T", "emoji": "1f600", "organization": "o",
        "visibility": "public", "revision": "r", "createdAt": "2026-01-01T00:00:00Z",
        "updatedAt": "2026-01-01T00:00:00Z", "comments": 0, "changeRequests": 0,
        "changeRequestsOpen": 0, "changeRequestsDraft": 0, "mergeRules": {}, "urls": {},
        "defaultLevel": "read", "permissions": {}
    });
    for value in [json!("s1"), space, json!({"id": "s1", "new": 1})] {
        let installed: IntegrationSpaceInstallationSpace = serde_json::from_value(value).unwrap();
        assert_eq!(installed.id(), Some(SpaceId::from("s1")), "{installed:?}");
    }
    let unknown = IntegrationSpaceInstallationSpace::Unknown(json!(5));
    assert_eq!(unknown.id(), None);
}

/// A getter of a union gives what the getter of the union in its variant does.
#[test]
fn a_getter_looks_into_nested_unions() {
    let block: DocumentBlocksTopLevels = serde_json::from_value(json!({
        "object": "block", "type": "paragraph", "isVoid": false, "key": "k", "nodes": []
    }))
    .unwrap();
    assert!(matches!(
        block,
        DocumentBlocksTopLevels::BlocksEssentials(_)
    ));
    assert_eq!(block.key(), Some("k"));
}
