//! Carrying orders out: the customer's new authority table, and everything besides it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::admin::{AdminAction, AdminOrder, SecondaryIdStep, confirm_by};
use domain::authority::{WebAccess, WebDevice};
use domain::{AccountNumber, AuthorityTable, CustomerId, SecondaryId};
use protocol::CustomerAccess;
use rusqlite::Connection;

use super::{one_time_codes, secondary_ids};
use crate::accounts::proxies;
use crate::ground::error::Result;
use crate::ground::time;
use crate::people::virtual_cards::{self, CardState};
use crate::people::{cards, customers, error_points, users};

/// Carries out orders that [`super::check`] has passed; `after` is what it gave.
///
/// # Errors
/// Only the database's; the caller rolls back.
pub(crate) fn take_effect(
    db: &Connection,
    access: &CustomerAccess,
    orders: &[AdminOrder],
    after: &AuthorityTable,
    now: DateTime<Utc>,
) -> Result<()> {
    let customer = &access.customer.id;
    let mut touched = BTreeSet::new();
    for order in orders {
        match &order.action {
            AdminAction::InternetBanking { users, .. } => spread_login(db, customer, users)?,
            AdminAction::UserData { user, contact } => {
                users::set_contact(db, user, contact)?;
                touched.insert(user);
            }
            AdminAction::Device { user, device, suspend } => {
                suspend_device(db, device, *suspend)?;
                touched.insert(user);
            }
            AdminAction::ClearErrorPoints { user } => {
                error_points::forgive(db, user)?;
                touched.insert(user);
            }
            AdminAction::SecondaryId { account, id, step } => {
                secondary_id(db, customer, *account, id, step, now)?;
            }
            AdminAction::UserRights { .. } | AdminAction::NewAccount { .. } => {}
        }
    }
    customers::set_authority(db, customer, after)?;
    for user in touched {
        customers::user_changed(db, user, Some(customer))?;
    }
    for gone in access.authority.users.iter().filter(|user| after.users.iter().all(|u| u.id != user.id)) {
        if customers::of_user(db, &gone.id)?.is_empty() {
            users::end_sessions(db, &gone.id)?;
        }
    }
    Ok(())
}

/// "Minden ügyfélre, amelyhez a felhasználónak joga van": the login setting goes to the other customers too.
fn spread_login(db: &Connection, customer: &CustomerId, users: &[WebAccess]) -> Result<()> {
    for access in users {
        for other in customers::of_user(db, &access.user)? {
            let mut table = other.authority;
            let known = table.web_access(&access.user);
            if other.customer.id == *customer || known.login == access.login {
                continue;
            }
            table.web.users.retain(|known| known.user != access.user);
            let login_only = WebAccess { login: access.login, ..known };
            if login_only.login != WebDevice::None || login_only.signing != WebDevice::None {
                table.web.users.push(login_only);
            }
            customers::replace_authority(db, &other.customer.id, table)?;
        }
    }
    Ok(())
}

fn suspend_device(db: &Connection, device: &str, suspend: bool) -> Result<()> {
    if !cards::set_suspended(db, device, suspend)? {
        let state = if suspend { CardState::Suspended } else { CardState::Active };
        virtual_cards::set_state(db, device, state)?;
    }
    Ok(())
}

fn secondary_id(
    db: &Connection,
    customer: &CustomerId,
    account: AccountNumber,
    id: &SecondaryId,
    step: &SecondaryIdStep,
    now: DateTime<Utc>,
) -> Result<()> {
    let until = confirm_by(time::local(now).date());
    match step {
        SecondaryIdStep::Register { .. } => {
            one_time_codes::use_up(db, customer, id)?;
            secondary_ids::take_from_others(db, customer, id)?;
            proxies::register_until(db, id, account, until)
        }
        SecondaryIdStep::Confirm => proxies::register_until(db, id, account, until),
        SecondaryIdStep::Delete => proxies::remove(db, id),
    }
}
