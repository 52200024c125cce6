//! The reference bank as a child process, with its control interface, and clients of the demo company.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use client::{Client, Options, PackageChoice, Pin, TokenConfig};
use domain::{AccountNumber, Currency, Money, OrderDraft, PackageId, PackageState, key};
use serde_json::{Value, json};

/// PIN of every demo token.
pub const PIN: &str = "123456";

/// A program of ours, in the folder that cargo built it into.
pub fn program(name: &str) -> PathBuf {
    let here = std::env::current_exe().expect("the test knows its own path");
    let folder = here.ancestors().find(|p| p.ends_with("debug") || p.ends_with("release"));
    let path = folder.expect("tests run from the target folder").join(name);
    assert!(path.exists(), "{} is missing: build the workspace's programs first", path.display());
    path
}

/// A running reference bank with demo data in a temporary folder.
pub struct House {
    folder: tempfile::TempDir,
    child: Option<Child>,
    /// The HTTPS port that the first start picked, kept over restarts: the bank's origin stays the same.
    port: u64,
    desk_port: u64,
    web_port: u64,
    control: String,
    control_token: String,
    http: reqwest::Client,
    /// Where the bank's history was told to end.
    now: Option<String>,
    /// What the bank wrote about its demo data.
    pub demo: Value,
}

impl House {
    /// Makes demo data with these rules and starts the bank.
    pub async fn start(profile: &str) -> Self {
        Self::start_at(profile, None).await
    }

    /// The same, with the bank's history ending at a given time (RFC 3339).
    pub async fn start_at(profile: &str, now: Option<&str>) -> Self {
        Self::make(profile, now, None).await
    }

    /// Starts another bank that takes the same tokens as `other`, where its users are users of both.
    pub async fn start_beside(profile: &str, other: &Self) -> Self {
        Self::make(profile, other.now.as_deref(), Some(other)).await
    }

    async fn make(profile: &str, now: Option<&str>, other: Option<&Self>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new(program("kapocs-bank"));
        let _ = command.args(["demo", "--profile", profile, "--data"]).arg(folder.path().join("bank"));
        if let Some(now) = now {
            let _ = command.args(["--now", now]);
        }
        if let Some(other) = other {
            let _ = command.arg("--tokens-of").arg(other.bank_folder());
        }
        assert!(command.status().expect("kapocs-bank runs").success(), "demo data");
        let demo = std::fs::read_to_string(folder.path().join("bank/demo.json")).expect("demo.json");
        // reqwest asks for a provider even where no TLS is spoken.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let demo = serde_json::from_str(&demo).expect("demo.json is JSON");
        let mut house = Self::over(folder, demo, now.map(str::to_owned));
        house.run().await;
        house
    }

    /// A house over demo data that is there, not running yet.
    fn over(folder: tempfile::TempDir, demo: Value, now: Option<String>) -> Self {
        Self {
            folder,
            child: None,
            port: 0,
            desk_port: 0,
            web_port: 0,
            control: String::new(),
            control_token: String::new(),
            http: reqwest::Client::new(),
            now,
            demo,
        }
    }

    /// A second bank over a copy of this one's data, under other rules: it calls customers, accounts, packages and messages
    /// the same and believes the same tokens, and is another bank all the same. This one is started again.
    pub async fn twin(&mut self, profile: &str) -> Self {
        self.kill();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let twin = folder.path().join("bank");
        copy_folder(&self.bank_folder(), &twin);
        let data = rusqlite::Connection::open(twin.join("bank.sqlite")).expect("the bank's data");
        let sql = "UPDATE setting SET value = json_quote(?1) WHERE key = 'profile'";
        assert_eq!(data.execute(sql, [profile]).expect("the bank's rules"), 1);
        data.close().expect("the bank's data");
        let path = twin.join("connection.toml");
        let text = std::fs::read_to_string(&path).expect("a connection file");
        let mut file: protocol::ConnectionFile = toml::from_str(&text).expect("a connection file");
        (file.bank_id, file.bank_name) = (profile.to_owned(), "Ikerbank".to_owned());
        std::fs::write(&path, toml::to_string(&file).expect("TOML")).expect("a connection file");
        let mut twin = Self::over(folder, self.demo.clone(), self.now.clone());
        twin.run().await;
        self.run().await;
        twin
    }

