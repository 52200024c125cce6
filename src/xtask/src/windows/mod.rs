//! `cargo xtask windows`: the Windows programs and their installer, built on Debian; with `--test` installed and
//! run under Wine; with `--check` only compiled.
//!
//! Rust's library for the Windows target is built from Debian's sources (`-Z build-std`), because a toolchain from
//! elsewhere may lack it; everything else is mingw-w64 and NSIS.

mod wine;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{root, run, target_directory};
use crate::{TaskError, setup};

/// The target, and its folder in cargo's target folder.
const TARGET: &str = "x86_64-pc-windows-gnu";

/// What to do.
#[derive(clap::Args)]
pub struct WindowsArguments {
    /// Only check that everything compiles for Windows.
    #[arg(long, conflicts_with = "test")]
    check: bool,
    /// Install the result into a fresh Wine prefix and run it there.
    #[arg(long)]
    test: bool,
}

/// What was built.
pub struct Built {
    /// The folder with the programs.
    programs: PathBuf,
    /// The installer.
    installer: PathBuf,
}

/// Checks, or builds and packs, or also tests.
pub fn windows(arguments: &WindowsArguments) -> Result<(), TaskError> {
    if arguments.check {
        setup::for_windows_check()?;
        return check();
    }
    setup::for_windows(arguments.test)?;
    let built = build()?;
    for file in [built.programs.join("kapocs.exe"), built.programs.join("kapocs-cli.exe"), built.installer.clone()] {
        let size = std::fs::metadata(&file).map_err(|e| TaskError::File(file.display().to_string(), e))?.len();
        println!("{:>7.1} MB  {}", size as f64 / 1e6, file.display());
    }
    if arguments.test { wine::test(&built) } else { Ok(()) }
}

/// Debian's cargo for the Windows target. Its own target folder: another compiler's files would be built anew by
/// each of both all the time.
fn cargo(arguments: &[&str]) -> Result<Command, TaskError> {
    let mut command = Command::new("/usr/bin/cargo");
    let _ = command.args(arguments).args(["-Z", "build-std=std,panic_unwind", "--target", TARGET, "--locked"]);
    let _ = command.current_dir(root()).env("CARGO_TARGET_DIR", target_directory()?.join("windows"));
    let _ = command.env("RUSTC", "/usr/bin/rustc").env("RUSTDOC", "/usr/bin/rustdoc").env("RUSTC_BOOTSTRAP", "1");
    let _ = command.env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER", "x86_64-w64-mingw32-gcc");
    // Those of the cargo that started us are of another toolchain.
    for name in ["RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "CARGO"] {
        let _ = command.env_remove(name);
    }
    Ok(command)
}

/// Compiles what people install, without linking it.
pub fn check() -> Result<(), TaskError> {
    let packages = ["check", "--package", "kapocs-desktop", "--package", "kapocs-cli", "--package", "kapocs-bank"];
    run("compiles for Windows", &mut cargo(&packages)?)
}

fn build() -> Result<Built, TaskError> {
    // kapocs-bank comes along for `kapocs --demo`.
    let packages = ["build", "--release", "--package", "kapocs-desktop", "--package", "kapocs-cli", "--package", "kapocs-bank"];
    run("build for Windows", &mut cargo(&packages)?)?;
    let folder = target_directory()?.join("windows").join(TARGET).join("release");
    let installer = folder.join(format!("kapocs-{}-setup.exe", env!("CARGO_PKG_VERSION")));
    pack(&folder, env!("CARGO_PKG_VERSION"), &installer)?;
    Ok(Built { programs: folder, installer })
}

/// Packs the programs of a folder as an installer of that version.
fn pack(programs: &Path, version: &str, installer: &Path) -> Result<(), TaskError> {
    let mut command = Command::new("makensis");
    let _ = command.args(["-V2", "-WX", "-INPUTCHARSET", "UTF8"]);
    let _ = command.arg(format!("-DVERSION={version}"));
    let _ = command.arg(format!("-DPROGRAMS={}", programs.display()));
    let _ = command.arg(format!("-DOUT={}", installer.display()));
    run("installer", command.arg(root().join("installer/kapocs.nsi")))
}
