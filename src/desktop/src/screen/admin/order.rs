//! The order that a filled-in form makes, or what is missing of it.

use domain::authority::{AccountRight, UserContact, WebAccess};
use domain::contact::{EmailAddress, MobileNumber};
use domain::{AdminAction, Explain, SecondaryId, SecondaryIdStep, Target};

use super::form::{Form, RightRow, WebRow, devices, with_errors};
use crate::go::AdminKind;
use crate::texts::explain;
use crate::tr;

impl Form {
    /// The order that the form makes.
    ///
    /// # Errors
    /// What is missing or cannot be read, in words.
    pub(crate) fn action(&self) -> Result<AdminAction, String> {
        let table = &self.overview.table;
        let missing = || tr!("admin-choose-first");
        match self.kind {
            AdminKind::InternetBanking => {
                let users = self.web.iter().filter(|row| row.ticked);
                let access = |row: &WebRow| WebAccess {
                    user: row.user.clone(),
                    login: row.login,
                    signing: row.signing,
                };
                Ok(AdminAction::InternetBanking { enabled: self.enabled, users: users.map(access).collect() })
            }
            AdminKind::UserData => {
                let user = self.subject.and_then(|index| table.users.get(index)).ok_or_else(missing)?;
                let contact = UserContact {
                    phone: read::<MobileNumber>(&self.phone, &tr!("admin-phone"))?,
                    email: read::<EmailAddress>(&self.email, &tr!("admin-email"))?,
                    notify: self.notify,
                };
                Ok(AdminAction::UserData { user: user.id.clone(), contact })
            }
            AdminKind::UserRights => {
                let user = self.subject.and_then(|index| table.users.get(index)).ok_or_else(missing)?;
                Ok(AdminAction::UserRights { user: user.id.clone(), rights: self.given_rights() })
            }
            AdminKind::NewAccount => {
                let account = self.subject.and_then(|index| table.new_accounts.get(index));
                let account = account.ok_or_else(missing)?.number;
                Ok(AdminAction::NewAccount { account, rights: self.given_rights() })
            }
            AdminKind::Device => {
                let chosen = self.subject.and_then(|index| devices(&self.overview).nth(index));
                let (user, device) = chosen.ok_or_else(missing)?;
                Ok(AdminAction::Device {
                    user: user.id.clone(),
                    device: device.id.clone(),
                    suspend: !device.suspended,
                })
            }
            AdminKind::ClearErrors => {
                let user = self.subject.and_then(|index| with_errors(&self.overview).nth(index));
                Ok(AdminAction::ClearErrorPoints { user: user.ok_or_else(missing)?.id.clone() })
            }
            AdminKind::RegisterId => {
                let account = self.account.and_then(|index| self.overview.accounts.get(index));
                let account = account.ok_or_else(|| tr!("admin-choose-account"))?.number;
                let code = Some(self.code.split_whitespace().collect::<String>()).filter(|c| !c.is_empty());
                let step = SecondaryIdStep::Register { code };
                Ok(AdminAction::SecondaryId { account, id: self.typed_id()?, step })
            }
            AdminKind::ConfirmId | AdminKind::DeleteId => {
                let known = self.subject.and_then(|index| table.secondary_ids.get(index));
                let known = known.ok_or_else(missing)?;
                let step = match self.kind {
                    AdminKind::ConfirmId => SecondaryIdStep::Confirm,
                    _ => SecondaryIdStep::Delete,
                };
                Ok(AdminAction::SecondaryId { account: known.account, id: known.id.clone(), step })
            }
        }
    }

    /// The identifier that was typed.
    ///
    /// # Errors
    /// Why it is none, in words.
    pub(crate) fn typed_id(&self) -> Result<SecondaryId, String> {
        match self.identifier.parse::<Target>() {
            Ok(Target::SecondaryId(id)) => Ok(id),
            Ok(_) => Err(tr!("admin-not-an-id")),
            Err(error) => Err(explain(&error)),
        }
    }

    /// Whether the typed identifier is one to which a one-time code is sent.
    pub(crate) fn wants_code(&self) -> bool {
        matches!(self.typed_id(), Ok(SecondaryId::Mobile(_) | SecondaryId::Email(_)))
    }

    fn given_rights(&self) -> Vec<AccountRight> {
        let classes = self.overview.classes();
        let right = |row: &RightRow| AccountRight {
            user: row.user.clone(),
            account: row.account,
            view: row.view,
            dispose: row.dispose,
            sign: row.class.and_then(|class| classes.get(class).cloned()),
        };
        let given = self.rights.iter().map(right);
        given.filter(|right| right.view || right.dispose || right.sign.is_some()).collect()
    }
}

/// What stands in a field that may stay empty.
fn read<T: std::str::FromStr<Err: Explain>>(typed: &str, field: &str) -> Result<Option<T>, String> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    typed.trim().parse().map(Some).map_err(|error| format!("{field}: {}", explain(&error)))
}
