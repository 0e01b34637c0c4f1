//! Compares the validation of requests with a JSON Schema validator: the bodies of all requests and
//! the values of all parameters, on and next to every bound.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Write;
use std::sync::Mutex;
use std::thread;

use gitbook_api::{Body, Client, OPERATIONS, Operation, QueryStyle};
use schema_sample::{Dialect, Validator, at_bounds, samples};
use serde_json::{Value, json};

use crate::sampled::document;

/// Returns the encoded value, and its fate: `Kept` only if that is looked for.
type Probe = fn(&Value, bool) -> Result<(Value, Fate), serde_json::Error>;

/// The result of sending a value.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Sent,
    Refused,
    /// It is sent, with a part that is kept as it is because nothing is known of it.
    Kept,
}

impl Fate {
    fn of(is_sent: bool) -> Self {
        if is_sent { Self::Sent } else { Self::Refused }
    }
}

fn probe<T>(value: &Value, finds_kept: bool) -> Result<(Value, Fate), serde_json::Error>
where
    T: serde::de::DeserializeOwned + Body + std::fmt::Debug,
{
    let read: T = serde_json::from_slice(value.to_string().as_bytes())?;
    let fate = match Fate::of(read.check().is_ok()) {
        // Debug output takes longer than everything else.
        Fate::Sent if finds_kept && format!("{read:?}").contains("Unknown(") => Fate::Kept,
        fate => fate,
    };
    Ok((serde_json::to_value(&read)?, fate))
}

mod requests {
    use gitbook_api::types;

    use super::{Probe, probe};

    /// The types of the bodies of all operations.
    #[allow(deprecated)]
    pub(super) const REQUESTS: &[(&str, Probe)] =
        &include!(concat!(env!("OUT_DIR"), "/requests.rs"));
}

/// A file to write all values with our verdicts to, for other judges.
const CASES: &str = "GITBOOK_API_CASES";

/// The keywords that are checked.
const CHECKED: [&str; 13] = [
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

#[test]
fn exactly_what_a_validator_accepts_is_sent() {
    let document = document("spec/openapi.yaml");
    let inputs = inputs(&document);
    // Most parameters have one of a few schemas.
    let mut groups: BTreeMap<String, Vec<&Input>> = BTreeMap::new();
    for input in &inputs {
        groups
            .entry(input.schema.to_string())
            .or_default()
            .push(input);
    }
    let groups: Vec<Vec<&Input>> = groups.into_values().collect();
    let judge = Judge::new(&document, &groups);
    let cases = std::env::var_os(CASES);
    let cases = cases.map(|path| Mutex::new(File::create(path).expect("a file")));

    let run = |first: usize| {
        let sender = Sender::new();
        let mut tally = Tally::default();
        for group in groups.iter().skip(first).step_by(THREADS) {
            try_group(&document, group, &judge, &sender, &mut tally, &cases);
        }
        tally
    };
    let tallies = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|first| {
                scope.spawn({
                    let run = &run;
                    move || run(first)
                })
            })
            .collect();
        let tallies = threads.into_iter().map(|thread| thread.join());
        tallies.collect::<Result<Vec<_>, _>>()
    });
    let tally = tallies
        .expect("no thread panics")
        .into_iter()
        .reduce(Tally::sum)
        .expect("a thread");
    println!("{} inputs, {tally:#?}", inputs.len());
    assert!(
        tally.wrong.is_empty(),
        "{} wrong:\n{}",
        tally.wrong.len(),
        tally.wrong[..tally.wrong.len().min(60)].join("\n")
    );
    assert!(
        tally.accepted > 10_000 && tally.refused > 10_000,
        "{tally:?}"
    );
}

/// The number of threads that share the inputs.
const THREADS: usize = 2;
/// The number of values that are tried with an input that has the schema, location and style of
/// another one.
const TRIED_AGAIN: usize = 4;

/// Tries values with the inputs of one schema: all of them with the first input of each location and
/// style, and a few with the others.
fn try_group(
    document: &Value,
    group: &[&Input],
    judge: &Judge,
    sender: &Sender,
    tally: &mut Tally,
    cases: &Option<Mutex<File>>,
) {
    let mut known = BTreeSet::new();
    let inputs: Vec<(&Input, bool)> = group
        .iter()
        .map(|input| (*input, known.insert(input.sink.kind())))
        .collect();
    let schema = group[0].schema;
    let values = at_bounds(document, schema, samples(document, schema));
    // From all over the list, and others for the next input.
    let step = (values.len() / TRIED_AGAIN).max(1);
    for (index, value) in values.iter().enumerate() {
        let verdict = judge.verdict(group[0], value);
        let finds_kept = cases.is_some() || !matches!(verdict, Verdict::Send);
        for (number, (input, is_first)) in inputs.iter().enumerate() {
            if !is_first && (index + number) % step != 0 {
                continue;
            }
            let Some(fate) = sender.fate(&input.sink, value, finds_kept) else {
                tally.other += 1;
                continue;
            };
            if let Some(file) = cases {
                let fate = ["sent", "refused", "kept"][fate as usize];
                let case = json!({ "at": input.pointer, "value": value, "fate": fate });
                let mut file = file.lock().expect("no thread panics");
                writeln!(file, "{case}").expect("the file can be written to");
            }
            tally.note(verdict, fate, || format!("{}: {value}", input.pointer));
        }
    }
}

