//! A client's store that knows its bank's rules and accounts, and a signer's key, made once by the real demo bank.

use std::fs;
use std::path::{Path, PathBuf};

use domain::{AccountNumber, Transfer};
use harness::house::{House, PIN};
use harness::orders::plain_order;
use signature::keyfile::{KeyFile, KeySlot};
use signature::{Certificate, PrivateKey, TrustStore};

use crate::Outcome;

/// What is left of a demo bank after its client has logged in once.
pub struct Left {
    house: House,
    account: AccountNumber,
    /// The signer's key, unlocked.
    pub key: PrivateKey,
    /// Its certificate.
    pub certificate: Certificate,
    /// Whom the bank trusts.
    pub trust: TrustStore,
}

impl Left {
    /// Starts a demo bank, logs a client in, and ends both.
    pub fn make() -> Outcome<Self> {
        let mut house = runtime()?.block_on(async {
            let house = House::start("kh").await;
            house.logged_in("client", "Kovács").await.log_out().await;
            house
        });
        house.kill();
        let keys = KeyFile::parse(&fs::read_to_string(house.key_file("Kovács"))?)?;
        let connection: protocol::ConnectionFile =
            toml::from_str(&fs::read_to_string(house.connection_file())?)?;
        Ok(Self {
            account: house.account(0),
            key: keys.unlock(PIN, KeySlot::Signing)?,
            certificate: keys.certificate(KeySlot::Signing).clone(),
            trust: TrustStore::from_pem(&connection.ca_pem)?,
            house,
        })
    }

    /// A folder that goes with this.
    pub fn folder(&self) -> PathBuf {
        self.house.client_folder("")
    }

    /// A fresh copy of the client's data.
    pub fn client(&self) -> Outcome<PathBuf> {
        let copy = self.house.client_folder("copy");
        if copy.exists() {
            fs::remove_dir_all(&copy)?;
        }
        copy_folder(&self.house.client_folder("client"), &copy)?;
        Ok(copy)
    }

    /// Transfers from the customer's own account.
    pub fn orders(&self, count: u64) -> Vec<Transfer> {
        (0..count).map(|n| Transfer { debit_account: self.account, ..plain_order(n) }).collect()
    }
}

/// A runtime as the programs have it.
pub fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            let _ = fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
