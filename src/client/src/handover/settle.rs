//! Applying what the bank tells of the shared area to the packages that are here.

use std::collections::HashSet;
use store::deed::Deed;

use domain::package::{PackageEvent, SignatureProgress};
use domain::shared::{Hand, SharedPackage, SharedState};
use domain::{CustomerKey, PackageId, PackageState, User};
use store::handovers::{HandoverKind, HandoverState};
use uuid::Uuid;

use crate::bank::BankError;
use crate::change::Change;
use crate::client::Client;
use crate::error::Result;
use crate::handover::news::{SharedNews, SharedNewsKind};
use crate::handover::whereabouts::is_mine;
use crate::orders::rules::Rules;
use crate::packages::moves::{log, transition};
use crate::packages::signatures::signatures_of;

impl Client {
    /// Brings the shared area here: asks for awaited answers, reads the bank's list and applies what happened.
    pub async fn sync_shared(&self) -> Result<()> {
        let _: usize = self.recover_shared().await?;
        self.read_shared(self.customer_key()?).await
    }

    /// Reads the bank's list of a customer and applies it.
    pub(crate) async fn read_shared(&self, customer: CustomerKey) -> Result<()> {
        let (session, customer) = (self.session()?, self.customer_of(customer).await?);
        let answer = self.at_bank(&session)?.shared_area()?.list(&session.key, &customer.id).await;
        let list = self.asked(&session, answer)?;
        if list.iter().any(|shared| shared.customer != customer.id) {
            return Err(BankError::Nonsense("the shared area of another customer".to_owned()).into());
        }
        let scope = self.scope_of(customer.key);
        let (changed, news) = self
            .write_of(scope.customer, move |tx| {
                let rules = scope.rules(tx)?;
                let before: Vec<SharedPackage> = store::shared::list(tx)?;
                let mut news = arrived(tx, &rules, &before, &list)?;
                store::shared::replace(tx, list.iter().map(|s| (s.handover, s.package, s)))?;
                // The oldest first, so that the story is told in the order in which it happened.
                for shared in list.iter().rev() {
                    news.extend(settle(tx, &rules, shared)?);
                }
                let after: Vec<SharedPackage> = store::shared::list(tx)?;
                Ok((before != after, news))
            })
            .await?;
        if changed {
            self.announce(Change::SharedArea);
        }
        for news in news {
            self.tell_shared(Some(news));
        }
        Ok(())
    }

    /// Announces what happened to a package.
    pub(super) fn tell_shared(&self, news: Option<SharedNews>) {
        self.announce(Change::Packages);
        self.announce(Change::SharedArea);
        if let Some(news) = news {
            self.announce(Change::Shared(news));
        }
    }
}

/// Packages that others parked since the last sync. The first sync of a customer tells of none: everything is new then.
pub(super) fn arrived(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    before: &[SharedPackage],
    list: &[SharedPackage],
) -> Result<Vec<SharedNews>> {
    if store::customers::get(conn, conn.customer())?.last_sync.is_none() {
        return Ok(Vec::new());
    }
    let seen: HashSet<Uuid> = before.iter().map(|shared| shared.handover).collect();
    let mut news = Vec::new();
    for shared in list.iter().filter(|s| s.state == SharedState::Waiting && !seen.contains(&s.handover)) {
        if !is_mine(shared, rules.actor.as_ref()) && !store::handovers::is_ours(conn, shared.handover)? {
            let kind = SharedNewsKind::Waiting { by: shared.put.user.name.clone() };
            let (customer, name) = (conn.customer(), shared.name.clone());
            news.push(SharedNews { customer, package: shared.package, name, kind });
        }
    }
    Ok(news)
}

/// Applies where a handing over stands to the copy that is here, if this seat parked it and the copy still waits.
/// Applying the same twice changes nothing.
pub(super) fn settle(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    shared: &SharedPackage,
) -> Result<Option<SharedNews>> {
    let id = shared.package;
    let Some(package) = store::packages::find(tx, id)? else { return Ok(None) };
    let put = store::handovers::last_put(tx, id)?.filter(|put| put.asked.handover == shared.handover);
    let (PackageState::InSharedArea, Some(put)) = (package.state, put) else { return Ok(None) };
    let open = store::handovers::open_of(tx, id)?;
    // Perhaps we are the one: the answer to our own taking over brings the package back.
    if open.as_ref().is_some_and(|open| open.asked.kind == HandoverKind::Take) {
        return Ok(None);
    }
    let kind = match (shared.state, &shared.ended) {
        (SharedState::TakenOver, Some(hand)) => {
            taken_over(tx, rules, id, hand)?;
            SharedNewsKind::TakenOver { by: hand.user.name.clone(), channel: hand.channel }
        }
        (SharedState::Withdrawn, _) => {
            returned(tx, rules, id, put.asked.before, shared.state)?;
            SharedNewsKind::Withdrawn
        }
        (SharedState::Expired, _) => {
            returned(tx, rules, id, put.asked.before, shared.state)?;
            SharedNewsKind::Expired
        }
        (SharedState::Waiting | SharedState::TakenOver, _) => return Ok(None),
    };
    if let Some(open) = open {
        // What was asked is over with the stay, whichever way it ended.
        let done = open.asked.kind == HandoverKind::Put || shared.state == SharedState::Withdrawn;
        let state = if done { HandoverState::Done } else { HandoverState::Refused };
        let _: bool = store::handovers::end(tx, open.key, state, None, rules.now)?;
    }
    Ok(Some(SharedNews { customer: tx.customer(), package: id, name: shared.name.clone(), kind }))
}

fn taken_over(tx: &store::OfCustomer<'_>, rules: &Rules, id: PackageId, hand: &Hand) -> Result<()> {
    let _ = transition(tx, rules, id, PackageEvent::TakeOver)?;
    let (User { id: user, name: by }, channel) = (hand.user.clone(), hand.channel.name().to_owned());
    log(tx, rules, id, Deed::TakenOverElsewhere { by, user, channel, at: hand.at })
}

fn returned(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    id: PackageId,
    before: Option<PackageState>,
    why: SharedState,
) -> Result<()> {
    give_back(tx, rules, id, before)?;
    log(tx, rules, id, Deed::SharedReturned { why: why.name().to_owned() })
}

/// Opens a parked package again: what it was before, with the signatures that it has.
pub(super) fn give_back(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    id: PackageId,
    before: Option<PackageState>,
) -> Result<()> {
    let package = store::packages::get(tx, id)?;
    if package.state != PackageState::InSharedArea {
        return Ok(());
    }
    let signers: std::collections::BTreeSet<_> =
        signatures_of(tx, &package)?.into_iter().map(|signature| signature.user).collect();
    let debits = store::orders::debits(tx, id)?;
    let judged = rules.authority.judge_package(package.header.order_type, &debits, &signers).progress;
    let signatures = match judged {
        // A signer who lost the right keeps the signature: the bank decides again when it is sent.
        SignatureProgress::None if !signers.is_empty() => SignatureProgress::Partial,
        judged => judged,
    };
    let package = transition(tx, rules, id, PackageEvent::TakeBack { signatures })?;
    if before == Some(PackageState::Checked) && package.state == PackageState::Recorded {
        let _ = transition(tx, rules, id, PackageEvent::Check)?;
    }
    Ok(())
}
