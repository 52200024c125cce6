//! The bank as one thing: database, clock, keys, rules, and who must be told when something changes.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use protocol::{ClientPolicy, ServerInfo, Trust};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use signature::TrustStore;
use tokio::sync::{Notify, watch};

use crate::folder::{Folder, Identity};
use crate::login::{Challenges, Server};
use crate::rules::Rules;
use crate::time::{Clock, ClockSetting, ZONE};
use crate::{BankError, Result, changes, database, engine};

/// Setting: name of the profile.
pub const PROFILE: &str = "profile";
/// Setting: the clock.
pub const CLOCK: &str = "clock";

/// Oldest client that may log in.
const MINIMUM_CLIENT: &str = "0.1.0";

/// A running bank; shared by everything that serves it.
pub struct Bank {
    db: Mutex<Connection>,
    /// Rules, calendar, directory.
    pub rules: Rules,
    /// Keys and certificates.
    pub identity: Identity,
    /// Bank time.
    pub clock: Clock,
    /// Challenges given.
    pub challenges: Challenges,
    origin: RwLock<String>,
    changes: watch::Sender<u64>,
    /// Rings when the engine has something new to look at.
    pub wake: Notify,
}

impl Bank {
    /// Opens the bank of a data folder.
    ///
    /// # Errors
    /// [`BankError`] when the folder holds no bank.
    pub fn open(folder: &Folder) -> Result<Self> {
        let db = database::open(&folder.database())?;
        let profile: String = database::setting(&db, PROFILE)?
            .ok_or_else(|| BankError::data("bank.sqlite", "no demo data: run `kapocs-bank demo` first"))?;
        let rules = Rules::shipped(&profile)?;
        Self::new(db, rules, folder.read_identity()?)
    }

    /// A bank over an open database.
    pub fn new(db: Connection, rules: Rules, identity: Identity) -> Result<Self> {
        let setting = database::setting(&db, CLOCK)?.unwrap_or_else(ClockSetting::system);
        let last = changes::last(&db)?;
        Ok(Self {
            db: Mutex::new(db),
            rules,
            identity,
            clock: Clock::new(setting),
            challenges: Challenges::default(),
            origin: RwLock::new(String::new()),
            changes: watch::channel(last).0,
            wake: Notify::new(),
        })
    }

    /// Says under which origin clients reach the bank, once that is known.
    pub fn set_origin(&self, origin: &str) {
        origin.clone_into(&mut self.origin.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// The origin that login statements must name.
    pub fn origin(&self) -> String {
        self.origin.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Runs `work` in one transaction: all of it is on the disk when this returns, or none.
    ///
    /// # Errors
    /// Whatever `work` says; then nothing was written.
    pub fn write<T, E: From<BankError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let mut db = self.db.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction =
            db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(BankError::from)?;
        let value = work(&transaction)?;
        let last = changes::last(&transaction)?;
        transaction.commit().map_err(BankError::from)?;
        drop(db);
        let news = self.changes.send_if_modified(|known| std::mem::replace(known, last) != last);
        if news {
            self.wake.notify_one();
        }
        Ok(value)
    }

    /// Runs one step of the engines; gives when the next one is due.
    ///
    /// # Errors
    /// [`BankError`]; nothing was written then.
    pub fn step(&self) -> Result<Option<DateTime<Utc>>> {
        let now = self.clock.now();
        self.write(|db| engine::step(db, &self.rules, now))
    }

    /// Sets the clock and keeps the setting over restarts.
    ///
    /// # Errors
    /// [`BankError::Database`]; the clock then stands as before.
    pub fn set_clock(&self, setting: ClockSetting) -> Result<()> {
        self.write(|db| database::set_setting(db, CLOCK, &setting))?;
        self.clock.set(setting);
        self.wake.notify_one();
        Ok(())
    }

    /// Tells of the number of the last change, now and whenever it rises.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// What signatures are checked against today.
    ///
    /// # Errors
    /// [`BankError::Database`].
    pub fn trust(&self, db: &Connection) -> Result<TrustStore> {
        let mut trust = self.identity.trust();
        let mut query = db.prepare_cached("SELECT sha256 FROM revoked_certificate")?;
        let rows = query.query_map([], |row| row.get::<_, String>(0))?;
        for text in rows {
            let mut fingerprint = [0; 32];
            let text = text?;
            hex::decode_to_slice(&text, &mut fingerprint)
                .map_err(|e| BankError::data("revoked_certificate", e))?;
            trust.revoke(fingerprint);
        }
        Ok(trust)
    }

    /// Runs `check` with what a login statement must say to be meant for this server.
    pub fn as_server<T>(&self, check: impl FnOnce(&Server<'_>) -> T) -> T {
        let origin = self.origin();
        check(&Server {
            origin: &origin,
            certificate: self.identity.server_certificate.fingerprint(),
            minimum_client: MINIMUM_CLIENT,
        })
    }

    /// What everybody may know.
    pub fn info(&self) -> ServerInfo {
        ServerInfo {
            protocol: protocol::PROTOCOL_VERSION,
            server_time: self.clock.now(),
            time_zone: ZONE.to_owned(),
            profile: self.rules.profile.clone(),
            calendar: self.rules.calendar.clone(),
            banks: self.rules.banks.clone(),
            client: ClientPolicy {
                minimum: MINIMUM_CLIENT.to_owned(),
                latest: env!("CARGO_PKG_VERSION").to_owned(),
            },
            trust: Trust {
                ca_sha256: hex::encode(self.identity.authority.certificate().fingerprint()),
                receipt_signer_sha256: hex::encode(self.identity.receipt_certificate.fingerprint()),
            },
        }
    }
}

/// Runs blocking work of the bank off the network's threads.
///
/// # Errors
/// Whatever `work` says; [`BankError::Interrupted`] when it could not end.
pub async fn blocking<T, E>(
    bank: &Arc<Bank>,
    work: impl FnOnce(&Bank) -> std::result::Result<T, E> + Send + 'static,
) -> std::result::Result<T, E>
where
    T: Send + 'static,
    E: From<BankError> + Send + 'static,
{
    let bank = Arc::clone(bank);
    tokio::task::spawn_blocking(move || work(&bank))
        .await
        .unwrap_or_else(|_| Err(BankError::Interrupted.into()))
}
