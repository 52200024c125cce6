//! Installing, looking at what was installed, uninstalling.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::job::expect;
use super::look::until;
use super::make::Built;
use super::wine::Prefix;
use crate::TaskError;
use crate::process::run;

/// What Windows lists under installed programs.
const KEY: &str = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\Kapocs";
/// Everything that is installed, and nothing else.
const FILES: [&str; 7] = [
    "Inter-OFL.txt",
    "LICENSE",
    "install.log",
    "kapocs-cli.exe",
    "kapocs.exe",
    "kapocs.png",
    "uninstall.exe",
];
/// SQLite's header keeps the store's version here, big-endian.
const STORE_VERSION: std::ops::Range<usize> = 60..64;

/// An installation for one user or for all.
pub struct Setup<'a> {
    prefix: &'a Prefix,
    local: String,
    temporary: String,
    folder: String,
    hive: &'static str,
    menu: String,
}

impl<'a> Setup<'a> {
    /// For the one user.
    pub fn of(prefix: &'a Prefix) -> Result<Self, TaskError> {
        let local = prefix.variable("LOCALAPPDATA")?;
        let menu = format!(r"{}\Microsoft\Windows\Start Menu\Programs", prefix.variable("APPDATA")?);
        let temporary = prefix.variable("TEMP")?;
        Ok(Self { prefix, folder: format!(r"{local}\Programs\Kapocs"), local, temporary, hive: "HKCU", menu })
    }

    pub fn for_all_users(&mut self) {
        self.folder = r"C:\Program Files\Kapocs".to_owned();
        self.hive = "HKLM";
        self.menu = r"C:\ProgramData\Microsoft\Windows\Start Menu\Programs".to_owned();
    }

    /// An installed program's Windows path.
    pub fn program(&self, name: &str) -> String {
        format!(r"{}\{name}.exe", self.folder)
    }

    /// Runs a silent setup in Hungarian.
    pub fn command(&self, installer: &Path, more: &[&str]) -> Command {
        let mut command = self.prefix.command(&Prefix::outside(installer));
        let _ = command.args(["/S", "/LANG=1038"]).args(more);
        command
    }

    /// Runs a silent setup to its end and gives its exit code.
    pub fn run(&self, installer: &Path, more: &[&str]) -> Result<i32, TaskError> {
        let arguments = [&["/S", "/LANG=1038"][..], more].concat();
        Ok(self.prefix.run(&Prefix::outside(installer), &arguments, "")?.code)
    }

    /// What the setups wrote.
    pub fn log(&self) -> String {
        self.prefix.text(&format!(r"{}\install.log", self.folder))
    }

    /// Installs and looks at everything.
    pub fn install(&self, installer: &Path, version: &str, more: &[&str]) -> Result<(), TaskError> {
        expect("setup", &self.run(installer, more)?, &0).map_err(|e| with(e, &self.log()))?;
        self.is_installed(version)
    }

    /// Everything of that version is there: files, registry, Start menu, log.
    pub fn is_installed(&self, version: &str) -> Result<(), TaskError> {
        expect("installed files", &self.files()?, &FILES.map(str::to_owned).to_vec())?;
        let kapocs = self.program("kapocs");
        let values = [
            (KEY.to_owned(), "DisplayName", "Kapocs".to_owned()),
            (KEY.to_owned(), "DisplayVersion", version.to_owned()),
            (KEY.to_owned(), "InstallLocation", self.folder.clone()),
            (KEY.to_owned(), "QuietUninstallString", format!("\"{}\" /S", self.program("uninstall"))),
            (r"Software\Classes\.kapocs".to_owned(), "", "Kapocs.Package".to_owned()),
            (r"Software\Classes\Kapocs.Package".to_owned(), "", "Kapocs csomag".to_owned()),
            (
                r"Software\Classes\Kapocs.Package\shell\open\command".to_owned(),
                "",
                format!("\"{kapocs}\" \"%1\""),
            ),
            (
                r"Software\Classes\AppUserModelId\hu.kapocs.Kapocs".to_owned(),
                "DisplayName",
                "Kapocs".to_owned(),
            ),
        ];
        for (key, name, value) in values {
            let key = format!(r"{}\{key}", self.hive);
            expect(&format!("{key} {name}"), &self.prefix.registry(&key, name)?, &Some(value))?;
        }
        let entry = format!(r"{}\Kapocs.lnk", self.menu);
        expect(&entry, &self.prefix.path(&entry).is_file(), &true)?;
        let log = self.log();
        let done = log.lines().last().is_some_and(|line| line.ends_with(" done"));
        let named = log.contains(&format!("setup {version}, all users: {}", i32::from(self.hive == "HKLM")));
        // After a refusal the last line is that.
        expect("the log ends well", &(named && (done || log.contains("refused"))), &true)
            .map_err(|e| with(e, &log))
    }

