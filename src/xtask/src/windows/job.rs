//! The main job by the installed `kapocs-cli.exe`: connect, record, import, sign, send, follow to the end.

use serde_json::{Value, json};

use super::bank::Bank;
use super::wine::{Ended, Prefix};
use crate::TaskError;

/// Text with every accented letter of Hungarian.
const NARRATIVE: &str = "Árvíztűrő tükörfúrógép";

/// An installed command line.
pub struct Cli<'a> {
    /// Where it is installed.
    pub prefix: &'a Prefix,
    pub program: String,
    /// Typed when a PIN is asked for.
    pub pin: String,
}

impl Cli<'_> {
    /// Runs with a PIN at hand.
    pub fn run(&self, arguments: &[&str]) -> Result<Ended, TaskError> {
        let all = [&["--json", "--lang", "hu", "--pin-fd", "0"][..], arguments].concat();
        self.prefix.run(&self.program, &all, &format!("{}\n", self.pin))
    }

    /// The JSON of a run that must succeed.
    pub fn json(&self, arguments: &[&str]) -> Result<Value, TaskError> {
        let ended = self.run(arguments)?;
        match serde_json::from_str(&ended.out) {
            Ok(value) if ended.code == 0 => Ok(value),
            _ => Err(TaskError::Unexpected(format!(
                "kapocs-cli {}: exit code {}: {}{}",
                arguments.join(" "),
                ended.code,
                ended.out,
                ended.err
            ))),
        }
    }
}

/// Does the job and returns the packages' identifiers. The store keeps the token, so that later runs name none.
pub fn main_job(cli: &Cli<'_>, bank: &Bank) -> Result<Vec<String>, TaskError> {
    let key_file = Prefix::outside(&bank.key_file());
    let connected =
        cli.json(&["--token-file", &key_file, "connect", &Prefix::outside(&bank.connection_file())])?;
    expect("the bank's profile", &connected["profile"], &json!("kh"))?;
    let _ = cli.json(&["token", "use", "--file", &key_file])?;
    let partners = cli.json(&["partners", "--import", &Prefix::outside(&bank.partners())])?;
    expect("partners imported", &partners["imported"], &json!(40))?;

    let to = ["--to", "11773016-11111018", "--name", "Őrségi Faipari Zrt.", "--narrative", NARRATIVE];
    let order = cli.json(&[&["order", "--amount", "1,25M", "--instant"][..], &to].concat())?;
    expect("route said beforehand", &order["decision"]["route"], &json!("instant"))?;
    let first = text(&order["package"])?;
    let file = "C:\\users\\Public\\Kifizetések árvíztűrő.xml";
    let _ = cli.json(&["export", &first, "--format", "pain001", "--out", file])?;
    let written = std::fs::read_to_string(cli.prefix.path(file)).unwrap_or_default();
    if !written.contains(NARRATIVE) {
        return Err(TaskError::Unexpected(format!("{file} lacks {NARRATIVE}: {written}")));
    }
    let imported = cli.json(&["import", file])?;
    expect("the import", &imported["complete"], &json!(true))?;
    let second = text(&imported["taken"]["packages"][0])?;

    let packages = vec![first, second];
    let named: Vec<&str> = packages.iter().map(String::as_str).collect();
    for signed in list(&cli.json(&[&["sign"][..], &named].concat())?)? {
        expect("signed", &signed["state"], &json!("signed"))?;
    }
    for sent in list(&cli.json(&[&["send"][..], &named, &["--wait", "60"]].concat())?)? {
        expect("sent", &sent["state"], &json!("completed"))?;
    }
    for package in &packages {
        let status = cli.json(&["status", package])?;
        expect("executed", &status[0]["items"][0]["executed"], &json!(true))?;
        let seen = bank.control(&format!("/packages/{package}"))?;
        for count in ["executed", "bookings", "receipts"] {
            expect(&format!("{count} at the bank"), &seen[count], &json!(1))?;
        }
    }
    let sums = bank.control("/sums")?;
    if !sums.as_object().is_some_and(|sums| !sums.is_empty() && sums.values().all(|sum| sum == &json!(0))) {
        return Err(TaskError::Unexpected(format!("the bank's ledger does not sum to zero: {sums}")));
    }
    Ok(packages)
}

fn list(value: &Value) -> Result<&Vec<Value>, TaskError> {
    match value.as_array() {
        Some(list) if !list.is_empty() => Ok(list),
        _ => Err(TaskError::Unexpected(format!("an empty list: {value}"))),
    }
}

fn text(value: &Value) -> Result<String, TaskError> {
    value.as_str().map(str::to_owned).ok_or_else(|| TaskError::Unexpected(format!("no text: {value}")))
}

/// Compares what came with what must come.
pub fn expect<T: PartialEq + std::fmt::Debug>(what: &str, came: &T, must: &T) -> Result<(), TaskError> {
    if came == must {
        return Ok(());
    }
    Err(TaskError::Unexpected(format!("{what}: {came:?} instead of {must:?}")))
}
