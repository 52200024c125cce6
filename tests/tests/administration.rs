//! Self-administration end to end [K&H webElectra]: the order is recorded, signed and sent like a payment,
//! the bank carries it out on receipt, and the new authority table arrives by itself, at every seat. And messages.

use std::time::Duration;

use client::admin::AdminOverview;
use client::{Change, Client, ClientError, PackageChoice, Pin, SheetBody};
use domain::authority::{AccountRight, UserContact, WebAccess, WebDevice};
use domain::package::Refusal;
use domain::submission::{ItemState, OrderState, SubmissionState};
use domain::{
    AccountNumber, AdminAction, OrderDraft, OrderType, PackageId, PackageState, SecondaryId, SecondaryIdStep,
    UserId, Values,
};
use harness::command_line::Cli;
use harness::house::{House, PIN, text};
use harness::story::run;
use serde_json::{Value, json};

fn user(number: &str) -> UserId {
    number.parse().unwrap()
}

/// Szabó Réka may not sign, Kovács Anna signs in class A, Nagy Péter in class B; administration needs an A.
const SZABO: &str = "10000001";
const KOVACS: &str = "10000002";
const NAGY: &str = "10000003";

async fn sign(client: &Client, package: PackageId) -> Result<PackageState, ClientError> {
    let sheet = client.signing_sheet(package).await?;
    let SheetBody::Changes(changes) = &sheet.body else { panic!("{sheet:?}") };
    assert_eq!(changes.problem, None);
    Ok(client.sign(package, sheet.head.fingerprint, Pin::new(PIN), false).await?.state)
}

/// Records an order in a package of its own.
async fn recorded(client: &Client, action: AdminAction) -> PackageId {
    let draft = OrderDraft { values: Values::of_change(&action), ..OrderDraft::new(OrderType::Adm) };
    let saved = client.save_order(draft, PackageChoice::New, None).await;
    saved.expect("the order can take effect").package
}

/// Records, signs and sends an order; waits until the bank has carried it out and gives the table after that.
async fn carried_out(client: &Client, action: AdminAction) -> AdminOverview {
    let version = client.admin_overview().await.unwrap().table.version;
    let package = recorded(client, action).await;
    assert_eq!(sign(client, package).await.unwrap(), PackageState::Signed);
    assert_eq!(client.send_one(package).await.unwrap(), SubmissionState::Received);
    let overview = newer(client, version).await;
    let state = decided(client, package).await;
    assert_eq!(state, (PackageState::Completed, OrderState::At(ItemState::Executed), None));
    overview
}

