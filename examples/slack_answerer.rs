//! Answers a question in a Slack channel, and edits the message while the answer is written. The app
//! needs the scope `chat:write`.
//!
//!     GITBOOK_TOKEN=gb_api_... SLACK_TOKEN=xoxb-... \
//!         cargo run --example slack_answerer -- ORGANIZATION CHANNEL "How do I invite people?"

use std::env;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use gitbook_api::types::{Document, DocumentFormat};
use gitbook_api::{Client, Response};
use serde_json::{Value, json};

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [organization, channel, question] = &arguments[..] else {
        bail!("usage: slack_answerer ORGANIZATION CHANNEL QUESTION");
    };
    // Slack's API takes a token and JSON as well, so a second client has retries and limits for it.
    let slack = Client::builder()
        .endpoint("https://slack.com/api")
        .token(env::var("SLACK_TOKEN").context("SLACK_TOKEN is not set")?)
        .build()?;
    let first = json!({ "channel": channel, "text": format!("*{question}* ...") });
    let posted = call(&slack, "/chat.postMessage", first).await?;
    let edit = |answer: &str| {
        let text = format!("*{question}*\n{answer}");
        json!({ "channel": posted["channel"], "ts": posted["ts"], "text": text })
    };

    let mut events = Client::from_env()?
        .stream_ask_in_organization(organization, question)
        .format(DocumentFormat::Markdown)
        .await?;
    let mut answer = String::new();
    let mut edited = Instant::now();
    while let Some(event) = events.next().await {
        if let Some(Document::MarkdownDocument(document)) = event?.answer.answer {
            answer = document.markdown;
        }
        // Slack allows about one edit per second.
        if edited.elapsed() > Duration::from_secs(1) {
            call(&slack, "/chat.update", edit(&answer)).await?;
            edited = Instant::now();
        }
    }
    if answer.is_empty() {
        answer = "There is no answer to that.".to_owned();
    }
    call(&slack, "/chat.update", edit(&answer)).await?;
    Ok(())
}

/// Calls a method of Slack, whose failures have the status 200.
async fn call(slack: &Client, method: &str, body: Value) -> Result<Response<Value>> {
    let response = slack.post(method).body(&body).json::<Value>().await?;
    let (ok, error) = (&response["ok"], &response["error"]);
    ensure!(ok == true, "Slack refuses {method}: {error}");
    Ok(response)
}
