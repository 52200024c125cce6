//! `kapocs-bank release`: the operator's part of handing out the client program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::published::{Draft, MOST_DAYS, Protection, Releases, Signer, new_key};
use crate::ground::error::{BankError, Result};
use crate::ground::folder::Folder;
use chrono::Utc;
use clap::{Args, Subcommand};
use protocol::release::{ReleaseManifest, Version};

/// Where the key's password comes from when nobody sits at a terminal.
const PASSWORD: &str = "KAPOCS_RELEASE_PASSWORD";

/// What to do with releases. The password of the key is asked for, or taken from KAPOCS_RELEASE_PASSWORD.
#[derive(Subcommand)]
pub enum ReleaseCommand {
    /// Make the key that signs releases. Keep its file away from the bank's server.
    Key {
        /// The file to make; must not be there yet.
        file: PathBuf,
        /// Protect it by no password.
        #[arg(long)]
        no_password: bool,
        /// Name the key in the connection file of this data folder.
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Make a release of the given files, sign it and hand it out. The bank may be running.
    Add {
        /// With which key, for which data folder.
        #[command(flatten)]
        signing: Signing,
        /// Version of the program.
        #[arg(long)]
        version: Version,
        /// What is new, in Hungarian; once for each line.
        #[arg(long)]
        note_hu: Vec<String>,
        /// What is new, in English; once for each line.
        #[arg(long)]
        note_en: Vec<String>,
        /// Files by target: windows-x86_64=kapocs-setup.exe
        #[arg(required = true, value_parser = target)]
        files: Vec<(String, PathBuf)>,
    },
    /// Sign the newest release again before it expires.
    Renew {
        /// With which key, for which data folder.
        #[command(flatten)]
        signing: Signing,
    },
    /// List the manifests that were signed.
    List {
        /// The data folder.
        #[arg(long)]
        data: PathBuf,
    },
    /// Look whether clients will believe the newest release and take its files.
    Check {
        /// The data folder.
        #[arg(long)]
        data: PathBuf,
    },
}

/// What signing needs.
#[derive(Args)]
pub struct Signing {
    /// The data folder.
    #[arg(long)]
    data: PathBuf,
    /// The key file.
    #[arg(long)]
    key: PathBuf,
    /// So long clients believe the manifest.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_DAYS)))]
    days: u32,
}

fn target(text: &str) -> std::result::Result<(String, PathBuf), String> {
    let (target, file) = text.split_once('=').ok_or("write TARGET=FILE")?;
    Ok((target.to_owned(), PathBuf::from(file)))
}

/// Runs the command.
///
/// # Errors
/// [`BankError`]; for `check` also when clients would not take the release.
pub fn run(command: ReleaseCommand) -> Result<()> {
    match command {
        ReleaseCommand::Key { file, no_password, data } => make_key(&file, no_password, data.as_deref()),
        ReleaseCommand::Add { signing, version, note_hu, note_en, files } => {
            let notes = [("hu".to_owned(), note_hu), ("en".to_owned(), note_en)];
            let notes: BTreeMap<_, _> = notes.into_iter().filter(|(_, lines)| !lines.is_empty()).collect();
            let files = files.into_iter().collect();
            let draft = Draft { version, days: signing.days, notes, files };
            let (releases, signer) = signing.open()?;
            tell(&releases.add(&draft, &signer, Utc::now())?);
            Ok(())
        }
        ReleaseCommand::Renew { signing } => {
            let (releases, signer) = signing.open()?;
            tell(&releases.renew(signing.days, &signer, Utc::now())?);
            Ok(())
        }
        ReleaseCommand::List { data } => {
            let releases = Releases::of(&Folder::new(data));
            for serial in releases.serials()? {
                tell(&releases.manifest_of(serial)?);
            }
            Ok(())
        }
        ReleaseCommand::Check { data } => {
            let folder = Folder::new(data);
            let key = folder.read_connection()?.release_key;
            let problems = Releases::of(&folder).problems(key.as_deref(), Utc::now())?;
            if problems.is_empty() {
                println!("clients believe the newest release and can take its files");
                return Ok(());
            }
            Err(BankError::data("releases", problems.join("; ")))
        }
    }
}

impl Signing {
    /// The releases and the key, once that is the one that clients believe.
    fn open(&self) -> Result<(Releases, Signer)> {
        let folder = Folder::new(&self.data);
        let text = std::fs::read_to_string(&self.key).map_err(BankError::io(self.key.display()))?;
        let signer = Signer::of(&text, std::env::var(PASSWORD).ok())?;
        if folder.read_connection()?.release_key != Some(signer.public()) {
            return Err(BankError::data(
                "connection.toml",
                format!(
                    "names another release key, so no client would believe this one: release_key = \"{}\"",
                    signer.public()
                ),
            ));
        }
        Ok((Releases::of(&folder), signer))
    }
}

fn make_key(file: &Path, no_password: bool, data: Option<&Path>) -> Result<()> {
    if file.exists() {
        return Err(BankError::data(file.display(), "is there already; a lost key cannot be had again"));
    }
    let protection = match std::env::var(PASSWORD) {
        _ if no_password => Protection::Nothing,
        Ok(password) => Protection::Password(password),
        Err(_) => Protection::Ask,
    };
    let (text, public) = new_key(protection)?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Folder::new(file.parent().unwrap_or(Path::new(""))).write(&name, text.as_bytes())?;
    if let Some(data) = data {
        let folder = Folder::new(data);
        let mut connection = folder.read_connection()?;
        connection.release_key = Some(public.clone());
        folder.write_connection(&connection)?;
    }
    println!("release_key = \"{public}\"");
    Ok(())
}

fn tell(manifest: &ReleaseManifest) {
    let targets: Vec<&str> = manifest.files.keys().map(String::as_str).collect();
    println!(
        "{}: version {}, expires {}, {}",
        manifest.serial,
        manifest.version,
        manifest.expires.format("%Y-%m-%d %H:%M UTC"),
        targets.join(", ")
    );
}
