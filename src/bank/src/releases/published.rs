//! Releases of the client program in the bank's data folder, and how an operator makes them.
//!
//! `releases/files` holds the files, `releases/7/manifest.json` the seventh manifest with its signature
//! `manifest.json.minisig` beside it (`minisign -Vm` takes both), and `releases/current` the number of the one that
//! is handed out. Manifest and signature never change once written and are switched together by that one small file,
//! so that no reader meets a new manifest with an old signature. Signing needs a key that lies elsewhere: the server
//! only carries what was signed.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use minisign::{KeyPair, PublicKey, SecretKey, SignatureBox};
use protocol::release::{ReleaseFile, ReleaseManifest, SignedRelease, Version, is_plain_name};
use sha2::{Digest, Sha256};

use crate::ground::error::{BankError, Result};
use crate::ground::folder::Folder;

const CURRENT: &str = "current";
const MANIFEST: &str = "manifest.json";
const SIGNATURE: &str = "manifest.json.minisig";
const FILES: &str = "files";
/// A manifest can live so long: one that hardly ever expires would not show that newer ones are withheld.
pub const MOST_DAYS: u32 = 400;

/// The releases of a data folder.
#[derive(Clone, Debug)]
pub struct Releases(PathBuf);

/// What a new release is to say.
#[derive(Clone, Debug)]
pub struct Draft {
    pub version: Version,
    /// How long its manifest is believed, in days.
    pub days: u32,
    /// What is new, one line each, by language.
    pub notes: BTreeMap<String, Vec<String>>,
    /// Files by target.
    pub files: BTreeMap<String, PathBuf>,
}

/// A file read to its end.
struct Measured {
    size: u64,
    sha256: String,
}

/// What protects a key file.
#[derive(Clone, Debug)]
pub enum Protection {
    /// Nothing: for demos and tests.
    Nothing,
    Password(String),
    /// A password that is asked for at the terminal.
    Ask,
}

/// The key that signs manifests.
pub struct Signer {
    secret: SecretKey,
    public: PublicKey,
}

/// Makes a key: gives the text of its file, and the public key as the connection file names it.
///
/// # Errors
/// [`BankError::Data`] when the system gives no random bytes or nobody answers at the terminal.
pub fn new_key(protection: Protection) -> Result<(String, String)> {
    let pair = match protection {
        Protection::Nothing => KeyPair::generate_unencrypted_keypair(),
        Protection::Password(password) => KeyPair::generate_encrypted_keypair(Some(password)),
        Protection::Ask => KeyPair::generate_encrypted_keypair(None),
    };
    let pair = pair.map_err(of_key)?;
    let text = pair.sk.to_box(Some("Kapocs release key")).map_err(of_key)?;
    Ok((text.into_string(), pair.pk.to_base64()))
}

impl Signer {
    /// The key of a key file's text. Without a `password` one is asked for at the terminal if the file has one.
    ///
    /// # Errors
    /// [`BankError::Data`] for a wrong password or no key file.
    pub fn of(text: &str, password: Option<String>) -> Result<Self> {
        let secret = SecretKey::from_unencrypted_box(text.to_owned().into())
            .or_else(|_| SecretKey::from_box(text.to_owned().into(), password))
            .map_err(of_key)?;
        let public = PublicKey::from_secret_key(&secret).map_err(of_key)?;
        Ok(Self { secret, public })
    }

    /// The public key as the connection file names it.
    pub fn public(&self) -> String {
        self.public.to_base64()
    }

    fn sign(&self, manifest: &str, serial: u64) -> Result<String> {
        let comment = format!("serial:{serial} file:{MANIFEST}");
        minisign::sign(Some(&self.public), &self.secret, manifest.as_bytes(), Some(&comment), None)
            .map(SignatureBox::into_string)
            .map_err(of_key)
    }
}

fn of_key(error: minisign::PError) -> BankError {
    BankError::data("release key", error)
}

impl Releases {
    /// The releases of a data folder; nothing is touched.
    pub fn of(folder: &Folder) -> Self {
        Self(folder.path().join("releases"))
    }

    /// A bank without releases.
    pub fn none() -> Self {
        Self(PathBuf::new())
    }

