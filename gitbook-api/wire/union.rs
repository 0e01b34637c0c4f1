//! Unions: what a value is, is told by its tags, else by its JSON type, else by its properties.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

use super::{Error, Node, Wire, fit};

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
    any,
}

/// One shape of a variant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// The variant.
    pub(crate) variant: usize,
    /// Its JSON type.
    pub(crate) json: Json,
    /// Tags that have one of these values, written as text.
    pub(crate) tags: &'static [(&'static str, &'static [&'static str])],
    /// Properties that must be there.
    pub(crate) required: &'static [&'static str],
    /// Properties that are described.
    pub(crate) known: &'static [&'static str],
}

impl Json {
    /// Whether a value is of this type.
    fn is(self, node: Node<'_>) -> bool {
        match self {
            Self::boolean => node.as_bool().is_some(),
            Self::integer => node.as_i64().is_some(),
            Self::number => node.as_f64().is_some(),
            Self::string => node.as_text().is_some(),
            Self::array => node.is_list(),
            Self::object => node.is_object(),
            Self::any => !node.is_null(),
        }
    }
}

/// A generated union.
pub(crate) trait Union: Sized {
    /// How the variants are told apart.
    fn index() -> &'static Index;
    /// Reads a value as this variant.
    fn variant(variant: usize, node: Node<'_>) -> Result<Self, Error>;
    /// A value that is none of the variants.
    fn unknown(value: Value) -> Self;
}

/// Rows by their place, a bit for each.
type Rows = u128;

/// The rows of a union by what their tags say.
pub(crate) struct Index {
    rows: &'static [Row],
    /// The rows that an object can be.
    objects: Rows,
    /// The tag that tells most rows apart comes first.
    tags: Vec<Tag>,
}

/// What one tag says.
struct Tag {
    name: &'static str,
    /// The rows that name a value.
    named: BTreeMap<&'static str, Rows>,
    /// The rows that describe the tag without naming its values.
    open: Rows,
    /// The rows that require the tag and take any value.
    catch_all: Rows,
}

impl Index {
    fn new(rows: &'static [Row]) -> Self {
        let mut tags: Vec<Tag> = Vec::new();
        for (name, _) in rows.iter().flat_map(|row| row.tags) {
            if !tags.iter().any(|tag| tag.name == *name) {
                tags.push(Tag::new(name, rows));
            }
        }
        tags.sort_by_key(|tag| std::cmp::Reverse(tag.named.len()));
        let is_object = |row: &Row| matches!(row.json, Json::object | Json::any);
        Self {
            rows,
            objects: select(rows, is_object),
            tags,
        }
    }

    /// The rows that this object can be.
    fn of(&self, object: Node<'_>) -> Rows {
        let mut left = self.objects;
        for tag in &self.tags {
            if self.only(left).is_some() {
                break;
            }
            if let Some(value) = object.property(tag.name).and_then(Node::scalar) {
                left &= tag.rows(&value, left);
            }
        }
        left
    }

    fn rows(&self, left: Rows) -> impl Iterator<Item = &'static Row> {
        let is_left = move |(place, _): &(usize, _)| left >> place & 1 == 1;
        self.rows
            .iter()
            .enumerate()
            .filter(is_left)
            .map(|(_, row)| row)
    }

    /// The variant, if only one is left.
    fn only(&self, left: Rows) -> Option<usize> {
        let first = self.rows.get(left.trailing_zeros() as usize)?.variant;
        let is_only = left.is_power_of_two() || self.rows(left).all(|row| row.variant == first);
        is_only.then_some(first)
    }

    /// The variants of an object that no tag gave away, the likeliest first: those that miss
    /// nothing, that know most of what is there, and that stand first. None if nothing but tags
    /// tells apart what is left.
    fn by_likeness(&self, left: Rows, object: Node<'_>) -> Vec<usize> {
        if self
            .rows(left)
            .all(|row| !row.tags.is_empty() && row.known.is_empty())
        {
            return Vec::new();
        }
        let mut ranked: Vec<(usize, usize, usize)> = self
            .rows(left)
            .map(|row| {
                let missing = row
                    .required
                    .iter()
                    .filter(|name| object.property(name).is_none());
                let unknown = object
                    .properties()
                    .filter(|(key, _)| !row.known.contains(key));
                (missing.count(), unknown.count(), row.variant)
            })
            .collect();
        ranked.sort_unstable();
        let mut variants: Vec<usize> = Vec::new();
        for (.., variant) in ranked {
            if !variants.contains(&variant) {
                variants.push(variant);
            }
        }
        variants
    }
}

impl Tag {
    fn new(name: &'static str, rows: &[Row]) -> Self {
        let values = |row: &Row| {
            row.tags
                .iter()
                .find(|(tag, _)| *tag == name)
                .map(|(_, values)| *values)
        };
        let mut named: BTreeMap<&'static str, Rows> = BTreeMap::new();
        for (place, row) in rows.iter().enumerate() {
            for value in values(row).unwrap_or_default() {
                *named.entry(value).or_default() |= 1 << place;
            }
        }
        let requires = |row: &Row| values(row).is_none() && row.required.contains(&name);
        let knows = |row: &Row| values(row).is_none() && row.known.contains(&name);
        let catch_all = select(rows, requires);
        Self {
            name,
            named,
            open: select(rows, knows) & !catch_all,
            catch_all,
        }
    }

