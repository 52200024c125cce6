//! Opening the client: the store, the token's thread, and what looks after both.

use std::path::{Path, PathBuf};

use store::Store;
use token::{TokenConfig, TokenService};

use crate::client::Client;
use crate::connection::lock;
use crate::error::{ClientError, Result};
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
        let config = store.read_with(|conn| choice::at_start(conn, options.token))?;
        let token = TokenService::start(config);
        let client = Self::over(store, policy, token, lock::rules_without_bank());

        client.load_connection()?;
        client.lock_when_token_leaves();
        client.watch_unblocking();
        client.watch_for_sleep();
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
