//! Tests of the output formats: breaking changes come first, locations are readable, and text from
//! the document has no effect on the format.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::{Map, Value, json};

use super::super::ignore::accept;
use super::super::render;
use super::super::report::{Finding, Report, Text};
use super::super::rules::{Bump, Http};

/// Returns a document with operations without parameters.
fn document(paths: &[&str], members: Value) -> Value {
    let operation = |(index, path): (usize, &&str)| {
        let operation =
            json!({"operationId": format!("do{index}"), "responses": {"204": {"description": ""}}});
        ((*path).to_owned(), json!({ "get": operation }))
    };
    let paths: Map<String, Value> = paths.iter().enumerate().map(operation).collect();
    let mut document =
        json!({"openapi": "3.0.3", "info": {"title": "", "version": "1"}, "paths": paths});
    let members = members.as_object().unwrap().clone();
    document.as_object_mut().unwrap().extend(members);
    document
}

/// Returns `count` schemas, each with one more property than in the base.
fn schemas(count: usize, properties: &Value) -> Value {
    let named =
        (0..count).map(|index| (format!("Schema{index}"), json!({"properties": properties})));
    json!({"components": {"schemas": Value::Object(named.collect())}})
}

#[test]
fn every_format_has_the_breaking_changes_first() {
    let property = json!({"new": {"type": "string"}});
    let base = document(&["/a", "/b"], schemas(2, &json!({})));
    let mut head = document(&["/a"], schemas(2, &property));
    head["info"]["version"] = json!("2");
    let report = Report::new(&base, &head);
    for text in [
        render::text(&report, false),
        render::markdown(&report, false),
        render::html(&report),
    ] {
        let at = |wanted: &str| {
            text.find(wanted)
                .unwrap_or_else(|| panic!("{wanted} in {text}"))
        };
        let order = [
            "1",
            "Breaking changes",
            "GET /b",
            "operation removed",
            "types::Schema0",
            "Documentation",
        ];
        let places = order.map(at);
        assert!(places.is_sorted(), "{places:?} in {text}");
        assert!(!text.contains("~1"), "{text}");
    }
    let text = render::text(&report, false);
    let first = text.lines().next().unwrap();
    assert!(
        first.contains("4 changes: 1 breaking, 0 risky, 3 compatible"),
        "{first}"
    );
}

#[test]
fn the_same_change_in_many_places_is_reported_once() {
    let base = document(&[], schemas(200, &json!({})));
    let head = document(&[], schemas(200, &json!({"new": {"type": "string"}})));
    let report = Report::new(&base, &head);
    assert_eq!(report.findings.len(), 200);
    for text in [
        render::text(&report, false),
        render::markdown(&report, false),
    ] {
        assert_eq!(text.matches("optional property added").count(), 1, "{text}");
        assert!(
            text.contains("200 places") && text.contains("more"),
            "{text}"
        );
    }
    assert!(render::text(&report, true).contains("Schema199"));
    assert!(render::html(&report).contains("Schema199"));
}

#[test]
fn a_comment_leaves_out_what_matters_least() {
    // Texts are long and distinct, so that not all fit and none are folded.
    let text = |index: usize| format!("{index} {}", "word ".repeat(20));
    let properties = |from: usize, keyword: &str| -> Value {
        let named = (0..600).map(|index| {
            let property = json!({"type": "string", keyword: text(index + from)});
            (format!("property{index}"), property)
        });
        let schema = json!({"type": "object", "properties": Map::from_iter(named)});
        let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/A"}}});
        let mut document = document(&["/a"], json!({"components": {"schemas": {"A": schema}}}));
        document["paths"]["/a"]["get"]["requestBody"] = json!({ "content": content });
        document
    };
    // 300 new patterns, which break, and 600 changed descriptions.
    let base = properties(0, "description");
    let mut head = properties(1000, "description");
    for index in 0..300 {
        let property =
            &mut head["components"]["schemas"]["A"]["properties"][format!("property{index}")];
        property["pattern"] = json!(format!("^{index}$"));
    }
    let report = Report::new(&base, &head);
    let markdown = render::markdown(&report, false);
    let length = markdown.chars().count();
    assert!(length <= 65_536 && length > 40_000, "{length}");
    let shown = markdown.matches("pattern added").count();
    assert_eq!(
        shown, 300,
        "no breaking change is left out before a description"
    );
    let texts = markdown.matches("description changed").count();
    assert!(texts < 600);
    let omitted = format!(
        "{} more, 0 breaking, 0 risky and {0} compatible",
        600 - texts
    );
    assert!(markdown.contains(&omitted), "{omitted}");
}

