use std::collections::BTreeSet;

use domain::{Partner, PartnerTarget, Template};
use rusqlite::Connection;
use signature::keyfile::{KeyFile, KeySlot};

use super::*;
use crate::accounts::ledger;
use crate::bank::Bank;

fn made(profile: &str, seed: u64) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let now = Some("2026-11-20T12:00:00Z".parse().unwrap());
    make(&Wish { data: folder.path().to_owned(), profile: profile.to_owned(), seed, now, tokens_of: None })
        .unwrap();
    folder
}

fn read<T: serde::de::DeserializeOwned>(folder: &tempfile::TempDir, name: &str) -> T {
    serde_json::from_slice(&std::fs::read(folder.path().join(name)).unwrap()).unwrap()
}

#[test]
fn the_demo_company_is_complete() {
    let folder = made("kh", 1);
    let partners: Vec<Partner> = read(&folder, "partners.json");
    assert_eq!(partners.len(), 40);
    assert_eq!(partners.iter().map(|p| p.id).collect::<BTreeSet<_>>().len(), 40);
    let by_identifier =
        partners.iter().filter(|p| matches!(p.target, PartnerTarget::SecondaryId { .. })).count();
    assert_eq!(by_identifier, 8);
    let templates: Vec<Template> = read(&folder, "templates.json");
    assert_eq!(templates.len(), 6);

    let bank = Bank::open(&Folder::new(folder.path())).unwrap();
    bank.write(|db| -> Result<()> {
        assert!(ledger::sums(db)?.values().all(|sum| *sum == 0));
        let user = "10000001".parse().unwrap();
        let customers = crate::people::customers::of_user(db, &user)?;
        let accounts = ledger::accounts_of(db, &customers[0].customer.id)?;
        assert_eq!(accounts.len(), 5, "four in the service, one to be taken in");
        assert_eq!(ledger::booked(db, &accounts[4].key)?, 0);
        for account in &accounts[..4] {
            let (low, high) =
                if account.currency.code() == "EUR" { (20_000, 300_000) } else { (500_000, 60_000_000) };
            let balance = ledger::booked(db, &account.key)? / 100;
            assert!((low..high).contains(&balance), "{}: {balance}", account.name);
        }
        let (bookings, first, last): (i64, i64, i64) =
            db.query_row("SELECT COUNT(*), MIN(booked_at), MAX(booked_at) FROM booking", [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        assert!(bookings > 800, "{bookings}");
        assert!(last - first > 500 * 24 * 3600 * 1000 && last < bank.clock.now().timestamp_millis());
        Ok(())
    })
    .unwrap();
}

#[test]
fn key_files_open_with_the_pin_and_are_the_users() {
    let folder = made("kdb", 2);
    let demo: serde_json::Value = read(&folder, "demo.json");
    let users = demo["users"].as_array().unwrap();
    assert_eq!(users.len(), 4);
    for user in users {
        let text = std::fs::read_to_string(folder.path().join(user["key_file"].as_str().unwrap())).unwrap();
        let file = KeyFile::parse(&text).unwrap();
        for slot in [KeySlot::Login, KeySlot::Signing] {
            assert_eq!(file.certificate(slot).user_id().as_deref(), user["id"].as_str());
            assert!(file.unlock(PIN, slot).is_ok());
        }
        assert!(file.unlock("000000", KeySlot::Login).is_err());
    }
    assert!(demo["customers"].as_array().unwrap().len() == 2);
}

#[test]
fn the_telephone_service_knows_the_demos_people() {
    let folder = made("kdb", 3);
    let demo: serde_json::Value = read(&folder, "demo.json");
    assert_eq!(demo["operator"], serde_json::json!({ "name": OPERATOR, "password": OPERATOR_PASSWORD }));
    let bank = Bank::open(&Folder::new(folder.path())).unwrap();
    let mut kinds = BTreeSet::new();
    for user in demo["users"].as_array().unwrap() {
        let text = |name: &str| user[name].as_str().unwrap();
        assert_eq!((text("epin").len(), text("csn").len()), (6, 32));
        kinds.insert(text("card_kind"));
        bank.write(|db| -> Result<()> {
            let cards = crate::people::cards::of_user(db, &text("id").parse().unwrap())?;
            assert!(
                cards.len() == 1 && cards[0].csn == text("csn") && cards[0].kind.name() == text("card_kind")
            );
            assert!(crate::people::phone::begin_try(db, text("id"))?.unwrap().is_of(text("epin"))?);
            Ok(())
        })
        .unwrap();
    }
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["gids", "piv"]);
}

#[test]
fn one_seed_gives_one_history_and_another_another() {
    let entries = |folder: &tempfile::TempDir| -> Vec<(String, i64)> {
        let db = Connection::open(folder.path().join("bank.sqlite")).unwrap();
        let mut query = db.prepare("SELECT account, amount FROM entry ORDER BY id").unwrap();
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(std::result::Result::unwrap).collect()
    };
    let (one, same, other) = (made("kh", 5), made("kh", 5), made("kh", 6));
    assert_eq!(entries(&one), entries(&same));
    assert_ne!(entries(&one), entries(&other));
}

#[cfg(unix)]
#[test]
fn a_banks_files_are_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = made("kh", 1);
    let database = folder.path().join("bank.sqlite");
    let open_to_others = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o077 != 0;
    // As a program of an earlier version left it.
    std::fs::set_permissions(&database, PermissionsExt::from_mode(0o644)).unwrap();
    let bank = crate::bank::Bank::open(&crate::ground::folder::Folder::new(folder.path())).unwrap();
    bank.write(|db| crate::ground::database::set_setting(db, "test", &1)).unwrap();
    for file in std::fs::read_dir(folder.path())
        .unwrap()
        .chain(std::fs::read_dir(folder.path().join("users")).unwrap())
    {
        let path = file.unwrap().path();
        assert!(!open_to_others(&path), "{}", path.display());
    }
}

#[test]
fn a_folder_with_a_bank_is_left_alone() {
    let folder = made("kh", 1);
    let before = std::fs::read(folder.path().join("ca.pem")).unwrap();
    let again = make(&Wish {
        data: folder.path().to_owned(),
        profile: "kh".to_owned(),
        seed: 1,
        now: None,
        tokens_of: None,
    });
    assert!(again.is_err());
    assert_eq!(std::fs::read(folder.path().join("ca.pem")).unwrap(), before);
}

#[test]
fn people_of_two_banks_under_one_authority_have_one_token_for_both() {
    let (first, second) = (made("kh", 1), tempfile::tempdir().unwrap());
    let wish = Wish {
        data: second.path().to_owned(),
        profile: "kdb".to_owned(),
        seed: 1,
        now: Some("2026-11-20T12:00:00Z".parse().unwrap()),
        tokens_of: Some(first.path().to_owned()),
    };
    make(&wish).unwrap();
    let certificate = |folder: &tempfile::TempDir, user: &str| {
        let file = std::fs::read_to_string(folder.path().join("users").join(user)).unwrap();
        KeyFile::parse(&file).unwrap().certificate(KeySlot::Login).fingerprint()
    };
    let anna = "10000002-kovacs-anna.pem";
    assert_eq!(certificate(&first, anna), certificate(&second, anna));
    let authority = |folder: &tempfile::TempDir| Folder::new(folder.path()).read_connection().unwrap().ca_pem;
    assert_eq!(authority(&first), authority(&second));
    // Whoever the first bank does not know gets a token of the second one.
    assert!(second.path().join("users/10000004-minta-maria.pem").exists());
}
