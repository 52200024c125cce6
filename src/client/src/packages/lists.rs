//! Lists of packages of every type: prepared and sent.

use chrono::TimeDelta;
use domain::submission::SubmissionState;
use domain::{Money, PackageHeader, PackageId, PackageState};
use store::Page;
use store::package_lists::{PackageLine, PackageList};

use crate::client::Client;
use crate::error::Result;
use crate::packages::rights::{PackageRights, rights};

/// How long packages that somebody took over from us stay in the list of the prepared ones.
const TAKEN: TimeDelta = TimeDelta::days(domain::shared::MAX_SHARED_DAYS as i64);

/// Which packages are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackageFilter {
    /// "Előkészített csomagok", with closed copies of what was taken over elsewhere lately.
    Prepared,
    /// "Elküldött megbízások".
    Sent,
    /// In one state.
    In(PackageState),
}

/// A line of a list of packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPackage {
    /// What its orders share.
    pub header: PackageHeader,
    /// State.
    pub state: PackageState,
    /// Number of orders.
    pub count: u32,
    /// Sum.
    pub total: Money,
    /// Signatures so far.
    pub signatures: u32,
    /// Where its sending stands.
    pub submission: Option<SubmissionState>,
    /// When it changed last.
    pub updated_at: chrono::DateTime<chrono::Utc>,
    /// When sending began.
    pub sent_at: Option<chrono::DateTime<chrono::Utc>>,
    /// Code of what went wrong last.
    pub last_error: Option<String>,
    /// What the user at the seat may do with it.
    pub rights: PackageRights,
}

impl From<PackageLine> for ListedPackage {
    fn from(line: PackageLine) -> Self {
        Self {
            header: line.package.header,
            state: line.package.state,
            count: line.package.count,
            total: line.package.total,
            signatures: line.signatures,
            submission: line.submission,
            updated_at: line.package.updated_at,
            sent_at: line.package.sent_at,
            last_error: line.package.last_error,
            rights: PackageRights::ALL,
        }
    }
}

/// Whether the bank's answer about the package is awaited.
pub(crate) fn is_uncertain(line: &ListedPackage) -> bool {
    use SubmissionState::{Created, Sending, Unknown};
    matches!(line.submission, Some(Created | Sending | Unknown))
}

impl Client {
    /// Packages of a list in which every word of `text` is found, in the name or in an order; newest first.
    pub async fn packages(
        &self,
        filter: PackageFilter,
        text: String,
        page: Page,
    ) -> Result<Vec<ListedPackage>> {
        self.viewing()?;
        let scope = self.scope()?;
        let which = match filter {
            PackageFilter::Prepared => PackageList::Desk { since: self.now() - TAKEN },
            PackageFilter::Sent => PackageList::Sent,
            PackageFilter::In(state) => PackageList::In(state),
        };
        self.read_here(move |conn| {
            let lines = store::package_lists::list(conn, which, &text, page)?;
            // Without the bank's rules nobody knows better.
            let rules = scope.rules(conn).ok();
            let listed = lines.into_iter().map(|line| {
                let line = ListedPackage::from(line);
                let rights = match &rules {
                    Some(rules) => rights(conn, rules, &line.header)?,
                    None => PackageRights::ALL,
                };
                Ok(ListedPackage { rights, ..line })
            });
            listed.collect()
        })
        .await
    }

    /// A package of the customer that has left for the bank; nothing of one that has not, or is no more.
    pub async fn sent_line(&self, id: PackageId) -> Result<Option<ListedPackage>> {
        self.viewing()?;
        self.read_here(move |conn| {
            let line = store::package_lists::find(conn, id)?.map(ListedPackage::from);
            Ok(line.filter(|line| line.state.is_sent()))
        })
        .await
    }
}
