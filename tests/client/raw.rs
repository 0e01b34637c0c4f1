//! Calls of what the document does not have.

use gitbook_api::{Call, Client, QueryStyle, RetryPolicy};
use serde::Deserialize;
use serde_json::{Value, json as value};

use crate::server::{Server, answer, json};

#[derive(Debug, Deserialize)]
struct Weather {
    rain: u32,
}

#[tokio::test]
async fn paths_are_called_like_operations() {
    let server = Server::answering(vec![
        json(503, "{}"),
        json(200, r#"{"rain": 3, "wind": 5}"#),
        json(200, "{}"),
    ])
    .await;
    let client = server.builder().header("x-all", "1").build().unwrap();
    let weather = client
        .get("/orgs/{organizationId}/weather")
        .path("organizationId", "a b/../c")
        .query("days", 3)
        .query_list("tag", ["x", "y"], QueryStyle::Repeat)
        .query_list("field", ["x", "y"], QueryStyle::Commas)
        .header("x-key", "k")
        .json::<Weather>()
        .await
        .unwrap();
    assert_eq!((weather.rain, weather.meta().attempts()), (3, 2));
    // The same response as JSON.
    let all: Value = serde_json::from_slice(weather.meta().body()).unwrap();
    assert_eq!(all, value!({ "rain": 3, "wind": 5 }));
    for received in server.received() {
        assert_eq!(
            received.line,
            "GET /v1/orgs/a%20b%2F..%2Fc/weather?days=3&tag=x&tag=y&field=x,y"
        );
        assert_eq!(received.header("authorization"), ["Bearer hush"]);
        assert_eq!(
            (received.header("x-all"), received.header("x-key")),
            (vec!["1"], vec!["k"])
        );
    }
    // Names and paths can be made at run time.
    let (path, name) = (["", "a", "{b}"].join("/"), "b".to_owned());
    client
        .get(path)
        .path(&name, 1)
        .query(name.as_str(), 2)
        .query_list(format!("{name}s"), [3], QueryStyle::Commas)
        .header(&name, 4)
        .empty()
        .await
        .unwrap();
    let received = server.received().pop().unwrap();
    assert_eq!(received.line, "GET /v1/a/1?b=2&bs=3");
    assert_eq!(received.header("b"), ["4"]);
}

#[tokio::test]
async fn bodies_can_be_types_of_the_program() {
    #[derive(serde::Serialize)]
    struct City<'a> {
        name: &'a str,
    }
    struct Fails;
    impl serde::Serialize for Fails {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("never"))
        }
    }
    let server = Server::answering(vec![json(200, "{}")]).await;
    let client = server.client();
    let call = client.post("/weather").body_json(&City { name: "Bonn" });
    call.empty().await.unwrap();
    assert_eq!(server.received()[0].body, br#"{"name":"Bonn"}"#);
    let error = client
        .post("/weather")
        .body_json(&Fails)
        .empty()
        .await
        .unwrap_err();
    assert!(
        error.is_refused_locally() && error.to_string().contains("never"),
        "{error}"
    );
    assert_eq!(server.received().len(), 1);
}

type Start = fn(&Client) -> Call;

