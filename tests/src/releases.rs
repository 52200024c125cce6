//! The operator's side of releases: `kapocs-bank release` as a process, and what somebody with the key or with the
//! bank's folder could do beside it.

use std::path::PathBuf;
use std::process::{Command, Output};

use client::update::TARGET;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::house::{House, program};

/// The releases of a house.
pub struct Releases<'a>(pub &'a House);

impl Releases<'_> {
    /// Runs `kapocs-bank release` with these arguments.
    pub fn run(&self, arguments: &[&str]) -> Output {
        Command::new(program("kapocs-bank"))
            .arg("release")
            .args(arguments)
            .output()
            .expect("kapocs-bank runs")
    }

    /// The key of the demo.
    pub fn key(&self) -> PathBuf {
        self.0.bank_folder().join("release.key")
    }

    /// Adds a release of this content for this system; gives the run.
    pub fn try_add(&self, version: &str, content: &[u8], key: &str) -> Output {
        let setup = self.0.client_folder("setup.exe");
        std::fs::write(&setup, content).expect("a file");
        let data = self.0.bank_folder();
        let [data, setup] = [&data, &setup].map(|path| path.to_str().expect("a UTF-8 path"));
        let file = format!("{TARGET}={setup}");
        let note = ["--note-hu", "Gyorsabb", "--note-en", "Faster", &file];
        self.run(&[&["add", "--data", data, "--key", key, "--version", version][..], &note].concat())
    }

    /// Adds a release that must be taken.
    pub fn add(&self, version: &str, content: &[u8]) {
        let key = self.key();
        let added = self.try_add(version, content, key.to_str().expect("a UTF-8 path"));
        assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    }

    /// A path in the folder of releases.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.bank_folder().join("releases").join(name)
    }

    /// Hands out the manifest of this number.
    pub fn hand_out(&self, serial: u64) {
        std::fs::write(self.path("current"), serial.to_string()).expect("a folder of releases");
    }

    /// A right manifest of one file that lies in the folder of files.
    pub fn manifest(&self, serial: u64, version: &str, name: &str, content: &[u8]) -> Value {
        let files = self.path("files");
        std::fs::create_dir_all(&files).expect("a folder");
        std::fs::write(files.join(name), content).expect("a file");
        let expires = chrono::Utc::now() + chrono::TimeDelta::days(30);
        json!({
            "kind": "kapocs-release-v1", "serial": serial, "expires": expires, "version": version,
            "released": "2026-11-24", "notes": {},
            "files": { TARGET: {
                "name": name, "size": content.len(), "sha256": hex::encode(Sha256::digest(content)),
            } },
        })
    }

    /// Signs any text with the demo's key and hands it out, as somebody with the key could.
    pub fn sign(&self, serial: u64, manifest: &str) {
        let key = std::fs::read_to_string(self.key()).expect("the demo's key");
        let secret = minisign::SecretKeyBox::from_string(&key).expect("a key");
        let secret = secret.into_unencrypted_secret_key().expect("a key without a password");
        let signature = minisign::sign(None, &secret, manifest.as_bytes(), None, None).expect("a signature");
        let folder = self.path(&serial.to_string());
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("manifest.json"), manifest).expect("a file");
        std::fs::write(folder.join("manifest.json.minisig"), signature.into_string()).expect("a file");
        self.hand_out(serial);
    }

    /// Which clients the bank takes.
    pub async fn demand(&self, minimum: &str, latest: Option<&str>) {
        let demand = json!({ "minimum": minimum, "latest": latest });
        let _ = self.0.control(reqwest::Method::PUT, "/clients", demand).await;
    }
}
