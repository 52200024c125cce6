//! The bank as one thing: database, clock, keys, rules, and who must be told when something changes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use chrono::TimeDelta;
use protocol::{ServerInfo, Trust};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use signature::TrustStore;
use tokio::sync::Notify;

use crate::ground::card_secrets::CardSecrets;
use crate::ground::checkpoints::{Checkpointer, Done};
use crate::ground::error::{BankError, Result};
use crate::ground::folder::{Folder, Identity};
use crate::ground::lanes::{Lane, Lanes};
use crate::ground::news::News;
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

/// A running bank; shared by everything that serves it.
pub struct Bank {
    db: Mutex<Connection>,
    /// Without them (a database in memory) the one connection reads, too.
    readers: Option<Readers>,
    checkpointer: Option<Checkpointer>,
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
    /// What changed last, for everybody who listens.
    pub(crate) news: News,
    lanes: Lanes,
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
        Ok(Self {
            releases: Releases::of(folder),
            readers: Some(Readers::of(folder.database())),
            checkpointer: Some(Checkpointer::of(&folder.database())?),
            ..bank
        })
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
            checkpointer: None,
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
            news: News::after(last),
            lanes: Lanes::default(),
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
        let (last, told) = (changes::last(&transaction)?, self.news.last());
        let at =
            if last == told { Vec::new() } else { changes::last_of_customers_after(&transaction, told)? };
        transaction.commit().map_err(BankError::from)?;
        // Told before the next one may write, so that news come in the order of the changes.
        let is_news = self.news.tell(last, at);
        drop(db);
        if is_news {
            self.wake.notify_one();
        }
        Ok(value)
    }

    /// Brings what was written lately into the database's file, beside those who write.
    ///
    /// # Errors
    /// [`BankError::Database`]; nothing is lost by it.
    pub(crate) fn checkpoint(&self) -> Result<()> {
        if let Some(checkpointer) = &self.checkpointer {
            let Done { log, brought } = checkpointer.run()?;
            tracing::trace!(log, brought, "checkpoint");
        }
        Ok(())
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

    /// What signatures are verified against today, before a transaction begins: within one, only whether a
    /// certificate has ended meanwhile is asked ([`revocation::has_ended`]).
    ///
    /// # Errors
    /// [`BankError::Database`].
    pub fn trust(&self) -> Result<TrustStore> {
        self.read(|db| self.trust_by(db))
    }

    /// The same within a question that asks for more: who is let in is told what to verify against by one look.
    ///
    /// # Errors
    /// [`BankError::Database`].
    pub(crate) fn trust_by(&self, db: &Connection) -> Result<TrustStore> {
        let mut trust = self.identity.trust();
        for fingerprint in revocation::all(db, self.clock.now())? {
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

/// As [`blocking`], in a [`Lane`]: only so much work of its kind runs side by side, and the rest waits without a
/// thread.
///
/// # Errors
/// As [`blocking`].
pub(crate) async fn blocking_in<T, E>(
    bank: &Arc<Bank>,
    lane: Lane,
    work: impl FnOnce(&Bank) -> std::result::Result<T, E> + Send + 'static,
) -> std::result::Result<T, E>
where
    T: Send + 'static,
    E: From<BankError> + Send + 'static,
{
    let place = bank.lanes.enter(lane).await?;
    // The place goes with the work: a caller who hangs up ends the waiting, not the work.
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
    use std::sync::{Barrier, mpsc};

    use futures_util::FutureExt;

    use super::*;
    use crate::testing::World;

    #[tokio::test]
    async fn a_caller_who_hangs_up_makes_no_room_for_another() {
        let bank = World::new("kh").bank;
        let (begun, beginning) = mpsc::channel();
        let (go_on, waiting) = mpsc::channel::<()>();
        let of_caller = Arc::clone(&bank);
        let caller = tokio::spawn(async move {
            blocking_in(&of_caller, Lane::Look, move |_| {
                begun.send(()).unwrap();
                let _ = waiting.recv();
                Ok::<_, BankError>(())
            })
            .await
        });
        tokio::task::spawn_blocking(move || beginning.recv().unwrap()).await.unwrap();
        caller.abort();
        assert!(caller.await.unwrap_err().is_cancelled());
        let mut rest = Vec::new();
        for _ in 1..Lane::Look.width() {
            rest.push(bank.lanes.enter(Lane::Look).await.unwrap());
        }
        let another = || bank.lanes.enter(Lane::Look);
        assert!(another().now_or_never().is_none(), "the work goes on and keeps its place");
        drop(go_on);
        assert!(another().await.is_ok());
    }

    /// In every lane as many run at once as it is wide, never more, and other work goes on meanwhile.
    #[tokio::test]
    async fn a_lane_is_used_in_its_full_width_and_no_further() {
        for lane in [Lane::SlowHash, Lane::Look, Lane::Examine] {
            let bank = World::new("kh").bank;
            let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
            // Nobody gets past it before as many are there as the lane is wide.
            let together = Arc::new(Barrier::new(lane.width()));
            let mut running = Vec::new();
            for _ in 0..3 * lane.width() {
                let (bank, now, most) = (Arc::clone(&bank), Arc::clone(&now), Arc::clone(&most));
                let together = Arc::clone(&together);
                running.push(tokio::spawn(async move {
                    blocking_in(&bank, lane, move |_| {
                        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        together.wait();
                        now.fetch_sub(1, Ordering::SeqCst);
                        Ok::<_, BankError>(())
                    })
                    .await
                }));
            }
            assert!(blocking(&bank, |bank| Ok::<_, BankError>(bank.info())).await.is_ok());
            for work in running {
                work.await.unwrap().unwrap();
            }
            assert_eq!(most.load(Ordering::SeqCst), lane.width(), "{lane:?}");
        }
    }
}
