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
