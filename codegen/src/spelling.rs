//! Names for what would have the name of something else in Rust: `ITEM` beside `Item` is `ItemUpper`.
//!
//! The suffix is the style in which the name is written, and if that is taken too, also a digest of the
//! name. It depends on the name alone, so that additions to the document do not change it.

/// Returns what can be added to the Rust name of `name`, in snake case, the shortest first.
pub(crate) fn suffixes(name: &str) -> [String; 2] {
    let style = style(name);
    [style.to_owned(), format!("{style}_{:04x}", digest(name))]
}

/// Returns the style in which a name is written.
fn style(name: &str) -> &'static str {
    let signs = [
        ('$', "dollar"),
        ('@', "at"),
        ('[', "brackets"),
        ('-', "kebab"),
        ('_', "snake"),
        ('.', "dotted"),
    ];
    if let Some((_, style)) = signs.into_iter().find(|(sign, _)| name.contains(*sign)) {
        return style;
    }
    let has = |test: fn(char) -> bool| name.contains(test);
    match (has(char::is_uppercase), has(char::is_lowercase)) {
        (true, false) => "upper",
        (false, true) => "lower",
        (true, true) if name.starts_with(char::is_lowercase) => "camel",
        (true, true) => "pascal",
        (false, false) => "other",
    }
}

/// Returns the FNV-1a hash of a name in 16 bits.
fn digest(name: &str) -> u32 {
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    (hash >> 16) ^ (hash & 0xffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_are_styles() {
        for (name, expected) in [
            ("item", "lower"),
            ("ITEM", "upper"),
            ("itemList", "camel"),
            ("ItemList", "pascal"),
            ("item_list", "snake"),
            ("X-Item", "kebab"),
            ("item.list", "dotted"),
            ("$filter", "dollar"),
            ("filter[]", "brackets"),
            ("1", "other"),
        ] {
            let [first, second] = suffixes(name);
            assert_eq!(first, expected, "{name}");
            let digest = second.strip_prefix(&format!("{expected}_"));
            assert_eq!(digest.map(str::len), Some(4), "{second}");
        }
        assert_ne!(suffixes("SpaceID")[1], suffixes("SpaceId")[1]);
    }
}