    /// The release that is handed out, if there is one.
    ///
    /// # Errors
    /// [`BankError`] for a folder that is damaged.
    pub fn newest(&self) -> Result<Option<SignedRelease>> {
        let read = |path: &Path| fs::read_to_string(path);
        let serial = match read(&self.0.join(CURRENT)) {
            Ok(serial) => serial,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(BankError::io(self.0.join(CURRENT).display())(error)),
        };
        let serial: u64 = serial.trim().parse().map_err(|e| BankError::data(CURRENT, e))?;
        let folder = self.0.join(serial.to_string());
        let part = |name: &str| read(&folder.join(name)).map_err(BankError::io(folder.join(name).display()));
        Ok(Some(SignedRelease { manifest: part(MANIFEST)?, signature: part(SIGNATURE)? }))
    }

    /// What the newest manifest says, without looking at its signature.
    ///
    /// # Errors
    /// [`BankError`] for a folder that is damaged.
    pub fn manifest(&self) -> Result<Option<ReleaseManifest>> {
        let newest = self.newest()?;
        newest.map(|release| parse(&release.manifest)).transpose()
    }

    /// The path of a file that is handed out; only plain names exist.
    pub fn file(&self, name: &str) -> Option<PathBuf> {
        let path = self.0.join(FILES).join(name);
        (is_plain_name(name) && path.is_file()).then_some(path)
    }

