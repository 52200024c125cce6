//! Self-administration in words: what an order is called, and what it changes, before and after. The window and the
//! command line show these; what is signed is worked out from the document's own orders.

use domain::authority::{AccountRight, RegisteredId, UserContact, WebDevice};
use domain::format::date;
use domain::{
    Account, AccountNumber, AdminAction, AuthorityTable, Order, SecondaryId, SecondaryIdStep, UserId,
};

use crate::orders::rules::Rules;
use crate::workplace::texts::{label, language, text};

/// What one order changes, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminChange {
    /// What the order does.
    pub title: String,
    /// What becomes of what.
    pub lines: Vec<AdminLine>,
}

/// One thing that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminLine {
    /// What.
    pub what: String,
    /// How it is before; `None` once the package has left, because the table has moved on.
    pub before: Option<String>,
    /// How it is to be.
    pub after: String,
}

impl AdminLine {
    /// Whether anything changes.
    pub fn changes(&self) -> bool {
        self.before.as_ref().is_none_or(|before| *before != self.after)
    }
}

/// What an order is called, and a package that holds it alone: its payee, or what it changes and for whom.
pub(crate) fn order_title(order: &Order, table: &AuthorityTable) -> String {
    match order.administration() {
        Some(change) => admin_title(&change.action, table),
        None => label(&order.face()),
    }
}

/// What orders change, in words, compared with the table of today if `compare`; nothing of payments. A former user
/// keeps its number.
pub(crate) fn changes<'a>(
    rules: &Rules,
    orders: impl IntoIterator<Item = &'a Order>,
    compare: bool,
) -> Vec<AdminChange> {
    let speaker = Speaker { table: &rules.authority, accounts: &rules.accounts, compare };
    let changes = orders.into_iter().filter_map(Order::administration);
    changes.map(|change| speaker.change(&change.action)).collect()
}

/// What an order does, with the name of the one that it is about.
pub fn admin_title(action: &AdminAction, table: &AuthorityTable) -> String {
    let of_user = |key: &str, user: &UserId| text(key, &[("name", name_of(table, user))]);
    match action {
        AdminAction::InternetBanking { .. } => text("admin-title-internet-banking", &[]),
        AdminAction::UserData { user, .. } => of_user("admin-title-user-data", user),
        AdminAction::UserRights { user, rights } if rights.is_empty() => {
            of_user("admin-title-user-delete", user)
        }
        AdminAction::UserRights { user, .. } => of_user("admin-title-user-rights", user),
        AdminAction::NewAccount { account, .. } => {
            text("admin-title-new-account", &[("account", account.to_string())])
        }
        AdminAction::Device { user, suspend: true, .. } => of_user("admin-title-device-suspend", user),
        AdminAction::Device { user, suspend: false, .. } => of_user("admin-title-device-enable", user),
        AdminAction::ClearErrorPoints { user } => of_user("admin-title-clear-errors", user),
        AdminAction::SecondaryId { id, step, .. } => {
            let key = match step {
                SecondaryIdStep::Register { .. } => "admin-title-id-register",
                SecondaryIdStep::Confirm => "admin-title-id-confirm",
                SecondaryIdStep::Delete => "admin-title-id-delete",
            };
            text(key, &[("id", id.to_string())])
        }
    }
}

/// What a user may do with an account: "megtekintés, rögzítés, aláírás (A)".
pub fn right_words(right: Option<&AccountRight>) -> String {
    let Some(right) = right else { return text("admin-right-none", &[]) };
    let view = right.view.then(|| text("admin-right-view", &[]));
    let dispose = right.dispose.then(|| text("admin-right-dispose", &[]));
    let sign = right.sign.as_ref().map(|class| text("admin-right-sign", &[("class", class.clone())]));
    let words: Vec<String> = [view, dispose, sign].into_iter().flatten().collect();
    if words.is_empty() { text("admin-right-none", &[]) } else { words.join(", ") }
}

/// A device of the web client: "Nem használhatja", "Virtuális chipkártya".
pub fn web_device(device: WebDevice) -> String {
    match device {
        WebDevice::None => text("admin-web-none", &[]),
        WebDevice::VirtualCard => text("admin-web-virtual-card", &[]),
    }
}

fn name_of(table: &AuthorityTable, user: &UserId) -> String {
    table.users.iter().find(|known| known.id == *user).map_or_else(|| user.to_string(), |u| u.name.clone())
}

/// Puts orders into words: names come from the table and the accounts, what is before from the table if `compare`.
pub(super) struct Speaker<'a> {
    pub table: &'a AuthorityTable,
    pub accounts: &'a [Account],
    pub compare: bool,
}

