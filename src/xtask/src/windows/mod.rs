//! `cargo xtask windows`: the Windows programs and their installer, built on Debian; with `--check` only compiled.
//!
//! Rust's library for the Windows target is built from Debian's sources (`-Z build-std`), because a toolchain from
//! elsewhere may lack it; everything else is mingw-w64 and NSIS.

mod make;

pub use make::check;

use crate::{TaskError, setup};

/// What to do.
#[derive(clap::Args)]
pub struct WindowsArguments {
    /// Only check that everything compiles for Windows.
    #[arg(long)]
    check: bool,
}

/// Checks, or builds and packs.
pub fn windows(arguments: &WindowsArguments) -> Result<(), TaskError> {
    setup::for_windows(false)?;
    if arguments.check {
        return check();
    }
    let built = make::build()?;
    let installer = built.pack(env!("CARGO_PKG_VERSION"))?;
    for file in [built.program("kapocs"), built.program("kapocs-cli"), installer] {
        let size =
            std::fs::metadata(&file).map_err(|e| TaskError::File(file.display().to_string(), e))?.len();
        println!("{:>7.1} MB  {}", size as f64 / 1e6, file.display());
    }
    Ok(())
}
