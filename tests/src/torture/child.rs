//! The victim: a process that sends, ended by SIGKILL at a chosen moment. At one bank it is `kapocs-cli send`; at
//! several at once it is this crate's own program, because the command line sends for one customer at a time.

use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use client::{Client, Options, Pacing, Pin, TokenConfig, store_path};
use domain::PackageId;
use futures_util::future::join_all;
use store::Connection;

use super::plan::Trigger;
use super::survivor::{Place, Seat, customer_at};
use crate::house::{PIN, program};

/// A child that has not begun to send in this time is killed all the same.
const LIMIT: Duration = Duration::from_secs(100);
/// Between two looks at the child.
const LOOK: Duration = Duration::from_micros(500);

/// What is sent at one bank.
pub type Job = (Place, Vec<PackageId>);

/// Logs in at every bank and sends everything, to all banks at once.
///
/// # Errors
/// What kept it from sending.
pub async fn send_at(seat: &Seat, jobs: Vec<Job>) -> Result<(), String> {
    let token = TokenConfig::Software(seat.key_file.clone());
    let told = |error: client::ClientError| error.to_string();
    let client = Client::open(Options { data: seat.data.clone(), token }).map_err(told)?;
    let client = &client;
    let sending = jobs.into_iter().map(|(place, packages)| async move {
        let client = customer_at(client, place).await?;
        let _ = client.log_in(Pin::new(PIN), false).await.map_err(told)?;
        let outcomes = client.send(packages, Pacing::Together).await;
        outcomes.into_iter().try_for_each(|outcome| outcome.result.map(drop).map_err(told))
    });
    join_all(sending).await.into_iter().collect()
}

/// A running child.
pub struct Sender {
    child: Child,
    started: Instant,
}

impl Sender {
    /// Starts it; the PIN comes by standard input.
    pub fn start(seat: &Seat, jobs: &[Job], errors: &Path) -> std::io::Result<Self> {
        let errors = std::fs::OpenOptions::new().create(true).append(true).open(errors)?;
        let started = Instant::now();
        let mut command = match jobs {
            [(_, packages)] => one_bank(packages),
            several => several_banks(several),
        };
        let mut child = command
            .arg("--data")
            .arg(&seat.data)
            .arg("--token-file")
            .arg(&seat.key_file)
            .env("KAPOCS_LOG", "warn")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(errors)
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A child that was quick to fail does not read its PIN.
            let _ = stdin.write_all(PIN.as_bytes());
        }
        Ok(Self { child, started })
    }

    /// Waits for the kill's trigger, or for the child's own end. `outbox` counts what is written down.
    pub fn wait_for(&mut self, trigger: Trigger, outbox: &Outbox) -> std::io::Result<()> {
        loop {
            let now = match trigger {
                Trigger::Time(moment) => self.started.elapsed() >= moment,
                Trigger::Sending(packages) => outbox.new_submissions() >= packages,
            };
            if now || self.child.try_wait()?.is_some() || self.started.elapsed() >= LIMIT {
                return Ok(());
            }
            std::thread::sleep(LOOK);
        }
    }

    /// Ends it at once, as a power cut would; true: it had ended by itself before.
    pub fn kill(mut self) -> std::io::Result<bool> {
        let by_itself = self.child.try_wait()?.is_some();
        if !by_itself {
            self.child.kill()?;
            let _ = self.child.wait()?;
        }
        Ok(by_itself)
    }

    /// Waits for its own end; gives how long it took, or `None` if it failed.
    pub fn finish(mut self) -> std::io::Result<Option<Duration>> {
        let status = self.child.wait()?;
        Ok(status.success().then_some(self.started.elapsed()))
    }
}

fn one_bank(packages: &[PackageId]) -> Command {
    let mut command = Command::new(program("kapocs-cli"));
    let _ = command.arg("send").args(packages.iter().map(ToString::to_string));
    let _ = command.args(["--pin-fd", "0", "--json"]);
    command
}

fn several_banks(jobs: &[Job]) -> Command {
    let mut command = Command::new(program("torture"));
    let _ = command.arg("send");
    for (place, packages) in jobs {
        let packages: Vec<String> = packages.iter().map(ToString::to_string).collect();
        let _ = command.arg(format!("{place}:{}", packages.join(",")));
    }
    command
}

/// A look into the child's store from outside, to see when it begins to send. It is closed before the kill, so
/// that the crash leaves what it would leave without it.
pub struct Outbox {
    connection: Connection,
    before: u32,
}

impl Outbox {
    /// Opens the store of a client that does not run yet.
    pub fn open(data: &Path) -> Result<Self, String> {
        let connection = Connection::open(store_path(data)).map_err(|e| e.to_string())?;
        connection.pragma_update(None, "query_only", true).map_err(|e| e.to_string())?;
        let mut outbox = Self { connection, before: 0 };
        outbox.before = outbox.submissions();
        Ok(outbox)
    }

    fn submissions(&self) -> u32 {
        // A store that is busy for a moment has nothing new to tell.
        let count = self.connection.query_row("SELECT count(*) FROM submissions", [], |row| row.get(0));
        count.unwrap_or(self.before)
    }

    fn new_submissions(&self) -> usize {
        (self.submissions() - self.before) as usize
    }
}
