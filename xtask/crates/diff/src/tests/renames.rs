//! Renamed parameters, tags, components and properties.

use serde_json::json;

use super::super::report::Report;
use super::verdicts::{assert_rows, assert_sorted_rows, object, operation, with};

#[test]
fn parameters_are_renamed_if_names_or_descriptions_say_so() {
    let own = |name: &str, description: Option<&str>| {
        let mut parameter = json!({"in": "query", "name": name, "schema": {"type": "string"}});
        if let Some(description) = description {
            parameter["description"] = json!(description);
        }
        operation(json!({"parameters": [parameter]}))
    };
    let place = "#/paths/~1export/post/parameters/0";
    let renamed = format!("parameter-renamed breaking major {place}");
    let removed = format!("parameter-removed risky major {place}");
    let added = format!("optional-parameter-added compatible minor {place}");
    let (one, two): (&[&str], &[&str]) = (&[&renamed], &[&added, &removed]);
    for (before, after, expected) in [
        ("q", "query", one),
        ("page_size", "pageSizes", one),
        ("space", "spaceId", one),
        ("id", "user-id", one),
        ("organisationId", "organizationId", one),
        ("spaceId", "userId", two),
        ("startDate", "endDate", two),
        ("minSize", "maxSize", two),
        ("createdBefore", "updatedBefore", two),
        ("includeDrafts", "includeDeleted", two),
        ("a", "name", two),
        ("page", "cursor", two),
    ] {
        let (base, head) = (own(before, None), own(after, None));
        assert_sorted_rows(&format!("{before} and {after}"), &base, &head, expected);
        assert_sorted_rows(&format!("{after} and {before}"), &head, &base, expected);
        let text = Some("The same.");
        let (base, head) = (own(before, text), own(after, text));
        assert_sorted_rows(
            &format!("{before} and {after}, described"),
            &base,
            &head,
            one,
        );
    }
    let (base, head) = (own("q", Some("Old.")), own("query", Some("New.")));
    assert_sorted_rows("another description", &base, &head, two);
}

#[test]
fn a_tag_is_renamed_where_both_documents_list_it() {
    let tagged = |tag: &str, listed: bool| {
        let mut document = operation(json!({"tags": [tag]}));
        document["tags"] = if listed {
            json!([{"name": tag}])
        } else {
            json!([])
        };
        document
    };
    let renamed = "tag-renamed compatible major #/tags/0";
    let place = "#/paths/~1export/post/tags";
    let replaced = format!("operation-tag-replaced compatible major {place}");
    let (gone, new) = (
        "tag-removed compatible major #/tags/0",
        "tag-added compatible minor #/tags/0",
    );
    for (base, head, expected) in [
        (true, true, &[renamed][..]),
        (false, false, &[&replaced]),
        (true, false, &[&replaced, gone]),
        (false, true, &[&replaced, new]),
    ] {
        let (base, head) = (tagged("git", base), tagged("github", head));
        assert_sorted_rows("a tag", &base, &head, expected);
    }
}

#[test]
fn renaming_is_one_row() {
    let shared = |name: &str| {
        let mut document = with(json!({}));
        let reference = json!({"$ref": "#/components/parameters/page"});
        let mut other = document["paths"]["/export"]["post"].clone();
        other["operationId"] = json!("other");
        document["paths"]["/other"] = json!({ "post": other });
        for path in ["/export", "/other"] {
            document["paths"][path]["post"]["parameters"] = json!([reference]);
        }
        document["components"]["parameters"] =
            json!({"page": {"in": "query", "name": name, "schema": {"type": "string"}}});
        document
    };
    let finding = "parameter-renamed breaking major #/components/parameters/page/name";
    assert_rows(
        "a shared parameter",
        &shared("page"),
        &shared("cursor"),
        &[finding],
    );

    let own = |name: &str| {
        let parameter = json!({"in": "query", "name": name, "description": "What to look for.", "schema": {"type": "string"}});
        operation(json!({"parameters": [parameter]}))
    };
    let finding = "parameter-renamed breaking major #/paths/~1export/post/parameters/0";
    assert_rows("a parameter", &own("q"), &own("query"), &[finding]);

    let property = |name: &str| {
        let property = json!({"type": "string", "description": "What it is called."});
        with(json!({"Received": object(json!({name: property}), json!([]))}))
    };
    let finding = "property-renamed risky major #/components/schemas/Received/properties/title";
    assert_rows(
        "a property",
        &property("name"),
        &property("title"),
        &[finding],
    );

    let tag = |name: &str| {
        let mut document = operation(json!({"tags": [name]}));
        document["tags"] = json!([{"name": name}]);
        document
    };
    let finding = "tag-renamed compatible major #/tags/0";
    assert_rows("a tag", &tag("git"), &tag("github"), &[finding]);

    let scheme = |name: &str| {
        let mut document = operation(json!({"security": [{name: []}]}));
        document["security"] = json!([{name: []}]);
        document["components"]["securitySchemes"] =
            json!({name: {"type": "http", "scheme": "bearer"}});
        document
    };
    let finding = "security-scheme-renamed compatible patch #/components/securitySchemes/token";
    assert_rows(
        "a security scheme",
        &scheme("user"),
        &scheme("token"),
        &[finding],
    );
}

#[test]
fn the_only_one_removed_became_the_only_one_added() {
    let property = |name: &str, other: &str| {
        let text = json!({"type": "string"});
        with(json!({"Received": object(json!({name: text, other: text}), json!([name]))}))
    };
    let finding = "property-renamed breaking major #/components/schemas/Received/properties/title";
    assert_rows(
        "a property",
        &property("name", "b"),
        &property("title", "b"),
        &[finding],
    );
    // Either of the two may be the renamed one.
    let findings = Report::new(&property("name", "b"), &property("title", "c")).findings;
    assert!(
        findings
            .iter()
            .all(|finding| finding.rule.id != "property-renamed")
    );

    let own = |name: &str| {
        let parameter = json!({"in": "query", "name": name, "schema": {"type": "string"}});
        operation(json!({"parameters": [parameter]}))
    };
    let finding = "parameter-renamed breaking major #/paths/~1export/post/parameters/0";
    assert_rows("a parameter", &own("q"), &own("query"), &[finding]);
}
