//! Self-administration over TLS with the bank as a process: what is carried out at once, once, and holds against who
//! is out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod running;

use std::path::Path;

use bank::doors::control::PackageInspection;
use bank::people::notices::Notice;
use chrono::Utc;
use domain::admin::{AdminAction, AdminOrder, SecondaryIdStep};
use domain::secondary_id::SecondaryIdKind;
use domain::{OrderId, OrderType, PackageHeader, PackageId, SecondaryId};
use formats::package_document::{PackageContent, to_bytes};
use protocol::{
    CustomerAccess, MessagePage, PackageStatus, ProblemCode, ReceivedState, SecondaryIdQuestion, Session,
    SignedReceipt, SubmitPackage, WriteMessage, endpoints as at,
};
use reqwest::{Method, StatusCode};
use running::{Card, Running, demo_folder, good, problem, start};
use signature::keyfile::KeySlot;
use uuid::Uuid;

const KOVACS: &str = "10000002-kovacs-anna.pem";
const NAGY: &str = "10000003-nagy-peter.pem";

fn administration(session: &Session, action: AdminAction, signer: &Card) -> (PackageId, SubmitPackage) {
    let id = PackageId(Uuid::new_v4());
    let customer = &session.customers[0].customer;
    let content = PackageContent {
        header: PackageHeader {
            id,
            customer: customer.id.clone(),
            name: "Beállítások".parse().unwrap(),
            order_type: OrderType::Adm,
            debit_account: None,
            instant: false,
            scheduled: None,
        },
        customer_name: customer.name.clone(),
        created: bank::ground::time::whole_millis(Utc::now()),
        orders: vec![AdminOrder { id: OrderId(Uuid::new_v4()), action }.into()],
    };
    let document = to_bytes(&content).unwrap();
    let signatures = vec![signer.sign(KeySlot::Signing, &document).into()];
    (id, SubmitPackage { attempt: Uuid::new_v4(), claim: None, document: document.into(), signatures })
}

struct Seat<'a> {
    bank: &'a Running,
    session: Session,
}

impl<'a> Seat<'a> {
    async fn of(bank: &'a Running, folder: &Path, card: &Card) -> Self {
        Self { bank, session: bank.log_in(folder, card).await }
    }

    fn put(&self, id: PackageId, package: &SubmitPackage) -> reqwest::RequestBuilder {
        let path = at::package(&self.session.customers[0].customer.id, id);
        self.bank.call(Method::PUT, &path).bearer_auth(&self.session.token.0).json(package)
    }

    async fn table(&self) -> CustomerAccess {
        let path = at::customer(&self.session.customers[0].customer.id);
        good(self.bank.call(Method::GET, &path).bearer_auth(&self.session.token.0)).await
    }
}

fn enable_web() -> AdminAction {
    AdminAction::InternetBanking { enabled: true, users: Vec::new() }
}

#[tokio::test]
async fn an_order_whose_answer_was_lost_in_a_crash_is_carried_out_once() {
    let folder = demo_folder();
    let mut bank = start(folder.path(), 0);
    let kovacs = Card::of(folder.path(), KOVACS);
    let seat = Seat::of(&bank, folder.path(), &kovacs).await;
    let before = seat.table().await.authority.version;
    let (id, package) = administration(&seat.session, enable_web(), &kovacs);
    bank.fault(serde_json::json!({ "kind": "drop_after_commit", "path": "/packages/", "method": "PUT" }))
        .await;
    assert!(seat.put(id, &package).send().await.is_err());
    let port = bank.ready.port;
    bank.process.kill().unwrap();
    bank.process.wait().unwrap();
    let bank = start(folder.path(), port);
    let seat = Seat::of(&bank, folder.path(), &kovacs).await;
    let table = seat.table().await.authority;
    assert!(table.web.enabled);
    assert_eq!(table.version, before + 1);
    let receipt: SignedReceipt = good(seat.put(id, &package)).await;
    assert_eq!(good::<SignedReceipt>(seat.put(id, &package)).await, receipt);
    let path = at::package(&seat.session.customers[0].customer.id, id);
    let status: PackageStatus = good(bank.call(Method::GET, &path).bearer_auth(&seat.session.token.0)).await;
    assert_eq!((status.state, status.receipt), (ReceivedState::Completed, receipt));
    assert_eq!(seat.table().await.authority, table);
    let seen: PackageInspection = good(bank.control(Method::GET, &format!("/packages/{id}"))).await;
    assert_eq!((seen.receipts, seen.executed, seen.bookings), (1, 1, 0));
}

