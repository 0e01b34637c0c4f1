//! Servers of documents, path items and operations.

use serde_json::{Value, json};

use super::super::report::Report;
use super::verdicts::{assert_rows, operation, short, with};

#[test]
fn servers_further_in_replace_those_further_out() {
    let own = json!([{"url": "https://upload.example"}]);
    let base = operation(json!({}));
    let head = operation(json!({"servers": own}));
    let place = "servers-replaced breaking patch #/paths/~1export/post/servers";
    assert_rows("an operation's", &base, &head, &[place]);
    assert_rows("and back", &head, &base, &[place]);

    let mut of_path = base.clone();
    of_path["paths"]["/export"]["servers"] = own;
    let place = "servers-replaced breaking patch #/paths/~1export/servers";
    assert_rows("a path's", &base, &of_path, &[place]);

    let mut moved = base.clone();
    moved["servers"] = json!([{"url": "https://b.example"}]);
    let place = "server-url-changed breaking patch #/servers/0";
    assert_rows("another address", &base, &moved, &[place]);
}

#[test]
fn servers_that_apply_anyway_are_no_change() {
    let document = |of_document: Value, of_path: Value, of_operation: Value| {
        let mut document = with(json!({}));
        document["servers"] = of_document;
        document["paths"]["/export"]["servers"] = of_path;
        document["paths"]["/export"]["post"]["servers"] = of_operation;
        document
    };
    let none = json!([]);
    let plain = json!([{"url": "https://a.example"}]);
    let slash = json!([{"url": "https://a.example/"}]);
    let described = json!([{"url": "https://a.example", "description": "Here."}]);
    let two = json!([{"url": "https://a.example"}, {"url": "https://b.example"}]);
    let turned = json!([{"url": "https://b.example/"}, {"url": "https://a.example"}]);
    let variable = |default: &str, description: &str| {
        let values = json!({"default": default, "description": description});
        json!([{"url": "https://{h}", "variables": {"h": values}}])
    };
    let (operation, path) = ("#/paths/~1export/post/servers", "#/paths/~1export/servers");
    for (what, base, head, expected) in [
        (
            "repeated at an operation",
            [&plain, &none, &none],
            [&plain, &none, &plain],
            vec![],
        ),
        (
            "repeated at a path",
            [&plain, &none, &none],
            [&plain, &plain, &none],
            vec![],
        ),
        (
            "moved to the operations",
            [&plain, &none, &none],
            [&none, &none, &plain],
            vec!["unused-servers-changed compatible patch #/servers".to_owned()],
        ),
        (
            "moved from the operations to the path",
            [&none, &none, &two],
            [&none, &two, &none],
            vec![],
        ),
        (
            "a slash at the end",
            [&plain, &none, &none],
            [&plain, &none, &slash],
            vec![format!(
                "server-url-rewritten compatible patch {operation}/0/url"
            )],
        ),
        (
            "a slash at the end in the document",
            [&plain, &none, &none],
            [&slash, &none, &none],
            vec!["server-url-rewritten compatible patch #/servers/0/url".to_owned()],
        ),
        (
            "a description",
            [&plain, &none, &none],
            [&plain, &described, &none],
            vec![format!(
                "description-changed compatible patch {path}/0/description"
            )],
        ),
        (
            "another order and a slash",
            [&two, &none, &none],
            [&two, &none, &turned],
            vec![format!(
                "server-url-rewritten compatible patch {operation}/0/url"
            )],
        ),
        (
            "the address of the document",
            [&none, &none, &none],
            [&json!([{"url": "/"}]), &none, &none],
            vec![],
        ),
        (
            "the description of a variable",
            [&variable("a", "Old."), &none, &none],
            [&variable("a", "Old."), &variable("a", "New."), &none],
            vec![format!(
                "description-changed compatible patch {path}/0/variables/h/description"
            )],
        ),
        (
            "the value of a variable",
            [&variable("a", ""), &none, &none],
            [&variable("a", ""), &variable("b", ""), &none],
            vec![format!("servers-replaced breaking patch {path}")],
        ),
        (
            "a server more",
            [&plain, &none, &none],
            [&plain, &none, &two],
            vec![format!("servers-replaced breaking patch {operation}")],
        ),
        (
            "another server of the document that an operation kept",
            [&plain, &none, &none],
            [&two, &none, &plain],
            vec!["unused-servers-changed compatible patch #/servers".to_owned()],
        ),
        (
            "another server of the document",
            [&plain, &none, &plain],
            [&two, &none, &none],
            vec![
                format!("servers-replaced breaking patch {operation}"),
                "unused-servers-changed compatible patch #/servers".to_owned(),
            ],
        ),
    ] {
        let [base, head] = [base, head].map(|[of_document, of_path, of_operation]| {
            document(of_document.clone(), of_path.clone(), of_operation.clone())
        });
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        assert_rows(what, &base, &head, &expected);
    }
}

#[test]
fn servers_of_the_document_are_those_of_the_operations_that_inherit_them() {
    let document = |url: &str| {
        let mut document = with(json!({}));
        let mut other = document["paths"]["/export"]["post"].clone();
        other["operationId"] = json!("other");
        other["servers"] = json!([{"url": "https://other.example"}]);
        document["paths"]["/other"] = json!({ "post": other });
        document["servers"] = json!([{ "url": url }]);
        document
    };
    let report = Report::new(
        &document("https://a.example"),
        &document("https://b.example"),
    );
    let [moved] = &report.findings[..] else {
        panic!("{:?}", report.findings);
    };
    assert_eq!(
        short(moved),
        "server-url-changed breaking patch #/servers/0"
    );
    assert_eq!(moved.operations, ["export"]);
}
