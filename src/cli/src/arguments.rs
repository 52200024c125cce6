//! The command line.

use std::path::PathBuf;

use crate::admin_arguments::{AdminCommand, MessageCommand};
use crate::order_arguments::OrderArguments;
use crate::partners_arguments::PartnersArguments;
use crate::token_arguments::TokenCommand;
use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use client::texts::Language;
use domain::{AccountNumber, OrderId, PackageId};

/// Corporate banking without a window.
#[derive(Debug, Parser)]
#[command(name = "kapocs-cli", version, after_help = crate::exit::HELP)]
pub struct Arguments {
    /// Folder of the store; otherwise that of KAPOCS_DATA, of a portable program, or the user's usual one.
    #[arg(long, global = true)]
    pub data: Option<PathBuf>,
    /// Keep everything in `kapocs-data` beside the program, as does a file `kapocs.portable` there.
    #[arg(long, global = true, conflicts_with = "data")]
    pub portable: bool,
    /// Print one JSON value.
    #[arg(long, global = true)]
    pub json: bool,
    /// Language of texts: hu or en; otherwise the system's.
    #[arg(long, global = true)]
    pub lang: Option<String>,
    /// Key file of a software token.
    #[arg(long, global = true, conflicts_with = "reader")]
    pub token_file: Option<PathBuf>,
    /// Name of the card reader; otherwise any.
    #[arg(long, global = true)]
    pub reader: Option<String>,
    /// Read PINs (and the Code of an unblocking) from this open file descriptor, one a line; otherwise they are
    /// asked for.
    #[arg(long, global = true)]
    pub pin_fd: Option<i32>,
    /// Use the last PIN try too.
    #[arg(long, global = true)]
    pub last_try: bool,
    /// Which bank, where the store has several: a connection's name, how it begins, or its number.
    #[arg(long, global = true, env = "KAPOCS_BANK")]
    pub bank: Option<String>,
    /// Which customer: the bank's number of it, its name, or how that begins; otherwise the one of last time.
    #[arg(long, global = true, env = "KAPOCS_CUSTOMER")]
    pub customer: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

impl Arguments {
    /// The language to speak.
    pub fn language(&self) -> Language {
        self.lang.as_deref().and_then(Language::from_code).unwrap_or_else(client::texts::language_of_system)
    }
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Take a bank's connection file, fetch its rules, log in once.
    Connect {
        /// The connection file; otherwise the one that the administrator has set.
        file: Option<PathBuf>,
    },
    /// The connections of this store, one for each bank.
    Connections {
        /// What to do.
        #[command(subcommand)]
        command: ConnectionCommand,
    },
    /// The customers of all banks.
    Customers {
        /// What to do.
        #[command(subcommand)]
        command: CustomerCommand,
    },
    /// Where the store lies and whether this program can read it.
    Store {
        /// What to do.
        #[command(subcommand)]
        command: StoreCommand,
    },
    /// What the administrator of this machine has set.
    Policy {
        /// What to do.
        #[command(subcommand)]
        command: PolicyCommand,
    },
    /// Fetch accounts, balances, transactions and statuses.
    Sync,
    /// Accounts with their last known balances.
    Accounts,
    /// Booked transactions, the latest first.
    Transactions(TransactionArguments),
    /// Templates that fit a search text; "order --template" starts one.
    Templates {
        /// Words of name, payee, account or narrative.
        #[arg(default_value = "")]
        text: String,
    },
    /// The event log, the latest first.
    Log {
        /// How many entries.
        #[arg(long, default_value_t = 100)]
        limit: u32,
        /// Only check that nobody changed it outside the program; 7 when somebody did.
        #[arg(long)]
        check: bool,
    },
    /// Search partners, write them to a file, take them from one.
    Partners(PartnersArguments),
    /// Record an order: of the type named, with its fields; without a type a domestic HUF transfer.
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    Order(Box<OrderArguments>),
    /// Import orders from a file (pain.001 or Electra XML).
    Import {
        /// The file.
        file: PathBuf,
        /// Take the good rows although others are bad. A file that is not complete is not taken.
        #[arg(long)]
        only_good: bool,
        /// Take it although the number of orders or the sum that it declares is another one.
        #[arg(long)]
        despite_totals: bool,
        /// Take it although the same file, or another one with the same payments, was taken before.
        #[arg(long)]
        again: bool,
        /// Only list what is in it.
        #[arg(long)]
        check: bool,
    },
    /// List packages, or show one.
    Packages {
        /// The package to show.
        id: Option<PackageId>,
        /// List sent ones.
        #[arg(long)]
        sent: bool,
    },
    /// A package in a file of its own (.kapocs), with its signatures.
    Package {
        /// What to do.
        #[command(subcommand)]
        command: PackageCommand,
    },
    /// Give a package that was not sent another name.
    Rename {
        /// The package.
        id: PackageId,
        /// The new name.
        name: String,
    },
    /// Plan the day on which a package is to be sent.
    Plan {
        /// The package.
        id: PackageId,
        /// The day (YYYY-MM-DD); without one the plan is dropped.
        day: Option<NaiveDate>,
    },
    /// Move every order of a package into a package of its own, named after its payee.
    Split {
        /// The package.
        id: PackageId,
    },
    /// One step back; drops the signatures.
    Withdraw {
        /// The package.
        id: PackageId,
    },
    /// Delete packages that were not sent.
    Delete {
        /// The packages.
        #[arg(required = true)]
        ids: Vec<PackageId>,
    },
    /// Remove an order from its package.
    RemoveOrder {
        /// The order.
        id: OrderId,
    },
    /// Sign packages with the token, one PIN entry for all.
    Sign {
        /// The packages.
        #[arg(required = true)]
        ids: Vec<PackageId>,
    },
    /// Send signed packages.
    Send {
        /// The packages.
        #[arg(required = true)]
        ids: Vec<PackageId>,
        /// Wait for the bank's route before the next leaves.
        #[arg(long)]
        one_by_one: bool,
        /// Wait for the final status, at most so many seconds: 6 when orders were refused, 12 when the time is over.
        #[arg(long, value_name = "SECONDS")]
        wait: Option<u64>,
    },
    /// Ask the bank about sent packages.
    Status {
        /// The package; otherwise all.
        id: Option<PackageId>,
    },
    /// The shared area: list, put, show, take, withdraw.
    Shared {
        /// What to do there.
        #[command(subcommand)]
        command: SharedCommand,
    },
    /// Write a package's orders to a file.
    Export {
        /// The package.
        id: PackageId,
        /// The format.
        #[arg(long, value_enum)]
        format: Format,
        /// The file.
        #[arg(long)]
        out: PathBuf,
    },
    /// The token: its state, PIN, unblocking, renewal.
    Token {
        /// What to do with it.
        #[command(subcommand)]
        command: TokenCommand,
    },
    /// Self-administration: who may do what, and orders that change it.
    Admin {
        /// What to do.
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// Messages of the bank and to it.
    Messages {
        /// What to do.
        #[command(subcommand)]
        command: MessageCommand,
    },
    /// New versions of this program from the bank.
    Update {
        /// What to do.
        #[command(subcommand)]
        command: UpdateCommand,
    },
    /// Do the whole main job against a demo bank and print each step.
    Demo {
        /// Whose rules: kh or kdb.
        #[arg(long, default_value = "kh")]
        profile: String,
        /// Folder that keeps a demo that was made before (its bank in `bank`).
        #[arg(long)]
        demo_data: Option<PathBuf>,
        /// Program of the reference bank; otherwise beside this one.
        #[arg(long)]
        bank_program: Option<PathBuf>,
        /// Keep the demo's data in this folder (`bank` and `client` inside).
        #[arg(long)]
        keep: Option<PathBuf>,
        /// Only fill the client with packages in every state, to look at in the window.
        #[arg(long)]
        sample: bool,
    },
}

/// Which transactions are listed.
#[derive(Debug, Args)]
pub struct TransactionArguments {
    /// Words that begin a word of the other party's name or account, the narrative or the reference.
    #[arg(default_value = "")]
    pub text: String,
    /// Only of this account.
    #[arg(long)]
    pub account: Option<AccountNumber>,
    /// How many.
    #[arg(long, default_value_t = 100)]
    pub limit: u32,
}

/// What can be done with connections. A connection is named as with `--bank`.
#[derive(Debug, Subcommand)]
pub enum ConnectionCommand {
    /// List them.
    List,
    /// Take a bank's connection file as one more connection and fetch its rules, without a login.
    Add {
        /// The connection file.
        file: PathBuf,
        /// What to call it; otherwise by the bank's name.
        #[arg(long)]
        name: Option<String>,
    },
    /// Call one otherwise.
    Rename {
        /// The connection.
        connection: String,
        /// Its new name.
        name: String,
    },
    /// Leave a bank alone; its data stays where it is shown.
    Pause {
        /// The connection.
        connection: String,
    },
    /// Take a paused or archived one into use again.
    Resume {
        /// The connection.
        connection: String,
    },
    /// Put one away: its data is kept and shown nowhere.
    Archive {
        /// The connection.
        connection: String,
    },
    /// Remove one under which nothing was recorded or asked.
    Remove {
        /// The connection.
        connection: String,
    },
}

/// What can be asked about customers.
#[derive(Debug, Subcommand)]
pub enum CustomerCommand {
    /// List them with their banks.
    List,
}

/// What can be done with package files.
#[derive(Debug, Subcommand)]
pub enum PackageCommand {
    /// Write a prepared package with its signatures to a file.
    Export {
        /// The package.
        id: PackageId,
        /// The file.
        #[arg(long)]
        out: PathBuf,
    },
    /// Take a package from a file; signatures that do not hold are dropped and named.
    Import {
        /// The file.
        file: PathBuf,
        /// Only say what is in it; 3 when it cannot be taken.
        #[arg(long)]
        check: bool,
    },
}

/// What can be asked about the store. Nothing of it is opened or changed.
#[derive(Clone, Debug, Subcommand)]
pub enum StoreCommand {
    /// Print where the store, the cache and the logs lie.
    Path,
    /// Look whether this program can read the store: 0 yes, or there is none; 7 a newer program made it; 1 it is
    /// damaged or cannot be read.
    Check,
}

/// What can be asked about the administrator's policy.
#[derive(Clone, Debug, Subcommand)]
pub enum PolicyCommand {
    /// Print it; 3 when it cannot be followed.
    Show,
    /// Print the fingerprints of a connection file's authorities, and whether the policy allows them (otherwise 3).
    Check {
        /// The connection file.
        file: PathBuf,
    },
}

/// What can be done about new versions. No login is needed.
#[derive(Debug, Subcommand)]
pub enum UpdateCommand {
    /// Ask the bank which versions it takes and offers. Ends with 0 for the newest, 8 when there is a newer one, 9 when
    /// the bank takes this one no more, 10 when what the bank offers cannot be believed.
    Check,
    /// Bring the newest release's file for this system here, verified against the signed manifest.
    Download {
        /// The folder to put it into.
        #[arg(long)]
        to: PathBuf,
    },
}

/// What can be done with the shared area. Each logs in first and asks for answers that were lost before.
#[derive(Debug, Subcommand)]
pub enum SharedCommand {
    /// What waits there, and where those went that left it lately.
    List,
    /// Put packages there, signed or not; they are locked here meanwhile.
    Put {
        /// The packages.
        #[arg(required = true)]
        ids: Vec<PackageId>,
        /// Last day of their stay (YYYY-MM-DD); otherwise as long as the bank allows.
        #[arg(long)]
        until: Option<NaiveDate>,
    },
    /// Look into a package without taking it over.
    Show {
        /// The package.
        id: PackageId,
    },
    /// Take packages over.
    Take {
        /// The packages.
        #[arg(required = true)]
        ids: Vec<PackageId>,
    },
    /// Take one's own package back.
    Withdraw {
        /// The package.
        id: PackageId,
    },
}

/// File formats of exports.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    /// ISO 20022 pain.001.001.09.
    Pain001,
    /// Electra's HUFTransactions.
    ElectraXml,
}
