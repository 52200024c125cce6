//! Opening: new, ours, damaged, newer, foreign, in use; backup and restore.

use std::fs;

use domain::Scope;
use rusqlite::Connection;
use store::{Page, SCHEMA_VERSION, Store, StoreError, partners, settings};

use crate::support::{code, file, store};

#[test]
fn a_new_store_has_the_schema_the_settings_and_is_private() {
    let (folder, store) = store();
    store
        .read(|conn| {
            let text = |pragma: &str| conn.query_row(pragma, [], |row| row.get::<_, String>(0));
            let number = |pragma: &str| conn.query_row(pragma, [], |row| row.get::<_, u32>(0));
            assert_eq!(text("PRAGMA journal_mode")?, "wal");
            assert_eq!(number("PRAGMA foreign_keys")?, 1);
            assert_eq!(number("PRAGMA synchronous")?, 2);
            assert_eq!(number("PRAGMA user_version")?, SCHEMA_VERSION);
            assert_eq!(number("PRAGMA application_id")?, 0x4B41_5043);
            let loose = "SELECT count(*) FROM pragma_table_list
                WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'";
            assert_eq!(number(loose)?, 0, "every table is strict");
            Ok(())
        })
        .unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(file(&folder)).unwrap().permissions().mode() & 0o777, 0o600);
    }
    drop(store);
    Store::open(&file(&folder)).unwrap();
}

#[test]
fn closing_leaves_one_whole_file() {
    let (folder, store) = store();
    store.write(|tx| settings::set(tx, "language", &"hu")).unwrap();
    store.read(|conn| settings::get::<String>(conn, "language")).unwrap();
    drop(store);
    let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["kapocs.db", "kapocs.db.lock"]);
}

/// Leaves a store behind as a machine that lost its power does: with its log.
fn with_log() -> (tempfile::TempDir, Vec<u8>) {
    let (folder, store) = store();
    store.write(|tx| settings::set(tx, "language", &"hu")).unwrap();
    let log = fs::read(log(&folder)).unwrap();
    assert!(!log.is_empty());
    drop(store);
    fs::write(self::log(&folder), &log).unwrap();
    (folder, log)
}

fn log(folder: &tempfile::TempDir) -> std::path::PathBuf {
    folder.path().join("kapocs.db-wal")
}

#[test]
fn a_store_that_existed_is_never_made_anew() {
    let (folder, store) = store();
    drop(store);
    fs::remove_file(file(&folder)).unwrap();
    assert_eq!(code(Store::open(&file(&folder))), "store-missing");
    assert!(!file(&folder).exists(), "nothing was made");
    fs::write(file(&folder), "").unwrap();
    assert_eq!(code(Store::open(&file(&folder))), "store-missing");
    assert_eq!(fs::read(file(&folder)).unwrap(), b"");
}

#[test]
fn the_log_of_an_emptied_store_is_kept() {
    let (folder, log) = with_log();
    fs::write(file(&folder), "").unwrap();
    // Also where nothing remembers the store: one of an earlier program.
    fs::remove_file(folder.path().join("kapocs.db.lock")).unwrap();
    assert_eq!(code(Store::open(&file(&folder))), "store-missing");
    assert_eq!(fs::read(self::log(&folder)).unwrap(), log);
}

#[test]
fn a_store_of_which_only_the_log_is_left_is_missing_also_for_who_only_looks() {
    let (folder, log) = with_log();
    fs::remove_file(file(&folder)).unwrap();
    assert_eq!(code(Store::inspect(&file(&folder))), "store-missing");
    fs::remove_file(self::log(&folder)).unwrap();
    assert_eq!(Store::inspect(&file(&folder)).unwrap(), None);
    assert!(!log.is_empty());
}

#[test]
fn a_backup_is_restored_where_the_log_was_put_away_before() {
    let (folder, store) = store();
    let backup = folder.path().join("backup");
    store.write(|tx| settings::set(tx, "language", &"hu")).unwrap();
    store.backup_to(&backup).unwrap();
    store.write(|tx| settings::set(tx, "language", &"en")).unwrap();
    let log = fs::read(log(&folder)).unwrap();
    drop(store);
    fs::remove_file(file(&folder)).unwrap();
    fs::write(self::log(&folder), &log).unwrap();
    let missing = Store::open(&file(&folder));
    assert_eq!(code(missing), "store-missing");
    let away = folder.path().join("away-wal");
    fs::rename(self::log(&folder), &away).unwrap();
    fs::copy(&backup, file(&folder)).unwrap();
    let store = Store::open(&file(&folder)).unwrap();
    let language: Option<String> = store.read(|conn| settings::get(conn, "language")).unwrap();
    assert_eq!((language.as_deref(), fs::read(&away).unwrap()), (Some("hu"), log));
}

#[test]
fn what_remembers_a_store_is_never_cut_before_it_is_written() {
    let (folder, store) = store();
    drop(store);
    let lock = folder.path().join("kapocs.db.lock");
    let mine = format!("{} opened", std::process::id());
    // The power failed between writing a shorter number and cutting off the rest of the longer one.
    for half in [format!("{mine}ed"), "7 openeded".to_owned()] {
        fs::write(&lock, half).unwrap();
        drop(Store::open(&file(&folder)).unwrap());
        assert_eq!(fs::read_to_string(&lock).unwrap(), mine);
    }
    fs::write(&lock, "7 openeded").unwrap();
    fs::remove_file(file(&folder)).unwrap();
    assert_eq!(code(Store::open(&file(&folder))), "store-missing");
    assert_eq!(fs::read_to_string(&lock).unwrap(), mine, "and goes on being remembered");
}