/// Text with a meaning in some output format, for every place that a document can have text in.
const HOSTILE: &str = "a`b``c | d\n\n</details><script>alert(1)</script> @octocat ![x](y) <!-- \u{1b}[31m\u{9b}31m \u{202e}txt {{findings}} # h";

fn hostile() -> Report {
    let mut report = hostile_edits();
    let text = accepting(&report, HOSTILE);
    let stale = accept(&mut report, &text, "2026-01-01".parse().unwrap()).unwrap();
    assert_eq!(stale, [""; 0]);
    let accepted = report.findings.iter().filter(|it| it.accepted.is_some());
    assert!(accepted.count() > 7);
    report
}

/// Returns an ignore file with an entry for each finding.
fn accepting(report: &Report, reason: &str) -> String {
    let findings: BTreeMap<(&str, &str), &Finding> = report
        .findings
        .iter()
        .map(|finding| ((finding.rule.id, finding.pointer()), finding))
        .collect();
    let entry = |(rule, pointer)| json!({"rule": rule, "pointer": pointer, "reason": reason, "expires": "2030-01-01"});
    yaml(&Value::from_iter(findings.into_keys().map(entry)))
}

/// Returns JSON, which is YAML if control characters are escaped.
fn yaml(value: &Value) -> String {
    let escaped = |c: char| {
        if c.is_ascii() {
            c.to_string()
        } else {
            format!("\\u{:04x}", u32::from(c))
        }
    };
    value.to_string().chars().map(escaped).collect()
}

fn hostile_edits() -> Report {
    let document = |text: &str| {
        let name = "x\n\n# forged</details>@octocat`|\u{1b}[31m\u{202e}";
        let mut document = json!({
            "openapi": "3.0.3",
            "info": {"title": text, "version": "1"},
            "tags": [{"name": text, "description": text}],
            "paths": {"/a": {"get": {
                "operationId": "getA",
                "summary": text,
                "tags": [text],
                "parameters": [{"in": "query", "name": name, "description": text, "schema": {"type": "string"}}],
                "responses": {"204": {"description": text}},
            }}},
            "components": {"schemas": {
                "A": {"type": "object", "properties": {name: {"type": "string", "description": text}}},
                "E": {"type": "string", "enum": [text, "b"]},
            }},
        });
        document["servers"] = json!([{ "url": text }]);
        document
    };
    let mut report = Report::new(&document("calm"), &document(HOSTILE));
    let mut other = Report::new(&document(HOSTILE), &document("calm"));
    report.findings.append(&mut other.findings);
    assert!(report.findings.len() > 15);
    report
}

#[test]
fn text_of_a_document_is_only_code_in_markdown() {
    let report = hostile();
    for markdown in [render::markdown(&report, true), render::changelog(&report)] {
        let mut in_code_block = false;
        for event in Parser::new_ext(&markdown, Options::all()) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => {
                    let html = html.trim();
                    let known = html == "</details>"
                        || html.starts_with("<details><summary>") && html.ends_with("</summary>");
                    assert!(known && !html.contains("script"), "{html}");
                }
                Event::Text(text) if !in_code_block => {
                    for wanted in ["octocat", "script>", "alert(", "details>", "{{rows"] {
                        assert!(!text.contains(wanted), "{text}");
                    }
                }
                Event::Start(Tag::CodeBlock(_)) => in_code_block = true,
                Event::End(TagEnd::CodeBlock) => in_code_block = false,
                Event::Start(Tag::Image { .. } | Tag::Link { .. }) => panic!("a link"),
                _ => {}
            }
        }
        let opened = markdown.matches("<details>").count();
        let lines = markdown.lines().filter(|line| *line == "</details>");
        assert_eq!(opened, lines.count());
    }
}