/// Something that requests carry.
struct Input<'a> {
    pointer: String,
    schema: &'a Value,
    sink: Sink,
}

/// The consumer of the values of an input.
enum Sink {
    Body(Probe),
    Parameter {
        operation: &'static Operation,
        place: String,
        name: &'static str,
        explode: bool,
    },
}

impl Sink {
    /// Returns the same text for inputs whose values take the same way. A body has a type of its own.
    fn kind(&self) -> String {
        match self {
            Self::Body(probe) => format!("{probe:?}"),
            Self::Parameter { place, explode, .. } => format!("{place} {explode}"),
        }
    }
}

/// All bodies and parameters of the operations.
fn inputs(document: &Value) -> Vec<Input<'_>> {
    let mut inputs = Vec::new();
    for operation in OPERATIONS {
        let (path, method) = (escape(operation.path), operation.method.to_lowercase());
        let pointer = format!("/paths/{path}/{method}");
        let node = document.pointer(&pointer).expect("the operation");
        let request = requests::REQUESTS
            .iter()
            .find(|(id, _)| *id == operation.id);
        if let Some((_, probe)) = request {
            let (at, body) = resolved(document, format!("{pointer}/requestBody"));
            let content = body["content"].as_object().expect("a body has content");
            let (media_type, media) = content.iter().next().expect("content has a media type");
            inputs.push(Input {
                pointer: format!("{at}/content/{}/schema", escape(media_type)),
                schema: &media["schema"],
                sink: Sink::Body(*probe),
            });
        }
        let parameters = node["parameters"].as_array().map_or(0, Vec::len);
        for index in 0..parameters {
            let (at, parameter) = resolved(document, format!("{pointer}/parameters/{index}"));
            inputs.push(Input {
                pointer: format!("{at}/schema"),
                schema: &parameter["schema"],
                sink: parameter_sink(operation, parameter),
            });
        }
    }
    inputs
}

fn parameter_sink(operation: &Operation, parameter: &Value) -> Sink {
    let text = |key: &str| parameter[key].as_str().expect("text").to_owned();
    // Lacking a parameter that nothing sets, a call is always refused, and nothing goes out.
    let mut operation = *operation;
    operation.required = &["never set"];
    operation.required_headers = &[];
    let place = text("in");
    Sink::Parameter {
        operation: Box::leak(Box::new(operation)),
        name: text("name").leak(),
        explode: parameter["explode"].as_bool().unwrap_or(place == "query"),
        place,
    }
}

pub(crate) fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// Follows references. Returns the pointer of the target, and the target.
fn resolved(document: &Value, pointer: String) -> (String, &Value) {
    let node = document.pointer(&pointer).expect("pointers lead somewhere");
    match node["$ref"].as_str() {
        Some(reference) => resolved(document, reference.trim_start_matches('#').to_owned()),
        None => (pointer, node),
    }
}

/// Sends nothing, but finds out what would be sent.
struct Sender {
    client: Client,
    runtime: tokio::runtime::Runtime,
}

impl Sender {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        Self {
            client: Client::new("token").expect("a client"),
            runtime: runtime.expect("a runtime"),
        }
    }

    /// Returns the fate of a value, or `None` if another one would be sent in its place.
    fn fate(&self, sink: &Sink, value: &Value, finds_kept: bool) -> Option<Fate> {
        let (operation, place, name, explode) = match sink {
            Sink::Body(probe) => {
                let (written, fate) = probe(value, finds_kept).ok()?;
                return (written == *value).then_some(fate);
            }
            Sink::Parameter {
                operation,
                place,
                name,
                explode,
            } => (*operation, place.as_str(), *name, *explode),
        };
        let call = self.client.call(operation);
        let call = match (place, value) {
            // No value is no parameter.
            (_, Value::Array(items)) if items.is_empty() => return None,
            ("path", Value::Array(items)) => call.path_list(name, items.iter().map(plain)),
            ("query", Value::Array(items)) => {
                let style = if explode {
                    QueryStyle::Repeat
                } else {
                    QueryStyle::Commas
                };
                call.query_list(name, items.iter().map(plain), style)
            }
            ("header", Value::Array(items)) => call.header_list(name, items.iter().map(plain)),
            ("path", value) => call.path(name, plain(value)),
            ("query", value) => call.query(name, plain(value)),
            (_, value) => call.header(name, plain(value)),
        };
        let sent = self.runtime.block_on(async { call.empty().await });
        let error = sent.expect_err("nothing is sent");
        let mut violations = error.violations().iter();
        let is_missing = violations
            .next()
            .is_some_and(|first| first.path == "never set");
        assert!(is_missing, "{error}");
        Some(Fate::of(violations.next().is_none()))
    }
}

