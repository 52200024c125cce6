//! Waking up after the computer (or only this program) slept.
//!
//! Nothing tells a program so in the same way on both systems, and a stopped process is told nothing at all. So a tick
//! that comes far too late is taken for sleep. What was open may be dead without a word then: the connection to the
//! bank, the handle on the smart card service, what we believed of the bank's clock. All of it is made anew at once,
//! instead of when somebody stumbles over it. A busy machine that is mistaken for a sleeping one costs one sync.

use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::bank::Capability;
use crate::client::Client;
use crate::connection::moment::Moment;
use crate::error::Result;

/// Pause between two looks at the clocks: half a processor tick an hour.
const TICK: Duration = Duration::from_secs(15);
/// So much later than due is sleep.
const LATE: Duration = Duration::from_secs(20);

impl Client {
    /// Looks at the clocks as long as the client lives.
    pub(crate) fn watch_for_sleep(&self) {
        let weak = self.downgrade();
        drop(tokio::spawn(async move {
            loop {
                let before = Moment::now();
                tokio::time::sleep(TICK).await;
                let Some(client) = weak.upgrade() else { return };
                if slept(before.elapsed()) {
                    client.wake_up().await;
                }
            }
        }));
    }

    /// Makes anew what a sleep may have broken. The session ends here if its time is over; otherwise the bank is asked
    /// for its time, for what happened and for the fate of what was on its way.
    async fn wake_up(&self) {
        tracing::info!("back after a sleep");
        if let Some(why) = self.time_is_up() {
            self.lock(why).await;
        }
        let token = self.token();
        // Ending the old watch may take a moment.
        if tokio::task::spawn_blocking(move || token.watch_anew()).await.is_err() {
            tracing::error!("the token cannot be watched anew");
        }
        if self.open_session_now().is_some() {
            self.side.bank.ask_clock.store(true, Ordering::Relaxed);
            self.follow();
        }
    }

    /// Asks the bank for its time and rules, if a sleep has made ours doubtful.
    pub(crate) async fn trust_clock_again(&self) -> Result<()> {
        let in_doubt = self.side.bank.ask_clock.load(Ordering::Relaxed);
        if in_doubt && self.capabilities().has(Capability::Information) {
            let _ = self.refresh_rules().await?;
            self.side.bank.ask_clock.store(false, Ordering::Relaxed);
        }
        Ok(())
    }
}

/// Whether that is too long for a tick.
fn slept(elapsed: Duration) -> bool {
    elapsed > TICK + LATE
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use tokio::time::Instant;

    use super::*;

    #[test]
    fn a_late_tick_is_no_sleep_and_a_gap_on_either_clock_is() {
        assert!(!slept(TICK));
        assert!(!slept(TICK + LATE / 2));
        assert!(slept(TICK + LATE * 2));
        // Linux's own clock stands still while the computer sleeps; the wall's goes on.
        let before = Moment(Instant::now(), SystemTime::now() - Duration::from_secs(3600));
        assert!(slept(before.elapsed()));
        // A wall clock that was set back hides nothing.
        let before = Moment(Instant::now(), SystemTime::now() + Duration::from_secs(3600));
        assert!(!slept(before.elapsed()));
    }
}
