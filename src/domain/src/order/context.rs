//! What checking an order needs to know.

use chrono::NaiveDate;

use crate::authority::AuthorityTable;
use crate::calendar::Calendar;
use crate::customer::Account;
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
    /// Today, in the bank's local time.
    pub today: NaiveDate,
}
