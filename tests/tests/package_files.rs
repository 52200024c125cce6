//! Packages in files of their own (`.kapocs`) between two seats of one company, by scripts, over the real bank: signed
//! at one seat, taken from the file with its signature at the other, sent there.

use harness::command_line::{Cli, code, error};
use harness::house::{House, payee, text};
use harness::story::run;
use serde_json::json;

#[test]
fn a_signed_package_goes_to_the_other_seat_in_a_file_and_a_damaged_file_goes_nowhere() {
    run(async {
        let house = House::start("kh").await;
        let anna = Cli { house: &house, data: house.client_folder("cli-anna"), user: "Kovács" };
        let peter = Cli { house: &house, data: house.client_folder("cli-peter"), user: "Nagy" };
        for cli in [&anna, &peter] {
            let _ = cli.json(&["connect", text(&house.connection_file())]);
        }
        // A login brings the accounts and who may sign.
        let _ = peter.json(&["sync"]);
        let to = payee().to_string();
        let order = anna.json(&["order", "--to", &to, "--name", "Őrségi Kft.", "--amount", "1000"]);
        let id = order["package"].as_str().unwrap();
        let _ = anna.json(&["sign", id]);
        let file = house.client_folder("cli-anna").join("fizetések.kapocs");
        let _ = anna.json(&["package", "export", id, "--out", text(&file)]);

        let preview = peter.json(&["package", "import", text(&file), "--check"]);
        assert_eq!((&preview["signers"][0], &preview["invalid"]), (&json!("Kovács Anna"), &json!([])));
        assert_eq!(peter.json(&["packages"]).as_array().unwrap().len(), 0, "a look takes nothing");

        let damaged = house.client_folder("cli-anna").join("sérült.kapocs");
        let mut bytes = std::fs::read(&file).unwrap();
        let middle = bytes.len() / 2;
        bytes.truncate(middle);
        std::fs::write(&damaged, bytes).unwrap();
        let refused = peter.run(&["package", "import", text(&damaged)]);
        assert_eq!((code(&refused), &error(&refused)["code"]), (3, &json!("format-package-file")));

        let _ = peter.json(&["package", "import", text(&file)]);
        let again = peter.run(&["package", "import", text(&file)]);
        assert_ne!(code(&again), 0, "it is here already");
        assert_eq!(peter.json(&["send", id, "--wait", "30"])[0]["state"], "completed");
        assert_eq!(house.inspect(id.parse().unwrap()).await["orders"], 1);
    });
}

#[test]
fn a_package_that_another_seat_has_sent_from_a_file_waits_nowhere_any_more() {
    run(async {
        let house = House::start("kh").await;
        let seat = |folder, user| Cli { house: &house, data: house.client_folder(folder), user };
        let (anna, peter, late) =
            (seat("cli-anna", "Kovács"), seat("cli-peter", "Nagy"), seat("cli-late", "Kovács"));
        for cli in [&anna, &peter, &late] {
            let _ = cli.json(&["connect", text(&house.connection_file())]);
            let _ = cli.json(&["sync"]);
        }
        let state = |cli: &Cli<'_>, id: &str| cli.json(&["packages", id])["state"].clone();
        let to = payee().to_string();
        let carried = |amount: &str| {
            let order = anna.json(&["order", "--to", &to, "--name", "Őrségi Kft.", "--amount", amount]);
            let id = order["package"].as_str().unwrap().to_owned();
            let _ = anna.json(&["sign", &id]);
            let file = house.client_folder("cli-anna").join(format!("{amount}.kapocs"));
            let _ = anna.json(&["package", "export", &id, "--out", text(&file)]);
            (id, file)
        };

        // The very bytes: sent here too, with what the bank did.
        let (id, file) = carried("1000");
        let _ = peter.json(&["package", "import", text(&file)]);
        assert_eq!(peter.json(&["send", &id, "--wait", "30"])[0]["state"], "completed");
        assert_eq!(state(&anna, &id), "signed");
        let _ = anna.json(&["sync"]);
        assert_eq!(state(&anna, &id), "completed");
        assert_ne!(code(&anna.run(&["send", &id])), 0, "it is not sent a second time");

        // A seat that has heard of everything before it takes the file asks about it all the same.
        let _ = late.json(&["sync"]);
        let _ = late.json(&["package", "import", text(&file)]);
        let _ = late.json(&["sync"]);
        assert_eq!(state(&late, &id), "completed");

        // What was changed here since is not what was paid: it is closed and says so.
        let (changed, file) = carried("2000");
        let _ = peter.json(&["package", "import", text(&file)]);
        let _ = anna.json(&["withdraw", &changed]);
        let _ = anna.json(&["rename", &changed, "Másképp"]);
        assert_eq!(peter.json(&["send", &changed, "--wait", "30"])[0]["state"], "completed");
        let _ = anna.json(&["sync"]);
        assert_eq!(state(&anna, &changed), "taken_over");
        assert_ne!(code(&anna.run(&["sign", &changed])), 0, "what is closed is not signed");
        assert_eq!(house.inspect(changed.parse().unwrap()).await["orders"], 1);
    });
}
