//! One page for a browser, which needs no network.

use super::super::compare::Side;
use super::super::report::{Report, Row};
use super::{conclusion, plural, sections};

/// The page around the rows: style, filter and script.
const PAGE: &str = include_str!("page.html");

/// Writes the report as one page.
pub fn html(report: &Report) -> String {
    let rows: Vec<&Row> = report.rows.iter().collect();
    let mut body = String::new();
    let mut group = "";
    for section in sections(&rows) {
        if section.group != group {
            group = section.group;
            body.push_str(&format!("<h2>{}</h2>\n", escape(group)));
        }
        body.push_str(&format!("<h3>{}</h3>\n", section.kind.name()));
        for row in section.lines.into_iter().flatten() {
            body.push_str(&entry(row));
        }
    }
    let summary = format!(
        "{}. {}.",
        plural(report.rows.len(), "edit"),
        conclusion(report)
    );
    PAGE.replace("{{summary}}", &escape(&summary))
        .replace("{{rows}}", &body)
}

fn entry(row: &Row) -> String {
    let item = row.item.as_deref().unwrap_or_default();
    let accepted = row
        .accepted
        .as_ref()
        .map(|reason| format!(" (accepted: {reason})"));
    format!(
        "<details class=\"{http} {bump}\"><summary><b>{http}</b> <i>{bump}</i> {title}{accepted} \
         <code>{item}</code> <small>{place}</small></summary>\
         <p><code>{pointer}</code></p>\
         <div class=\"sides\"><pre>{before}</pre><pre>{after}</pre></div>\
         <p>{why}</p><p>Reaches {count}: {reach}</p></details>\n",
        http = row.http.name(),
        bump = row.bump.name(),
        title = row.rule.title,
        accepted = escape(&accepted.unwrap_or_default()),
        item = escape(item),
        place = escape(&row.place),
        pointer = escape(row.pointer()),
        before = value(row.base.as_ref()),
        after = value(row.head.as_ref()),
        why = escape(row.rule.why),
        count = plural(row.reach.len(), "operation"),
        reach = escape(&row.reach.join(", ")),
    )
}

fn value(side: Option<&Side>) -> String {
    side.map(|side| escape(&format!("{:#}", side.value)))
        .unwrap_or_default()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
