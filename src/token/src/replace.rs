//! Files that are either the old one or the new one, whatever happens in between, a power cut included.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::{Result, TokenError};

/// Puts `contents` in the place of the file: a new one beside it, flushed, then renamed over it. It
/// keeps the old one's permissions; without an old one it is for its owner only.
pub(crate) fn replace(path: &Path, contents: &[u8]) -> Result<()> {
    let new = beside(path, ".new");
    let write = || -> io::Result<()> {
        let mut file = create(&new)?;
        if let Ok(old) = fs::metadata(path) {
            fs::set_permissions(&new, old.permissions())?;
        }
        file.write_all(contents)?;
        file.sync_all()?;
        fs::rename(&new, path)?;
        sync_directory(path)
    };
    write().map_err(|reason| TokenError::file(path, &reason))
}

/// The file of this name with `ending` added.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.to_owned().into_os_string();
    name.push(ending);
    name.into()
}

#[cfg(unix)]
fn create(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}

/// A file here gets the rights of its folder, which is the person's own.
#[cfg(not(unix))]
fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(true).open(path)
}

#[cfg(unix)]
fn sync_directory(file: &Path) -> io::Result<()> {
    let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(directory)?.sync_all()
}

/// Directories cannot be flushed on their own here; the system orders the renaming itself.
#[cfg(not(unix))]
fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}
