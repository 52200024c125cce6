//! Everything that judging an order needs, as the bank last told it: works offline.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use domain::FieldProblem;
use domain::order::CheckContext;
use domain::routing::RoutingContext;
use domain::{
    Account, AccountNumber, AuthorityTable, BankDirectory, BankProfile, Calendar, Customer, CustomerKey,
    UserId,
};
use store::bank::SnapshotKind;

use crate::bank::BankInfo;
use crate::client::Client;
use crate::error::{ClientError, Result};

/// The bank's rules, the customer and its accounts.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The bank's rules.
    pub profile: BankProfile,
    /// Banking days.
    pub calendar: Calendar,
    /// Names of banks by the first digits of account numbers.
    pub banks: BankDirectory,
    /// The bank's time zone.
    pub zone: Tz,
    /// The customer.
    pub customer: Customer,
    /// Its accounts.
    pub accounts: Vec<Account>,
    /// Who may do what.
    pub authority: AuthorityTable,
    /// Now, by the bank's clock.
    pub now: DateTime<Utc>,
    /// Who acts, for the audit log.
    pub actor: Option<UserId>,
    /// Who sits here: the logged-in user, or before a login the one that the token names.
    pub user: Option<UserId>,
}

impl Rules {
    /// The bank's local time.
    pub fn local_now(&self) -> NaiveDateTime {
        self.local(self.now)
    }

    /// A moment in the bank's local time.
    pub fn local(&self, moment: DateTime<Utc>) -> NaiveDateTime {
        moment.with_timezone(&self.zone).naive_local()
    }

    /// Today at the bank.
    pub fn today(&self) -> NaiveDate {
        self.local_now().date()
    }

    /// What checking an order needs.
    pub fn check_context(&self) -> CheckContext<'_> {
        CheckContext {
            profile: &self.profile,
            calendar: &self.calendar,
            accounts: &self.accounts,
            authority: Some(&self.authority),
            user: self.user.as_ref(),
            today: self.today(),
        }
    }

    /// Whether a package may be planned for a day: today or later, not beyond what the bank takes or its calendar knows.
    ///
    /// # Errors
    /// Why not.
    pub fn may_plan(&self, day: NaiveDate) -> std::result::Result<(), FieldProblem> {
        let ahead = (day - self.today()).num_days();
        match (self.profile.max_days_ahead, self.calendar.ends_before(day)) {
            _ if ahead < 0 => Err(FieldProblem::DatePast),
            (Some(days), _) if ahead > i64::from(days) => Err(FieldProblem::TooFarAhead { days }),
            (_, Some(year)) => Err(FieldProblem::BeyondCalendar { year }),
            _ => Ok(()),
        }
    }

    /// What routing an order needs.
    pub fn routing_context(&self) -> RoutingContext<'_> {
        RoutingContext {
            profile: &self.profile,
            calendar: &self.calendar,
            customer: self.customer.kind,
            now: self.local_now(),
        }
    }

    /// The customer's account of that number.
    pub fn account(&self, number: AccountNumber) -> Option<&Account> {
        self.accounts.iter().find(|a| a.number == number)
    }
}

impl Client {
    /// The rules for the chosen customer, from the store.
    ///
    /// # Errors
    /// [`ClientError::NoRules`] before the bank has been reached once, [`ClientError::NoCustomer`] before the
    /// first login.
    pub async fn rules(&self) -> Result<Rules> {
        let scope = self.scope()?;
        self.read_of(scope.customer, move |of| scope.rules(of)).await
    }

    /// For whom and when something is done.
    pub(crate) fn scope(&self) -> Result<Scope> {
        Ok(self.scope_of(self.customer_key()?))
    }

    /// For that customer, whichever is shown just now.
    pub(crate) fn scope_of(&self, customer: CustomerKey) -> Scope {
        Scope {
            customer,
            now: self.now(),
            actor: self.open_session_now().map(|s| s.user.id),
            user: self.actor(),
        }
    }
}

/// For whom, when and by whom something is done; carried into a transaction.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    pub customer: CustomerKey,
    pub now: DateTime<Utc>,
    pub actor: Option<UserId>,
    pub user: Option<UserId>,
}

impl Scope {
    /// The rules, inside a reading or a transaction of that customer's data.
    pub fn rules(&self, of: &store::OfCustomer<'_>) -> Result<Rules> {
        let server: BankInfo =
            store::bank::snapshot_of(of, SnapshotKind::Server)?.ok_or(ClientError::NoRules)?.value;
        let customer = store::customers::get(of, of.customer())?.customer;
        let accounts = store::accounts::list(of)?;
        let authority = store::authority::find(of)?.unwrap_or_default();
        Ok(Rules {
            profile: server.profile,
            calendar: server.calendar,
            banks: server.banks,
            zone: server.time_zone.parse().map_err(|_| ClientError::NoRules)?,
            customer,
            accounts,
            authority,
            now: self.now,
            actor: self.actor.clone(),
            user: self.user.clone(),
        })
    }
}