impl Speaker<'_> {
    /// What an order changes.
    pub fn change(&self, action: &AdminAction) -> AdminChange {
        AdminChange { title: admin_title(action, self.table), lines: self.lines(action) }
    }

    fn lines(&self, action: &AdminAction) -> Vec<AdminLine> {
        let table = self.table;
        match action {
            AdminAction::InternetBanking { enabled, users } => {
                let service = text("admin-line-web", &[]);
                let mut lines =
                    vec![self.line(service, enabled_words(table.web.enabled), enabled_words(*enabled))];
                for access in users {
                    let before = table.web_access(&access.user);
                    let name = || [("name", name_of(table, &access.user))];
                    let login = text("admin-line-web-login", &name());
                    lines.push(self.line(login, web_device(before.login), web_device(access.login)));
                    let signing = text("admin-line-web-signing", &name());
                    lines.push(self.line(signing, web_device(before.signing), web_device(access.signing)));
                }
                lines
            }
            AdminAction::UserData { user, contact } => {
                let none = UserContact::default();
                let known = table.users.iter().find(|known| known.id == *user);
                self.contact(known.map_or(&none, |known| &known.contact), contact)
            }
            AdminAction::UserRights { user, rights } => self.rights(user, rights),
            AdminAction::NewAccount { account, rights } => {
                let line = |right: &AccountRight| {
                    let what = name_of(table, &right.user);
                    let before = right_words(table.right(&right.user, *account));
                    self.line(what, before, right_words(Some(right)))
                };
                let what = text("admin-line-account", &[("account", self.account(*account))]);
                let taken = self.line(what, text("admin-account-new", &[]), text("admin-account-taken", &[]));
                std::iter::once(taken).chain(rights.iter().map(line)).collect()
            }
            AdminAction::Device { user, device, suspend } => {
                let known = table.users.iter().find(|known| known.id == *user);
                let known = known.and_then(|user| user.devices.iter().find(|known| known.id == *device));
                let what = match known {
                    Some(known) => format!("{} ({})", known.label, known.id),
                    None => device.clone(),
                };
                let before = device_words(known.is_some_and(|known| known.suspended));
                vec![self.line(what, before, device_words(*suspend))]
            }
            AdminAction::ClearErrorPoints { user } => {
                let known = table.users.iter().find(|known| known.id == *user);
                let points = known.map_or(0, |known| known.error_points);
                let locked = known.is_some_and(|known| known.locked);
                let what = text("admin-line-errors", &[]);
                vec![self.line(what, error_points(points, locked), error_points(0, false))]
            }
            AdminAction::SecondaryId { account, id, step } => vec![self.secondary_id(*account, id, step)],
        }
    }

    fn line(&self, what: String, before: String, after: String) -> AdminLine {
        AdminLine { what, before: self.compare.then_some(before), after }
    }

    fn contact(&self, before: &UserContact, after: &UserContact) -> Vec<AdminLine> {
        let none = || text("admin-contact-none", &[]);
        let phone = |c: &UserContact| c.phone.as_ref().map_or_else(none, std::string::ToString::to_string);
        let email = |c: &UserContact| c.email.as_ref().map_or_else(none, std::string::ToString::to_string);
        let notify = |c: &UserContact| text(if c.notify { "admin-yes" } else { "admin-no" }, &[]);
        vec![
            self.line(text("admin-line-phone", &[]), phone(before), phone(after)),
            self.line(text("admin-line-email", &[]), email(before), email(after)),
            self.line(text("admin-line-notify", &[]), notify(before), notify(after)),
        ]
    }

    /// A line for each account on which the user has a right before or after.
    fn rights(&self, user: &UserId, rights: &[AccountRight]) -> Vec<AdminLine> {
        let before: Vec<&AccountRight> = match self.compare {
            true => self.table.rights.iter().filter(|right| right.user == *user).collect(),
            false => Vec::new(),
        };
        let mut accounts: Vec<AccountNumber> =
            before.iter().copied().chain(rights).map(|right| right.account).collect();
        accounts.sort_unstable();
        accounts.dedup();
        accounts
            .into_iter()
            .map(|account| {
                let earlier = before.iter().find(|right| right.account == account).copied();
                let later = rights.iter().find(|right| right.account == account);
                self.line(self.account(account), right_words(earlier), right_words(later))
            })
            .collect()
    }

    fn secondary_id(&self, account: AccountNumber, id: &SecondaryId, step: &SecondaryIdStep) -> AdminLine {
        let registered = |known: &RegisteredId| {
            let day = date(language(), known.confirm_by);
            text("admin-id-until", &[("day", day)])
        };
        let known = self.table.secondary_ids.iter().find(|known| known.id == *id);
        let before = known.map_or_else(|| text("admin-id-none", &[]), registered);
        let after = match step {
            SecondaryIdStep::Register { .. } => text("admin-id-registered", &[]),
            SecondaryIdStep::Confirm => text("admin-id-confirmed", &[]),
            SecondaryIdStep::Delete => text("admin-id-none", &[]),
        };
        let words = [("id", id.to_string()), ("account", self.account(account))];
        self.line(text("admin-line-id", &words), before, after)
    }

    /// Name and number of an account.
    fn account(&self, number: AccountNumber) -> String {
        let known = self.accounts.iter().chain(&self.table.new_accounts).find(|a| a.number == number);
        match known {
            Some(account) if !account.name.is_empty() => format!("{} · {number}", account.name),
            _ => number.to_string(),
        }
    }
}

fn enabled_words(enabled: bool) -> String {
    text(if enabled { "admin-web-is-enabled" } else { "admin-web-is-disabled" }, &[])
}

fn device_words(suspended: bool) -> String {
    text(if suspended { "admin-device-suspended" } else { "admin-device-usable" }, &[])
}

fn error_points(points: u32, locked: bool) -> String {
    let count = [("count", points.to_string())];
    text(if locked { "admin-errors-locked" } else { "admin-errors" }, &count)
}
