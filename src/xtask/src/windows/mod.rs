//! `cargo xtask windows`: the Windows programs and their installer, built on Debian, with `--test` installed and run
//! under Wine; with `--check` only compiled.
//!
//! Rust's library for the Windows target is built from Debian's sources (`-Z build-std`), because a toolchain from
//! elsewhere may lack it; everything else is mingw-w64 and NSIS.

mod bank;
mod job;
mod look;
mod make;
mod setups;
mod trial;
mod wine;

pub use make::check;

use crate::{TaskError, setup};

/// What to do.
#[derive(clap::Args)]
pub struct WindowsArguments {
    /// Only check that everything compiles for Windows.
    #[arg(long, conflicts_with = "test")]
    check: bool,
    /// Install the result into a fresh Wine prefix, run it there, upgrade it and uninstall it.
    #[arg(long)]
    test: bool,
}

/// Checks, or builds and packs, or also tries.
pub fn windows(arguments: &WindowsArguments) -> Result<(), TaskError> {
    setup::for_windows(arguments.test)?;
    if arguments.check {
        return check();
    }
    let built = make::build(arguments.test)?;
    let installer = built.pack(env!("CARGO_PKG_VERSION"), make::sign_command().as_deref())?;
    for file in [built.program("kapocs"), built.program("kapocs-cli"), installer.clone()] {
        let size =
            std::fs::metadata(&file).map_err(|e| TaskError::File(file.display().to_string(), e))?.len();
        println!("{:>7.1} MB  {}", size as f64 / 1e6, file.display());
    }
    if arguments.test { trial::run(&built, &installer) } else { Ok(()) }
}
