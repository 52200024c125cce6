//! Writing files that are whole or not there.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{ClientError, Result};

/// Writes beside the path and renames, so that no half file ever bears the name. An existing file stays as it is
/// unless it may be replaced.
pub(crate) fn whole_file<T>(
    path: &Path,
    replace: bool,
    write: impl FnOnce(&mut BufWriter<File>) -> Result<T>,
) -> Result<T> {
    if !replace && path.exists() {
        return Err(ClientError::FileExists(path.display().to_string()));
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let mut out = BufWriter::new(File::create(&beside).map_err(ClientError::file(&beside))?);
    let written = write(&mut out).and_then(|value| {
        out.flush().and_then(|()| out.get_ref().sync_all()).map_err(ClientError::file(&beside))?;
        Ok(value)
    });
    let placed = written.and_then(|value| put_in_place(&beside, path, replace).map(|()| value));
    if placed.is_err()
        && let Err(left) = std::fs::remove_file(&beside)
    {
        tracing::warn!(%left, "a half written export could not be removed");
    }
    placed
}

/// Gives the finished file its name.
fn put_in_place(beside: &Path, path: &Path, replace: bool) -> Result<()> {
    if !replace {
        // A link fails where a file came to be meanwhile, a renaming would swallow it.
        match std::fs::hard_link(beside, path) {
            Ok(()) => return std::fs::remove_file(beside).map_err(ClientError::file(beside)),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                return Err(ClientError::FileExists(path.display().to_string()));
            }
            // Memory sticks know no links.
            Err(error) => tracing::debug!(%error, "no link possible, the file is renamed"),
        }
    }
    std::fs::rename(beside, path).map_err(ClientError::file(path))
}
