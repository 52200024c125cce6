//! The demo: the reference bank as a child process with demo data in a throw-away folder; with several profiles several
//! of them beside each other, at which the same people use the same tokens.
//!
//! The client talks to it over HTTPS like to any other bank; nothing is linked.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use domain::{Partner, Template};
use token::Pin;

use crate::client::Client;
use crate::connection::connections::CustomerOf;
use crate::error::{ClientError, Result};
use crate::token::choice::TokenChoice;

/// The reference bank, running; it ends when this is dropped.
pub struct DemoBank {
    child: Child,
    folder: PathBuf,
    ready: Ready,
    /// The other banks of the demo.
    beside: Vec<DemoBank>,
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
    /// Makes demo data in `folder` unless it is there already, and starts the bank on it. `profiles` names the rules, with
    /// a comma between those of several banks; the further banks lie in folders beside the first one's.
    ///
    /// # Errors
    /// [`ClientError::Demo`] when the program `bank` is missing or fails.
    pub fn start(bank: &Path, folder: &Path, profiles: &str) -> Result<Self> {
        let mut names = profiles.split(',').map(str::trim).filter(|name| !name.is_empty());
        let first = names.next().ok_or_else(|| ClientError::Demo("no bank is named".to_owned()))?;
        let mut demo = Self::begin(bank, folder, first, None)?;
        for (n, profile) in (2..).zip(names) {
            let mut name = folder.file_name().unwrap_or_default().to_owned();
            name.push(format!("-{n}"));
            demo.beside.push(Self::begin(bank, &folder.with_file_name(name), profile, Some(folder))?);
        }
        Ok(demo)
    }

    fn begin(bank: &Path, folder: &Path, profile: &str, tokens_of: Option<&Path>) -> Result<Self> {
        let failed = |what: &str, e: &dyn std::fmt::Display| ClientError::Demo(format!("{what}: {e}"));
        if !folder.join("demo.json").exists() {
            let mut make = Command::new(bank);
            let _ = make.args(["demo", "--profile", profile, "--data"]).arg(folder);
            if let Some(other) = tokens_of {
                let _ = make.arg("--tokens-of").arg(other);
            }
            let made =
                make.stdout(Stdio::null()).status().map_err(|e| failed(&bank.display().to_string(), &e))?;
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
            (Some(Ok(_)), Ok(ready)) => {
                Ok(Self { child, folder: folder.to_owned(), ready, beside: Vec::new() })
            }
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

    /// All banks of the demo, this one first.
    pub fn banks(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.beside)
    }

    /// Connects a client to all banks of the demo. Where there are several, every person logs in once, so that all
    /// customers are at hand, and a company that is at more than one bank is marked as one.
    pub async fn connect(&self, client: &Client) -> Result<()> {
        for bank in self.banks() {
            let _ = client.connect_to(&bank.connection_file()).await?;
        }
        if self.beside.is_empty() || !client.customers_of_all().await?.is_empty() {
            return Ok(());
        }
        for bank in self.banks() {
            bank.bring_customers(client).await?;
        }
        let all = client.customers_of_all().await?;
        for (n, one) in all.iter().enumerate() {
            let same = |other: &&CustomerOf| {
                other.connection != one.connection && other.customer.name == one.customer.name
            };
            if let Some(other) = all.iter().skip(n + 1).find(same) {
                client.set_same_company(one.key, other.key).await?;
            }
        }
        Ok(())
    }

    /// Brings the customers of this bank here: one signer of each logs in.
    async fn bring_customers(&self, client: &Client) -> Result<()> {
        let (at, _) = client.connect_to(&self.connection_file()).await?;
        let data = self.data()?;
        for user in data.users.iter().filter(|user| user.signature_class.as_deref() == Some("A")) {
            at.choose_own_token(Some(TokenChoice::File { path: self.path(&user.key_file) })).await?;
            let _ = at.log_in(Pin::new(data.pin.clone()), false).await?;
            at.sync().await?;
            at.log_out().await;
        }
        at.choose_own_token(None).await
    }

    /// Connects a client and gives it the demo company's partners, if it is new.
    pub async fn introduce(&self, client: &Client) -> Result<()> {
        self.connect(client).await?;
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
