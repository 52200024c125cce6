//! Orders of other types than the domestic transfer, from typing to booking, and what is refused on the way: client,
//! command line and bank over TLS.

use std::time::Duration;

use client::{Choices, Client, PackageChoice, Page, PartnerChoices, PartnerFormat, Pin, SentDetail};
use domain::routing::Route;
use domain::submission::{ItemState, OrderState, SubmissionState};
use domain::{
    Beneficiary, Explain, FieldProblem, Money, OrderDraft, OrderType, PackageId, PackageState, key,
};
use formats::package_document;
use harness::command_line::{Cli, code, error};
use harness::house::{House, PIN, available, draft, payee, program, reaches, record, sign, text};
use harness::story::{FINAL, run};
use serde_json::json;

/// Monday morning: banks and the central bank's system are open.
const MORNING: &str = "2026-11-23T08:00:00Z";

/// From the company's first account to its second.
fn between_own(house: &House, amount: i64) -> OrderDraft {
    OrderDraft::new(OrderType::Hve)
        .with(key::DEBIT_ACCOUNT, house.account(0).to_string())
        .with(key::TARGET, house.account(1).to_string())
        .with(key::AMOUNT, amount.to_string())
        .with(key::NARRATIVE, "Bérek fedezete")
}

fn viber(house: &House, amount: i64) -> OrderDraft {
    OrderDraft { order_type: OrderType::Vib, ..draft(house.account(0), amount) }
}

async fn problem_of(client: &Client, draft: OrderDraft) -> (&'static str, FieldProblem) {
    let check = client.check_order(draft, PackageChoice::New, None).await.unwrap();
    assert_eq!(check.problems.len(), 1, "{:?}", check.problems);
    let error = check.problems.into_iter().next().unwrap();
    (error.field, error.problem)
}

async fn sign_and_send(client: &Client, package: PackageId) -> PackageState {
    assert_eq!(sign(client, package).await, PackageState::Signed);
    assert_eq!(client.send_one(package).await.unwrap(), SubmissionState::Received);
    reaches(client, package, &FINAL).await
}

#[test]
fn a_transfer_between_own_accounts_moves_money_from_one_to_the_other() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("client", "Kovács").await;
        let (from, to) = (house.account(0), house.account(1));
        let before = (available(&client, from).await, available(&client, to).await);

        let order = between_own(&house, 350_000).with_tick(key::INSTANT, true);
        let check = client.check_order(order.clone(), PackageChoice::New, None).await.unwrap();
        assert_eq!(check.decision.unwrap().route, Route::Instant);
        let package = record(&client, order).await;
        assert_eq!(sign_and_send(&client, package).await, PackageState::Completed);

        let after = (available(&client, from).await, available(&client, to).await);
        assert_eq!(before.0.checked_sub(after.0).unwrap(), Money::huf(350_000));
        assert_eq!(after.1.checked_sub(before.1).unwrap(), Money::huf(350_000));
        assert_eq!(house.inspect(package).await["executed"], json!(1));
        assert!(house.ledger_is_balanced().await);

        // What was signed names no payee, and the sent order can be recorded again as what it was.
        let sent = client.sent_package(package).await.unwrap();
        let order = &sent.orders[0].order;
        assert_eq!(order.order_type(), OrderType::Hve);
        assert_eq!(order.transfer().unwrap().beneficiary, Beneficiary::OwnAccount { number: to });
        let again = client.order_draft(order.id()).await.unwrap();
        assert_eq!(again.order_type, OrderType::Hve);
        assert_eq!(again.get(key::TARGET), to.to_string());
        assert_eq!(again.get(key::BENEFICIARY_NAME), "");
    });
}