    /// The rows of those left that allow this value: those that name it, and those that describe
    /// the tag without naming its values. Rows that require the tag and take any value only stay if
    /// none names this one.
    fn rows(&self, value: &str, left: Rows) -> Rows {
        match self.named.get(value).map_or(0, |named| named & left) {
            0 => self.open | self.catch_all,
            named => self.open | named,
        }
    }
}

/// The rows that are wanted.
fn select(rows: &[Row], is_wanted: impl Fn(&Row) -> bool) -> Rows {
    let wanted = rows.iter().enumerate().filter(|(_, row)| is_wanted(row));
    wanted.fold(0, |found, (place, _)| found | 1 << place)
}

/// The index of a union, made when it is first read.
pub(crate) type Once = OnceLock<Index>;

/// The index of these rows.
pub(crate) fn index(once: &'static Once, rows: &'static [Row]) -> &'static Index {
    once.get_or_init(|| Index::new(rows))
}

/// Reads a union.
pub(crate) fn read_union<U: Union>(node: Node<'_>) -> Result<U, Error> {
    if node.is_null() {
        return Ok(U::unknown(Value::Null));
    }
    let index = U::index();
    let candidates = match node.is_object() {
        true => {
            let left = index.of(node);
            if let Some(variant) = index.only(left) {
                return U::variant(variant, node);
            }
            index.by_likeness(left, node)
        }
        false => {
            let fitting = index.rows.iter().filter(|row| row.json.is(node));
            fitting.map(|row| row.variant).collect()
        }
    };
    let tried = candidates
        .iter()
        .map(|variant| fit::measure(|| U::variant(*variant, node)));
    Ok(fit::best(tried).unwrap_or_else(|| {
        fit::misfit();
        U::unknown(node.to_value())
    }))
}

/// Reads the value of a variant.
pub(crate) fn read_variant<T: Wire, U>(node: Node<'_>, variant: fn(T) -> U) -> Result<U, Error> {
    T::read(node).map(variant)
}

/// Reads and writes a union: a line for each variant, with its place, its name, the struct in its
/// box if no other variant holds it, and the rows that tell it from the others; last the variants
/// whose values are checked before they are sent.
macro_rules! union {
    (
        $type:ident {
            $($index:literal $variant:ident $(($held:ident))? $(
                $json:ident
                $({ $($tag:literal: $($value:literal)|+),+ })?
                $(requires $($required:literal)+)?
                $(knows $($known:literal)+)?
            )|+;)*
            $(inside $($inside:ident)+;)?
        }
    ) => {
        impl $crate::wire::Union for $type {
            #[inline]
            fn index() -> &'static $crate::wire::Index {
                static INDEX: $crate::wire::Once = $crate::wire::Once::new();
                $crate::wire::index(&INDEX, &[$($($crate::wire::Row {
                    variant: $index,
                    json: $crate::wire::Json::$json,
                    tags: &[$($(($tag, &[$($value),+])),+)?],
                    required: &[$($($required),+)?],
                    known: &[$($($known),+)?],
                }),+),*])
            }

            #[inline]
            fn variant(
                variant: usize,
                node: $crate::wire::Node<'_>,
            ) -> Result<Self, $crate::wire::Error> {
                match variant {
                    $($index => $crate::wire::read_variant(node, Self::$variant),)*
                    _ => $crate::wire::read_variant(node, Self::Unknown),
                }
            }

            #[inline]
            fn unknown(value: serde_json::Value) -> Self {
                Self::Unknown(value)
            }
        }

        impl Default for $type {
            #[inline]
            fn default() -> Self {
                Self::Unknown(serde_json::Value::Null)
            }
        }

        impl $crate::wire::Wire for $type {
            #[inline]
            fn read(node: $crate::wire::Node<'_>) -> Result<Self, $crate::wire::Error> {
                $crate::wire::read_union(node)
            }

            #[inline]
            fn write<'a>(&'a self, out: &mut $crate::wire::Writer<'a>) {
                match self {
                    $(Self::$variant(value) => $crate::wire::Wire::write(value, out),)*
                    Self::Unknown(value) => $crate::wire::Wire::write(value, out),
                }
            }

            #[inline]
            fn write_entries<'a>(&'a self, out: &mut $crate::wire::Writer<'a>) {
                match self {
                    $(Self::$variant(value) => $crate::wire::Wire::write_entries(value, out),)*
                    Self::Unknown(value) => $crate::wire::Wire::write_entries(value, out),
                }
            }

            $(#[inline]
            fn check(&self) -> Result<(), $crate::wire::Violation> {
                match self {
                    $(Self::$inside(value) => $crate::wire::Wire::check(value),)+
                    _ => Ok(()),
                }
            })?
        }

        $($(impl From<$held> for $type {
            #[inline]
            fn from(value: $held) -> Self {
                Self::$variant(Box::new(value))
            }
        })?)*

        $crate::wire::serde!($type);
    };
}
pub(crate) use union;
