//! Measures each attempt of the calls that list the spaces of an organization, and adds a header for
//! traces to them.
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example metrics -- ORGANIZATION

use std::collections::BTreeMap;
use std::env;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use gitbook_api::http::{HeaderMap, HeaderValue};
use gitbook_api::{Attempt, AttemptHook, AttemptResult, ClientBuilder};

/// The number of attempts and their time, by operation and status.
type Table = BTreeMap<(String, String), (u32, Duration)>;

#[derive(Clone, Default)]
struct Metrics(Arc<Mutex<Table>>);

impl AttemptHook for Metrics {
    fn before(&self, _: &Attempt<'_>, headers: &mut HeaderMap) {
        let parent = "00-40920357703400603092900000004736-00f0670000902457-01";
        headers.insert("traceparent", HeaderValue::from_static(parent));
    }

    fn after(&self, attempt: &Attempt<'_>, result: &AttemptResult<'_>) {
        let status = match result.status() {
            Some(status) => status.to_string(),
            None => "no response".to_owned(),
        };
        let key = (attempt.operation().to_owned(), status);
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (count, time) = table.entry(key).or_default();
        *count += 1;
        *time += result.elapsed();
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let organization = env::args().nth(1).context("usage: metrics ORGANIZATION")?;
    let metrics = Metrics::default();
    let client = ClientBuilder::from_env()?.hook(metrics.clone()).build()?;

    let spaces = client
        .list_spaces_in_organization_by_id(organization)
        .items();
    let spaces = spaces.try_collect().await;

    let table = metrics.0.lock().unwrap_or_else(PoisonError::into_inner);
    for ((operation, status), (count, time)) in &*table {
        println!("{operation}  {status}  {count} in {time:.1?}");
    }
    println!("{} spaces", spaces?.len());
    Ok(())
}
