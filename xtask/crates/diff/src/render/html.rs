//! One page for a browser, which needs no network.

use serde_json::Value;
use similar::{ChangeTag, TextDiff};

use super::super::report::{Report, Row};
use super::super::rules::{Bump, Http};
use super::super::words::visible;
use super::outline::{Line, outline};
use super::{conclusion, listed, overview, plural, sentence};

/// The page around the changes: style, filters and script.
const PAGE: &str = include_str!("page.html");

/// Writes the report as one page.
pub fn html(report: &Report) -> String {
    let mut body = String::new();
    let mut number = 0;
    for section in outline(&listed(report)) {
        body.push_str(&format!("<section><h2>{}</h2>\n", section.title));
        for (heading, lines) in &section.parts {
            body.push_str("<section>");
            if !heading.is_empty() {
                body.push_str(&format!("<h3>{}</h3>\n", escape(heading)));
            }
            for line in lines {
                number += 1;
                body.push_str(&entry(number, line));
            }
            body.push_str("</section>\n");
        }
        body.push_str("</section>\n");
    }
    let summary = format!("{}. {}.", overview(report), conclusion(report));
    PAGE.replace("{{summary}}", &escape(&summary))
        .replace("{{filters}}", &filters(report))
        .replace("{{rows}}", &body)
}

/// A box to tick for each verdict, with how many changes have it.
fn filters(report: &Report) -> String {
    let rows = listed(report);
    let http = [Http::Breaking, Http::Risky, Http::Compatible].map(|http| {
        let count = rows.iter().filter(|row| row.http == http).count();
        (http.name(), count)
    });
    let bump = [Bump::Major, Bump::Minor, Bump::Patch].map(|bump| {
        let count = rows.iter().filter(|row| row.bump == bump).count();
        (bump.name(), count)
    });
    let boxes = http.into_iter().chain(bump).map(|(name, count)| {
        format!(
            "<label class=\"{name}\"><input type=\"checkbox\" value=\"{name}\" checked> {name} \
             <b>{count}</b></label>\n"
        )
    });
    boxes.collect()
}

fn entry(number: usize, line: &Line<'_>) -> String {
    let row = line[0];
    let (what, place) = sentence(row);
    let place = match line[..] {
        [_] => escape(place),
        _ => format!("in {}", plural(line.len(), "place")),
    };
    let accepted = row.accepted.iter();
    let accepted: String = accepted
        .map(|reason| format!(" (accepted: {})", escape(reason)))
        .collect();
    let (before, after) = sides(row);
    let places = line.iter().map(|row| where_it_is(row));
    format!(
        "<details id=\"change-{number}\" class=\"{http} {bump}\"><summary><a href=\"#change-{number}\" \
         title=\"Link to this change\">#</a> <b>{http}</b> <i>{bump}</i> {what}{accepted} \
         <span>{place}</span></summary>\n<ul>{places}</ul>\n\
         <div class=\"sides\"><pre>{before}</pre><pre>{after}</pre></div>\n<p>{why}</p></details>\n",
        http = row.http.name(),
        bump = row.bump.name(),
        places = places.collect::<String>(),
        why = escape(row.rule.why),
    )
}

/// Where one change is: the place, the Rust item, the source, and what it affects.
fn where_it_is(row: &Row) -> String {
    let item = row.item.iter();
    let item = item.map(|item| format!(" <code>{}</code>", escape(item)));
    let side = row.head.as_ref().or(row.base.as_ref());
    let source = side.and_then(|side| side.source.as_ref());
    let source = source
        .iter()
        .map(|source| format!(" <small>{}</small>", escape(source)));
    let reached = match row.reach.is_empty() {
        true => String::new(),
        false => format!(
            "<br><small>{}: {}</small>",
            plural(row.reach.len(), "operation"),
            escape(&row.reach.join(", "))
        ),
    };
    let facts: String = item.chain(source).collect();
    format!("<li>{}{facts}{reached}</li>", escape(&row.place.label()))
}

/// What was there and what is there, with the words that differ marked.
fn sides(row: &Row) -> (String, String) {
    let text = |value: &Value| match value {
        Value::String(text) => visible(text),
        value => visible(&format!("{value:#}")),
    };
    match (&row.base, &row.head) {
        (Some(base), Some(head)) => {
            let (before, after) = (text(&base.value), text(&head.value));
            let diff = TextDiff::from_words(&before, &after);
            let (mut old, mut new) = (String::new(), String::new());
            for change in diff.iter_all_changes() {
                let word = escape(change.value());
                match change.tag() {
                    ChangeTag::Equal => {
                        old.push_str(&word);
                        new.push_str(&word);
                    }
                    ChangeTag::Delete => old.push_str(&format!("<del>{word}</del>")),
                    ChangeTag::Insert => new.push_str(&format!("<ins>{word}</ins>")),
                }
            }
            (old, new)
        }
        (base, head) => {
            let whole = |side: &Option<super::super::compare::Side>| {
                side.as_ref()
                    .map_or(String::new(), |side| escape(&text(&side.value)))
            };
            (whole(base), whole(head))
        }
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
        // Not a placeholder of the page.
        .replace("{{", "&#123;{")
}
