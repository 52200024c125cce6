//! What strangers, giants and crowds get from a real bank: an answer each, and nothing that others need.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code, reason = "faults and the control interface are for other tests")]
mod running;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use domain::{CustomerId, PackageId};
use protocol::{ProblemCode, endpoints as at};
use reqwest::{Method, StatusCode};
use running::{Card, Running, client, demo_folder, good, problem, start};
use uuid::Uuid;

fn some_package() -> String {
    at::package(&"10001001".parse::<CustomerId>().unwrap(), PackageId(Uuid::new_v4()))
}

#[tokio::test]
async fn a_body_that_is_refused_does_not_take_the_answer_with_it() {
    let folder = demo_folder();
    let bank = start(folder.path(), 0);
    for _ in 0..30 {
        let text = bank.call(Method::POST, at::CHALLENGE).header("content-type", "text/plain");
        let response = text.body("x".repeat(200_000)).send().await.unwrap();
        assert_eq!(problem(response).await.code, ProblemCode::RequestInvalid);
    }
    let giant = format!("{{\"user\":\"{}\"}}", "1".repeat(protocol::MAX_BODY_BYTES));
    let json = |method, path: &str| {
        bank.call(method, path).header("content-type", "application/json").body(giant.clone())
    };
    let response = json(Method::POST, at::CHALLENGE).send().await.unwrap();
    assert_eq!(problem(response).await.code, ProblemCode::PayloadTooLarge);
    // Nobody knows this session, so nothing of the body matters.
    let stranger = json(Method::PUT, &some_package()).bearer_auth("made-up").send().await.unwrap();
    assert_eq!(problem(stranger).await.code, ProblemCode::SessionExpired);
}

#[tokio::test]
async fn before_login_a_body_is_as_long_as_a_login() {
    let folder = demo_folder();
    let bank = start(folder.path(), 0);
    let long = serde_json::json!({ "statement": "A".repeat(100_000), "signature": "" });
    let response = bank.call(Method::POST, at::LOGIN).json(&long).send().await.unwrap();
    assert_eq!(problem(response).await.code, ProblemCode::PayloadTooLarge);
}

#[tokio::test]
async fn a_session_has_some_event_streams_and_its_calls_go_on() {
    let folder = demo_folder();
    let bank = start(folder.path(), 0);
    let session = bank.log_in(folder.path(), &Card::of(folder.path(), "10000002-kovacs-anna.pem")).await;
    let listen = || bank.call(Method::GET, at::EVENTS).bearer_auth(&session.token.0).send();
    let mut streams = Vec::new();
    for _ in 0..4 {
        let stream = listen().await.unwrap();
        assert_eq!(stream.status(), StatusCode::OK);
        streams.push(stream);
    }
    let refused = listen().await.unwrap();
    assert!(refused.headers().contains_key("retry-after"));
    assert_eq!(problem(refused).await.code, ProblemCode::RateLimited);
    let _: protocol::Session = good(bank.call(Method::GET, at::SESSION).bearer_auth(&session.token.0)).await;
}

/// Runs a bank that is expected to end by itself; gives what it said.
fn ended(folder: &Path) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_kapocs-bank"))
        .args(["serve", "--data"])
        .arg(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(!run.status.success());
    String::from_utf8(run.stderr).unwrap()
}

#[tokio::test]
async fn a_second_bank_on_a_folder_is_refused_and_rewrites_nothing() {
    let folder = demo_folder();
    let bank = start(folder.path(), 0);
    let connection = || std::fs::read_to_string(folder.path().join("connection.toml")).unwrap();
    let before = connection();
    assert!(ended(folder.path()).contains("(bank-in-use)"));
    assert_eq!(connection(), before);
    let _: protocol::ServerInfo = good(bank.call(Method::GET, at::INFO)).await;
    // One that is just ending is waited for.
    let mut ending = bank;
    ending.process.stdin.take();
    let next = start(folder.path(), 0);
    let _: protocol::ServerInfo = good(next.call(Method::GET, at::INFO)).await;
}

#[tokio::test]
async fn a_bank_whose_output_nobody_reads_serves_its_customers() {
    let folder = demo_folder();
    let said = folder.path().join("ready.json");
    let mut process = Command::new(env!("CARGO_BIN_EXE_kapocs-bank"))
        .args(["serve", "--end-with-stdin", "--data"])
        .arg(folder.path())
        .arg("--ready-file")
        .arg(&said)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop((process.stdout.take(), process.stderr.take()));
    for _ in 0..200 {
        if said.exists() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let ready = serde_json::from_str(&std::fs::read_to_string(said).unwrap()).unwrap();
    let mut bank = Running { process, ready, client: client(folder.path()) };
    for _ in 0..3 {
        let _: protocol::ServerInfo = good(bank.call(Method::GET, at::INFO)).await;
    }
    assert_eq!(bank.process.try_wait().unwrap(), None);
}
