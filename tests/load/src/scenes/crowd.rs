//! The bank has many customers, and a few of them look around, listen and send.

use protocol::endpoints as at;

use super::streams::Streams;
use super::submissions::{is_good, send, token};
use super::{CUSTOMERS, Measure, moments};
use crate::person::Person;
use crate::{Bank, Figures, Result};

/// Calls in a second, of each kind in turn.
const RATE: u32 = 20;

pub(super) async fn play(bank: &Bank, measure: &Measure) -> Result<Figures> {
    let (client, person) = (bank.client(CUSTOMERS)?, Person::of(bank)?);
    let streams = Streams::open(bank, &person, measure.streams / 2).await?;
    let session = person.log_in(bank, &client).await?;
    let mut figures = look_around(bank, &client, &person, &session, measure).await?;
    figures.notes.push(streams.told());
    Ok(figures)
}

/// Calls as a clerk's program makes them, at a steady rate.
pub(super) async fn look_around(
    bank: &Bank,
    client: &reqwest::Client,
    person: &Person,
    session: &protocol::Session,
    measure: &Measure,
) -> Result<Figures> {
    let customer = &session.customers.first().ok_or("no customer")?.customer.id;
    let questions = [
        ("session", at::SESSION.to_owned()),
        ("accounts", at::accounts(customer)),
        ("packages", at::packages(customer)),
        ("transactions", at::transactions(customer)),
    ];
    let mut calls = Vec::new();
    for (n, moment) in moments(RATE, measure.seconds).enumerate() {
        let kind = n % (questions.len() + 1);
        let Some((name, path)) = questions.get(kind) else {
            let parcel = person.parcel(session)?;
            let address = bank.api(&parcel.path);
            let sent = send(client.clone(), address, parcel, token(session), moment);
            calls.push(("package sent", tokio::spawn(sent)));
            continue;
        };
        let request = client.get(bank.api(path)).query(&[("limit", "50")]).bearer_auth(token(session));
        let asked = async move {
            super::at(moment).await;
            let is_good = is_good(request).await;
            (moment.elapsed(), is_good)
        };
        calls.push((name, tokio::spawn(asked)));
    }
    let mut figures = Figures::default();
    for (name, call) in calls {
        let (wait, is_good) = call.await?;
        figures.add(name, wait, is_good);
    }
    Ok(figures)
}
