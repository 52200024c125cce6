//! The client after the crash: opens the store that the killed process left, logs in, asks the bank.

use std::path::{Path, PathBuf};
use std::time::Duration;

use client::{Client, ClientError, Options, PackageChoice, Pin, TokenConfig, store_path};
use domain::submission::SubmissionState;
use domain::{AccountNumber, Explain, PackageId, PackageState, key};
use futures_util::future::join_all;
use store::{Connection, audit};

use crate::house::{PIN, draft};

/// Times that it asks before it counts as not recovering.
const TRIES: u32 = 40;
/// Between two times.
const PAUSE: Duration = Duration::from_millis(50);

/// Where a kill found a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing had been written down about sending it.
    Before,
    /// Sending was written down, no receipt was.
    InFlight,
    /// The receipt was there.
    After,
}

/// A package before and after the client asked the bank.
#[derive(Clone, Debug)]
pub struct Fate {
    /// Which.
    pub package: PackageId,
    /// Where the kill found it.
    pub found: Found,
    /// Its state once the client has recovered.
    pub state: PackageState,
    /// Its submission's state then.
    pub submission: Option<SubmissionState>,
    /// Whether the bank's receipt is kept.
    pub receipt: bool,
}

/// A bank of a store: the connection to it.
pub type Place = domain::ConnectionKey;

/// The folder and token that all clients of a lane share, one after the other.
#[derive(Clone, Debug)]
pub struct Seat {
    /// The client's data.
    pub data: PathBuf,
    /// The user's key file.
    pub key_file: PathBuf,
}

fn told(error: ClientError) -> String {
    format!("{} ({error})", error.code())
}

/// The handle of the only customer at a bank.
pub(super) async fn customer_at(client: &Client, place: Place) -> Result<Client, String> {
    let all = client.customers_of_all().await.map_err(told)?;
    let here = all.iter().find(|one| one.connection == place).ok_or("the bank has no customer here")?;
    client.at(here.key).await.map_err(told)
}

impl Seat {
    /// Runs something with a fresh client; everything of it is gone when this returns.
    pub fn with_client<T>(&self, work: impl AsyncFnOnce(&Client) -> Result<T, String>) -> Result<T, String> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .map_err(|e| e.to_string())?;
        let result = runtime.block_on(async {
            let token = TokenConfig::Software(self.key_file.clone());
            let client = Client::open(Options { data: self.data.clone(), token }).map_err(told)?;
            let result = work(&client).await;
            client.log_out().await;
            result
        });
        runtime.shutdown_timeout(Duration::from_secs(10));
        result
    }

    /// [`Seat::with_client`] at one bank.
    fn at<T>(&self, place: Place, work: impl AsyncFnOnce(&Client) -> Result<T, String>) -> Result<T, String> {
        self.with_client(async |client| {
            let client = customer_at(client, place).await?;
            let result = work(&client).await;
            client.log_out().await;
            result
        })
    }

    /// Takes the connection file and the bank's rules.
    pub fn connect(&self, file: &Path) -> Result<Place, String> {
        self.with_client(async |client| {
            let (client, _) = client.connect_to(file).await.map_err(told)?;
            let _ = client.log_in(Pin::new(PIN), false).await.map_err(told)?;
            client.sync().await.map_err(told)?;
            client.log_out().await;
            client.own_connection().ok_or_else(|| "no connection was kept".to_owned())
        })
    }

    /// What a kill left behind at each bank, and what becomes of it; all banks are asked at once.
    pub fn recover(&self, places: &[Place], packages: &[Vec<PackageId>]) -> Result<Vec<Vec<Fate>>, String> {
        self.with_client(async |client| {
            let each = places.iter().zip(packages).map(|(place, packages)| async move {
                let client = customer_at(client, *place).await?;
                let fates = Self::recover_at(&client, packages).await;
                client.log_out().await;
                fates
            });
            join_all(each).await.into_iter().collect()
        })
    }

    async fn recover_at(client: &Client, packages: &[PackageId]) -> Result<Vec<Fate>, String> {
        let mut found = Vec::new();
        for package in packages {
            let (state, ..) = look(client, *package).await?;
            found.push(match state {
                PackageState::Signed => Found::Before,
                PackageState::Sending => Found::InFlight,
                _ => Found::After,
            });
        }
        let _ = client.log_in(Pin::new(PIN), false).await.map_err(told)?;
        ask_until_known(client, packages).await?;
        let mut fates = Vec::new();
        for (package, found) in packages.iter().zip(found) {
            let (state, submission, receipt) = look(client, *package).await?;
            fates.push(Fate { package: *package, found, state, submission, receipt });
        }
        Ok(fates)
    }

    /// The states of packages after a sync.
    pub fn states(&self, place: Place, packages: &[PackageId]) -> Result<Vec<PackageState>, String> {
        self.at(place, async |client| {
            let _ = client.log_in(Pin::new(PIN), false).await.map_err(told)?;
            client.sync().await.map_err(told)?;
            let mut states = Vec::new();
            for package in packages {
                states.push(look(client, *package).await?.0);
            }
            Ok(states)
        })
    }

    /// Records and signs packages of one instant order each, of rising amounts.
    pub fn prepare(
        &self,
        place: Place,
        debit: AccountNumber,
        first: i64,
        count: i64,
    ) -> Result<Vec<PackageId>, String> {
        self.at(place, async |client| {
            let mut packages = Vec::new();
            for amount in first..first + count {
                let order = (draft(debit, amount)).with_tick(key::INSTANT, true);
                let saved = client.save_order(order, PackageChoice::New, None).await.map_err(told)?;
                let sheet = client.signing_sheet(saved.package).await.map_err(told)?;
                let signed = client.sign(saved.package, sheet.head.fingerprint, Pin::new(PIN), false).await;
                match signed.map_err(told)?.state {
                    PackageState::Signed => packages.push(saved.package),
                    other => return Err(format!("a package is {} after signing", other.name())),
                }
            }
            Ok(packages)
        })
    }

    /// Sum of packages in forints.
    pub fn total(&self, place: Place, packages: &[PackageId]) -> Result<i64, String> {
        self.at(place, async |client| {
            let mut sum = 0;
            for package in packages {
                sum += client.sent_package(*package).await.map_err(told)?.line.total.minor_units();
            }
            Ok(sum)
        })
    }

    /// Whether the audit log's chain is whole; gives its entries.
    pub fn audit_chain(&self) -> Result<u64, String> {
        let connection = Connection::open(store_path(&self.data)).map_err(|e| e.to_string())?;
        audit::verify(&connection).map_err(|e| e.to_string())
    }
}

async fn look(
    client: &Client,
    package: PackageId,
) -> Result<(PackageState, Option<SubmissionState>, bool), String> {
    let detail = client.sent_package(package).await.map_err(told)?;
    Ok((detail.line.state, detail.line.submission, detail.receipt.is_some()))
}

/// Asks until no package's fate is unknown: a fault may hit the question too.
async fn ask_until_known(client: &Client, packages: &[PackageId]) -> Result<(), String> {
    let mut last = String::from("the bank answered, and yet the fate is unknown");
    for _ in 0..TRIES {
        if let Err(error) = client.recover().await {
            last = told(error);
        }
        let mut unknown = false;
        for package in packages {
            unknown |= look(client, *package).await?.0 == PackageState::Sending;
        }
        if !unknown {
            return Ok(());
        }
        tokio::time::sleep(PAUSE).await;
    }
    Err(format!("both unknown: a package stays \"sending\"; last: {last}"))
}
