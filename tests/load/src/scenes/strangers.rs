//! Strangers hold connections without a word and ask for slow hashes; customers work as if nobody were there.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use protocol::Base64Bytes;
use reqwest::{Client, StatusCode};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::crowd::look_around;
use super::{CUSTOMERS, Measure, STRANGERS, stranger};
use crate::person::Person;
use crate::{Bank, Figures, Result};

/// A connection that is not taken is given up.
const TO_CONNECT: Duration = Duration::from_secs(2);

pub(super) async fn play(bank: &Bank, measure: &Measure) -> Result<Figures> {
    let (client, person) = (bank.client(CUSTOMERS)?, Person::of(bank)?);
    let session = person.log_in(bank, &client).await?;
    let before = bank.memory();
    let held = hold(bank, measure.idle).await;
    let registering = register(bank, measure.registrations)?;
    let mut figures = look_around(bank, &client, &person, &session, measure).await?;
    let (answered, limited) = answers(registering).await;
    figures.notes.push(format!(
        "{} of {} idle connections begun, {answered} of {} registrations answered, {limited} of them by a limit",
        held.len(),
        measure.idle,
        measure.registrations
    ));
    if let (Some((before, _)), Some((_, most))) = (before, bank.memory()) {
        figures.notes.push(format!("memory {:.0} MB more than before the strangers came", most - before));
    }
    drop(held);
    Ok(figures)
}

/// Connections to the door of browsers that say nothing.
async fn hold(bank: &Bank, count: usize) -> Vec<TcpStream> {
    let door = SocketAddr::from((Ipv4Addr::LOCALHOST, bank.web_port()));
    let mut connecting = JoinSet::new();
    for _ in 0..count {
        connecting.spawn(async move {
            let socket = TcpSocket::new_v4().ok()?;
            socket.bind(SocketAddr::new(STRANGERS, 0)).ok()?;
            timeout(TO_CONNECT, socket.connect(door)).await.ok()?.ok()
        });
    }
    let mut held = Vec::new();
    while let Some(connected) = connecting.join_next().await {
        held.extend(connected.ok().flatten());
    }
    held
}

/// Registrations of virtual cards with codes that are right in form, each of which costs the bank a slow hash.
fn register(bank: &Bank, count: usize) -> Result<JoinSet<Option<StatusCode>>> {
    let mut calls = JoinSet::new();
    for number in 1..=count {
        let (client, web) = (bank.client(stranger(number))?, bank.web());
        calls.spawn(async move { ask(&client, &web).await.ok() });
    }
    Ok(calls)
}

async fn ask(client: &Client, web: &str) -> Result<StatusCode> {
    let token = "0".repeat(64);
    let key = Base64Bytes(vec![0; 91]);
    let body = serde_json::json!({
        "card": uuid::Uuid::new_v4(),
        "user": "10000001",
        "code": code(),
        "label": "Idegen",
        "personal_code": "258036",
        "login_key": key,
        "signing_key": key,
        "login_proof": key,
        "signing_proof": key,
    });
    let request = client
        .post(format!("{web}/register"))
        .header("origin", web)
        .header("cookie", format!("__Host-web-form={token}"))
        .header("x-csrf", token)
        .json(&body);
    Ok(request.send().await?.status())
}

/// An activation code with the right check characters that is nobody's.
fn code() -> String {
    const LETTERS: [&str; 4] = ["A", "B", "C", "D"];
    let bodies = LETTERS.iter().flat_map(|a| LETTERS.map(|b| format!("{a}{b}22222222")));
    bodies
        .map(|body| format!("{body}{}", domain::unblock::check_characters(&body)))
        .find(|code| code.bytes().all(|byte| !b"01IOL".contains(&byte)))
        .unwrap_or_default()
}

/// How many were answered, and how many of them by a limit.
async fn answers(mut calls: JoinSet<Option<StatusCode>>) -> (usize, usize) {
    let (mut answered, mut limited) = (0, 0);
    while let Some(call) = calls.join_next().await {
        if let Ok(Some(status)) = call {
            answered += 1;
            limited += usize::from(status == StatusCode::TOO_MANY_REQUESTS);
        }
    }
    (answered, limited)
}
