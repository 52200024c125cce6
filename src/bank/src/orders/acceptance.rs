//! Whether a submitted package may be taken: every check in its order, each with its own problem code.
//!
//! Nothing here writes. What passes is [`Accepted`], and only that can be stored.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::package::SignatureProgress;
use domain::{
    AccountNumber, AuthorityTable, BankProfile, Beneficiary, Currency, HctOrder, Money, OrderType,
    PackageHeader, PackageId, Timing, UserId,
};
use formats::FormatError;
use formats::package_document::{self, AdministrationContent, Document, PackageContent};
use protocol::{AccountStatus, Base64Bytes, CustomerAccess, Problem, ProblemCode, SubmitPackage};
use rusqlite::{Connection, params};
use signature::{Purpose, SignatureError, TrustStore};

use super::administration;
use crate::accounts::{ledger, proxies};
use crate::ground::error::Refusal;
use crate::ground::time;
use crate::people::customers;

/// A package that passed every check.
#[derive(Clone, Debug)]
pub(crate) struct Accepted {
    /// What the document says.
    pub content: Content,
    /// Who signed, in the order of the signatures.
    pub signers: Vec<UserId>,
}

/// What an accepted document says.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// Transfers, for the engines.
    Transfers(PackageContent),
    /// Self-administration, to take effect at once.
    Administration {
        /// What the document says.
        content: AdministrationContent,
        /// The customer's authority table afterwards.
        after: Box<AuthorityTable>,
    },
}

impl Content {
    /// What all orders share.
    pub(crate) fn header(&self) -> &PackageHeader {
        match self {
            Self::Transfers(content) => &content.header,
            Self::Administration { content, .. } => &content.header,
        }
    }
}

/// What the checks look at besides the package.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    pub profile: &'a BankProfile,
    pub trust: &'a TrustStore,
    /// Bank time.
    pub now: DateTime<Utc>,
}

type Check<T> = std::result::Result<T, Refusal>;

/// Checks a package that the bank does not have yet.
///
/// # Errors
/// The first check that fails, as a problem that names the order or signer to blame.
pub(crate) fn check(
    db: &Connection,
    context: &Context<'_>,
    access: &CustomerAccess,
    id: PackageId,
    digest: [u8; 32],
    package: &SubmitPackage,
) -> Check<Accepted> {
    let document = package_document::read_any(package.document.as_slice()).map_err(document_problem)?;
    let header = document.header();
    if header.id != id || header.customer != access.customer.id {
        return Err(ProblemCode::PackageIdMismatch.into());
    }
    match document {
        Document::Transfers(content) => {
            check_content(db, context, access, &content)?;
            let debits = package_document::summary(&content).map_err(document_problem)?.debits;
            let signers = authorized(context, access, digest, package, OrderType::Hct, &debits)?;
            Ok(Accepted { content: Content::Transfers(content), signers })
        }
        // Who may not sign learns nothing of codes and customer master, so signatures come first.
        Document::Administration(content) => {
            if content.orders.len() > administration::MAX_ORDERS {
                return Err(against("too many orders"));
            }
            let signers = authorized(context, access, digest, package, OrderType::Adm, &BTreeMap::new())?;
            let after = Box::new(administration::check(db, access, &content, context.now)?);
            Ok(Accepted { content: Content::Administration { content, after }, signers })
        }
    }
}

fn authorized(
    context: &Context<'_>,
    access: &CustomerAccess,
    digest: [u8; 32],
    package: &SubmitPackage,
    order_type: OrderType,
    debits: &BTreeMap<AccountNumber, Money>,
) -> Check<Vec<UserId>> {
    if package.signatures.is_empty() {
        return Err(ProblemCode::PackageUnsigned.into());
    }
    let signers = signers(context, access, digest, &package.signatures)?;
    let different: BTreeSet<UserId> = signers.iter().cloned().collect();
    let status = access.authority.judge_package(order_type, debits, &different);
    if status.progress != SignatureProgress::Complete {
        let detail = format!("{} of {} signatures", status.have, status.need);
        return Err(Problem::new(ProblemCode::PackageAuthorityMissing).with_detail(detail).into());
    }
    Ok(signers)
}

/// Whether the bank's rules allow the package and every order could be taken today.
///
/// # Errors
/// `package-against-rules`, or what is wrong with the first order that cannot be taken.
pub(crate) fn check_content(
    db: &Connection,
    context: &Context<'_>,
    access: &CustomerAccess,
    content: &PackageContent,
) -> Check<()> {
    check_rules(context.profile, content)?;
    check_orders(db, context, access, content)
}

