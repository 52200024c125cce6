//! A self-administration order while it is filled in: as typed and ticked. The order that it makes is in
//! [`super::order`].

use std::sync::Arc;

use client::AdminOverview;
use domain::authority::{AccountRight, AuthorizedUser, UserContact, WebDevice};
use domain::{AccountNumber, AdminAction, OrderId, SecondaryIdStep, UserId};

use crate::go::{AdminKind, AdminStart};
use crate::tr;

/// One user of the request for the web client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WebRow {
    pub user: UserId,
    pub name: String,
    /// Whether the order says anything of the user.
    pub ticked: bool,
    /// The device of the login.
    pub login: WebDevice,
    /// The device of signing.
    pub signing: WebDevice,
}

/// The right of a user on an account, as ticked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RightRow {
    pub user: UserId,
    pub account: AccountNumber,
    /// The account's or the user's name, whichever the row is about.
    pub label: String,
    /// The account's number where the row is about an account.
    pub number: Option<String>,
    /// See balance and history.
    pub view: bool,
    pub dispose: bool,
    /// The class of signers, by its index among the table's classes.
    pub class: Option<usize>,
}

#[derive(Debug, Clone)]
pub(crate) struct Form {
    /// The kind of order.
    pub kind: AdminKind,
    /// The order that saving replaces.
    pub replaces: Option<OrderId>,
    /// What it is filled from.
    pub overview: Arc<AdminOverview>,
    /// The chosen user, new account, device or identifier, by its index in [`Form::subjects`].
    pub subject: Option<usize>,
    /// Whether the customer uses the web client.
    pub enabled: bool,
    /// Users of the web client.
    pub web: Vec<WebRow>,
    /// Telephone, as typed.
    pub phone: String,
    /// E-mail address, as typed.
    pub email: String,
    /// Whether notices are sent.
    pub notify: bool,
    pub rights: Vec<RightRow>,
    /// The account of a new identifier, by its index among the customer's.
    pub account: Option<usize>,
    /// The identifier, as typed.
    pub identifier: String,
    /// The one-time code, as typed.
    pub code: String,
    /// What became of the one-time code that was asked for.
    pub sent: Option<Result<String, String>>,
    /// Why it cannot be saved.
    pub problem: Option<String>,
}

/// What is typed or ticked.
#[derive(Debug, Clone)]
pub(crate) enum Input {
    Subject(usize),
    /// The web client for the customer.
    Enabled(bool),
    /// A user of it.
    Tick(usize, bool),
    /// The user's device for the login.
    Login(usize, WebDevice),
    /// The user's device for signing.
    Signing(usize, WebDevice),
    Phone(String),
    Email(String),
    Notify(bool),
    View(usize, bool),
    Dispose(usize, bool),
    /// A right: nothing (0), or a class counted from 1.
    Class(usize, usize),
    /// The account of an identifier.
    Account(usize),
    Identifier(String),
    Code(String),
}

impl Form {
    /// An empty form, with its subject chosen where the start names one or there is only one.
    pub(crate) fn new(start: AdminStart, overview: Arc<AdminOverview>) -> Self {
        let web = overview.table.users.iter().map(|user| web_row(&overview, user)).collect();
        let mut form = Self {
            kind: start.kind,
            replaces: None,
            subject: None,
            enabled: true,
            web,
            phone: String::new(),
            email: String::new(),
            notify: false,
            rights: Vec::new(),
            account: (overview.accounts.len() == 1).then_some(0),
            identifier: String::new(),
            code: String::new(),
            sent: None,
            problem: None,
            overview,
        };
        let subjects = form.subjects().len();
        let only = (subjects == 1).then_some(0);
        if let Some(subject) = start.subject.filter(|index| *index < subjects).or(only) {
            form.choose(subject);
        }
        form
    }

