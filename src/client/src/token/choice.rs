//! Which token the program uses: chosen once, remembered in the store, changed while it runs.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use token::{ReaderSeen, TokenConfig};

use crate::client::Client;
use crate::error::Result;

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

    /// The choice that is remembered.
    pub async fn token_choice(&self) -> Result<TokenChoice> {
        Ok(self.setting(CHOICE).await?.unwrap_or_default())
    }

    /// Uses another token, now and at every start that names none. A session of the token before is locked as
    /// soon as the other one is seen.
    pub async fn choose_token(&self, choice: TokenChoice) -> Result<()> {
        let config = choice.config();
        self.set_setting(CHOICE, choice).await?;
        Ok(self.token().use_token(config).await?)
    }
}