#[test]
fn a_transfer_between_own_accounts_goes_to_nobody_else() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("client", "Kovács").await;
        let elsewhere = between_own(&house, 1_000).with(key::TARGET, payee().to_string());
        assert_eq!(problem_of(&client, elsewhere).await, (key::TARGET, FieldProblem::NotOwnTarget));
        let itself = between_own(&house, 1_000).with(key::TARGET, house.account(0).to_string());
        assert_eq!(problem_of(&client, itself).await, (key::TARGET, FieldProblem::SameAccount));
        let nowhere = between_own(&house, 1_000).with(key::TARGET, "");
        assert_eq!(problem_of(&client, nowhere).await, (key::TARGET, FieldProblem::Missing));
    });
}

#[test]
fn an_uncovered_transfer_between_own_accounts_is_refused_and_sent_again_as_what_it_was() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("client", "Kovács").await;
        let from = house.account(0);
        let have = available(&client, from).await;
        house.fund(from, Money::huf(1_000).checked_sub(have).unwrap()).await;
        let order = between_own(&house, 400_000).with_tick(key::INSTANT, true);
        let package = record(&client, order).await;
        assert_eq!(sign_and_send(&client, package).await, PackageState::Rejected);
        let sent = client.sent_package(package).await.unwrap();
        let reason = sent.orders[0].status.as_ref().unwrap().reason.clone();
        assert_eq!(reason.as_deref(), Some("reject-no-cover"));

        house.fund(from, Money::huf(1_000_000)).await;
        let again = client.record_rejected_again(package).await.unwrap();
        assert_eq!(client.package(again).await.unwrap().header.order_type, OrderType::Hve);
        assert_eq!(sign_and_send(&client, again).await, PackageState::Completed);
    });
}

#[test]
fn an_uncovered_order_is_seen_to_wait_in_the_queue_until_money_comes() {
    run(async {
        let house = House::start_at("kh", Some(MORNING)).await;
        let client = house.logged_in("client", "Kovács").await;
        let from = house.account(0);
        let have = available(&client, from).await;
        house.fund(from, Money::huf(1_000).checked_sub(have).unwrap()).await;
        // Two orders without a tick travel by the day's cycles, and wait there for cover.
        let package = record(&client, draft(from, 10_000)).await;
        client.save_order(draft(from, 20_000), PackageChoice::Into(package), None).await.unwrap();
        assert_eq!(sign(&client, package).await, PackageState::Signed);
        assert_eq!(client.send_one(package).await.unwrap(), SubmissionState::Received);
        house.advance(3 * 3_600).await;
        // No session lasts that long; the login also hears what the bank's clock says now.
        let _ = client.log_in(Pin::new(PIN), false).await.unwrap();
        let queued = |detail: &SentDetail| {
            let states = detail.orders.iter().map(|order| order.status.as_ref().map(|status| status.state));
            states.clone().count() == 2
                && states.into_iter().all(|s| s == Some(OrderState::At(ItemState::Queued)))
        };
        let mut detail = client.sent_package(package).await.unwrap();
        for _ in 0..120 {
            if queued(&detail) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
            client.sync_packages().await.unwrap();
            detail = client.sent_package(package).await.unwrap();
        }
        assert!(queued(&detail), "{:?}", detail.orders);
        let due = detail.orders[0].status.as_ref().unwrap().due.expect("when the bank looks again");
        assert!(due > client.now(), "{due}");

        house.fund(from, Money::huf(1_000_000)).await;
        house.advance((due - client.now()).num_seconds() + 60).await;
        let _ = client.log_in(Pin::new(PIN), false).await.unwrap();
        assert_eq!(reaches(&client, package, &FINAL).await, PackageState::Completed);
        assert!(house.ledger_is_balanced().await);
    });
}

