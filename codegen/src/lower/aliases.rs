//! Replaces references to components that are other names for a leaf.

use indexmap::IndexMap;

use super::component::{Leaf, LeafKind};
use super::lowered::Lowered;
use crate::document::{Diagnostic, MAX_REFERENCES, escape};
use crate::markdown::brief;

/// Replaces the references to aliases by what they lead to, in the aliases themselves, too. An alias
/// that leads to itself, as a list of lists of …, is any JSON where it does.
///
/// # Errors
/// Returns a [`Diagnostic`] at an alias that leads through too many others.
pub(super) fn resolve(lowered: &mut Lowered) -> Result<(), Diagnostic> {
    let original = lowered.aliases.clone();
    for (name, leaf) in &mut lowered.aliases {
        *leaf = target(&original, name, &mut Vec::new()).ok_or_else(|| {
            let message = format!("this leads through more than {MAX_REFERENCES} schemas");
            let pointer = format!("/components/schemas/{}", escape(name));
            let help = "with an overlay, let this schema refer to the last one directly";
            Diagnostic::new(pointer, message).help(help)
        })?;
    }
    for leaf in lowered.leaves_mut() {
        // All aliases are short enough.
        replace(&original, leaf, &mut Vec::new());
    }
    Ok(())
}

/// Returns the leaf that the alias `name`, reached through those in `seen`, leads to, or `None` if it is
/// too far away.
fn target<'a>(
    aliases: &'a IndexMap<String, Leaf>,
    name: &'a str,
    seen: &mut Vec<&'a str>,
) -> Option<Leaf> {
    if seen.len() > MAX_REFERENCES {
        return None;
    }
    let mut leaf = aliases.get(name)?.clone();
    seen.push(name);
    replace(aliases, &mut leaf, seen)?;
    seen.pop();
    Some(leaf)
}

fn replace<'a>(
    aliases: &'a IndexMap<String, Leaf>,
    leaf: &mut Leaf,
    seen: &mut Vec<&'a str>,
) -> Option<()> {
    match &mut leaf.kind {
        LeafKind::List(inner) | LeafKind::Map(inner) => replace(aliases, inner, seen)?,
        LeafKind::Component(name) => {
            if let Some((name, _)) = aliases.get_key_value(name.as_str()) {
                if seen.contains(&name.as_str()) {
                    leaf.kind = LeafKind::Any;
                } else {
                    let target = target(aliases, name, seen)?;
                    become_target(leaf, target);
                }
            }
        }
        _ => {}
    }
    Some(())
}

/// Makes a reference to an alias what the alias is, with the assertions and annotations of both. Those of
/// the reference come first.
fn become_target(leaf: &mut Leaf, target: Leaf) {
    leaf.kind = target.kind;
    leaf.format = target.format;
    leaf.constant = leaf.constant.take().or(target.constant);
    leaf.skips_validation |= target.skips_validation;
    for assertion in target.assertions {
        if !leaf.assertions.contains(&assertion) {
            leaf.assertions.push(assertion);
        }
    }
    let own = &mut leaf.annotations;
    let description = target.annotations.description;
    let description = description.map(|text| brief(&text));
    let description = description.filter(|text| !text.is_empty());
    own.description = own.description.take().or(description);
    own.deprecated = own.deprecated.or(target.annotations.deprecated);
    own.default = own.default.take().or(target.annotations.default);
    own.example = own.example.take().or(target.annotations.example);
}
