//! The demo: the reference bank as a child process with demo data in a throw-away folder.
//!
//! The client talks to it over HTTPS like to any other bank; nothing is linked.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use domain::{Partner, Template};

use crate::client::Client;
use crate::error::{ClientError, Result};

/// The reference bank, running; it ends when this is dropped.
pub struct DemoBank {
    child: Child,
    folder: PathBuf,
    ready: Ready,
}

/// What the bank says when it listens, as far as the demo needs it.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
struct Ready {
    desk_port: u16,
    web_port: u16,
}

/// A person of the demo who can log in.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct DemoUser {
    /// The bank's number.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Key file of the software token, relative to the bank's folder.
    pub key_file: String,
    /// What the user says to the telephone service.
    pub epin: String,
    /// Signature class, if the user may sign.
    #[serde(default)]
    pub signature_class: Option<String>,
}

/// What the demo's bank wrote about itself.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct DemoData {
    /// PIN of every demo token.
    pub pin: String,
    /// People.
    pub users: Vec<DemoUser>,
    /// Who sits at the operator desk.
    pub operator: DemoOperator,
}

/// The bank's telephone operator.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct DemoOperator {
    /// Name for the desk's login.
    pub name: String,
    /// Password for it.
    pub password: String,
}

impl DemoBank {
    /// Makes demo data in `folder` unless it is there already, and starts the bank on it.
    ///
    /// # Errors
    /// [`ClientError::Demo`] when the program `bank` is missing or fails.
    pub fn start(bank: &Path, folder: &Path, profile: &str) -> Result<Self> {
        let failed = |what: &str, e: &dyn std::fmt::Display| ClientError::Demo(format!("{what}: {e}"));
        if !folder.join("demo.json").exists() {
            let made = Command::new(bank)
                .args(["demo", "--profile", profile, "--data"])
                .arg(folder)
                .stdout(Stdio::null())
                .status()
                .map_err(|e| failed(&bank.display().to_string(), &e))?;
            if !made.success() {
                return Err(ClientError::Demo("the demo data could not be made".to_owned()));
            }
        }
        let mut child = Command::new(bank)
            .args(["serve", "--end-with-stdin", "--data"])
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| failed(&bank.display().to_string(), &e))?;
        // The bank prints one line of JSON when it listens.
        let mut line = String::new();
        let read = child.stdout.take().map(|out| BufReader::new(out).read_line(&mut line));
        match (read, serde_json::from_str(&line)) {
            (Some(Ok(_)), Ok(ready)) => Ok(Self { child, folder: folder.to_owned(), ready }),
            _ => {
                end(&mut child);
                Err(ClientError::Demo("the bank did not start".to_owned()))
            }
        }
    }

    /// Where the operator desk's pages are.
    pub fn desk(&self) -> String {
        format!("https://localhost:{}", self.ready.desk_port)
    }

    /// Where the web client is.
    pub fn web(&self) -> String {
        format!("https://localhost:{}", self.ready.web_port)
    }

    /// The connection file.
    pub fn connection_file(&self) -> PathBuf {
        self.folder.join("connection.toml")
    }

    /// People who can log in.
    ///
    /// # Errors
    /// [`ClientError::Demo`] when the folder's description cannot be read.
    pub fn data(&self) -> Result<DemoData> {
        read_json(&self.folder.join("demo.json"))
    }

    /// Path of a file that the description names.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.folder.join(relative)
    }

    /// Partners and templates of the demo company.
    pub fn master_data(&self) -> Result<(Vec<Partner>, Vec<Template>)> {
        Ok((read_json(&self.folder.join("partners.json"))?, read_json(&self.folder.join("templates.json"))?))
    }

    /// Connects a client to this bank and gives it the demo company's partners, if it is new.
    pub async fn introduce(&self, client: &Client) -> Result<()> {
        let _ = client.connect(&self.connection_file()).await?;
        let (_, partners) = client.partners(String::new(), store::Page::first(1)).await?;
        if partners == 0 {
            let (partners, templates) = self.master_data()?;
            client.save_master_data(partners, templates).await?;
        }
        Ok(())
    }
}

impl Drop for DemoBank {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

fn end(child: &mut Child) {
    // Closing its standard input asks the bank to end; the kill is for one that does not listen.
    drop(child.stdin.take());
    for _ in 0..50 {
        if matches!(child.try_wait(), Ok(Some(_))) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    if let Err(error) = child.kill().and_then(|()| child.wait()) {
        tracing::warn!(%error, "the demo's bank could not be ended");
    }
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    let text = std::fs::read_to_string(path).map_err(ClientError::file(path))?;
    serde_json::from_str(&text).map_err(|e| ClientError::Demo(format!("{}: {e}", path.display())))
}
