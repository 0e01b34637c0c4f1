//! Examples of calls.

use std::collections::HashMap;

use crate::model::{Field, Item, Presence, Shape, Type, leaf_type};
use crate::operation::{Body, Format, Operation, Output};

/// The maximum number of levels of nested values. Values at deeper levels are the default.
const DEPTH: usize = 3;

/// The length of a statement that is broken into lines.
const WIDTH: usize = 80;

/// Writes examples with values of these types.
pub(super) struct Examples<'a>(HashMap<&'a str, &'a Item>);

impl<'a> Examples<'a> {
    /// Indexes the types.
    pub(super) fn new(items: &'a [Item]) -> Self {
        Self(
            items
                .iter()
                .map(|item| (item.name.as_str(), item))
                .collect(),
        )
    }

    /// Returns a documentation test that calls `operation` with plausible arguments.
    pub(super) fn example(&self, operation: &Operation) -> String {
        let parameters = operation.required_parameters();
        let mut arguments: Vec<String> = Vec::new();
        for parameter in parameters {
            let ty = leaf_type(&parameter.schema);
            arguments.push(self.value(&ty, &parameter.name, 0));
        }
        let body = operation.body.as_ref().filter(|body| body.required);
        arguments.extend(body.map(|body| self.body(body)));
        let call = format!(".{}({})", operation.name, arguments.join(", "));
        let statement = match (&operation.paging, operation.output()) {
            (Some(_), _) => items(&call),
            (None, Output::Events(_)) => response("events", &call),
            (None, _) => response("response", &call),
        };
        let mut uses = String::new();
        if operation.is_multipart() && body.is_some() {
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
             Result<(), gitbook_api::Error> {{\n{}\n# Ok(())\n# }}\n```",
            statement
        )
    }

    /// Returns an expression that converts to the type of a body.
    fn body(&self, body: &Body) -> String {
        match &body.format {
            Format::Json | Format::Form => match leaf_type(&body.schema) {
                Type::Named(name) => self.named(&name, "body", 0),
                ty => default(&ty),
            },
            Format::Text => "\"text\"".to_owned(),
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

    /// Returns an expression that converts to `ty`, for what is called `name`.
    fn value(&self, ty: &Type, name: &str, depth: usize) -> String {
        match ty {
            Type::Boolean => "true".to_owned(),
            Type::Integer => "1".to_owned(),
            Type::Number => "1.0".to_owned(),
            Type::String | Type::Id(_) => format!("{name:?}"),
            Type::Timestamp => "gitbook_api::jiff::Timestamp::now()".to_owned(),
            Type::Json => "serde_json::json!({})".to_owned(),
            Type::List(item) => match **item {
                Type::String | Type::Id(_) | Type::Named(_) => {
                    format!("[{}]", self.value(item, name, depth))
                }
                _ => "[]".to_owned(),
            },
            Type::Named(own) | Type::Boxed(own) => self.named(own, name, depth),
            Type::Date | Type::Map(_) | Type::Page(_) | Type::Nullable(_) => default(ty),
        }
    }

    fn named(&self, own: &str, name: &str, depth: usize) -> String {
        let item = self.0.get(own).filter(|_| depth < DEPTH);
        match item.map(|item| &item.shape) {
            Some(Shape::Enum(variants)) if !variants.is_empty() => {
                format!("types::{own}::{}", variants[0].0)
            }
            Some(Shape::Struct(structure)) if structure.flattened.is_empty() => {
                let required = structure.required();
                let arguments: Vec<String> = required
                    .map(|field| self.argument(field, depth + 1))
                    .collect();
                let mut value = format!("types::{own}::new({})", arguments.join(", "));
                let optional = structure.fields().find(|field| {
                    field.presence != Presence::Required && field.ty == Type::String && !field.deprecated
                });
                if let (0, true, Some(field)) = (depth, arguments.is_empty(), optional) {
                    value.push_str(&format!(".{}({:?})", field.setter, field.name));
                }
                value
            }
            Some(Shape::Union(union)) => {
                let simple = union.variants.iter().find_map(|(variant, ty)| {
                    let value = match ty {
                        Type::Named(_) => self.value(ty, name, depth + 1),
                        Type::String => format!("{name:?}.to_owned()"),
                        _ => return None,
                    };
                    Some(format!("types::{own}::{variant}({value})"))
                });
                simple.unwrap_or_else(|| default(&Type::Named(own.to_owned())))
            }
            _ => default(&Type::Named(own.to_owned())),
        }
    }

    fn argument(&self, field: &Field, depth: usize) -> String {
        match (field.presence, &field.ty) {
            (Presence::Nullable, ty)
                if !matches!(ty, Type::String | Type::Id(_) | Type::Named(_)) =>
            {
                "None".to_owned()
            }
            (_, ty) => self.value(ty, &field.name, depth),
        }
    }
}

/// Returns the expression for the default value of a type.
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
