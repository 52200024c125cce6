//! Whether an order can take effect, judged alike before it is signed and when the bank receives it.
//!
//! What only the bank knows (whether the one-time code is the one that it sent, whether a tax number is the
//! customer's own) the bank judges besides.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::apply::confirm_by;
use super::{AdminAction, AdminError, CODE_DIGITS, SecondaryIdStep};
use crate::account::AccountNumber;
use crate::authority::{
    AccountRight, AuthorityTable, DeviceKind, UserContact, UserDevice, WebAccess, WebDevice,
};
use crate::customer::Account;
use crate::ids::UserId;
use crate::money::Currency;
use crate::order::OrderType;
use crate::package::SignatureProgress;
use crate::secondary_id::SecondaryId;

/// What an order is judged by, besides the authority table.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// The customer's accounts in the service, as far as they are known.
    pub accounts: &'a [Account],
    /// The day, by the bank's calendar.
    pub today: NaiveDate,
}

type Check = Result<(), AdminError>;

impl AdminAction {
    /// Whether the order can take effect on this table.
    ///
    /// # Errors
    /// The first reason why not.
    pub fn check(&self, table: &AuthorityTable, around: &Circumstances<'_>) -> Check {
        match self {
            Self::InternetBanking { enabled, users } => internet_banking(table, *enabled, users),
            Self::UserData { user, contact } => user_data(table, user, contact),
            Self::UserRights { user, rights } => user_rights(table, around, user, rights),
            Self::NewAccount { account, rights } => new_account(table, *account, rights),
            Self::Device { user, device, suspend } => a_device(table, user, device, *suspend),
            Self::ClearErrorPoints { user } => {
                let user = known_user(table, user)?;
                something_changes(user.error_points > 0 || user.locked)
            }
            Self::SecondaryId { account, id, step } => secondary_id(table, around, *account, id, step),
        }?;
        let after = self.apply(table, around.today);
        if can_be_signed(table) && !can_be_signed(&after) {
            return Err(AdminError::NoSignerLeft);
        }
        Ok(())
    }
}

/// Whether all users together could sign a self-administration package. Users count who have something to sign
/// with; where nobody's devices are known, everybody counts.
pub fn can_be_signed(table: &AuthorityTable) -> bool {
    let unknown = table.users.iter().all(|user| user.devices.is_empty());
    let usable = |user: &UserId, device: &UserDevice| {
        !device.suspended
            && match device.kind {
                DeviceKind::Token => true,
                DeviceKind::VirtualCard => {
                    table.web.enabled && table.web_access(user).signing == WebDevice::VirtualCard
                }
            }
    };
    let able = table.users.iter().filter(|user| unknown || user.devices.iter().any(|d| usable(&user.id, d)));
    let signers: BTreeSet<UserId> = able.map(|user| user.id.clone()).collect();
    let status = table.judge_package(OrderType::Adm, &Default::default(), &signers);
    status.progress == SignatureProgress::Complete
}

fn something_changes(changes: bool) -> Check {
    if changes { Ok(()) } else { Err(AdminError::NothingChanges) }
}

fn known_user<'a>(
    table: &'a AuthorityTable,
    user: &UserId,
) -> Result<&'a crate::authority::AuthorizedUser, AdminError> {
    table.users.iter().find(|u| u.id == *user).ok_or_else(|| AdminError::UnknownUser(user.clone()))
}

fn internet_banking(table: &AuthorityTable, enabled: bool, users: &[WebAccess]) -> Check {
    let mut seen = BTreeSet::new();
    for access in users {
        let user = &access.user;
        known_user(table, user)?;
        if !seen.insert(user) {
            return Err(AdminError::UserTwice(user.clone()));
        }
        let (login, signing) = (access.login != WebDevice::None, access.signing != WebDevice::None);
        if !enabled && (login || signing) {
            return Err(AdminError::WebDisabled(user.clone()));
        }
        if signing && !login {
            return Err(AdminError::SigningWithoutLogin(user.clone()));
        }
        let mut rights = table.rights.iter().filter(|right| right.user == *user && !is_empty(right));
        if login && rights.next().is_none() {
            return Err(AdminError::LoginWithoutRight(user.clone()));
        }
        if signing && !table.may_sign_package(OrderType::Adm, user, []) {
            return Err(AdminError::SigningWithoutRight(user.clone()));
        }
    }
    let others = users.iter().any(|access| table.web_access(&access.user) != *access);
    something_changes(others || table.web.enabled != enabled)
}

fn user_data(table: &AuthorityTable, user: &UserId, contact: &UserContact) -> Check {
    let known = known_user(table, user)?;
    if contact.notify && contact.phone.is_none() && contact.email.is_none() {
        return Err(AdminError::NowhereToNotify(user.clone()));
    }
    something_changes(known.contact != *contact)
}

