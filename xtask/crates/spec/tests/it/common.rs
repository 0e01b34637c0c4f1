//! Helpers of the pipeline tests: documents cut into pages in the form of GitBook's, and `spec`
//! folders.

use std::{
    collections::{BTreeSet, HashMap},
    fs,
    path::Path,
    sync::LazyLock,
    time::Duration,
};

use crate::server::{Answer, Server};
use gitbook_api_codegen::walk::METHODS;
use gitbook_api_codegen::walk::{Node, walk};
use gitbook_spec::{
    fetch::{self, Limits, Options},
    read::read,
};
use serde_json::{Map, Value, json};
use tempfile::TempDir;

/// Returns limits under which a test fails quickly.
pub(crate) fn limits() -> Limits {
    Limits {
        attempts: 3,
        first_wait: Duration::from_millis(5),
        longest_wait: Duration::from_secs(2),
        connect: Duration::from_secs(1),
        total: Duration::from_secs(10),
        overall: Duration::from_secs(60),
        bytes: 1024 * 1024,
        pages: 500,
    }
}

/// Returns GitBook's published document, which is read once.
pub(crate) fn published_document() -> Value {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
        let fragments = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../spec/fragments");
        read(&fragments.join("gitbook-api/openapi.yaml")).unwrap()
    });
    DOCUMENT.clone()
}

/// Creates a folder `spec` with only `sources.toml`.
pub(crate) fn spec(sources: &str) -> TempDir {
    let spec = tempfile::tempdir().unwrap();
    fs::write(spec.path().join("sources.toml"), sources).unwrap();
    spec
}

/// Returns one source of `sources.toml`.
pub(crate) fn source(name: &str, kind: &str, location: &str) -> String {
    format!("[[source]]\nname = '{name}'\nkind = '{kind}'\nlocation = '{location}'\n")
}

/// Runs `cargo xtask fetch [--locked]` with the limits of the tests.
pub(crate) fn fetch(spec: &Path, locked: bool) -> anyhow::Result<()> {
    let options = Options {
        locked,
        ..Options::default()
    };
    fetch::run(spec, &options, &limits())
}

/// Cuts `document` into one self-contained page per operation, in the form of GitBook's own pages.
/// Returns slugs and Markdown, in document order.
pub(crate) fn cut_into_pages(document: &Value) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in METHODS.iter().filter(|method| item.get(method).is_some()) {
            let operation = &item[method];
            let slug = match operation["operationId"].as_str() {
                Some(id) => id.to_owned(),
                None => format!(
                    "{method}{}",
                    path.replace(|c: char| !c.is_alphanumeric(), "-")
                ),
            };
            let page = format!(
                "# {slug}\n\nSome prose.\n\n## {} {path}\n\n> {}\n\n```json\n{}\n```\n\n---\n\n\
                 # Agent Instructions\n\n```\nGET https://example.com/{slug}.md?ask=<question>\n```\n",
                method.to_uppercase(),
                operation["summary"].as_str().unwrap_or_default(),
                cut(document, path, method),
            );
            pages.push((slug, page));
        }
    }
    pages
}

/// Serves pages under `/api/`, and an index of them at `/llms.txt`.
pub(crate) fn serve(pages: &[(String, String)]) -> Server {
    Server::new(paged(pages))
}

/// Returns the answers of a server of pages.
pub(crate) fn paged(
    pages: &[(String, String)],
) -> impl Fn(&str, usize) -> Answer + Send + Sync + use<> {
    let mut index = "# Documentation\n\n- [A guide](/guides/start.md)\n".to_owned();
    let mut bodies = HashMap::new();
    for (slug, page) in pages {
        index.push_str(&format!("- [{slug}](/api/{slug}.md): an operation\n"));
        bodies.insert(format!("/api/{slug}.md"), page.clone());
    }
    bodies.insert("/llms.txt".to_owned(), index);
    move |path, _| match bodies.get(path) {
        Some(body) => Answer::new(200, body.clone()),
        None => Answer::new(404, ""),
    }
}

/// Returns a `sources.toml` with the index of a server as its only source.
pub(crate) fn index_source(name: &str, server: &Server) -> String {
    let url = server.url();
    format!(
        "[[source]]\nname = '{name}'\nkind = 'index'\nlocation = '{url}/llms.txt'\nprefix = '/api/'\n"
    )
}

/// Cuts `document` into pages, serves them, and fetches them into a folder `spec` whose only source
/// is the index `pages`.
pub(crate) fn fetch_as_pages(document: &Value) -> TempDir {
    let server = serve(&cut_into_pages(document));
    let spec = spec(&index_source("pages", &server));
    fetch(spec.path(), false).unwrap();
    spec
}

/// Returns a document with one operation and everything that it refers to.
fn cut(document: &Value, path: &str, method: &str) -> Value {
    let mut item = document["paths"][path].clone();
    item.as_object_mut()
        .unwrap()
        .retain(|key, _| key == method || !METHODS.contains(&key.as_str()));
    let operation = &item[method];

    let mut fragment = Map::new();
    for key in ["openapi", "info", "tags", "servers", "security"] {
        if let Some(value) = document.get(key) {
            fragment.insert(key.to_owned(), value.clone());
        }
    }
    let used_tags = operation["tags"].as_array().cloned().unwrap_or_default();
    if let Some(tags) = fragment.get_mut("tags").and_then(Value::as_array_mut) {
        tags.retain(|tag| used_tags.contains(&tag["name"]));
    }

    let mut reached = schemes(&document["security"]);
    reached.extend(schemes(&operation["security"]));
    let mut pending = references(&json!({ "paths": { path: item } }));
    while let Some((section, name)) = pending.pop() {
        let component = &document["components"][&section][&name];
        if reached.insert((section.clone(), name.clone())) {
            pending.extend(references(
                &json!({ "components": { section: { name: component } } }),
            ));
        }
    }
    let mut components = Map::new();
    for (section, entries) in document["components"].as_object().into_iter().flatten() {
        let entries = entries.as_object().into_iter().flatten();
        let kept: Map<_, _> = entries
            .filter(|(name, _)| reached.contains(&(section.clone(), (*name).clone())))
            .map(|(name, component)| (name.clone(), component.clone()))
            .collect();
        if !kept.is_empty() {
            components.insert(section.clone(), kept.into());
        }
    }
    fragment.insert("components".to_owned(), components.into());
    fragment.insert("paths".to_owned(), json!({ path: item }));
    Value::Object(fragment)
}

/// Returns the security schemes that a list of security requirements names.
fn schemes(security: &Value) -> BTreeSet<(String, String)> {
    let requirements = security.as_array().into_iter().flatten();
    requirements
        .filter_map(Value::as_object)
        .flat_map(Map::keys)
        .map(|name| ("securitySchemes".to_owned(), name.clone()))
        .collect()
}

/// Returns the sections and names of the components that a document refers to.
fn references(document: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    walk(
        Node::Document,
        document,
        &mut String::new(),
        &mut |_, _, node| {
            let mapping = node
                .pointer("/discriminator/mapping")
                .and_then(Value::as_object);
            let mapped = mapping.into_iter().flat_map(Map::values);
            for reference in node.get("$ref").into_iter().chain(mapped) {
                found.extend(reference.as_str().and_then(component));
            }
        },
    );
    found
}

fn component(reference: &str) -> Option<(String, String)> {
    let (section, rest) = reference.strip_prefix("#/components/")?.split_once('/')?;
    let name = rest.split('/').next()?;
    Some((
        section.to_owned(),
        gitbook_api_codegen::document::unescape(name),
    ))
}
