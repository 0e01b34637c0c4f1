//! Reads all integrations of the server at an address 16 times at once, and tells how many.

use futures_util::future;
use gitbook_api::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let url = std::env::args().nth(1).unwrap_or_default();
    let client = Client::builder().endpoint(format!("{url}/v1")).build()?;
    let lists = (0..16).map(|_| async {
        let mut items = client.list_integrations().limit(100).items();
        let mut count = 0;
        while let Some(item) = items.next().await {
            count += usize::from(!item?.name.is_empty());
        }
        Ok::<_, Error>(count)
    });
    let counts = future::try_join_all(lists).await?;
    println!("{}", counts.iter().sum::<usize>());
    Ok(())
}
