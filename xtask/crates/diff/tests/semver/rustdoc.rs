//! The public items of a crate in the JSON of rustdoc, with how each is declared.

use std::collections::BTreeMap;

use serde_json::Value;

/// Every public item by its path, with its declaration.
pub fn items(json: &[u8]) -> BTreeMap<String, String> {
    let document: Value = serde_json::from_slice(json).unwrap();
    let mut reader = Reader {
        index: &document["index"],
        items: BTreeMap::new(),
    };
    reader.read(&document["root"], "gitbook_api");
    reader.items
}

/// How many items of `base` are gone or declared differently in `head`, and how many are new there.
pub fn differences(
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
    /// Notes the item with this id, known as `path`, and what is inside it.
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

    /// What a type has and does itself; not what the compiler or another crate adds.
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

    /// The types that an implementation of a trait chooses.
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

    /// The items with these ids.
    fn listed(&self, ids: &'a Value) -> impl Iterator<Item = &'a Value> {
        let index = self.index;
        let ids = ids.as_array().into_iter().flatten();
        ids.map(|id| &index[id.to_string()])
    }
}

/// A method may have the name of a field.
fn brackets(item: &Value) -> &'static str {
    match item["inner"].get("function") {
        Some(_) => "()",
        None => "",
    }
}

/// A declaration without the ids in it, which are others in every build, and without what has
/// entries of its own.
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

/// What holds the ids of other items.
const LISTS: [&str; 6] = [
    "id",
    "impls",
    "implementations",
    "variants",
    "items",
    "fields",
];