/// Which problem an unreadable document is.
pub(crate) fn document_problem(error: FormatError) -> Problem {
    let code = match error {
        FormatError::CountMismatch { .. } | FormatError::SumMismatch { .. } => {
            ProblemCode::PackageSumsDisagree
        }
        FormatError::DuplicateOrder { .. } => ProblemCode::PackageOrderDuplicate,
        _ => ProblemCode::PackageDocumentInvalid,
    };
    Problem::new(code).with_detail(error)
}

fn against(why: &str) -> Refusal {
    Problem::new(ProblemCode::PackageAgainstRules).with_detail(why).into()
}

fn check_rules(profile: &BankProfile, content: &PackageContent) -> Check<()> {
    let rules = &profile.packages;
    if !profile.order_types.contains(&content.header.order_type) {
        return Err(against("order type not offered"));
    }
    if content.orders.len() > usize::try_from(rules.max_orders).unwrap_or(usize::MAX) {
        return Err(against("too many orders"));
    }
    let accounts: BTreeSet<_> = content.orders.iter().map(|order| order.debit_account).collect();
    if accounts.len() > 1 && !rules.several_debit_accounts {
        return Err(against("several debited accounts"));
    }
    Ok(())
}

fn check_orders(
    db: &Connection,
    context: &Context<'_>,
    access: &CustomerAccess,
    content: &PackageContent,
) -> Check<()> {
    let accounts = ledger::accounts_of(db, &access.customer.id)?;
    let debitable: HashSet<String> = accounts
        .into_iter()
        .filter(|a| a.currency == Currency::HUF && a.status != AccountStatus::Closed)
        .map(|a| a.key)
        .collect();
    let today = time::local(context.now).date();
    let mut known = db.prepare_cached("SELECT 1 FROM item WHERE customer = ?1 AND order_id = ?2")?;
    let mut ids = HashSet::with_capacity(content.orders.len());
    for order in &content.orders {
        let blame = |code| Err(Problem::new(code).with_item(order.id).into());
        let duplicate = !ids.insert(order.id)
            || known.exists(params![access.customer.id.as_str(), order.id.to_string()])?;
        if duplicate {
            return blame(ProblemCode::PackageOrderDuplicate);
        }
        if !debitable.contains(&order.debit_account.digits24()) || order.amount.currency() != Currency::HUF {
            return blame(ProblemCode::AccountUnknown);
        }
        if !date_is_taken(order, today, context.profile) {
            return blame(ProblemCode::ValueDateInvalid);
        }
        if let Beneficiary::SecondaryId { id } = &order.beneficiary
            && proxies::resolve(db, id)?.is_none()
        {
            return blame(ProblemCode::SecondaryIdUnknown);
        }
    }
    Ok(())
}

fn date_is_taken(order: &HctOrder, today: NaiveDate, profile: &BankProfile) -> bool {
    match order.timing {
        Timing::On { date } => {
            let days = (date - today).num_days();
            days >= 0 && profile.max_days_ahead.is_none_or(|max| days <= i64::from(max))
        }
        Timing::Soon | Timing::Instant => true,
    }
}

/// Who signed these bytes, signature by signature: each must verify today and name a user of the customer.
///
/// # Errors
/// `package-signature-…` or `package-signer-…` for the first that does not count.
pub(crate) fn signers(
    context: &Context<'_>,
    access: &CustomerAccess,
    digest: [u8; 32],
    signatures: &[Base64Bytes],
) -> Check<Vec<UserId>> {
    let mut signers = Vec::with_capacity(signatures.len());
    for cms in signatures {
        let verified =
            signature::verify(cms.as_slice(), digest, context.trust, Purpose::Document, context.now)
                .map_err(|e| Problem::new(signature_code(&e)).with_detail(e))?;
        let named = verified.signer.user_id().unwrap_or_default();
        let unknown = || Problem::new(ProblemCode::PackageSignerUnknown).with_user(&named);
        let signer: UserId = named.parse().map_err(|_| unknown())?;
        if !customers::is_user_of(&signer, &access.authority) {
            return Err(unknown().into());
        }
        signers.push(signer);
    }
    Ok(signers)
}

/// Which problem a refused package signature is.
fn signature_code(error: &SignatureError) -> ProblemCode {
    match error {
        SignatureError::PurposeForbidden(_) => ProblemCode::PackageSignatureWrongKey,
        SignatureError::Revoked
        | SignatureError::Expired(_)
        | SignatureError::NotYetValid(_)
        | SignatureError::UntrustedIssuer
        | SignatureError::IssuerNotEntitled
        | SignatureError::IssuerSignatureInvalid
        | SignatureError::UnknownCriticalExtension => ProblemCode::PackageSignerCertificate,
        _ => ProblemCode::PackageSignatureInvalid,
    }
}

#[cfg(test)]
#[path = "acceptance_tests.rs"]
mod tests;
