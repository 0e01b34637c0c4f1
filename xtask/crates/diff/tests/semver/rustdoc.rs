//! Reads the public items of a crate, with their declarations, from rustdoc's JSON output.

use std::collections::BTreeMap;

use serde_json::Value;

/// Returns every public item by its path, with its declaration.
pub(crate) fn items(json: &[u8]) -> BTreeMap<String, String> {
    let document: Value = serde_json::from_slice(json).unwrap();
    let mut reader = Reader {
        index: &document["index"],
        items: BTreeMap::new(),
    };
    reader.read(&document["root"], "gitbook_api");
    reader.items
}

/// Returns how many items of `base` are missing or declared differently in `head`, and how many are
/// new there.
pub(crate) fn differences(
    base: &BTreeMap<String, String>,
    head: &BTreeMap<String, String>,
) -> (usize, usize) {
    let broken = base
        .iter()
        .filter(|(path, item)| head.get(*path) != Some(item));
    let added = head.keys().filter(|path| !base.contains_key(*path));
    (broken.count(), added.count())
}

struct Reader<'a> {
    index: &'a Value,
    items: BTreeMap<String, String>,
}

impl<'a> Reader<'a> {
    /// Records the item with this id, whose path is `path`, and the items inside it.
    fn read(&mut self, id: &Value, path: &str) {
        let index: &'a Value = self.index;
        let Some(item) = index.get(id.to_string()) else {
            return;
        };
        let Some((kind, inner)) = item["inner"]
            .as_object()
            .and_then(|inner| inner.iter().next())
        else {
            return;
        };
        match kind.as_str() {
            "module" => self.all(&inner["items"], path),
            "use" if inner["is_glob"] == true => self.read(&inner["id"], path),
            "use" => {
                let (parent, _) = path.rsplit_once("::").unwrap_or_default();
                let name = inner["name"].as_str().unwrap();
                self.read(&inner["id"], &format!("{parent}::{name}"));
            }
            "impl" => self.implementation(inner, path),
            _ => {
                self.note(path.to_owned(), kind, inner);
                for list in ["variants", "items", "impls"] {
                    self.all(&inner[list], path);
                }
                self.all(&inner["kind"]["plain"]["fields"], path);
            }
        }
    }

    fn all(&mut self, ids: &Value, path: &str) {
        let index: &'a Value = self.index;
        for id in ids.as_array().into_iter().flatten() {
            let item = &index[id.to_string()];
            match item["name"].as_str() {
                Some(name) => self.read(id, &format!("{path}::{name}{}", brackets(item))),
                None => self.read(id, &format!("{path}::")),
            }
        }
    }

    /// Records an implementation of the crate itself; those by the compiler or by other crates are
    /// left out.
    fn implementation(&mut self, inner: &Value, path: &str) {
        let path = path.trim_end_matches("::");
        if inner["is_synthetic"] == true || !inner["blanket_impl"].is_null() {
            return;
        }
        match &inner["trait"] {
            Value::Null => self.all(&inner["items"], path),
            name => {
                let name = declaration(name);
                let output = self.associated(&inner["items"]);
                self.items.insert(format!("impl {name} for {path}"), output);
            }
        }
    }

    /// Returns the associated types of an implementation.
    fn associated(&self, ids: &Value) -> String {
        let items = self.listed(ids);
        let types = items.filter_map(|item| item["inner"].get("assoc_type"));
        types.map(declaration).collect()
    }

    fn note(&mut self, path: String, kind: &str, inner: &Value) {
        let declared = match kind {
            "variant" => self.fields(&inner["kind"]["tuple"]),
            _ => declaration(inner),
        };
        self.items.insert(path, format!("{kind} {declared}"));
    }

    fn fields(&self, ids: &Value) -> String {
        let fields = self.listed(ids);
        fields.map(|field| declaration(&field["inner"])).collect()
    }

    /// Returns the items with these ids.
    fn listed(&self, ids: &'a Value) -> impl Iterator<Item = &'a Value> {
        let index = self.index;
        let ids = ids.as_array().into_iter().flatten();
        ids.map(|id| &index[id.to_string()])
    }
}

/// Distinguishes a method from a field of the same name.
fn brackets(item: &Value) -> &'static str {
    match item["inner"].get("function") {
        Some(_) => "()",
        None => "",
    }
}

/// Returns a declaration without ids, which differ between builds, and without parts that have
/// entries of their own.
fn declaration(inner: &Value) -> String {
    bare(inner).to_string()
}

fn bare(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(bare).collect(),
        Value::Object(members) => {
            let own = members
                .iter()
                .filter(|(key, _)| !LISTS.contains(&key.as_str()));
            own.map(|(key, value)| (key.clone(), bare(value))).collect()
        }
        other => other.clone(),
    }
}

/// The members that hold ids of other items.
const LISTS: [&str; 6] = [
    "id",
    "impls",
    "implementations",
    "variants",
    "items",
    "fields",
];
