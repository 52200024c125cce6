//! `cargo xtask windows --test`: what people do with the installer and the installed programs, in a fresh Wine prefix,
//! against the reference bank on loopback. Prints each step with the seconds that it took.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::bank::Bank;
use super::job::{self, Cli, expect};
use super::look::{self, Window};
use super::make::Built;
use super::setups::{Setup, next};
use super::wine::Prefix;
use crate::TaskError;
use crate::demo::temporary;
use crate::display::Display;
use crate::process::root;

/// Words of the login.
const LOGIN: [&str; 3] = ["Bejelentkezés", "Szoftveres kulcs", "Kovács Anna"];
/// Words of the sent packages' place and of what the main job has sent.
const WORDS: [&str; 4] = ["Elküldött megbízások", "Kifizetések árvíztűrő", "Őrségi Faipari", "Összeg"];

/// Says what was done and how long it took.
struct Report(Instant);

impl Report {
    fn done(&mut self, what: &str) {
        println!("{:>6.1} s  {what}", self.0.elapsed().as_secs_f64());
        self.0 = Instant::now();
    }
}

/// Tries everything; ends at the first thing that is not as it must be.
pub fn run(built: &Built, installer: &Path) -> Result<(), TaskError> {
    let folder = temporary("windows");
    let result = std::fs::create_dir_all(&folder)
        .map_err(|e| TaskError::File(folder.display().to_string(), e))
        .and_then(|()| try_all(built, installer, &folder));
    if let Err(error) = std::fs::remove_dir_all(&folder) {
        eprintln!("{}: {error}", folder.display());
    }
    result
}

fn try_all(built: &Built, installer: &Path, folder: &Path) -> Result<(), TaskError> {
    let mut report = Report(Instant::now());
    let display = Display::start()?;
    let bank = Bank::start(folder)?;
    let prefix = Prefix::make(folder, &display.name)?;
    let setup = Setup::of(&prefix)?;
    report.done(&format!("a fresh Windows, and the reference bank on port {}", bank.port()));

    let version = env!("CARGO_PKG_VERSION");
    setup.install(installer, version, &[])?;
    report.done(&format!("{version} installed silently for one user: {}", setup.summary()?));

    let cli = Cli { prefix: &prefix, program: setup.program("kapocs-cli"), pin: bank.pin().to_owned() };
    let packages = job::main_job(&cli, &bank)?;
    let sent = cli.json(&["packages", "--sent"])?;
    report.done(&format!(
        "main job by the installed kapocs-cli.exe: {} packages executed and booked once",
        packages.len()
    ));

    let arguments = ["--lang", "hu", "--theme", "light", "--screen", "sent"];
    let mut window = Window::open(&prefix, &setup.program("kapocs"), &arguments)?;
    let pictures = root().join("assets/screenshots/windows");
    look::picture(&display.name, &LOGIN, &pictures.join("login.png"))?;
    look::press(&display.name, "Escape")?;
    let picture = pictures.join("sent.png");
    look::picture(&display.name, &WORDS, &picture)?;
    report.done(&format!("the installed kapocs.exe shows {} in {}", WORDS.join(", "), picture.display()));

    let newer = next(version);
    let signed = setup.signed(built, &newer, folder)?;
    report.done(&format!("{newer} packed and signed by a certificate from outside; the signature verifies"));
    expect("silent setup while the program runs", &setup.run(&signed, &[])?, &2)?;
    expect_line(&setup.log(), "refused: kapocs.exe does not end")?;
    let mut upgrade = setup.command(&signed, &["/RESTART"]);
    let start = |source| TaskError::Start { program: "setup".to_owned(), source };
    let mut upgrade = upgrade.stdout(Stdio::null()).spawn().map_err(start)?;
    std::thread::sleep(Duration::from_secs(5));
    if !window.runs() || !matches!(upgrade.try_wait(), Ok(None)) {
        return Err(TaskError::Unexpected("the update does not wait for the running program".to_owned()));
    }
    drop(window);
    expect("update", &upgrade.wait().map_err(start)?.code(), &Some(0))?;
    look::until("the program after the update", || look::is_shown(&display.name))?;
    let _ = prefix.run("taskkill", &["/F", "/IM", "kapocs.exe"], "")?;
    prefix.wait()?;
    setup.is_installed(&newer)?;
    setup.is_signed(&setup.program("uninstall"), folder)?;
    expect("packages after the update", &cli.json(&["packages", "--sent"])?, &sent)?;
    // The token of the settings still logs in.
    let _ = cli.json(&["sync"])?;
    report.done(&format!(
        "updated to {newer}: waited for the program, started it again; store and settings kept"
    ));

    expect("older setup", &setup.run(installer, &[])?, &2)?;
    expect_line(&setup.log(), &format!("refused: version {newer} is installed, which is newer"))?;
    setup.is_installed(&newer)?;
    report.done(&format!("{version} refused over {newer}: exit code 2, the log says why"));

    setup.with_newer_store(|| {
        expect("setup over a newer store", &setup.run(&signed, &[])?, &2)?;
        expect_line(&setup.log(), "refused: the data were converted by a newer version")
    })?;
    report.done("refused over a store of a newer version: exit code 2, the log says why");

    let (bare, ours) = first_frames(built, &prefix, &setup)?;
    report.done(&format!(
        "start to first frame: {ours} ms, bare iced window: {bare} ms, {:.2} times as long",
        ours as f64 / bare.max(1) as f64
    ));

    let left = setup.uninstall(&[])?;
    expect_line(&left, "left: ")?;
    report.done("uninstalled silently, the data stay:");
    for line in left.lines() {
        println!("            {line}");
    }

    let mut for_all = Setup::of(&prefix)?;
    for_all.for_all_users();
    for_all.install(installer, version, &["/ALLUSERS"])?;
    let cli = Cli { program: for_all.program("kapocs-cli"), ..cli };
    expect("packages after uninstalling and installing", &cli.json(&["packages", "--sent"])?, &sent)?;
    report.done(&format!("installed for all users, the data are found again: {}", for_all.summary()?));

    let left = for_all.uninstall(&["/DELETEDATA"])?;
    expect_line(&left, "data deleted")?;
    let traces = prefix.traces("kapocs")?;
    let log = for_all.uninstall_log();
    expect("what is left", &traces, &vec![log])?;
    report.done("uninstalled with /DELETEDATA: only its log is left");
    Ok(())
}

fn first_frames(built: &Built, prefix: &Prefix, setup: &Setup<'_>) -> Result<(u64, u64), TaskError> {
    let bare = look::first_frame(prefix, &Prefix::outside(&built.bare_window), &[])?;
    let ours = look::first_frame(prefix, &setup.program("kapocs"), &["--bench-first-frame", "--lang", "hu"])?;
    Ok((bare, ours))
}

fn expect_line(log: &str, part: &str) -> Result<(), TaskError> {
    if log.lines().any(|line| line.contains(part)) {
        return Ok(());
    }
    Err(TaskError::Unexpected(format!("the log lacks {part:?}:\n{log}")))
}
