//! Where a program's files lie, decided in one place for the window and the command line, so that both find the
//! same store.
//!
//! | | Windows | Linux |
//! | --- | --- | --- |
//! | store | `%LOCALAPPDATA%\kapocs\Kapocs\data` | `$XDG_DATA_HOME/kapocs` (`~/.local/share/kapocs`) |
//! | what can be fetched again | `%LOCALAPPDATA%\kapocs\Kapocs\cache` | `$XDG_CACHE_HOME/kapocs` (`~/.cache/kapocs`) |
//! | logs | `%LOCALAPPDATA%\kapocs\Kapocs\logs` | `$XDG_STATE_HOME/kapocs/logs` (`~/.local/state/…`) |
//!
//! A folder that is named keeps all three: the store in it, `cache` and `logs` below it. Named are, the first that is:
//! `--data`, the portable folder by `--portable`, `KAPOCS_DATA`, the portable folder by its marker. Nothing roams:
//! a database that is copied between machines at logon is damaged by the second machine.

mod network;

use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use domain::Explain;

pub use network::refuse_network;

/// Environment variable that names the folder of the data.
pub const VARIABLE: &str = "KAPOCS_DATA";
/// File beside the program that makes it portable.
pub const MARKER: &str = "kapocs.portable";
/// Folder beside the program that keeps everything of a portable one.
pub const PORTABLE: &str = "kapocs-data";

/// Why the files can lie nowhere.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FolderError {
    /// The system names no folder for this user.
    #[error("the system names no folder for this user's data")]
    NoHome,
    /// The folder beside a portable program cannot be written.
    #[error("the portable program cannot write {path}: {reason}")]
    Portable {
        /// The folder.
        path: String,
        /// The system's words.
        reason: String,
    },
    /// The folder lies on another machine, where SQLite's log cannot be shared safely.
    #[error("{path} lies on a network drive ({kind})")]
    Network {
        /// The folder.
        path: String,
        /// Kind of the drive, such as `nfs4` or `UNC`.
        kind: String,
    },
}

impl Explain for FolderError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoHome => "folder-no-home",
            Self::Portable { .. } => "folder-portable",
            Self::Network { .. } => "folder-network",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NoHome => Vec::new(),
            Self::Portable { path, reason } => vec![("path", path.clone()), ("reason", reason.clone())],
            Self::Network { path, kind } => vec![("path", path.clone()), ("kind", kind.clone())],
        }
    }
}

/// What the command line says about the folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// `--data`.
    pub data: Option<PathBuf>,
    /// `--portable`.
    pub portable: bool,
}

/// Where this run keeps its files. None of them needs to exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// The store.
    pub data: PathBuf,
    /// What can be fetched again: downloads of updates.
    pub cache: PathBuf,
    /// The logs.
    pub logs: PathBuf,
    /// Everything lies beside the program.
    pub portable: bool,
}

impl Folders {
    /// The folders of a run.
    ///
    /// # Errors
    /// [`FolderError::NoHome`] when nothing is named and the system names nothing; [`FolderError::Portable`].
    pub fn of(wanted: &Wanted) -> Result<Self, FolderError> {
        let surroundings = Surroundings {
            program: std::env::current_exe().ok().and_then(|program| program.parent().map(Path::to_owned)),
            variable: std::env::var_os(VARIABLE),
            system: ProjectDirs::from("hu", "kapocs", "Kapocs"),
        };
        Self::among(wanted, surroundings)
    }

    /// Everything in and below one folder.
    #[must_use]
    pub fn around(data: &Path) -> Self {
        // A folder that is named by a relative path stays the same when the program changes its own.
        let data = std::path::absolute(data).unwrap_or_else(|_| data.to_owned());
        Self { cache: data.join("cache"), logs: data.join("logs"), data, portable: false }
    }

    fn among(wanted: &Wanted, surroundings: Surroundings) -> Result<Self, FolderError> {
        if let Some(data) = &wanted.data {
            return Ok(Self::around(data));
        }
        let Surroundings { program, variable, system } = surroundings;
        if wanted.portable {
            return Self::beside(&program.ok_or(FolderError::NoHome)?);
        }
        if let Some(data) = variable.filter(|data| !data.is_empty()) {
            return Ok(Self::around(Path::new(&data)));
        }
        if let Some(program) = program.filter(|program| program.join(MARKER).exists()) {
            return Self::beside(&program);
        }
        let system = system.ok_or(FolderError::NoHome)?;
        let data = system.data_local_dir().to_owned();
        let logs = match system.state_dir() {
            Some(state) => state.join("logs"),
            // Windows and macOS have no folder for it: beside the data.
            None => data.parent().unwrap_or(&data).join("logs"),
        };
        Ok(Self { data, cache: system.cache_dir().to_owned(), logs, portable: false })
    }

    /// Beside a portable program: whoever carries it on a stick must not leave half of it in this machine's home, so
    /// a folder that cannot be written is an error and no reason to go elsewhere.
    fn beside(program: &Path) -> Result<Self, FolderError> {
        let folders = Self { portable: true, ..Self::around(&program.join(PORTABLE)) };
        writable(&folders.data).map_err(|error| FolderError::Portable {
            path: folders.data.display().to_string(),
            reason: error.to_string(),
        })?;
        Ok(folders)
    }
}

/// What is found around the program.
struct Surroundings {
    program: Option<PathBuf>,
    variable: Option<OsString>,
    system: Option<ProjectDirs>,
}

/// Whether files can be made in `folder`, which is made if missing.
fn writable(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let probe = folder.join(format!("writable-{}.tmp", std::process::id()));
    OpenOptions::new().write(true).create(true).truncate(true).open(&probe)?;
    std::fs::remove_file(probe)
}

#[cfg(test)]
mod tests;
