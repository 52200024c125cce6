//! Self-administration without a bank: recording, judging before anything is kept, signing what the bytes say.
#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests stop at the first surprise

mod fixture;

use chrono::Utc;
use client::{Client, ClientError, PackageFilter, Pin};
use domain::authority::{UserContact, WebAccess, WebDevice};
use domain::{AdminAction, AdminError, OrderType, PackageId, PackageState, UserId};
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

async fn prepared(client: &Client) -> Vec<(PackageId, String, u32)> {
    let listed = client.admin_packages(PackageFilter::Prepared, String::new()).await.unwrap();
    listed.into_iter().map(|p| (p.header.id, p.header.name.to_string(), p.count)).collect()
}

#[tokio::test]
async fn an_order_gets_a_package_of_its_name_that_no_list_of_payments_shows() {
    let office = Office::new();
    let client = office.open();
    let id =
        client.save_admin_order(web(WebDevice::VirtualCard, WebDevice::VirtualCard), None).await.unwrap();
    let name = "Internet banking szolgáltatás igénylése".to_owned();
    assert_eq!(prepared(&client).await, [(id, name, 1)]);
    assert!(client.packages(PackageFilter::Prepared, String::new(), Page::ALL).await.unwrap().is_empty());
    assert_eq!(client.order_type(id).await.unwrap(), OrderType::Adm);
    assert_eq!(client.counts().await.unwrap().administration, 1);
    let detail = client.admin_package(id).await.unwrap();
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
    let refused = client.save_admin_order(web(WebDevice::None, WebDevice::VirtualCard), None).await;
    let expected = AdminError::SigningWithoutLogin(anna());
    assert!(matches!(refused, Err(ClientError::Administration(error)) if error == expected));
    let id = client.save_admin_order(contact("+36301234567"), None).await.unwrap();
    let twice = client.save_admin_order(contact("+36307654321"), Some(id)).await;
    assert!(matches!(twice, Err(ClientError::Administration(AdminError::Repeated))));
    assert_eq!(client.admin_package(id).await.unwrap().orders.len(), 1);
    assert_eq!(prepared(&client).await.len(), 1);
}

#[tokio::test]
async fn an_order_is_changed_only_before_it_is_signed() {
    let office = Office::new();
    let client = office.open();
    let id = client.save_admin_order(contact("+36301234567"), None).await.unwrap();
    let order = client.admin_package(id).await.unwrap().orders[0].order.id;
    client.change_admin_order(order, web(WebDevice::VirtualCard, WebDevice::None)).await.unwrap();
    assert_eq!(prepared(&client).await[0].1, "Internet banking szolgáltatás igénylése");
    let sheet = client.admin_sheet(id).await.unwrap();
    client.sign(id, sheet.fingerprint, Pin::new(PIN), false).await.unwrap();
    let late = client.change_admin_order(order, contact("+36301234567")).await;
    assert!(matches!(late, Err(ClientError::Package(_))));
    client.withdraw_package(id).await.unwrap();
    client.change_admin_order(order, contact("+36301234567")).await.unwrap();
}

#[tokio::test]
async fn the_sheet_tells_what_the_bytes_say_and_one_signature_is_enough() {
    let office = Office::new();
    let client = office.open();
    let id = client.save_admin_order(contact("+36301234567"), None).await.unwrap();
    let sheet = client.admin_sheet(id).await.unwrap();
    assert_eq!((sheet.signature_number, sheet.signatures_needed, sheet.problem.clone()), (1, 1, None));
    assert_eq!(sheet.orders[0].action, contact("+36301234567"));
    assert_eq!(sheet.changes[0].lines[0].after, "+36 30 123 4567");
    assert_eq!(client.admin_sheet(id).await.unwrap(), sheet);
    let signed = client.sign(id, sheet.fingerprint, Pin::new(PIN), false).await.unwrap();
    assert_eq!(signed.state, PackageState::Signed);
    assert!(client.signing_sheet(id).await.is_err());
}

#[tokio::test]
async fn a_sheet_whose_orders_the_table_has_overtaken_says_so() {
    let office = Office::new();
    let client = office.open();
    let id = client.save_admin_order(contact("+36301234567"), None).await.unwrap();
    let table = client.admin_overview().await.unwrap().table;
    drop(client);
    office.with_store(move |tx| {
        let mut table = table;
        table.version += 1;
        table.users[0].contact =
            UserContact { phone: Some("+36301234567".parse().unwrap()), email: None, notify: true };
        store::authority::save(tx, &"20000001".parse().unwrap(), &table, Utc::now()).unwrap();
    });
    let client = office.open();
    let sheet = client.admin_sheet(id).await.unwrap();
    assert!(sheet.problem.is_some());
    assert!(sheet.changes[0].lines.iter().all(|line| !line.changes()));
}

#[tokio::test]
async fn who_has_no_class_of_signers_cannot_sign_self_administration() {
    let office = Office::new();
    office.with_store(|tx| {
        let customer = "20000001".parse().unwrap();
        let mut table = store::authority::find(tx, &customer).unwrap().unwrap();
        table.version += 1;
        let anna = anna();
        table.rights.iter_mut().filter(|right| right.user == anna).for_each(|right| right.sign = None);
        store::authority::save(tx, &customer, &table, Utc::now()).unwrap();
    });
    let client = office.open();
    let overview = client.admin_overview().await.unwrap();
    assert_eq!(overview.signers, ["Nagy Péter"]);
    let id = client.save_admin_order(contact("+36301234567"), None).await.unwrap();
    let sheet = client.admin_sheet(id).await.unwrap();
    let refused = client.sign(id, sheet.fingerprint, Pin::new(PIN), false).await;
    assert!(matches!(refused, Err(ClientError::MayNotSign)));
}
