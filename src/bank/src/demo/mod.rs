//! Demo data: a company with its users, accounts, partners and eighteen months of history, by a seeded
//! generator. The same seed and time give the same data; keys and certificates are always new.

mod history;
mod household;
mod keys;
mod partners;
mod random;

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use protocol::ConnectionFile;
use serde::Serialize;

use crate::bank::{CLOCK, PROFILE};
use crate::doors::desk;
use crate::ground::card_secrets::CardSecrets;
use crate::ground::database;
use crate::ground::error::{BankError, Result};
use crate::ground::folder::Folder;
use crate::ground::rules::Rules;
use crate::ground::time::{ClockSetting, whole_millis};
use crate::people::cards::CardKind;
use crate::releases::published;

use household::Household;
use random::Random;

/// PIN of every demo key file.
pub const PIN: &str = "123456";
/// Name of the demo's telephone operator.
pub const OPERATOR: &str = "ugyfelszolgalat";
pub const OPERATOR_PASSWORD: &str = "telefonos-feloldas-1";

/// File of the key that signs the demo's releases.
pub const RELEASE_KEY: &str = "release.key";

/// What data to make.
#[derive(Clone, Debug)]
pub struct Wish {
    pub data: PathBuf,
    /// `kh` or `kdb`.
    pub profile: String,
    /// Seed of the data.
    pub seed: u64,
    /// Bank time, where the history ends; `None`: the system's.
    pub now: Option<DateTime<Utc>>,
    /// Folder of another demo bank that has the same authority: people of both have one token for both.
    pub tokens_of: Option<PathBuf>,
}

/// `demo.json`: what a demo or a test must know to begin.
#[derive(Serialize)]
struct DemoFile<'a> {
    profile: &'a str,
    seed: u64,
    now: DateTime<Utc>,
    pin: &'a str,
    customers: Vec<DemoCustomer<'a>>,
    users: Vec<DemoUser>,
    operator: DemoOperator<'a>,
}

/// Who sits at the operator desk.
#[derive(Serialize)]
struct DemoOperator<'a> {
    name: &'a str,
    password: &'a str,
}

#[derive(Serialize)]
struct DemoCustomer<'a> {
    customer: &'a domain::Customer,
    accounts: &'a [domain::Account],
}

#[derive(Serialize)]
struct DemoUser {
    id: String,
    name: String,
    key_file: String,
    signature_class: Option<String>,
    /// Serial number of the user's card, upper-case hex.
    csn: String,
    card_kind: CardKind,
    /// For the telephone service.
    epin: String,
}

/// Makes the data folder.
///
/// # Errors
/// [`BankError`] when the folder holds a bank already or cannot be written.
pub fn make(wish: &Wish) -> Result<()> {
    let folder = Folder::new(&wish.data);
    let rules = Rules::shipped(&wish.profile)?;
    if folder.database().exists() {
        return Err(BankError::data(folder.database().display(), "there is a bank already"));
    }
    folder.create()?;
    let now = whole_millis(wish.now.unwrap_or_else(Utc::now));
    let mut random = Random::new(wish.seed);
    let household = Household::new(&rules, &mut random)?;
    let partners = partners::partners(&rules, &mut random)?;
    let templates = partners::templates(&household, &partners, &mut random)?;

    write_json(&folder, "partners.json", &partners.iter().map(|p| &p.partner).collect::<Vec<_>>())?;
    write_json(&folder, "templates.json", &templates)?;
    let other = wish.tokens_of.as_deref().map(Folder::new);
    let authority = match &other {
        Some(other) => Some(other.read_identity()?.authority),
        None => None,
    };
    let identity = keys::identity(&rules, authority, now)?;
    folder.write_identity(&identity)?;
    folder.write_card_secrets(&CardSecrets::generate())?;
    let mut certificates = Vec::with_capacity(household.users.len());
    let users = household
        .users
        .iter()
        .map(|user| {
            let made = keys::write_key_file(&folder, other.as_ref(), &identity.authority, user, now)?;
            let (key_file, in_it) = made;
            certificates.push(in_it);
            Ok(DemoUser {
                id: user.user.id.to_string(),
                name: user.user.name.clone(),
                key_file,
                signature_class: user.class.map(str::to_owned),
                csn: user.csn(wish.seed),
                card_kind: user.card,
                epin: user.epin(wish.seed),
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let authority = identity.authority.certificate().to_pem()?;
    // A real bank's release key lies elsewhere, behind a password.
    let (release_key, release_public) = published::new_key(published::Protection::Nothing)?;
    folder.write(RELEASE_KEY, release_key.as_bytes())?;
    folder.write_connection(&ConnectionFile {
        bank_id: rules.profile.id.clone(),
        bank_name: rules.profile.name.clone(),
        base_url: "https://localhost:0".to_owned(),
        ca_pem: authority.clone(),
        receipt_ca_pem: authority,
        release_key: Some(release_public),
    })?;
    let customers = household
        .customers
        .iter()
        .map(|c| DemoCustomer { customer: &c.access.customer, accounts: &c.accounts })
        .collect();
    let operator = DemoOperator { name: OPERATOR, password: OPERATOR_PASSWORD };
    let file =
        DemoFile { profile: &wish.profile, seed: wish.seed, now, pin: PIN, customers, users, operator };
    write_json(&folder, "demo.json", &file)?;

    // The database comes last and whole: a folder with a bank in it is complete.
    let draft = folder.path().join("bank.new");
    if draft.exists() {
        std::fs::remove_file(&draft).map_err(BankError::io(draft.display()))?;
    }
    fill_database(&draft, wish, &rules, (&household, &certificates), &partners, now, &mut random)?;
    std::fs::rename(&draft, folder.database()).map_err(BankError::io(draft.display()))
}

fn fill_database(
    path: &std::path::Path,
    wish: &Wish,
    rules: &Rules,
    (household, certificates): (&Household, &[[String; 2]]),
    partners: &[partners::DemoPartner],
    now: DateTime<Utc>,
    random: &mut Random,
) -> Result<()> {
    let mut db = database::open(path)?;
    let transaction = db.transaction()?;
    database::set_setting(&transaction, PROFILE, &wish.profile)?;
    if wish.now.is_some() {
        database::set_setting(&transaction, CLOCK, &ClockSetting::starting(now, true))?;
    }
    household.store(&transaction)?;
    household.store_phone_service(&transaction, wish.seed, certificates, now)?;
    desk::add_operator(&transaction, OPERATOR, OPERATOR_PASSWORD)?;
    partners::store(&transaction, rules, partners)?;
    history::book(&transaction, rules, household, partners, now, random)?;
    transaction.commit()?;
    // Everything into the one file, so that it can be renamed without its write-ahead log.
    db.pragma_update(None, "journal_mode", "DELETE")?;
    db.close().map_err(|(_, error)| error)?;
    Ok(())
}

fn write_json(folder: &Folder, name: &str, value: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(value).map_err(|e| BankError::data(name, e))?;
    folder.write(name, text.as_bytes())
}

/// What the tests of other modules build their bank of.
#[cfg(test)]
pub(crate) mod testing {
    pub(crate) use super::household::Household;
    pub(crate) use super::keys::identity;
    pub(crate) use super::random::Random;
}

#[cfg(test)]
mod tests;
