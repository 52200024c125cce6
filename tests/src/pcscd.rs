//! A private smart card service (pcscd) for one test: its own socket, its own reader on its own
//! port, so that tests run side by side and never touch the machine's readers.
//!
//! libpcsclite finds the service through the environment variable `PCSCLITE_CSOCK_NAME`, which must
//! be there before the process starts (changing the environment later is unsafe, and this crate
//! forbids that). So a test that talks to cards in its own process wraps its body in [`isolated`]:
//! that runs the test program once more, for this one test, with the variable set. A test that only
//! starts other programs calls [`Pcscd::start`] and hands them [`Pcscd::socket`].

use std::fs::{self, File};
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::softhsm::SOFTHSM_VARIABLE;

/// The variable that libpcsclite reads.
pub const SOCKET_VARIABLE: &str = "PCSCLITE_CSOCK_NAME";
/// Set in the second run of a test program: the file that says that the body has really run.
const DONE_VARIABLE: &str = "KAPOCS_TEST_ISOLATED";
/// How long the service may take to start.
const START_PATIENCE: Duration = Duration::from_secs(10);
/// Ports for readers, below the range from which the system takes ports for clients.
const PORTS: std::ops::Range<u16> = 20_000..30_000;
/// vpcd's driver as Debian's package vsmartcard-vpcd installs it.
const DRIVER: &str = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
const NAME: &str = "Kapocs Test";

