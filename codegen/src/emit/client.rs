//! The methods of `Client`.

use super::documentation::{GATE, UNDOCUMENTED, about, arguments, badge, body, returned, scopes};
use super::example::Examples;
use super::{Argument, Call, doc, line, signature};
use crate::group::GroupSet;
use crate::model::Item;
use crate::names::capitalize;

/// Returns an `impl` block for each API group, in the order of their first operations.
pub(super) fn client(calls: &[Call<'_>], items: &[Item]) -> Vec<(GroupSet, String)> {
    let examples = Examples::new(items);
    let mut groups: Vec<(&str, String)> = Vec::new();
    for call in calls {
        let group = call.operation.group.as_str();
        let known = groups.iter().position(|(other, _)| *other == group);
        let at = known.unwrap_or_else(|| {
            groups.push((group, String::new()));
            groups.len() - 1
        });
        let methods = &mut groups[at].1;
        if !methods.is_empty() {
            methods.push('\n');
        }
        method(methods, call, &examples);
    }
    let blocks = groups.iter().map(|(group, methods)| {
        let title = capitalize(&group.replace('-', " "));
        let badge = badge(group, false);
        let block = format!("/// # {title}\n{badge}\nimpl Client {{\n{methods}}}\n");
        (GroupSet::from([(*group).to_owned()]), block)
    });
    blocks.collect()
}

fn method(source: &mut String, call: &Call<'_>, examples: &Examples<'_>) {
    let operation = call.operation;
    let mut text = about(operation) + &arguments(operation) + &body(operation);
    text.push_str(&format!("\n\n{}", returned(operation)));
    if let Some(scopes) = scopes(operation) {
        text.push_str(&format!("\n\n{scopes}"));
    }
    if !operation.internal {
        text.push_str(&format!("\n\n# Example\n\n{}", examples.example(operation)));
    }
    doc(source, 1, &text);
    if operation.is_multipart() {
        line(source, 1, GATE);
        line(source, 1, &badge(&operation.group, true));
    }
    if operation.deprecated {
        line(source, 1, "#[deprecated]");
    }
    if operation.internal {
        line(source, 1, UNDOCUMENTED);
        line(source, 1, "#[doc(hidden)]");
    }
    for alias in &operation.aliases {
        line(source, 1, &format!("#[doc(alias = {alias:?})]"));
    }
    let declared = call.arguments.iter();
    let declared = declared.map(|it| format!("{}: {}", it.name, it.rust_type()));
    let declared: Vec<String> = std::iter::once("&self".to_owned())
        .chain(declared)
        .collect();
    let builder = format!("builder::{}", call.builder);
    signature(source, &call.method, &declared, &builder);
    let begin = format!("self.call(&operations::{})", operation.constant());
    if call.arguments.is_empty() {
        line(source, 2, &format!("RequestBuilder::new({begin})"));
    } else {
        let local = free_name(&call.arguments);
        line(source, 2, &format!("let {local} = {begin};"));
        for (conversion, set) in call.arguments.iter().map(Argument::set) {
            if let Some(conversion) = conversion {
                line(source, 2, &conversion);
            }
            line(source, 2, &format!("let {local} = {local}{set};"));
        }
        line(source, 2, &format!("RequestBuilder::new({local})"));
    }
    line(source, 1, "}");
}

/// Returns the name of the variable of the call, which no argument has.
fn free_name(arguments: &[Argument<'_>]) -> &'static str {
    let mut names = ["call", "operation_call", "call_of_operation"].into_iter();
    let free = names.find(|name| arguments.iter().all(|it| it.name != *name));
    free.unwrap_or("the_call")
}
