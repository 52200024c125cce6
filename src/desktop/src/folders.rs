//! Where this run keeps its files: the store, what can be fetched again, the logs, the demo's bank.

use std::path::PathBuf;
use std::sync::Arc;

use client::ClientError;
use client::folders::{self, Wanted};

use crate::arguments::Arguments;

/// Where this run keeps its files.
#[derive(Debug, Clone)]
pub struct Folders {
    /// The store.
    pub data: PathBuf,
    /// What can be fetched again.
    pub cache: PathBuf,
    /// The logs.
    pub logs: PathBuf,
    /// Everything lies beside the program.
    pub portable: bool,
    /// The demo's bank.
    pub demo: Option<PathBuf>,
    /// The throw-away folder around both; it goes with the last clone.
    _throw_away: Option<Arc<tempfile::TempDir>>,
}

impl Folders {
    /// Where the files of a run with these arguments lie.
    ///
    /// # Errors
    /// [`ClientError::Folder`] when no folder can be found for them, [`ClientError::File`] when the demo's cannot be
    /// made.
    pub fn of(arguments: &Arguments) -> Result<Self, ClientError> {
        if arguments.demo {
            let (root, throw_away) = match &arguments.demo_data {
                Some(folder) => (folder.clone(), None),
                None => {
                    let folder =
                        tempfile::Builder::new().prefix("kapocs-demo-").tempdir().map_err(|error| {
                            let path = std::env::temp_dir().display().to_string();
                            ClientError::File { path, reason: error.to_string() }
                        })?;
                    (folder.path().to_owned(), Some(Arc::new(folder)))
                }
            };
            let data = arguments.data.clone().unwrap_or_else(|| root.join("client"));
            let own = folders::Folders::around(&data);
            return Ok(Self { demo: Some(root.join("bank")), _throw_away: throw_away, ..Self::from(own) });
        }
        let wanted = Wanted { data: arguments.data.clone(), portable: arguments.portable };
        Ok(folders::Folders::of(&wanted)?.into())
    }
}

impl From<folders::Folders> for Folders {
    fn from(folders: folders::Folders) -> Self {
        let folders::Folders { data, cache, logs, portable } = folders;
        Self { data, cache, logs, portable, demo: None, _throw_away: None }
    }
}
