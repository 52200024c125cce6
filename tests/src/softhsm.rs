//! A token of SoftHSM (Debian's softhsm2): a PKCS#11 module that nobody here wrote, over files instead of a card.
//!
//! The module finds its folder through the environment variable `SOFTHSM2_CONF`, so tests that use it wrap their
//! body in [`crate::pcscd::isolated`], which sets that too.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use signature::{Certificate, PrivateKey};

/// The variable that SoftHSM reads.
pub const SOFTHSM_VARIABLE: &str = "SOFTHSM2_CONF";
/// The module as Debian installs it.
pub const MODULE: &str = "/usr/lib/softhsm/libsofthsm2.so";
/// The security officer's PIN.
const OFFICER: &str = "87654321";

/// A token in the folder of [`crate::pcscd::isolated`].
pub struct SoftHsm {
    folder: PathBuf,
    label: String,
    pin: Option<String>,
}

impl SoftHsm {
    /// Makes a token of this label; without a PIN when `pin` is `None`.
    ///
    /// # Errors
    /// When SoftHSM or opensc is not installed, or the run is not isolated.
    pub fn new(label: &str, pin: Option<&str>) -> io::Result<Self> {
        let configuration = PathBuf::from(std::env::var_os(SOFTHSM_VARIABLE).ok_or(io::ErrorKind::NotFound)?);
        let folder = configuration.parent().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
        let tokens = folder.join("softhsm");
        fs::create_dir_all(&tokens)?;
        fs::write(
            &configuration,
            format!("directories.tokendir = {}\nobjectstore.backend = file\n", tokens.display()),
        )?;
        let token = Self { folder, label: label.to_owned(), pin: pin.map(str::to_owned) };
        // pkcs11-tool can leave the PIN away, softhsm2-util cannot; the new token is in the first free slot.
        token.tool(["--init-token", "--slot-index", &token.free_slot()?.to_string(), "--so-pin", OFFICER])?;
        if let Some(pin) = pin {
            token.tool(
                ["--token-label", label, "--init-pin", "--login", "--login-type", "so"].into_iter().chain([
                    "--so-pin",
                    OFFICER,
                    "--new-pin",
                    pin,
                ]),
            )?;
        }
        Ok(token)
    }

    /// Puts a key and its certificate on the token under an identifier.
    ///
    /// # Errors
    /// What the tools said.
    pub fn import(&self, id: &str, key: &PrivateKey, certificate: &Certificate) -> io::Result<()> {
        let file = |name: &str| self.folder.join(format!("{id}.{name}"));
        fs::write(file("key.der"), &*key.to_pkcs8_der().map_err(io::Error::other)?)?;
        fs::write(file("crt.der"), certificate.to_der())?;
        run(
            "openssl",
            [
                OsStr::new("pkey"),
                "-inform".as_ref(),
                "DER".as_ref(),
                "-in".as_ref(),
                file("key.der").as_ref(),
                "-out".as_ref(),
                file("key.pem").as_ref(),
            ],
        )?;
        let pin = self.pin.as_deref().ok_or(io::ErrorKind::InvalidInput)?;
        run(
            "softhsm2-util",
            [
                OsStr::new("--import"),
                file("key.pem").as_ref(),
                "--token".as_ref(),
                self.label.as_ref(),
                "--label".as_ref(),
                id.as_ref(),
                "--id".as_ref(),
                id.as_ref(),
                "--pin".as_ref(),
                pin.as_ref(),
            ],
        )?;
        let path = file("crt.der");
        let path = path.to_str().ok_or(io::ErrorKind::InvalidInput)?;
        self.tool(["--token-label", &self.label, "--login", "--pin", pin].into_iter().chain([
            "--write-object",
            path,
            "--type",
            "cert",
            "--id",
            id,
            "--label",
            id,
        ]))?;
        Ok(())
    }

    /// Index of the slot with a free token: SoftHSM always offers one, behind those in use.
    fn free_slot(&self) -> io::Result<usize> {
        let listed = run("pkcs11-tool", ["--module", MODULE, "--list-slots"])?;
        let slots = listed.lines().filter(|line| line.starts_with("Slot ")).count();
        slots.checked_sub(1).ok_or_else(|| io::Error::other(listed))
    }

    fn tool<'a>(&'a self, arguments: impl IntoIterator<Item = &'a str>) -> io::Result<String> {
        run("pkcs11-tool", ["--module", MODULE, "--label", &self.label].into_iter().chain(arguments))
    }
}

/// Runs a program to its good end.
fn run(program: &str, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> io::Result<String> {
    let output = Command::new(program).args(arguments).output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(said);
    }
    Err(io::Error::other(format!("{program}: {said}{}", String::from_utf8_lossy(&output.stderr))))
}

/// The path of opensc's module, which Debian keeps in a folder of the machine's kind.
///
/// # Errors
/// When opensc-pkcs11 is not installed.
pub fn opensc_module() -> io::Result<PathBuf> {
    let name = Path::new("opensc-pkcs11.so");
    fs::read_dir("/usr/lib")?
        .filter_map(|entry| Some(entry.ok()?.path().join(name)))
        .find(|path| path.exists())
        .ok_or_else(|| io::ErrorKind::NotFound.into())
}
