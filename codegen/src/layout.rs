//! Prints items as rustfmt does.

use proc_macro2::TokenStream;

use crate::Diagnostic;
use crate::fill::WIDTH;
use crate::fit::{SMALL, fit};

/// Returns the source of `items`.
///
/// # Errors
/// Returns a [`Diagnostic`] if they are not Rust, which is a defect of the generator.
pub fn layout(items: TokenStream) -> Result<String, Diagnostic> {
    let file = syn::parse2(items).map_err(|error| {
        let message = format!("the generated operations do not parse: {error}");
        Diagnostic::new("", message)
    })?;
    let mut source = String::new();
    let mut previous = String::new();
    for line in joined(&prettyplease::unparse(&file), WIDTH) {
        // An item or function that follows another is set apart from it.
        if starts_item(&line) && ends_item(&previous) {
            source.push('\n');
        }
        for line in fit(&line) {
            source.push_str(&line);
            source.push('\n');
        }
        previous = line;
    }
    Ok(source)
}

/// The macros that implement traits of the generated types.
const MACROS: [&str; 2] = ["builder!", "page!"];

/// Returns the lines of a macro invocation that begins with `first` and continues in `rest`.
fn invocation<'a>(first: &'a str, rest: &mut std::str::Lines<'a>, width: usize) -> Vec<String> {
    let mut lines = vec![first];
    if !first.ends_with(");") {
        lines.extend(rest.take_while(|line| *line != ");").map(str::trim));
        lines.push(");");
    }
    let text = types_without_spaces(&lines.join(" "));
    let text = text.replace("( ", "(").replace(" );", ");");
    let inner = text.split_once('(').zip(text.strip_suffix(");"));
    match inner {
        Some(((name, _), text)) if text.len() + 2 > width => {
            let inner = text[name.len() + 1..].to_owned();
            vec![format!("{name}("), format!("    {inner}"), ");".to_owned()]
        }
        _ => vec![text],
    }
}

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
    if line.trim_start().starts_with("//") {
        return false;
    }
    let indent = line.len() - line.trim_start().len();
    indent <= 4 && ["}", "};"].contains(&line.trim_start())
        || indent == 0 && (line.ends_with(';') || line.ends_with('}'))
}

/// Returns the lines of `code`, with what prettyplease breaks on one line where that fits.
fn joined(code: &str, width: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut lines = code.lines();
    while let Some(line) = lines.next() {
        if MACROS.iter().any(|name| line.starts_with(name)) {
            found.extend(invocation(line, &mut lines, width));
            continue;
        }
        let rest: Vec<&str> = lines
            .clone()
            .take_while(|line| line.ends_with(','))
            .collect();
        let last = lines.clone().nth(rest.len()).unwrap_or_default().trim();
        let next = lines.clone().next().unwrap_or_default().trim();
        if line.ends_with('(') && last.starts_with(')') {
            let arguments: Vec<&str> = rest.iter().map(|line| line.trim()).collect();
            let arguments = arguments.join(" ");
            let arguments = arguments.trim_end_matches(',');
            let joined = format!("{line}{arguments}{last}");
            let is_small = line.contains("fn ") || arguments.chars().count() <= SMALL;
            if is_small && joined.chars().count() <= width {
                lines.nth(rest.len());
                found.push(joined);
                continue;
            }
        }
        if let (true, Some(item)) = (line.ends_with("IntoIterator<"), next.strip_suffix(',')) {
            found.push(format!("{line}{item}>,"));
            lines.nth(1);
            continue;
        }
        // rustfmt breaks a statement behind `=` before it breaks a chain of one call.
        let is_chain = line.contains(" = ") && next.starts_with('.') && next.ends_with(';');
        if is_chain {
            lines.next();
            found.push(format!("{line}{next}"));
            continue;
        }
        found.push(line.to_owned());
    }
    found
}
