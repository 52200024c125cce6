//! What every screen may read: the client and what is known of bank, customer, user, token and program.

use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime, Utc};
use client::update::UpdateState;
use client::{Client, Rules, TokenStatus};
use domain::{Customer, User};

use crate::design::text::{self, Inked};
use crate::design::{Column, Element, spacing};
use crate::folders::Folders;
use crate::format;
use crate::house::{self, House};
use crate::preferences::Preferences;

/// Read-only for screens; the frame renews it when the client tells of a change.
#[derive(Clone)]
pub struct Desk {
    pub client: Client,
    /// The bank's rules for the customer; `None` before the first login.
    pub rules: Option<Arc<Rules>>,
    /// The customer whose data is shown.
    pub customer: Option<Customer>,
    /// All banks and customers of the store.
    pub house: Arc<House>,
    /// Who is logged in.
    pub user: Option<User>,
    /// What is in the reader.
    pub token: TokenStatus,
    pub preferences: Preferences,
    /// Where this run keeps its files.
    pub folders: Folders,
    pub program: Program,
}

/// What is known of updates of the program.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// How it stands; nothing before the bank was asked.
    pub state: Option<UpdateState>,
    /// When the bank was asked last.
    pub checked: Option<DateTime<Utc>>,
    /// Whether the bank is being asked.
    pub checking: bool,
}

impl Desk {
    /// Over a client that has just been opened, before anything of the store has been read.
    #[must_use]
    pub fn over(client: Client, folders: Folders, preferences: Preferences) -> Self {
        Self {
            rules: None,
            customer: None,
            house: Arc::default(),
            user: client.connection().borrow().user().cloned(),
            token: client.token_status().borrow().clone(),
            preferences,
            folders,
            program: Program::default(),
            client,
        }
    }

    /// "K&H · Minta Kft.", where it has to be said whose something is.
    #[must_use]
    pub fn whose(&self) -> Option<String> {
        self.house.whose(self.client.shown_customer()?)
    }

    /// A sheet that says whose it is about, where that has to be said.
    pub fn headed<'a, M: 'a>(&self, sheet: impl Into<Element<'a, M>>) -> Element<'a, M> {
        let Some(whose) = self.whose() else { return sheet.into() };
        Column::new().spacing(spacing::XS).push(text::hint(whose).accent().one_line()).push(sheet).into()
    }

    /// The name of a file that is written for the customer.
    #[must_use]
    pub fn file_name(&self, name: &str) -> String {
        house::file_name(self.whose().as_deref(), name)
    }

    /// A moment by the bank's clock, and by this machine's before the bank is known: the one clock of the window.
    #[must_use]
    pub fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        self.rules.as_ref().map_or_else(|| format::local(at), |rules| rules.local(at))
    }

    /// Now by that clock.
    #[must_use]
    pub fn now(&self) -> NaiveDateTime {
        self.local(self.client.now())
    }

    /// A moment as people say it: "ma 10:30".
    #[must_use]
    pub fn relative(&self, at: DateTime<Utc>) -> String {
        format::relative(self.local(at), self.now())
    }
}

impl Program {
    /// Whether the bank takes this program no more.
    #[must_use]
    pub fn is_too_old(&self) -> bool {
        self.state.as_ref().is_some_and(UpdateState::is_too_old)
    }
}