#[test]
fn no_format_has_control_characters_of_a_document() {
    let report = hostile();
    let text = render::text(&report, true);
    // The colors of the program begin with an escape character too.
    let text = [
        "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[1m", "\x1b[2m", "\x1b[0m",
    ]
    .iter()
    .fold(text, |text, color| text.replace(color, ""));
    for text in [
        text.as_str(),
        &render::markdown(&report, true),
        &render::html(&report),
        &render::changelog(&report),
    ] {
        let found = text
            .chars()
            .find(|c| c.is_control() && *c != '\n' || *c == '\u{202e}');
        assert_eq!(found, None);
        assert!(
            !text.lines().any(|line| line.starts_with("# forged")),
            "{text}"
        );
    }
    assert!(render::text(&report, true).lines().count() > 20);
}

#[test]
fn an_accepted_change_says_why_in_every_format() {
    let report = hostile();
    let json = render::json(&report);
    for text in [
        render::text(&report, true),
        render::markdown(&report, true),
        render::html(&report),
        json,
    ] {
        let count = text.matches("accepted").count();
        assert!(count > 5 && text.contains("@octocat"), "{count} in {text}");
    }
}

#[test]
fn messages_about_an_ignore_file_have_no_control_characters_of_it() {
    let entry = |rule: &str, expires: &str| {
        yaml(&json!([{"rule": rule, "pointer": HOSTILE, "reason": HOSTILE, "expires": expires}]))
    };
    let messages = |text: &str| {
        let today = "2026-01-01".parse().unwrap();
        match accept(&mut hostile_edits(), text, today) {
            Ok(stale) => stale,
            Err(error) => vec![format!("{error:#}")],
        }
    };
    let unknown = yaml(&json!([{"rule": "tag-added", HOSTILE: "reason"}]));
    for (what, text) in [
        ("no such change", entry("tag-added", "2030-01-01")),
        ("expired", entry("tag-added", "2025-01-01")),
        ("no rule", entry(HOSTILE, "2030-01-01")),
        ("`expires` of", entry("tag-added", HOSTILE)),
        ("an ignore file is", unknown),
    ] {
        let messages = messages(&text);
        assert_eq!(messages.len(), 1, "{what}");
        let message = &messages[0];
        assert!(message.contains(what), "{message}");
        let found = message
            .chars()
            .find(|c| c.is_control() && *c != '\n' || *c == '\u{202e}');
        assert_eq!(found, None, "{what}: {message:?}");
        assert!(
            message.lines().all(|line| !line.starts_with("</details>")),
            "{message}"
        );
    }
}

#[test]
fn html_has_no_element_of_a_document_and_nothing_empty() {
    let html = render::html(&hostile());
    assert_eq!(html.matches("<script>").count(), 1);
    assert!(!html.contains("alert(1)</script>"));
    assert_eq!(
        html.matches("<details ").count(),
        html.matches("</details>").count()
    );
    assert!(!html.contains("<h2></h2>") && !html.contains("<h3></h3>"));
    assert!(html.contains("<del>") && html.contains("<ins>"));
    assert!(html.contains("id=\"change-1\"") && html.contains("href=\"#change-1\""));
}

#[test]
fn text_fits_a_terminal() {
    let text = render::text(&hostile(), true);
    let colors = [
        "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[1m", "\x1b[2m", "\x1b[0m",
    ];
    let plain = colors
        .iter()
        .fold(text, |text, color| text.replace(color, ""));
    for line in plain.lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
}

