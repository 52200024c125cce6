//! One window a store, by two real processes: the second start raises the first, hands its file over and ends.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use harness::display::Display;
use harness::house::program;

/// How long a busy machine may take.
const PATIENCE: Duration = Duration::from_secs(90);

/// Ends its process with the test, whatever becomes of it.
struct Ending(Child);

impl Drop for Ending {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(display: &Display, data: &Path, more: &[&str]) -> Command {
    let mut command = display.command(&program("kapocs"));
    command.args(["--no-token", "--lang", "hu", "--data"]).arg(data).args(more);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Waits for the end of a process; its exit code.
fn end(mut child: Child) -> Option<i32> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("it can be asked") {
            return status.code();
        }
        if start.elapsed() > PATIENCE {
            let _ = child.kill();
            return None;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn windows(display: &Display) -> usize {
    display.xdotool(&["search", "--onlyvisible", "--name", "^Kapocs"]).lines().count()
}

/// Whether the window asks for attention: without a window manager nobody else can bring it to the front.
fn calls_for_attention(display: &Display, window: &str) -> bool {
    String::from_utf8_lossy(&display.ask("xprop", &["-id", window, "WM_HINTS"])).contains("urgency")
}

/// The first start once it listens; before that the second would be the first.
fn first(display: &Display, data: &Path) -> (Ending, String) {
    let first = Ending(start(display, data, &[]).spawn().expect("kapocs starts"));
    let begun = Instant::now();
    while !data.join("instance").exists() {
        assert!(begun.elapsed() < PATIENCE, "it never listens");
        std::thread::sleep(Duration::from_millis(100));
    }
    (first, display.window("Kapocs"))
}

#[test]
fn a_second_start_raises_the_first_window_and_ends() {
    let (display, folder) = (Display::start(), tempfile::tempdir().unwrap());
    let data = folder.path().join("Ágnes Őz");
    let (_first, window) = first(&display, &data);
    assert!(!calls_for_attention(&display, &window));
    let file = folder.path().join("csomag.kapocs");
    let second = start(&display, &data, &[file.to_str().unwrap()]).spawn().expect("kapocs starts");
    assert_eq!(end(second), Some(0), "the second start ends by itself");
    let begun = Instant::now();
    while !calls_for_attention(&display, &window) {
        assert!(begun.elapsed() < PATIENCE, "the first window was not raised");
        std::thread::sleep(Duration::from_millis(200));
    }
    assert_eq!(windows(&display), 1);
}

#[test]
fn another_store_has_a_window_of_its_own() {
    let (display, folder) = (Display::start(), tempfile::tempdir().unwrap());
    let _first = first(&display, &folder.path().join("a"));
    let _second = Ending(start(&display, &folder.path().join("b"), &[]).spawn().expect("kapocs starts"));
    let begun = Instant::now();
    while windows(&display) < 2 {
        assert!(begun.elapsed() < PATIENCE, "the second store has no window");
        std::thread::sleep(Duration::from_millis(300));
    }
}

#[test]
fn a_store_held_without_a_window_is_explained_in_a_window() {
    let (display, folder) = (Display::start(), tempfile::tempdir().unwrap());
    let data = folder.path().join("store");
    std::fs::create_dir_all(&data).unwrap();
    let held = store::Store::open(&client::store_path(&data)).unwrap();
    let log = folder.path().join("store/logs");
    let window = Ending(start(&display, &data, &[]).spawn().expect("kapocs starts"));
    let said = |needle: &str| {
        let files = std::fs::read_dir(&log).into_iter().flatten().filter_map(Result::ok);
        files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).any(|text| text.contains(needle))
    };
    let begun = Instant::now();
    while !said("the program cannot start") {
        assert!(begun.elapsed() < PATIENCE, "the start did not give up");
        std::thread::sleep(Duration::from_millis(200));
    }
    let _ = display.window("Kapocs");
    drop(held);
    drop(window);
}
