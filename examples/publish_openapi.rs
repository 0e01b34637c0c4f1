//! Publishes an OpenAPI document to an organization and waits until GitBook has taken it in.
//! It fails when the document cannot be processed, so it can be a step of a CI workflow:
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example publish_openapi -- ORGANIZATION SLUG openapi.yaml

use std::env;
use std::fs;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use gitbook_api::Client;
use gitbook_api::types::{
    CreateOrUpdateOpenApiSpecBySlugRequest, OpenApiSpec, OpenApiSpecProcessingState,
    OpenApiSpecSourceText,
};
use tokio::time::{sleep, timeout};

const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [organization, slug, file] = &arguments[..] else {
        bail!("usage: publish_openapi ORGANIZATION SLUG FILE");
    };
    let document = fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
    let client = Client::from_env()?;
    let source = OpenApiSpecSourceText::new(document);
    let specification = client
        .create_or_update_open_api_spec_by_slug(
            organization,
            slug,
            CreateOrUpdateOpenApiSpecBySlugRequest::new(source),
        )
        .await?
        .into_body();

    let processed = timeout(PATIENCE, processed(&client, organization, specification))
        .await
        .with_context(|| format!("GitBook is still processing {slug}; look at it later"))??;
    if let Some(code) = processed.last_process_error_code {
        for error in processed.last_processed_errors.iter().flatten() {
            eprintln!("{}", error.message);
        }
        bail!("GitBook cannot process {file}: {code}");
    }
    println!("{slug} is published: {}", processed.urls.app);
    Ok(())
}

/// The specification once it is processed.
async fn processed(
    client: &Client,
    organization: &str,
    mut specification: OpenApiSpec,
) -> Result<OpenApiSpec> {
    while specification.processing_state != OpenApiSpecProcessingState::Complete {
        sleep(Duration::from_secs(1)).await;
        let call = client.get_open_api_spec_by_slug(organization, &specification.slug);
        specification = call.await?.into_body();
    }
    Ok(specification)
}
