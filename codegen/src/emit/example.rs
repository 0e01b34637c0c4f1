//! Examples of calls.

mod lines;
mod text;
mod value;

use crate::model::{Item, Type, leaf_type};
use crate::names::field_name;
use crate::operation::{Body, Format, Operation, Output, Parameter};

use value::{BREAK, Facts, Values};

/// The length of a statement that is broken into lines.
const WIDTH: usize = 80;

/// Writes examples with values of these types.
pub(super) struct Examples<'a>(Values<'a>);

impl<'a> Examples<'a> {
    /// Indexes the types.
    pub(super) fn new(items: &'a [Item]) -> Self {
        Self(Values::new(items))
    }

    /// Returns a documentation test that calls `operation` with valid arguments.
    pub(super) fn example(&self, operation: &Operation) -> String {
        let (body, call) = self.call(operation);
        let sent = match (&operation.paging, operation.output()) {
            (Some(_), _) => items(&call),
            (None, Output::Events(_)) => response("events", &call),
            (None, _) => response("response", &call),
        };
        let statement = lines::broken(&(body + &sent));
        let mut uses = String::new();
        if operation.is_multipart() && statement.contains("Form::") {
            uses.push_str(if statement.contains("Part::") {
                "use gitbook_api::reqwest::multipart::{Form, Part};\n"
            } else {
                "use gitbook_api::reqwest::multipart::Form;\n"
            });
        }
        if statement.contains("types::") {
            uses.push_str("use gitbook_api::types;\n");
        }
        if !uses.is_empty() {
            uses.push('\n');
        }
        let allowed = if operation.deprecated {
            "# #[allow(deprecated)]\n"
        } else {
            ""
        };
        format!(
            "```no_run\n{uses}{allowed}# async fn example(client: gitbook_api::Client) -> \
             Result<(), gitbook_api::Error> {{\n{statement}\n# Ok(())\n# }}\n```"
        )
    }

    /// Returns the call of the example as an expression, which is not sent.
    pub(super) fn expression(&self, operation: &Operation) -> String {
        let (body, call) = self.call(operation);
        format!("{{ {body}client{call} }}")
    }

    /// Returns the statement that makes the body, if it is long, and the call.
    fn call(&self, operation: &Operation) -> (String, String) {
        let parameters = operation.required_parameters().into_iter();
        let mut arguments: Vec<String> = parameters.map(|it| self.parameter(it)).collect();
        let body = operation.body.as_ref().filter(|body| body.required);
        let body = body.map(|body| self.body(body));
        let name = field_name(&operation.name);
        let mut statement = String::new();
        if let Some(body) = body {
            let short = body.replace(BREAK, "");
            let length = name.len() + arguments.concat().len() + short.len();
            if length + "let response = client.().await?;".len() <= WIDTH {
                arguments.push(short);
            } else {
                let long = "let body = ;".len() + short.len() > WIDTH;
                let body = body.replace(BREAK, if long { "\n    " } else { "" });
                statement = format!("let body = {body};\n");
                arguments.push("body".to_owned());
            }
        }
        (statement, format!(".{name}({})", arguments.join(", ")))
    }

    fn parameter(&self, parameter: &Parameter) -> String {
        let ty = leaf_type(&parameter.schema);
        let facts = Facts {
            name: &parameter.name,
            example: parameter.example.as_ref(),
            assertions: &parameter.assertions,
        };
        self.0.converted(&ty, facts).unwrap_or_else(|| default(&ty))
    }

    /// Returns an expression that converts to the type of a body.
    fn body(&self, body: &Body) -> String {
        let facts = Facts {
            name: "body",
            example: None,
            assertions: &body.assertions,
        };
        match &body.format {
            Format::Json | Format::Form => {
                let ty = leaf_type(&body.schema);
                let value = match ty {
                    Type::Named(_) => self.0.converted(&ty, facts),
                    _ => self.0.exact(&ty, facts),
                };
                value.unwrap_or_else(|| default(&ty))
            }
            Format::Text => {
                let text = self.0.converted(&Type::String, facts);
                text.unwrap_or_else(|| "\"text\"".to_owned())
            }
            Format::Bytes => "b\"bytes\".to_vec()".to_owned(),
            Format::Multipart(parts) => {
                let required = parts.iter().filter(|part| part.required);
                let parts = required.map(|part| {
                    if part.is_file {
                        format!(".part({:?}, Part::bytes(b\"bytes\".to_vec()))", part.name)
                    } else {
                        format!(".text({:?}, {:?})", part.name, part.name)
                    }
                });
                format!("Form::new(){}", parts.collect::<String>())
            }
        }
    }
}

/// Returns the expression for the default value of a type, of which no valid value is known.
fn default(ty: &Type) -> String {
    let path = ty.path("types::").replace("crate::", "gitbook_api::");
    format!("<{path} as Default>::default()")
}

/// Returns a statement that awaits a call of the client.
fn response(variable: &str, call: &str) -> String {
    statement(&format!("let {variable} ="), &[call, ".await?"])
}

/// Returns a loop over the items of a list.
fn items(call: &str) -> String {
    let items = statement("let mut items =", &[call, ".items()"]);
    format!(
        "{items}\nwhile let Some(item) = items.next().await {{\n    let item = item?;\n    \
         println!(\"{{item:?}}\");\n}}"
    )
}

/// Returns a statement with `calls` of the client, with a line for each if they are long.
fn statement(start: &str, calls: &[&str]) -> String {
    let short = format!("{start} client{};", calls.concat());
    if short.len() <= WIDTH {
        return short;
    }
    format!("{start} client\n    {};", calls.join("\n    "))
}
