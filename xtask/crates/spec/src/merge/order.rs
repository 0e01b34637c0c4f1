//! The order of keys in merged maps.

use serde_json::{Map, Value};

/// Returns all keys of `maps`: those of the primary map (or else the first map) in their order, and
/// each other key behind the key with which it has the longest common prefix.
///
/// For example, `/spaces/{spaceId}/links` is placed among the paths of a space, and `SpaceLink`
/// among the schemas of one, independent of the order of the sources.
pub(super) fn keys(maps: &[(usize, &Map<String, Value>)], primary: usize) -> Vec<String> {
    let lead = maps
        .iter()
        .find(|(source, _)| *source == primary)
        .or(maps.first());
    let Some((_, lead)) = lead else {
        return Vec::new();
    };
    let mut keys: Vec<String> = lead.keys().cloned().collect();

    let others = maps.iter().flat_map(|(_, map)| map.keys());
    let mut others: Vec<&String> = others.filter(|key| !lead.contains_key(*key)).collect();
    others.sort();
    others.dedup();
    for key in others {
        keys.insert(place(&keys, key), key.clone());
    }
    keys
}

fn place(keys: &[String], key: &str) -> usize {
    let shared = |other: &String| {
        key.bytes()
            .zip(other.bytes())
            .take_while(|(a, b)| a == b)
            .count()
    };
    let nearest = keys
        .iter()
        .enumerate()
        .max_by_key(|(_, other)| shared(other));
    match nearest {
        Some((index, other)) if shared(other) > 0 => index + 1,
        _ => keys.len(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_primary_source_keeps_its_order_and_others_join_their_kin() {
        let first = json!({"/users/{id}": 1, "/spaces/{id}/links": 1, "x": 1});
        let primary = json!({"/spaces": 1, "/spaces/{id}": 1, "/orgs": 1});
        let last = json!({"/orgs/{id}": 1, "/spaces/{id}/embeds": 1});
        let mut maps = [&first, &primary, &last]
            .map(|map| map.as_object().expect("an object"))
            .into_iter()
            .enumerate()
            .collect::<Vec<_>>();
        let expected = [
            "/spaces",
            "/spaces/{id}",
            "/spaces/{id}/embeds",
            "/spaces/{id}/links",
            "/orgs",
            "/orgs/{id}",
            "/users/{id}",
            "x",
        ];
        assert_eq!(keys(&maps, 1), expected);
        maps.reverse();
        assert_eq!(keys(&maps, 1), expected);
    }

    #[test]
    fn without_the_primary_source_the_first_map_leads() {
        let (first, last) = (json!({"b": 1, "a": 1}), json!({"a": 1, "c": 1}));
        let maps = [
            (0, first.as_object().unwrap()),
            (1, last.as_object().unwrap()),
        ];
        assert_eq!(keys(&maps, 7), ["b", "a", "c"]);
    }
}
