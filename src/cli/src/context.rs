//! One run's client, opened from the command line, its token, and its PIN, asked for once.

use std::time::Duration;

use client::folders::{Folders, Wanted};
use client::{Client, Connection, KeyPurpose, Options, Pin, Result, TokenConfig, TokenStatus};

use crate::arguments::Arguments;
use crate::pin::Secrets;

/// How long the first look at a token may take.
const FIRST_LOOK: Duration = Duration::from_secs(15);

/// What every command works with.
pub struct Context {
    pub client: Client,
    /// Whether to print JSON.
    pub json: bool,
    /// Whether this run says which bank is meant.
    pub bank_is_named: bool,
    secrets: Secrets,
    last_try: bool,
    pin: Option<Pin>,
}

impl Context {
    /// Opens the store and starts the token.
    pub fn open(arguments: &Arguments) -> Result<Self> {
        let token = match &arguments.token_file {
            Some(path) => TokenConfig::Software(path.clone()),
            None => TokenConfig::Pcsc { reader: arguments.reader.clone() },
        };
        let data = folders(arguments)?.data;
        Ok(Self {
            client: Client::open(Options { data, token })?,
            json: arguments.json,
            bank_is_named: arguments.bank.is_some(),
            secrets: Secrets::open(arguments.pin_fd)?,
            last_try: arguments.last_try,
            pin: None,
        })
    }

    /// For a client that is open already, with a known PIN.
    pub fn with_pin(client: Client, pin: Pin, json: bool) -> Self {
        Self {
            client,
            json,
            bank_is_named: false,
            secrets: Secrets::Terminal,
            last_try: false,
            pin: Some(pin),
        }
    }

    /// Goes on with the bank and the customer that are meant.
    pub async fn choose(&mut self, bank: Option<&str>, customer: Option<&str>) -> Result<()> {
        self.client = self.client.find(bank, customer).await?;
        Ok(())
    }

    /// The token as it is after the first look.
    pub async fn token(&self) -> TokenStatus {
        let mut status = self.client.token_status();
        let look = status.wait_for(|status| !matches!(status, TokenStatus::Starting));
        // A token that does not answer in time is shown as what it is: still being looked for.
        let _ = tokio::time::timeout(FIRST_LOOK, look).await;
        self.client.token_status().borrow().clone()
    }

    /// The PIN for one of the token's keys, asked for when first needed and kept for this run; never for a token that
    /// cannot do it.
    pub fn pin_for(&mut self, key: KeyPurpose) -> Result<Pin> {
        self.client.may_ask_pin(key)?;
        self.pin()
    }

    /// The PIN, whatever the token's certificates are.
    pub fn pin(&mut self) -> Result<Pin> {
        if let Some(pin) = &self.pin {
            return Ok(pin.clone());
        }
        if let Some(info) = self.client.token_status().borrow().info() {
            self.client.may_use(info.kind)?;
        }
        let pin = self.secrets.pin()?;
        self.pin = Some(pin.clone());
        Ok(pin)
    }

    /// Where PINs and Codes come from.
    pub fn secrets(&mut self) -> &mut Secrets {
        &mut self.secrets
    }

    /// Whether the last PIN try may be used.
    pub fn last_try(&self) -> bool {
        self.last_try
    }

    /// Logs in unless this run has done so.
    pub async fn log_in(&mut self) -> Result<()> {
        if matches!(*self.client.connection().borrow(), Connection::LoggedIn { .. }) {
            return Ok(());
        }
        let pin = self.pin_for(KeyPurpose::Login)?;
        let _ = self.client.log_in(pin, self.last_try).await?;
        Ok(())
    }
}

/// Where this run's files lie: the same place that the window finds.
pub fn folders(arguments: &Arguments) -> Result<Folders> {
    let wanted = Wanted { data: arguments.data.clone(), portable: arguments.portable };
    Ok(Folders::of(&wanted)?)
}
