//! Renders a self-contained HTML page.

use gitbook_api_codegen::text::{counted, visible};
use serde_json::Value;
use similar::{ChangeTag, TextDiff};

use super::super::report::{Finding, Report};
use super::super::rules::{Bump, Http};
use super::outline::{Line, outline};
use super::{conclusion, listed, overview, sentence};

/// The template: style, filters and script.
const PAGE: &str = include_str!("page.html");

/// Renders the report as an HTML page.
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
        .replace("{{findings}}", &body)
}

/// Returns a check box for each verdict, with the number of changes.
fn filters(report: &Report) -> String {
    let findings = listed(report);
    let http = [Http::Breaking, Http::Risky, Http::Compatible].map(|http| {
        let count = findings
            .iter()
            .filter(|finding| finding.http == http)
            .count();
        (http.name(), count)
    });
    let bump = [Bump::Major, Bump::Minor, Bump::Patch].map(|bump| {
        let count = findings
            .iter()
            .filter(|finding| finding.bump == bump)
            .count();
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
    let finding = line[0];
    let (what, place) = sentence(finding);
    let place = match line[..] {
        [_] => escape(place),
        _ => format!("in {}", counted(line.len(), "place")),
    };
    let accepted = finding.accepted.iter();
    let accepted: String = accepted
        .map(|reason| format!(" (accepted: {})", escape(reason)))
        .collect();
    let (before, after) = sides(finding);
    let places = line.iter().map(|finding| where_it_is(finding));
    format!(
        "<details id=\"change-{number}\" class=\"{http} {bump}\"><summary><a href=\"#change-{number}\" \
         title=\"Link to this change\">#</a> <b>{http}</b> <i>{bump}</i> {what}{accepted} \
         <span>{place}</span></summary>\n<ul>{places}</ul>\n\
         <div class=\"sides\"><pre>{before}</pre><pre>{after}</pre></div>\n<p>{why}</p></details>\n",
        http = finding.http.name(),
        bump = finding.bump.name(),
        places = places.collect::<String>(),
        why = escape(finding.rule.why),
    )
}

/// Returns the location of a change: the node, the Rust item, the source line, and what it affects.
fn where_it_is(finding: &Finding) -> String {
    let item = finding.item.iter();
    let item = item.map(|item| format!(" <code>{}</code>", escape(item)));
    let side = finding.head.as_ref().or(finding.base.as_ref());
    let source = side.and_then(|side| side.source.as_ref());
    let source = source
        .iter()
        .map(|source| format!(" <small>{}</small>", escape(source)));
    let uses = if finding.operations.is_empty() {
        String::new()
    } else {
        format!(
            "<br><small>{}: {}</small>",
            counted(finding.operations.len(), "operation"),
            escape(&finding.operations.join(", "))
        )
    };
    let facts: String = item.chain(source).collect();
    format!("<li>{}{facts}{uses}</li>", escape(&finding.place.label()))
}

/// Returns the value before and after, with the differing words marked.
fn sides(finding: &Finding) -> (String, String) {
    let text = |value: &Value| match value {
        Value::String(text) => visible(text),
        value => visible(&format!("{value:#}")),
    };
    match (&finding.base, &finding.head) {
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
            let whole = |side: &Option<super::super::compare::Location>| {
                side.as_ref()
                    .map_or(String::new(), |side| escape(&text(&side.value)))
            };
            (whole(base), whole(head))
        }
    }
}

/// Returns the text as HTML, for elements and quoted attributes.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
        // Escapes text that looks like a placeholder of the template.
        .replace("{{", "&#123;{")
}
