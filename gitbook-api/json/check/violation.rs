//! Violations of the assertions of a schema.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A value that the schema does not allow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// The path of the value, such as `.mergeRules.rules[2].message`.
    pub path: String,
    /// The assertion that does not hold.
    pub message: String,
}

impl Violation {
    fn new(message: String) -> Self {
        Self {
            path: String::new(),
            message,
        }
    }

    /// Returns the violation for a required parameter that is not set.
    pub(crate) fn missing(name: &str) -> Self {
        Self {
            path: name.to_owned(),
            message: "is required, but not set".to_owned(),
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str(&self.message),
            path => write!(f, "{path}: {}", self.message),
        }
    }
}

impl std::error::Error for Violation {}

/// All violations of a request, in the order of its schema.
///
/// ```
/// use gitbook_api::{Violation, Violations};
///
/// let violations: Violations = ["title", "icon"]
///     .map(|name| Violation { path: format!(".{name}"), message: "is too long".into() })
///     .into_iter()
///     .collect();
/// assert_eq!(violations.to_string(), ".title: is too long; .icon: is too long");
/// for violation in &violations {
///     println!("{}", violation.path);
/// }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Returns the violations as a slice.
    pub fn as_slice(&self) -> &[Violation] {
        &self.0
    }

    /// Returns whether there is no violation.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Fails if there is a violation.
    pub(crate) fn into_result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }

    #[cold]
    pub(crate) fn add(&mut self, message: String) {
        self.0.push(Violation::new(message));
    }

    /// Returns the number of violations.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Removes all violations but the first `known`.
    pub(crate) fn forget(&mut self, known: usize) {
        self.0.truncate(known);
    }

    /// Prefixes the paths of all violations but the first `known` with a property.
    #[inline]
    pub(crate) fn in_property(&mut self, known: usize, key: &str) {
        if self.0.len() > known {
            self.step_out(known, format_args!(".{key}"));
        }
    }

    /// Prefixes the paths of all violations but the first `known` with an index.
    #[inline]
    pub(crate) fn in_item(&mut self, known: usize, index: usize) {
        if self.0.len() > known {
            self.step_out(known, format_args!("[{index}]"));
        }
    }

    /// Prefixes the paths of all violations with the name of a part of a request.
    pub(crate) fn of(mut self, name: &str) -> Self {
        self.step_out(0, format_args!("{name}"));
        self
    }

    #[cold]
    fn step_out(&mut self, known: usize, step: fmt::Arguments<'_>) {
        for violation in self.0.iter_mut().skip(known) {
            violation.path.insert_str(0, &step.to_string());
        }
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

impl From<Violation> for Violations {
    fn from(violation: Violation) -> Self {
        Self(vec![violation])
    }
}

impl FromIterator<Violation> for Violations {
    fn from_iter<I: IntoIterator<Item = Violation>>(violations: I) -> Self {
        Self(violations.into_iter().collect())
    }
}

impl Extend<Violation> for Violations {
    fn extend<I: IntoIterator<Item = Violation>>(&mut self, violations: I) {
        self.0.extend(violations);
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
