//! Refusing folders on other machines: SQLite's write-ahead log is shared memory, which no network drive shares, and
//! its locks are only as good as the server's. Two seats on one such store would damage it.
//!
//! Ours: a store on a network drive is refused rather than warned about, because what is damaged are payments.

use std::path::{Path, PathBuf};

use super::FolderError;

/// Refuses a folder that lies on a network drive. A folder that does not exist yet lies where its nearest parent
/// that exists does.
///
/// # Errors
/// [`FolderError::Network`].
pub fn refuse_network(folder: &Path) -> Result<(), FolderError> {
    match existing(folder).and_then(|folder| kind(&folder)) {
        Some(kind) => Err(FolderError::Network { path: folder.display().to_string(), kind }),
        None => Ok(()),
    }
}

/// The nearest folder that exists, as the system itself names it.
fn existing(folder: &Path) -> Option<PathBuf> {
    let folder = std::path::absolute(folder).ok()?;
    folder.ancestors().find_map(|ancestor| ancestor.canonicalize().ok())
}

/// A mapped drive's letter has given way to its server's name by now.
#[cfg(windows)]
fn kind(folder: &Path) -> Option<String> {
    use std::path::{Component, Prefix};
    match folder.components().next() {
        Some(Component::Prefix(prefix)) => match prefix.kind() {
            Prefix::VerbatimUNC(..) | Prefix::UNC(..) => Some("UNC".to_owned()),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(not(windows))]
fn kind(folder: &Path) -> Option<String> {
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    among(&mounts, folder)
}

/// The kind of the drive on which `folder` lies, by Linux's list of mounts, if it is one of other machines.
#[cfg_attr(windows, allow(dead_code))]
fn among(mounts: &str, folder: &Path) -> Option<String> {
    // "36 35 98:0 /root /mount/point rw,noatime shared:1 - nfs4 server:/share rw": see proc_pid_mountinfo(5).
    let lines = mounts.lines().filter_map(|line| {
        let (place, about) = line.split_once(" - ")?;
        Some((plain(place.split(' ').nth(4)?), about.split(' ').next()?))
    });
    // The later of two mounts on one point covers the earlier; max_by_key takes the last of equals.
    let (_, kind) = lines
        .filter(|(point, _)| folder.starts_with(point))
        .max_by_key(|(point, _)| point.components().count())?;
    NETWORK.contains(&kind).then(|| kind.to_owned())
}

/// File systems whose bytes lie on another machine.
const NETWORK: [&str; 11] =
    ["nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "davfs", "fuse.sshfs", "fuse.davfs2"];

/// Blanks, tabs, line ends and backslashes stand as octal numbers there.
fn plain(point: &str) -> PathBuf {
    let blanks = [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")];
    PathBuf::from(blanks.iter().fold(point.to_owned(), |point, (octal, real)| point.replace(octal, real)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
21 1 259:2 / / rw shared:1 - ext4 /dev/sda2 rw
40 21 0:45 / /home rw shared:20 - nfs4 server:/home rw,vers=4.2
41 40 0:46 / /home/éva\\040őz rw - ext4 /dev/sdb1 rw
42 21 0:47 / /mnt/g rw - cifs //server/g rw";

    #[test]
    fn the_nearest_mount_decides() {
        let kind = |path: &str| among(MOUNTS, Path::new(path));
        assert_eq!(kind("/var/lib"), None);
        assert_eq!(kind("/home/anna/.local/share/kapocs").as_deref(), Some("nfs4"));
        assert_eq!(kind("/home/éva őz/.local/share/kapocs"), None);
        assert_eq!(kind("/mnt/g/kapocs").as_deref(), Some("cifs"));
        assert_eq!(kind("/mnt/gg"), None, "a name that only begins alike is another place");
        assert_eq!(among("nonsense\n\n - ", Path::new("/home")), None);
    }

    #[test]
    fn a_folder_that_is_not_there_yet_lies_where_its_parent_does() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a").join("b");
        assert_eq!(existing(&deep), folder.path().canonicalize().ok());
        assert_eq!(refuse_network(&deep), Ok(()));
    }
}
