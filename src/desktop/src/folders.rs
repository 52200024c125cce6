//! Where this run keeps its files: the store, what can be fetched again, the logs, the demo's bank.

use std::path::{Path, PathBuf};
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

/// A path as people are shown it: on Unix what lies in the user's home begins with `~`, as their shell writes it.
pub fn shown(path: &Path) -> String {
    let home = directories::UserDirs::new().filter(|_| cfg!(unix));
    let inside = home.as_ref().and_then(|home| path.strip_prefix(home.home_dir()).ok());
    match inside {
        Some(inside) => format!("~/{}", inside.display()),
        None => path.display().to_string(),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_lies_in_the_home_folder_begins_with_a_tilde() {
        let home = directories::UserDirs::new().unwrap().home_dir().to_owned();
        assert_eq!(shown(&home.join(".local/share/kapocs")), "~/.local/share/kapocs");
        assert_eq!(shown(Path::new("/mnt/kapocs")), "/mnt/kapocs");
    }
}
