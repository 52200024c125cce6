//! Building the Windows programs with Debian's Rust, and packing them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::TaskError;
use crate::process::{root, run, target_directory};

/// The target, and its folder in cargo's target folder.
const TARGET: &str = "x86_64-pc-windows-gnu";
const PROGRAMS: [&str; 2] = ["kapocs", "kapocs-cli"];
/// A shell command that signs the file named after it; the certificate stays outside. See installer/README.md.
const SIGN_COMMAND: &str = "KAPOCS_SIGN_COMMAND";

/// What was built: a folder with the programs, and the installers made from them.
pub struct Built {
    folder: PathBuf,
    /// The least window that iced can open; there if it was asked for.
    pub bare_window: PathBuf,
}

/// Debian's cargo for the Windows target. Its own target folder: another compiler's files would be built anew by
/// each of both all the time.
fn cargo(arguments: &[&str]) -> Result<Command, TaskError> {
    let mut command = Command::new("/usr/bin/cargo");
    let _ =
        command.args(arguments).args(["-Z", "build-std=std,panic_unwind", "--target", TARGET, "--locked"]);
    let _ = command.current_dir(root()).env("CARGO_TARGET_DIR", target_directory()?.join("windows"));
    let _ =
        command.env("RUSTC", "/usr/bin/rustc").env("RUSTDOC", "/usr/bin/rustdoc").env("RUSTC_BOOTSTRAP", "1");
    let _ = command.env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER", "x86_64-w64-mingw32-gcc");
    // Those of the cargo that started us are of another toolchain.
    for name in ["RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "CARGO", "LD_LIBRARY_PATH"] {
        let _ = command.env_remove(name);
    }
    Ok(command)
}

/// Compiles what people install, without linking it. The test runner's summary stays the last line of CI, so this
/// says what it does beforehand only.
pub fn check() -> Result<(), TaskError> {
    run(
        "compiles for Windows",
        &mut cargo(&["check", "--package", "kapocs-desktop", "--package", "kapocs-cli"])?,
    )
}

/// Builds both programs, and signs them if there is a command for that; a bare window too, to measure ours beside it.
pub fn build(bare_window: bool) -> Result<Built, TaskError> {
    let mut arguments = vec!["build", "--release", "--package", "kapocs-desktop", "--package", "kapocs-cli"];
    if bare_window {
        arguments.extend(["--package", "kapocs-bare-window"]);
    }
    run("build for Windows", &mut cargo(&arguments)?)?;
    let target = target_directory()?.join("windows").join(TARGET);
    // Copies, because cargo would take signed files for its own.
    let built =
        Built { folder: target.join("dist"), bare_window: target.join("release").join("bare-window.exe") };
    let failed = |e| TaskError::File(built.folder.display().to_string(), e);
    std::fs::create_dir_all(&built.folder).map_err(failed)?;
    for name in PROGRAMS {
        let file = built.program(name);
        let _ = std::fs::copy(target.join("release").join(format!("{name}.exe")), &file).map_err(failed)?;
        if let Some(command) = sign_command() {
            sign(&command, &file)?;
        }
    }
    Ok(built)
}

impl Built {
    /// A program by its name without `.exe`.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.exe"))
    }

    /// Packs the programs as an installer of that version. A shell command signs installer and uninstaller.
    pub fn pack(&self, version: &str, sign: Option<&str>) -> Result<PathBuf, TaskError> {
        let installer = self.folder.join(format!("kapocs-{version}-setup.exe"));
        let mut command = Command::new("makensis");
        let _ = command.args(["-V2", "-WX", "-INPUTCHARSET", "UTF8"]);
        let _ = command.arg(format!("-DVERSION={version}"));
        let _ = command.arg(format!("-DPROGRAMS={}", self.folder.display()));
        let _ = command.arg(format!("-DOUT={}", installer.display()));
        if let Some(sign) = sign {
            let _ = command.arg(format!("-DSIGN={sign}"));
        }
        run("installer", command.arg(root().join("installer/kapocs.nsi")))?;
        Ok(installer)
    }
}

/// Signs a file by a shell command that gets its name.
fn sign(command: &str, file: &Path) -> Result<(), TaskError> {
    run("sign", Command::new("sh").args(["-c", &format!("{command} '{}'", file.display())]))
}

/// The command of whoever releases.
pub fn sign_command() -> Option<String> {
    std::env::var(SIGN_COMMAND).ok().filter(|command| !command.trim().is_empty())
}