#[test]
fn a_viber_transfer_is_settled_by_the_central_banks_system() {
    run(async {
        let house = House::start_at("kdb", Some(MORNING)).await;
        let client = house.logged_in("client", "Kovács").await;
        house.fund(house.account(0), Money::huf(100_000_000)).await;
        client.sync().await.unwrap();
        let order = viber(&house, 30_000_000).with(key::LEGAL_CODE, "101");
        let check = client.check_order(order.clone(), PackageChoice::New, None).await.unwrap();
        assert_eq!(check.decision.unwrap().route, Route::Viber);
        let package = record(&client, order).await;
        // That much takes two signatures.
        assert_eq!(sign(&client, package).await, PackageState::PartlySigned);
        client.log_out().await;
        drop(client);
        let peter = house.reopened("client", "Nagy").await;
        assert_eq!(sign_and_send(&peter, package).await, PackageState::Completed);
        let sent = peter.sent_package(package).await.unwrap();
        assert_eq!(sent.orders[0].status.as_ref().unwrap().route, Some(Route::Viber));
        assert_eq!(sent.orders[0].order.order_type(), OrderType::Vib);
    });
}

#[test]
fn what_qualifies_as_instant_is_no_viber_transfer_but_goes_as_a_domestic_one_with_everything_typed() {
    run(async {
        let house = House::start_at("kdb", Some(MORNING)).await;
        let client = house.logged_in("client", "Kovács").await;
        let order = viber(&house, 1_250_000).with(key::OWN_REFERENCE, "SZ-117").with(key::COUNTRY, "HU");
        let (field, problem) = problem_of(&client, order.clone()).await;
        assert_eq!(field, key::AMOUNT);
        assert_eq!(problem.code(), "field-qualifies-as-instant");
        assert!(client.save_order(order.clone(), PackageChoice::New, None).await.is_err());

        let domestic = order.clone().turned_into(OrderType::Hct);
        assert_eq!(domestic.values, order.values);
        let check = client.check_order(domestic.clone(), PackageChoice::New, None).await.unwrap();
        assert_eq!(check.decision.unwrap().route, Route::Instant);
        let package = record(&client, domestic).await;
        assert_eq!(sign_and_send(&client, package).await, PackageState::Completed);
        // With a later date it does not qualify, whatever its sum.
        let dated = viber(&house, 1_250_000).with(key::VALUE_DATE, "2026-11-25");
        let check = client.check_order(dated, PackageChoice::New, None).await.unwrap();
        assert_eq!(check.problems, []);
        assert_eq!(check.decision.unwrap().route, Route::Viber);
    });
}

#[test]
fn templates_of_every_payment_travel_to_another_seat_and_start_their_own_form() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("client", "Kovács").await;
        for (name, order) in
            [("Bérek fedezete", between_own(&house, 2_000_000)), ("Üzemanyag", viber(&house, 30_000_000))]
        {
            let template = domain::Template {
                id: client.new_template_id(),
                name: name.parse().unwrap(),
                order_type: order.order_type,
                fields: order.values,
            };
            client.save_template(template).await.unwrap();
        }
        let folder = house.client_folder("hand-over");
        std::fs::create_dir_all(&folder).unwrap();
        let written = client.export_partners(folder, PartnerFormat::Dat, false).await.unwrap();
        let bytes = std::fs::read(&written.path).unwrap();
        let sent = formats::partners_dat::read(bytes.as_slice()).unwrap().templates;
        let types: Vec<OrderType> = sent.iter().map(|template| template.order_type).collect();
        assert_eq!(types, [OrderType::Hve, OrderType::Vib]);

        let other = house.client("other", "Szabó").await;
        let preview = other.preview_partners(written.path).await.unwrap();
        let choices = PartnerChoices {
            partners: Choices::all(&preview.partners, true, true),
            templates: Choices::all(&preview.templates, true, true),
        };
        let taken = other.take_partners(&preview, choices).await.unwrap();
        assert_eq!(taken.new_templates, 2);
        assert_eq!(other.templates(String::new(), Page::ALL).await.unwrap(), sent);
        assert_eq!(sent[0].start().order_type, OrderType::Hve);
    });
}

