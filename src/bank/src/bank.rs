//! The bank as one thing: database, clock, keys, rules, and who must be told when something changes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use chrono::TimeDelta;
use protocol::{ServerInfo, Trust};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use signature::TrustStore;
use tokio::sync::{Notify, Semaphore, watch};

use crate::ground::card_secrets::CardSecrets;
use crate::ground::error::{BankError, Result};
use crate::ground::folder::{Folder, Identity};
use crate::ground::readers::{self, Readers};
use crate::ground::rules::Rules;
use crate::ground::time::{Clock, ClockSetting, ZONE};
use crate::ground::{changes, database};
use crate::people::approvals::Approvals;
use crate::people::challenges::Challenges;
use crate::people::login::Server;
use crate::people::revocation;
use crate::releases::client_versions::Demand;
use crate::releases::published::Releases;

/// Setting: name of the profile.
pub const PROFILE: &str = "profile";
/// Setting: the clock.
pub const CLOCK: &str = "clock";

/// Setting: whether software tokens may log in, when it is not as the profile says.
const SOFTWARE_ALLOWED: &str = "software_allowed";

/// Setting: which clients the operator takes.
const DEMAND: &str = "client_demand";

/// Calls that compare slow hashes side by side; each takes 16 MB and a processor.
const SLOW_SIDE_BY_SIDE: usize = 4;

