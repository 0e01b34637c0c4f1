//! Generated code as people lay it out.

use proc_macro2::TokenStream;

use crate::Problem;
use crate::fill::WIDTH;

/// The lines of `items`, `depth` levels in.
pub(super) fn layout(items: TokenStream, depth: usize) -> Result<String, Problem> {
    let file = syn::parse2(items).map_err(|error| {
        let message = format!("the generated operations do not parse: {error}");
        Problem::new("", message)
    })?;
    let code = prettyplease::unparse(&file);
    let indent = 4 * depth;
    let lines = signatures(&code, WIDTH - indent).into_iter();
    let lines = lines.map(|line| match line.is_empty() {
        true => "\n".to_owned(),
        false => format!("{:indent$}{line}\n", ""),
    });
    Ok(lines.collect())
}

/// The lines of `code`, with signatures on one line where they fit: prettyplease has narrower lines
/// than people do.
fn signatures(code: &str, width: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut lines = code.lines();
    while let Some(line) = lines.next() {
        found.push(line.to_owned());
        if !line.contains("fn ") || !line.ends_with('(') {
            continue;
        }
        let rest = lines.clone().take_while(|line| line.ends_with(','));
        let arguments: Vec<&str> = rest.map(str::trim).collect();
        let last = lines.clone().nth(arguments.len()).unwrap_or_default();
        let joined = arguments.join(" ");
        let joined = format!("{line}{}{}", joined.trim_end_matches(','), last.trim());
        if last.trim().starts_with(')') && joined.len() <= width {
            found.pop();
            found.push(joined);
            lines.nth(arguments.len());
        }
    }
    found
}
