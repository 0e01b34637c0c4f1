//! Union decoding: the variant is chosen by the values of discriminating properties, then by the
//! JSON types of the value and its properties.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::signature::{Candidate, Json, Literal, VariantSignature};
use super::{Context, Error, JsonCodec, ValueRef, Violations};

/// The index of no variant.
const UNKNOWN: usize = usize::MAX;

/// A generated union.
pub(crate) trait Union: Sized {
    /// The signatures of the variants.
    const SIGNATURES: &'static [VariantSignature];
    /// Returns the index of the signatures.
    fn index() -> &'static Index;
    /// Decodes a value as the variant at an index, or as `Unknown` if there is none.
    fn variant(variant: usize, input: ValueRef<'_>, cx: &mut Context) -> Result<Self, Error>;
    /// Validates the value as its variant.
    fn check_variant(&self, _found: &mut Violations) {}
    /// Returns whether the variant allows no additional properties.
    fn is_closed(&self) -> bool {
        false
    }
}

/// The signatures of a union, and the variants by the value of a discriminator.
pub(crate) struct Index {
    signatures: &'static [VariantSignature],
    /// The discriminator, and the variant that each of its values names.
    discriminator: Option<(&'static str, Names)>,
}

/// Variants by the value of a discriminator, of which few have the same length.
struct Names {
    /// In the order of their lengths.
    variants: Vec<(&'static str, usize)>,
    /// For each length, the number of values that are shorter.
    shorter: Vec<usize>,
}

impl Names {
    fn new(variants: impl Iterator<Item = (&'static str, usize)>) -> Self {
        let mut variants: Vec<_> = variants.collect();
        variants.sort_by_key(|(name, _)| name.len());
        let longest = variants.last().map_or(0, |(name, _)| name.len());
        let shorter = |length| variants.partition_point(|(name, _)| name.len() < length);
        Self {
            shorter: (0..longest + 2).map(shorter).collect(),
            variants,
        }
    }

    fn get(&self, name: ValueRef<'_>) -> Option<usize> {
        let length = name.text_length()?;
        let first = *self.shorter.get(length)?;
        let end = *self.shorter.get(length + 1)?;
        let mut variants = self.variants.get(first..end)?.iter();
        let found = variants.find(|(other, _)| name.is_text(other));
        found.map(|(_, variant)| *variant)
    }
}

impl Index {
    fn new(signatures: &'static [VariantSignature]) -> Self {
        Self {
            signatures,
            discriminator: discriminator(signatures),
        }
    }

    /// Returns the signatures that do not exclude a value.
    pub(crate) fn fitting(
        &self,
        input: ValueRef<'_>,
    ) -> impl Iterator<Item = &'static VariantSignature> {
        self.signatures
            .iter()
            .filter(move |signature| signature.admits(input))
    }

