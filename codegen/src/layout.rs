//! Prints items as rustfmt does.

use proc_macro2::TokenStream;

use crate::Problem;
use crate::fill::WIDTH;

/// Returns the source of `items`.
///
/// # Errors
/// Returns a [`Problem`] if they are not Rust, which is a defect of the generator.
pub fn layout(items: TokenStream) -> Result<String, Problem> {
    let file = syn::parse2(items).map_err(|error| {
        let message = format!("the generated operations do not parse: {error}");
        Problem::new("", message)
    })?;
    let mut source = String::new();
    let mut previous = String::new();
    for line in signatures(&prettyplease::unparse(&file), WIDTH) {
        // An item or function that follows another is set apart from it.
        if starts_item(&line) && ends_item(&previous) {
            source.push('\n');
        }
        let line = match MACROS.iter().any(|name| line.starts_with(name)) {
            true => types_without_spaces(&line),
            false => line,
        };
        source.push_str(&line);
        source.push('\n');
        previous = line;
    }
    Ok(source)
}

/// The macros that implement traits of the generated types.
const MACROS: [&str; 2] = ["builder!", "page!"];

/// Removes the spaces that the tokens of a macro have in types: `Option < Space >`.
fn types_without_spaces(line: &str) -> String {
    let pairs = [
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ::", "::"),
        (":: ", "::"),
        (" ?", "?"),
        ("? .", "?."),
    ];
    let tight = |line: String, (wide, tight): (&str, &str)| line.replace(wide, tight);
    pairs.into_iter().fold(line.to_owned(), tight)
}

/// Returns whether a line can be the first of an item.
fn starts_item(line: &str) -> bool {
    let line = line.trim_start();
    let starts = ["///", "#[", "pub ", "impl "];
    starts
        .iter()
        .chain(&MACROS)
        .any(|start| line.starts_with(start))
}

/// Returns whether a line is the last of an item or function.
fn ends_item(line: &str) -> bool {
    let indent = line.len() - line.trim_start().len();
    indent <= 4 && ["}", "};"].contains(&line.trim_start())
        || indent == 0 && (line.ends_with(';') || line.ends_with('}'))
}

/// Returns the lines of `code`, with signatures and calls on one line where they fit: prettyplease
/// breaks them earlier than rustfmt.
fn signatures(code: &str, width: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut lines = code.lines();
    while let Some(line) = lines.next() {
        let next = lines.clone().next().unwrap_or_default().trim_start();
        let is_broken = line.ends_with("= self") && next.starts_with('.') && next.ends_with(");");
        if is_broken && line.len() + next.len() <= width {
            found.push(format!("{line}{next}"));
            lines.next();
            continue;
        }
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
