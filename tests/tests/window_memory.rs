//! A PIN typed into the real window is wiped: once the token has judged it, the process's memory (which the
//! system may swap out or a crash may dump) holds it no more.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use harness::display::Display;
use harness::house::program;

/// A wrong PIN that stands nowhere else.
const TYPED: &str = "73519064";
const PATIENCE: Duration = Duration::from_secs(90);

/// Ends its process with the test, whatever becomes of it.
struct Ending(Child);

impl Drop for Ending {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// How often `needle` stands in the process's memory.
fn count_in_memory(process: u32, needle: &[u8]) -> usize {
    let maps = std::fs::read_to_string(format!("/proc/{process}/maps")).expect("the process runs");
    let memory = File::open(format!("/proc/{process}/mem")).expect("its memory can be read");
    let mut found = 0;
    for line in maps.lines().filter(|line| !line.contains("[v")) {
        let mut fields = line.split_whitespace();
        let (range, rights) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
        let Some((from, to)) = range.split_once('-').filter(|_| rights.starts_with('r')) else { continue };
        let ends = [from, to].map(|end| u64::from_str_radix(end, 16).expect("an address"));
        let mut bytes = vec![0; usize::try_from(ends[1] - ends[0]).expect("a length")];
        if memory.read_exact_at(&mut bytes, ends[0]).is_ok() {
            found += bytes.windows(needle.len()).filter(|window| *window == needle).count();
        }
    }
    found
}

#[test]
fn a_typed_pin_is_wiped_from_the_windows_memory() {
    let folder = tempfile::tempdir().unwrap();
    let display = Display::start();
    let window = display
        .command(&program("kapocs"))
        .args(["--demo", "--lang", "hu", "--demo-data"])
        .arg(folder.path())
        .stdout(Stdio::null())
        .spawn()
        .expect("kapocs starts");
    let window = Ending(window);
    let users = folder.path().join("bank/users");
    let spent = || {
        let entries = std::fs::read_dir(&users).ok()?;
        let mut names = entries.filter_map(Result::ok).map(|entry| entry.file_name());
        names.find(|name| name.to_string_lossy().ends_with(".tries"))
    };
    let start = Instant::now();
    // Until the login's sheet is open, what is typed goes nowhere.
    while spent().is_none() {
        assert!(start.elapsed() < PATIENCE, "the PIN was never tried");
        let id = display.xdotool(&["search", "--onlyvisible", "--name", "^Kapocs"]);
        if let Some(id) = id.lines().last() {
            let _ = display.xdotool(&["windowfocus", id]);
            let _ = display.xdotool(&["key", "--repeat", "10", "BackSpace"]);
            let _ = display.xdotool(&["type", "--delay", "30", TYPED]);
            let _ = display.xdotool(&["key", "Return"]);
        }
        std::thread::sleep(Duration::from_secs(3));
    }
    assert!(count_in_memory(window.0.id(), "Kovács Anna".as_bytes()) > 0, "the search finds what is there");
    let wide: Vec<u8> = TYPED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for needle in [TYPED.as_bytes(), &TYPED.as_bytes()[..7], &wide] {
        assert_eq!(count_in_memory(window.0.id(), needle), 0, "the PIN is still there");
    }
}
