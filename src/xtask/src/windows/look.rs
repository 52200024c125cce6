//! The installed window on a display: what it shows, and how soon.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::wine::Prefix;
use crate::TaskError;
use crate::process::{end, run};

/// How often the first frame is timed, after one run that is not counted.
const RUNS: usize = 5;
/// How long a window may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(240);

/// A window; it ends with this.
pub struct Window(Child);

impl Window {
    /// Starts a program with a window.
    pub fn open(prefix: &Prefix, program: &str, arguments: &[&str]) -> Result<Self, TaskError> {
        let mut command = prefix.command(program);
        let _ = command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
        let start = |source| TaskError::Start { program: program.to_owned(), source };
        Ok(Self(command.spawn().map_err(start)?))
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        end(&mut self.0);
    }
}

/// Whether a window whose title has "Kapocs" is shown.
pub fn is_shown(display: &str) -> bool {
    let mut search = Command::new("xdotool");
    let _ = search.args(["search", "--onlyvisible", "--name", "Kapocs"]).env("DISPLAY", display);
    search.output().is_ok_and(|output| output.status.success())
}

/// Presses a key in the window.
pub fn press(display: &str, key: &str) -> Result<(), TaskError> {
    let mut press = Command::new("xdotool");
    // Without a window manager nobody gives the window the keyboard.
    let _ = press.args(["search", "--onlyvisible", "--name", "Kapocs", "windowfocus", "--sync", "key", key]);
    run(key, press.env("DISPLAY", display))
}

/// Waits until something has come about.
pub fn until(what: &str, mut come: impl FnMut() -> bool) -> Result<(), TaskError> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if come() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(250));
    }
    Err(TaskError::Unexpected(format!("{what}: not within {} seconds", PATIENCE.as_secs())))
}

/// Takes pictures of the display until text recognition for Hungarian reads all these words in one, and keeps that
/// picture. Nothing but letters drawn as people read them lets this succeed.
pub fn picture(display: &str, words: &[&str], file: &Path) -> Result<(), TaskError> {
    if let Some(parent) = file.parent() {
        std::fs::create_dir_all(parent).map_err(|e| TaskError::File(parent.display().to_string(), e))?;
    }
    let large = file.with_extension("large.png");
    let mut read = String::new();
    let result = until("the words", || {
        read = recognise(display, file, &large).unwrap_or_default();
        words.iter().all(|word| read.contains(word))
    });
    if large.exists() {
        std::fs::remove_file(&large).map_err(|e| TaskError::File(large.display().to_string(), e))?;
    }
    let missing: Vec<&str> = words.iter().copied().filter(|word| !read.contains(word)).collect();
    result.map_err(|_| {
        TaskError::Unexpected(format!("the window does not show {}; it reads:\n{read}", missing.join(", ")))
    })
}

fn recognise(display: &str, file: &Path, large: &Path) -> Result<String, TaskError> {
    let mut import = Command::new("import");
    run("picture", import.args(["-display", display, "-window", "root"]).arg(file))?;
    // Letters of the window's size are too small for the recognition.
    let mut enlarge = Command::new("convert");
    run("enlarge", enlarge.arg(file).args(["-colorspace", "Gray", "-resize", "200%"]).arg(large))?;
    let mut tesseract = Command::new("tesseract");
    let _ = tesseract.arg(large).args(["-", "-l", "hun", "--psm", "11"]).env("OMP_THREAD_LIMIT", "1");
    let start = |source| TaskError::Start { program: "tesseract".to_owned(), source };
    let output = tesseract.stderr(Stdio::null()).output().map_err(start)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Median of the milliseconds from the start of a program to its first frame, as it prints them itself.
pub fn first_frame(prefix: &Prefix, program: &str, arguments: &[&str]) -> Result<u64, TaskError> {
    let mut times = Vec::new();
    for _ in 0..=RUNS {
        let ended = prefix.run(program, arguments, "")?;
        let told: serde_json::Value = serde_json::from_str(&ended.out).unwrap_or_default();
        let Some(time) = told["first_frame_ms"].as_u64() else {
            let told = format!("{program}: exit code {}: {}{}", ended.code, ended.out, ended.err);
            return Err(TaskError::Unexpected(told));
        };
        times.push(time);
    }
    let mut counted = times.split_off(1);
    counted.sort_unstable();
    Ok(counted[counted.len() / 2])
}
