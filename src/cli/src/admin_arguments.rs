//! The command line of self-administration and messages.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Subcommand, ValueEnum};
use domain::authority::{AccountRight, WebAccess, WebDevice};
use domain::contact::{EmailAddress, MobileNumber};
use domain::{AccountNumber, PackageId, UserId};
use uuid::Uuid;

/// Self-administration: each command makes a package, which `sign` and `send` take like any other.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Who may do what: users, rights, devices, the web client, new accounts, secondary identifiers.
    Show,
    /// List self-administration packages, or show one.
    Packages {
        /// The package to show.
        id: Option<PackageId>,
        /// List sent ones.
        #[arg(long)]
        sent: bool,
    },
    /// "Internet banking szolgáltatás igénylése": the web client for the customer and its users.
    WebEnable {
        /// Switch it off instead.
        #[arg(long)]
        off: bool,
        /// A user and what the user does there with a virtual chip card: USER=none, USER=login or USER=both.
        #[arg(long = "user", value_name = "USER=WHAT")]
        users: Vec<WebUser>,
    },
    /// Telephone, e-mail, notices of a user; what is not named stays.
    UserData(UserDataArguments),
    /// All rights of a user.
    Rights {
        /// The user.
        user: UserId,
        /// A right that the user has afterwards: ACCOUNT=view,dispose,sign:A.
        #[arg(long = "right", value_name = "ACCOUNT=RIGHTS", required_unless_present = "delete")]
        rights: Vec<RightOn<AccountNumber>>,
        /// Take every right and with them the user.
        #[arg(long, conflicts_with = "rights")]
        delete: bool,
    },
    /// Take a new account into the service.
    NewAccount {
        /// The account.
        account: AccountNumber,
        /// A right on it: USER=view,dispose,sign:A.
        #[arg(long = "right", value_name = "USER=RIGHTS", required = true)]
        rights: Vec<RightOn<UserId>>,
    },
    /// Suspend or enable a token or virtual chip card.
    Device {
        /// Whose.
        user: UserId,
        /// Which, as `admin show` lists it.
        device: String,
        /// What happens to it.
        #[arg(value_enum)]
        change: DeviceChange,
    },
    /// Clear a user's error points.
    ClearErrors {
        /// The user.
        user: UserId,
    },
    /// Secondary identifiers of accounts.
    SecondaryId {
        /// What happens.
        #[command(subcommand)]
        command: SecondaryIdCommand,
    },
    /// Take orders from a JSON file: one, or a list for one package.
    ApplyFile {
        /// The file.
        file: PathBuf,
    },
}

/// What happens to a secondary identifier.
#[derive(Debug, Subcommand)]
pub enum SecondaryIdCommand {
    /// Have the bank send a one-time code there.
    SendCode {
        /// Telephone number or e-mail address.
        id: String,
    },
    /// Register it.
    Register {
        /// The identifier.
        id: String,
        /// The account that it stands for.
        #[arg(long)]
        account: AccountNumber,
        /// The one-time code; tax numbers need none.
        #[arg(long)]
        code: Option<String>,
    },
    /// Confirm it for another year.
    Confirm {
        /// The identifier.
        id: String,
    },
    /// Delete it.
    Delete {
        /// The identifier.
        id: String,
    },
}

/// Data of a user.
#[derive(Debug, Args)]
pub struct UserDataArguments {
    /// The user.
    pub user: UserId,
    /// Mobile phone.
    #[arg(long, conflicts_with = "no_phone")]
    pub phone: Option<MobileNumber>,
    /// No mobile phone.
    #[arg(long)]
    pub no_phone: bool,
    /// E-mail address.
    #[arg(long, conflicts_with = "no_email")]
    pub email: Option<EmailAddress>,
    /// No e-mail address.
    #[arg(long)]
    pub no_email: bool,
    /// Whether the bank sends notices of packages.
    #[arg(long)]
    pub notify: Option<bool>,
}

/// Suspend or enable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DeviceChange {
    /// It neither logs in nor signs until it is enabled.
    Suspend,
    /// It can be used again.
    Enable,
}

/// Messages.
#[derive(Debug, Subcommand)]
pub enum MessageCommand {
    /// All messages, the newest first.
    List,
    /// One message; it counts as read then.
    Read {
        /// Its number.
        id: Uuid,
    },
    /// Write to the bank.
    Write {
        /// One line.
        #[arg(long)]
        subject: String,
        /// The text; otherwise it is read from standard input.
        #[arg(long)]
        body: Option<String>,
    },
}

/// A user of the web client, as `USER=both`.
#[derive(Clone, Debug)]
pub struct WebUser(pub WebAccess);

impl FromStr for WebUser {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (user, what) = halves(text)?;
        let user: UserId = user.parse().map_err(|_| format!("{user} is no user"))?;
        let card = WebDevice::VirtualCard;
        let (login, signing) = match what {
            "none" => (WebDevice::None, WebDevice::None),
            "login" => (card, WebDevice::None),
            "both" => (card, card),
            other => return Err(format!("{other}: none, login or both")),
        };
        Ok(Self(WebAccess { user, login, signing }))
    }
}

/// Rights of somebody or on something, as `X=view,dispose,sign:A`.
#[derive(Clone, Debug)]
pub struct RightOn<T> {
    on: T,
    view: bool,
    dispose: bool,
    sign: Option<String>,
}

impl<T: FromStr> FromStr for RightOn<T> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (on, rights) = halves(text)?;
        let on = on.parse().map_err(|_| format!("{on} cannot be read"))?;
        let mut right = Self { on, view: false, dispose: false, sign: None };
        for word in rights.split(',') {
            match (word, word.strip_prefix("sign:")) {
                ("view", _) => right.view = true,
                ("dispose", _) => right.dispose = true,
                (_, Some(class)) if !class.is_empty() => right.sign = Some(class.to_owned()),
                _ => return Err(format!("{word}: view, dispose or sign:CLASS")),
            }
        }
        Ok(right)
    }
}

impl RightOn<AccountNumber> {
    /// The right of this user.
    pub fn of(self, user: &UserId) -> AccountRight {
        let Self { on: account, view, dispose, sign } = self;
        AccountRight { user: user.clone(), account, view, dispose, sign }
    }
}

impl RightOn<UserId> {
    /// The right on this account.
    pub fn on(self, account: AccountNumber) -> AccountRight {
        let Self { on: user, view, dispose, sign } = self;
        AccountRight { user, account, view, dispose, sign }
    }
}

fn halves(text: &str) -> Result<(&str, &str), String> {
    text.split_once('=').ok_or_else(|| format!("{text}: something=something"))
}