/// A value as text.
fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// The expected fate of a value.
#[derive(Clone, Copy)]
enum Verdict {
    Send,
    Refuse,
    /// It is invalid for a reason that is not checked.
    Either,
}

/// Judges by JSON Schema.
struct Judge {
    whole: Validator,
    /// Without what is checked.
    rest: Validator,
    /// With enums that have further values.
    open: Validator,
}

impl Judge {
    fn new(whole: &Value, groups: &[Vec<&Input<'_>>]) -> Self {
        let mut rest = whole.clone();
        relax(&mut rest, &|key, value| {
            !CHECKED.contains(&key) || value.is_object()
        });
        let mut open = whole.clone();
        relax(&mut open, &|key, value| key != "enum" || !value.is_array());
        // Properties with one value tell members of unions apart.
        restore(&mut open, whole);
        let [whole, rest, open] = [whole.clone(), rest, open].map(|document| {
            let pointers = groups.iter().map(|group| group[0].pointer.clone());
            Validator::new(Dialect::OpenApi30, document, pointers)
        });
        Self { whole, rest, open }
    }

    /// The verdict on a value of an input.
    fn verdict(&self, input: &Input<'_>, value: &Value) -> Verdict {
        let pointer = &input.pointer;
        if self.whole.is_valid(pointer, value) {
            return Verdict::Send;
        }
        if self.rest.is_valid(pointer, value) && !self.open.is_valid(pointer, value) {
            Verdict::Refuse
        } else {
            Verdict::Either
        }
    }
}

/// Removes keywords at every depth, and lets several members of a union fit: one keyword less may set
/// them apart.
fn relax(value: &mut Value, is_kept: &dyn Fn(&str, &Value) -> bool) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| relax(item, is_kept)),
        Value::Object(object) => {
            object.retain(|key, value| is_kept(key, value));
            object.values_mut().for_each(|value| relax(value, is_kept));
            if object.get("oneOf").is_some_and(Value::is_array) && !object.contains_key("anyOf") {
                let members = object.shift_remove("oneOf");
                object.extend(members.map(|members| ("anyOf".to_owned(), members)));
            }
        }
        _ => {}
    }
}

/// Gives properties with one value this value again.
fn restore(relaxed: &mut Value, whole: &Value) {
    match (relaxed, whole) {
        (Value::Array(relaxed), Value::Array(whole)) => {
            relaxed
                .iter_mut()
                .zip(whole)
                .for_each(|(relaxed, whole)| restore(relaxed, whole));
        }
        (Value::Object(relaxed), Value::Object(whole)) => {
            let properties = whole.get("properties").and_then(Value::as_object);
            for (name, schema) in properties.into_iter().flatten() {
                let one = schema["enum"].as_array().filter(|values| values.len() == 1);
                if let (Some(one), Some(relaxed)) = (one, relaxed.get_mut("properties")) {
                    relaxed[name]["enum"] = Value::Array(one.clone());
                }
            }
            for (key, whole) in whole {
                let is_renamed = key == "oneOf" && !relaxed.contains_key(key);
                let key = if is_renamed { "anyOf" } else { key };
                if let Some(relaxed) = relaxed.get_mut(key) {
                    restore(relaxed, whole);
                }
            }
        }
        _ => {}
    }
}

#[derive(Debug, Default)]
struct Tally {
    accepted: usize,
    refused: usize,
    /// Invalid, and sent because a part of it is kept as it is.
    kept: usize,
    /// Invalid for a reason that is not checked.
    either: usize,
    /// Values that the types decode as others.
    other: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn sum(mut self, other: Self) -> Self {
        self.accepted += other.accepted;
        self.refused += other.refused;
        self.kept += other.kept;
        self.either += other.either;
        self.other += other.other;
        self.wrong.extend(other.wrong);
        self
    }

    fn note(&mut self, verdict: Verdict, fate: Fate, case: impl Fn() -> String) {
        match (verdict, fate) {
            (Verdict::Send, Fate::Sent | Fate::Kept) => self.accepted += 1,
            (Verdict::Refuse, Fate::Refused) => self.refused += 1,
            (Verdict::Refuse, Fate::Kept) => self.kept += 1,
            (Verdict::Either, _) => self.either += 1,
            (Verdict::Send, Fate::Refused) => {
                self.wrong.push(format!("refused: {}", shortened(&case())))
            }
            (Verdict::Refuse, Fate::Sent) => {
                self.wrong.push(format!("sent: {}", shortened(&case())))
            }
        }
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(500).collect()
}