#[test]
fn a_script_records_every_payment_by_the_keys_of_its_fields() {
    run(async {
        let house = House::start_at("kdb", Some(MORNING)).await;
        let cli = Cli { house: &house, data: house.client_folder("cli"), user: "Kovács" };
        let _ = cli.json(&["connect", text(&house.connection_file())]);
        let (from, to) = (house.account(0).to_string(), house.account(1).to_string());

        let own =
            ["order", "hve", "--debit-account", &from, "--target", &to, "--amount", "125e", "--instant"];
        let order = cli.json(&own);
        assert_eq!(order["decision"]["route"], "instant");
        let package = order["package"].as_str().unwrap().to_owned();
        assert_eq!(cli.json(&["sign", &package])[0]["state"], "signed");
        assert_eq!(cli.json(&["send", &package, "--wait", "30"])[0]["state"], "completed");
        let status = cli.json(&["status", &package]);
        assert_eq!(status[0]["items"][0]["executed"], true);

        let other = payee().to_string();
        let stranger =
            cli.run(&["order", "hve", "--debit-account", &from, "--target", &other, "--amount", "1"]);
        assert_eq!(code(&stranger), 3);
        assert_eq!(error(&stranger)["fields"][0]["code"], "field-not-own-target");
        let named =
            cli.run(&["order", "hve", "--beneficiary-name", "Valaki", "--target", &to, "--amount", "1"]);
        assert_eq!(code(&named), 2, "the type has no such field");

        let fields = ["--debit-account", &from, "--target", &other, "--beneficiary-name", "Őrségi Zrt."];
        let small = cli.run(&[&["order", "vib", "--amount", "1000"], &fields[..]].concat());
        assert_eq!(code(&small), 3);
        assert_eq!(error(&small)["fields"][0]["code"], "field-qualifies-as-instant");
        let large = cli.json(&[&["order", "vib", "--amount", "30M"], &fields[..]].concat());
        assert_eq!(large["decision"]["route"], "viber");
        let domestic = cli.json(&[&["order", "hct", "--amount", "1000"], &fields[..]].concat());
        assert_eq!(domestic["decision"]["route"], "instant");

        // What it exports, another program reads: the document of own accounts has no payee's name.
        let file = house.client_folder("own.kapocs-document.xml");
        let _ = cli.json(&["export", &package, "--format", "pain001", "--out", text(&file)]);
        let exported = std::fs::read_to_string(&file).unwrap();
        assert!(!exported.contains("<Cdtr>"), "{exported}");
        assert!(package_document::read(exported.as_bytes()).is_err(), "the payload alone is no package");
    });
}

#[test]
fn every_payment_is_offered_by_a_profile_and_every_field_of_it_is_an_option() {
    let profiles = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/profiles");
    let offered: Vec<String> = std::fs::read_dir(profiles)
        .unwrap()
        .flatten()
        .map(|file| std::fs::read_to_string(file.path()).unwrap())
        .map(|text| toml::from_str::<toml::Table>(&text).unwrap())
        .filter_map(|file| file.get("order_types")?.as_array().cloned())
        .flatten()
        .map(|code| code.as_str().unwrap().to_owned())
        .collect();
    // Changes of the service are nobody's offer: they belong to it.
    for kind in OrderType::ALL.iter().filter(|kind| kind.is_payment()) {
        assert!(offered.iter().any(|code| code == kind.code()), "no profile offers {kind}");
        for language in ["hu", "en"] {
            let code = kind.code().to_ascii_lowercase();
            let mut command = std::process::Command::new(program("kapocs-cli"));
            let output = command.args(["--lang", language, "order", &code, "--help"]).output().unwrap();
            let help = String::from_utf8(output.stdout).unwrap();
            for field in kind.fields() {
                assert!(
                    help.contains(&format!("--{} ", field.key))
                        || help.contains(&format!("--{}\n", field.key)),
                    "{kind} {}: {help}",
                    field.key
                );
            }
        }
    }
}
