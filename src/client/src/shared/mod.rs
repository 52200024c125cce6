//! The shared area ("közös terület"): packages handed over between the seats of a company and the web client.
//!
//! `protocol::shared` has the rules that hold at the bank. On this side of the wire, what the sources leave open is
//! ours too:
//! - Every asking is written down before it leaves ([`store::handovers`]) and asked again under the same identifiers
//!   until the bank has answered, by whoever is logged in then. Until then the package stays locked.
//! - A parked package keeps its copy here, locked. It opens again when it is withdrawn, when its day ends, or when it
//!   is taken over here; when somebody else takes it over it stays locked for good and says where it went.
//! - Signatures of a package that is taken over count only if they verify here, over the very bytes that came, under
//!   the authority of the connection file; the others are dropped, and said so.
//! - If whoever took it over changed it before sending, our copy is not what was executed: it stays closed and says
//!   so; what the bank did with the changed package is told beside it.
//!
//! [`put`] parks and withdraws, [`take`] takes over, [`settle`] applies what the bank tells, [`place`] says where a
//! package is.

mod again;
mod elsewhere;
mod file;
mod place;
mod put;
mod settle;
mod take;

use domain::{Explain, PackageId, UserId};
use formats::package_document;
use protocol::shared::SharedState;
use protocol::{ProblemCode, SharedContent, SharedPackage};
use uuid::Uuid;

pub(crate) use elsewhere::sent_elsewhere;
pub use file::PackageFilePreview;
pub use place::WhereItIs;
pub(crate) use place::{taken_from, where_it_is};
pub use settle::{SharedNews, SharedNewsKind};
pub use take::Taken;

use crate::bank::BankError;
use crate::package::{ShownOrder, routed};
use crate::{Client, ClientError, Result, Rules};

/// How an asking of the shared area ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handed<T> {
    /// The bank did it.
    Done(T),
    /// The bank's answer was lost. It is asked for by itself until it is known.
    Awaited,
}

/// A package of the shared area as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedLine {
    /// What the bank says of it.
    pub shared: SharedPackage,
    /// Whether this seat parked it by this handing over.
    pub ours: bool,
    /// Whether the package is here too, as a closed copy.
    pub copy_here: bool,
    /// Whether it can be taken over here now.
    pub can_take: bool,
    /// Whether it is the user's to withdraw now.
    pub can_withdraw: bool,
    /// Whether an answer of the bank about the package is awaited.
    pub awaited: bool,
    /// Signatures that it needs.
    pub need: u8,
}

/// A look at a parked package without taking it over. Everything comes from its document.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedLook {
    /// What the bank says of it.
    pub shared: SharedPackage,
    /// Its orders with their routes.
    pub orders: Vec<ShownOrder>,
    /// Names of those whose signatures hold.
    pub signers: Vec<String>,
    /// Signatures that do not hold and would be dropped.
    pub invalid: u32,
}

impl Client {
    /// The shared area as the bank told it last: what waits, then what left it, newest first.
    pub async fn shared_area(&self) -> Result<Vec<SharedLine>> {
        self.viewing()?;
        let scope = self.scope()?;
        self.read(move |conn| {
            let rules = scope.rules(conn)?;
            let list: Vec<SharedPackage> = store::shared::list(conn, &scope.customer)?;
            // Of a package that was handed over several times only the newest can still be taken or withdrawn.
            let mut newest = std::collections::HashSet::new();
            let mut lines = list
                .into_iter()
                .map(|shared| {
                    let is_newest = newest.insert(shared.package);
                    line(conn, &rules, shared, is_newest)
                })
                .collect::<Result<Vec<_>>>()?;
            lines.sort_by_key(|line| line.shared.state != SharedState::Waiting);
            Ok(lines)
        })
        .await
    }

