//! What keeping a connection file changes, and whose answers are kept under it.

use chrono::Utc;
use domain::ConnectionKey;
use protocol::ConnectionFile;
use signature::issue::CertificateAuthority;
use store::Store;

use super::*;
use crate::token::choice::TokenChoice;

struct Desk {
    _folder: tempfile::TempDir,
    store: Store,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("kapocs.sqlite")).unwrap();
        Self { _folder: folder, store }
    }

    fn keep(&self, file: &ConnectionFile, mistaken: Option<ConnectionKey>) -> (ConnectionKey, Was) {
        let (file, content) = (file.clone(), toml::to_string(file).unwrap());
        self.store.write_with(move |tx| keep_file(tx, &file, &content, mistaken, Utc::now())).unwrap()
    }

    fn leads_to(&self, key: ConnectionKey, file: &ConnectionFile) -> bool {
        let bank = Reached { ways: Connected::default(), file: Some(file.clone()) };
        self.store.read_with(|conn| leads_to(conn, key, &bank)).unwrap()
    }
}

fn bank(id: &str) -> ConnectionFile {
    let authority = CertificateAuthority::generate("Bank", Utc::now()).unwrap();
    let pem = authority.certificate().to_pem().unwrap();
    ConnectionFile {
        bank_id: id.to_owned(),
        bank_name: id.to_uppercase(),
        base_url: "https://localhost:1".to_owned(),
        ca_pem: pem.clone(),
        receipt_ca_pem: pem,
        release_key: None,
    }
}

#[test]
fn a_bank_that_takes_a_mistaken_ones_place_inherits_neither_its_token_nor_its_releases() {
    let desk = Desk::new();
    let (wrong, _) = desk.keep(&bank("kh"), None);
    let seen = |key: ConnectionKey| format!("release-seen/{key}");
    desk.store
        .write(move |tx| {
            store::settings::set(tx, &own_token_key(wrong), &TokenChoice::AnyReader)?;
            store::settings::set(tx, &seen(wrong), &7)
        })
        .unwrap();
    let (right, was) = desk.keep(&bank("kdb"), Some(wrong));
    assert_eq!(right, wrong);
    assert!(matches!(was, Was::Mistaken));
    let left = desk.store.read(|conn| {
        let token: Option<TokenChoice> = store::settings::get(conn, &own_token_key(wrong))?;
        let seen: Option<u32> = store::settings::get(conn, &seen(wrong))?;
        Ok((token, seen))
    });
    assert_eq!(left.unwrap(), (None, None));
}

#[test]
fn what_a_bank_answers_is_not_kept_under_a_connection_that_leads_elsewhere_by_now() {
    let desk = Desk::new();
    let first = bank("kh");
    let (key, _) = desk.keep(&first, None);
    assert!(desk.leads_to(key, &first));
    let renamed = ConnectionFile { bank_name: "K&H Bank".to_owned(), ..first.clone() };
    let _ = desk.keep(&renamed, None);
    assert!(desk.leads_to(key, &first), "a name is no way");
    let moved = ConnectionFile { base_url: "https://localhost:2".to_owned(), ..first.clone() };
    assert!(matches!(desk.keep(&moved, None), (kept, Was::Elsewhere) if kept == key));
    assert!(!desk.leads_to(key, &first) && desk.leads_to(key, &moved));
    let other = bank("kdb");
    assert!(matches!(desk.keep(&other, Some(key)), (kept, Was::Mistaken) if kept == key));
    assert!(!desk.leads_to(key, &moved) && desk.leads_to(key, &other));
}
