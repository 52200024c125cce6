//! Self-administration without a bank: recording, judging before anything is kept, signing what the bytes say.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests stop at the first surprise

mod fixture;

use chrono::Utc;
use client::{ChangesSheet, Client, ClientError, PackageChoice, PackageFilter, Pin, SheetBody, SigningSheet};
use domain::authority::{UserContact, WebAccess, WebDevice};
use domain::{
    AdminAction, AdminError, FieldProblem, OrderDraft, OrderId, OrderType, PackageId, PackageState, UserId,
    Values,
};
use fixture::{Office, PIN};
use store::{self, Page};

fn anna() -> UserId {
    "10000001".parse().unwrap()
}

fn web(login: WebDevice, signing: WebDevice) -> AdminAction {
    AdminAction::InternetBanking { enabled: true, users: vec![WebAccess { user: anna(), login, signing }] }
}

fn contact(phone: &str) -> AdminAction {
    let contact = UserContact { phone: Some(phone.parse().unwrap()), email: None, notify: true };
    AdminAction::UserData { user: anna(), contact }
}

fn draft(action: &AdminAction) -> OrderDraft {
    OrderDraft { values: Values::of_change(action), ..OrderDraft::new(OrderType::Adm) }
}

async fn record(client: &Client, action: AdminAction) -> PackageId {
    client.save_order(draft(&action), PackageChoice::Auto, None).await.unwrap().package
}

async fn change(client: &Client, order: OrderId, action: AdminAction) -> Result<(), ClientError> {
    client.save_order(draft(&action), PackageChoice::Auto, Some(order)).await.map(drop)
}

fn changes(sheet: &SigningSheet) -> &ChangesSheet {
    match &sheet.body {
        SheetBody::Changes(changes) => changes,
        SheetBody::Payments(_) => panic!("{sheet:?}"),
    }
}

async fn prepared(client: &Client) -> Vec<(PackageId, String, u32)> {
    let listed = client.packages(PackageFilter::Prepared, String::new(), Page::ALL).await.unwrap();
    listed.into_iter().map(|p| (p.header.id, p.header.name.to_string(), p.count)).collect()
}

#[tokio::test]
async fn an_order_gets_a_package_of_its_name() {
    let office = Office::new();
    let client = office.open();
    let id = record(&client, web(WebDevice::VirtualCard, WebDevice::VirtualCard)).await;
    let name = "Internet banking szolgáltatás igénylése".to_owned();
    assert_eq!(prepared(&client).await, [(id, name, 1)]);
    assert_eq!(client.counts().await.unwrap().prepared, 1);
    let detail = client.package(id).await.unwrap();
    assert_eq!(detail.header.order_type, OrderType::Adm);
    assert_eq!(detail.orders[0].decision, None);
    let lines: Vec<(String, Option<String>, String)> =
        detail.changes[0].lines.iter().map(|l| (l.what.clone(), l.before.clone(), l.after.clone())).collect();
    let none = || Some("Nem használhatja".to_owned());
    assert_eq!(
        lines,
        [
            (
                "Internet banking az ügyfélnél".to_owned(),
                Some("nincs engedélyezve".to_owned()),
                "engedélyezve".to_owned()
            ),
            (
                "Kovács Anna: bejelentkezés (minden ügyfélnél)".to_owned(),
                none(),
                "Virtuális chipkártya".to_owned()
            ),
            (
                "Kovács Anna: aláírás (csak ennél az ügyfélnél)".to_owned(),
                none(),
                "Virtuális chipkártya".to_owned()
            ),
        ]
    );
}

#[tokio::test]
async fn what_cannot_take_effect_is_refused_and_nothing_is_kept() {
    let office = Office::new();
    let client = office.open();
    let wrong = draft(&web(WebDevice::None, WebDevice::VirtualCard));
    let Err(ClientError::Fields(problems)) = client.save_order(wrong, PackageChoice::Auto, None).await else {
        panic!("it was kept")
    };
    assert_eq!(problems[0].problem, FieldProblem::Administration(AdminError::SigningWithoutLogin(anna())));
    let id = record(&client, contact("+36301234567")).await;
    let second = draft(&contact("+36307654321"));
    let twice = client.save_order(second, PackageChoice::Into(id), None).await;
    assert!(matches!(twice, Err(ClientError::Administration(AdminError::Repeated))));
    assert_eq!(client.package(id).await.unwrap().orders.len(), 1);
    assert_eq!(prepared(&client).await.len(), 1);
}