/// Runs `body` in a second run of this test program with a private service socket. `test` is the
/// test's full name as the test runner prints it.
///
/// # Panics
/// When the body fails, or when no test of this name ran.
pub fn isolated(test: &str, body: impl FnOnce()) {
    if let Some(done) = std::env::var_os(DONE_VARIABLE) {
        body();
        fs::write(done, b"").expect("the isolated run can be marked as done");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder for the service");
    let done = folder.path().join("done");
    let status = Command::new(std::env::current_exe().expect("this test program"))
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env(SOCKET_VARIABLE, socket_in(folder.path()))
        .env(SOFTHSM_VARIABLE, folder.path().join("softhsm2.conf"))
        // opensc-pkcs11 keeps what it read of cards there.
        .env("XDG_CACHE_HOME", folder.path())
        .env(DONE_VARIABLE, &done)
        .status()
        .expect("this test program starts once more");
    assert!(status.success(), "{test} failed in its isolated run");
    assert!(done.exists(), "no test is named {test}");
}

/// A running private service; ends with its owner.
pub struct Pcscd {
    folder: PathBuf,
    /// Kept when the folder is ours and not the isolating run's.
    _own_folder: Option<tempfile::TempDir>,
    ports: Ports,
    child: Option<Child>,
}

/// Two neighbouring ports (vpcd opens one for each of its two slots), held by a locked file.
struct Ports {
    first: u16,
    _lock: File,
}

impl Pcscd {
    /// Starts the service, in the folder of [`isolated`] or in one of its own.
    ///
    /// # Errors
    /// When pcscd or vpcd is not installed or does not come up.
    pub fn start() -> io::Result<Self> {
        let (folder, own) = match std::env::var_os(SOCKET_VARIABLE).map(PathBuf::from) {
            Some(socket) => {
                let run = socket.parent().and_then(Path::parent).ok_or(io::ErrorKind::InvalidInput)?;
                (run.to_owned(), None)
            }
            None => {
                let own = tempfile::tempdir()?;
                (own.path().to_owned(), Some(own))
            }
        };
        let mut service = Self { folder, _own_folder: own, ports: Ports::take()?, child: None };
        service.run()?;
        Ok(service)
    }

    /// Starts the service again after [`stop`](Self::stop), with the same socket and reader.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub fn run(&mut self) -> io::Result<()> {
        self.stop();
        let (run, configuration) = (self.folder.join("run"), self.folder.join("conf"));
        fs::create_dir_all(&run)?;
        fs::create_dir_all(&configuration)?;
        let port = self.ports.first;
        fs::write(
            configuration.join("vpcd"),
            format!(
                "FRIENDLYNAME \"{NAME}\"\nDEVICENAME /dev/null:{port:#06X}\nLIBPATH {DRIVER}\nCHANNELID {port:#06X}\n"
            ),
        )?;
        // pcscd's own folder is fixed at /run/pcscd; a mount that only it sees moves it here.
        let script =
            "mkdir -p /run/pcscd && mount --bind \"$0\" /run/pcscd && exec pcscd --foreground -c \"$1\"";
        let log = File::create(self.folder.join("pcscd.log"))?;
        // Mounting needs root, or being root in a namespace of one's own.
        let as_root: &[&str] =
            if fs::metadata("/proc/self")?.uid() == 0 { &[] } else { &["--map-root-user"] };
        let child = Command::new("unshare")
            .args(as_root)
            .args(["--mount", "sh", "-c", script])
            .args([&run, &configuration])
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .env_remove(SOCKET_VARIABLE)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        self.child = Some(child);
        self.await_reader()
    }

    /// Ends the service, as when the system stops it. Cards in its readers lose their power.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended by itself; then there is nothing to end.
            drop(child.kill());
            drop(child.wait());
        }
        drop(fs::remove_file(self.socket()));
    }

    /// The service's socket, for [`SOCKET_VARIABLE`] of other programs.
    pub fn socket(&self) -> PathBuf {
        socket_in(&self.folder)
    }

    /// Where the first slot of the reader waits for a card.
    pub fn slot(&self) -> SocketAddr {
        ([127, 0, 0, 1], self.ports.first).into()
    }

    /// Where the second slot waits.
    pub fn second_slot(&self) -> SocketAddr {
        ([127, 0, 0, 1], self.ports.first + 1).into()
    }

    /// The first slot's reader name.
    pub fn reader(&self) -> String {
        format!("{NAME} 00 00")
    }

    /// The second slot's reader name.
    pub fn second_reader(&self) -> String {
        format!("{NAME} 00 01")
    }

    /// A program that will use this service.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env(SOCKET_VARIABLE, self.socket());
        command
    }

    fn await_reader(&mut self) -> io::Result<()> {
        let start = Instant::now();
        while !(self.socket().exists() && listens(self.ports.first)? && listens(self.ports.first + 1)?) {
            let ended = self.child.as_mut().map(Child::try_wait).transpose()?.flatten();
            if ended.is_some() || start.elapsed() > START_PATIENCE {
                let log = fs::read_to_string(self.folder.join("pcscd.log"))?;
                return Err(io::Error::other(format!("pcscd did not start ({ended:?}): {log}")));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for Pcscd {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Ports {
    /// Takes a free pair that no other test process has.
    fn take() -> io::Result<Self> {
        let folder = std::env::temp_dir().join("kapocs-test-ports");
        fs::create_dir_all(&folder)?;
        let count = (PORTS.end - PORTS.start) / 2;
        // Processes start their search at different places and so seldom meet.
        let offset = u16::try_from(std::process::id() % u32::from(count)).unwrap_or_default();
        for index in 0..count {
            let first = PORTS.start + 2 * ((offset + index) % count);
            let lock = File::create(folder.join(first.to_string()))?;
            let free =
                || TcpListener::bind(("0.0.0.0", first)).and(TcpListener::bind(("0.0.0.0", first + 1)));
            if lock.try_lock().is_ok() && free().is_ok() {
                return Ok(Self { first, _lock: lock });
            }
        }
        Err(io::ErrorKind::AddrInUse.into())
    }
}

fn socket_in(folder: &Path) -> PathBuf {
    folder.join("run").join("pcscd.comm")
}

/// Whether something listens on the port. Read from the system's table: connecting would plug an
/// empty card in.
fn listens(port: u16) -> io::Result<bool> {
    let local = format!(":{port:04X}");
    let table = fs::read_to_string("/proc/net/tcp")?;
    Ok(table.lines().any(|line| {
        let mut fields = line.split_whitespace().skip(1);
        fields.next().is_some_and(|address| address.ends_with(&local)) && fields.nth(1) == Some("0A")
    }))
}