    /// The form of an order that is recorded already; saving replaces that one, or makes a new one.
    pub(crate) fn of(replaces: Option<OrderId>, action: &AdminAction, overview: Arc<AdminOverview>) -> Self {
        let (kind, mut form) = {
            let kind = kind_of(action);
            (kind, Self::new(AdminStart { kind, subject: None }, overview))
        };
        form.replaces = replaces;
        form.subject = form.subject_of(action);
        if let Some(subject) = form.subject {
            form.choose(subject);
        }
        match action {
            AdminAction::InternetBanking { enabled, users } => {
                form.enabled = *enabled;
                for row in &mut form.web {
                    if let Some(access) = users.iter().find(|access| access.user == row.user) {
                        (row.ticked, row.login, row.signing) = (true, access.login, access.signing);
                    }
                }
            }
            AdminAction::UserData { contact, .. } => form.fill_contact(contact),
            AdminAction::UserRights { rights, .. } | AdminAction::NewAccount { rights, .. } => {
                let classes = form.overview.classes();
                for row in &mut form.rights {
                    let right = rights.iter().find(|r| r.user == row.user && r.account == row.account);
                    fill_right(row, right, &classes);
                }
            }
            AdminAction::SecondaryId { account, id, step } if kind == AdminKind::RegisterId => {
                form.account = form.overview.accounts.iter().position(|known| known.number == *account);
                form.identifier = id.to_string();
                if let SecondaryIdStep::Register { code: Some(code) } = step {
                    form.code.clone_from(code);
                }
            }
            _ => {}
        }
        form
    }

    /// What the order can be about, in words; none where it is about the customer.
    pub(crate) fn subjects(&self) -> Vec<String> {
        let table = &self.overview.table;
        let names =
            |users: &mut dyn Iterator<Item = &AuthorizedUser>| users.map(|u| u.name.clone()).collect();
        match self.kind {
            AdminKind::InternetBanking | AdminKind::RegisterId => Vec::new(),
            AdminKind::UserData | AdminKind::UserRights => names(&mut table.users.iter()),
            AdminKind::ClearErrors => names(&mut with_errors(&self.overview)),
            AdminKind::NewAccount => {
                table.new_accounts.iter().map(|a| format!("{} · {}", a.name, a.number)).collect()
            }
            AdminKind::Device => devices(&self.overview)
                .map(|(user, device)| {
                    let state = if device.suspended { tr!("admin-device-suspended") } else { String::new() };
                    let words = [user.name.as_str(), device.label.as_str(), state.as_str()];
                    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
                    words.join(" · ")
                })
                .collect(),
            AdminKind::ConfirmId | AdminKind::DeleteId => {
                table.secondary_ids.iter().map(|known| format!("{} · {}", known.id, known.account)).collect()
            }
        }
    }

    /// Takes what was typed or ticked.
    pub(crate) fn take(&mut self, input: Input) {
        self.problem = None;
        match input {
            Input::Subject(index) => self.choose(index),
            Input::Enabled(on) => self.enabled = on,
            Input::Tick(row, on) => self.change_web(row, |web| web.ticked = on),
            Input::Login(row, device) => self.change_web(row, |web| {
                web.login = device;
                // Nobody signs there without logging in.
                if device == WebDevice::None {
                    web.signing = WebDevice::None;
                }
            }),
            Input::Signing(row, device) => self.change_web(row, |web| web.signing = device),
            Input::Phone(typed) => self.phone = typed,
            Input::Email(typed) => self.email = typed,
            Input::Notify(on) => self.notify = on,
            Input::View(row, on) => self.change_right(row, |right| right.view = on),
            Input::Dispose(row, on) => self.change_right(row, |right| right.dispose = on),
            Input::Class(row, index) => self.change_right(row, |right| right.class = index.checked_sub(1)),
            Input::Account(index) => self.account = Some(index),
            Input::Identifier(typed) => (self.identifier, self.sent) = (typed, None),
            Input::Code(typed) => self.code = typed,
        }
    }

    /// Chooses the subject and fills in what the table says of it.
    fn choose(&mut self, index: usize) {
        self.subject = Some(index);
        let overview = self.overview.clone();
        match self.kind {
            AdminKind::UserData => {
                if let Some(user) = overview.table.users.get(index) {
                    self.fill_contact(&user.contact);
                }
            }
            AdminKind::UserRights => {
                let Some(user) = overview.table.users.get(index) else { return };
                let classes = overview.classes();
                let row = |account: &domain::Account| {
                    let mut row = empty_right(user.id.clone(), account.number, account.name.clone());
                    row.number = Some(account.number.to_string());
                    fill_right(&mut row, overview.table.right(&user.id, account.number), &classes);
                    row
                };
                self.rights = overview.accounts.iter().map(row).collect();
            }
            AdminKind::NewAccount => {
                let Some(account) = overview.table.new_accounts.get(index) else { return };
                let row =
                    |user: &AuthorizedUser| empty_right(user.id.clone(), account.number, user.name.clone());
                self.rights = overview.table.users.iter().map(row).collect();
            }
            _ => {}
        }
    }

