//! What is measured.

mod crowd;
mod strangers;
mod streams;
mod submissions;

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::{Bank, Figures, Result};

/// Where the bank's customers call from, and where strangers do: all are this machine.
const CUSTOMERS: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));
/// Where those listen from: an address has so many connections, and calls are not to be short of them.
const LISTENERS: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 4));
const STRANGERS: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 3));
/// Event streams that one session has at most.
const STREAMS_OF_A_SESSION: usize = 4;

/// How much of it.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Measure {
    /// Seconds of each scene.
    #[arg(long, default_value_t = 20)]
    pub seconds: u64,
    /// Packages that are sent in a second.
    #[arg(long, default_value_t = 50)]
    pub rate: u32,
    /// Event streams beside them.
    #[arg(long, default_value_t = 200)]
    pub streams: usize,
    /// Customers of the bank in the scene of many customers, with half as many streams.
    #[arg(long, default_value_t = 1_000)]
    pub customers: usize,
    /// Connections of strangers that say nothing.
    #[arg(long, default_value_t = 2_000)]
    pub idle: usize,
    /// Registrations that strangers ask for side by side, each from an address of its own.
    #[arg(long, default_value_t = 60)]
    pub registrations: usize,
}

/// A scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// Packages come in while many listen.
    Submissions,
    /// The bank has many customers, and some of them look around.
    Customers,
    /// Strangers hold connections and ask for slow hashes while customers work.
    Strangers,
}

impl Scene {
    pub const ALL: [Self; 3] = [Self::Submissions, Self::Customers, Self::Strangers];

    /// What it is about, in a line.
    pub fn title(self, measure: &Measure) -> String {
        let Measure { seconds, rate, streams, customers, idle, registrations } = measure;
        match self {
            Self::Submissions => format!("{rate} packages a second and {streams} event streams, {seconds} s"),
            Self::Customers => {
                format!("{customers} more customers and {} event streams, {seconds} s", streams / 2)
            }
            Self::Strangers => {
                format!("{idle} idle connections and {registrations} registrations of strangers, {seconds} s")
            }
        }
    }

    /// Plays it before a bank of that program.
    ///
    /// # Errors
    /// When the bank could not be made or nobody could log in; calls that fail are counted instead.
    pub async fn play(self, program: &Path, measure: &Measure) -> Result<Figures> {
        let customers = if self == Self::Customers { measure.customers } else { 0 };
        let program = program.to_owned();
        let bank = tokio::task::spawn_blocking(move || Bank::start(&program, customers)).await??;
        let mut figures = match self {
            Self::Submissions => submissions::play(&bank, measure).await?,
            Self::Customers => crowd::play(&bank, measure).await?,
            Self::Strangers => strangers::play(&bank, measure).await?,
        };
        figures.memory = bank.memory();
        Ok(figures)
    }
}

/// The moments of `rate` calls a second for so many seconds, from now on.
fn moments(rate: u32, seconds: u64) -> impl Iterator<Item = Instant> {
    let begun = Instant::now();
    let count = u64::from(rate) * seconds;
    (0..count).map(move |n| begun + Duration::from_micros(n * 1_000_000 / u64::from(rate.max(1))))
}

/// Where the stranger of that number calls from: each from an address of its own, for one address has few tries.
fn stranger(number: usize) -> IpAddr {
    let [.., high, low] = number.to_be_bytes();
    IpAddr::V4(Ipv4Addr::new(127, 1, high, low))
}

/// Waits for a moment.
async fn at(moment: Instant) {
    tokio::time::sleep_until(moment.into()).await;
}
