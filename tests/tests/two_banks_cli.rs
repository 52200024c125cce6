//! Two banks and three customers in one store, by command line: an order recorded, signed with the token of its bank, sent
//! and executed at each; and nothing of one under another.

use harness::command_line::{Cli, code, error};
use harness::house::{House, payee, text};
use harness::story::run;

/// Records, signs and sends an order for whom the arguments name; gives the package.
fn pays(cli: &Cli<'_>, whose: &[&str], amount: &str) -> String {
    let to = payee().to_string();
    let with = |arguments: &[&str]| cli.json(&[arguments, whose].concat());
    let order = with(&["order", "--to", &to, "--name", "Őrségi Faipari Zrt.", "--amount", amount]);
    let package = order["package"].as_str().unwrap().to_owned();
    assert_eq!(with(&["sign", &package])[0]["state"], "signed");
    assert_eq!(with(&["send", &package, "--wait", "40"])[0]["state"], "completed");
    package
}

#[test]
fn a_script_pays_for_customers_of_two_banks_from_one_store() {
    run(async {
        let (kh, kdb) = (House::start("kh").await, House::start("kdb").await);
        let data = kh.client_folder("cli");
        let at_kh = Cli { house: &kh, data: data.clone(), user: "Kovács" };
        let at_kdb = Cli { house: &kdb, data: data.clone(), user: "Kovács" };
        let _ = at_kh.json(&["connect", text(&kh.connection_file())]);
        let added = at_kdb.json(&["connections", "add", text(&kdb.connection_file()), "--name", "KDB"]);
        assert_eq!((&added[0]["name"], &added[1]["name"]), (&"K&H Bank".into(), &"KDB".into()));
        let _ = at_kdb.json(&["sync", "--bank", "KDB"]);
        // The third customer is a private person, with a token of her own at the second bank.
        let private = Cli { house: &kdb, data: data.clone(), user: "Minta" };
        let hers = ["--bank", "KDB", "--customer", "30002002"];
        let unknown = private.run(&[&["packages"], &hers[..]].concat());
        assert_eq!(error(&unknown)["code"], "choice-no-such-customer");
        let _ = private.json(&["connect", text(&kdb.connection_file())]);

        let all = at_kh.json(&["customers", "list"]);
        let of = |bank: &str| -> Vec<String> {
            let all = all.as_array().unwrap().iter().filter(|one| one["bank"] == bank);
            all.map(|one| one["customer"]["id"].as_str().unwrap().to_owned()).collect()
        };
        let (here, there) = (of("K&H Bank"), of("KDB"));
        assert_eq!((here.len(), there.len()), (1, 2), "{all}");
        assert!(there.contains(&here[0]), "both banks call the company the same");
        let company = here[0].as_str();

        let unclear = at_kh.run(&["packages"]);
        assert_eq!((code(&unclear), error(&unclear)["code"].as_str()), (3, Some("choice-which-bank")));
        let first = pays(&at_kh, &["--bank", "K&H"], "1200");
        let second = pays(&at_kdb, &["--bank", "KDB", "--customer", company], "3400");
        assert_eq!(
            (
                kh.inspect(id(&first)).await["receipts"].as_u64(),
                kdb.inspect(id(&second)).await["receipts"].as_u64()
            ),
            (Some(1), Some(1))
        );

        // Each bank's packages are under its own customers alone.
        let sent = |whose: &[&str]| -> Vec<String> {
            let list = at_kh.json(&[&["packages", "--sent"], whose].concat());
            list.as_array().unwrap().iter().map(|one| one["package"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(
            (sent(&["--bank", "K&H"]), sent(&["--bank", "KDB", "--customer", company])),
            (vec![first.clone()], vec![second])
        );
        assert_eq!(sent(&hers), Vec::<String>::new());
        let stranger = at_kh.run(&["packages", &first, "--bank", "KDB", "--customer", company]);
        assert_ne!(code(&stranger), 0, "a package of another bank is not here");
    });
}

#[test]
fn a_bank_that_is_added_takes_no_other_ones_place() {
    run(async {
        let (kh, kdb) = (House::start("kh").await, House::start("kdb").await);
        let cli = Cli { house: &kh, data: kh.client_folder("cli"), user: "Kovács" };
        let _ = cli.json(&["connections", "add", text(&kh.connection_file()), "--name", "Első bank"]);
        // Nobody has logged in at the first one yet.
        let both = cli.json(&["connections", "add", text(&kdb.connection_file()), "--name", "ELSO bank"]);
        assert_eq!((&both[0]["name"], &both[1]["name"]), (&"Első bank".into(), &"ELSO bank".into()));

        // A name that is one's very own comes before one that only sounds alike.
        let renamed = cli.json(&["connections", "rename", "Első bank", "Harmadik bank"]);
        assert_eq!(renamed[0]["name"], "Harmadik bank");
        let renamed = cli.json(&["connections", "rename", "elso BANK", "Masodik"]);
        assert_eq!(renamed[1]["name"], "Masodik", "the only one that is called so");
        let _ = cli.json(&["connections", "rename", "Harmadik bank", "Második"]);
        let unclear = cli.run(&["connections", "pause", "MASODIK"]);
        assert_eq!((code(&unclear), error(&unclear)["code"].as_str()), (3, Some("choice-which-bank")));
        let paused = cli.json(&["connections", "pause", "Masodik"]);
        assert_eq!((&paused[0]["state"], &paused[1]["state"]), (&"active".into(), &"paused".into()));
    });
}

fn id(package: &str) -> domain::PackageId {
    package.parse().unwrap()
}
