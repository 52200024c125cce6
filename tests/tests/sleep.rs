//! A program that slept (here: was stopped and continued, which is the same to it) finds the bank, its clock and what
//! happened there again by itself.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use chrono::Utc;
use client::{Change, Client, Options, Pin, TokenConfig};
use harness::house::{House, PIN};
use harness::story::runtime;

const FOLDER: &str = "KAPOCS_TEST_SLEEPER_FOLDER";
const KEY: &str = "KAPOCS_TEST_SLEEPER_KEY";
const CONNECTION: &str = "KAPOCS_TEST_SLEEPER_CONNECTION";
const TEST: &str = "what_happened_in_the_sleep_is_fetched_when_the_program_wakes_up";
/// Longer than the client's tick may be late.
const SLEEP: Duration = Duration::from_secs(40);
const PATIENCE: Duration = Duration::from_secs(90);
/// How far the bank's clock goes ahead meanwhile.
const AHEAD: i64 = 200;

/// Ends its process with the test.
struct Ending(Child);

impl Drop for Ending {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The program that sleeps: logs in, and says after each sync by how many seconds the bank's clock is ahead.
async fn sleeper(folder: PathBuf) {
    let path = |name| PathBuf::from(std::env::var_os(name).expect("set by the test"));
    let client = Client::open(Options { data: folder, token: TokenConfig::Software(path(KEY)) }).unwrap();
    let _ = client.connect(&path(CONNECTION)).await.unwrap();
    let mut changes = client.changes();
    let _ = client.log_in(Pin::new(PIN), false).await.unwrap();
    loop {
        if changes.recv().await.unwrap() == Change::Synced {
            println!("synced {}", (client.now() - Utc::now()).num_seconds());
            std::io::stdout().flush().unwrap();
        }
    }
}

fn signal(process: &Child, name: &str) {
    let sent = Command::new("kill").args([name, &process.id().to_string()]).status();
    assert!(sent.expect("kill runs").success());
}

/// The lines of a program as they come.
fn lines(process: &mut Child) -> Receiver<String> {
    let (sender, receiver) = channel();
    let output = BufReader::new(process.stdout.take().expect("piped"));
    drop(std::thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    }));
    receiver
}

/// Waits for a sync after which the bank's clock is known to be that far ahead.
fn synced(lines: &Receiver<String>, ahead: std::ops::Range<i64>) {
    let start = Instant::now();
    while let Ok(line) = lines.recv_timeout(PATIENCE.saturating_sub(start.elapsed())) {
        let told = line.split_once("synced ").and_then(|(_, seconds)| seconds.trim().parse().ok());
        if told.is_some_and(|seconds| ahead.contains(&seconds)) {
            return;
        }
    }
    panic!("no sync with the bank's clock ahead by {ahead:?} seconds");
}

#[test]
fn what_happened_in_the_sleep_is_fetched_when_the_program_wakes_up() {
    let runtime = runtime();
    if let Some(folder) = std::env::var_os(FOLDER) {
        return runtime.block_on(sleeper(folder.into()));
    }
    runtime.block_on(async {
        let house = House::start("kh").await;
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", TEST, "--nocapture", "--test-threads=1"])
            .env(FOLDER, house.client_folder("sleeper"))
            .env(KEY, house.key_file("Kovács"))
            .env(CONNECTION, house.connection_file())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this test program starts once more");
        let mut child = Ending(child);
        let lines = lines(&mut child.0);
        synced(&lines, -AHEAD / 2..AHEAD / 2);
        signal(&child.0, "-STOP");
        house.advance(AHEAD).await;
        tokio::time::sleep(SLEEP).await;
        signal(&child.0, "-CONT");
        synced(&lines, AHEAD / 2..AHEAD * 2);
    });
}
