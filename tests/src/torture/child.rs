//! The victim: `kapocs-cli send` as a process of its own, ended by SIGKILL at a chosen moment.

use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use client::store_path;
use domain::PackageId;
use store::Connection;

use super::plan::Trigger;
use crate::house::{PIN, program};

/// A child that has not begun to send in this time is killed all the same.
const LIMIT: Duration = Duration::from_secs(100);
/// Between two looks at the child.
const LOOK: Duration = Duration::from_micros(500);

/// A running `kapocs-cli send`.
pub struct Sender {
    child: Child,
    started: Instant,
}

impl Sender {
    /// Starts it; the PIN comes by standard input.
    pub fn start(
        data: &Path,
        key_file: &Path,
        packages: &[PackageId],
        errors: &Path,
    ) -> std::io::Result<Self> {
        let errors = std::fs::OpenOptions::new().create(true).append(true).open(errors)?;
        let started = Instant::now();
        let mut child = Command::new(program("kapocs-cli"))
            .arg("send")
            .args(packages.iter().map(ToString::to_string))
            .arg("--token-file")
            .arg(key_file)
            .args(["--pin-fd", "0", "--json", "--data"])
            .arg(data)
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
