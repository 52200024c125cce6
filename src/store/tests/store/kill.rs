//! The process is ended in the middle of writing, again and again: nothing half-done may be left.
//!
//! The test starts itself as a child process that writes without end and is killed at varying moments.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use store::audit::{self, AuditEvent};
use store::deed::Deed;
use store::{Page, Store, connections, orders, package_lists, settings};

use crate::support::{OWN, at, file, fill, header, order};

const CHILD: &str = "KAPOCS_STORE_KILL_CHILD";

/// Writes packages of seven orders, each with an audit entry, and tells after each commit which one it was.
fn write_without_end(path: &Path) {
    let store = Store::open(path).unwrap();
    if store.read(connections::list).unwrap().is_empty() {
        fill(&store);
    }
    let begin: u64 = store.read_of(OWN, |conn| settings::get(conn, "written")).unwrap().unwrap_or(0);
    for number in begin + 1.. {
        store
            .write_of(OWN, move |tx| {
                let header = header();
                store::packages::create(tx, &header, at(0))?;
                settings::set(tx, "written", &number)?;
                orders::insert_many(tx, header.id, (0..7).map(|n| order(n, 100)), at(0))?;
                let event = AuditEvent {
                    at: at(0),
                    actor: None,
                    deed: Deed::PackageSplit { packages: number as usize },
                    subject: Some(header.id.to_string()),
                    customer: Some(OWN),
                };
                audit::append(tx, &event).map(drop)
            })
            .unwrap();
        println!("committed {number}");
    }
}

/// The child's part; as a test of its own it does nothing.
#[test]
fn child_that_writes_until_it_is_killed() {
    if let Some(path) = std::env::var_os(CHILD) {
        write_without_end(Path::new(&path));
    }
}

#[test]
fn a_kill_in_the_middle_of_writing_leaves_whole_packages_and_keeps_every_commit() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder);
    for round in 0..12_u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kill::child_that_writes_until_it_is_killed", "--nocapture"])
            .env(CHILD, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut told = 0;
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut next = || lines.find_map(|line| line.ok()?.strip_prefix("committed ")?.parse::<u64>().ok());
        for _ in 0..=(round % 4) {
            told = next().expect("the child writes").max(told);
        }
        // Somewhere inside a later transaction.
        std::thread::sleep(Duration::from_micros(round * 731));
        child.kill().unwrap();
        while let Some(number) = next() {
            told = number;
        }
        child.wait().unwrap();

        let store = Store::open(&path).unwrap();
        let (written, entries, packages): (Option<u64>, u64, _) = store
            .read_of(OWN, |conn| {
                let list = package_lists::PackageList::Prepared;
                Ok((
                    settings::get(conn, "written")?,
                    audit::verify(conn)?,
                    package_lists::list(conn, list, "", Page::ALL)?,
                ))
            })
            .unwrap();
        let written = written.unwrap();
        assert!(written >= told, "a commit that was told is kept: {written} < {told}");
        assert_eq!(entries, written);
        assert_eq!(packages.len() as u64, written);
        assert!(packages.iter().all(|line| line.package.count == 7));
    }
}
