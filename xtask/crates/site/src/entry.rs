//! One operation on the page.

use crate::{Example, REPOSITORY, text};
use gitbook_api_codegen::api::{Api, Declaration};
use gitbook_api_codegen::names::field_name;
use gitbook_api_codegen::operation::{Operation, Output};

pub(crate) struct Entry<'a> {
    pub operation: &'a Operation,
    /// The name of the method of `Client`.
    method: String,
    /// The name of the type that the method returns.
    builder: String,
    /// The required arguments by name and type.
    arguments: &'a [(String, String)],
    /// The optional arguments by name and type.
    setters: Vec<&'a (String, String)>,
    /// The type that a call results in.
    output: &'a str,
    /// The names of the programs that call the operation.
    examples: Vec<&'a str>,
}

impl<'a> Entry<'a> {
    pub(crate) fn new(operation: &'a Operation, api: &'a Api, examples: &'a [Example]) -> Self {
        let method = field_name(&operation.name);
        let builder = operation.builder();
        let function = |path: String| match api.get(&path) {
            Some(Declaration::Function { arguments, output }) => (&arguments[..], &output[..]),
            _ => unreachable!("every operation has the function {path}"),
        };
        let (arguments, _) = function(format!("Client::{method}()"));
        let (_, output) = function(format!("builder::{builder}::send()"));
        let prefix = format!("builder::{builder}::");
        let members = api.range(prefix.clone()..);
        let setters = members
            .take_while(|(path, _)| path.starts_with(&prefix))
            .filter_map(|(_, declaration)| match declaration {
                Declaration::Function { arguments, .. } => arguments.first(),
                Declaration::Other(_) => None,
            });
        let call = format!(".{method}(");
        let examples = examples.iter().filter(|it| it.source.contains(&call));
        Self {
            operation,
            builder,
            arguments,
            setters: setters.collect(),
            output,
            examples: examples.map(|example| &example.name[..]).collect(),
            method,
        }
    }

    /// Returns the HTML of the entry.
    pub(crate) fn html(&self) -> String {
        let operation = self.operation;
        let http = operation.method.to_ascii_lowercase();
        let description = match operation.description.trim() {
            "" => String::new(),
            description => format!("<p class=\"description\">{}</p>\n", text(description)),
        };
        format!(
            "<article id=\"{method}\" class=\"{http}\">\n\
             <h3><a href=\"gitbook_api/builder/type.{builder}.html\"><code>{signature}</code></a>{marks} \
             <a class=\"anchor\" href=\"#{method}\" title=\"Link to this operation\">#</a></h3>\n\
             <p class=\"path\"><b>{verb}</b> <code>{path}</code>{scopes}</p>\n\
             <p>{summary}</p>\n\
             <details><summary>Details</summary>\n<dl>\n{facts}</dl>\n{description}</details>\n\
             </article>\n",
            method = text(&self.method),
            builder = text(&self.builder),
            signature = text(&self.signature()),
            marks = self.marks(),
            verb = text(&operation.method),
            path = text(&operation.path),
            scopes = self.scopes(),
            summary = text(&operation.summary),
            facts = self.facts(),
        )
    }

    /// Returns the call with the names of its arguments: `client.get_space_by_id(space_id)`.
    fn signature(&self) -> String {
        let names: Vec<&str> = self.arguments.iter().map(|(name, _)| &name[..]).collect();
        format!("client.{}({})", self.method, names.join(", "))
    }

    fn marks(&self) -> String {
        let operation = self.operation;
        let marks = [
            ("deprecated", operation.deprecated),
            ("paginated", operation.paging.is_some()),
            ("streamed", matches!(operation.output(), Output::Events(..))),
        ];
        let marks = marks.iter().filter(|(_, is_set)| *is_set);
        marks
            .map(|(mark, _)| format!(" <span class=\"mark {mark}\">{mark}</span>"))
            .collect()
    }

    fn scopes(&self) -> String {
        match &self.operation.scopes[..] {
            [] => String::new(),
            scopes => {
                let scopes = text(&scopes.join(", "));
                format!(" <small title=\"OAuth scopes\">{scopes}</small>")
            }
        }
    }

    fn facts(&self) -> String {
        let code = |code: &str| format!("<code>{}</code>", text(code));
        let declared = |(name, ty): &(String, String)| code(&format!("{name}: {ty}"));
        let example = |name: &&str| {
            let name = text(name);
            format!("<a href=\"{REPOSITORY}/blob/main/examples/{name}.rs\">{name}</a>")
        };
        let facts = [
            ("Operation", vec![code(&self.operation.id)]),
            ("Arguments", self.arguments.iter().map(declared).collect()),
            (
                "Optional",
                self.setters.iter().copied().map(declared).collect(),
            ),
            ("Result", vec![code(self.output)]),
            ("Feature", vec![code(&self.operation.group)]),
            ("Examples", self.examples.iter().map(example).collect()),
        ];
        let facts = facts.iter().filter(|(_, values)| !values.is_empty());
        facts
            .map(|(name, values)| format!("<dt>{name}</dt><dd>{}</dd>\n", values.join(", ")))
            .collect()
    }
}