#[tokio::test]
async fn every_method_can_be_called() {
    let starts: [(&str, Start); 5] = [
        ("GET", |client| client.get("/x")),
        ("POST", |client| client.post("/x")),
        ("PUT", |client| client.put("/x")),
        ("PATCH", |client| client.patch("/x")),
        ("DELETE", |client| client.delete("/x")),
    ];
    for (method, start) in starts {
        let server = Server::answering(vec![json(500, "{}"), json(200, "{}")]).await;
        let call = start(&server.client()).body(&value!({ "a": [1] }));
        let result = call.json::<Value>().await;
        // Only what is idempotent is retried.
        assert_eq!(
            result.is_ok(),
            !matches!(method, "POST" | "PATCH"),
            "{method}"
        );
        let received = server.received().remove(0);
        assert_eq!(received.line, format!("{method} /v1/x"));
        assert_eq!(received.body, br#"{"a":[1]}"#);
        assert_eq!(received.header("content-type"), ["application/json"]);
    }
}

#[tokio::test]
async fn redirects_and_errors_are_those_of_all_calls() {
    let elsewhere = ["location: http://127.0.0.1:9/x"];
    let server = Server::answering(vec![
        answer(302, &["location: /v1/moved"], ""),
        json(200, "{}"),
        answer(302, &elsewhere, ""),
        json(404, r#"{"error":{"code":404,"message":"No weather"}}"#),
    ])
    .await;
    let client = server.client();
    let call = || client.get("/orgs/{org}/weather").path("org", "hush-org");
    call().json::<Value>().await.unwrap();
    assert_eq!(server.received()[1].line, "GET /v1/moved");
    assert!(call().json::<Value>().await.unwrap_err().is_redirect());
    let error = call().json::<Value>().await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.operation(), Some("GET /orgs/{org}/weather"));
    let text = error.to_string();
    assert!(
        text.starts_with("GET /orgs/{org}/weather: 404 No weather"),
        "{text}"
    );
    assert!(!format!("{text}{error:?}").contains("hush"));
}

#[tokio::test]
async fn paths_that_lead_elsewhere_are_refused() {
    let server = Server::answering(vec![json(200, "{}")]).await;
    let client = server.builder().retry(RetryPolicy::none()).build().unwrap();
    for (path, part) in [
        ("", "begin with `/`"),
        ("orgs", "begin with `/`"),
        ("https://example.com/v1/orgs", "a whole URL"),
        ("http://example.com", "a whole URL"),
        ("//example.com/orgs", "an empty segment"),
        ("/orgs//x", "an empty segment"),
        ("/../orgs", "`..`"),
        ("/orgs/..", "`..`"),
        ("/orgs/.", "`..`"),
        ("/orgs/%2e%2E/x", "`..`"),
        ("/orgs/.%2e/x", "`..`"),
        ("/orgs/%2e", "`..`"),
        ("/.\t./orgs", "control character"),
        ("/orgs\n", "control character"),
        ("/..\\..\\orgs", "backslash"),
        ("\\\\example.com", "begin with `/`"),
        ("/orgs?limit=1", "Call::query"),
        ("/orgs#x", "fragment"),
        ("/orgs/{id}", "`id` is not set"),
        ("/orgs/{id", "brace"),
        ("/orgs/id}", "brace"),
        ("/orgs/{}", "brace"),
        ("/orgs/{{id}}", "brace"),
    ] {
        let error = client.get(path).json::<Value>().await.unwrap_err();
        assert!(
            error.is_refused_locally() && error.attempts() == 0,
            "{path:?}: {error}"
        );
        assert!(error.to_string().contains(part), "{path:?}: {error}");
    }
    for (path, value) in [
        ("/orgs/{id}", ""),
        ("/orgs/{id}", "."),
        ("/orgs/{id}", ".."),
        ("/orgs/.{id}/x", "."),
        ("/orgs/{id}.", "."),
        ("/orgs/%2e{id}", "."),
    ] {
        let call = client.get(path).path("id", value);
        let error = call.json::<Value>().await.unwrap_err();
        assert!(error.is_refused_locally(), "{path:?} {value:?}: {error}");
    }
    let error = client.get("/orgs").path("id", 1).empty().await.unwrap_err();
    assert_eq!(error.violations()[0].path, "id");
    let error = client
        .get("/orgs")
        .header("Authorization", "hush")
        .empty()
        .await;
    assert!(error.unwrap_err().to_string().contains("`authorization`"));
    assert!(server.received().is_empty());

    for path in ["/orgs/a.b..c", "/größe/ x", "/a/", "/"] {
        client.get(path).empty().await.unwrap();
    }
    let lines: Vec<String> = server.received().into_iter().map(|it| it.line).collect();
    let expected = [
        "/v1/orgs/a.b..c",
        "/v1/gr%C3%B6%C3%9Fe/%20x",
        "/v1/a/",
        "/v1/",
    ];
    assert_eq!(lines, expected.map(|path| format!("GET {path}")));
}

#[cfg(feature = "mock")]
#[tokio::test]
async fn paths_can_be_mocked() {
    let server = gitbook_api::mock::MockServer::start().await;
    let client = server.client().unwrap();
    let call = |id| {
        client
            .post("/orgs/{org}/weather")
            .path("org", id)
            .body(&value!({ "a": 1 }))
    };
    server
        .mock(call("o"))
        .expect(1)
        .respond(&value!({ "rain": 1 }))
        .await;
    assert_eq!(call("o").json::<Weather>().await.unwrap().rain, 1);
    assert!(
        call("p")
            .json::<Weather>()
            .await
            .unwrap_err()
            .is_not_found()
    );
}
