//! `kapocs-cli` as scripts use it: a process, its JSON, its exit codes.

use std::process::Command;

use client::PartnerDraft;
use domain::{AccountNumber, Money, OrderDraft, key};
use harness::command_line::{Cli, code, error};
use harness::house::{House, payee, program, text};
use harness::story::run;
use serde_json::Value;

#[test]
fn a_script_records_signs_sends_and_sees_the_money_move() {
    run(async {
        let house = House::start("kh").await;
        let cli = Cli { house: &house, data: house.client_folder("cli"), user: "Kovács" };
        let connected = cli.json(&["connect", text(&house.connection_file())]);
        assert_eq!(connected["profile"], "kh");
        let partners = house.bank_folder().join("partners.json");
        assert_eq!(cli.json(&["partners", "--import", text(&partners)])["imported"], 40);
        let found = cli.json(&["partners", "papir"]);
        let partner = found["partners"][0]["short_name"].as_str().unwrap().to_owned();

        let order = cli.json(&["order", "--partner", &partner, "--amount", "1,25M", "--instant"]);
        assert_eq!(order["decision"]["route"], "instant");
        let package = order["package"].as_str().unwrap().to_owned();
        let signed = cli.json(&["sign", &package]);
        assert_eq!(signed[0]["state"], "signed");
        let sent = cli.json(&["send", &package, "--wait", "30"]);
        assert_eq!(sent[0]["state"], "completed");
        assert!(sent[0]["receipt"]["sequence"].as_u64().unwrap() > 0);
        let status = cli.json(&["status", &package]);
        assert_eq!(status[0]["items"][0]["executed"], true);
        let export = house.client_folder("out.xml");
        let _ = cli.json(&["export", &package, "--format", "pain001", "--out", text(&export)]);
        assert!(std::fs::read_to_string(&export).unwrap().contains("pain.001.001.09"));
    });
}

#[test]
fn exit_codes_tell_what_failed() {
    run(async {
        let mut house = House::start("kh").await;
        let data = house.client_folder("cli");
        let connection = house.connection_file();
        let file = house.client_folder("bad.xml");
        std::fs::write(&file, "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>").unwrap();
        {
            let cli = Cli { house: &house, data: data.clone(), user: "Kovács" };
            let before = cli.run(&["accounts"]);
            assert_eq!(code(&before), 3, "no customer yet");
            let wrong = cli.run_with_pin("999999", &["connect", text(&connection)]);
            assert_eq!((code(&wrong), error(&wrong)["code"].as_str()), (4, Some("token-pin-wrong")));
            assert!(error(&wrong)["text"].as_str().unwrap().contains('4'));
            let _ = cli.json(&["connect", text(&connection)]);

            let to = payee().to_string();
            let fields = cli.run(&["order", "--to", "11773016-11111019", "--name", "X", "--amount", "12,5"]);
            assert_eq!(code(&fields), 3);
            let named: Vec<String> = error(&fields)["fields"]
                .as_array()
                .unwrap()
                .iter()
                .map(|f| f["code"].as_str().unwrap().to_owned())
                .collect();
            assert_eq!(named, ["account-check-second-block", "money-decimals"]);
            let bomb = cli.run(&["import", text(&file)]);
            assert_eq!(code(&bomb), 3);
            let preview: Value = serde_json::from_slice(&bomb.stdout).unwrap();
            assert_eq!(preview["complete"], false);

            let order = cli.json(&["order", "--to", &to, "--name", "Őrségi Kft.", "--amount", "1000"]);
            let package = order["package"].as_str().unwrap();
            assert_eq!(code(&cli.run(&["send", package])), 3, "not signed");
            let _ = cli.json(&["sign", package]);
            assert_eq!(code(&cli.run(&["no-such-command"])), 2);
        }
        house.kill();
        let cli = Cli { house: &house, data: data.clone(), user: "Kovács" };
        assert_eq!(code(&cli.run(&["sync"])), 5);

        let store = client::store_path(&data);
        std::fs::write(&store, b"this is no database at all, only some text").unwrap();
        let damaged = cli.run(&["packages"]);
        assert_eq!(code(&damaged), 7);
        assert_eq!(std::fs::read(&store).unwrap(), b"this is no database at all, only some text");
    });
}

#[test]
fn the_demo_does_the_main_job_in_both_languages() {
    for (language, word) in [("hu", "teljesült"), ("en", "executed")] {
        let output = Command::new(program("kapocs-cli")).args(["--lang", language, "demo"]).output().unwrap();
        let shown = String::from_utf8(output.stdout.clone()).unwrap();
        assert_eq!(code(&output), 0, "{shown}{}", String::from_utf8_lossy(&output.stderr));
        assert!(shown.contains(word), "{shown}");
    }
}

