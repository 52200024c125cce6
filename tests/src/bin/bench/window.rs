//! The program's window on a display: its first frame beside a bare iced window's, its memory, its rest.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use harness::house::program;
use serde_json::Value;

use crate::Outcome;
use crate::house::copy_folder;
use crate::report::{Report, Unit};
use crate::samples::Samples;
use crate::step::{number, numbers};

const RUNS: usize = 7;
/// How long the open window is watched.
const WATCHED: Duration = Duration::from_secs(30);
/// How long it may take to log in and load, and how long it then gets to come to rest.
const PATIENCE: Duration = Duration::from_secs(60);
const REST: Duration = Duration::from_secs(10);
/// Linux counts processor time in hundredths of a second for all programs.
const TICK: f64 = 0.01;

/// A program that ends with this.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        if self.0.kill().is_ok() {
            let _ = self.0.wait();
        }
    }
}

/// Measures the section.
pub fn measure(report: &mut Report) -> Outcome {
    report.section("The window");
    if std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none() {
        return Err("the window needs a display; `cargo xtask bench` brings one".into());
    }
    let folder = tempfile::tempdir()?;
    let demo = folder.path().join("demo");
    // Orders in every state, as after a day's work; the bank and the client both end here.
    let made = Command::new(program("kapocs-cli"))
        .args(["demo", "--sample", "--keep"])
        .arg(&demo)
        .stdout(Stdio::null())
        .status()?;
    if !made.success() {
        return Err("the demo's data could not be made".into());
    }
    first_frames(report, &demo.join("client"), &folder.path().join("copy"))?;
    rest(report, &demo)
}

fn first_frames(report: &mut Report, client: &Path, copy: &Path) -> Outcome {
    let mut bare = Command::new(program("bare-window"));
    copy_folder(client, copy)?;
    let mut kapocs = Command::new(program("kapocs"));
    let _ = kapocs.args(["--bench-first-frame", "--no-token", "--lang", "hu", "--data"]).arg(copy);
    let (mut theirs, mut ours) = (Vec::new(), Vec::new());
    // The first of each brings the files into the system's cache and is not counted.
    for n in 0..=RUNS {
        let (their, our) = (first_frame(&mut bare)?, first_frame(&mut kapocs)?);
        if n > 0 {
            theirs.push(their);
            ours.push(our);
        }
    }
    let seconds = |runs: &[(Duration, Value)]| Samples::of_times(runs.iter().map(|(time, _)| *time));
    let memory = |runs: &[(Duration, Value)]| -> Outcome<Samples> {
        let told: Vec<Value> = runs.iter().map(|(_, told)| told.clone()).collect();
        Ok(Samples::of(numbers(&told, "resident_kib")?.into_iter().map(|kib| kib * 1024.0))?)
    };
    let (bare, kapocs) = (seconds(&theirs)?, seconds(&ours)?);
    report.figure("start to first frame, bare iced window", Unit::Seconds, &bare);
    report.figure("start to first frame, kapocs", Unit::Seconds, &kapocs);
    let ratio = Samples::of([kapocs.median() / bare.median()])?;
    report.aimed("    by the bare window", Unit::Ratio, &ratio, 1.5);
    report.figure("memory after the first frame, bare iced window", Unit::Bytes, &memory(&theirs)?);
    report.figure("memory after the first frame, kapocs", Unit::Bytes, &memory(&ours)?);
    Ok(())
}

/// From the system's start of the program to its word that it has drawn, and that word.
fn first_frame(command: &mut Command) -> Outcome<(Duration, Value)> {
    let name = command.get_program().to_string_lossy().into_owned();
    let begun = Instant::now();
    let mut running = Running(command.stdout(Stdio::piped()).spawn()?);
    let out = running.0.stdout.take().ok_or("no output")?;
    let mut line = String::new();
    let _ = BufReader::new(out).read_line(&mut line)?;
    let time = begun.elapsed();
    let told: Value = serde_json::from_str(&line).map_err(|_| format!("{name} said {line:?}"))?;
    // Its own clock begins a little later; a word that came before the frame would show here.
    let own = number(&told, "first_frame_ms")?;
    if own > time.as_secs_f64() * 1e3 + 1.0 {
        return Err(format!("{name} counted {own} ms within {time:?}").into());
    }
    let ended = Instant::now();
    while running.0.try_wait()?.is_none() {
        if ended.elapsed() > Duration::from_secs(10) {
            return Err(format!("{name} did not end after its first frame").into());
        }
        sleep(Duration::from_millis(10));
    }
    Ok((time, told))
}