#[tokio::test]
async fn a_suspended_token_and_a_removed_user_are_out_at_once() {
    let folder = demo_folder();
    let bank = start(folder.path(), 0);
    let (kovacs, nagy) = (Card::of(folder.path(), KOVACS), Card::of(folder.path(), NAGY));
    let seat = Seat::of(&bank, folder.path(), &kovacs).await;
    let theirs = Seat::of(&bank, folder.path(), &nagy).await;
    let table = seat.table().await.authority;
    let device = table.users.iter().find(|u| u.id == nagy.user()).unwrap().devices[0].id.clone();
    let suspend = |suspend| AdminAction::Device { user: nagy.user(), device: device.clone(), suspend };
    let (id, package) = administration(&seat.session, suspend(true), &kovacs);
    let _: SignedReceipt = good(seat.put(id, &package)).await;
    // The session that the token had opened is over, and it opens no other.
    let path = at::customer(&seat.session.customers[0].customer.id);
    let ended = bank.call(Method::GET, &path).bearer_auth(&theirs.session.token.0).send().await.unwrap();
    assert_eq!(problem(ended).await.code, ProblemCode::SessionExpired);
    let request = bank.login_request(folder.path(), &nagy).await;
    let refused = bank.call(Method::POST, at::LOGIN).json(&request).send().await.unwrap();
    assert_eq!(problem(refused).await.code, ProblemCode::LoginCertificateRevoked);
    // Nor does it sign, whoever sends it.
    let (id, package) = administration(&seat.session, enable_web(), &nagy);
    let refused = seat.put(id, &package).send().await.unwrap();
    assert_eq!(problem(refused).await.code, ProblemCode::PackageSignerCertificate);
    let (id, package) = administration(&seat.session, suspend(false), &kovacs);
    let _: SignedReceipt = good(seat.put(id, &package)).await;
    let theirs = Seat::of(&bank, folder.path(), &nagy).await;

    let remove = AdminAction::UserRights { user: nagy.user(), rights: Vec::new() };
    let (id, package) = administration(&seat.session, remove, &kovacs);
    let _: SignedReceipt = good(seat.put(id, &package)).await;
    let ended = bank.call(Method::GET, &path).bearer_auth(&theirs.session.token.0).send().await.unwrap();
    assert_eq!(problem(ended).await.code, ProblemCode::SessionExpired);
    let request = bank.login_request(folder.path(), &nagy).await;
    let refused = bank.call(Method::POST, at::LOGIN).json(&request).send().await.unwrap();
    assert_eq!(problem(refused).await.code, ProblemCode::LoginUserUnknown);
}

#[tokio::test]
async fn one_time_codes_are_tried_three_times_over_the_wire_too() {
    let folder = demo_folder();
    let bank = start(folder.path(), 0);
    let kovacs = Card::of(folder.path(), KOVACS);
    let seat = Seat::of(&bank, folder.path(), &kovacs).await;
    let id = SecondaryId::parse(SecondaryIdKind::Email, "penzugy@minta.example").unwrap();
    let path = at::secondary_id_code(&seat.session.customers[0].customer.id);
    let question = SecondaryIdQuestion { id: id.clone() };
    let ask = async || {
        let call = bank.call(Method::POST, &path).bearer_auth(&seat.session.token.0).json(&question);
        assert_eq!(call.send().await.unwrap().status(), StatusCode::NO_CONTENT);
        let notices: Vec<Notice> = good(bank.control(Method::GET, "/notices")).await;
        assert_eq!(notices[0].address, "penzugy@minta.example");
        notices[0].detail.clone()
    };
    let account = seat.session.customers[0].authority.rights[0].account;
    let register = |code: &str| {
        let step = SecondaryIdStep::Register { code: Some(code.to_owned()) };
        administration(&seat.session, AdminAction::SecondaryId { account, id: id.clone(), step }, &kovacs)
    };
    let code = ask().await;
    let wrong = format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000);
    for typed in [&wrong, &wrong, &wrong, &code] {
        let (id, package) = register(typed);
        let refused = problem(seat.put(id, &package).send().await.unwrap()).await;
        assert_eq!(refused.code, ProblemCode::OneTimeCodeInvalid);
        assert!(refused.item.is_some());
    }
    let (id, package) = register(&ask().await);
    let _: SignedReceipt = good(seat.put(id, &package)).await;
    assert_eq!(seat.table().await.authority.secondary_ids.len(), 1);
}

#[tokio::test]
async fn messages_are_written_once_and_read_by_each_for_themselves() {
    let folder = demo_folder();
    let bank = start(folder.path(), 0);
    let kovacs = Seat::of(&bank, folder.path(), &Card::of(folder.path(), KOVACS)).await;
    let nagy = Seat::of(&bank, folder.path(), &Card::of(folder.path(), NAGY)).await;
    let customer = kovacs.session.customers[0].customer.id.clone();
    let path = at::messages(&customer);
    let message = WriteMessage {
        id: Uuid::new_v4(),
        subject: "Kérdés".to_owned(),
        body: "Első\nmásodik sor".to_owned(),
    };
    let write = async |seat: &Seat<'_>, message: &WriteMessage| {
        let call = bank.call(Method::POST, &path).bearer_auth(&seat.session.token.0).json(message);
        call.send().await.unwrap()
    };
    for _ in 0..2 {
        assert_eq!(write(&kovacs, &message).await.status(), StatusCode::NO_CONTENT);
    }
    // An id is its writer's.
    assert_eq!(problem(write(&nagy, &message).await).await.code, ProblemCode::MessageInvalid);
    let empty = WriteMessage { id: Uuid::new_v4(), subject: " ".to_owned(), body: "x".to_owned() };
    assert_eq!(problem(write(&kovacs, &empty).await).await.code, ProblemCode::MessageInvalid);
    let page = async |seat: &Seat<'_>, after: Option<&str>| -> MessagePage {
        let call = bank.call(Method::GET, &path).bearer_auth(&seat.session.token.0);
        good(call.query(&after.map(|after| [("after", after)]))).await
    };
    let (own, theirs) = (page(&kovacs, None).await, page(&nagy, None).await);
    assert_eq!((own.messages.len(), own.messages[0].read), (1, true));
    assert_eq!((theirs.messages.len(), theirs.messages[0].read), (1, false));
    assert!(page(&nagy, Some(theirs.next.as_str())).await.messages.is_empty());
    let read =
        |id| bank.call(Method::POST, &at::message_read(&customer, id)).bearer_auth(&nagy.session.token.0);
    assert_eq!(read(message.id).send().await.unwrap().status(), StatusCode::NO_CONTENT);
    assert_eq!(problem(read(Uuid::new_v4()).send().await.unwrap()).await.code, ProblemCode::NotFound);
    // The reader's other seats learn of it by their cursor; nobody else does.
    assert!(page(&nagy, Some(theirs.next.as_str())).await.messages[0].read);
    assert!(page(&kovacs, Some(own.next.as_str())).await.messages.is_empty());
}