#[test]
fn waiting_for_the_bank_ends_with_what_the_bank_has_said() {
    run(async {
        let house = House::start("kh").await;
        let cli = Cli { house: &house, data: house.client_folder("cli"), user: "Kovács" };
        let _ = cli.json(&["connect", text(&house.connection_file())]);
        let (to, account) = (payee().to_string(), house.account(0));
        let accounts = cli.json(&["accounts"]);
        let ours = accounts.as_array().unwrap().iter().find(|line| {
            serde_json::from_value::<AccountNumber>(line["account"]["number"].clone()).unwrap() == account
        });
        let have: Money = serde_json::from_value(ours.unwrap()["balance"]["available"].clone()).unwrap();
        house.fund(account, Money::huf(5_000).checked_sub(have).unwrap()).await;
        let from = account.to_string();
        let send = |amount: &str, more: &[&str], wait: &str| {
            let order = ["order", "--debit", &from, "--to", &to, "--name", "Őrségi Kft.", "--amount", amount];
            let order = cli.json(&[&order[..], more].concat());
            let package = order["package"].as_str().unwrap().to_owned();
            let _ = cli.json(&["sign", &package]);
            code(&cli.run(&["send", &package, "--wait", wait]))
        };
        assert_eq!(send("1000", &["--instant"], "30"), 0);
        assert_eq!(send("400000", &["--instant"], "30"), 6, "no cover: the order is refused");
        assert_eq!(send("1000", &[], "0"), 12, "not decided in no time");
    });
}

#[test]
fn a_name_is_one_partner_or_template_or_an_error_that_names_them() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("cli", "Kovács").await;
        let to = payee().to_string();
        for name in ["Papír Bolt", "Papír Nagyker"] {
            let draft = PartnerDraft {
                short_name: name.to_owned(),
                targets: vec![to.clone()],
                ..PartnerDraft::default()
            };
            let partner = draft.check(client.new_partner_id()).unwrap();
            client.save_partner(partner).await.unwrap();
        }
        let rent = OrderDraft::default()
            .with(key::TARGET, to.clone())
            .with(key::BENEFICIARY_NAME, "Bérbeadó Kft.")
            .with(key::AMOUNT, "1000")
            .with(key::NARRATIVE, "bérlet");
        let template = domain::Template {
            id: client.new_template_id(),
            name: "Irodabérlet".parse().unwrap(),
            order_type: rent.order_type,
            fields: rent.values,
        };
        client.save_template(template).await.unwrap();
        drop(client);
        house.left("cli").await;

        let cli = Cli { house: &house, data: house.client_folder("cli"), user: "Kovács" };
        for (given, refused) in [
            (["--partner", "papír"], "several-named"),
            (["--partner", "papíron"], "nothing-named"),
            (["--template", "raktár"], "nothing-named"),
        ] {
            let output = cli.run(&[&["order", "--amount", "1000"], &given[..]].concat());
            assert_eq!((code(&output), error(&output)["code"].as_str()), (3, Some(refused)));
        }
        let vib = cli.run(&["order", "vib", "--template", "irodabérlet"]);
        assert_eq!((code(&vib), error(&vib)["code"].as_str()), (3, Some("template-other-type")));
        assert_eq!(cli.json(&["packages"]), serde_json::json!([]), "nothing was recorded by any of them");

        let order = cli.json(&["order", "--template", "irodabérlet", "--amount", "2500"]);
        let package = order["package"].as_str().unwrap().to_owned();
        let named = cli.json(&["order", "--partner", "nagyker", "--amount", "1000", "--package", &package]);
        assert_eq!(named["orders"], 2);
        let _ = cli.json(&["sign", &package]);
        // The next cycle of the bank's clearing takes them, so they are seen to wait for it.
        let _ = cli.run(&["send", &package, "--wait", "3"]);
        let told = cli.words(&["status", &package]);
        assert!(told.contains("2,500") && told.contains("the bank executes it:"), "{told}");

        let templates = cli.json(&["templates", "bérbeadó"]);
        assert_eq!((templates[0]["name"].as_str(), templates[1].is_null()), (Some("Irodabérlet"), true));
    });
}

