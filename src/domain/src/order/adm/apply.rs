//! What an order makes of the authority table. The client shows it before signing, the bank does the same.

use chrono::{Months, NaiveDate};

use super::{AdminAction, SecondaryIdStep};
use crate::authority::{AuthorityTable, RegisteredId, WebAccess, WebDevice};
use crate::ids::UserId;

/// Months until a secondary identifier must be confirmed (yearly [K&H AFR]).
const CONFIRM_MONTHS: Months = Months::new(12);

/// The day by which an identifier that is registered or confirmed today must be confirmed again.
pub fn confirm_by(today: NaiveDate) -> NaiveDate {
    today.checked_add_months(CONFIRM_MONTHS).unwrap_or(NaiveDate::MAX)
}

impl AdminAction {
    /// The table after the order, with the next version. For an order that [`AdminAction::check`] refuses it is
    /// still a table, but not one to keep.
    #[must_use]
    pub fn apply(&self, table: &AuthorityTable, today: NaiveDate) -> AuthorityTable {
        let mut after = table.clone();
        after.version = table.version.saturating_add(1);
        self.change(&mut after, today);
        after
    }

    /// Changes everything but the version.
    pub(super) fn change(&self, table: &mut AuthorityTable, today: NaiveDate) {
        match self {
            Self::InternetBanking { enabled, users } => {
                table.web.enabled = *enabled;
                users.iter().for_each(|access| set_access(&mut table.web.users, access));
            }
            Self::UserData { user, contact } => {
                if let Some(user) = table.users.iter_mut().find(|u| u.id == *user) {
                    user.contact = contact.clone();
                }
            }
            Self::UserRights { user, rights } => {
                table.rights.retain(|right| right.user != *user);
                table.rights.extend(rights.iter().filter(|right| right.user == *user).cloned());
                if !table.rights.iter().any(|right| right.user == *user) {
                    remove(table, user);
                }
            }
            Self::NewAccount { account, rights } => {
                if table.new_accounts.iter().any(|new| new.number == *account) {
                    table.new_accounts.retain(|new| new.number != *account);
                    table.rights.extend(rights.iter().filter(|right| right.account == *account).cloned());
                }
            }
            Self::Device { user, device, suspend } => {
                let devices = table.users.iter_mut().filter(|u| u.id == *user).flat_map(|u| &mut u.devices);
                devices.filter(|d| d.id == *device).for_each(|d| d.suspended = *suspend);
            }
            Self::ClearErrorPoints { user } => {
                if let Some(user) = table.users.iter_mut().find(|u| u.id == *user) {
                    user.error_points = 0;
                    user.locked = false;
                }
            }
            Self::SecondaryId { account, id, step } => {
                let own = |known: &RegisteredId| known.id == *id && known.account == *account;
                match step {
                    SecondaryIdStep::Register { .. } => {
                        table.secondary_ids.retain(|known| known.id != *id);
                        let confirm_by = confirm_by(today);
                        table.secondary_ids.push(RegisteredId {
                            id: id.clone(),
                            account: *account,
                            confirm_by,
                        });
                    }
                    SecondaryIdStep::Confirm => table
                        .secondary_ids
                        .iter_mut()
                        .filter(|known| own(known))
                        .for_each(|known| known.confirm_by = confirm_by(today)),
                    SecondaryIdStep::Delete => table.secondary_ids.retain(|known| !own(known)),
                }
            }
        }
    }
}

/// Puts a user's settings in the place of the former ones; a user without any is not kept.
fn set_access(users: &mut Vec<WebAccess>, access: &WebAccess) {
    users.retain(|known| known.user != access.user);
    if access.login != WebDevice::None || access.signing != WebDevice::None {
        users.push(access.clone());
    }
}

fn remove(table: &mut AuthorityTable, user: &UserId) {
    table.users.retain(|known| known.id != *user);
    table.web.users.retain(|known| known.user != *user);
}
