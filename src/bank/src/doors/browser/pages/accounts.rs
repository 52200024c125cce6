//! The accounts that a visitor may see, debit or sign for: the one place where the pages ask for rights on accounts.

use domain::{AccountNumber, Currency, Money};
use protocol::AccountInfo;
use rusqlite::Connection;

use crate::accounts::{ledger, view};
use crate::bank::Bank;
use crate::doors::browser::visitor::Visitor;
use crate::ground::error::Result;

/// The customer's accounts that the visitor may see, with what they hold now.
pub(super) fn visible(db: &Connection, bank: &Bank, visitor: &Visitor) -> Result<Vec<AccountInfo>> {
    let mut found = Vec::new();
    for account in ledger::accounts_of(db, &visitor.access.customer.id)? {
        let info = ledger::info(db, &account, bank.clock.now())?;
        if may_view(visitor, info.account.number) {
            found.push(info);
        }
    }
    Ok(found)
}

/// Of those the forint accounts that the visitor may debit by recording orders.
pub(super) fn disposable(db: &Connection, bank: &Bank, visitor: &Visitor) -> Result<Vec<AccountInfo>> {
    let mut found = in_forints(db, bank, visitor)?;
    found.retain(|info| visitor.access.authority.may_dispose(visitor.user(), info.account.number));
    Ok(found)
}

/// The forint accounts that the visitor may see: what a transfer between own accounts may credit.
pub(super) fn in_forints(db: &Connection, bank: &Bank, visitor: &Visitor) -> Result<Vec<AccountInfo>> {
    let mut found = visible(db, bank, visitor)?;
    found.retain(|info| info.account.currency == Currency::HUF);
    Ok(found)
}

/// Whether the visitor may see the account.
pub(super) fn may_view(visitor: &Visitor, account: AccountNumber) -> bool {
    view::may_view(visitor.user(), &visitor.access.authority, account)
}

/// Whether the visitor may record orders on any account: who may not, does not change partners and templates either.
/// Ours: no bank's public text says who may change them.
pub(super) fn may_record(visitor: &Visitor) -> bool {
    visitor.access.authority.rights.iter().any(|right| right.user == *visitor.user() && right.dispose)
}

/// What the accounts of one currency hold together.
pub(super) struct Total {
    pub booked: Money,
    /// What can be spent.
    pub available: Money,
}

/// One total for each currency, in the order of the accounts [Electra web].
pub(super) fn totals(accounts: &[AccountInfo]) -> Vec<Total> {
    let mut totals: Vec<Total> = Vec::new();
    for info in accounts {
        let balance = &info.balance;
        match totals.iter_mut().find(|total| total.booked.currency() == info.account.currency) {
            Some(total) => {
                // A sum that no account could hold stays what it was: it cannot be shown as money.
                total.booked = total.booked.checked_add(balance.booked).unwrap_or(total.booked);
                total.available = total.available.checked_add(balance.available).unwrap_or(total.available);
            }
            None => totals.push(Total { booked: balance.booked, available: balance.available }),
        }
    }
    totals
}
