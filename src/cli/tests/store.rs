//! `store` and `policy` as scripts and the installer meet them: what is printed and the exit codes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::{Command, Output};

fn run(arguments: &[&str], data: Option<&Path>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kapocs-cli"));
    command.args(["--json", "--lang", "en"]).args(arguments).env_remove("KAPOCS_DATA");
    if let Some(data) = data {
        command.arg("--data").arg(data);
    }
    command.output().expect("kapocs-cli runs")
}

fn json(bytes: &[u8]) -> serde_json::Value {
    serde_json::from_slice(bytes).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(bytes)))
}

/// A store of this program in `data`.
fn store(data: &Path) -> store::Connection {
    let path = client::store_path(data);
    drop(store::Store::open(&path).unwrap());
    store::Connection::open(path).unwrap()
}

#[test]
fn a_missing_and_a_readable_store_are_fine() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("Ágnes Őz");
    let none = run(&["store", "check"], Some(&data));
    assert_eq!(none.status.code(), Some(0));
    assert!(json(&none.stdout)["schema"].is_null());
    assert!(!data.exists(), "looking makes nothing");
    std::fs::create_dir_all(&data).unwrap();
    drop(store(&data));
    let there = run(&["store", "check"], Some(&data));
    assert_eq!(there.status.code(), Some(0));
    assert_eq!(json(&there.stdout)["schema"], json(&there.stdout)["known"]);
}

#[test]
fn a_store_in_use_can_be_checked() {
    let folder = tempfile::tempdir().unwrap();
    let _open = store::Store::open(&client::store_path(folder.path())).unwrap();
    assert_eq!(run(&["store", "check"], Some(folder.path())).status.code(), Some(0));
}

#[test]
fn only_a_newer_store_ends_with_seven() {
    let folder = tempfile::tempdir().unwrap();
    store(folder.path()).pragma_update(None, "user_version", 9_999).unwrap();
    let newer = run(&["store", "check"], Some(folder.path()));
    assert_eq!(newer.status.code(), Some(7));
    let error = json(&newer.stderr);
    assert_eq!(error["error"]["code"], "store-newer");
    assert!(error["error"]["text"].as_str().unwrap().contains("9999"), "{error}");
    std::fs::write(client::store_path(folder.path()), "this is no database").unwrap();
    let damaged = run(&["store", "check"], Some(folder.path()));
    assert_eq!(damaged.status.code(), Some(1));
    assert_eq!(json(&damaged.stderr)["error"]["code"], "store-not-a-database");
}

#[test]
fn a_path_longer_than_windows_once_allowed_works() {
    let folder = tempfile::tempdir().unwrap();
    let data =
        (0..10).fold(folder.path().to_owned(), |path, _| path.join("a-folder-with-a-rather-long-name"));
    assert!(data.as_os_str().len() > 300);
    std::fs::create_dir_all(&data).unwrap();
    drop(store(&data));
    assert_eq!(run(&["store", "check"], Some(&data)).status.code(), Some(0));
}

#[test]
fn a_portable_program_keeps_everything_beside_itself() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join(format!("kapocs-cli{}", std::env::consts::EXE_SUFFIX));
    std::fs::copy(env!("CARGO_BIN_EXE_kapocs-cli"), &program).unwrap();
    let paths = |arguments: &[&str]| {
        let run = Command::new(&program)
            .args(["--json", "store", "path"])
            .args(arguments)
            .env_remove("KAPOCS_DATA")
            .output()
            .unwrap();
        json(&run.stdout)
    };
    assert_eq!(paths(&[])["portable"], false);
    let by_switch = paths(&["--portable"]);
    std::fs::write(folder.path().join("kapocs.portable"), "").unwrap();
    assert_eq!(paths(&[]), by_switch);
    let beside = folder.path().canonicalize().unwrap().join("kapocs-data");
    for kept in ["store", "data", "cache", "logs"] {
        let path = Path::new(by_switch[kept].as_str().unwrap());
        assert!(path.starts_with(&beside) || path.starts_with(folder.path()), "{kept}: {path:?}");
    }
}

#[test]
fn a_connection_files_authorities_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bank.toml");
    std::fs::write(&file, "nonsense").unwrap();
    let refused = run(&["policy", "check", file.to_str().unwrap()], None);
    assert_eq!(refused.status.code(), Some(3));
    assert_eq!(json(&refused.stderr)["error"]["code"], "connection-file");
}
