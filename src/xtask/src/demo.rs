//! `cargo xtask demo`: the reference bank and the window with demo data, or the main job by command line.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{build, run};
use crate::{TaskError, setup};

/// How the demo is shown.
#[derive(clap::Args)]
pub struct DemoArguments {
    /// Sign with a virtual PIV card behind a real smart card service instead of the software token.
    #[arg(long)]
    card: bool,
    /// Whose rules: kh or kdb.
    #[arg(long, default_value = "kh")]
    profile: String,
    /// Language: hu or en.
    #[arg(long, default_value = "hu")]
    lang: String,
    /// Do the main job by command line even if there is a display.
    #[arg(long)]
    no_window: bool,
}

/// Sets up, builds and starts it; ends with the window.
pub fn run_demo(arguments: &DemoArguments) -> Result<(), TaskError> {
    setup::for_demo(arguments.card)?;
    let window = !arguments.no_window && has_display();
    let program = if window { "kapocs" } else { "kapocs-cli" };
    let mut packages = vec!["kapocs-bank", if window { "kapocs-desktop" } else { "kapocs-cli" }];
    if arguments.card {
        packages.push("kapocs-tests");
    }
    let binaries = build(&packages, false)?;
    let mut command = start(&binaries.join(program), window, arguments);
    if !arguments.card {
        return run("demo", &mut command);
    }
    let folder = temporary("card-demo");
    let result = with_card(&binaries, &folder, command, arguments);
    if let Err(error) = std::fs::remove_dir_all(&folder) {
        eprintln!("{}: {error}", folder.display());
    }
    result
}

fn start(program: &Path, window: bool, arguments: &DemoArguments) -> Command {
    let mut command = Command::new(program);
    let _ = command.args(["--lang", &arguments.lang]);
    let _ = if window { command.arg("--demo") } else { command.arg("demo") };
    let _ = command.args(["--profile", &arguments.profile]);
    command
}

/// Makes the demo's data first, puts the first signer's keys into a virtual card, and runs the program inside a
/// private smart card service.
fn with_card(
    binaries: &Path,
    folder: &Path,
    program: Command,
    arguments: &DemoArguments,
) -> Result<(), TaskError> {
    let bank_data = folder.join("bank");
    let mut make = Command::new(binaries.join("kapocs-bank"));
    let _ = make.args(["demo", "--profile", &arguments.profile, "--data"]).arg(&bank_data);
    run("demo data", &mut make)?;
    let description = bank_data.join("demo.json");
    let failed = |e| TaskError::File(description.display().to_string(), e);
    let text = std::fs::read_to_string(&description).map_err(failed)?;
    let demo: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let signer = demo["users"].as_array().into_iter().flatten().find(|u| !u["signature_class"].is_null());
    let key_file = signer.and_then(|u| u["key_file"].as_str()).unwrap_or_default();
    let pin_file = folder.join("pin");
    std::fs::write(&pin_file, demo["pin"].as_str().unwrap_or_default())
        .map_err(|e| TaskError::File(pin_file.display().to_string(), e))?;
    let mut command = Command::new(binaries.join("with-card"));
    let _ = command.arg("--key-file").arg(bank_data.join(key_file)).arg("--pin-file").arg(&pin_file);
    let _ = command.arg("--").arg(program.get_program()).args(program.get_args());
    let _ = command.arg("--demo-data").arg(folder).args(["--reader", "{reader}"]);
    run("demo with a card", &mut command)
}

/// Whether a window can be opened here.
fn has_display() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()))
}

/// A folder under the system's place for temporary files.
pub fn temporary(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("kapocs-{name}-{}", std::process::id()))
}