    /// The numbers of all manifests, rising.
    ///
    /// # Errors
    /// [`BankError::Io`].
    pub fn serials(&self) -> Result<Vec<u64>> {
        let entries = match fs::read_dir(&self.0) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(BankError::io(self.0.display())(error)),
        };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut serials: Vec<u64> = names.filter_map(|name| name.parse().ok()).collect();
        serials.sort_unstable();
        Ok(serials)
    }

    /// The manifest of that number.
    ///
    /// # Errors
    /// [`BankError`] when there is none.
    pub fn manifest_of(&self, serial: u64) -> Result<ReleaseManifest> {
        let path = self.0.join(serial.to_string()).join(MANIFEST);
        parse(&fs::read_to_string(&path).map_err(BankError::io(path.display()))?)
    }

    /// Makes a release, signs it and hands it out from now on.
    ///
    /// # Errors
    /// [`BankError::Data`] for a version below the one that is handed out, for a version that was handed out before
    /// with another file, and for what no client could follow; nothing is handed out then.
    pub fn add(&self, draft: &Draft, signer: &Signer, now: DateTime<Utc>) -> Result<ReleaseManifest> {
        if let Some(newest) = self.manifest()?
            && newest.version.parse().is_ok_and(|version: Version| version > draft.version)
        {
            return Err(BankError::data("version", format!("{} is handed out already", newest.version)));
        }
        if draft.files.is_empty() {
            return Err(BankError::data("files", "a release needs a file"));
        }
        let mut files = BTreeMap::new();
        for (target, source) in &draft.files {
            files.insert(target.clone(), self.take(draft.version, target, source)?);
        }
        let manifest = ReleaseManifest {
            kind: ReleaseManifest::KIND.to_owned(),
            serial: 0,
            expires: now,
            version: draft.version.to_string(),
            released: now.date_naive(),
            notes: draft.notes.clone(),
            files,
        };
        self.publish(manifest, draft.days, signer, now)
    }

    /// Signs the newest release again, so that it is believed for `days` from now on.
    ///
    /// # Errors
    /// [`BankError::Data`] when there is none.
    pub fn renew(&self, days: u32, signer: &Signer, now: DateTime<Utc>) -> Result<ReleaseManifest> {
        let newest = self.manifest()?.ok_or_else(|| BankError::data("releases", "there is none yet"))?;
        self.publish(newest, days, signer, now)
    }

    /// What keeps clients from believing and taking the newest release, in words; nothing: all is well.
    ///
    /// # Errors
    /// [`BankError`] when the folder cannot be read.
    pub fn problems(&self, public: Option<&str>, now: DateTime<Utc>) -> Result<Vec<String>> {
        let Some(release) = self.newest()? else { return Ok(vec!["no release is handed out".to_owned()]) };
        let mut problems = Vec::new();
        match public.map(|key| verify(&release, key)) {
            None => problems.push("the connection file names no release key".to_owned()),
            Some(Err(error)) => problems.push(format!("the signature does not hold: {error}")),
            Some(Ok(())) => {}
        }
        let manifest = parse(&release.manifest)?;
        if manifest.expires <= now {
            problems.push(format!("the manifest expired at {}", manifest.expires));
        }
        for file in manifest.files.values() {
            let path = self.0.join(FILES).join(&file.name);
            let fits = File::open(&path).and_then(|source| measure(source, io::sink()));
            if !fits.is_ok_and(|found| found.size == file.size && found.sha256 == file.sha256) {
                problems.push(format!("{} is missing or is not the file of the manifest", path.display()));
            }
        }
        Ok(problems)
    }

    /// Copies a file into the folder, under a name by version and target. What was handed out once stays as it is.
    fn take(&self, version: Version, target: &str, source: &Path) -> Result<ReleaseFile> {
        let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
        if target.is_empty() || !target.chars().all(letter) {
            return Err(BankError::data(target, "not a target such as windows-x86_64"));
        }
        let ending = source.extension().and_then(|e| e.to_str()).map(|e| format!(".{e}")).unwrap_or_default();
        let name = format!("kapocs-{version}-{target}{ending}");
        if !is_plain_name(&name) {
            return Err(BankError::data(name, "clients take no file of that name"));
        }
        let folder = self.0.join(FILES);
        fs::create_dir_all(&folder).map_err(BankError::io(folder.display()))?;
        let draft = folder.join(format!(".{name}.new"));
        let copy = || -> io::Result<Measured> {
            let mut copy = File::create(&draft)?;
            let measured = measure(File::open(source)?, &mut copy)?;
            copy.sync_all()?;
            Ok(measured)
        };
        let copied = copy().map_err(BankError::io(format!("{} to {}", source.display(), draft.display())))?;
        let path = folder.join(&name);
        let before = File::open(&path).and_then(|old| measure(old, io::sink()));
        match before {
            Ok(before) if before.sha256 != copied.sha256 => {
                let _ = fs::remove_file(&draft);
                return Err(BankError::data(
                    path.display(),
                    "was handed out with other bytes: raise the version, or remove it if no manifest names it",
                ));
            }
            _ => fs::rename(&draft, &path).map_err(BankError::io(path.display()))?,
        }
        Ok(ReleaseFile { name, size: copied.size, sha256: copied.sha256 })
    }

    fn publish(
        &self,
        mut manifest: ReleaseManifest,
        days: u32,
        signer: &Signer,
        now: DateTime<Utc>,
    ) -> Result<ReleaseManifest> {
        if days == 0 || days > MOST_DAYS {
            return Err(BankError::data("days", format!("1 to {MOST_DAYS} are possible")));
        }
        manifest.serial = self.serials()?.last().map_or(1, |last| last + 1);
        manifest.expires = now + TimeDelta::days(i64::from(days));
        let text = serde_json::to_string_pretty(&manifest).map_err(|e| BankError::data(MANIFEST, e))?;
        let manifest = parse(&text)?;
        let signature = signer.sign(&text, manifest.serial)?;
        let serial = manifest.serial.to_string();
        let folder = self.0.join(&serial);
        // Fails where somebody else has just taken the number.
        fs::create_dir(&folder).map_err(BankError::io(folder.display()))?;
        let numbered = Folder::new(&folder);
        numbered.write(MANIFEST, text.as_bytes())?;
        numbered.write(SIGNATURE, signature.as_bytes())?;
        Folder::new(&self.0).write(CURRENT, serial.as_bytes())?;
        Ok(manifest)
    }
}

fn parse(text: &str) -> Result<ReleaseManifest> {
    ReleaseManifest::parse(text).map_err(|e| BankError::data(MANIFEST, e))
}

fn verify(release: &SignedRelease, key: &str) -> std::result::Result<(), minisign::PError> {
    let key = PublicKey::from_base64(key)?;
    let signature = SignatureBox::from_string(&release.signature)?;
    minisign::verify(&key, &signature, io::Cursor::new(&release.manifest), true, false, false)
}

/// Reads to the end, writes it on, and gives length and SHA-256.
fn measure(mut source: impl Read, mut target: impl Write) -> io::Result<Measured> {
    let (mut hash, mut size, mut piece) = (Sha256::new(), 0, vec![0; 64 << 10]);
    loop {
        let read = source.read(&mut piece)?;
        if read == 0 {
            return Ok(Measured { size, sha256: hex::encode(hash.finalize()) });
        }
        hash.update(&piece[..read]);
        target.write_all(&piece[..read])?;
        size += read as u64;
    }
}

#[cfg(test)]
#[path = "published_tests.rs"]
mod tests;
