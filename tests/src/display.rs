//! A screen that nobody sees: an X server of its own for a window, with hands to type and eyes to look.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a window may take to appear.
const PATIENCE: Duration = Duration::from_secs(90);

/// A running X server without a window manager; ends with its owner.
pub struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// Starts one on a number that the server finds free itself, and waits until it takes windows.
    ///
    /// # Panics
    /// When Xvfb is not installed or does not start.
    pub fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x720x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts");
        // The number is said once the server is ready, on a busy machine after seconds.
        let mut number = String::new();
        let said = server.stdout.take().expect("piped");
        let read = BufReader::new(said).read_line(&mut number).expect("Xvfb says its number");
        assert!(read > 0, "Xvfb ended before it was ready");
        Self { server, name: format!(":{}", number.trim()) }
    }

    /// A program whose windows open here.
    pub fn command(&self, program: &std::path::Path) -> Command {
        let mut command = Command::new(program);
        command.env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY");
        command
    }

    /// Runs xdotool; what it says.
    pub fn xdotool(&self, arguments: &[&str]) -> String {
        let run = Command::new("xdotool").env("DISPLAY", &self.name).args(arguments).output();
        String::from_utf8_lossy(&run.expect("xdotool runs").stdout).trim().to_owned()
    }

    /// The number of the window in whose title that stands, once it is there.
    ///
    /// # Panics
    /// When it does not come.
    pub fn window(&self, title: &str) -> String {
        let start = Instant::now();
        loop {
            let found = self.xdotool(&["search", "--onlyvisible", "--name", title]);
            if let Some(id) = found.lines().last() {
                return id.to_owned();
            }
            assert!(start.elapsed() < PATIENCE, "no window named {title}");
            std::thread::sleep(Duration::from_millis(300));
        }
    }

    /// Takes the keyboard from all windows.
    ///
    /// # Panics
    /// When the screen does not say what it is.
    pub fn look_away(&self) {
        let said = String::from_utf8_lossy(&self.ask("xwininfo", &["-root", "-int"])).into_owned();
        let root = said.split_once("Window id: ").and_then(|(_, rest)| rest.split(' ').next());
        self.xdotool(&["windowfocus", root.expect("a screen has a root")]);
    }

    /// What a tool of ImageMagick or X says of the screen.
    pub fn ask(&self, program: &str, arguments: &[&str]) -> Vec<u8> {
        let run = Command::new(program).env("DISPLAY", &self.name).args(arguments).output();
        run.unwrap_or_else(|error| panic!("{program}: {error}")).stdout
    }

    /// The colour of a point of the screen, red, green, blue.
    pub fn colour(&self, x: u32, y: u32) -> [u8; 3] {
        let crop = format!("1x1+{x}+{y}");
        let said = self.ask("import", &["-window", "root", "-crop", &crop, "-depth", "8", "rgb:-"]);
        said.get(..3).and_then(|bytes| bytes.try_into().ok()).unwrap_or_default()
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