#[test]
fn packages_are_renamed_planned_and_split_and_the_log_tells_it() {
    run(async {
        let house = House::start("kh").await;
        let cli = Cli { house: &house, data: house.client_folder("cli"), user: "Kovács" };
        let _ = cli.json(&["connect", text(&house.connection_file())]);
        let to = payee().to_string();
        let record = |more: &[&str]| {
            let order = ["order", "--to", &to, "--name", "Őrségi Kft.", "--amount", "1000"];
            cli.json(&[&order[..], more].concat())["package"].as_str().unwrap().to_owned()
        };
        let package = record(&["--new-package"]);
        assert_eq!(record(&["--package", &package]), package);
        assert_eq!(cli.json(&["rename", &package, "Decemberi bér"])["name"], "Decemberi bér");
        let past = cli.run(&["plan", &package, "2020-01-02"]);
        assert_eq!(code(&past), 3, "a day that is over");
        let parts = cli.json(&["split", &package]);
        assert_eq!(parts["packages"].as_array().unwrap().len(), 2);
        let listed = cli.json(&["packages"]);
        let listed: Vec<&str> =
            listed.as_array().unwrap().iter().filter_map(|p| p["package"].as_str()).collect();
        assert!(listed.len() == 2 && !listed.contains(&package.as_str()), "the old one is gone: {listed:?}");

        let _ = cli.json(&["sync"]);
        let booked = cli.json(&["transactions", "--limit", "3"]);
        assert_eq!(booked.as_array().unwrap().len(), 3);
        let account = booked[0]["account"].as_str().unwrap();
        let of_it = cli.json(&["transactions", "--account", account, "--limit", "1"]);
        assert_eq!(of_it[0]["account"], account);
        assert_eq!(cli.json(&["transactions", "nincsilyenszó"]), serde_json::json!([]));

        let log = cli.json(&["log", "--limit", "1000"]);
        let events = log.as_array().unwrap();
        assert!(cli.json(&["log", "--check"])["entries"].as_u64().unwrap() >= events.len() as u64);
        assert!(!cli.words(&["log"]).contains("journal-action"), "no keys");
    });
}

/// A file of two payments from an account, as a bookkeeping program writes it.
fn payments(from: &str, to: &str) -> String {
    let one = |amount: &str, text: &str| {
        format!(
            "<CdtTrfTxInf><Amt><InstdAmt Ccy=\"HUF\">{amount}</InstdAmt></Amt><Cdtr><Nm>Alfa Szerviz Kft.</Nm></Cdtr>\
             <CdtrAcct><Id><Othr><Id>{to}</Id></Othr></Id></CdtrAcct><RmtInf><Ustrd>{text}</Ustrd></RmtInf></CdtTrfTxInf>"
        )
    };
    format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.03\"><CstmrCdtTrfInitn><GrpHdr>\
         <MsgId>NOV-0417</MsgId><NbOfTxs>2</NbOfTxs><CtrlSum>71120</CtrlSum></GrpHdr><PmtInf><PmtMtd>TRF</PmtMtd>\
         <DbtrAcct><Id><Othr><Id>{from}</Id></Othr></Id></DbtrAcct>{}{}</PmtInf></CstmrCdtTrfInitn></Document>",
        one("58420", "SZ-2026/0417"),
        one("12700", "SZ-2026/0418"),
    )
}

#[test]
fn a_file_is_imported_twice_only_on_purpose_and_signing_tells_of_it() {
    run(async {
        let house = House::start("kh").await;
        let cli = Cli { house: &house, data: house.client_folder("cli"), user: "Kovács" };
        let _ = cli.json(&["connect", text(&house.connection_file())]);
        let file = house.client_folder("novemberi.xml");
        let (from, to) = (house.account(0).digits(), payee().digits());
        std::fs::write(&file, payments(&from, &to)).unwrap();
        let first = cli.json(&["import", text(&file)]);
        let first = first["taken"]["packages"][0].as_str().unwrap().to_owned();
        let refused = cli.run(&["import", text(&file)]);
        assert_ne!(code(&refused), 0);
        let refused: Value = serde_json::from_slice(&refused.stdout).unwrap();
        assert_eq!(refused["refused"]["code"], "import-taken-before");
        assert_eq!(refused["earlier"]["same_bytes"], true);
        let second = cli.json(&["import", text(&file), "--again"]);
        let second = second["taken"]["packages"][0].as_str().unwrap().to_owned();
        assert_ne!(second, first);
        let signed = cli.json(&["sign", &second]);
        let codes: Vec<&str> =
            signed[0]["notes"].as_array().unwrap().iter().filter_map(|note| note["code"].as_str()).collect();
        assert_eq!(codes.iter().filter(|code| **code == "also-prepared").count(), 2, "{codes:?}");
    });
}
