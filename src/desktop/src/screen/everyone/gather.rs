//! What is gathered of all customers: each by its own handle, so that what one may not show keeps no other away.

use std::sync::Arc;

use client::{
    Client, ClientError, CustomerOf, ListedPackage, Overview, PackageFilter, Page, SentPackage, Waiting,
    WaitingKind,
};
use domain::{CustomerKey, PackageId};
use iced::futures::future::join_all;

use crate::go::Go;
use crate::house::{House, called};
use crate::screen::ask::Answer;

/// Packages of each customer that a search shows.
const FOUND: u32 = 50;

/// A customer, and everything on its first screen, or why that cannot be shown.
#[derive(Debug, Clone)]
pub(crate) struct OfCustomer {
    pub of: CustomerOf,
    pub overview: Answer<Overview>,
}

/// Something that waits for the user at one of the customers.
#[derive(Debug, Clone)]
pub(super) struct Waits {
    pub customer: CustomerKey,
    pub whose: String,
    pub line: Waiting,
    pub go: Go,
}

/// A package that was found.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub customer: CustomerKey,
    pub whose: String,
    pub package: ListedPackage,
    pub go: Go,
}

/// Everything of every customer.
pub(super) async fn gather(client: Client, house: Arc<House>) -> Arc<[OfCustomer]> {
    let all = house.customers.iter().map(|one| {
        let (client, of) = (client.clone(), one.clone());
        async move {
            let overview = overview(&client, of.key).await.map_err(Arc::new);
            OfCustomer { of, overview }
        }
    });
    join_all(all).await.into()
}

async fn overview(client: &Client, key: CustomerKey) -> Result<Overview, ClientError> {
    client.at(key).await?.overview().await
}

/// What waits at all of them, the most urgent first; of the same urgency in the order of the customers.
pub(super) fn waiting(all: &[OfCustomer]) -> Vec<Waits> {
    let mut waiting = Vec::new();
    for one in all {
        let Ok(overview) = &one.overview else { continue };
        waiting.extend(overview.waiting.iter().map(|line| Waits {
            customer: one.of.key,
            whose: called(&one.of),
            line: line.clone(),
            go: way(line),
        }));
    }
    waiting.sort_by_key(|waits| urgency(waits.line.kind));
    waiting
}

fn urgency(kind: WaitingKind) -> u8 {
    match kind {
        WaitingKind::Uncertain => 0,
        WaitingKind::Sign => 1,
        WaitingKind::Send => 2,
        WaitingKind::Rejected => 3,
    }
}

fn way(line: &Waiting) -> Go {
    match line.kind {
        WaitingKind::Sign | WaitingKind::Send => Go::Prepared(Some(line.package)),
        WaitingKind::Uncertain | WaitingKind::Rejected => Go::Sent(Some(line.package)),
    }
}

/// Packages of all customers in which the words stand: prepared ones, then those that were sent.
pub(super) async fn seek(client: Client, house: Arc<House>, text: String) -> Arc<[Found]> {
    let all = house.customers.iter().map(|one| {
        let (client, of, text) = (client.clone(), one.clone(), text.clone());
        async move {
            let found = |way: fn(Option<PackageId>) -> Go| {
                let (customer, whose) = (of.key, called(&of));
                move |package: ListedPackage| {
                    let go = way(Some(package.header.id));
                    Found { customer, whose: whose.clone(), package, go }
                }
            };
            match packages(&client, of.key, text).await {
                Ok((prepared, sent)) => {
                    let sent = sent.into_iter().map(|sent| sent.line).map(found(Go::Sent));
                    prepared.into_iter().map(found(Go::Prepared)).chain(sent).collect()
                }
                Err(error) => {
                    tracing::info!(%error, "the packages of a customer cannot be searched");
                    Vec::new()
                }
            }
        }
    });
    join_all(all).await.concat().into()
}

async fn packages(
    client: &Client,
    key: CustomerKey,
    text: String,
) -> Result<(Vec<ListedPackage>, Vec<SentPackage>), ClientError> {
    let client = client.at(key).await?;
    let page = Page::first(FOUND);
    let prepared = client.packages(PackageFilter::Prepared, text.clone(), page).await?;
    Ok((prepared, client.sent(text, page).await?))
}
