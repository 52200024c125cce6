//! Hands on the keyboard of a real window, eyes on its colours and its title, and a look into its store.

use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};

use crate::display::Display;

/// How long a busy machine may take for one step of a story.
pub const PATIENCE: Duration = Duration::from_secs(90);

/// Ends its process with the test.
pub struct Ending(pub Child);

impl Drop for Ending {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A window, with hands on its keyboard.
pub struct Hands<'a> {
    pub display: &'a Display,
    pub window: String,
}

impl Hands<'_> {
    /// Presses keys, one after the other; their names stand between spaces.
    pub fn press(&self, keys: &str) {
        let mut arguments = vec!["windowfocus", "--sync", &self.window, "key", "--delay", "120"];
        arguments.extend(keys.split(' '));
        let _ = self.display.xdotool(&arguments);
        std::thread::sleep(Duration::from_millis(600));
    }

    /// Types a text.
    pub fn write(&self, text: &str) {
        let _ = self.display.xdotool(&["windowfocus", "--sync", &self.window, "type", "--delay", "60", text]);
        std::thread::sleep(Duration::from_millis(600));
    }

    /// What the window's title says.
    pub fn title(&self) -> String {
        self.display.xdotool(&["getwindowname", &self.window])
    }
}

/// One text of the store, read beside the window that holds it.
pub fn stored(store: &Path, sql: &str) -> Option<String> {
    let db = Connection::open_with_flags(store, OpenFlags::SQLITE_OPEN_READ_ONLY).ok()?;
    db.query_row(sql, [], |row| row.get(0)).ok()
}

/// Does it, and again as long as it has not come about: a window that still loads hears nothing.
///
/// # Panics
/// When it never comes about.
pub fn until<T>(what: &str, mut done: impl FnMut() -> Option<T>, mut again: impl FnMut()) -> T {
    let start = Instant::now();
    loop {
        if let Some(done) = done() {
            return done;
        }
        assert!(start.elapsed() < PATIENCE, "{what}");
        again();
        for _ in 0..10 {
            std::thread::sleep(Duration::from_millis(300));
            if let Some(done) = done() {
                return done;
            }
        }
    }
}
