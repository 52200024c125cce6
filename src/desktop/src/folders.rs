//! Where this run keeps its files: the store, what can be fetched again, the logs, the demo's bank.

use std::path::PathBuf;
use std::sync::Arc;

use client::ClientError;
use client::folders::{self, Wanted};

/// Where this run keeps its files.
#[derive(Debug, Clone)]
pub struct Folders {
    pub data: PathBuf,
    /// What can be fetched again.
    pub cache: PathBuf,
    pub logs: PathBuf,
    /// Everything lies beside the program.
    pub portable: bool,
    pub demo: Option<PathBuf>,
    /// The throw-away folder around both; it goes with the last clone.
    _throw_away: Option<Arc<tempfile::TempDir>>,
}

impl Folders {
    /// Where a run keeps its files: in that folder, beside the program, or where the system keeps such things.
    ///
    /// # Errors
    /// [`ClientError::Folder`] when no folder can be found for them.
    pub fn of(data: Option<PathBuf>, portable: bool) -> Result<Self, ClientError> {
        Ok(folders::Folders::of(&Wanted { data, portable })?.into())
    }

    /// Where the demo keeps its own, with its bank's: in that folder, or in one that goes with the run.
    ///
    /// # Errors
    /// [`ClientError::File`] when the folder cannot be made.
    pub fn of_demo(demo: Option<PathBuf>, data: Option<PathBuf>) -> Result<Self, ClientError> {
        let (root, throw_away) = match demo {
            Some(folder) => (folder, None),
            None => {
                let folder = tempfile::Builder::new().prefix("kapocs-demo-").tempdir().map_err(|error| {
                    let path = std::env::temp_dir().display().to_string();
                    ClientError::File { path, reason: error.to_string() }
                })?;
                (folder.path().to_owned(), Some(Arc::new(folder)))
            }
        };
        let own = folders::Folders::around(&data.unwrap_or_else(|| root.join("client")));
        Ok(Self { demo: Some(root.join("bank")), _throw_away: throw_away, ..Self::from(own) })
    }
}

impl From<folders::Folders> for Folders {
    fn from(folders: folders::Folders) -> Self {
        let folders::Folders { data, cache, logs, portable } = folders;
        Self { data, cache, logs, portable, demo: None, _throw_away: None }
    }
}
