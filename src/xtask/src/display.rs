//! Displays without a screen.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::TaskError;
use crate::process::end;

/// A display of its own for the windows.
pub struct Display {
    server: Child,
    /// As `DISPLAY` names it.
    pub name: String,
}

impl Display {
    /// Starts one on a free number.
    pub fn start() -> Result<Self, TaskError> {
        let failed = |source| TaskError::Start { program: "Xvfb".to_owned(), source };
        // A free number: the server itself refuses one that is taken.
        for number in 90..190 {
            if Path::new(&format!("/tmp/.X{number}-lock")).exists() {
                continue;
            }
            let name = format!(":{number}");
            let mut server = Command::new("Xvfb")
                .args([name.as_str(), "-screen", "0", "1280x720x24", "-nolisten", "tcp"])
                .stderr(Stdio::null())
                .spawn()
                .map_err(failed)?;
            let start = Instant::now();
            while start.elapsed() < Duration::from_secs(5) {
                if matches!(server.try_wait(), Ok(Some(_))) {
                    break;
                }
                if Path::new(&format!("/tmp/.X11-unix/X{number}")).exists() {
                    return Ok(Self { server, name });
                }
                std::thread::sleep(Duration::from_millis(50));
            }
            end(&mut server);
        }
        Err(TaskError::Step("starting Xvfb".to_owned()))
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        end(&mut self.server);
    }
}