    /// Starts the bank (again) on its data.
    pub async fn run(&mut self) {
        // A restarted bank may find its port still taken by a connection that is being closed.
        for _ in 0..50 {
            if self.try_run() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the bank does not start");
    }

    fn try_run(&mut self) -> bool {
        let mut child = Command::new(program("kapocs-bank"))
            .args(["serve", "--end-with-stdin", "--port", &self.port.to_string()])
            .args(["--web-port", &self.web_port.to_string(), "--data"])
            .arg(self.folder.path().join("bank"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("kapocs-bank starts");
        let mut line = String::new();
        let _ = BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("ready line");
        if line.is_empty() {
            let _ = child.wait();
            return false;
        }
        let ready: Value = serde_json::from_str(&line).expect("ready line is JSON");
        self.port = ready["port"].as_u64().unwrap_or_default();
        self.desk_port = ready["desk_port"].as_u64().unwrap_or_default();
        self.web_port = ready["web_port"].as_u64().unwrap_or_default();
        self.control = format!("http://127.0.0.1:{}", ready["control_port"]);
        self.control_token = ready["control_token"].as_str().unwrap_or_default().to_owned();
        self.child = Some(child);
        true
    }

    /// Ends the bank without a word, as a power cut would.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// The port of the bank's HTTPS.
    pub fn port(&self) -> u16 {
        u16::try_from(self.port).unwrap_or_default()
    }

    /// Where the operator desk's pages are.
    pub fn desk(&self) -> String {
        format!("https://localhost:{}", self.desk_port)
    }

    /// Where the web client is. The port stays over restarts, so that browsers keep their cards.
    pub fn web(&self) -> String {
        format!("https://localhost:{}", self.web_port)
    }

    /// What the bank wrote about the user whose name begins so.
    pub fn user(&self, name: &str) -> &Value {
        let users = self.demo["users"].as_array().expect("users");
        let user = users.iter().find(|u| u["name"].as_str().is_some_and(|n| n.starts_with(name)));
        user.expect("a user of that name")
    }

    /// What the bank writes into a card when it makes it: `csn`, `admin_key`, `puk`.
    pub fn card_secrets(&self, csn: &str) -> Value {
        let output = Command::new(program("kapocs-bank"))
            .args(["card-secrets", "--csn", csn, "--data"])
            .arg(self.bank_folder())
            .output()
            .expect("kapocs-bank runs");
        serde_json::from_slice(&output.stdout).expect("the card's secrets")
    }

    /// Leaves everything on the disk when the house goes, to look at it; gives the folder.
    pub fn keep(&mut self) -> PathBuf {
        self.folder.disable_cleanup(true);
        self.folder.path().to_owned()
    }

    /// The folder in which the bank lives.
    pub fn bank_folder(&self) -> PathBuf {
        self.folder.path().join("bank")
    }

    /// The connection file.
    pub fn connection_file(&self) -> PathBuf {
        self.bank_folder().join("connection.toml")
    }

    /// A folder for a client's data.
    pub fn client_folder(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Key file of the user whose name begins so.
    pub fn key_file(&self, name: &str) -> PathBuf {
        self.bank_folder().join(self.user(name)["key_file"].as_str().expect("a key file"))
    }

    /// The n-th account of the first customer.
    pub fn account(&self, n: usize) -> AccountNumber {
        let text = self.demo["customers"][0]["accounts"][n]["number"].as_str().expect("an account");
        text.parse().expect("a right account number")
    }

    /// A client of its own folder with a user's software token; connected, not logged in.
    pub async fn client(&self, folder: &str, user: &str) -> Client {
        self.client_with(folder, TokenConfig::Software(self.key_file(user))).await
    }

    /// The same with any token.
    pub async fn client_with(&self, folder: &str, token: TokenConfig) -> Client {
        let client =
            Client::open(Options { data: self.client_folder(folder), token }).expect("the store opens");
        let _ = client.connect(&self.connection_file()).await.expect("the bank answers");
        client
    }

    /// A client that is logged in and synced.
    pub async fn logged_in(&self, folder: &str, user: &str) -> Client {
        let client = self.client(folder, user).await;
        let _ = client.log_in(Pin::new(PIN), false).await.expect("the login works");
        client.sync().await.expect("the sync works");
        client
    }

    /// A user's client over the store of a folder that another one just left, once it is free.
    ///
    /// # Panics
    /// When the store stays locked.
    pub async fn reopened(&self, folder: &str, user: &str) -> Client {
        let token = TokenConfig::Software(self.key_file(user));
        for _ in 0..50 {
            let options = Options { data: self.client_folder(folder), token: token.clone() };
            if let Ok(client) = Client::open(options) {
                let _ = client.log_in(Pin::new(PIN), false).await.expect("the login works");
                client.sync().await.expect("the sync works");
                return client;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the store stayed locked");
    }

    /// Waits until the store of a folder is free: a client that was let go ends its tasks first.
    ///
    /// # Panics
    /// When the store stays locked.
    pub async fn left(&self, folder: &str) {
        let store = client::store_path(&self.client_folder(folder));
        let lock = std::fs::File::open(store.with_extension("sqlite.lock")).expect("a store was here");
        for _ in 0..50 {
            if lock.try_lock().is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the store stayed locked");
    }

    /// Calls the control interface.
    pub async fn control(&self, method: reqwest::Method, path: &str, body: Value) -> Value {
        let request = self
            .http
            .request(method, format!("{}{path}", self.control))
            .bearer_auth(&self.control_token)
            .timeout(Duration::from_secs(20));
        let request = if body.is_null() { request } else { request.json(&body) };
        let response = request.send().await.expect("the control interface answers");
        assert!(response.status().is_success(), "{path}: {}", response.status());
        let text = response.text().await.expect("a body");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// Makes the next fitting call fail.
    pub async fn fault(&self, kind: &str, method: &str, path: &str) {
        let body = json!({ "kind": kind, "method": method, "path": path });
        let _ = self.control(reqwest::Method::POST, "/faults", body).await;
    }

    /// Makes calls fail until the faults are cleared.
    pub async fn keep_failing(&self, kind: &str, method: &str, path: &str) {
        let body = json!({ "kind": kind, "method": method, "path": path, "count": 10_000 });
        let _ = self.control(reqwest::Method::POST, "/faults", body).await;
    }

    /// Takes all faults back that were not used up.
    pub async fn clear_faults(&self) {
        let _ = self.control(reqwest::Method::DELETE, "/faults", Value::Null).await;
    }

    /// Waits until every fault that was asked for has met its call.
    ///
    /// # Panics
    /// When no such call comes.
    pub async fn faults_met(&self) {
        for _ in 0..400 {
            let waiting = self.control(reqwest::Method::GET, "/faults", Value::Null).await;
            if waiting.as_array().is_some_and(Vec::is_empty) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("a fault still waits for its call");
    }

    /// Pushes the bank's clock forward.
    pub async fn advance(&self, seconds: i64) {
        let body = json!({ "advance_millis": seconds * 1000 });
        let _ = self.control(reqwest::Method::PUT, "/clock", body).await;
    }

    /// Moves money on an account; negative takes it away.
    pub async fn fund(&self, account: AccountNumber, amount: Money) {
        let path = format!("/accounts/{account}/funding");
        let _ = self.control(reqwest::Method::POST, &path, json!({ "amount": amount })).await;
    }

    /// How often the bank got, confirmed and executed a package.
    pub async fn inspect(&self, package: PackageId) -> Value {
        self.control(reqwest::Method::GET, &format!("/packages/{package}"), Value::Null).await
    }

    /// Whether the ledger still sums to zero in every currency.
    pub async fn ledger_is_balanced(&self) -> bool {
        let sums = self.control(reqwest::Method::GET, "/sums", Value::Null).await;
        sums.as_object().is_some_and(|sums| sums.values().all(|sum| sum == &json!(0)))
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.kill();
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir(to).expect("a new folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            let _ = std::fs::copy(entry.path(), to).expect("a copy");
        }
    }
}

/// A payee's account at another bank that accepts everything.
pub fn payee() -> AccountNumber {
    "11773016-11111018".parse().expect("a right account number")
}

/// A draft of a transfer from `debit`.
pub fn draft(debit: AccountNumber, amount: i64) -> OrderDraft {
    OrderDraft::default()
        .with(key::DEBIT_ACCOUNT, debit.to_string())
        .with(key::TARGET, payee().to_string())
        .with(key::BENEFICIARY_NAME, "Őrségi Faipari Zrt.".to_owned())
        .with(key::AMOUNT, amount.to_string())
        .with(key::NARRATIVE, "F-2026/1203".to_owned())
}

/// Records one order into a package of its own.
pub async fn record(client: &Client, draft: OrderDraft) -> PackageId {
    client.save_order(draft, PackageChoice::New, None).await.expect("the order is right").package
}

/// Signs a package with the client's token.
pub async fn sign(client: &Client, package: PackageId) -> PackageState {
    let sheet = client.signing_sheet(package).await.expect("a sheet");
    client.sign(package, sheet.head.fingerprint, Pin::new(PIN), false).await.expect("a signature").state
}

/// Waits until the package is in one of the states.
pub async fn reaches(client: &Client, package: PackageId, states: &[PackageState]) -> PackageState {
    for _ in 0..120 {
        let _ = client.sync_packages().await;
        let state = client.sent_package(package).await.expect("the package is here").line.state;
        if states.contains(&state) {
            return state;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    panic!("the package did not reach {states:?}");
}

/// What can be spent on an account, as the client knows it.
pub async fn available(client: &Client, account: AccountNumber) -> Money {
    client.sync_accounts().await.expect("accounts");
    let rows = client.accounts().await.expect("accounts");
    let row = rows.into_iter().find(|r| r.account.number == account).expect("the account");
    row.balance.map_or(Money::zero(Currency::HUF), |b| b.available)
}

/// A path as text.
pub fn text(path: &Path) -> &str {
    path.to_str().expect("a UTF-8 path")
}