    /// Returns the variant that the discriminator of an object names.
    fn named(&self, object: ValueRef<'_>) -> Option<usize> {
        let (name, variants) = self.discriminator.as_ref()?;
        variants.get(object.property(name)?)
    }
}

/// Returns the variant of the best signatures, if it is only one.
fn only_candidate(signatures: &[VariantSignature], input: ValueRef<'_>) -> Option<usize> {
    let fitting = signatures
        .iter()
        .filter_map(|signature| signature.fit(input));
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

/// Ranks the candidates: only the most specific signatures, then the fewest properties that are not
/// described, then the order of the schema.
pub(super) fn rank_candidates(signatures: &[VariantSignature], input: ValueRef<'_>) -> Vec<usize> {
    let mut fitting: Vec<Candidate> = signatures
        .iter()
        .filter_map(|signature| signature.fit(input))
        .collect();
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

/// Returns the first property whose listed values are sufficient for some signature, and the variant of
/// each value that names only one.
fn discriminator(signatures: &[VariantSignature]) -> Option<(&'static str, Names)> {
    let is_single = |signature: &&VariantSignature| {
        signature.discriminators.len() == 1 && signature.properties.is_empty()
    };
    let name = signatures.iter().find(is_single)?.discriminators.first()?.0;
    let mut variants: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for signature in signatures {
        let allowed = signature
            .discriminators
            .iter()
            .find(|(tag, _)| *tag == name);
        for value in allowed.iter().flat_map(|(_, allowed)| allowed.values) {
            if let Literal::Text(text) = value {
                let sole = Some(signature.variant).filter(|_| is_single(&signature));
                let variant = variants.entry(text).or_insert(sole);
                *variant = variant.filter(|variant| Some(*variant) == sole);
            }
        }
    }
    let sole = variants.into_iter();
    let sole = sole.filter_map(|(text, variant)| Some((text, variant?)));
    Some((name, Names::new(sole)))
}

/// The index of a union, created on first use.
pub(crate) type Once = OnceLock<Index>;

/// Returns the index of these signatures.
pub(crate) fn index(
    once: &'static Once,
    signatures: &'static [VariantSignature],
) -> &'static Index {
    once.get_or_init(|| Index::new(signatures))
}

/// A union whose variant is selected while it is decoded. As a trait object, so that the steps are compiled
/// once, and not for each union.
pub(crate) trait Variants {
    /// Decodes a value as the variant at an index, or as `Unknown` if there is none. After an error, the
    /// union is what it was before.
    fn set(&mut self, variant: usize, input: ValueRef<'_>, cx: &mut Context) -> Result<(), Error>;
}

/// Implemented for references, as [`DecodeField`](super::field::DecodeField) is.
impl<U: Union> Variants for &mut U {
    fn set(&mut self, variant: usize, input: ValueRef<'_>, cx: &mut Context) -> Result<(), Error> {
        **self = U::variant(variant, input, cx)?;
        Ok(())
    }
}

/// Decodes a union. The steps are those of the [module](super)'s documentation.
pub(crate) fn read_union(
    union: &mut dyn Variants,
    index: &Index,
    input: ValueRef<'_>,
    cx: &mut Context,
) -> Result<(), Error> {
    if input.is_null() {
        cx.mismatch();
        return union.set(UNKNOWN, input, cx);
    }
    if let Some(variant) = index
        .named(input)
        .or_else(|| only_candidate(index.signatures, input))
    {
        let mut trial = Context::default();
        let Err(error) = union.set(variant, input, &mut trial) else {
            cx.merge(trial);
            return Ok(());
        };
        return read_open(union, index, variant, input, cx).ok_or(error);
    }
    let mut best: Option<(usize, Context)> = None;
    let mut last = UNKNOWN;
    for variant in rank_candidates(index.signatures, input) {
        let mut trial = Context::default();
        if union.set(variant, input, &mut trial).is_err() {
            continue;
        }
        last = variant;
        let is_exact = trial.mismatches == 0;
        if best
            .as_ref()
            .is_none_or(|(_, least)| trial.mismatches < least.mismatches)
        {
            best = Some((variant, trial));
        }
        if is_exact {
            break;
        }
    }
    match best {
        Some((variant, trial)) if variant == last => cx.merge(trial),
        // Another one was decoded after it.
        Some((variant, _)) => union.set(variant, input, cx)?,
        None => {
            cx.mismatch();
            // Without properties of its own, a union that is flattened into an object is the default.
            if !(input.is_rest() && input.properties().next().is_none()) {
                union.set(UNKNOWN, input, cx)?;
            }
        }
    }
    Ok(())
}

/// Decodes an object that cannot be decoded as `failed` as a variant that may have any other properties.
#[cold]
fn read_open(
    union: &mut dyn Variants,
    index: &Index,
    failed: usize,
    input: ValueRef<'_>,
    cx: &mut Context,
) -> Option<()> {
    let mut open = index
        .fitting(input)
        .filter(|signature| signature.json == Json::open && signature.variant != failed);
    open.find_map(|signature| {
        let mut trial = Context::default();
        union.set(signature.variant, input, &mut trial).ok()?;
        cx.merge(trial);
        Some(())
    })
}

/// Decodes the value of a variant.
pub(crate) fn decode_variant<T: JsonCodec, U>(
    input: ValueRef<'_>,
    cx: &mut Context,
    variant: fn(T) -> U,
) -> Result<U, Error> {
    T::decode(input, cx).map(variant)
}

/// Implements the codec of a union. Each row has the index and the name of a variant, and its
/// signatures: the JSON type, the allowed strings or their pattern, the allowed values or patterns of
/// properties in braces, the required properties (`requires`), and the described properties with their
/// JSON types (`has`). Then come the variants with nested values to validate (`inside`), the assertions
/// on variants (`against`), the variants without additional properties (`closed`), and all variants of
/// a union that is flattened into an object (`flattened`).
macro_rules! json_union {
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
            #[allow(clippy::needless_update, reason = "a row may name every field")]
            const SIGNATURES: &'static [$crate::json::VariantSignature] = &[$($($crate::json::VariantSignature {
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
                $(discriminators: &[$(($tag, $crate::json::Allowed {
                    values: &[$($crate::json::literal!($($tag_kind)? $tag_value)),*],
                    $(pattern: &[$tag_pattern],)?
                    ..$crate::json::Allowed::ANY
                })),+],)?
                $(required: &[$($required),+],)?
                $(properties: &[$((
                    $property,
                    $crate::json::Types(0 $(| $crate::json::types::$property_type)+),
                )),+],)?
                ..$crate::json::VariantSignature::ANY
            }),+),*];

