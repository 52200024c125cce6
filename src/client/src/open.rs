//! Opening the client: the house, the side of the connection that was used last, and what looks after both.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use store::Store;
use token::TokenConfig;

use crate::client::Client;
use crate::connection::connect::last_connection;
use crate::connection::lock;
use crate::error::{ClientError, Result};
use crate::house::House;
use crate::token::choice;
use crate::workplace::folders;
use crate::workplace::policy::{Policy, PolicyError};

/// Where the client keeps its data and which token it uses.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folder of the store; made if missing.
    pub data: PathBuf,
    /// The token. A card in any reader leaves it open: then the one that was chosen last is used, see
    /// [`Client::choose_token`].
    pub token: TokenConfig,
}

impl Client {
    /// Opens the store and starts the token's thread. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// [`ClientError::Store`] for a damaged, newer or locked store, which is left as it is; [`ClientError::Folder`]
    /// for one on a network drive.
    pub fn open(options: Options) -> Result<Self> {
        Self::open_under(options, Policy::of_system())
    }

    /// Like [`Client::open`] under another policy than this machine's.
    ///
    /// # Errors
    /// As there.
    pub fn open_under(options: Options, policy: std::result::Result<Policy, PolicyError>) -> Result<Self> {
        folders::refuse_network(&options.data)?;
        std::fs::create_dir_all(&options.data).map_err(ClientError::file(&options.data))?;
        let store = Store::open(&store_path(&options.data))?;
        let is_token_named = options.token != TokenConfig::Pcsc { reader: None };
        let config = store.read_with(|conn| choice::at_start(conn, options.token))?;
        let house = Arc::new(House::new(store, policy, config, is_token_named));
        let last = house.store.read_with(last_connection)?;
        let side = house.empty_side(lock::rules_without_bank());
        let client = Self::over(house, side);
        if let Some(key) = last {
            client.load_connection(key)?;
        }
        client.watch_side();
        Ok(client)
    }
}

/// The store's file in a data folder.
pub fn store_path(data: &Path) -> PathBuf {
    data.join("kapocs.sqlite")
}

/// The schema of the store in that file without opening it for work; `None` where no store is.
///
/// # Errors
/// [`ClientError::Store`] for one that this program cannot read, which is left as it is.
pub fn schema_of_store(path: &Path) -> Result<Option<u32>> {
    Ok(Store::inspect(path)?)
}