#[test]
fn what_is_less_severe_is_counted_and_not_listed() {
    let base = document(&["/a", "/b"], schemas(1, &json!({})));
    let head = document(&["/a"], schemas(1, &json!({"new": {"type": "string"}})));
    let mut report = Report::new(&base, &head);
    report.narrow(|finding| finding.http == Http::Breaking);
    for text in [
        render::text(&report, false),
        render::markdown(&report, false),
    ] {
        assert!(
            text.contains("operation removed") && !text.contains("property added"),
            "{text}"
        );
        assert!(text.contains("1 less severe change not listed"), "{text}");
    }
    assert_eq!(report.bump(), Some(Bump::Major));
}

#[test]
fn rows_name_their_lines_in_the_file() {
    let base = document(&[], schemas(1, &json!({})));
    let head = document(&[], schemas(1, &json!({"new": {"type": "string"}})));
    let mut report = Report::new(&base, &head);
    let line = |pointer: &str, line| (pointer.to_owned(), line);
    let lines = [line("#/components/schemas/Schema0/properties", 12)];
    let text = Text {
        name: "spec/openapi.yaml".to_owned(),
        lines: BTreeMap::from(lines),
    };
    report.locate(&Text::default(), &text);
    for text in [
        render::text(&report, false),
        render::html(&report),
        render::json(&report),
    ] {
        assert!(text.contains("spec/openapi.yaml:12"), "{text}");
    }
}

