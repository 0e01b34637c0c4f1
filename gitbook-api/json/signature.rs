//! The signatures of the variants of unions, and the values that fit them.

use super::{ValueRef, check, types};

/// The JSON type of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(non_camel_case_types)]
#[allow(dead_code, reason = "not every document has values of each type")]
pub(crate) enum Json {
    boolean,
    integer,
    number,
    string,
    array,
    object,
    /// An object that may have only additional properties.
    open,
    any,
}

/// A shape of a variant. A variant that is itself a union has several.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VariantSignature {
    /// The index of the variant.
    pub(crate) variant: usize,
    /// Its JSON type.
    pub(crate) json: Json,
    /// The allowed strings, where they discriminate variants.
    pub(crate) text: Allowed,
    /// The allowed values of properties that discriminate variants.
    pub(crate) discriminators: &'static [(&'static str, Allowed)],
    /// The required properties.
    pub(crate) required: &'static [&'static str],
    /// The described properties with their JSON types. None if the discriminators are sufficient; they
    /// are then required.
    pub(crate) properties: &'static [(&'static str, Types)],
}

impl VariantSignature {
    /// A signature that fits every value.
    pub(crate) const ANY: Self = Self {
        variant: 0,
        json: Json::any,
        text: Allowed::ANY,
        discriminators: &[],
        required: &[],
        properties: &[],
    };
}

impl Allowed {
    /// All values.
    pub(crate) const ANY: Self = Self {
        values: &[],
        pattern: &[],
    };
}

/// Allowed values: those listed, else those that match the pattern, else all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowed {
    pub(crate) values: &'static [Literal],
    pub(crate) pattern: &'static [&'static str],
}

/// A scalar value.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "not every document has values of each type")]
pub(crate) enum Literal {
    Text(&'static str),
    Boolean(bool),
    Integer(i64),
}

/// A set of JSON types.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Types(pub(crate) u8);

impl Types {
    /// Returns whether a value is of one of the types.
    fn has(self, input: ValueRef<'_>) -> bool {
        self.0 & input.json_type() != 0
    }
}

impl Json {
    /// Returns whether a value is of this type.
    fn has(self, input: ValueRef<'_>) -> bool {
        let types = match self {
            Self::boolean => types::boolean,
            Self::integer => types::integer,
            Self::number => types::number,
            Self::string => types::string,
            Self::array => types::array,
            Self::object | Self::open => types::object,
            Self::any => types::any,
        };
        Types(types).has(input)
    }
}

impl Literal {
    /// Returns whether a value is this one.
    pub(super) fn is(self, input: ValueRef<'_>) -> bool {
        match self {
            Self::Text(text) => input.is_text(text),
            Self::Boolean(value) => input.as_bool() == Some(value),
            Self::Integer(value) => input.as_i64() == Some(value),
        }
    }
}

/// The scores of a signature that describes a value: the more specific, the higher.
const LISTED: i32 = 4;
const MATCHED: i32 = 2;
const TYPED: i32 = 1;
const ANY: i32 = 0;

impl Allowed {
    /// Returns how specifically a value is allowed, or `None` if it is not.
    fn fit(self, input: ValueRef<'_>) -> Option<i32> {
        match (self.values, self.pattern) {
            ([], []) => Some(TYPED),
            ([], patterns) => {
                let text = input.as_text()?;
                let fits = patterns
                    .iter()
                    .all(|pattern| check::is_match(pattern, text));
                fits.then_some(MATCHED)
            }
            (values, _) => values.iter().any(|value| value.is(input)).then_some(LISTED),
        }
    }
}

/// A variant whose signature fits a value.
pub(super) struct Candidate {
    /// The score of the signature.
    pub(super) fit: i32,
    /// The number of properties that the signature does not describe.
    pub(super) unknown: usize,
    /// The index of the variant.
    pub(super) variant: usize,
}

impl VariantSignature {
    /// Returns how well a value fits the signature, or `None` if it does not.
    pub(super) fn fit(&self, input: ValueRef<'_>) -> Option<Candidate> {
        if !self.json.has(input) {
            return None;
        }
        let (fit, unknown) = match (self.json, input.is_object()) {
            (Json::any, _) => (ANY, 0),
            (_, true) => self.fit_object(input)?,
            (_, false) => (self.text.fit(input)?, 0),
        };
        Some(Candidate {
            fit,
            unknown,
            variant: self.variant,
        })
    }

    /// Returns whether the signature does not exclude that its schema allows a value.
    pub(super) fn admits(&self, input: ValueRef<'_>) -> bool {
        if !input.is_object() || !self.json.has(input) {
            return self.fit(input).is_some();
        }
        let is_tagged = |(name, allowed): &(&'static str, Allowed)| {
            input
                .property(name)
                .is_none_or(|value| allowed.fit(value).is_some())
        };
        let is_typed = |(name, types): &(&'static str, Types)| {
            input.property(name).is_none_or(|value| types.has(value))
        };
        self.required
            .iter()
            .all(|name| input.property(name).is_some())
            && self.discriminators.iter().all(is_tagged)
            && self.properties.iter().all(is_typed)
    }

    /// Returns whether the signature describes a property.
    pub(crate) fn describes(&self, key: &str) -> bool {
        let discriminators = self.discriminators.iter().map(|(name, _)| name);
        let mut names = discriminators.chain(self.properties.iter().map(|(name, _)| name));
        names.any(|name| *name == key)
    }

    fn fit_object(&self, object: ValueRef<'_>) -> Option<(i32, usize)> {
        let is_open = self.json == Json::open;
        let mut fit = TYPED;
        let discriminators_suffice = self.properties.is_empty();
        for (name, allowed) in self.discriminators {
            match object.property(name) {
                Some(value) => fit += allowed.fit(value)?,
                None if discriminators_suffice => return None,
                None => {}
            }
        }
        if self
            .required
            .iter()
            .any(|name| object.property(name).is_none())
        {
            return None;
        }
        if discriminators_suffice {
            let is_described =
                is_open || !self.discriminators.is_empty() || !self.required.is_empty();
            let is_empty = object.properties().next().is_none();
            return (is_described || is_empty).then_some((fit, 0));
        }
        let mut known = 0;
        for (name, types) in self.properties {
            if let Some(value) = object.property(name) {
                if !types.has(value) {
                    return None;
                }
                known += 1;
            }
        }
        let all = object.properties().count();
        (known > 0 || all == 0 || is_open).then_some((fit, all.saturating_sub(known)))
    }
}

/// Creates a [`Literal`].
macro_rules! literal {
    (boolean $value:literal) => {
        $crate::json::Literal::Boolean($value)
    };
    (integer $value:literal) => {
        $crate::json::Literal::Integer($value)
    };
    ($value:literal) => {
        $crate::json::Literal::Text($value)
    };
}
pub(crate) use literal;
