//! Operators, their passwords, and the browsers in which they have logged in.
//!
//! Nobody can lock an operator out by knowing the name. Wrong passwords are counted by the address that they come from,
//! and those of a browser in which the operator has logged in before by that browser: who shares the operator's address
//! takes nothing from it. Somebody with many addresses is held up by the slow hash, of which only a few run at a time.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::log::{self, Event, Line};
use crate::bank::Bank;
use crate::ground::error::Result;
use crate::ground::random;
use crate::ground::slow_hash::SlowHash;
use crate::ground::tries::{Tries, Who};

/// Wrong passwords for one name from one address, or in one browser that is known.
const TRIES: u32 = 5;
/// Wrong passwords from one address, whatever the names.
const FROM_ADDRESS: u32 = 20;
/// After so long they are forgotten.
const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// A browser is known for so long after its last login.
pub(super) const KNOWN_DAYS: u32 = 180;
/// Browsers of one operator that are known.
const BROWSERS: u32 = 20;

/// Wrong passwords of the last quarter of an hour.
pub(super) struct Attempts {
    by_name: Tries,
    by_address: Tries,
}

/// Who wants in.
#[derive(Clone, Copy)]
pub(super) struct Knock<'a> {
    pub name: &'a str,
    pub address: IpAddr,
    /// What the browser was given when somebody logged in there.
    pub browser: Option<&'a str>,
}

/// A try that may be checked: it is counted already.
pub(super) struct Allowed {
    whose: Who,
    /// Of a browser that is not known.
    address: Option<Who>,
    /// Its number among those of its address or browser.
    number: u32,
    /// No more is checked after this one.
    is_last: bool,
}

impl Default for Attempts {
    fn default() -> Self {
        Self { by_name: Tries::new(TRIES, WINDOW), by_address: Tries::new(FROM_ADDRESS, WINDOW) }
    }
}

impl Attempts {
    /// Counts a try; `None` when there were enough: then nothing is checked, hashed or written.
    ///
    /// # Errors
    /// [`crate::ground::error::BankError::Database`].
    pub(super) fn begin(
        &self,
        bank: &Bank,
        knock: &Knock<'_>,
        now: DateTime<Utc>,
    ) -> Result<Option<Allowed>> {
        let known = match knock.browser {
            Some(browser) => bank.read(|db| is_known(db, knock.name, browser, now))?,
            None => false,
        };
        let (whose, address) = match knock.browser.filter(|_| known) {
            Some(browser) => (Who::of(&["browser", browser]), None),
            None => {
                let from = knock.address.to_string();
                (Who::of(&["name", knock.name, &from]), Some(Who::of(&["address", &from])))
            }
        };
        // By address first: who has none left there leaves no trace among the names, of which only so many are
        // remembered.
        let of_address = match address.map(|address| self.by_address.begin(address, now)) {
            Some(None) => return Ok(None),
            counted => counted.flatten(),
        };
        let Some(of_name) = self.by_name.begin(whose, now) else { return Ok(None) };
        let number = of_address.unwrap_or(of_name);
        let is_last = of_name == TRIES || (address.is_some() && number == FROM_ADDRESS);
        Ok(Some(Allowed { whose, address, number, is_last }))
    }

    fn forgive(&self, allowed: &Allowed) {
        self.by_name.forgive(allowed.whose);
        if let Some(address) = allowed.address {
            self.by_address.forgive(address);
        }
    }
}

/// Adds an operator or sets another password. With a new password no browser is known any more: one of them may be why
/// there is a new one.
///
/// # Errors
/// [`crate::ground::error::BankError::Database`].
pub(crate) fn add(db: &Connection, name: &str, password: &str) -> Result<()> {
    let hash = SlowHash::of(password)?;
    db.execute(
        "INSERT INTO operator (name, salt, password) VALUES (?1, ?2, ?3)
         ON CONFLICT (name) DO UPDATE SET salt = ?2, password = ?3",
        params![name, hash.salt, hash.hash],
    )?;
    db.execute("DELETE FROM operator_browser WHERE operator = ?1", [name])?;
    Ok(())
}

