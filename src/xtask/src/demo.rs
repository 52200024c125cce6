//! `cargo xtask demo`: the reference bank and the window with demo data, or the main job by command line.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{Profile, build, run};
use crate::{TaskError, setup};

/// How the demo is shown.
#[derive(clap::Args)]
pub struct DemoArguments {
    /// Use a virtual card (piv or gids) behind a real smart card service instead of the software token.
    #[arg(long, value_name = "KIND", num_args = 0..=1, default_missing_value = "piv",
          value_parser = ["piv", "gids"])]
    card: Option<String>,
    /// What has become of the card so far: in-use, new (its first PIN is to be set) or blocked.
    #[arg(long, value_name = "STATE", requires = "card", default_value = "in-use",
          value_parser = ["in-use", "new", "blocked"])]
    card_state: String,
    /// Whose rules: kh or kdb.
    #[arg(long, default_value = "kh")]
    profile: String,
    /// Several banks at once, in one store: their rules with a comma between them, like kh,kdb.
    #[arg(long, value_name = "RULES", conflicts_with_all = ["profile", "card"])]
    banks: Option<String>,
    /// Language: hu or en.
    #[arg(long, default_value = "hu")]
    lang: String,
    /// Do the main job by command line even if there is a display.
    #[arg(long)]
    no_window: bool,
}

/// Sets up, builds and starts it; ends with the window.
pub fn run_demo(arguments: &DemoArguments) -> Result<(), TaskError> {
    setup::for_demo(arguments.card.is_some())?;
    let window = !arguments.no_window && has_display();
    let program = if window { "kapocs" } else { "kapocs-cli" };
    let mut packages = vec!["kapocs-bank", if window { "kapocs-desktop" } else { "kapocs-cli" }];
    if arguments.card.is_some() {
        packages.push("kapocs-tests");
    }
    let binaries = build(&packages, Profile::Dev)?;
    let mut command = start(&binaries.join(program), window, arguments);
    let Some(kind) = &arguments.card else { return run("demo", &mut command) };
    let folder = temporary("card-demo");
    let result = with_card(&binaries, &folder, command, kind, arguments);
    if let Err(error) = std::fs::remove_dir_all(&folder) {
        eprintln!("{}: {error}", folder.display());
    }
    result
}

fn start(program: &Path, window: bool, arguments: &DemoArguments) -> Command {
    let mut command = Command::new(program);
    let _ = command.args(["--lang", &arguments.lang]);
    let _ = if window { command.arg("--demo") } else { command.arg("demo") };
    let _ = command.args(["--profile", arguments.banks.as_ref().unwrap_or(&arguments.profile)]);
    command
}

/// Makes the demo's data first, puts the first signer's keys into a virtual card, and runs the program inside a
/// private smart card service.
fn with_card(
    binaries: &Path,
    folder: &Path,
    program: Command,
    kind: &str,
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
    let secrets = card_secrets(binaries, &bank_data, signer, kind, &folder.join("card.json"))?;
    let mut command = Command::new(binaries.join("with-card"));
    let _ = command.args(["--kind", kind, "--state", &arguments.card_state, "--secrets"]).arg(secrets);
    let _ = command.arg("--key-file").arg(bank_data.join(key_file)).arg("--pin-file").arg(&pin_file);
    let _ = command.arg("--").arg(program.get_program()).args(program.get_args());
    let _ = command.arg("--demo-data").arg(folder).args(["--reader", "{reader}"]);
    run("demo with a card", &mut command)
}

/// Tells the bank of the signer's card, and writes what the bank writes into such a card to `file`.
fn card_secrets(
    binaries: &Path,
    bank_data: &Path,
    signer: Option<&serde_json::Value>,
    kind: &str,
    file: &Path,
) -> Result<PathBuf, TaskError> {
    let fact = |name: &str| signer.and_then(|user| user[name].as_str()).unwrap_or_default();
    let bank = || Command::new(binaries.join("kapocs-bank"));
    let mut register = bank();
    let _ = register.args(["register-card", "--user", fact("id"), "--csn", fact("csn"), "--kind", kind]);
    run("the card's registration", register.arg("--data").arg(bank_data))?;
    let failed = |e| TaskError::File(file.display().to_string(), e);
    let output = std::fs::File::create(file).map_err(failed)?;
    let mut secrets = bank();
    let _ = secrets.args(["card-secrets", "--csn", fact("csn"), "--data"]).arg(bank_data).stdout(output);
    run("the card's secrets", &mut secrets)?;
    Ok(file.to_owned())
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