/// Waits until the table is newer, without asking for it.
async fn newer(client: &Client, version: u32) -> AdminOverview {
    for _ in 0..200 {
        let overview = client.admin_overview().await.unwrap();
        if overview.table.version > version {
            return overview;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no new authority table came by itself");
}

/// Waits until the bank has decided, without asking; gives the package's and its order's fate.
async fn decided(client: &Client, package: PackageId) -> (PackageState, OrderState, Option<String>) {
    for _ in 0..200 {
        let found = client.sent_package(package).await.unwrap();
        if let Some(status) = &found.orders[0].status
            && status.state.is_final()
            && found.line.state != PackageState::Sent
        {
            return (found.line.state, status.state, status.reason.clone());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the bank did not decide");
}

fn both(who: &str) -> WebAccess {
    WebAccess { user: user(who), login: WebDevice::VirtualCard, signing: WebDevice::VirtualCard }
}

#[test]
fn the_web_client_is_enabled_by_a_signed_order_and_every_seat_learns_of_it() {
    run(async {
        let house = House::start("kh").await;
        let anna = house.logged_in("anna", "Kovács").await;
        let peter = house.logged_in("peter", "Nagy").await;
        let before = peter.admin_overview().await.unwrap();
        assert!(!before.table.web.enabled);
        assert_eq!(before.signers, ["Kovács Anna", "Nagy Péter"]);
        let mut changes = peter.changes();
        let action = AdminAction::InternetBanking { enabled: true, users: vec![both(KOVACS), both(NAGY)] };
        let after = carried_out(&anna, action).await;
        assert!(after.table.web.enabled);
        assert_eq!(after.table.web_access(&user(NAGY)), both(NAGY));
        assert_eq!(newer(&peter, before.table.version).await.table, after.table);
        let told = tokio::time::timeout(Duration::from_secs(10), async {
            while changes.recv().await.unwrap() != Change::Authority {}
        });
        told.await.expect("the other seat was told");
        assert!(peter.sent(String::new(), client::Page::ALL).await.unwrap().is_empty());
    });
}

#[test]
fn a_signer_of_another_class_is_not_enough_and_one_without_a_class_cannot_sign() {
    run(async {
        let house = House::start("kh").await;
        let peter = house.logged_in("seat", "Nagy").await;
        let action = AdminAction::InternetBanking { enabled: true, users: vec![both(NAGY)] };
        let package = recorded(&peter, action).await;
        assert_eq!(sign(&peter, package).await.unwrap(), PackageState::PartlySigned);
        let refused = peter.send_one(package).await.unwrap_err();
        assert!(matches!(refused, ClientError::Package(Refusal::NotSigned)), "{refused}");
        assert_eq!(house.inspect(package).await["arrivals"], json!([]), "nothing has left");
        peter.log_out().await;
        drop(peter);
        let reka = house.logged_in("seat", "Szabó").await;
        let refused = sign(&reka, package).await.unwrap_err();
        assert!(matches!(refused, ClientError::MayNotSign), "{refused}");
    });
}

#[test]
fn an_order_whose_answer_is_lost_is_carried_out_once() {
    run(async {
        let house = House::start("kh").await;
        let anna = house.logged_in("anna", "Kovács").await;
        let version = anna.admin_overview().await.unwrap().table.version;
        let contact = UserContact { phone: Some("+36301112233".parse().unwrap()), email: None, notify: true };
        let action = AdminAction::UserData { user: user(SZABO), contact: contact.clone() };
        let package = recorded(&anna, action).await;
        let _ = sign(&anna, package).await.unwrap();
        house.fault("drop_after_commit", "put", "/packages/").await;
        // The bank's event could be faster than the loss of the answer; it must not be understood yet.
        house.keep_failing("status_500", "get", "/packages").await;
        assert_eq!(anna.send_one(package).await.unwrap(), SubmissionState::Unknown);
        house.clear_faults().await;
        let after = newer(&anna, version).await;
        assert_eq!(after.table.version, version + 1);
        assert_eq!(after.user(&user(SZABO)).unwrap().contact, contact);
        let state = decided(&anna, package).await;
        assert_eq!(state, (PackageState::Completed, OrderState::At(ItemState::Executed), None));
    });
}

fn right(who: &str, account: AccountNumber, sign: Option<&str>) -> AccountRight {
    AccountRight { user: user(who), account, view: true, dispose: true, sign: sign.map(str::to_owned) }
}

#[test]
fn rights_accounts_devices_and_error_points_change_by_orders() {
    run(async {
        let house = House::start("kh").await;
        let anna = house.logged_in("anna", "Kovács").await;
        let account = house.account(0);

        let rights = vec![right(SZABO, account, Some("B"))];
        let after = carried_out(&anna, AdminAction::UserRights { user: user(SZABO), rights }).await;
        assert_eq!(after.table.rights.iter().filter(|right| right.user == user(SZABO)).count(), 1);
        assert_eq!(after.signers.len(), 3);

        let new = after.table.new_accounts[0].number;
        let rights = vec![right(KOVACS, new, Some("A"))];
        let after = carried_out(&anna, AdminAction::NewAccount { account: new, rights }).await;
        assert!(after.table.new_accounts.is_empty());
        for _ in 0..100 {
            if anna.accounts().await.unwrap().iter().any(|row| row.account.number == new) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert!(anna.accounts().await.unwrap().iter().any(|row| row.account.number == new));

        let device = after.user(&user(NAGY)).unwrap().devices[0].id.clone();
        let suspend = |suspend| AdminAction::Device { user: user(NAGY), device: device.clone(), suspend };
        let after = carried_out(&anna, suspend(true)).await;
        assert!(after.user(&user(NAGY)).unwrap().devices[0].suspended);
        let after = carried_out(&anna, suspend(false)).await;
        assert!(!after.user(&user(NAGY)).unwrap().devices[0].suspended);

        let path = format!("/users/{NAGY}/lock");
        let _ = house.control(reqwest::Method::PUT, &path, json!({ "locked": true })).await;
        anna.sync_authority().await.unwrap();
        assert!(anna.admin_overview().await.unwrap().user(&user(NAGY)).unwrap().locked);
        let after = carried_out(&anna, AdminAction::ClearErrorPoints { user: user(NAGY) }).await;
        assert!(!after.user(&user(NAGY)).unwrap().locked);

        let delete = AdminAction::UserRights { user: user(SZABO), rights: Vec::new() };
        let after = carried_out(&anna, delete).await;
        assert!(after.user(&user(SZABO)).is_none());
    });
}

#[test]
fn a_telephone_number_is_registered_with_its_code_confirmed_after_a_while_and_deleted() {
    run(async {
        let house = House::start("kh").await;
        let anna = house.logged_in("anna", "Kovács").await;
        let account = house.account(0);
        let id = SecondaryId::Mobile("+36309998877".parse().unwrap());
        let order = |step| AdminAction::SecondaryId { account, id: id.clone(), step };
        anna.send_one_time_code(id.clone()).await.unwrap();
        let notices = house.control(reqwest::Method::GET, "/notices", Value::Null).await;
        let mut notices = notices.as_array().unwrap().iter();
        let notice = notices.find(|notice| notice["address"] == "+36309998877").expect("the code was sent");
        let code = notice["detail"].as_str().unwrap().to_owned();

        let wrong = if code == "000000" { "000001" } else { "000000" };
        let register = |code: &str| order(SecondaryIdStep::Register { code: Some(code.to_owned()) });
        let package = recorded(&anna, register(wrong)).await;
        let _ = sign(&anna, package).await.unwrap();
        assert_eq!(anna.send_one(package).await.unwrap(), SubmissionState::Refused);
        assert_eq!(anna.package(package).await.unwrap().state, PackageState::Signed);

        let after = carried_out(&anna, register(&code)).await;
        let until = after.table.secondary_ids[0].confirm_by;
        house.advance(40 * 24 * 3600).await;
        anna.log_out().await;
        let _ = anna.log_in(Pin::new(PIN), false).await.unwrap();
        anna.sync().await.unwrap();
        let after = carried_out(&anna, order(SecondaryIdStep::Confirm)).await;
        assert!(after.table.secondary_ids[0].confirm_by > until);
        let after = carried_out(&anna, order(SecondaryIdStep::Delete)).await;
        assert!(after.table.secondary_ids.is_empty());
    });
}

#[test]
fn a_message_whose_answer_is_lost_arrives_once_and_the_other_seat_reads_it() {
    run(async {
        let house = House::start("kh").await;
        let anna = house.logged_in("anna", "Kovács").await;
        let peter = house.logged_in("peter", "Nagy").await;
        let before = anna.messages().await.unwrap().len();
        house.fault("drop_after_commit", "post", "/messages").await;
        let id = anna.write_message("Limit", "Emelnénk a napi limitet.\nKöszönjük.").await.unwrap();
        let own = anna.messages().await.unwrap();
        assert!(own.iter().any(|message| message.id == id), "it is kept before it leaves");
        anna.sync_messages().await.unwrap();
        let own = anna.messages().await.unwrap();
        let mine: Vec<_> = own.iter().filter(|message| message.subject == "Limit").collect();
        assert_eq!((mine.len(), mine[0].waiting, mine[0].read), (1, false, true));
        for _ in 0..100 {
            if peter.messages().await.unwrap().iter().any(|message| message.id == id) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let theirs = peter.messages().await.unwrap();
        assert_eq!(theirs.len(), before + 1);
        let message = theirs.iter().find(|message| message.id == id).expect("it came by itself");
        assert_eq!(message.author.as_ref().unwrap().name, "Kovács Anna");
        assert!(message.body.contains("napi limitet.\nKöszönjük."));
        let empty = anna.write_message(" ", "x").await.unwrap_err();
        assert!(matches!(empty, ClientError::MessageEmpty));
    });
}

#[test]
fn a_script_enables_the_web_client_and_writes_to_the_bank() {
    run(async {
        let house = House::start("kh").await;
        let cli = Cli { house: &house, data: house.client_folder("cli"), user: "Kovács" };
        let _ = cli.json(&["connect", text(&house.connection_file())]);
        assert_eq!(cli.json(&["admin", "show"])["authority"]["web"]["enabled"], false);
        let made = cli.json(&["admin", "web-enable", "--user", &format!("{KOVACS}=both")]);
        let package = made["package"].as_str().unwrap().to_owned();
        assert_eq!(made["changes"][0]["lines"].as_array().unwrap().len(), 3);
        assert_eq!(cli.json(&["sign", &package])[0]["state"], "signed");
        assert_eq!(cli.json(&["send", &package, "--wait", "30"])[0]["state"], "completed");
        let _ = cli.json(&["sync"]);
        assert_eq!(cli.json(&["admin", "show"])["authority"]["web"]["enabled"], true);
        assert_eq!(cli.json(&["packages"]), json!([]));
        assert_eq!(cli.json(&["admin", "packages", "--sent"])[0]["package"], package.as_str());

        let file = house.client_folder("orders.json");
        let orders = json!([
            { "action": "user_data", "user": SZABO, "contact": { "phone": "+36301112233", "email": null, "notify": true } },
            { "action": "internet_banking", "enabled": false, "users": [{ "user": KOVACS, "login": "none", "signing": "none" }] },
        ]);
        std::fs::write(&file, orders.to_string()).unwrap();
        let recorded = cli.json(&["admin", "apply-file", text(&file)]);
        assert_eq!(recorded["orders"].as_array().unwrap().len(), 2);
        assert_eq!(recorded["changes"].as_array().unwrap().len(), 2);

        let written = cli.json(&["messages", "write", "--subject", "Kérdés", "--body", "Jó napot!"]);
        assert_eq!(written["waiting"], false);
        let id = written["message"].as_str().unwrap().to_owned();
        assert_eq!(cli.json(&["messages", "read", &id])["body"], "Jó napot!");
    });
}
