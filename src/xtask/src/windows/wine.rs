//! A Wine prefix of its own: a Windows that is fresh, writes nothing into this machine's menus and ends with us.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::TaskError;
use crate::process::{root, run};

/// Wine's own browser engine and .NET, which it would ask to download, and what copies start menus to the host.
const LEFT_OUT: &str = "mscoree,mshtml=;winemenubuilder.exe=d";

pub struct Prefix {
    folder: PathBuf,
    display: String,
}

/// What a program left.
pub struct Ended {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Prefix {
    /// Makes the prefix in a folder, with what Wine 8 lacks; its windows go to a display.
    pub fn make(folder: &Path, display: &str) -> Result<Self, TaskError> {
        let prefix = Self { folder: folder.join("prefix"), display: display.to_owned() };
        run("Wine prefix", prefix.command("wineboot").arg("--init").stderr(Stdio::null()))?;
        prefix.wait()?;
        let library = folder.join("bcryptprimitives.dll");
        let mut compile = Command::new("x86_64-w64-mingw32-gcc");
        let _ = compile.args(["-O2", "-s", "-shared", "-o"]).arg(&library);
        let source = root().join("tests/assets/wine/bcryptprimitives.c");
        run("what Wine lacks", compile.arg(source).arg("-ladvapi32"))?;
        let place = prefix.folder.join("drive_c/windows/system32/bcryptprimitives.dll");
        std::fs::copy(&library, &place).map_err(|e| TaskError::File(place.display().to_string(), e))?;
        Ok(prefix)
    }

    /// A Windows program; `wine` finds its own by name, others by their Windows path.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new("wine");
        let _ = command.arg(program).env("WINEPREFIX", &self.folder).env("WINEDLLOVERRIDES", LEFT_OUT);
        let _ = command.env("WINEDEBUG", "-all").env("WINEARCH", "win64").env("DISPLAY", &self.display);
        // Arguments and output are UTF-8; nothing of the developer's own settings counts.
        let _ = command.env("LC_ALL", "C.UTF-8").env_remove("KAPOCS_DATA").env_remove("WAYLAND_DISPLAY");
        command
    }

    /// Runs a program to its end.
    pub fn run(&self, program: &str, arguments: &[&str], stdin: &str) -> Result<Ended, TaskError> {
        let start = |source| TaskError::Start { program: program.to_owned(), source };
        let mut command = self.command(program);
        let _ = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(start)?;
        if let Some(mut pipe) = child.stdin.take() {
            // A program that needs no input may end before it is written.
            let _ = std::io::Write::write_all(&mut pipe, stdin.as_bytes());
        }
        let output = child.wait_with_output().map_err(start)?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        let code = output.status.code().unwrap_or(-1);
        Ok(Ended { code, out: text(&output.stdout), err: text(&output.stderr) })
    }

    /// What a variable of the Windows environment holds.
    pub fn variable(&self, name: &str) -> Result<String, TaskError> {
        Ok(self.run("cmd", &["/c", &format!("echo %{name}%")], "")?.out)
    }

    /// A value of the registry; an empty name means the default one.
    pub fn registry(&self, key: &str, name: &str) -> Result<Option<String>, TaskError> {
        let which: &[&str] = if name.is_empty() { &["/ve"] } else { &["/v", name] };
        let ended = self.run("reg", &[&["query", key][..], which].concat(), "")?;
        let value = ended.out.lines().find_map(|line| {
            let at = line.find("REG_")?;
            Some(line[at..].split_once(char::is_whitespace).map_or("", |(_, value)| value).trim().to_owned())
        });
        Ok(if ended.code == 0 { value } else { None })
    }

    /// Where a Windows path of drive C lies on this machine.
    pub fn path(&self, windows: &str) -> PathBuf {
        let below = windows.trim_start_matches("C:").trim_start_matches("c:").trim_start_matches('\\');
        self.folder.join("drive_c").join(below.replace('\\', "/"))
    }

    /// How Windows programs name a file of this machine.
    pub fn outside(path: &Path) -> String {
        format!("Z:{}", path.display().to_string().replace('/', "\\"))
    }

    /// A text file in UTF-16, as installers write logs; empty when there is none.
    pub fn text(&self, windows: &str) -> String {
        let bytes = std::fs::read(self.path(windows)).unwrap_or_default();
        let units: Vec<u16> =
            bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units).trim_start_matches('\u{feff}').to_owned()
    }

    /// Files and folders of drive C, and values of the registry, whose name has this word (lower case).
    pub fn traces(&self, word: &str) -> Result<Vec<String>, TaskError> {
        // The registry is written when the last program has ended.
        self.wait()?;
        let mut found = Vec::new();
        let mut waiting = vec![self.folder.join("drive_c")];
        while let Some(folder) = waiting.pop() {
            let failed = |e| TaskError::File(folder.display().to_string(), e);
            for entry in std::fs::read_dir(&folder).map_err(failed)? {
                let entry = entry.map_err(failed)?;
                let path = entry.path();
                if entry.file_name().to_string_lossy().to_lowercase().contains(word) {
                    let below = path.strip_prefix(self.folder.join("drive_c")).unwrap_or(&path);
                    found.push(format!("C:\\{}", below.display().to_string().replace('/', "\\")));
                } else if entry.file_type().map_err(failed)?.is_dir() {
                    waiting.push(path);
                }
            }
        }
        for file in ["system.reg", "user.reg"] {
            let path = self.folder.join(file);
            let bytes = std::fs::read(&path).map_err(|e| TaskError::File(path.display().to_string(), e))?;
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            found.extend(
                text.lines().filter(|line| line.contains(word)).map(|line| format!("{file}: {line}")),
            );
        }
        found.sort();
        Ok(found)
    }

    /// Waits until every program of the prefix has ended.
    pub fn wait(&self) -> Result<(), TaskError> {
        self.server("-w")
    }

    fn server(&self, what: &str) -> Result<(), TaskError> {
        let mut server = Command::new("wineserver");
        if std::path::Path::new("/usr/lib/wine/wineserver64").exists() {
            server = Command::new("/usr/lib/wine/wineserver64");
        }
        let status = server.arg(what).env("WINEPREFIX", &self.folder).status();
        let _ = status.map_err(|source| TaskError::Start { program: "wineserver".to_owned(), source })?;
        Ok(())
    }
}

impl Drop for Prefix {
    fn drop(&mut self) {
        if let Err(error) = self.server("-k") {
            eprintln!("xtask: {error}");
        }
    }
}
