//! Two builds of the command line import the same file by turns, in one run on one machine.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::transfers;
use crate::TaskError;
use crate::demo::temporary;
use crate::process::{Profile, build, run, target_directory};

/// How it is measured.
#[derive(clap::Args)]
pub struct ImportArguments {
    /// Another `kapocs-cli` to measure beside this checkout's, with its `kapocs-bank` beside it.
    #[arg(long, value_name = "PROGRAM")]
    against: Option<PathBuf>,
    /// Runs of each.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Transfers in the file.
    #[arg(long, default_value_t = 100_000)]
    rows: u64,
}

/// A program, the store that it imports into, and how long it took.
struct Contender {
    name: &'static str,
    program: PathBuf,
    /// A demo's client, copied anew for each run.
    store: PathBuf,
    file: PathBuf,
    times: Vec<Duration>,
}

/// Measures and prints the lowest and the middle time of each, and their ratio.
pub fn compare(arguments: &ImportArguments) -> Result<(), TaskError> {
    let binaries = build(&["kapocs-bank", "kapocs-cli"], Profile::Measure)?;
    let folder = target_directory()?.join(temporary("bench-import").file_name().unwrap_or_default());
    let result = in_folder(&folder, &binaries, arguments);
    if let Err(error) = std::fs::remove_dir_all(&folder) {
        eprintln!("{}: {error}", folder.display());
    }
    result
}

fn in_folder(folder: &Path, binaries: &Path, arguments: &ImportArguments) -> Result<(), TaskError> {
    let mut contenders =
        vec![Contender::new("this checkout", &binaries.join("kapocs-cli"), folder, arguments)?];
    if let Some(other) = &arguments.against {
        contenders.push(Contender::new("the other one", other, folder, arguments)?);
    }
    for _ in 0..arguments.runs.max(1) {
        for contender in &mut contenders {
            contender.import(folder)?;
        }
    }
    println!("import of {} transfers by kapocs-cli, {} runs by turns", arguments.rows, arguments.runs.max(1));
    println!("{:<20}{:>12}{:>12}", "", "lowest", "median");
    let figures: Vec<[f64; 2]> = contenders.iter_mut().map(Contender::figures).collect();
    for (contender, [lowest, median]) in contenders.iter().zip(&figures) {
        println!("{:<20}{lowest:>10.3} s{median:>10.3} s", contender.name);
    }
    if let [ours, other] = figures.as_slice() {
        println!("{:<20}{:>12.3}{:>12.3}", "ratio", ours[0] / other[0], ours[1] / other[1]);
    }
    Ok(())
}

impl Contender {
    /// Makes a demo's client with this program, as old as the program itself, and the file that it will import.
    fn new(
        name: &'static str,
        program: &Path,
        folder: &Path,
        arguments: &ImportArguments,
    ) -> Result<Self, TaskError> {
        let place = folder.join(name);
        let failed = |e| TaskError::File(place.display().to_string(), e);
        std::fs::create_dir_all(&place).map_err(failed)?;
        let mut demo = Command::new(program);
        let _ = demo.args(["demo", "--sample", "--keep"]).arg(&place).stdout(Stdio::null());
        run(&format!("a store by {}", program.display()), &mut demo)?;
        let store = place.join("client");
        let mut accounts = Command::new(program);
        let _ = accounts.args(["--json", "accounts", "--data"]).arg(&store);
        let output = accounts
            .output()
            .map_err(|source| TaskError::Start { program: program.display().to_string(), source })?;
        let accounts: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        let debit =
            in_forints(&accounts).ok_or_else(|| TaskError::Step("accounts of the demo".to_owned()))?;
        let file = place.join("transfers.xml");
        transfers::write(&file, &debit, arguments.rows).map_err(failed)?;
        Ok(Self { name, program: program.to_owned(), store, file, times: Vec::new() })
    }

    /// One import into a fresh copy of the store.
    fn import(&mut self, folder: &Path) -> Result<(), TaskError> {
        let copy = folder.join("copy");
        let failed = |e| TaskError::File(copy.display().to_string(), e);
        if copy.exists() {
            std::fs::remove_dir_all(&copy).map_err(failed)?;
        }
        std::fs::create_dir_all(&copy).map_err(failed)?;
        for entry in std::fs::read_dir(&self.store).map_err(failed)?.flatten() {
            if entry.path().is_file() {
                let _ = std::fs::copy(entry.path(), copy.join(entry.file_name())).map_err(failed)?;
            }
        }
        let mut command = Command::new(&self.program);
        let _ = command.arg("import").arg(&self.file).arg("--data").arg(&copy).stdout(Stdio::null());
        let begun = Instant::now();
        let status = command
            .status()
            .map_err(|source| TaskError::Start { program: self.program.display().to_string(), source })?;
        self.times.push(begun.elapsed());
        if status.success() { Ok(()) } else { Err(TaskError::Step(format!("import by {}", self.name))) }
    }

    /// Lowest and median, in seconds.
    fn figures(&mut self) -> [f64; 2] {
        self.times.sort();
        let at = |n: usize| self.times.get(n).map_or(f64::NAN, Duration::as_secs_f64);
        [at(0), at(self.times.len() / 2)]
    }
}

/// The digits of the first account in forints.
fn in_forints(accounts: &serde_json::Value) -> Option<String> {
    let mut accounts = accounts.as_array()?.iter().map(|row| &row["account"]);
    let account = accounts.find(|account| account["currency"] == "HUF")?;
    Some(account["number"].as_str()?.chars().filter(char::is_ascii_digit).collect())
}
