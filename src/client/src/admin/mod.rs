//! Self-administration ("önadminisztráció" [K&H webElectra]): who may do what, orders that change it, and
//! the packages in which they are signed and sent like payments.
//!
//! An order is judged by the same functions as at the bank (`domain::admin`), so what cannot take effect is refused
//! before it is recorded. Its draft holds the change ([`domain::OrderDraft::of_change`]); recording, lists, the signing
//! sheet and sending are those of all orders.

mod words;

use chrono::NaiveDate;
use domain::admin::Circumstances;
use domain::authority::{AuthorizedUser, SigningStatus};
use domain::{Account, AdminAction, AdminError, AuthorityTable, OrderType, SecondaryId, UserId};

use crate::client::Client;
use crate::error::Result;
use crate::orders::rules::Rules;

pub use words::{AdminChange, AdminLine, admin_title, right_words, web_device};
pub(crate) use words::{changes, order_title};

use words::Speaker;

/// Who may do what for the customer, as the bank told it last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminOverview {
    /// The authority table.
    pub table: AuthorityTable,
    /// Accounts in the service, and those that only rights name.
    pub accounts: Vec<Account>,
    /// How many signatures self-administration needs.
    pub signing: SigningStatus,
    /// Names of those who may sign self-administration.
    pub signers: Vec<String>,
    /// Whether the user who is logged in is one of them.
    pub may_sign: bool,
    /// Today by the bank's calendar: until when identifiers must be confirmed counts from here.
    pub today: NaiveDate,
}

impl AdminOverview {
    fn of(rules: &Rules) -> Self {
        let table = rules.authority.clone();
        let no_debits = std::collections::BTreeMap::new();
        let administration = OrderType::ADMINISTRATION;
        let nobody = std::collections::BTreeSet::new();
        let signers: Vec<&AuthorizedUser> =
            table.missing_signers(administration, &no_debits, &nobody).collect();
        let may_sign = rules.actor.as_ref().is_some_and(|own| signers.iter().any(|user| user.id == *own));
        Self {
            signing: table.judge_package(administration, &no_debits, &nobody),
            signers: signers.into_iter().map(|user| user.name.clone()).collect(),
            may_sign,
            accounts: rules.accounts.clone(),
            today: rules.today(),
            table,
        }
    }

    /// What an order would change, in words.
    ///
    /// # Errors
    /// Why it cannot take effect on this table.
    pub fn preview(&self, action: &AdminAction) -> std::result::Result<AdminChange, AdminError> {
        let around = Circumstances { accounts: &self.accounts, today: self.today };
        action.check(&self.table, &around)?;
        let speaker = Speaker { table: &self.table, accounts: &self.accounts, compare: true };
        Ok(speaker.change(action))
    }

    /// Whether the user may sign self-administration.
    pub fn signs(&self, user: &UserId) -> bool {
        self.table.may_sign_package(OrderType::ADMINISTRATION, user, [])
    }

    /// The user of that number.
    pub fn user(&self, id: &UserId) -> Option<&AuthorizedUser> {
        self.table.users.iter().find(|user| user.id == *id)
    }

    /// The classes of signers that the table knows, in alphabetical order.
    pub fn classes(&self) -> Vec<String> {
        let of_rights = self.table.rights.iter().filter_map(|right| right.sign.clone());
        let of_rules = self.table.rules.iter().flat_map(|rule| rule.classes.keys().cloned());
        let of_administration = self.table.administration.classes.keys().cloned();
        let all: std::collections::BTreeSet<String> =
            of_rights.chain(of_rules).chain(of_administration).collect();
        all.into_iter().collect()
    }
}

impl Client {
    /// Who may do what for the customer.
    ///
    /// # Errors
    /// [`ClientError::NoRules`] before the bank has been reached once.
    pub async fn admin_overview(&self) -> Result<AdminOverview> {
        self.viewing()?;
        Ok(AdminOverview::of(&self.rules().await?))
    }

    /// Has the bank send a one-time code to a telephone number or an e-mail address that is to be registered.
    ///
    /// # Errors
    /// [`ClientError::NotLoggedIn`]; [`ClientError::Bank`] with the bank's reason.
    pub async fn send_one_time_code(&self, id: SecondaryId) -> Result<()> {
        let (session, customer) = self.session_and_customer()?;
        let answer =
            self.at_bank(&session)?.administration()?.send_code(&session.key, &customer.id, id).await;
        self.asked(&session, answer)
    }
}
