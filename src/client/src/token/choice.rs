//! Which token the program uses: chosen once, remembered in the store, changed while it runs.

use std::path::PathBuf;

use domain::ConnectionKey;
use serde::{Deserialize, Serialize};
use token::{ReaderSeen, TokenConfig};

use crate::change::Change;
use crate::client::Client;
use crate::error::Result;
use crate::state::locked;

/// Key of the setting that remembers the choice.
const CHOICE: &str = "token-choice";

/// Which token to use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum TokenChoice {
    /// A card in any reader.
    #[default]
    AnyReader,
    /// A card in the reader of this exact name.
    Reader {
        /// The reader's name.
        name: String,
    },
    /// A token behind a vendor's PKCS#11 module.
    Module {
        /// The module's full path.
        path: PathBuf,
        /// Label or serial number of the token; the first with certificates when `None`.
        token: Option<String>,
    },
    /// The key file at this path.
    File {
        /// Its path.
        path: PathBuf,
    },
}

impl TokenChoice {
    /// What the token service is told.
    pub(crate) fn config(&self) -> TokenConfig {
        match self {
            Self::AnyReader => TokenConfig::Pcsc { reader: None },
            Self::Reader { name } => TokenConfig::Pcsc { reader: Some(name.clone()) },
            Self::Module { path, token } => {
                TokenConfig::Pkcs11 { module: path.clone(), token: token.clone() }
            }
            Self::File { path } => TokenConfig::Software(path.clone()),
        }
    }
}

/// Key of the setting that remembers a connection's own token.
pub(crate) fn own_token_key(connection: ConnectionKey) -> String {
    format!("token-choice/{connection}")
}

/// The token to start with: what the options say, or what was chosen before where they leave it open.
pub(crate) fn at_start(conn: &store::Connection, options: TokenConfig) -> Result<TokenConfig> {
    if options != (TokenConfig::Pcsc { reader: None }) {
        return Ok(options);
    }
    let chosen: Option<TokenChoice> = store::settings::get(conn, CHOICE)?;
    Ok(chosen.unwrap_or_default().config())
}

impl Client {
    /// The readers that are plugged in.
    ///
    /// # Errors
    /// [`crate::ClientError::Token`] when no smart card service runs.
    pub async fn readers(&self) -> Result<Vec<ReaderSeen>> {
        Ok(self.token().readers().await?)
    }

    /// The choice that is remembered: this connection's own, or the one of all.
    pub async fn token_choice(&self) -> Result<TokenChoice> {
        if let Some(own) = self.own_token().await? {
            return Ok(own);
        }
        Ok(self.setting(CHOICE).await?.unwrap_or_default())
    }

    /// Uses another token, now and at every start that names none: for this connection if it has one of its own, else
    /// for all that have none. A session of the token before is locked as soon as the other one is seen.
    pub async fn choose_token(&self, choice: TokenChoice) -> Result<()> {
        if self.own_token().await?.is_some() {
            return self.choose_own_token(Some(choice)).await;
        }
        let config = choice.config();
        self.set_setting(CHOICE, choice).await?;
        Ok(self.token().use_token(config).await?)
    }

    /// Uses a token of this connection's own from now on, and at every start that names none; `None`: the one that all
    /// share. The session of the token before is over.
    ///
    /// # Errors
    /// [`crate::ClientError::NoBank`] before a bank was connected.
    pub async fn choose_own_token(&self, choice: Option<TokenChoice>) -> Result<()> {
        let key = own_token_key(self.connection_key()?);
        let config = choice.as_ref().map(TokenChoice::config);
        self.write(move |tx| match choice {
            Some(choice) => Ok(store::settings::set(tx, &key, &choice)?),
            None => Ok(store::settings::remove(tx, &key)?),
        })
        .await?;
        self.log_out().await;
        self.take_token(config);
        self.announce(Change::Connection);
        Ok(())
    }

    /// Uses that token's thread from now on and watches it; `None`: the one that all share.
    pub(crate) fn take_token(&self, own: Option<TokenConfig>) {
        *locked(&self.side.token) = self.house.token(own);
        self.lock_when_token_leaves();
        self.watch_unblocking();
        // Ending a watch may take a moment.
        let unused = self.house.unused_tokens();
        drop(tokio::task::spawn_blocking(move || drop(unused)));
    }

    async fn own_token(&self) -> Result<Option<TokenChoice>> {
        let Ok(connection) = self.connection_key() else { return Ok(None) };
        self.read(move |conn| Ok(store::settings::get(conn, &own_token_key(connection))?)).await
    }
}
