//! Decoding and encoding of types that are declared as the generator declares them.

mod mapping;
mod random;
mod syntax;

use serde_json::{Value, json};

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
    0 "kind" Required = Text("page");
    1 "title" Required title;
    2 "icon" Optional icon;
    3 "parent" Required parent;
    4 "cover" Optional cover;
    extra extra;
});

#[derive(Clone, Default)]
struct Link {
    url: String,
    extra: UnknownFields,
}
json_struct!(Link { 0 "url" Required url; extra extra; });

#[derive(Clone, Default)]
struct Tag {
    slug: String,
    emoji: Option<String>,
    link: Option<Link>,
    extra: UnknownFields,
}
json_struct!(Tag {
    0 "slug" Required slug;
    1 "emoji" Lenient emoji;
    2 "link" Lenient link;
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

#[derive(Clone, Default)]
struct Button {
    link: Link,
    extra: UnknownFields,
}
json_struct!(Button { 0 "link" Required link; extra extra; });

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
fn of_a_repeated_struct_the_last_counts() {
    for text in [
        r#"{"link":{"url":"a","other":1},"link":{"url":"b"}}"#,
        r#"{"link":{"url":"a","other":1},"link":{"url":null}}"#,
        r#"{"link":{"url":"a","other":1},"link":{}}"#,
        r#"{"link":{"url":"a","other":1},"link":null}"#,
        r#"{"link":null,"link":{"url":"b"}}"#,
        r#"{"link":{"other":1,"url":7},"link":{"url":"b"}}"#,
    ] {
        let button: Button = serde_json::from_str(text).expect("a button");
        let written = serde_json::to_value(&button).expect("JSON");
        let last: Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(written, last, "{text}");
    }
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
fn a_property_counts_again_when_its_received_form_is_removed() {
    let (mut page, _) = page(&json!({
        "kind": "sheet", "title": null, "icon": null, "parent": "b", "other": 1
    }));
    for name in ["title", "icon", "kind", "none"] {
        assert_eq!(page.extra.remove(name), None);
    }
    assert_eq!(page.extra.remove("other"), Some(json!(1)));
    let expected = json!({"kind": "page", "title": "", "parent": "b"});
    assert_eq!(serde_json::to_value(&page).unwrap(), expected);

    let (mut page, _) = self::page(&json!({"other": 1}));
    page.extra.clear();
    let expected = json!({"kind": "page", "title": "", "parent": null});
    assert_eq!(serde_json::to_value(&page).unwrap(), expected);
}

#[test]
fn what_was_received_of_one_struct_has_no_effect_in_another() {
    let (page, _) = page(&json!({"kind": "sheet", "title": null, "icon": null, "mood": 1}));
    let mut link = Link {
        extra: page.extra.clone(),
        ..Link::default()
    };
    let expected = json!({"url": "", "mood": 1});
    assert_eq!(serde_json::to_value(&link).unwrap(), expected);
    link = serde_json::from_value(json!({})).unwrap();
    let mut tag: Tag = serde_json::from_value(json!({"slug": "", "emoji": 7})).unwrap();
    tag.extra = link.extra;
    assert_eq!(serde_json::to_value(&tag).unwrap(), json!({"slug": ""}));
}

#[test]
fn what_differs_is_printed_and_how_nothing_was_received_does_not_differ() {
    for (value, printed) in [
        (json!({"kind": "page", "title": "", "parent": null}), "{}"),
        (
            json!({"kind": "page"}),
            r#"{"title": absent, "parent": absent}"#,
        ),
        (
            json!({"kind": "page", "title": null, "icon": null, "parent": null}),
            r#"{"title": null, "icon": null}"#,
        ),
    ] {
        let (page, _) = page(&value);
        assert_eq!(format!("{:?}", page.extra), printed);
        assert_eq!(page, Page::default(), "{value}");
        assert_eq!(page.clone(), page);
    }
    for value in [json!({"kind": "sheet"}), json!({"kind": "page", "mood": 1})] {
        let (page, _) = page(&value);
        assert_ne!(page, Page::default(), "{value}");
        assert_ne!(format!("{page:?}"), format!("{:?}", Page::default()));
        assert_eq!(page, self::page(&value).0);
    }
    let titles: Map<String> = serde_json::from_value(json!({"a": null})).unwrap();
    assert_eq!(titles, Map::new());
    assert_eq!(format!("{titles:?}"), r#"{"a": null}"#);
}

#[test]
fn a_map_is_changed_in_place() {
    let read = |value: Value| serde_json::from_value::<Map<String>>(value).unwrap();
    let mut map = read(json!({"a": "1", "n": null, "b": "2", "m": null, "c": "3"}));

    for (key, value) in &mut map {
        value.push_str(key);
    }
    let last = map.iter_mut().next_back().unwrap();
    assert_eq!(last, ("c", &mut "3c".to_owned()));
    // What is not an entry is neither seen nor removed.
    let mut seen = Vec::new();
    map.retain(|key, value| {
        seen.push(key.to_owned());
        value.insert(0, '-');
        key != "b"
    });
    assert_eq!(seen, ["a", "b", "c"]);
    assert_eq!(
        serde_json::to_value(&map).unwrap(),
        json!({"a": "-1a", "n": null, "m": null, "c": "-3c"})
    );

    let (key, owned) = ("a", "c".to_owned());
    assert_eq!((&*map[key], &*map[&owned]), ("-1a", "-3c"));
    assert_eq!(
        map.iter().rev().map(|(key, _)| key).collect::<String>(),
        "ca"
    );
    assert_eq!(map.keys().rev().collect::<String>(), "ca");
    assert_eq!(map.clone().into_keys().collect::<Vec<_>>(), ["a", "c"]);
    assert_eq!(
        map.clone().into_values().collect::<Vec<_>>(),
        ["-1a", "-3c"]
    );
    assert_eq!(map.clone().into_iter().rev().len(), 2);

    map.extend([("b", "4"), ("a", "5")]);
    assert_eq!(map.keys().collect::<Vec<_>>(), ["a", "c", "b"]);
    map.clear();
    assert_eq!(serde_json::to_string(&map).unwrap(), "{}");
}

#[test]
fn an_entry_of_a_map_is_changed_or_added() {
    let mut map: Map<String> = serde_json::from_value(json!({"a": "1", "n": null})).unwrap();
    assert_eq!(map.entry("a").or_insert("2"), "1");
    map.entry("a").and_modify(|value| value.push('!'));
    // An entry that is not added leaves a `null` as it is.
    let unused = map.entry("n").and_modify(|value| value.push('!'));
    assert_eq!(unused.key(), "n");
    assert_eq!(
        serde_json::to_value(&map).unwrap(),
        json!({"a": "1!", "n": null})
    );
    map.entry("n".to_owned()).or_default().push('2');
    map.entry("b").or_insert_with(|| "3".to_owned()).push('!');
    assert_eq!(
        serde_json::to_string(&map).unwrap(),
        r#"{"a":"1!","n":"2","b":"3!"}"#
    );
    let mut counts: Map<i64> = Map::new();
    for word in ["a", "b", "a"] {
        *counts.entry(word).or_default() += 1;
    }
    assert_eq!(counts, Map::from([("a", 2), ("b", 1)]));
}

#[test]
fn a_union_holds_null() {
    #[derive(Clone, Default)]
    struct Holder {
        target: Target,
        extra: UnknownFields,
    }
    json_struct!(Holder { 0 "target" Required target; extra extra; });
    let read: Holder = serde_json::from_value(json!({"target": null})).unwrap();
    assert!(read.extra.is_unused());
    assert_eq!(read, Holder::default());
    assert_eq!(
        serde_json::to_value(&read).unwrap(),
        json!({"target": null})
    );
}

#[test]
fn a_patch_is_a_field_of_any_struct() {
    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Optional {
        #[serde(default, skip_serializing_if = "Patch::is_keep")]
        title: Patch<String>,
    }
    for (text, title) in [
        ("{}", Patch::Keep),
        (r#"{"title":null}"#, Patch::Clear),
        (r#"{"title":"a"}"#, Patch::Set("a".to_owned())),
    ] {
        let read: Optional = serde_json::from_str(text).unwrap();
        assert_eq!(read.title, title);
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
        let value = serde_json::to_value(&read).unwrap();
        assert_eq!(serde_json::from_value::<Optional>(value).unwrap(), read);
    }
    // Without the attribute, absent is not taken for `null`.
    #[derive(Debug, serde::Deserialize)]
    struct Required {
        title: Patch<Vec<u8>>,
    }
    let read: Required = serde_json::from_str(r#"{"title":[1]}"#).unwrap();
    assert_eq!(read.title, Patch::Set(vec![1]));
    let error = serde_json::from_str::<Required>("{}").unwrap_err();
    assert!(
        error.to_string().contains("missing field `title`"),
        "{error}"
    );
}

#[test]
fn what_is_public_has_the_traits_of_serde() {
    fn round<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> (Value, T) {
        let json = serde_json::to_value(value).unwrap();
        (json.clone(), serde_json::from_value(json).unwrap())
    }
    let mut fields = UnknownFields::default();
    assert_eq!(round(&fields).0, json!({}));
    fields.insert("mood".to_owned(), json!([null]));
    assert_eq!(round(&fields), (json!({"mood": [null]}), fields));
    let violation = Violation {
        path: ".title".to_owned(),
        message: "is too long".to_owned(),
    };
    let json = json!([{"path": ".title", "message": "is too long"}]);
    let violations = Violations::from(violation);
    assert_eq!(round(&violations), (json, violations));
    let value = UnknownValue::new("new");
    assert_eq!(round(&value), (json!("new"), value));
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
    let name = |index| &*Box::leak(format!("\"p{index}\":").into_boxed_str());
    let fields = (0..MANY).map(|index| (name(index), Presence::Required));
    let shape = Shape::new("Large", Vec::leak(fields.collect()), &[]);
    // Not as a `Value`, which may sort them.
    let value: Map<Value> = (1..MANY)
        .map(|index| (format!("p{index}"), json!(index)))
        .collect();
    let tape = sink::tape_of(&value);
    let mut cx = Context::default();
    let mut found = [-1; MANY];
    let mut fields: Vec<&mut i64> = found.iter_mut().collect();
    let mut slots: Vec<_> = fields.iter_mut().map(|slot| slot as _).collect();
    let decoder = StructDecoder {
        object: tape.root(),
        cx: &mut cx,
    };
    let mut extra = UnknownFields::default();
    let decoded = decoder.fill(Box::leak(Box::new(shape)), &mut slots, &mut extra);
    assert!(decoded.is_ok());
    let expected: Vec<i64> = [-1].into_iter().chain(1..MANY as i64).collect();
    assert_eq!(found.as_slice(), expected);
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
