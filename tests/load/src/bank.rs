//! A bank as a process of its own, on a folder of its own.

use std::io::{BufRead, BufReader};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use protocol::ConnectionFile;
use reqwest::Client;
use rusqlite::{Connection, params};
use serde::Deserialize;
use signature::Certificate;

use crate::Result;

/// The demo's clerk, who works for another customer here.
const NEIGHBOURS_USER: &str = "10000001";
/// A call that takes longer is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the bank says once it listens.
#[derive(Deserialize)]
struct Ready {
    base_url: String,
    web_port: u16,
}

/// A running bank; it ends with this.
pub struct Bank {
    process: Child,
    ready: Ready,
    folder: tempfile::TempDir,
    authority: Certificate,
}

impl Bank {
    /// Makes a demo by the program, with so many more customers, and starts it.
    ///
    /// # Errors
    /// What the program or the system says.
    pub fn start(program: &Path, customers: usize) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let made = Command::new(program)
            .args(["demo", "--profile", "kh", "--data"])
            .arg(folder.path())
            .stdout(Stdio::null())
            .status()?;
        if !made.success() {
            return Err(format!("{} made no demo", program.display()).into());
        }
        let database = folder.path().join("bank.sqlite");
        add_customers(&database, customers)?;
        add_neighbour(&database)?;
        let mut process = Command::new(program)
            .args(["serve", "--end-with-stdin", "--data"])
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let text = std::fs::read_to_string(folder.path().join("connection.toml"))?;
        let connection: ConnectionFile = toml::from_str(&text)?;
        let authority = Certificate::from_pem(&connection.ca_pem)?;
        Ok(Self { process, ready: serde_json::from_str(&line)?, folder, authority })
    }

    /// A client that believes this bank's authority and nobody else, calling from an address of this machine.
    ///
    /// # Errors
    /// In theory only.
    pub(crate) fn client(&self, from: IpAddr) -> Result<Client> {
        let mut roots = rustls::RootCertStore::empty();
        roots.add(self.authority.to_der().to_vec().into())?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = Client::builder().tls_backend_preconfigured(tls).local_address(from).timeout(PATIENCE);
        Ok(client.build()?)
    }

    /// The address of a path at the door of installed clients.
    pub(crate) fn api(&self, path: &str) -> String {
        format!("{}{path}", self.ready.base_url)
    }

    /// The origin of the web client.
    pub(crate) fn web(&self) -> String {
        format!("https://localhost:{}", self.ready.web_port)
    }

    pub(crate) fn web_port(&self) -> u16 {
        self.ready.web_port
    }

    pub(crate) fn origin(&self) -> &str {
        &self.ready.base_url
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Memory of the process now and at most until now, in MB; nothing where the system does not tell.
    pub(crate) fn memory(&self) -> Option<(f64, f64)> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let megabytes = |name: &str| -> Option<f64> {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            Some(line.trim_start_matches(':').split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
        };
        Some((megabytes("VmRSS")?, megabytes("VmHWM")?))
    }
}

impl Drop for Bank {
    fn drop(&mut self) {
        // It ends by itself when its input closes; killing makes sure, and a dead process needs neither.
        drop(self.process.stdin.take());
        if self.process.kill().is_ok() {
            let _ = self.process.wait();
        }
    }
}

/// Copies of the demo's company under other numbers, with users of their own who never come.
fn add_customers(database: &Path, count: usize) -> Result<()> {
    let mut db = Connection::open(database)?;
    let transaction = db.transaction()?;
    let mut add = transaction.prepare(
        "INSERT INTO customer (id, name, kind, authority, own_ids)
         SELECT ?1, name, kind, replace(authority, '1000000', ?2), own_ids FROM customer ORDER BY id LIMIT 1",
    )?;
    for n in 0..count {
        add.execute(params![(50_000_000 + n).to_string(), (5_000_000 + n).to_string()])?;
    }
    drop(add);
    transaction.commit()?;
    Ok(())
}

/// Another customer, whose only user is the demo's clerk; at the demo's company that user is nobody any more. So half
/// of those who listen are not concerned by what the company does.
fn add_neighbour(database: &Path) -> Result<()> {
    const NEIGHBOUR: &str = "59999999";
    let mut db = Connection::open(database)?;
    let transaction = db.transaction()?;
    transaction.execute(
        "INSERT INTO customer (id, name, kind, authority, own_ids)
         SELECT ?1, name, kind, authority, own_ids FROM customer ORDER BY id LIMIT 1",
        [NEIGHBOUR],
    )?;
    transaction
        .execute("UPDATE customer_user SET customer = ?1 WHERE user = ?2", [NEIGHBOUR, NEIGHBOURS_USER])?;
    transaction.commit()?;
    Ok(())
}
