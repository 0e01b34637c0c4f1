//! Prints constant expressions as rustfmt does.

use quote::ToTokens;
use syn::Expr;

use crate::fill::WIDTH;
use crate::fit::SMALL;

/// Returns the source of `expression`, of which the first line begins at the column `taken` and the
/// others are `depth` levels in.
///
/// Lists, tuples and calls have a line for each of their items if they are too wide for one line.
pub(crate) fn literal(expression: &Expr, depth: usize, taken: usize) -> String {
    let (open, items, close) = match expression {
        Expr::Reference(reference) => {
            let inner = literal(&reference.expr, depth, taken + 1);
            return format!("&{inner}");
        }
        Expr::Array(array) => ("[".to_owned(), &array.elems, "]"),
        Expr::Tuple(tuple) => ("(".to_owned(), &tuple.elems, ")"),
        Expr::Call(call) => (format!("{}(", tokens(&call.func)), &call.args, ")"),
        other => return tokens(other),
    };
    let items: Vec<&Expr> = items.iter().collect();
    let short: Vec<String> = items.iter().map(|item| one_line(item)).collect();
    let inner = short.join(", ");
    let (width, open_width) = (inner.chars().count(), open.chars().count());
    // A comma or semicolon follows.
    if width <= SMALL && taken + open_width + width + close.len() < WIDTH {
        return format!("{open}{inner}{close}");
    }
    if let [Expr::Reference(_) | Expr::Array(_) | Expr::Tuple(_) | Expr::Call(_)] = &items[..] {
        let inner = literal(items[0], depth, taken + open_width);
        return format!("{open}{inner}{close}");
    }
    let margin = " ".repeat(4 * depth + 4);
    let is_small = |item: &String| item.chars().count() <= 10;
    let lines: Vec<String> = match close == "]" && short.iter().all(is_small) {
        true => rows(&short, WIDTH - margin.len()),
        false => items
            .iter()
            .map(|item| literal(item, depth + 1, margin.len()) + ",")
            .collect(),
    };
    let lines: Vec<String> = lines
        .into_iter()
        .map(|line| format!("{margin}{line}"))
        .collect();
    let end = " ".repeat(4 * depth);
    format!("{open}\n{}\n{end}{close}", lines.join("\n"))
}

/// Returns small items behind one another, in lines no wider than `width`.
fn rows(items: &[String], width: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for item in items {
        match rows.last_mut() {
            Some(row) if row.chars().count() + item.chars().count() + 2 <= width => {
                row.push_str(&format!(" {item},"));
            }
            _ => rows.push(format!("{item},")),
        }
    }
    rows
}

/// Returns the source of `expression` on one line.
fn one_line(expression: &Expr) -> String {
    let list = |items: &syn::punctuated::Punctuated<Expr, _>| {
        let items: Vec<String> = items.iter().map(one_line).collect();
        items.join(", ")
    };
    match expression {
        Expr::Reference(reference) => format!("&{}", one_line(&reference.expr)),
        Expr::Array(array) => format!("[{}]", list(&array.elems)),
        Expr::Tuple(tuple) => format!("({})", list(&tuple.elems)),
        Expr::Call(call) => format!("{}({})", tokens(&call.func), list(&call.args)),
        other => tokens(other),
    }
}

/// Returns the tokens of a path or of a number.
fn tokens(expression: &Expr) -> String {
    match expression {
        Expr::Lit(value) => value.lit.to_token_stream().to_string(),
        other => other.to_token_stream().to_string().replace(' ', ""),
    }
}

#[cfg(test)]
mod tests {
    use super::literal;

    fn check(code: &str, expected: &str) {
        let value: syn::Expr = syn::parse_str(code).unwrap();
        assert_eq!(literal(&value, 1, 16), expected.trim());
    }

    #[test]
    fn expressions_are_on_one_line_if_they_are_short() {
        check("&[\"a b\", \"c\"]", "&[\"a b\", \"c\"]");
        check(
            "A(&[(Query, \"x\", &[Minimum(-1.0)])])",
            "A(&[(Query, \"x\", &[Minimum(-1.0)])])",
        );
    }

    #[test]
    fn a_call_with_one_list_is_not_indented_twice() {
        check(
            "Checks(&[(Path, \"one\", &[MaxLength(10)]), (Path, \"other\", &[MaxLength(10)])])",
            "Checks(&[
        (Path, \"one\", &[MaxLength(10)]),
        (Path, \"other\", &[MaxLength(10)]),
    ])",
        );
    }
}
