//! What is gathered of all customers: each by its own handle, so that what one may not show keeps no other away.

use std::sync::Arc;

use client::{
    Client, ClientError, CustomerOf, ListedPackage, Overview, PackageFilter, Page, SentPackage, Waiting,
    WaitingKind,
};
use domain::{ConnectionKey, CustomerKey, PackageId};
use iced::futures::future::join_all;

use crate::go::Go;
use crate::house::{House, called};
use crate::screen::ask::Answer;

/// Packages of each customer, prepared or sent, that a search shows.
pub(super) const FOUND: u32 = 50;

/// A customer, and everything on its first screen, or why that cannot be shown.
#[derive(Debug, Clone)]
pub(crate) struct OfCustomer {
    pub of: CustomerOf,
    pub overview: Answer<Overview>,
}

impl OfCustomer {
    /// What may be looked at now, or why nothing: the bank's session may have ended since it was read.
    pub(super) fn seen(&self, house: &House) -> Result<&Overview, Hidden<'_>> {
        if !house.may_view(self.of.connection) {
            return Err(Hidden::Closed);
        }
        self.overview.as_ref().map_err(|error| match &**error {
            ClientError::LoginNeededToView => Hidden::Closed,
            ClientError::NoCustomer | ClientError::NoRules => Hidden::NotYet,
            error => Hidden::Failed(error),
        })
    }
}

/// Why nothing of a customer is shown.
#[derive(Debug, Clone, Copy)]
pub(super) enum Hidden<'a> {
    /// The bank lets nobody look without a login.
    Closed,
    /// Nothing has been fetched yet.
    NotYet,
    Failed(&'a ClientError),
}

/// Something that waits for the user at one of the customers.
#[derive(Debug, Clone)]
pub(super) struct Waits {
    pub customer: CustomerKey,
    pub bank: ConnectionKey,
    pub whose: String,
    pub line: Waiting,
    pub go: Go,
}

/// A package that was found.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub customer: CustomerKey,
    pub bank: ConnectionKey,
    pub whose: String,
    pub package: ListedPackage,
    pub go: Go,
}

/// What a search has found, and what it may have missed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Finds {
    pub rows: Vec<Found>,
    /// Customers of whom there are more than are shown.
    pub cut: Vec<String>,
    /// Customers who could not be searched, and why.
    pub failed: Vec<(String, Arc<ClientError>)>,
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
            bank: one.of.connection,
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

/// How much waits at a customer, the lines that are not listed too.
pub(super) fn count(overview: &Overview) -> usize {
    let counts = &overview.counts;
    let rejected = overview.waiting.iter().filter(|line| line.kind == WaitingKind::Rejected).count();
    let counted = (counts.to_sign + counts.to_send + counts.unknown) as usize + rejected;
    counted.max(overview.waiting.len())
}

/// Packages of all customers in which the words stand: prepared ones, then those that were sent.
pub(super) async fn seek(client: Client, house: Arc<House>, text: String) -> Arc<Finds> {
    let all = house.customers.iter().map(|one| {
        let (client, text) = (client.clone(), text.clone());
        async move { (one, packages(&client, one.key, text).await) }
    });
    let mut finds = Finds::default();
    for (of, answer) in join_all(all).await {
        match answer {
            Ok(packages) => finds.take(of, packages),
            Err(error) => {
                tracing::info!(%error, "the packages of a customer cannot be searched");
                finds.failed.push((called(of), Arc::new(error)));
            }
        }
    }
    finds.into()
}

impl Finds {
    fn take(&mut self, of: &CustomerOf, (prepared, sent): (Vec<ListedPackage>, Vec<SentPackage>)) {
        let most = FOUND as usize;
        if prepared.len() > most || sent.len() > most {
            self.cut.push(called(of));
        }
        let found = |way: fn(Option<PackageId>) -> Go| {
            move |package: ListedPackage| {
                let go = way(Some(package.header.id));
                Found { customer: of.key, bank: of.connection, whose: called(of), package, go }
            }
        };
        let sent = sent.into_iter().map(|sent| sent.line).take(most).map(found(Go::Sent));
        self.rows.extend(prepared.into_iter().take(most).map(found(Go::Prepared)).chain(sent));
    }
}

/// One more of each kind than is shown, so that it can be said that there are more.
async fn packages(
    client: &Client,
    key: CustomerKey,
    text: String,
) -> Result<(Vec<ListedPackage>, Vec<SentPackage>), ClientError> {
    let client = client.at(key).await?;
    let page = Page::first(FOUND + 1);
    let prepared = client.packages(PackageFilter::Prepared, text.clone(), page).await?;
    Ok((prepared, client.sent(text, page).await?))
}
