//! What the bank knows of users themselves, the same at every customer: how to reach them, what they sign with, their
//! error points. Authority tables are stored without it and told with it.

use domain::authority::{AuthorizedUser, DeviceKind, UserContact, UserDevice};
use domain::{AuthorityTable, UserId};
use rusqlite::{Connection, OptionalExtension};

use super::virtual_cards::record::{self, CardState};
use super::{cards, users};
use crate::ground::database::parse;
use crate::ground::error::Result;

/// Completes the users of a stored table.
pub(crate) fn complete(db: &Connection, table: &mut AuthorityTable) -> Result<()> {
    for user in &mut table.users {
        let row = db
            .prepare_cached(
                "SELECT name, phone, email, notify, error_points, locked FROM bank_user WHERE id = ?1",
            )?
            .query_row([user.id.as_str()], |row| {
                let contact: (Option<String>, Option<String>, bool) = (row.get(1)?, row.get(2)?, row.get(3)?);
                Ok((row.get(0)?, contact, row.get(4)?, row.get(5)?))
            })
            .optional()?;
        let Some((name, (phone, email, notify), error_points, locked)) = row else { continue };
        user.name = name;
        user.contact = UserContact {
            phone: phone.map(|text| parse("bank_user.phone", &text)).transpose()?,
            email: email.map(|text| parse("bank_user.email", &text)).transpose()?,
            notify,
        };
        user.error_points = error_points;
        user.locked = locked;
        user.devices = devices(db, &user.id)?;
    }
    Ok(())
}

/// A user with everything that the bank knows of it.
pub(crate) fn find(db: &Connection, id: &UserId) -> Result<Option<AuthorizedUser>> {
    let Some(row) = users::find(db, id.as_str())? else { return Ok(None) };
    let user = AuthorizedUser::new(row.user.id, row.user.name);
    let mut table = AuthorityTable { users: vec![user], ..AuthorityTable::default() };
    complete(db, &mut table)?;
    Ok(table.users.pop())
}

/// The table as it is stored: of its users only number and name.
pub(crate) fn bare(table: &AuthorityTable) -> AuthorityTable {
    let users =
        table.users.iter().map(|user| AuthorizedUser::new(user.id.clone(), user.name.clone())).collect();
    AuthorityTable { users, ..table.clone() }
}

/// Tokens and virtual chip cards that are not withdrawn.
fn devices(db: &Connection, user: &UserId) -> Result<Vec<UserDevice>> {
    let tokens =
        cards::of_user(db, user)?.into_iter().filter(|card| !card.withdrawn).map(|card| UserDevice {
            id: card.csn,
            kind: DeviceKind::Token,
            label: card.kind.name().to_uppercase(),
            suspended: card.suspended,
        });
    let virtual_cards = record::of_user(db, user)?;
    let in_browsers =
        virtual_cards.into_iter().filter(|card| card.state != CardState::Withdrawn).map(|card| UserDevice {
            id: card.id,
            kind: DeviceKind::VirtualCard,
            label: card.label,
            suspended: card.state == CardState::Suspended,
        });
    Ok(tokens.chain(in_browsers).collect())
}
