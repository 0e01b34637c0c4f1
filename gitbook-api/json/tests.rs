//! Decoding and encoding of types that are declared as the generator declares them.

mod random;

use serde_json::{Value, json};

use super::object::decode_struct;
use super::union::rank_candidates;
use super::*;

#[derive(Clone, Default)]
struct Page {
    title: String,
    icon: Option<String>,
    parent: Option<String>,
    cover: Patch<String>,
    extra: UnknownFields,
}
json_struct!(Page {
    0 "kind" constant = "page";
    1 "title" required title;
    2 "icon" optional icon;
    3 "parent" nullable parent;
    4 "cover" patch cover;
    extra extra;
});

#[derive(Clone, Default)]
struct Link {
    url: String,
    extra: UnknownFields,
}
json_struct!(Link { 0 "url" required url; extra extra; });

#[derive(Clone, Default)]
struct Tag {
    slug: String,
    emoji: Option<String>,
    link: Option<Link>,
    extra: UnknownFields,
}
json_struct!(Tag {
    0 "slug" required slug;
    1 "emoji" lenient emoji;
    2 "link" lenient link;
    extra extra;
});

#[derive(Clone, Debug, PartialEq)]
enum Target {
    Page(Box<Page>),
    Link(Box<Link>),
    Text(String),
    Unknown(Value),
}
json_union!(Target {
    0 Page object { "kind": "page" } requires "kind" has "kind": string, "title": string;
    1 Link object requires "url" has "url": string, "kind": never;
    2 Text string;
});

fn page(value: &Value) -> (Page, Context) {
    let tape: Tape<'_> = serde::Deserialize::deserialize(value).expect("JSON");
    let mut cx = Context::default();
    let page = Page::decode(tape.root(), &mut cx).expect("a page");
    (page, cx)
}

