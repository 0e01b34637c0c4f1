//! The pages that an index, such as an llms.txt, links to.

use anyhow::{Context, ensure};
use pulldown_cmark::{Event, Parser, Tag};
use url::Url;

use super::page;

/// Returns the links of a Markdown index that begin with `prefix`, in order and without duplicates.
/// Links and prefix are relative to `location`.
///
/// # Errors
///
/// Fails if the index is HTML, or if no link begins with the prefix.
pub(super) fn links(index: &str, location: &Url, prefix: &str) -> anyhow::Result<Vec<Url>> {
    ensure!(!page::is_html(index), "this is HTML, not Markdown");
    let prefix = location
        .join(prefix)
        .with_context(|| format!("the prefix `{prefix}` is not part of a URL"))?;
    let mut links = Vec::new();
    for event in Parser::new(index) {
        let Event::Start(Tag::Link { dest_url, .. }) = event else {
            continue;
        };
        let Ok(mut link) = location.join(&dest_url) else {
            continue;
        };
        link.set_fragment(None);
        if link.as_str().starts_with(prefix.as_str()) && !links.contains(&link) {
            links.push(link);
        }
    }
    ensure!(!links.is_empty(), "no link begins with {prefix}");
    Ok(links)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_below_the_prefix_are_resolved_and_kept_once() {
        let index = "# Docs\n\n- [A](https://x.test/docs/api/a.md): about a\n- [B](/docs/api/b.md#top)\n\
                     - [C](api/c.md)\n- [A again](api/a.md)\n- [Guide](/docs/guide.md)\n\
                     - [Elsewhere](https://y.test/docs/api/a.md)\n- [Bad](https://)\n\
                     - <https://x.test/docs/api/d.md>\n- [E][e]\n\n[e]: api/e.md\n\n`[no](api/f.md)`\n";
        let location = Url::parse("https://x.test/docs/llms.txt").unwrap();
        let expected = ["a", "b", "c", "d", "e"].map(|n| format!("https://x.test/docs/api/{n}.md"));
        for prefix in ["https://x.test/docs/api/", "/docs/api/", "api/"] {
            let links = links(index, &location, prefix).unwrap();
            assert_eq!(links.iter().map(Url::as_str).collect::<Vec<_>>(), expected);
        }
        assert!(links(index, &location, "https://z.test/").is_err());
        assert!(links(&format!("<!doctype html>\n\n{index}"), &location, "api/").is_err());
    }
}
