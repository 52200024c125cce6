//! What becomes of a run whose output nobody takes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![cfg(unix)]

use std::fs::OpenOptions;
use std::process::{Command, Stdio};

fn cli(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kapocs-cli"));
    command.args(["--lang", "en"]).args(arguments).env_remove("KAPOCS_DATA");
    command
}

/// Standard output of a reader who has gone away.
fn closed() -> Stdio {
    let mut reader = Command::new("true").stdin(Stdio::piped()).spawn().unwrap();
    let pipe = reader.stdin.take().unwrap();
    reader.wait().unwrap();
    pipe.into()
}

#[test]
fn a_reader_that_went_away_ends_nothing() {
    for json in [&["--json"][..], &[]] {
        let run = cli(&[json, &["store", "path"]].concat()).stdout(closed()).output().unwrap();
        assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
        assert!(run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
    }
}

#[test]
fn output_that_a_full_device_does_not_take_is_an_error_of_its_own() {
    let full = || OpenOptions::new().write(true).open("/dev/full").unwrap();
    let run = cli(&["--json", "store", "path"]).stdout(full()).output().unwrap();
    assert_eq!(run.status.code(), Some(11));
    let error: serde_json::Value = serde_json::from_slice(&run.stderr).unwrap();
    assert_eq!(error["error"]["code"], "output-lost");
    let text = cli(&["store", "path"]).stdout(full()).output().unwrap();
    assert!(String::from_utf8_lossy(&text.stderr).contains("nothing is lost"));
}

#[test]
fn a_failure_keeps_its_code_when_nobody_hears_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bank.toml");
    std::fs::write(&file, "nonsense").unwrap();
    let file = file.to_str().unwrap();
    for json in [&["--json"][..], &[]] {
        let arguments = [json, &["policy", "check", file]].concat();
        let run = cli(&arguments).stdout(closed()).stderr(closed()).status().unwrap();
        assert_eq!(run.code(), Some(3));
    }
}
