//! Greets the owner of a token. Its tests run against a local server, without a token:
//!
//!     cargo test --example greet --features mock
//!     GITBOOK_TOKEN=gb_api_... cargo run --example greet --features mock

use gitbook_api::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    println!("{}", greeting(&Client::from_env()?).await?);
    Ok(())
}

/// Returns the greeting. Code that takes a client can be tested.
async fn greeting(client: &Client) -> Result<String, Error> {
    match client.get_authenticated_user().await {
        Ok(user) => Ok(format!("Hello, {}!", user.display_name)),
        Err(error) if error.is_unauthorized() => Ok("Hello, stranger!".to_owned()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use gitbook_api::mock::MockServer;
    use gitbook_api::types::User;

    use super::*;

    #[tokio::test]
    async fn users_are_greeted_by_name() {
        let server = MockServer::start().await;
        let client = server.client().unwrap();
        let mut user = User::default();
        user.display_name = "Ada".into();
        let call = client.get_authenticated_user();
        server.mock(call).expect(1).respond(&user).await;
        assert_eq!(greeting(&client).await.unwrap(), "Hello, Ada!");
    }

    #[tokio::test]
    async fn only_a_refused_token_is_no_error() {
        let server = MockServer::start().await;
        let client = server.client().unwrap();
        let call = || client.get_authenticated_user();
        server
            .mock(call())
            .first(1)
            .respond_error(401, "Wrong token")
            .await;
        server.mock(call()).respond_error(500, "Broken").await;
        assert_eq!(greeting(&client).await.unwrap(), "Hello, stranger!");
        assert!(greeting(&client).await.unwrap_err().is_server_error());
    }
}