#[test]
fn a_first_opening_that_failed_makes_nothing_missed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(file(&folder), "not a database, but quite long enough to look like one").unwrap();
    assert_eq!(code(Store::open(&file(&folder))), "store-not-a-database");
    fs::remove_file(file(&folder)).unwrap();
    Store::open(&file(&folder)).unwrap();
}

#[test]
fn a_file_that_is_no_database_is_refused_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    for content in ["not a database, but quite long enough to look like one", "short"] {
        fs::write(file(&folder), content).unwrap();
        assert_eq!(code(Store::open(&file(&folder))), "store-not-a-database");
        assert_eq!(fs::read_to_string(file(&folder)).unwrap(), content);
    }
}

#[test]
fn another_programs_database_is_refused_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    Connection::open(file(&folder)).unwrap().execute_batch("CREATE TABLE photos (name TEXT)").unwrap();
    let before = fs::read(file(&folder)).unwrap();
    assert_eq!(code(Store::open(&file(&folder))), "store-not-ours");
    assert_eq!(fs::read(file(&folder)).unwrap(), before);
}

#[test]
fn a_newer_schema_is_refused_and_kept() {
    let (folder, store) = store();
    drop(store);
    let conn = Connection::open(file(&folder)).unwrap();
    conn.pragma_update(None, "user_version", SCHEMA_VERSION + 1).unwrap();
    conn.close().unwrap();
    let before = fs::read(file(&folder)).unwrap();
    let error = Store::open(&file(&folder)).unwrap_err();
    assert!(
        matches!(error, StoreError::Newer { found, known } if found == SCHEMA_VERSION + 1 && known == SCHEMA_VERSION)
    );
    assert_eq!(fs::read(file(&folder)).unwrap(), before);
}

#[test]
fn an_empty_file_becomes_a_store() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(file(&folder), "").unwrap();
    let store = Store::open(&file(&folder)).unwrap();
    assert_eq!(store.read(|conn| partners::count(conn, Scope::Common, "")).unwrap(), 0);
}

#[test]
fn a_damaged_page_is_found_at_the_start_and_the_file_kept() {
    let (folder, store) = store();
    drop(store);
    let mut bytes = fs::read(file(&folder)).unwrap();
    // As the file's header says it.
    let page = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    for page_start in [page * 3, page * 9] {
        bytes[page_start..page_start + 200].fill(0xA5);
    }
    fs::write(file(&folder), &bytes).unwrap();
    assert_eq!(code(Store::open(&file(&folder))), "store-damaged");
    assert_eq!(fs::read(file(&folder)).unwrap(), bytes);
}

#[test]
fn a_damaged_schema_page_is_found_and_the_file_kept() {
    let (folder, store) = store();
    drop(store);
    let mut bytes = fs::read(file(&folder)).unwrap();
    bytes[100..4096].fill(0xFF);
    fs::write(file(&folder), &bytes).unwrap();
    assert_eq!(code(Store::open(&file(&folder))), "store-damaged");
    assert_eq!(fs::read(file(&folder)).unwrap(), bytes);
}

#[test]
fn a_cut_file_is_found() {
    let (folder, store) = store();
    drop(store);
    let bytes = fs::read(file(&folder)).unwrap();
    fs::write(file(&folder), &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(code(Store::open(&file(&folder))), "store-damaged");
}

#[test]
fn a_store_is_open_once_and_says_by_whom() {
    let (folder, store) = store();
    let error = Store::open(&file(&folder)).unwrap_err();
    assert!(matches!(error, StoreError::InUse { pid: Some(pid) } if pid == std::process::id()), "{error}");
    let clone = store.clone();
    drop(store);
    assert_eq!(code(Store::open(&file(&folder))), "store-in-use");
    drop(clone);
    Store::open(&file(&folder)).unwrap();
}

#[test]
fn a_backup_is_one_whole_store() {
    let (folder, store) = store();
    store.write(|tx| settings::set(tx, "language", &"hu")).unwrap();
    let copy = folder.path().join("copy").join("kapocs.db");
    assert_eq!(code(store.backup_to(&copy)), "store-file");
    fs::create_dir(folder.path().join("copy")).unwrap();
    fs::write(&copy, "an older copy").unwrap();
    store.backup_to(&copy).unwrap();
    assert_eq!(fs::read_dir(copy.parent().unwrap()).unwrap().count(), 1);
    let restored = Store::open(&copy).unwrap();
    let language: Option<String> = restored.read(|conn| settings::get(conn, "language")).unwrap();
    assert_eq!(language.as_deref(), Some("hu"));
    assert!(restored.read(|conn| partners::search(conn, Scope::Common, "", Page::ALL)).unwrap().is_empty());
}

#[cfg(unix)]
#[test]
fn a_backup_goes_where_a_symbolic_link_leads() {
    let (folder, store) = store();
    let (link, drive) = (folder.path().join("backup"), folder.path().join("drive"));
    std::os::unix::fs::symlink(drive.join("kapocs.db"), &link).unwrap();
    assert_eq!(code(store.backup_to(&link)), "store-file");
    assert!(link.is_symlink(), "the drive is not there: nothing was put in its place");
    fs::create_dir(&drive).unwrap();
    fs::write(drive.join("kapocs.db"), "an older copy").unwrap();
    store.backup_to(&link).unwrap();
    assert!(link.is_symlink());
    assert_eq!(fs::read_dir(&drive).unwrap().count(), 1);
    drop(Store::open(&drive.join("kapocs.db")).unwrap());
}
