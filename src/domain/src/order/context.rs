//! What checking an order needs to know.

use chrono::NaiveDate;

use crate::account::AccountNumber;
use crate::authority::AuthorityTable;
use crate::calendar::Calendar;
use crate::customer::Account;
use crate::ids::UserId;
use crate::profile::BankProfile;

/// The world around an order that is being typed.
#[derive(Clone, Copy, Debug)]
pub struct CheckContext<'a> {
    /// The bank's rules.
    pub profile: &'a BankProfile,
    /// Banking days.
    pub calendar: &'a Calendar,
    /// The customer's accounts.
    pub accounts: &'a [Account],
    /// Who may do what, where it is known: changes of the service are judged by it.
    pub authority: Option<&'a AuthorityTable>,
    /// Who records; none where that is not known.
    pub user: Option<&'a UserId>,
    /// Today, in the bank's local time.
    pub today: NaiveDate,
}

impl CheckContext<'_> {
    /// Whether who records may record orders that debit the account. Where user or table is not known, the bank judges
    /// by the signatures.
    pub fn may_debit(&self, account: AccountNumber) -> bool {
        self.judged().is_none_or(|(table, user)| table.may_dispose(user, account))
    }

    /// Whether who records may record changes of the service.
    pub fn may_administer(&self) -> bool {
        self.judged().is_none_or(|(table, user)| table.may_administer(user))
    }

    fn judged(&self) -> Option<(&AuthorityTable, &UserId)> {
        self.authority.filter(|table| table.is_known()).zip(self.user)
    }
}