/// Returns a document with `count` operations with this tag.
fn tagged(count: usize, tag: &str) -> Value {
    let paths: Vec<String> = (0..count).map(|index| format!("/p{index}")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let mut document = document(&paths, json!({"tags": [{"name": tag}]}));
    for (_, item) in document["paths"].as_object_mut().unwrap() {
        item["get"]["tags"] = json!([tag]);
    }
    document
}

#[test]
fn a_renamed_tag_names_its_operations() {
    let report = Report::new(&tagged(3, "git"), &tagged(3, "github"));
    assert_eq!(report.findings.len(), 1);
    assert_eq!(report.findings[0].group, "the whole document");
    let (text, markdown) = (
        render::text(&report, false),
        render::markdown(&report, false),
    );
    assert!(text.contains("3 operations: do0, do1, do2"), "{text}");
    assert!(
        markdown.contains("3 operations: `do0`, `do1`, `do2`"),
        "{markdown}"
    );
    assert!(render::html(&report).contains("3 operations: do0, do1, do2"));

    let report = Report::new(&tagged(20, "git"), &tagged(20, "github"));
    let text = render::text(&report, false);
    assert!(
        text.contains("20 operations: ") && text.contains("and 12 more"),
        "{text}"
    );
    let all = render::text(&report, true);
    assert!(
        !all.contains("20 operations:") && all.matches("do19").count() == 1,
        "{all}"
    );
}

#[test]
fn the_change_log_speaks_of_rust_items() {
    let object = |properties: Value| json!({"components": {"schemas": {"Space": {"type": "object", "properties": properties}}}});
    let text = json!({"type": "string"});
    let old = json!({"type": "string", "deprecated": true});
    let base = document(
        &["/a", "/b"],
        object(json!({"gone": {"type": "integer"}, "old": text})),
    );
    let head = document(&["/a", "/c"], object(json!({"new": text, "old": old})));
    let log = render::changelog(&Report::new(&base, &head));
    let at = |wanted: &str| {
        log.find(wanted)
            .unwrap_or_else(|| panic!("{wanted} in {log}"))
    };
    let order = [
        "### API changes",
        "#### Added",
        "`types::Space::new`",
        "#### Deprecated",
        "`types::Space::old`",
        "#### Removed",
        "**Breaking:** ",
        "`types::Space::gone`",
    ];
    assert!(order.map(at).is_sorted(), "{log}");
    assert!(!log.contains('{'), "{log}");
}

#[test]
fn the_change_log_names_what_was_renamed() {
    let renamed = |id: &str| {
        let mut document = document(&["/a"], json!({}));
        document["paths"]["/a"]["get"]["operationId"] = json!(id);
        document
    };
    let tags = |listed: Value, of_operation: Value| {
        let mut document = document(&["/a"], json!({ "tags": listed }));
        document["paths"]["/a"]["get"]["tags"] = of_operation;
        document
    };
    let (git, hub) = (json!([{"name": "git"}]), json!([{"name": "git-hub"}]));
    let both = json!([{"name": "git"}, {"name": "git-hub"}]);
    let child = json!([{"name": "git"}, {"name": "git-hub", "x-parent": "git"}]);
    let moved = "#### Changed\n\n- **Breaking:** Moved to another Cargo feature: `Client::do0` \
                 (`git` → `git-hub`)\n";
    for (what, base, head, expected) in [
        (
            "an operation",
            renamed("getMe"),
            renamed("getCurrentUser"),
            "#### Changed\n\n- **Breaking:** Method renamed: `Client::get_me` → \
             `Client::get_current_user`\n",
        ),
        (
            "a tag",
            tagged(2, "git"),
            tagged(2, "GitHub"),
            "#### Changed\n\n- **Breaking:** Cargo feature renamed: `git` → `git-hub`\n",
        ),
        (
            "a tag in another spelling",
            tagged(2, "git-hub"),
            tagged(2, "GitHub"),
            "Documentation: 1 change.\n",
        ),
        (
            "another tag",
            tags(both.clone(), json!(["git"])),
            tags(both.clone(), json!(["git-hub"])),
            moved,
        ),
        (
            "another first tag",
            tags(both.clone(), json!(["git", "git-hub"])),
            tags(both.clone(), json!(["git-hub", "git"])),
            moved,
        ),
        (
            "a tag before the others",
            tags(both.clone(), json!(["git"])),
            tags(both.clone(), json!(["git-hub", "git"])),
            moved,
        ),
        (
            "a further tag",
            tags(both.clone(), json!(["git"])),
            tags(both.clone(), json!(["git", "git-hub"])),
            "Documentation: 1 change.\n",
        ),
        (
            "a tag of the same feature",
            tags(child.clone(), json!(["git"])),
            tags(child.clone(), json!(["git-hub"])),
            "Documentation: 1 change.\n",
        ),
        (
            "a feature",
            tags(git.clone(), json!(["git"])),
            tags(both.clone(), json!(["git"])),
            "#### Added\n\n- Cargo feature added: `git-hub`\n",
        ),
        (
            "a tag in another",
            tags(git.clone(), json!(["git"])),
            tags(child, json!(["git"])),
            "Documentation: 1 change.\n",
        ),
        (
            "no feature",
            tags(both, json!(["git-hub"])),
            tags(hub, json!(["git-hub"])),
            "#### Removed\n\n- **Breaking:** Cargo feature removed: `git`\n",
        ),
    ] {
        let report = Report::new(&base, &head);
        let log = render::changelog(&report);
        let is_patch = expected.starts_with("Documentation");
        assert_eq!(report.bump() == Some(Bump::Patch), is_patch, "{what}");
        let entries = log.split_once("\n\n").unwrap().1;
        let (entries, _) = entries.rsplit_once("\nSmallest version bump").unwrap();
        assert_eq!(entries.trim_start(), expected, "{what}");
    }
}

#[test]
fn the_change_log_names_renamed_types_and_fields() {
    let object = |schema: &str, property: &str| {
        let text = json!({"type": "string", "description": "What it is called."});
        let properties = json!({property: text, "other": {"type": "string"}});
        json!({"components": {"schemas": {schema: {"type": "object", "properties": properties}}}})
    };
    let log =
        |base, head| render::changelog(&Report::new(&document(&[], base), &document(&[], head)));
    let types = log(object("Space", "name"), object("Room", "name"));
    assert!(types.contains("`types::Space` → `types::Room`"), "{types}");
    let fields = log(object("Space", "name"), object("Space", "title"));
    assert!(
        fields.contains("`types::Space::name` → `types::Space::title`"),
        "{fields}"
    );
}