/// Whether name and password are an operator's; then what the browser is known by from now on. Takes as long for names
/// that do not exist.
///
/// # Errors
/// [`crate::ground::error::BankError::Database`].
pub(super) fn log_in(
    bank: &Bank,
    attempts: &Attempts,
    allowed: &Allowed,
    knock: &Knock<'_>,
    password: &str,
    now: DateTime<Utc>,
) -> Result<Option<String>> {
    let known = bank.read(|db| hash_of(db, knock.name))?;
    let is_right = known.clone().unwrap_or_else(SlowHash::of_nobody).is_of(password)? && known.is_some();
    if is_right {
        attempts.forgive(allowed);
        let is_known = allowed.address.is_none();
        let browser = knock.browser.filter(|_| is_known).map_or_else(random::token, str::to_owned);
        bank.write(|db| {
            log::write(db, &Line::of(knock.name, Event::LoggedIn), now)?;
            remember(db, knock.name, &browser, now)
        })?;
        return Ok(Some(browser));
    }
    // What was typed as a name may be a password in the wrong field: only names that exist are written down, and of the
    // others a line for the first and the last try of an address.
    let operator = known.map(|_| knock.name);
    if operator.is_some() || allowed.number == 1 || allowed.is_last {
        let event = if allowed.is_last { Event::LoginLocked } else { Event::LoginRefused };
        let address = knock.address.to_string();
        let line = Line { detail: Some(&address), ..Line::of(operator.unwrap_or_default(), event) };
        bank.write(|db| log::write(db, &line, now))?;
    }
    Ok(None)
}

fn hash_of(db: &Connection, name: &str) -> Result<Option<SlowHash>> {
    let row = db
        .prepare_cached("SELECT salt, password FROM operator WHERE name = ?1")?
        .query_row([name], |row| Ok(SlowHash { salt: row.get(0)?, hash: row.get(1)? }))
        .optional()?;
    Ok(row)
}

fn is_known(db: &Connection, name: &str, browser: &str, now: DateTime<Utc>) -> Result<bool> {
    let mut query = db.prepare_cached(
        "SELECT 1 FROM operator_browser WHERE token_sha256 = ?1 AND operator = ?2 AND last_login > ?3",
    )?;
    let since = now - TimeDelta::days(KNOWN_DAYS.into());
    Ok(query.exists(params![sha256(browser), name, since.timestamp_millis()])?)
}

fn remember(db: &Connection, name: &str, browser: &str, now: DateTime<Utc>) -> Result<()> {
    db.execute(
        "INSERT INTO operator_browser (token_sha256, operator, last_login) VALUES (?1, ?2, ?3)
         ON CONFLICT (token_sha256) DO UPDATE SET last_login = ?3",
        params![sha256(browser), name, now.timestamp_millis()],
    )?;
    db.execute(
        "DELETE FROM operator_browser WHERE operator = ?1 AND token_sha256 NOT IN
            (SELECT token_sha256 FROM operator_browser WHERE operator = ?1 ORDER BY last_login DESC LIMIT ?2)",
        params![name, BROWSERS],
    )?;
    Ok(())
}

fn sha256(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::World;

    #[test]
    fn an_address_that_has_had_enough_leaves_no_trace_among_the_names() {
        let world = World::new("kh");
        let (attempts, now) = (Attempts::default(), world.bank.clock.now());
        let begin = |name: &str, address: &str| {
            let knock = Knock { name, address: address.parse().unwrap(), browser: None };
            attempts.begin(&world.bank, &knock, now).unwrap().is_some()
        };
        let most = usize::try_from(FROM_ADDRESS).unwrap();
        let checked = (0..3 * most).filter(|n| begin(&format!("nev-{n}"), "203.0.113.7")).count();
        assert_eq!((checked, attempts.by_name.remembered()), (most, most));
        assert!(begin("piroska", "203.0.113.8"), "others are not held up");
    }

    #[test]
    fn with_a_new_password_no_browser_is_known_any_more() {
        let world = World::new("kh");
        let now = world.bank.clock.now();
        world.read(|db| {
            add(db, "piroska", "napsugar-1")?;
            add(db, "jolan", "napsugar-2")?;
            remember(db, "piroska", "one", now)?;
            remember(db, "jolan", "other", now)
        });
        let known = |name: &str, browser: &str| world.read(|db| is_known(db, name, browser, now));
        assert!(known("piroska", "one") && known("jolan", "other"));
        world.read(|db| add(db, "piroska", "napsugar-3"));
        assert!(!known("piroska", "one") && known("jolan", "other"));
    }
}