            #[inline]
            fn index() -> &'static $crate::json::Index {
                static INDEX: $crate::json::Once = $crate::json::Once::new();
                $crate::json::index(&INDEX, Self::SIGNATURES)
            }

            #[inline]
            fn variant(
                variant: usize,
                input: $crate::json::ValueRef<'_>,
                cx: &mut $crate::json::Context,
            ) -> Result<Self, $crate::json::Error> {
                match variant {
                    $($index => $crate::json::decode_variant(input, cx, Self::$variant),)*
                    _ => $crate::json::decode_variant(input, cx, Self::Unknown),
                }
            }

            $crate::json::json_union!(@check $(inside [$($inside)+])? $(against $($against [$($assertion)+])+)?);

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

        impl $crate::json::JsonCodec for $type {
            #[inline]
            fn read(
                &mut self,
                input: $crate::json::ValueRef<'_>,
                cx: &mut $crate::json::Context,
            ) -> Result<(), $crate::json::Error> {
                let index = <Self as $crate::json::Union>::index();
                let mut union = self;
                $crate::json::read_union(&mut union, index, input, cx)
            }

            #[inline]
            fn from_null() -> Option<Self> {
                Some(Self::Unknown(serde_json::Value::Null))
            }

            #[inline]
            fn encode<'a>(&'a self, out: &mut dyn $crate::json::Sink<'a>) {
                match self {
                    $(Self::$variant(value) => $crate::json::JsonCodec::encode(value, out),)*
                    Self::Unknown(value) => $crate::json::JsonCodec::encode(value, out),
                }
            }

            $(#[inline]
            fn encode_entries<'a>(&'a self, out: &mut dyn $crate::json::Sink<'a>) {
                match self {
                    $(Self::$flattened(value) => $crate::json::JsonCodec::encode_entries(value, out),)+
                    Self::Unknown(value) => $crate::json::JsonCodec::encode_entries(value, out),
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
                    $crate::json::JsonCodec::check_against(value, ASSERTIONS, found);
                })+
                _ => {}
            })?
            $(match self {
                $(Self::$inside(value) => $crate::json::JsonCodec::check(value, found),)+
                _ => {}
            })?
        }
    };
}
pub(crate) use json_union;
