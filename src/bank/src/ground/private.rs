//! Files and folders that are their owner's alone, whatever the umask: the bank's hold keys, hashes of secrets and what
//! customers do.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

/// Rights of a file for its owner alone.
#[cfg(unix)]
const FILE: u32 = 0o600;
/// Rights of a folder for its owner alone.
#[cfg(unix)]
const FOLDER: u32 = 0o700;

/// Opens a file to write it anew.
///
/// # Errors
/// The system's.
pub(crate) fn create(path: &Path) -> io::Result<File> {
    open(path, true)
}

/// Makes a file that other programs fill, if it is not there, and takes the rights of others away if it is.
///
/// # Errors
/// The system's.
pub(crate) fn claim(path: &Path) -> io::Result<File> {
    open(path, false)
}

/// Makes a folder and those above it that are missing. One that is there stays as it is.
///
/// # Errors
/// The system's.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, FOLDER);
    builder.create(path)
}

fn open(path: &Path, anew: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(anew);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, FILE);
    let file = options.open(path)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(FILE))?;
    Ok(file)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn rights(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn new_files_and_folders_are_private_and_old_files_become_so() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("bank/users");
        create_folder(&inner).unwrap();
        assert_eq!((rights(&inner), rights(inner.parent().unwrap())), (FOLDER, FOLDER));
        let file = inner.join("file");
        create(&file).unwrap();
        assert_eq!(rights(&file), FILE);
        std::fs::write(&file, "content").unwrap();
        std::fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
        claim(&file).unwrap();
        assert_eq!((rights(&file), std::fs::read(&file).unwrap().as_slice()), (FILE, &b"content"[..]));
        create(&file).unwrap();
        assert!(std::fs::read(&file).unwrap().is_empty());
    }
}
