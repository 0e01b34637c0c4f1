//! Path templates, such as `/spaces/{spaceId}`.

/// Returns the names of the parameters of a template, in order.
pub fn names(template: &str) -> impl Iterator<Item = &str> {
    let parts = template.split('{').skip(1);
    parts.filter_map(|part| Some(part.split_once('}')?.0))
}

/// Returns a template without the names of its parameters: `/spaces/{}`. Templates of the same
/// structure match the same paths.
pub fn structure(template: &str) -> String {
    let mut parts = template.split('{');
    let mut structure = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        structure.push_str("{}");
        structure.push_str(part.split_once('}').map_or("", |(_, literal)| literal));
    }
    structure
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_between_braces() {
        let template = "/a/{b}/{c-d}.json";
        assert_eq!(names(template).collect::<Vec<_>>(), ["b", "c-d"]);
        assert_eq!(structure(template), "/a/{}/{}.json");
        assert_eq!(names("/a/b").count(), 0);
        assert_eq!(structure("/a/b"), "/a/b");
        assert_eq!(names("/a/{b").count(), 0);
    }
}
