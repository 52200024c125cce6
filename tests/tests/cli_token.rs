//! `kapocs-cli token`: the state of a token, its PIN, its choice, and several packages under one PIN entry.

use harness::command_line::{Cli, answer, code, error};
use harness::house::{House, PIN, payee, text};
use harness::story::run;

const NEW_PIN: &str = "271828";

#[test]
fn the_tokens_state_is_told_and_its_pin_changed() {
    run(async {
        let house = House::start("kh").await;
        let cli = Cli { house: &house, data: house.client_folder("cli"), user: "Kovács" };
        let status = cli.json(&["token", "status"]);
        assert_eq!((status["state"].as_str(), status["kind"].as_str()), (Some("software"), Some("software")));
        assert_eq!((status["tries_left"].as_u64(), status["tries_max"].as_u64()), (Some(5), Some(5)));
        let certificates = status["certificates"].as_array().unwrap();
        assert_eq!(certificates.len(), 2);
        assert!(certificates.iter().all(|c| c["days_left"].as_i64().unwrap() > 0));
        assert!(certificates[1]["holder"].as_str().unwrap().starts_with("Kovács"));

        let nowhere = cli.run_bare("", &["token", "status", "--reader", "no reader of this name"]);
        assert_eq!(code(&nowhere), 4);
        let told: serde_json::Value = serde_json::from_slice(&nowhere.stdout).unwrap();
        assert!(["no-service", "no-reader"].contains(&told["state"].as_str().unwrap()), "{told}");

        let change = ["token", "pin-change"];
        let weak = cli.run_with_pin(&format!("{PIN}\n111111\n"), &change);
        assert_eq!((code(&weak), error(&weak)["code"].as_str()), (4, Some("pin-rules")));
        let wrong = cli.run_with_pin(&format!("999999\n{NEW_PIN}\n"), &change);
        assert_eq!((code(&wrong), error(&wrong)["code"].as_str()), (4, Some("token-pin-wrong")));
        assert_eq!(cli.json(&["token", "status"])["tries_left"], 4);
        let changed = answer(&cli.run_with_pin(&format!("{PIN}\n{NEW_PIN}\n"), &change));
        assert_eq!(changed["csn"], status["csn"]);
        assert_eq!(cli.json(&["token", "status"])["tries_left"], 5);
        let set = cli.run_with_pin(NEW_PIN, &["token", "pin-set"]);
        assert_eq!((code(&set), error(&set)["code"].as_str()), (4, Some("pin-set-already")));
        let blocked = cli.run(&["token", "unblock"]);
        assert_eq!((code(&blocked), error(&blocked)["code"].as_str()), (4, Some("token-unsupported")));

        let old = cli.run_with_pin(PIN, &["connect", text(&house.connection_file())]);
        assert_eq!((code(&old), error(&old)["code"].as_str()), (4, Some("token-pin-wrong")));
        let _ = answer(&cli.run_with_pin(NEW_PIN, &["connect", text(&house.connection_file())]));
    });
}

#[test]
fn the_chosen_token_stays_chosen_and_one_pin_signs_several_packages() {
    run(async {
        let house = House::start("kh").await;
        let cli = Cli { house: &house, data: house.client_folder("cli"), user: "Kovács" };
        let _ = cli.json(&["connect", text(&house.connection_file())]);
        let file = house.key_file("Kovács");
        let chosen = answer(&cli.run_bare("", &["token", "use", "--file", text(&file)]));
        assert_eq!(chosen["token"]["kind"], "file");
        let status = answer(&cli.run_bare("", &["token", "status"]));
        assert_eq!(status["reader"].as_str(), Some(text(&file)));

        let to = payee().to_string();
        let packages: Vec<String> = ["1000", "2000"]
            .iter()
            .map(|amount| {
                let order =
                    ["order", "--to", &to, "--name", "Őrségi Kft.", "--amount", amount, "--new-package"];
                cli.json(&order)["package"].as_str().unwrap().to_owned()
            })
            .collect();
        let sign = ["sign", &packages[0], &packages[1]];
        let signed = answer(&cli.run_bare(PIN, &sign));
        for (row, package) in signed.as_array().unwrap().iter().zip(&packages) {
            assert_eq!(
                (row["package"].as_str(), row["state"].as_str()),
                (Some(package.as_str()), Some("signed"))
            );
        }
        let again = cli.run_bare(PIN, &sign);
        assert_eq!((code(&again), error(&again)["code"].as_str()), (3, Some("package-not-signable")));
    });
}