/// A running bank; shared by everything that serves it.
pub struct Bank {
    db: Mutex<Connection>,
    /// Without them (a database in memory) the one connection reads, too.
    readers: Option<Readers>,
    pub rules: Rules,
    pub identity: Identity,
    /// What opens the bank's tokens.
    pub cards: CardSecrets,
    /// Bank time.
    pub clock: Clock,
    pub challenges: Challenges,
    /// Approvals begun in the web client.
    pub approvals: Approvals,
    origin: RwLock<String>,
    releases: Releases,
    demand: RwLock<Demand>,
    web_origin: RwLock<String>,
    software_allowed: AtomicBool,
    changes: watch::Sender<u64>,
    slow: Arc<Semaphore>,
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
        let bank = Self::new(db, rules, folder.read_identity()?, folder.read_card_secrets()?)?;
        Ok(Self { releases: Releases::of(folder), readers: Some(Readers::of(folder.database())), ..bank })
    }

    /// A bank over an open database.
    pub fn new(db: Connection, rules: Rules, identity: Identity, cards: CardSecrets) -> Result<Self> {
        let setting = database::setting(&db, CLOCK)?.unwrap_or_else(ClockSetting::system);
        let demand = database::setting(&db, DEMAND)?.unwrap_or_default();
        let last = changes::last(&db)?;
        let software = database::setting(&db, SOFTWARE_ALLOWED)?;
        let software_allowed = AtomicBool::new(software.unwrap_or(rules.profile.token.software_allowed));
        Ok(Self {
            db: Mutex::new(db),
            readers: None,
            rules,
            identity,
            cards,
            clock: Clock::new(setting),
            challenges: Challenges::default(),
            approvals: Approvals::default(),
            origin: RwLock::new(String::new()),
            releases: Releases::none(),
            demand: RwLock::new(demand),
            web_origin: RwLock::new(String::new()),
            software_allowed,
            changes: watch::channel(last).0,
            slow: Arc::new(Semaphore::new(SLOW_SIDE_BY_SIDE)),
            wake: Notify::new(),
        })
    }

    /// Says under which origin clients reach the bank, once that is known.
    pub fn set_origin(&self, origin: &str) {
        origin.clone_into(&mut self.origin.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// The releases that the bank hands out.
    pub fn releases(&self) -> &Releases {
        &self.releases
    }

    /// Which clients the operator takes.
    pub fn demand(&self) -> Demand {
        self.demand.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes only such clients from the next call on, over restarts too.
    ///
    /// # Errors
    /// [`BankError::Data`] for a demand that nobody can meet; everything then stays.
    pub fn set_demand(&self, demand: Demand) -> Result<()> {
        demand.check()?;
        self.write(|db| database::set_setting(db, DEMAND, &demand))?;
        *self.demand.write().unwrap_or_else(PoisonError::into_inner) = demand;
        Ok(())
    }

    /// The origin that login statements must name.
    pub fn origin(&self) -> String {
        self.origin.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Says under which origin browsers reach the web client.
    pub fn set_web_origin(&self, origin: &str) {
        origin.clone_into(&mut self.web_origin.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// The origin of the web client: what its statements must name and its forms must come from.
    pub fn web_origin(&self) -> String {
        self.web_origin.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Runs `work` over one state of the database. It waits for nobody who writes, and changes nothing.
    ///
    /// # Errors
    /// Whatever `work` says.
    pub fn read<T, E: From<BankError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        match &self.readers {
            Some(readers) => readers.read(work),
            None => readers::only_read(&mut self.db.lock().unwrap_or_else(PoisonError::into_inner), work),
        }
    }

    /// Runs `work` in one transaction: all of it is on the disk when this returns, or none.
    ///
    /// # Errors
    /// Whatever `work` says; then nothing was written.
    ///
    /// One transaction at a time: whoever else wants to write waits. What strangers send is read, hashed and verified
    /// before, never in here.
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

    /// Allows or forbids software tokens from the next login on, over restarts too.
    ///
    /// # Errors
    /// [`BankError::Database`]; everything then stays.
    pub fn allow_software(&self, allowed: bool) -> Result<()> {
        self.write(|db| database::set_setting(db, SOFTWARE_ALLOWED, &allowed))?;
        self.software_allowed.store(allowed, Ordering::Relaxed);
        Ok(())
    }

    /// After so long a session ends in any case.
    pub fn session_life(&self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.rules.profile.token.session.absolute_minutes))
    }

    /// Tells of the number of the last change, now and whenever it rises.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// What signatures are verified against today, before a transaction begins: within one, only whether a
    /// certificate has ended meanwhile is asked ([`revocation::has_ended`]).
    ///
    /// # Errors
    /// [`BankError::Database`].
    pub fn trust(&self) -> Result<TrustStore> {
        let mut trust = self.identity.trust();
        for fingerprint in self.read(|db| revocation::all(db, self.clock.now()))? {
            trust.revoke(fingerprint);
        }
        Ok(trust)
    }

    /// Runs `check` with what a login statement must say to be meant for this server.
    pub fn as_server<T>(&self, check: impl FnOnce(&Server<'_>) -> T) -> T {
        let (origin, demand) = (self.origin(), self.demand());
        check(&Server {
            origin: &origin,
            certificate: self.identity.server_certificate.fingerprint(),
            demand: &demand,
            software_allowed: self.software_allowed.load(Ordering::Relaxed),
        })
    }

    /// What everybody may know.
    pub fn info(&self) -> ServerInfo {
        let released = self.releases.manifest().unwrap_or_else(|error| {
            tracing::error!(code = error.code(), %error, "the newest release cannot be read");
            None
        });
        let mut profile = self.rules.profile.clone();
        profile.token.software_allowed = self.software_allowed.load(Ordering::Relaxed);
        ServerInfo {
            protocol: protocol::PROTOCOL_VERSION,
            server_time: self.clock.now(),
            time_zone: ZONE.to_owned(),
            profile,
            calendar: self.rules.calendar.clone(),
            banks: self.rules.banks.clone(),
            client: self.demand().policy(released.map(|manifest| manifest.version)),
            trust: Trust {
                ca_sha256: hex::encode(self.identity.authority.certificate().fingerprint()),
                receipt_signer_sha256: hex::encode(self.identity.receipt_certificate.fingerprint()),
            },
        }
    }
}

/// As [`blocking`], for work with a slow hash that strangers can ask for: only so many run side by side, and the others
/// wait without a thread, so that nobody fills the memory or keeps the bank's other work waiting.
///
/// # Errors
/// As [`blocking`].
pub async fn blocking_slowly<T, E>(
    bank: &Arc<Bank>,
    work: impl FnOnce(&Bank) -> std::result::Result<T, E> + Send + 'static,
) -> std::result::Result<T, E>
where
    T: Send + 'static,
    E: From<BankError> + Send + 'static,
{
    let place = Arc::clone(&bank.slow).acquire_owned().await.map_err(|_| BankError::Interrupted)?;
    // The place goes with the work: a caller who hangs up ends the waiting, not the hash.
    blocking(bank, move |bank| {
        let _place = place;
        work(bank)
    })
    .await
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    use super::*;
    use crate::testing::World;

    #[tokio::test]
    async fn a_caller_who_hangs_up_makes_no_room_for_another_slow_hash() {
        let bank = World::new("kh").bank;
        let (begun, beginning) = std::sync::mpsc::channel();
        let (go_on, waiting) = std::sync::mpsc::channel::<()>();
        let hash = Arc::clone(&bank);
        let caller = tokio::spawn(async move {
            blocking_slowly(&hash, move |_| {
                begun.send(()).unwrap();
                let _ = waiting.recv();
                Ok::<_, BankError>(())
            })
            .await
        });
        tokio::task::spawn_blocking(move || beginning.recv().unwrap()).await.unwrap();
        caller.abort();
        assert!(caller.await.unwrap_err().is_cancelled());
        assert_eq!(bank.slow.available_permits(), SLOW_SIDE_BY_SIDE - 1);
        drop(go_on);
        let all = u32::try_from(SLOW_SIDE_BY_SIDE).unwrap();
        let free = bank.slow.acquire_many(all);
        assert!(tokio::time::timeout(Duration::from_secs(60), free).await.is_ok());
    }

    #[tokio::test]
    async fn slow_hashes_run_side_by_side_in_bounds_and_leave_room_for_other_work() {
        let bank = World::new("kh").bank;
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let mut slow = Vec::new();
        for _ in 0..3 * SLOW_SIDE_BY_SIDE {
            let (bank, now, most) = (Arc::clone(&bank), Arc::clone(&now), Arc::clone(&most));
            slow.push(tokio::spawn(async move {
                blocking_slowly(&bank, move |_| {
                    let running = now.fetch_add(1, Ordering::SeqCst) + 1;
                    most.fetch_max(running, Ordering::SeqCst);
                    std::thread::sleep(Duration::from_millis(50));
                    now.fetch_sub(1, Ordering::SeqCst);
                    Ok::<_, BankError>(())
                })
                .await
            }));
        }
        assert!(blocking(&bank, |bank| Ok::<_, BankError>(bank.info())).await.is_ok());
        for work in slow {
            work.await.unwrap().unwrap();
        }
        assert!(most.load(Ordering::SeqCst) <= SLOW_SIDE_BY_SIDE);
    }
}
