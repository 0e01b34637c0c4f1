//! Generated code as people lay it out.

use proc_macro2::TokenStream;

use crate::Problem;

/// The lines of `items`, `depth` levels in.
pub(super) fn layout(items: TokenStream, depth: usize) -> Result<String, Problem> {
    let file = syn::parse2(items).map_err(|error| {
        let message = format!("the generated operations do not parse: {error}");
        Problem::new("", message)
    })?;
    let code = prettyplease::unparse(&file);
    let lines = code.lines().map(|line| match line.is_empty() {
        true => "\n".to_owned(),
        false => format!("{:1$}{line}\n", "", 4 * depth),
    });
    Ok(lines.collect())
}
