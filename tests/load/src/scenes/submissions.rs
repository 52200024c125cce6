//! Packages come in at a steady rate while many listen.

use std::time::Instant;

use protocol::Session;
use reqwest::{Client, header};

use super::streams::Streams;
use super::{CUSTOMERS, Measure, at, moments};
use crate::person::{Parcel, Person};
use crate::{Bank, Figures, Result};

pub(super) async fn play(bank: &Bank, measure: &Measure) -> Result<Figures> {
    let (client, person) = (bank.client(CUSTOMERS)?, Person::of(bank)?);
    let session = person.log_in(bank, &client).await?;
    // Made before: what is measured is the bank.
    let count = u64::from(measure.rate) * measure.seconds;
    let parcels: Vec<Parcel> = (0..count).map(|_| person.parcel(&session)).collect::<Result<_>>()?;
    let streams = Streams::open(bank, &person, measure.streams).await?;
    let calls: Vec<_> = moments(measure.rate, measure.seconds)
        .zip(parcels)
        .map(|(moment, parcel)| {
            tokio::spawn(send(client.clone(), bank.api(&parcel.path), parcel, token(&session), moment))
        })
        .collect();
    let mut figures = Figures::default();
    for call in calls {
        let (wait, is_good) = call.await?;
        figures.add("package sent", wait, is_good);
    }
    figures.notes.push(streams.told());
    Ok(figures)
}

pub(super) fn token(session: &Session) -> String {
    session.token.0.clone()
}

/// Sends a package at its moment; how long it took from then on, and whether the bank took it.
pub(super) async fn send(
    client: Client,
    address: String,
    parcel: Parcel,
    token: String,
    moment: Instant,
) -> (std::time::Duration, bool) {
    at(moment).await;
    let request = client.put(address).bearer_auth(token).header(header::CONTENT_TYPE, "application/json");
    let is_good = is_good(request.body(parcel.body)).await;
    (moment.elapsed(), is_good)
}

/// Whether a call is answered well, to the answer's last byte.
pub(super) async fn is_good(request: reqwest::RequestBuilder) -> bool {
    match request.send().await {
        Ok(response) => response.status().is_success() && response.bytes().await.is_ok(),
        Err(_) => false,
    }
}
