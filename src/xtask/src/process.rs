//! Starting programs and finding what cargo built.

use std::path::PathBuf;
use std::process::{Child, Command};

use crate::TaskError;

pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).map_or(here.clone(), PathBuf::from)
}

/// A cargo command in the checkout.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let _ = command.args(arguments).current_dir(root());
    command
}

/// Runs a command to its end, showing what it does.
pub fn run(name: &str, command: &mut Command) -> Result<(), TaskError> {
    eprintln!("── {name}");
    let status = command.status().map_err(|source| TaskError::Start { program: name.to_owned(), source })?;
    if status.success() { Ok(()) } else { Err(TaskError::Step(name.to_owned())) }
}

/// Whether a command runs and succeeds, with its output hidden.
pub fn succeeds(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

/// How programs are built.
#[derive(Clone, Copy, Debug)]
pub enum Profile {
    /// Quickly, for work and tests.
    Dev,
    /// As they are given out.
    Release,
    /// As fast as those in all that is measured between two builds, in a fraction of the time.
    Measure,
}

impl Profile {
    /// Cargo's name of it, and of its folder.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Dev => ("dev", "debug"),
            Self::Release => ("release", "release"),
            Self::Measure => ("measure", "measure"),
        }
    }
}

/// Builds binaries and returns the folder that they lie in.
pub fn build(packages: &[&str], profile: Profile) -> Result<PathBuf, TaskError> {
    let (name, folder) = profile.names();
    let mut arguments = vec!["build", "--profile", name];
    for package in packages {
        arguments.extend(["--package", package]);
    }
    run("build", &mut cargo(&arguments))?;
    Ok(target_directory()?.join(folder))
}

/// Cargo's target folder, wherever it is kept.
pub fn target_directory() -> Result<PathBuf, TaskError> {
    let output = cargo(&["metadata", "--format-version", "1", "--no-deps"])
        .output()
        .map_err(|source| TaskError::Start { program: "cargo metadata".to_owned(), source })?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    match metadata["target_directory"].as_str() {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => Err(TaskError::Step("cargo metadata".to_owned())),
    }
}

pub fn end(child: &mut Child) {
    // It may have ended by itself; then there is nothing to kill.
    if child.kill().is_ok()
        && let Err(error) = child.wait()
    {
        eprintln!("xtask: {error}");
    }
}
