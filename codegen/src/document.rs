//! JSON pointers and references inside one document, and what to say when something is wrong there.

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

/// A problem of a document: its place, a message and advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// JSON pointer of the node, in URI fragment form without percent-encoding (`#/components/…`).
    pub pointer: String,
    /// The message, a sentence without a full stop.
    pub message: String,
    /// The advice: what to write, and where. All diagnostics of the generator have it.
    pub help: String,
}

impl Diagnostic {
    /// Returns a diagnostic at `pointer`, which may be given with or without its leading `#`.
    pub fn new(pointer: impl AsRef<str>, message: impl Into<String>) -> Self {
        let pointer = pointer.as_ref();
        let pointer = if pointer.starts_with('#') {
            pointer.to_owned()
        } else {
            format!("#{pointer}")
        };
        Self {
            pointer,
            message: message.into(),
            help: String::new(),
        }
    }

    /// Returns the same diagnostic seen from further out: `parent` is put before its pointer,
    /// unless it is already that of a component.
    pub fn at(mut self, parent: impl AsRef<str>) -> Self {
        if !self.pointer.starts_with("#/components/") {
            self.pointer.insert_str(1, parent.as_ref());
        }
        self
    }

    /// Returns the same diagnostic, with what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.pointer, self.message)?;
        if self.help.is_empty() {
            Ok(())
        } else {
            write!(f, " ({})", self.help)
        }
    }
}

impl std::error::Error for Diagnostic {}

/// All that is wrong with a document: one [`Diagnostic`] or more, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Fails if something was `found`.
    pub fn check(found: Vec<Diagnostic>) -> Result<(), Self> {
        let mut distinct: Vec<Diagnostic> = Vec::new();
        for diagnostic in found {
            if !distinct.contains(&diagnostic) {
                distinct.push(diagnostic);
            }
        }
        if distinct.is_empty() {
            Ok(())
        } else {
            Err(Self(distinct))
        }
    }

    /// Returns the same diagnostics, which also name the `operation`.
    pub(crate) fn about(mut self, operation: &str) -> Self {
        for diagnostic in &mut self.0 {
            diagnostic.message = format!("operation `{operation}`: {}", diagnostic.message);
        }
        self
    }

    /// Returns both results, or all that is wrong with either.
    pub fn both<A, B>(one: Result<A, Self>, two: Result<B, Self>) -> Result<(A, B), Self> {
        match (one, two) {
            (Ok(one), Ok(two)) => Ok((one, two)),
            (one, two) => {
                let found = [one.err(), two.err()];
                Err(Self(found.into_iter().flatten().flatten().collect()))
            }
        }
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl std::ops::Deref for Diagnostics {
    type Target = [Diagnostic];

    fn deref(&self) -> &[Diagnostic] {
        &self.0
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let [only] = self.0.as_slice() {
            return only.fmt(f);
        }
        write!(f, "{} problems", self.0.len())?;
        self.0.iter().try_for_each(|it| write!(f, "\n  {it}"))
    }
}

impl std::error::Error for Diagnostics {}

/// Escapes one reference token of a JSON pointer (RFC 6901).
pub fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// Reverses [`escape`].
pub fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// Returns the node that a local reference (`#/components/schemas/Space`) names, not followed
/// further.
pub fn lookup<'a>(document: &'a Value, reference: &str) -> Option<&'a Value> {
    document.pointer(reference.strip_prefix('#')?)
}

/// The maximum number of references in a chain.
pub const MAX_REFERENCES: usize = 100;

/// Follows `$ref` from `node` until a node that is none.
///
/// # Errors
/// Fails if a reference is not local, dangles, leads back to itself, or through too many
/// others.
pub fn resolve<'a>(document: &'a Value, node: &'a Value) -> Result<&'a Value, Diagnostic> {
    resolve_at(document, node, "").map(|(node, _)| node)
}

/// Follows `$ref` from `node`, which is at `pointer`, until a node that is none, and returns it with
/// its pointer.
///
/// # Errors
/// As for [`resolve`].
pub(crate) fn resolve_at<'a>(
    document: &'a Value,
    node: &'a Value,
    pointer: &str,
) -> Result<(&'a Value, String), Diagnostic> {
    let mut node = node;
    let mut seen: Vec<&str> = Vec::new();
    while let Some(reference) = node.get("$ref").and_then(Value::as_str) {
        check_chain(&seen, reference)?;
        seen.push(reference);
        node = lookup(document, reference).ok_or_else(|| dangling(reference))?;
    }
    let pointer = seen
        .last()
        .map_or(pointer, |last| last.trim_start_matches('#'));
    Ok((node, pointer.to_owned()))
}

/// Fails if references that lead from one to the other must not be followed by `next`.
pub(crate) fn check_chain(seen: &[&str], next: &str) -> Result<(), Diagnostic> {
    if seen.contains(&next) {
        return Err(
            Diagnostic::new(next, "this reference leads back to itself").help(
                "with an overlay, put what it should describe in place of one of the references",
            ),
        );
    }
    if seen.len() == MAX_REFERENCES {
        let message = format!("this leads through more than {MAX_REFERENCES} references");
        let help = "with an overlay, let the first refer to the target of the last";
        return Err(Diagnostic::new(seen[0], message).help(help));
    }
    Ok(())
}

/// Returns the diagnostic of a reference to nothing.
pub(crate) fn dangling(reference: &str) -> Diagnostic {
    Diagnostic::new(reference, "unresolved reference")
        .help("define it at this place, or correct the `$ref` that names it, with an overlay")
}

/// Returns the name of the component schema that a reference names; `None` for a place inside one.
pub fn schema_name(reference: &str) -> Option<Cow<'_, str>> {
    let name = reference.strip_prefix("#/components/schemas/")?;
    let unescaped = if name.contains('~') {
        Cow::Owned(unescape(name))
    } else {
        Cow::Borrowed(name)
    };
    (!name.contains('/')).then_some(unescaped)
}

/// Returns the reference that an entry of a discriminator's mapping means, which may be the mere name of
/// a schema.
pub(crate) fn mapped_reference(target: &str) -> String {
    if target.starts_with('#') {
        target.to_owned()
    } else {
        schema_reference(target)
    }
}

/// Returns the reference to a component schema.
pub fn schema_reference(name: &str) -> String {
    format!("#/components/schemas/{}", escape(name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_are_followed_to_the_end() {
        let document =
            json!({"a": {"$ref": "#/b"}, "b": {"$ref": "#/c~1d"}, "c/d": {"type": "string"}});
        assert_eq!(
            resolve(&document, &document["a"]),
            Ok(&json!({"type": "string"}))
        );
    }

    #[test]
    fn bad_references_are_problems_at_their_target() {
        let document = json!({"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}, "c": {"$ref": "#/d"}});
        assert_eq!(
            resolve(&document, &document["a"]).unwrap_err().pointer,
            "#/b"
        );
        assert_eq!(
            resolve(&document, &document["c"]).unwrap_err().pointer,
            "#/d"
        );
    }
}
