//! Renames a space, and sets its emoji or removes it. Other settings keep their values.
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example update_space -- SPACE TITLE [EMOJI]

use std::env;

use anyhow::{Result, bail};
use gitbook_api::Client;
use gitbook_api::types::UpdateSpaceByIdRequest;

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (space, title, emoji) = match &arguments[..] {
        [space, title] => (space, title, None),
        [space, title, emoji] => (space, title, Some(emoji)),
        _ => bail!("usage: update_space SPACE TITLE [EMOJI]"),
    };
    let change = UpdateSpaceByIdRequest::new().title(title);
    let change = match emoji {
        Some(emoji) => change.emoji(emoji),
        None => change.clear_emoji(),
    };

    let space = match Client::from_env()?.update_space_by_id(space, change).await {
        Ok(space) => space,
        Err(error) if !error.violations().is_empty() => {
            for violation in error.violations() {
                eprintln!("{violation}");
            }
            bail!("nothing was sent");
        }
        Err(error) => return Err(error.into()),
    };
    println!("{} is now {}", space.id, space.title);
    Ok(())
}
