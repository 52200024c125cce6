//! `kapocs-cli` as a script runs it: a process, its JSON, its exit code.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::house::{House, PIN, program};

/// A command line of one user and one data folder.
pub struct Cli<'a> {
    /// Where the bank is.
    pub house: &'a House,
    /// Folder of the store.
    pub data: PathBuf,
    /// Whose token: the beginning of the name.
    pub user: &'a str,
}

impl Cli<'_> {
    /// Runs with these lines as PINs.
    pub fn run_with_pin(&self, lines: &str, arguments: &[&str]) -> Output {
        let key_file = self.house.key_file(self.user);
        let token = ["--token-file", key_file.to_str().expect("a UTF-8 path")];
        self.run_bare(lines, &[&token[..], arguments].concat())
    }

    /// The same without a token named.
    pub fn run_bare(&self, lines: &str, arguments: &[&str]) -> Output {
        self.spoken(lines, &[&["--json"], arguments].concat())
    }

    /// What a person reads of a run that must succeed.
    pub fn words(&self, arguments: &[&str]) -> String {
        let key_file = self.house.key_file(self.user);
        let token = ["--token-file", key_file.to_str().expect("a UTF-8 path")];
        let output = self.spoken(PIN, &[&token[..], arguments].concat());
        assert_eq!(code(&output), 0, "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    fn spoken(&self, lines: &str, arguments: &[&str]) -> Output {
        let data = ["--data", self.data.to_str().expect("a UTF-8 path")];
        run_in(lines, &[&data[..], arguments].concat())
    }

    /// Runs with the demo tokens' PIN.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.run_with_pin(PIN, arguments)
    }

    /// The JSON of a run that must succeed.
    pub fn json(&self, arguments: &[&str]) -> Value {
        answer(&self.run(arguments))
    }
}

/// A run with these lines as PINs and exactly these arguments, in English.
pub fn run_in(lines: &str, arguments: &[&str]) -> Output {
    let mut child = Command::new(program("kapocs-cli"))
        .args(["--lang", "en", "--pin-fd", "0"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("kapocs-cli starts");
    // A command that needs no PIN may end before it is written.
    let _ = child.stdin.take().expect("piped").write_all(lines.as_bytes());
    child.wait_with_output().expect("kapocs-cli ends")
}

/// The JSON of a run that must have succeeded.
pub fn answer(output: &Output) -> Value {
    assert_eq!(code(output), 0, "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one JSON value")
}

/// The exit code.
pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

/// The error of a run that must fail.
pub fn error(output: &Output) -> Value {
    let value: Value = serde_json::from_slice(&output.stderr).expect("one JSON value");
    value["error"].clone()
}