    /// What `is_installed` has seen, in a line.
    pub fn summary(&self) -> Result<String, TaskError> {
        Ok(format!("{} files in {}, Start menu, .kapocs, {}", self.files()?.len(), self.folder, self.hive))
    }

    fn files(&self) -> Result<Vec<String>, TaskError> {
        let folder = self.prefix.path(&self.folder);
        let failed = |e| TaskError::File(folder.display().to_string(), e);
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            names.push(entry.map_err(failed)?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    }

    /// Makes the store look converted by a newer version, does something, and takes that back.
    pub fn with_newer_store(&self, act: impl FnOnce() -> Result<(), TaskError>) -> Result<(), TaskError> {
        let store = self.prefix.path(&format!(r"{}\kapocs\Kapocs\data\kapocs.sqlite", self.local));
        let failed = |e| TaskError::File(store.display().to_string(), e);
        let before = std::fs::read(&store).map_err(failed)?;
        let mut newer = before.clone();
        newer[STORE_VERSION].copy_from_slice(&10_000_u32.to_be_bytes());
        std::fs::write(&store, &newer).map_err(failed)?;
        let result = act();
        let after = std::fs::read(&store).map_err(failed)?;
        std::fs::write(&store, before).map_err(failed)?;
        result?;
        expect("the newer store is untouched", &(after == newer), &true)
    }

    /// Uninstalls silently, looks that nothing is left, and gives the uninstaller's log.
    pub fn uninstall(&self, more: &[&str]) -> Result<String, TaskError> {
        let program = self.program("uninstall");
        let ended = self.prefix.run(&program, &[&["/S"][..], more].concat(), "")?;
        expect("uninstaller", &ended.code, &0)?;
        // It goes on as a copy of itself.
        let log = || self.prefix.text(&self.uninstall_log());
        until("the uninstaller's end", || log().ends_with(" done\r\n"))?;
        self.prefix.wait()?;
        expect(&self.folder, &self.prefix.path(&self.folder).exists(), &false)?;
        let keys = [KEY, r"Software\Classes\.kapocs", r"Software\Classes\Kapocs.Package"];
        for key in keys.into_iter().chain([r"Software\Classes\AppUserModelId\hu.kapocs.Kapocs"]) {
            let key = format!(r"{}\{key}", self.hive);
            expect(&key, &self.prefix.run("reg", &["query", &key], "")?.code, &1)?;
        }
        let entry = format!(r"{}\Kapocs.lnk", self.menu);
        expect(&entry, &self.prefix.path(&entry).exists(), &false)?;
        Ok(log())
    }

    /// Where the uninstaller writes its log.
    pub fn uninstall_log(&self) -> String {
        format!(r"{}\kapocs-uninstall.log", self.temporary)
    }

    /// Packs another version, signed by a certificate that is made for this.
    pub fn signed(&self, built: &Built, version: &str, folder: &Path) -> Result<PathBuf, TaskError> {
        let (key, certificate, script) =
            (folder.join("sign.key"), folder.join("sign.pem"), folder.join("sign.sh"));
        let mut make = Command::new("openssl");
        let _ = make.args([
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=Kapocs test",
        ]);
        let _ = make.args(["-addext", "extendedKeyUsage=codeSigning", "-keyout"]).arg(&key);
        run("certificate", make.arg("-out").arg(&certificate))?;
        let command = format!(
            "osslsigncode sign -h sha256 -key '{}' -certs '{}' -in \"$1\" -out \"$1.signed\" >/dev/null && mv \"$1.signed\" \"$1\"\n",
            key.display(),
            certificate.display()
        );
        std::fs::write(&script, command).map_err(|e| TaskError::File(script.display().to_string(), e))?;
        let installer = built.pack(version, Some(&format!("sh {}", script.display())))?;
        verify(&installer, &certificate)?;
        Ok(installer)
    }

    /// An installed program carries the signature of the certificate made by [`Setup::signed`].
    pub fn is_signed(&self, program: &str, folder: &Path) -> Result<(), TaskError> {
        verify(&self.prefix.path(program), &folder.join("sign.pem"))
    }
}

fn verify(file: &Path, certificate: &Path) -> Result<(), TaskError> {
    let mut verify = Command::new("osslsigncode");
    let _ = verify.args(["verify", "-CAfile"]).arg(certificate).arg("-in").arg(file);
    let start = |source| TaskError::Start { program: "osslsigncode".to_owned(), source };
    let output = verify.output().map_err(start)?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    expect(&format!("signature of {}", file.display()), &output.status.success(), &true)
        .map_err(|e| with(e, &said))
}

/// The version after this one.
pub fn next(version: &str) -> String {
    let (front, last) = version.rsplit_once('.').unwrap_or((version, "0"));
    format!("{front}.{}", last.parse::<u32>().unwrap_or_default() + 1)
}

fn with(error: TaskError, more: &str) -> TaskError {
    TaskError::Unexpected(format!("{error}\n{more}"))
}