    fn subject_of(&self, action: &AdminAction) -> Option<usize> {
        let table = &self.overview.table;
        match action {
            AdminAction::InternetBanking { .. } => None,
            AdminAction::UserData { user, .. } | AdminAction::UserRights { user, .. } => {
                table.users.iter().position(|known| known.id == *user)
            }
            AdminAction::NewAccount { account, .. } => {
                table.new_accounts.iter().position(|known| known.number == *account)
            }
            AdminAction::Device { device, .. } => {
                devices(&self.overview).position(|(_, known)| known.id == *device)
            }
            AdminAction::ClearErrorPoints { user } => {
                with_errors(&self.overview).position(|known| known.id == *user)
            }
            AdminAction::SecondaryId { id, .. } => {
                table.secondary_ids.iter().position(|known| known.id == *id)
            }
        }
    }

    fn fill_contact(&mut self, contact: &UserContact) {
        self.phone = contact.phone.as_ref().map(ToString::to_string).unwrap_or_default();
        self.email = contact.email.as_ref().map(ToString::to_string).unwrap_or_default();
        self.notify = contact.notify;
    }

    fn change_web(&mut self, row: usize, change: impl FnOnce(&mut WebRow)) {
        if let Some(row) = self.web.get_mut(row) {
            change(row);
        }
    }

    fn change_right(&mut self, row: usize, change: impl FnOnce(&mut RightRow)) {
        if let Some(row) = self.rights.get_mut(row) {
            change(row);
        }
    }
}

/// A user of the web client as the table has it; for one who has nothing yet, what the user could have.
fn web_row(overview: &AdminOverview, user: &AuthorizedUser) -> WebRow {
    let access = overview.table.web_access(&user.id);
    let new = access.login == WebDevice::None;
    let signs = overview.signs(&user.id);
    WebRow {
        user: user.id.clone(),
        name: user.name.clone(),
        ticked: false,
        login: WebDevice::VirtualCard,
        signing: if new && signs { WebDevice::VirtualCard } else { access.signing },
    }
}

pub(super) fn with_errors(overview: &AdminOverview) -> impl Iterator<Item = &AuthorizedUser> {
    overview.table.users.iter().filter(|user| user.error_points > 0 || user.locked)
}

pub(super) fn devices(
    overview: &AdminOverview,
) -> impl Iterator<Item = (&AuthorizedUser, &domain::authority::UserDevice)> {
    overview.table.users.iter().flat_map(|user| user.devices.iter().map(move |device| (user, device)))
}

fn empty_right(user: UserId, account: AccountNumber, label: String) -> RightRow {
    RightRow { user, account, label, number: None, view: false, dispose: false, class: None }
}

fn fill_right(row: &mut RightRow, right: Option<&AccountRight>, classes: &[String]) {
    row.view = right.is_some_and(|right| right.view);
    row.dispose = right.is_some_and(|right| right.dispose);
    let class = right.and_then(|right| right.sign.as_ref());
    row.class = class.and_then(|class| classes.iter().position(|known| known == class));
}

fn kind_of(action: &AdminAction) -> AdminKind {
    match action {
        AdminAction::InternetBanking { .. } => AdminKind::InternetBanking,
        AdminAction::UserData { .. } => AdminKind::UserData,
        AdminAction::UserRights { .. } => AdminKind::UserRights,
        AdminAction::NewAccount { .. } => AdminKind::NewAccount,
        AdminAction::Device { .. } => AdminKind::Device,
        AdminAction::ClearErrorPoints { .. } => AdminKind::ClearErrors,
        AdminAction::SecondaryId { step, .. } => match step {
            SecondaryIdStep::Register { .. } => AdminKind::RegisterId,
            SecondaryIdStep::Confirm => AdminKind::ConfirmId,
            SecondaryIdStep::Delete => AdminKind::DeleteId,
        },
    }
}