    /// A look into a parked package.
    ///
    /// # Errors
    /// [`ClientError::SharedDamaged`] when the bytes are not what the bank's list says.
    pub async fn look_at_shared(&self, package: PackageId) -> Result<SharedLook> {
        let (session, customer) = self.session_and_customer()?;
        let answer = self.bank()?.shared_package(&session.token, &customer, package).await;
        let content = self.asked(answer)?.ok_or_else(unknown)?;
        let scope = self.scope()?;
        self.read(move |conn| {
            let rules = scope.rules(conn)?;
            let checked = take::verify(conn, &rules, &content)?;
            let count = content.shared.count;
            Ok(SharedLook {
                shared: content.shared,
                orders: routed(&rules, checked.content.orders, count, 1),
                signers: checked.signatures.into_iter().map(|s| s.signer.name).collect(),
                invalid: checked.dropped,
            })
        })
        .await
    }
}

fn line(
    conn: &store::Connection,
    rules: &Rules,
    shared: SharedPackage,
    is_newest: bool,
) -> Result<SharedLine> {
    let here = store::packages::find(conn, shared.package)?;
    let awaited = store::handovers::open_of(conn, shared.package)?.is_some();
    let waits = is_newest && shared.state == SharedState::Waiting && !awaited;
    let debits = std::iter::once((shared.debit_account, shared.total)).collect();
    let signers = shared.signers.iter().map(|signer| signer.id.clone()).collect();
    Ok(SharedLine {
        ours: store::handovers::is_ours(conn, shared.handover)?,
        can_take: waits && here.as_ref().is_none_or(|package| take::may_replace(package.state)),
        can_withdraw: waits && is_mine(&shared, rules.actor.as_ref()),
        copy_here: here.is_some(),
        awaited,
        need: rules.authority.judge_package(shared.order_type, &debits, &signers).need,
        shared,
    })
}

/// Whether the user parked it; before a login nobody's packages are told apart.
fn is_mine(shared: &SharedPackage, user: Option<&UserId>) -> bool {
    user.is_some_and(|user| shared.put.user.id == *user)
}

/// The refusal of a package that is not parked.
fn unknown() -> ClientError {
    ClientError::Bank(BankError::Refused(Box::new(ProblemCode::SharedUnknown.into())))
}

/// Whether a refusal says for sure that the bank did not do what was asked and will not. The others say nothing of
/// a request of the same identifiers that may have arrived before.
fn settles(code: ProblemCode) -> bool {
    !matches!(
        code,
        ProblemCode::Internal
            | ProblemCode::SessionExpired
            | ProblemCode::RateLimited
            | ProblemCode::NotFound
            | ProblemCode::Unknown
    )
}

/// The refusal in an answer, if it is for sure.
fn refusal(error: &BankError) -> Option<&'static str> {
    match error {
        BankError::Refused(problem) if settles(problem.code) => Some(problem.code()),
        _ => None,
    }
}

/// Who was faster, if that is why the bank refused: in words, with the door and the local time.
fn loser(rules: &Rules, shared: &SharedPackage) -> Option<ClientError> {
    let hand = shared.ended.as_ref().filter(|_| shared.state == SharedState::TakenOver)?;
    Some(ClientError::SharedTakenBy {
        user: hand.user.name.clone(),
        channel: hand.channel,
        at: rules.local(hand.at),
    })
}

/// Whether the content is of that handing over and what its own words say.
fn is_whole(content: &SharedContent) -> bool {
    use sha2::{Digest, Sha256};
    let sha256 = hex::encode(Sha256::digest(content.document.as_slice()));
    sha256 == content.shared.document_sha256
}

/// The parked document, if it says what the bank says of it.
fn read_document(content: &SharedContent) -> Result<package_document::PackageContent> {
    if !is_whole(content) {
        return Err(ClientError::SharedDamaged("fingerprint"));
    }
    let read = package_document::read(content.document.as_slice())?;
    let summary = package_document::summary(&read)?;
    let shared = &content.shared;
    let same = read.header.id == shared.package
        && read.header.customer == shared.customer
        && read.header.name.as_str() == shared.name
        && summary.count == shared.count
        && summary.total == [shared.total];
    if !same {
        return Err(ClientError::SharedDamaged("header"));
    }
    Ok(read)
}

/// What the store knows of a handing over.
fn known(conn: &store::Connection, handover: Uuid) -> Result<SharedPackage> {
    store::shared::find(conn, handover)?.ok_or_else(unknown)
}

#[cfg(test)]
mod file_tests;
#[cfg(test)]
mod tests;