#[tokio::test]
async fn an_order_is_changed_only_before_it_is_signed() {
    let office = Office::new();
    let client = office.open();
    let id = record(&client, contact("+36301234567")).await;
    let order = client.package(id).await.unwrap().orders[0].order.id();
    change(&client, order, web(WebDevice::VirtualCard, WebDevice::None)).await.unwrap();
    assert_eq!(prepared(&client).await[0].1, "Internet banking szolgáltatás igénylése");
    let sheet = client.signing_sheet(id).await.unwrap();
    client.sign(id, sheet.head.fingerprint, Pin::new(PIN), false).await.unwrap();
    let late = change(&client, order, contact("+36301234567")).await;
    assert!(matches!(late, Err(ClientError::Package(_))));
    client.withdraw_package(id).await.unwrap();
    change(&client, order, contact("+36301234567")).await.unwrap();
}

#[tokio::test]
async fn the_sheet_tells_what_the_bytes_say_and_one_signature_is_enough() {
    let office = Office::new();
    let client = office.open();
    let id = record(&client, contact("+36301234567")).await;
    let sheet = client.signing_sheet(id).await.unwrap();
    assert_eq!((sheet.head.signature_number, sheet.head.signatures_needed), (1, 1));
    assert_eq!(changes(&sheet).problem, None);
    assert_eq!(changes(&sheet).orders[0].action, contact("+36301234567"));
    assert_eq!(changes(&sheet).changes[0].lines[0].after, "+36 30 123 4567");
    assert_eq!(client.signing_sheet(id).await.unwrap(), sheet);
    let signed = client.sign(id, sheet.head.fingerprint, Pin::new(PIN), false).await.unwrap();
    assert_eq!(signed.state, PackageState::Signed);
}

#[tokio::test]
async fn a_sheet_whose_orders_the_table_has_overtaken_says_so() {
    let office = Office::new();
    let client = office.open();
    let id = record(&client, contact("+36301234567")).await;
    let table = client.admin_overview().await.unwrap().table;
    drop(client);
    office.with_store(move |tx| {
        let mut table = table;
        table.version += 1;
        table.users[0].contact =
            UserContact { phone: Some("+36301234567".parse().unwrap()), email: None, notify: true };
        store::authority::save(tx, &table, Utc::now()).unwrap();
    });
    let client = office.open();
    let sheet = client.signing_sheet(id).await.unwrap();
    assert!(changes(&sheet).problem.is_some());
    assert!(changes(&sheet).changes[0].lines.iter().all(|line| !line.changes()));
}

#[tokio::test]
async fn who_has_no_class_of_signers_cannot_sign_self_administration() {
    let office = Office::new();
    office.with_store(|tx| {
        let mut table = store::authority::find(tx).unwrap().unwrap();
        table.version += 1;
        let anna = anna();
        table.rights.iter_mut().filter(|right| right.user == anna).for_each(|right| right.sign = None);
        store::authority::save(tx, &table, Utc::now()).unwrap();
    });
    let client = office.open();
    let overview = client.admin_overview().await.unwrap();
    assert_eq!(overview.signers, ["Nagy Péter"]);
    let id = record(&client, contact("+36301234567")).await;
    let sheet = client.signing_sheet(id).await.unwrap();
    let refused = client.sign(id, sheet.head.fingerprint, Pin::new(PIN), false).await;
    assert!(matches!(refused, Err(ClientError::MayNotSign)));
}

#[tokio::test]
async fn several_orders_go_into_one_package_all_or_none() {
    let office = Office::new();
    let client = office.open();
    let rights = client.admin_overview().await.unwrap().table.rights;
    let peter: UserId = "10000002".parse().unwrap();
    let rights: Vec<_> = rights.into_iter().filter(|right| right.user == peter).collect();
    let own = AdminAction::UserRights { user: peter.clone(), rights: Vec::new() };
    let back = AdminAction::UserRights { user: peter, rights };
    let both = vec![draft(&contact("+36301234567")), draft(&own)];
    let saved = client.save_orders(both, PackageChoice::Auto).await.unwrap();
    assert_eq!((saved.orders, client.package(saved.package).await.unwrap().changes.len()), (2, 2));
    let refused = client.save_orders(vec![draft(&own), draft(&back)], PackageChoice::New).await;
    assert!(refused.is_err(), "two orders about the same rights");
    assert_eq!(prepared(&client).await.len(), 1, "all or none");
}