/// Memory and processor time of the open demo that nobody touches.
fn rest(report: &mut Report, demo: &Path) -> Outcome {
    let mut command = Command::new(program("kapocs"));
    let _ = command.args(["--demo", "--auto-login", "--lang", "hu", "--demo-data"]).arg(demo);
    let running = Running(command.spawn()?);
    let process = PathBuf::from(format!("/proc/{}", running.0.id()));
    let begun = Instant::now();
    // Logged in, the program hears the bank's news over one connection that stays open.
    while !is_connected(&process)? {
        if begun.elapsed() > PATIENCE {
            return Err("the demo did not log in".into());
        }
        sleep(Duration::from_millis(200));
    }
    sleep(REST);
    let before = (ticks(&process)?, nanoseconds(&process)?);
    sleep(WATCHED);
    let after = (ticks(&process)?, nanoseconds(&process)?);
    if !is_connected(&process)? {
        return Err("the demo lost its bank while it was watched".into());
    }
    let memory = Samples::of([resident(&process)?])?;
    report.aimed("memory of the idle demo, logged in", Unit::Bytes, &memory, 60.0 * 1_048_576.0);
    let used = Samples::of([(after.0 - before.0) as f64 * TICK])?;
    report.aimed("processor time in 30 s, idle, in ticks of 10 ms", Unit::Seconds, &used, 0.0);
    let used = Samples::of([after.1.saturating_sub(before.1) as f64 * 1e-9])?;
    report.figure("    by the scheduler's finer count", Unit::Seconds, &used);
    Ok(())
}

/// Whether the process holds an established TCP connection.
fn is_connected(process: &Path) -> Outcome<bool> {
    let mut inodes = Vec::new();
    for entry in std::fs::read_dir(process.join("fd"))? {
        // Files come and go while the folder is read.
        let Ok(target) = std::fs::read_link(entry?.path()) else { continue };
        let target = target.to_string_lossy().into_owned();
        if let Some(inode) = target.strip_prefix("socket:[").and_then(|rest| rest.strip_suffix(']')) {
            inodes.push(inode.to_owned());
        }
    }
    let sockets = std::fs::read_to_string(process.join("net/tcp"))?;
    Ok(sockets.lines().skip(1).any(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.get(3) == Some(&"01") && words.get(9).is_some_and(|inode| inodes.iter().any(|i| i == inode))
    }))
}

/// Processor time of all its threads, in ticks (proc(5), `stat`, fields 14 and 15).
fn ticks(process: &Path) -> Outcome<u64> {
    let stat = std::fs::read_to_string(process.join("stat"))?;
    let (_, after_name) = stat.rsplit_once(')').ok_or("a strange stat")?;
    let words: Vec<&str> = after_name.split_whitespace().collect();
    match (words.get(11), words.get(12)) {
        (Some(user), Some(system)) => Ok(user.parse::<u64>()? + system.parse::<u64>()?),
        _ => Err("a short stat".into()),
    }
}

/// Processor time of the threads that live now, in nanoseconds (`schedstat`, first field).
fn nanoseconds(process: &Path) -> Outcome<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(process.join("task"))? {
        // A thread may have ended since.
        let Ok(text) = std::fs::read_to_string(entry?.path().join("schedstat")) else { continue };
        sum += text.split(' ').next().unwrap_or_default().parse::<u64>()?;
    }
    Ok(sum)
}

/// Resident memory in bytes.
fn resident(process: &Path) -> Outcome<f64> {
    let status = std::fs::read_to_string(process.join("status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse::<f64>()? * 1024.0)
}
