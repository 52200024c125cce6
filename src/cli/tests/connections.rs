//! Several banks and customers on the command line: which one is meant, and what is said when that is not clear.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::{Command, Output};

use domain::{Customer, CustomerKind};
use serde_json::Value;
use store::connections::{ConnectionKind, NewConnection};

/// A store with two banks: two customers at one, one of them at the other too.
fn filled(data: &Path) {
    let store = store::Store::open(&client::store_path(data)).unwrap();
    let banks =
        [("K&H", vec![("1", "Minta Kft."), ("2", "Őrségi Zrt.")]), ("KDB", vec![("1", "Minta Kft.")])];
    store
        .write(move |tx| {
            for (name, customers) in banks {
                let new =
                    NewConnection { name: name.to_owned(), kind: ConnectionKind::Kapocs, content: None };
                let key = store::connections::add(tx, &new, chrono::Utc::now())?;
                for (id, name) in customers {
                    let (id, name, kind) = (id.parse().unwrap(), name.to_owned(), CustomerKind::Company);
                    store::customers::save(tx, key, &Customer { id, name, kind })?;
                }
            }
            Ok(())
        })
        .unwrap();
}

fn run(data: &Path, environment: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kapocs-cli"));
    for name in ["KAPOCS_DATA", "KAPOCS_BANK", "KAPOCS_CUSTOMER"] {
        command.env_remove(name);
    }
    command.envs(environment.iter().copied());
    command.args(["--json", "--lang", "en", "--data"]).arg(data).args(arguments);
    command.output().expect("kapocs-cli runs")
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(bytes)))
}

/// The code and the words of a failure that is the caller's.
fn refused(output: &Output) -> (String, String) {
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    let error = &json(&output.stderr)["error"];
    (error["code"].as_str().unwrap().to_owned(), error["text"].as_str().unwrap().to_owned())
}

#[test]
fn connections_and_customers_are_listed_with_their_banks() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let list = json(&run(folder.path(), &[], &["connections", "list"]).stdout);
    assert_eq!((&list[0]["name"], &list[0]["customers"]), (&"K&H".into(), &2.into()));
    assert_eq!((&list[1]["name"], &list[1]["state"]), (&"KDB".into(), &"active".into()));
    let list = json(&run(folder.path(), &[], &["customers", "list"]).stdout);
    let who = |n: usize| format!("{} {}", list[n]["bank"], list[n]["customer"]["name"]);
    assert_eq!(
        [who(0), who(1), who(2)],
        ["\"K&H\" \"Minta Kft.\"", "\"K&H\" \"Őrségi Zrt.\"", "\"KDB\" \"Minta Kft.\""]
    );
}

#[test]
fn what_is_not_clear_is_asked_with_the_choices() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let data = folder.path();
    let (code, text) = refused(&run(data, &[], &["packages"]));
    assert_eq!(code, "choice-which-bank");
    assert!(text.contains("K&H; KDB") && text.contains("--bank"), "{text}");
    let (code, text) = refused(&run(data, &[], &["packages", "--bank", "k&h"]));
    assert_eq!(code, "choice-which-customer");
    assert!(text.contains("K&H · Minta Kft. (1); K&H · Őrségi Zrt. (2)"), "{text}");
    let (code, _) = refused(&run(data, &[], &["packages", "--customer", "minta"]));
    assert_eq!(code, "choice-which-customer", "one company at two banks is two customers");
    let (code, text) = refused(&run(data, &[], &["packages", "--bank", "MNB"]));
    assert_eq!(code, "choice-no-such-bank");
    assert!(text.contains("MNB") && text.contains("KDB"), "{text}");
    let (code, _) = refused(&run(data, &[], &["packages", "--bank", "KDB", "--customer", "2"]));
    assert_eq!(code, "choice-no-such-customer");
}

#[test]
fn who_is_named_is_meant_by_arguments_and_by_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let data = folder.path();
    let works = |environment: &[(&str, &str)], arguments: &[&str]| {
        let output = run(data, environment, arguments);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    };
    works(&[], &["packages", "--bank", "KDB"]);
    works(&[], &["packages", "--customer", "orsegi"]);
    works(&[], &["--bank", "k&", "packages", "--customer", "1"]);
    works(&[("KAPOCS_BANK", "kdb")], &["packages"]);
    works(&[("KAPOCS_BANK", "K&H"), ("KAPOCS_CUSTOMER", "2")], &["packages"]);
    works(&[("KAPOCS_BANK", "K&H")], &["packages", "--bank", "KDB"]);
}

#[test]
fn a_connection_is_renamed_paused_put_away_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let data = folder.path();
    let done = |arguments: &[&str]| -> Value {
        let output = run(data, &[], arguments);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        json(&output.stdout)
    };
    assert_eq!(done(&["connections", "rename", "kdb", "Másik bank"])[1]["name"], "Másik bank");
    assert_eq!(done(&["connections", "pause", "masik"])[1]["state"], "paused");
    // With one bank in use nobody needs to say which.
    let (code, _) = refused(&run(data, &[], &["packages"]));
    assert_eq!(code, "choice-which-customer");
    assert_eq!(done(&["connections", "archive", "masik"])[1]["state"], "archived");
    assert_eq!(done(&["customers", "list"]).as_array().unwrap().len(), 2);
    assert_eq!(done(&["connections", "resume", "Másik bank"])[1]["state"], "active");
    assert_eq!(done(&["connections", "remove", "2"]).as_array().unwrap().len(), 1);
    let twice = run(data, &[], &["connections", "remove", "2"]);
    assert_eq!(refused(&twice).0, "choice-no-such-bank");
}
