//! Sent packages: what the bank says of every order, and the story so far.

use chrono::{DateTime, Utc};
use domain::routing::Route;
use domain::submission::{ItemState, OrderState};
use domain::{Order, OrderDraft, OrderId, PackageId, PackageState, Timing, Transfer};
use store::deed::Deed;
use store::orders::StoredOrder;
use uuid::Uuid;

use crate::admin::{AdminChange, changes};
use crate::change::Change;
use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::orders::placing::header_for;
use crate::orders::rules::Rules;
use crate::packages::again::recorded_again;
use crate::packages::lists::{ListedPackage, is_uncertain};
use crate::packages::moves::log;
use crate::packages::receipt::receipt;
use crate::packages::rights::may_record;
use crate::packages::signatures::{ShownSignature, signatures_of};
use crate::packages::timeline::{TimelineEntry, timeline};

/// A sent package in the list, with how far the bank is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentPackage {
    /// The line.
    pub line: ListedPackage,
    /// Orders executed.
    pub executed: u32,
    /// Orders refused.
    pub rejected: u32,
    /// The route of its orders, if the bank has chosen one for all.
    pub route: Option<Route>,
}

/// Everything about one sent package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentDetail {
    /// The line of the list.
    pub line: ListedPackage,
    /// Orders with what the bank says.
    pub orders: Vec<StoredOrder>,
    /// What each of them changes, in the same order; nothing of payments.
    pub changes: Vec<AdminChange>,
    /// Signatures.
    pub signatures: Vec<ShownSignature>,
    /// The story, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// The bank's number of the receipt, and when it took the package.
    pub receipt: Option<(u64, DateTime<Utc>)>,
    /// The answer is lost and the bank is being asked.
    pub uncertain: bool,
    /// The package in which its refused orders stand again, and how far that one is; a deleted one was split since.
    pub again: Option<(PackageId, PackageState)>,
}

impl Client {
    /// Sent packages that fit a search text, latest first.
    pub async fn sent(&self, text: String, page: store::Page) -> Result<Vec<SentPackage>> {
        self.viewing()?;
        self.read_here(move |conn| {
            let which = store::package_lists::PackageList::Sent;
            let lines = store::package_lists::list(conn, which, &text, page)?;
            let ids: Vec<PackageId> = lines.iter().map(|line| line.package.header.id).collect();
            let mut outcomes = store::outcomes::of_packages(conn, &ids)?;
            let sent = lines.into_iter().map(|line| {
                let outcome = outcomes.remove(&line.package.header.id).unwrap_or_default();
                SentPackage {
                    line: line.into(),
                    executed: outcome.executed,
                    rejected: outcome.rejected,
                    route: outcome.route,
                }
            });
            Ok(sent.collect())
        })
        .await
    }

    /// One sent package.
    pub async fn sent_package(&self, id: PackageId) -> Result<SentDetail> {
        self.viewing()?;
        let scope = self.scope()?;
        self.read_of(scope.customer, move |conn| {
            let line: ListedPackage =
                store::package_lists::find(conn, id)?.ok_or(ClientError::NotFound)?.into();
            let package = store::packages::get(conn, id)?;
            let orders = store::orders::page(conn, id, store::Page::ALL)?;
            let changes = if line.header.order_type.is_payment() {
                Vec::new()
            } else {
                let each = orders.iter().map(|stored| &stored.order);
                changes(&scope.rules(conn)?, each, !line.state.is_sent())
            };
            Ok(SentDetail {
                changes,
                orders,
                signatures: signatures_of(conn, &package)?,
                timeline: timeline(conn, id)?,
                receipt: receipt(conn, id)?,
                uncertain: is_uncertain(&line),
                again: recorded_again(conn, id)?,
                line,
            })
        })
        .await
    }

    /// Records the refused orders of a sent package anew, in a new package, so that they can be signed and sent
    /// again after funding. The old ones stay as they are.
    ///
    /// # Errors
    /// [`ClientError::RecordedAgain`] when they stand in another package already.
    pub async fn record_rejected_again(&self, id: PackageId) -> Result<PackageId> {
        self.recording()?;
        let scope = self.scope()?;
        let package = self
            .write_of(scope.customer, move |tx| {
                let rules = scope.rules(tx)?;
                may_record(tx, &rules, id)?;
                let old = store::packages::get(tx, id)?;
                if recorded_again(tx, id)?.is_some() {
                    return Err(ClientError::RecordedAgain);
                }
                let rejected: Vec<StoredOrder> = store::orders::page(tx, id, store::Page::ALL)?
                    .into_iter()
                    .filter(|o| {
                        o.status.as_ref().is_some_and(|s| s.state == OrderState::At(ItemState::Rejected))
                    })
                    .collect();
                let first = rejected.first().ok_or(ClientError::NotFound)?;
                let mut header = header_for(&rules, &first.order)?;
                header.name = old.header.name;
                store::packages::create(tx, &header, rules.now)?;
                for stored in &rejected {
                    store::orders::insert(tx, header.id, &anew(&rules, &stored.order)?, rules.now)?;
                }
                log(tx, &rules, id, Deed::RecordedAgain { again: header.id })?;
                Ok(header.id)
            })
            .await?;
        self.announce(Change::Packages);
        Ok(package)
    }
}

/// The same order once more.
fn anew(rules: &Rules, order: &Order) -> Result<Order> {
    let id = OrderId(Uuid::now_v7());
    let Some(payment) = order.transfer() else {
        // What changes the service must be possible on today's table.
        return OrderDraft::of_order(order).check(id, &rules.check_context()).map_err(ClientError::Fields);
    };
    let timing = match payment.timing {
        // A value date that has passed is the bank's soonest now.
        Timing::On { date } if date <= rules.today() => Timing::Soon,
        timing => timing,
    };
    let payment = Transfer { id, timing, ..payment.clone() };
    order.order_type().of_transfer(payment).map_err(|_| ClientError::Internal)
}
