//! The reference bank of this machine on loopback, which the Windows programs talk to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::TaskError;
use crate::process::{Profile, build, run};

/// A running bank; it ends with this.
pub struct Bank {
    child: Child,
    folder: PathBuf,
    demo: Value,
    ready: Value,
}

impl Bank {
    /// Builds the bank, makes its demo data in a folder and starts it.
    pub fn start(folder: &Path) -> Result<Self, TaskError> {
        let program = build(&["kapocs-bank"], Profile::Dev)?.join("kapocs-bank");
        let folder = folder.join("bank");
        run("demo data", Command::new(&program).args(["demo", "--data"]).arg(&folder))?;
        let demo = parsed(&std::fs::read_to_string(folder.join("demo.json")).unwrap_or_default())?;
        let mut serve = Command::new(&program);
        let _ = serve.args(["serve", "--end-with-stdin", "--data"]).arg(&folder);
        let _ = serve.stdin(Stdio::piped()).stdout(Stdio::piped());
        let start = |source| TaskError::Start { program: "kapocs-bank".to_owned(), source };
        let mut child = serve.spawn().map_err(start)?;
        let mut line = String::new();
        if let Some(out) = child.stdout.take() {
            let _ = BufReader::new(out).read_line(&mut line).map_err(start)?;
        }
        Ok(Self { child, folder, demo, ready: parsed(&line)? })
    }

    pub fn connection_file(&self) -> PathBuf {
        self.folder.join("connection.toml")
    }

    pub fn partners(&self) -> PathBuf {
        self.folder.join("partners.json")
    }

    /// Key file of the first user who may sign.
    pub fn key_file(&self) -> PathBuf {
        let users = self.demo["users"].as_array().into_iter().flatten();
        let mut signers = users.filter(|user| !user["signature_class"].is_null());
        self.folder.join(signers.next().and_then(|user| user["key_file"].as_str()).unwrap_or_default())
    }

    /// PIN of every demo token.
    pub fn pin(&self) -> &str {
        self.demo["pin"].as_str().unwrap_or_default()
    }

    /// The port of the bank's HTTPS.
    pub fn port(&self) -> u64 {
        self.ready["port"].as_u64().unwrap_or_default()
    }

    /// What the bank's control interface says at a path.
    pub fn control(&self, path: &str) -> Result<Value, TaskError> {
        let failed = |e| TaskError::File(format!("the bank's {path}"), e);
        let port = self.ready["control_port"].as_u64().unwrap_or_default();
        let token = self.ready["control_token"].as_str().unwrap_or_default();
        let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).map_err(failed)?;
        stream.set_read_timeout(Some(Duration::from_secs(20))).map_err(failed)?;
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).map_err(failed)?;
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer).map_err(failed)?;
        parsed(answer.split_once("\r\n\r\n").map_or("", |(_, body)| body))
    }
}

impl Drop for Bank {
    fn drop(&mut self) {
        crate::process::end(&mut self.child);
    }
}

fn parsed(text: &str) -> Result<Value, TaskError> {
    serde_json::from_str(text)
        .map_err(|e| TaskError::Unexpected(format!("the bank wrote no JSON: {e}: {text:?}")))
}
