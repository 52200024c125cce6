//! A bank as a process of its own over TLS, and people with key files before it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use bank::demo::{self, PIN, Wish};
use bank::doors::serve::Ready;
use bank::ground::folder::Folder;
use chrono::Utc;
use domain::UserId;
use protocol::{
    Challenge, ChallengeRequest, LoginDevice, LoginRequest, LoginStatement, Problem, Session, endpoints as at,
};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use signature::keyfile::{KeyFile, KeySlot};

/// A running bank; ends with the test.
pub struct Running {
    pub process: Child,
    pub ready: Ready,
    pub client: Client,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub fn demo_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let wish = Wish {
        data: folder.path().to_owned(),
        profile: "kh".to_owned(),
        seed: 1,
        now: None,
        tokens_of: None,
    };
    demo::make(&wish).unwrap();
    folder
}

pub fn start(folder: &Path, port: u16) -> Running {
    let mut process = Command::new(env!("CARGO_BIN_EXE_kapocs-bank"))
        .args(["serve", "--end-with-stdin", "--data"])
        .arg(folder)
        .args(["--port", &port.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    Running { process, ready: serde_json::from_str(&line).unwrap(), client: client(folder) }
}

/// Trusts the connection file's authority and nobody else.
pub fn client(folder: &Path) -> Client {
    let connection = Folder::new(folder).read_connection().unwrap();
    let authority = signature::Certificate::from_pem(&connection.ca_pem).unwrap();
    let mut roots = rustls::RootCertStore::empty();
    roots.add(authority.to_der().to_vec().into()).unwrap();
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    Client::builder().tls_backend_preconfigured(tls).timeout(Duration::from_secs(20)).build().unwrap()
}

pub async fn good<T: DeserializeOwned>(request: RequestBuilder) -> T {
    let response = request.send().await.unwrap();
    let status = response.status();
    let text = response.text().await.unwrap();
    assert!(status.is_success(), "{status}: {text}");
    serde_json::from_str(&text).unwrap()
}

pub async fn problem(response: Response) -> Problem {
    assert_eq!(response.headers()["content-type"], protocol::PROBLEM_MEDIA_TYPE);
    let status = response.status().as_u16();
    let problem: Problem = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    assert_eq!(problem.status, status);
    problem
}

/// A user with its key file.
pub struct Card(pub KeyFile);

impl Card {
    pub fn of(folder: &Path, file: &str) -> Self {
        Self(KeyFile::parse(&std::fs::read_to_string(folder.join("users").join(file)).unwrap()).unwrap())
    }

    pub fn user(&self) -> UserId {
        self.0.certificate(KeySlot::Login).user_id().unwrap().parse().unwrap()
    }

    pub fn sign(&self, slot: KeySlot, content: &[u8]) -> Vec<u8> {
        let certificate = self.0.certificate(slot);
        let pending = signature::prepare(certificate, Sha256::digest(content).into(), Utc::now()).unwrap();
        let raw = self.0.unlock(PIN, slot).unwrap().sign_digest(&pending.digest()).unwrap();
        pending.finish(&raw, &[]).unwrap()
    }
}

impl Running {
    pub fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.ready.base_url))
    }

    pub fn control(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("http://127.0.0.1:{}{path}", self.ready.control_port);
        self.client.request(method, url).bearer_auth(&self.ready.control_token)
    }

    pub async fn fault(&self, fault: serde_json::Value) {
        let response = self.control(Method::POST, "/faults").json(&fault).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::NO_CONTENT);
    }

    pub async fn log_in(&self, folder: &Path, card: &Card) -> Session {
        let request = self.login_request(folder, card).await;
        good(self.call(Method::POST, at::LOGIN).json(&request)).await
    }

    pub async fn login_request(&self, folder: &Path, card: &Card) -> LoginRequest {
        let request = ChallengeRequest { user: card.user() };
        let challenge: Challenge = good(self.call(Method::POST, at::CHALLENGE).json(&request)).await;
        let server = std::fs::read_to_string(folder.join("server.pem")).unwrap();
        let statement = LoginStatement {
            origin: self.ready.base_url.clone(),
            server_certificate: signature::Certificate::from_pem(&server).unwrap().fingerprint(),
            challenge: challenge.challenge.as_slice().try_into().unwrap(),
            time: Utc::now(),
            client: "kapocs 0.1.0".to_owned(),
            device: LoginDevice::Software,
        };
        let bytes = statement.to_bytes();
        let signature = card.sign(KeySlot::Login, &bytes).into();
        LoginRequest { statement: bytes.into(), signature }
    }
}
