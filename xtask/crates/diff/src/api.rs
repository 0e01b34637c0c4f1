//! Compares the public APIs of two clients.

use std::collections::BTreeSet;
use std::ops::Bound;

use gitbook_api_codegen::api::{Api, Declaration};

/// A public item that is declared differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub path: String,
    /// The declaration in the base, if the item exists there.
    pub before: Option<String>,
    /// The declaration in the head, if the item exists there.
    pub after: Option<String>,
    /// Set if arguments that both declarations have are in a different order.
    pub reordered: bool,
}

/// The differences between two public APIs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Items that were removed or are declared differently.
    pub broken: Vec<Change>,
    pub added: Vec<Change>,
    /// The paths in `broken` and `added`, from each of their Rust paths on.
    index: [BTreeSet<String>; 2],
}

impl Change {
    /// Returns whether the item changed because it is a part of a removed type, or because its
    /// declaration named one: users have to change the same code for the type.
    pub fn follows_from(&self, removed: &BTreeSet<&str>) -> bool {
        let path = words(&self.path);
        let is_type = type_path(&self.path).is_some();
        let declaration = words(self.before.as_deref().unwrap_or_default());
        !is_type && path.chain(declaration).any(|word| removed.contains(word))
    }
}

/// Returns the name of the type, if the path is that of a type.
fn type_path(path: &str) -> Option<&str> {
    let name = path.strip_prefix("types::")?;
    name.chars().all(is_of_word).then_some(name)
}

/// Returns the Rust identifiers of a path or a declaration.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_of_word(c))
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

impl Changes {
    /// Returns the names of the types that were removed.
    pub fn removed_types(&self) -> BTreeSet<&str> {
        let removed = self.broken.iter().filter(|change| change.after.is_none());
        removed
            .filter_map(|change| type_path(&change.path))
            .collect()
    }

    pub fn between(base: &Api, head: &Api) -> Self {
        let broken = base.iter().filter_map(|(path, before)| {
            let after = head.get(path);
            let reordered = after.is_some_and(|after| is_reordered(before, after));
            let is_same = after.is_some_and(|after| !reordered && is_equal(before, after));
            (!is_same).then(|| Change {
                path: path.clone(),
                before: Some(before.to_string()),
                after: after.map(ToString::to_string),
                reordered,
            })
        });
        let added = head.iter().filter(|(path, _)| !base.contains_key(*path));
        let added = added.map(|(path, after)| Change {
            path: path.clone(),
            before: None,
            after: Some(after.to_string()),
            reordered: false,
        });
        let (broken, added): (Vec<Change>, Vec<Change>) = (broken.collect(), added.collect());
        let index = [index(&broken), index(&added)];
        Self {
            broken,
            added,
            index,
        }
    }

    /// Returns whether an item whose path contains `prefix` was removed or is declared differently.
    pub fn has_broken(&self, prefix: &str) -> bool {
        contains(&self.index[0], prefix)
    }

    /// Returns whether an item whose path contains `prefix` was added.
    pub fn has_added(&self, prefix: &str) -> bool {
        contains(&self.index[1], prefix)
    }
}

/// The modules and types that Rust paths of the client begin with.
pub(crate) const STARTS: [&str; 3] = ["types::", "builder::", "Client::"];

/// Returns the ends of all paths that begin with a Rust path: `impl From<A> for types::B` has one.
fn index(changes: &[Change]) -> BTreeSet<String> {
    let ends = changes.iter().flat_map(|change| {
        let starts = STARTS
            .iter()
            .flat_map(|start| change.path.match_indices(start));
        starts.map(|(at, _)| change.path[at..].to_owned())
    });
    ends.collect()
}

fn contains(index: &BTreeSet<String>, prefix: &str) -> bool {
    let mut from = index.range::<str, _>((Bound::Included(prefix), Bound::Unbounded));
    from.next().is_some_and(|end| end.starts_with(prefix))
}

/// Returns whether two declarations are equal for callers. The names of arguments do not matter:
/// Rust has no named arguments.
fn is_equal(before: &Declaration, after: &Declaration) -> bool {
    let types = |declaration: &Declaration| match declaration {
        Declaration::Function { arguments, output } => {
            let types = arguments.iter().map(|(_, ty)| ty.clone());
            Some((types.collect::<Vec<_>>(), output.clone()))
        }
        Declaration::Other(_) => None,
    };
    before == after || types(before).is_some() && types(before) == types(after)
}

/// Returns whether the arguments that both functions have are in a different order. A call may
/// still compile then and pass values for the wrong arguments.
fn is_reordered(before: &Declaration, after: &Declaration) -> bool {
    let (
        Declaration::Function { arguments: old, .. },
        Declaration::Function { arguments: new, .. },
    ) = (before, after)
    else {
        return false;
    };
    let names = |list: &[(String, String)], others: &[(String, String)]| -> Vec<String> {
        let in_both = |name: &String| others.iter().any(|(other, _)| other == name);
        let names = list.iter().map(|(name, _)| name);
        names.filter(|name| in_both(name)).cloned().collect()
    };
    names(old, new) != names(new, old)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(arguments: &[&str]) -> Declaration {
        let argument = |name: &&str| ((*name).to_owned(), "String".to_owned());
        Declaration::Function {
            arguments: arguments.iter().map(argument).collect(),
            output: "Self".to_owned(),
        }
    }

    #[test]
    fn arguments_that_change_places_are_not_new_ones() {
        for (before, after, expected) in [
            (&["a", "b"][..], &["b", "a"][..], true),
            (&["a", "b"], &["a", "b"], false),
            (&["a", "b"], &["a", "c", "b"], false),
            (&["a", "b"], &["b", "c", "a"], true),
            (&["a", "b"], &["b"], false),
            (&["a", "b", "c"], &["c", "a"], true),
        ] {
            let found = is_reordered(&function(before), &function(after));
            assert_eq!(found, expected, "{before:?} {after:?}");
        }
    }
}