fn is_empty(right: &AccountRight) -> bool {
    !right.view && !right.dispose && right.sign.is_none()
}

/// What holds for every right: it allows something, to a known user, in a known class.
fn check_right(table: &AuthorityTable, right: &AccountRight) -> Check {
    known_user(table, &right.user)?;
    if is_empty(right) {
        return Err(AdminError::EmptyRight(right.user.clone(), right.account));
    }
    match &right.sign {
        Some(class) if !is_known_class(table, class) => Err(AdminError::UnknownClass(class.clone())),
        _ => Ok(()),
    }
}

fn is_known_class(table: &AuthorityTable, class: &str) -> bool {
    table.rights.iter().any(|right| right.sign.as_deref() == Some(class))
        || table.rules.iter().any(|rule| rule.classes.contains_key(class))
        || table.administration.classes.contains_key(class)
}

fn user_rights(
    table: &AuthorityTable,
    around: &Circumstances<'_>,
    user: &UserId,
    rights: &[AccountRight],
) -> Check {
    known_user(table, user)?;
    let mut seen = BTreeSet::new();
    for right in rights {
        if right.user != *user {
            return Err(AdminError::ForeignRight);
        }
        if !seen.insert(right.account) {
            return Err(AdminError::AccountTwice(right.account));
        }
        known_account(table, around, right.account)?;
        check_right(table, right)?;
    }
    let before: Vec<_> = table.rights.iter().filter(|right| right.user == *user).collect();
    let same = before.len() == rights.len() && before.iter().all(|right| rights.contains(right));
    something_changes(!same)
}

fn new_account(table: &AuthorityTable, account: AccountNumber, rights: &[AccountRight]) -> Check {
    if !table.new_accounts.iter().any(|new| new.number == account) {
        return Err(AdminError::NotNew(account));
    }
    let mut seen = BTreeSet::new();
    for right in rights {
        if right.account != account {
            return Err(AdminError::ForeignRight);
        }
        if !seen.insert(&right.user) {
            return Err(AdminError::UserTwice(right.user.clone()));
        }
        check_right(table, right)?;
    }
    if rights.iter().any(|right| right.view) { Ok(()) } else { Err(AdminError::Nobody(account)) }
}

fn a_device(table: &AuthorityTable, user: &UserId, device: &str, suspend: bool) -> Check {
    let found = known_user(table, user)?.devices.iter().find(|known| known.id == device);
    let found = found.ok_or_else(|| AdminError::UnknownDevice(device.to_owned()))?;
    something_changes(found.suspended != suspend)
}

fn known_account(table: &AuthorityTable, around: &Circumstances<'_>, account: AccountNumber) -> Check {
    let known = table.rights.iter().any(|right| right.account == account)
        || around.accounts.iter().any(|known| known.number == account);
    if known { Ok(()) } else { Err(AdminError::UnknownAccount(account)) }
}

fn secondary_id(
    table: &AuthorityTable,
    around: &Circumstances<'_>,
    account: AccountNumber,
    id: &SecondaryId,
    step: &SecondaryIdStep,
) -> Check {
    known_account(table, around, account)?;
    if around.accounts.iter().any(|known| known.number == account && known.currency != Currency::HUF) {
        return Err(AdminError::NotForints(account));
    }
    let registered = table.secondary_ids.iter().find(|known| known.id == *id);
    if let SecondaryIdStep::Register { code } = step {
        return match registered {
            Some(known) => Err(AdminError::Registered(known.account)),
            None => check_code(id, code.as_deref()),
        };
    }
    let Some(known) = registered.filter(|known| known.account == account) else {
        return Err(AdminError::NotRegistered(account));
    };
    match step {
        SecondaryIdStep::Confirm => something_changes(known.confirm_by != confirm_by(around.today)),
        SecondaryIdStep::Register { .. } | SecondaryIdStep::Delete => Ok(()),
    }
}

fn check_code(id: &SecondaryId, code: Option<&str>) -> Check {
    match (id, code) {
        (SecondaryId::Mobile(_) | SecondaryId::Email(_), None) => Err(AdminError::CodeMissing),
        (SecondaryId::Mobile(_) | SecondaryId::Email(_), Some(code)) => {
            let good = code.len() == CODE_DIGITS && code.bytes().all(|byte| byte.is_ascii_digit());
            if good { Ok(()) } else { Err(AdminError::CodeForm) }
        }
        (SecondaryId::TaxNumber(_) | SecondaryId::TaxId(_), None) => Ok(()),
        (SecondaryId::TaxNumber(_) | SecondaryId::TaxId(_), Some(_)) => Err(AdminError::CodeNotNeeded),
    }
}
