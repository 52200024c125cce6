//! The shared area as shown, and a look into what waits there.

use domain::PackageId;
use domain::shared::{SharedPackage, SharedState};

use crate::bank::{BankError, Capability};
use crate::client::Client;
use crate::error::Result;
use crate::handover::answers::unknown;
use crate::handover::parked;
use crate::handover::whereabouts::{is_mine, may_replace};
use crate::orders::rules::Rules;
use crate::packages::routes::{ShownOrder, shown};

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
        self.offers(Capability::SharedArea)?;
        let scope = self.scope()?;
        self.read_of(scope.customer, move |conn| {
            let rules = scope.rules(conn)?;
            let list: Vec<SharedPackage> = store::shared::list(conn)?;
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
        let answer = self.at_bank(&session)?.shared_area()?.look(&session.key, &customer.id, package).await;
        let content = self.asked(&session, answer)?.ok_or_else(unknown)?;
        if content.shared.package != package || content.shared.customer != customer.id {
            return Err(BankError::Nonsense("another package".to_owned()).into());
        }
        let scope = self.scope_of(customer.key);
        self.read_of(scope.customer, move |conn| {
            let rules = scope.rules(conn)?;
            let checked = parked::verify(conn, &rules, &content)?;
            let count = content.shared.count;
            Ok(SharedLook {
                shared: content.shared,
                orders: shown(&rules, checked.content.orders, count),
                signers: checked.signatures.into_iter().map(|s| s.signer.name).collect(),
                invalid: checked.dropped,
            })
        })
        .await
    }
}

fn line(
    conn: &store::OfCustomer<'_>,
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
        can_take: waits && here.as_ref().is_none_or(|package| may_replace(package.state)),
        can_withdraw: waits && is_mine(&shared, rules.actor.as_ref()),
        copy_here: here.is_some(),
        awaited,
        need: rules.authority.judge_package(shared.order_type, &debits, &signers).need,
        shared,
    })
}