#[test]
fn a_lenient_property_keeps_what_its_field_cannot_hold() {
    for (text, emoji, url) in [
        (
            r#"{"slug":"a","emoji":"b","link":{"url":"c"}}"#,
            Some("b"),
            Some("c"),
        ),
        (
            r#"{"slug":"a","emoji":[1,null],"link":{"url":7}}"#,
            None,
            None,
        ),
        (r#"{"slug":"a","emoji":null,"link":"c"}"#, None, None),
        (r#"{"slug":"a"}"#, None, None),
        // Of a repeated property, the last counts.
        (r#"{"slug":"a","emoji":"b","emoji":7}"#, None, None),
        (r#"{"slug":"a","emoji":7,"emoji":"b"}"#, Some("b"), None),
    ] {
        let mut tag: Tag = serde_json::from_str(text).expect("a tag");
        assert_eq!(tag.emoji.as_deref(), emoji, "{text}");
        assert_eq!(
            tag.link.as_ref().map(|link| link.url.as_str()),
            url,
            "{text}"
        );
        let written = serde_json::to_value(&tag).expect("JSON");
        assert_eq!(written, serde_json::from_str::<Value>(text).expect("JSON"));
        // What is set takes the place of what was kept.
        tag.emoji = Some("set".to_owned());
        let written = serde_json::to_string(&tag).expect("JSON");
        assert_eq!(written.matches("emoji").count(), 1, "{written}");
        assert!(written.contains(r#""emoji":"set""#), "{written}");
    }
    // The required property is as strict as ever.
    assert!(serde_json::from_str::<Tag>(r#"{"slug":7}"#).is_err());
}

#[test]
fn what_no_field_can_hold_is_written_as_it_came() {
    for value in [
        json!({"kind": "page", "title": "a", "parent": null}),
        json!({"kind": "sheet", "title": null, "icon": null, "parent": "b", "cover": null}),
        json!({"kind": null, "title": "", "parent": null, "other": [1, null]}),
        json!({}),
    ] {
        let (page, _) = page(&value);
        assert_eq!(serde_json::to_value(&page).unwrap(), value);
    }
}

#[test]
fn a_field_that_is_set_replaces_what_came() {
    let (mut page, _) = page(&json!({"kind": "sheet", "title": null, "icon": null}));
    page.title = "a".to_owned();
    page.icon = Some("b".to_owned());
    page.parent = Some("c".to_owned());
    page.cover = Patch::Clear;
    let expected =
        json!({"kind": "sheet", "title": "a", "icon": "b", "parent": "c", "cover": null});
    assert_eq!(serde_json::to_value(&page).unwrap(), expected);
}

#[test]
fn mismatches_are_counted() {
    for (value, mismatches) in [
        (json!({"kind": "page", "title": "a", "parent": null}), 0),
        (json!({"kind": "page", "title": "a"}), 1),
        (
            json!({"kind": "sheet", "title": null, "parent": null, "a": 1, "b": 2}),
            4,
        ),
    ] {
        assert_eq!(page(&value).1.mismatches, mismatches, "{value}");
    }
}

#[test]
fn a_union_is_the_member_that_fits() {
    for (value, expected) in [
        (json!({"kind": "page", "title": "a"}), Some("Page")),
        (json!({"kind": "page"}), Some("Page")),
        (json!({"kind": "page", "title": 1}), Some("Unknown")),
        (json!({"kind": "page", "url": "u"}), Some("Page")),
        (json!({"url": "u", "new": 1}), Some("Link")),
        (json!({"url": null}), Some("Unknown")),
        (json!({"kind": "sheet"}), Some("Unknown")),
        (json!({}), Some("Unknown")),
        (json!("text"), Some("Text")),
        (json!(1), Some("Unknown")),
        (json!(null), Some("Unknown")),
    ] {
        let target: Target = serde_json::from_value(value.clone()).expect("a union takes anything");
        let variant = match &target {
            Target::Page(_) => "Page",
            Target::Link(_) => "Link",
            Target::Text(_) => "Text",
            Target::Unknown(_) => "Unknown",
        };
        assert_eq!(Some(variant), expected, "{value}");
        assert_eq!(serde_json::to_value(&target).unwrap(), value);
    }
}

#[test]
fn unknown_fields_can_be_read_and_changed() {
    let (mut page, _) = page(&json!({"kind": "page", "title": "a", "parent": null, "new": 1}));
    assert_eq!(page.extra["new"], 1);
    page.extra.insert("new".to_owned(), json!(2));
    assert_eq!(serde_json::to_value(&page).unwrap()["new"], 2);
    let mut link = Link::default();
    assert!(link.extra.is_empty());
    link.extra.insert("new".to_owned(), json!(3));
    assert_eq!(
        serde_json::to_value(&link).unwrap(),
        json!({"url": "", "new": 3})
    );
}

#[test]
fn objects_may_have_any_number_of_properties() {
    const MANY: usize = 300;
    let name = |index| &*Box::leak(format!("p{index}").into_boxed_str());
    let fields = Vec::leak((0..MANY).map(|index| (name(index), true)).collect());
    let object: serde_json::Map<String, Value> = (1..MANY)
        .map(|index| (format!("p{index}"), json!(index)))
        .collect();
    let value = Value::Object(object);
    let tape: Tape<'_> = serde::Deserialize::deserialize(&value).expect("JSON");
    let mut cx = Context::default();
    let mut found = Vec::new();
    let decoded = decode_struct(
        || "Large",
        fields,
        tape.root(),
        &mut cx,
        &mut |index, input, cx| {
            if index >= MANY {
                return Ok(false);
            }
            found.push((index, i64::decode(input, cx)?));
            Ok(true)
        },
    );
    assert!(decoded.is_ok());
    let expected: Vec<(usize, i64)> = (1..MANY).map(|index| (index, index as i64)).collect();
    assert_eq!(found, expected);
    assert_eq!(cx.mismatches, 1, "the first property is absent");
}

#[test]
fn unions_may_have_any_number_of_rows() {
    let signatures = (0..300).map(|variant| {
        let name = &*Box::leak(format!("p{variant}").into_boxed_str());
        VariantSignature {
            variant,
            json: Json::object,
            text: Allowed {
                values: &[],
                pattern: &[],
            },
            discriminators: &[],
            required: Vec::leak(vec![name]),
            properties: Vec::leak(vec![(name, Types(types::string))]),
        }
    });
    let signatures = Vec::leak(signatures.collect());
    for variant in [0, 127, 128, 299] {
        let value = json!({format!("p{variant}"): "x"});
        let tape: Tape<'_> = serde::Deserialize::deserialize(&value).expect("JSON");
        assert_eq!(rank_candidates(signatures, tape.root()), [variant]);
    }
}
