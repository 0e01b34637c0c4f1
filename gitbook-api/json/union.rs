//! Union decoding: the variant is chosen by the values of discriminating properties, then by the
//! JSON types of the value and its properties.

use std::collections::BTreeMap;
use std::sync::OnceLock;


use super::{Context, Error, Node, Violations, Wire, check};

/// The JSON type of a variant.
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
    /// An object that may consist of properties that are not described.
    open,
    any,
}

/// One shape of a variant; a variant that is itself a union has several.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// The variant.
    pub(crate) variant: usize,
    /// Its JSON type.
    pub(crate) json: Json,
    /// What a string may be, where that sets variants apart.
    pub(crate) text: Allowed,
    /// What properties may be, where that sets variants apart.
    pub(crate) tags: &'static [(&'static str, Allowed)],
    /// Properties that must be there.
    pub(crate) required: &'static [&'static str],
    /// Properties that are described, with their JSON types; none if the tags, which then must be
    /// there, suffice.
    pub(crate) properties: &'static [(&'static str, Types)],
}

impl Row {
    /// A row that describes nothing.
    pub(crate) const ANY: Self = Self {
        variant: 0,
        json: Json::any,
        text: Allowed::ANY,
        tags: &[],
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

/// The values that are allowed: those listed, or else those that match the pattern, or else all.
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

/// The sets of one JSON type, of all, and of none.
#[allow(non_upper_case_globals, dead_code)]
pub(crate) mod types {
    pub(crate) const never: u8 = 0;
    pub(crate) const null: u8 = 1;
    pub(crate) const boolean: u8 = 1 << 1;
    pub(crate) const integer: u8 = 1 << 2;
    pub(crate) const number: u8 = 1 << 3 | integer;
    pub(crate) const string: u8 = 1 << 4;
    pub(crate) const array: u8 = 1 << 5;
    pub(crate) const object: u8 = 1 << 6;
    pub(crate) const any: u8 = u8::MAX;
}

impl Types {
    /// Returns whether a value is of one of the types.
    fn has(self, node: Node<'_>) -> bool {
        self.0 & node.json_type() != 0
    }
}

impl Json {
    /// Returns whether a value is of this type.
    fn has(self, node: Node<'_>) -> bool {
        let types = match self {
            Self::boolean => types::boolean,
            Self::integer => types::integer,
            Self::number => types::number,
            Self::string => types::string,
            Self::array => types::array,
            Self::object | Self::open => types::object,
            Self::any => types::any,
        };
        Types(types).has(node)
    }
}

impl Literal {
    /// Returns whether a value is this one.
    fn is(self, node: Node<'_>) -> bool {
        match self {
            Self::Text(text) => node.as_text() == Some(text),
            Self::Boolean(value) => node.as_bool() == Some(value),
            Self::Integer(value) => node.as_i64() == Some(value),
        }
    }
}

/// How specific the description is that a value fits.
const LISTED: i32 = 4;
const MATCHED: i32 = 2;
const TYPED: i32 = 1;
const ANY: i32 = 0;

impl Allowed {
    /// Returns how specifically a value is allowed, or `None` if it is not.
    fn fit(self, node: Node<'_>) -> Option<i32> {
        match (self.values, self.pattern) {
            ([], []) => Some(TYPED),
            ([], patterns) => {
                let text = node.as_text()?;
                let fits = patterns
                    .iter()
                    .all(|pattern| check::is_match(pattern, text));
                fits.then_some(MATCHED)
            }
            (values, _) => values.iter().any(|value| value.is(node)).then_some(LISTED),
        }
    }
}

/// A variant that a value can be.
struct Candidate {
    /// How specifically the row describes the value.
    fit: i32,
    /// How many properties of the value the row does not describe.
    unknown: usize,
    variant: usize,
}

impl Row {
    /// Returns how well a value fits the row, or `None` if it does not.
    fn fit(&self, node: Node<'_>) -> Option<Candidate> {
        if !self.json.has(node) {
            return None;
        }
        let (fit, unknown) = match (self.json, node.is_object()) {
            (Json::any, _) => (ANY, 0),
            (_, true) => self.fit_object(node)?,
            (_, false) => (self.text.fit(node)?, 0),
        };
        Some(Candidate {
            fit,
            unknown,
            variant: self.variant,
        })
    }

    /// Returns whether the schema of the row allows a value, as far as the row tells.
    fn admits(&self, node: Node<'_>) -> bool {
        if !node.is_object() || !self.json.has(node) {
            return self.fit(node).is_some();
        }
        let is_tagged = |(name, allowed): &(&'static str, Allowed)| {
            node.property(name)
                .is_none_or(|value| allowed.fit(value).is_some())
        };
        let is_typed = |(name, types): &(&'static str, Types)| {
            node.property(name).is_none_or(|value| types.has(value))
        };
        self.required
            .iter()
            .all(|name| node.property(name).is_some())
            && self.tags.iter().all(is_tagged)
            && self.properties.iter().all(is_typed)
    }

    /// Returns whether the row describes a property.
    pub(crate) fn describes(&self, key: &str) -> bool {
        let tags = self.tags.iter().map(|(name, _)| name);
        let mut names = tags.chain(self.properties.iter().map(|(name, _)| name));
        names.any(|name| *name == key)
    }

    fn fit_object(&self, object: Node<'_>) -> Option<(i32, usize)> {
        let is_open = self.json == Json::open;
        let mut fit = TYPED;
        let tags_suffice = self.properties.is_empty();
        for (name, allowed) in self.tags {
            match object.property(name) {
                Some(value) => fit += allowed.fit(value)?,
                None if tags_suffice => return None,
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
        if tags_suffice {
            let is_described = is_open || !self.tags.is_empty() || !self.required.is_empty();
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

/// The index of no variant.
const UNKNOWN: usize = usize::MAX;

/// A generated union.
pub(crate) trait Union: Sized {
    /// How the variants are told apart.
    const ROWS: &'static [Row];
    /// Returns the index of the rows.
    fn index() -> &'static Index;
    /// Decodes a value as this variant, or as `Unknown` if there is none with this index.
    fn variant(variant: usize, node: Node<'_>, cx: &mut Context) -> Result<Self, Error>;
    /// Checks the value as that of the variant that it is.
    fn check_variant(&self, _found: &mut Violations) {}
    /// Whether the variant has no properties but those that it knows.
    fn is_closed(&self) -> bool {
        false
    }
}

/// The rows of a union, with a shortcut to those that one property gives away.
pub(crate) struct Index {
    rows: &'static [Row],
    /// The discriminator: the property whose values alone give a variant away.
    discriminator: Option<(&'static str, BTreeMap<&'static str, usize>)>,
}

impl Index {
    fn new(rows: &'static [Row]) -> Self {
        Self {
            rows,
            discriminator: discriminator(rows),
        }
    }

    /// Returns the rows that a value fits: also those of objects that describe none of its
    /// properties.
    pub(crate) fn fitting(&self, node: Node<'_>) -> impl Iterator<Item = &'static Row> {
        self.rows.iter().filter(move |row| row.admits(node))
    }

    /// Returns the variant that the discriminator of an object names.
    fn named(&self, object: Node<'_>) -> Option<usize> {
        let (name, variants) = self.discriminator.as_ref()?;
        variants.get(object.property(name)?.as_text()?).copied()
    }
}

/// Returns the only variant that a value can be.
fn sole(rows: &[Row], node: Node<'_>) -> Option<usize> {
    let fitting = rows.iter().filter_map(|row| row.fit(node));
    let mut best: Option<(i32, Option<usize>)> = None;
    for candidate in fitting {
        best = match best {
            Some((fit, _)) if fit > candidate.fit => best,
            Some((fit, variant)) if fit == candidate.fit => {
                Some((fit, variant.filter(|variant| *variant == candidate.variant)))
            }
            _ => Some((candidate.fit, Some(candidate.variant))),
        };
    }
    best?.1
}

/// Returns the variants that a value can be, the likeliest first. A variant that only allows what the
/// value is goes before those that allow more; then those that leave less of the value undescribed;
/// then the order of the schema.
pub(super) fn candidates(rows: &[Row], node: Node<'_>) -> Vec<usize> {
    let mut fitting: Vec<Candidate> = rows.iter().filter_map(|row| row.fit(node)).collect();
    let best = fitting.iter().map(|candidate| candidate.fit).max();
    fitting.retain(|candidate| Some(candidate.fit) == best);
    fitting.sort_by_key(|candidate| (candidate.unknown, candidate.variant));
    let mut variants: Vec<usize> = Vec::new();
    for candidate in fitting {
        if !variants.contains(&candidate.variant) {
            variants.push(candidate.variant);
        }
    }
    variants
}

/// Returns the first property whose listed values suffice for some row, and the variant of each value
/// that gives one away.
fn discriminator(rows: &[Row]) -> Option<(&'static str, BTreeMap<&'static str, usize>)> {
    let is_single = |row: &&Row| row.tags.len() == 1 && row.properties.is_empty();
    let name = rows.iter().find(is_single)?.tags.first()?.0;
    let mut variants: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for row in rows {
        let allowed = row.tags.iter().find(|(tag, _)| *tag == name);
        for value in allowed.iter().flat_map(|(_, allowed)| allowed.values) {
            if let Literal::Text(text) = value {
                let sole = Some(row.variant).filter(|_| is_single(&row));
                let variant = variants.entry(text).or_insert(sole);
                *variant = variant.filter(|variant| Some(*variant) == sole);
            }
        }
    }
    let sole = variants.into_iter();
    let sole = sole.filter_map(|(text, variant)| Some((text, variant?)));
    Some((name, sole.collect()))
}

/// The index of a union, made when it is first needed.
pub(crate) type Once = OnceLock<Index>;

/// Returns the index of these rows.
pub(crate) fn index(once: &'static Once, rows: &'static [Row]) -> &'static Index {
    once.get_or_init(|| Index::new(rows))
}

/// Decodes a union.
///
/// 1. A value of the discriminator gives the variant away.
/// 2. Otherwise every row is compared with the value: its type, the values that set variants apart,
///    the required properties, and the JSON types of the described properties.
/// 3. If one variant fits, the value is decoded as that, and what is wrong deeper inside is an error.
/// 4. If several fit, the value is decoded as each, and the one with the fewest mismatches wins.
/// 5. If none fits, the value is kept as it came.
pub(crate) fn read_union<U: Union>(node: Node<'_>, cx: &mut Context) -> Result<U, Error> {
    if node.is_null() {
        cx.mismatch();
        return U::variant(UNKNOWN, node, cx);
    }
    let index = U::index();
    if let Some(variant) = index.named(node).or_else(|| sole(index.rows, node)) {
        return U::variant(variant, node, cx);
    }
    let mut best: Option<(Context, U)> = None;
    for variant in candidates(index.rows, node) {
        let mut trial = Context::default();
        let Ok(value) = U::variant(variant, node, &mut trial) else {
            continue;
        };
        let is_exact = trial.mismatches == 0;
        if best
            .as_ref()
            .is_none_or(|(least, _)| trial.mismatches < least.mismatches)
        {
            best = Some((trial, value));
        }
        if is_exact {
            break;
        }
    }
    match best {
        Some((trial, value)) => {
            cx.merge(trial);
            Ok(value)
        }
        None => {
            cx.mismatch();
            U::variant(UNKNOWN, node, cx)
        }
    }
}

/// Decodes the value of a variant.
pub(crate) fn read_variant<T: Wire, U>(
    node: Node<'_>,
    cx: &mut Context,
    variant: fn(T) -> U,
) -> Result<U, Error> {
    T::read(node, cx).map(variant)
}

/// Makes a [`Literal`].
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

/// Implements decoding, encoding and validation of a union: a line for each variant, with its index,
/// its name, and the rows that set it apart: the JSON type, the values or the pattern of a string, the
/// values or patterns of properties, the required properties, and the described ones with their JSON
/// types. Then the variants whose values hold something that is checked before it is sent, what is
/// asked of the values of variants themselves, and the variants that have no properties but the
/// described ones. Last all variants, if the properties of the union can stand among those of another
/// object.
macro_rules! union {
    (
        $type:ident {
            $($index:literal $variant:ident $(
                $json:ident
                $([ $($($kind:ident)? $value:literal)|+ ])?
                $(~ $pattern:literal)?
                $({ $($tag:literal: $($($tag_kind:ident)? $tag_value:literal)|* $(~ $tag_pattern:literal)?),+ })?
                $(requires $($required:literal)+)?
                $(has $($property:literal: $($property_type:ident)|+),+)?
            )||+;)*
            $(inside $($inside:ident)+;)?
            $(against $($against:ident($($assertion:expr),+))+;)?
            $(closed $($closed:ident)+;)?
            $(flattened $($flattened:ident)+;)?
        }
    ) => {
        impl $crate::json::Union for $type {
            const ROWS: &'static [$crate::json::Row] = &[$($($crate::json::Row {
                variant: $index,
                json: $crate::json::Json::$json,
                $(text: $crate::json::Allowed {
                    values: &[$($crate::json::literal!($($kind)? $value)),+],
                    ..$crate::json::Allowed::ANY
                },)?
                $(text: $crate::json::Allowed {
                    pattern: &[$pattern],
                    ..$crate::json::Allowed::ANY
                },)?
                $(tags: &[$(($tag, $crate::json::Allowed {
                    values: &[$($crate::json::literal!($($tag_kind)? $tag_value)),*],
                    $(pattern: &[$tag_pattern],)?
                    ..$crate::json::Allowed::ANY
                })),+],)?
                $(required: &[$($required),+],)?
                $(properties: &[$((
                    $property,
                    $crate::json::Types(0 $(| $crate::json::types::$property_type)+),
                )),+],)?
                ..$crate::json::Row::ANY
            }),+),*];

            #[inline]
            fn index() -> &'static $crate::json::Index {
                static INDEX: $crate::json::Once = $crate::json::Once::new();
                $crate::json::index(&INDEX, Self::ROWS)
            }

            #[inline]
            fn variant(
                variant: usize,
                node: $crate::json::Node<'_>,
                cx: &mut $crate::json::Context,
            ) -> Result<Self, $crate::json::Error> {
                match variant {
                    $($index => $crate::json::read_variant(node, cx, Self::$variant),)*
                    _ => $crate::json::read_variant(node, cx, Self::Unknown),
                }
            }

            $crate::json::union!(@check $(inside [$($inside)+])? $(against $($against [$($assertion)+])+)?);

            $(#[inline]
            fn is_closed(&self) -> bool {
                matches!(self, $(Self::$closed(_))|+)
            })?
        }

        impl Default for $type {
            #[inline]
            fn default() -> Self {
                Self::Unknown(serde_json::Value::Null)
            }
        }

        impl $crate::json::Wire for $type {
            #[inline]
            fn read(
                node: $crate::json::Node<'_>,
                cx: &mut $crate::json::Context,
            ) -> Result<Self, $crate::json::Error> {
                $crate::json::read_union(node, cx)
            }

            #[inline]
            fn from_null() -> Option<Self> {
                Some(Self::Unknown(serde_json::Value::Null))
            }

            #[inline]
            fn write<'a>(&'a self, out: &mut $crate::json::Writer<'a>) {
                match self {
                    $(Self::$variant(value) => $crate::json::Wire::write(value, out),)*
                    Self::Unknown(value) => $crate::json::Wire::write(value, out),
                }
            }

            $(#[inline]
            fn write_entries<'a>(&'a self, out: &mut $crate::json::Writer<'a>) {
                match self {
                    $(Self::$flattened(value) => $crate::json::Wire::write_entries(value, out),)+
                    Self::Unknown(value) => $crate::json::Wire::write_entries(value, out),
                }
            })?

            #[inline]
            fn check(&self, found: &mut $crate::json::Violations) {
                $crate::json::check::union(self, found);
            }
        }

        $crate::json::serde!($type);
    };

    (@check) => {};
    (@check $(inside [$($inside:ident)+])? $(against $($against:ident [$($assertion:expr)+])+)?) => {
        #[inline]
        fn check_variant(&self, found: &mut $crate::json::Violations) {
            #[allow(unused_imports)]
            use $crate::json::Assertion::*;
            $(match self {
                $(Self::$against(value) => {
                    const ASSERTIONS: &[$crate::json::Assertion] = &[$($assertion),+];
                    $crate::json::Wire::check_against(value, ASSERTIONS, found);
                })+
                _ => {}
            })?
            $(match self {
                $(Self::$inside(value) => $crate::json::Wire::check(value, found),)+
                _ => {}
            })?
        }
    };
}
pub(crate) use union;
