//! Self-administration packages as they come in: taken only as signed and possible, carried out at once and once.

use chrono::TimeDelta;
use domain::admin::{AdminAction, AdminOrder, SecondaryIdStep};
use domain::authority::{AccountRight, UserContact, WebAccess, WebDevice};
use domain::secondary_id::SecondaryIdKind;
use domain::{AuthorityTable, OrderId, OrderType, PackageHeader, PackageId, SecondaryId, UserId};
use formats::package_document::{PackageContent, to_bytes};
use protocol::{ItemState, Problem, ProblemCode, ReceivedState, SignedReceipt, SubmitPackage};

use super::{note_refusal, one_time_codes};
use crate::accounts::{proxies, view};
use crate::ground::error::{BankError, Refusal};
use crate::orders::packages::{self, Brought};
use crate::people::cards::{self, CardKind};
use crate::people::{customers, notices};
use crate::testing::{CLERK, SIGNER_A, SIGNER_B, World};

impl World {
    fn administration(&self, actions: &[AdminAction], signers: &[&str]) -> (PackageId, SubmitPackage) {
        let id = PackageId(self.uuid());
        let order = |a: &AdminAction| AdminOrder { id: OrderId(self.uuid()), action: a.clone() }.into();
        let orders = actions.iter().map(order);
        let content = PackageContent {
            header: PackageHeader {
                id,
                customer: self.customer.clone(),
                name: "Beállítások".parse().unwrap(),
                order_type: OrderType::Adm,
                debit_account: None,
                instant: false,
                scheduled: None,
            },
            customer_name: "Minta Kereskedelmi Kft.".to_owned(),
            created: self.bank.clock.now(),
            orders: orders.collect(),
        };
        let document = to_bytes(&content).unwrap();
        let signatures = signers.iter().map(|user| self.sign(user, false, &document)).collect();
        let package =
            SubmitPackage { attempt: self.uuid(), claim: None, document: document.into(), signatures };
        (id, package)
    }

    pub(super) fn administer(&self, action: AdminAction) -> Result<SignedReceipt, Box<Problem>> {
        let (id, package) = self.administration(&[action], &[SIGNER_A]);
        self.submit_as(id, &package).map_err(problem)
    }

    fn table(&self) -> AuthorityTable {
        self.read(|db| Ok(customers::find(db, &self.customer)?.unwrap().authority))
    }

    fn events(&self) -> usize {
        self.read(|db| {
            let changes = crate::ground::changes::after(db, 0, 10_000)?;
            Ok(changes.iter().filter(|(_, e)| matches!(e, protocol::Event::AuthorityChanged { .. })).count())
        })
    }
}

fn problem(refusal: Refusal) -> Box<Problem> {
    match refusal {
        Refusal::Problem(problem) => problem,
        Refusal::Failure(error) => panic!("{error}"),
    }
}

pub(super) fn user(id: &str) -> UserId {
    id.parse().unwrap()
}

fn enable_web() -> AdminAction {
    let access =
        WebAccess { user: user(SIGNER_B), login: WebDevice::VirtualCard, signing: WebDevice::VirtualCard };
    AdminAction::InternetBanking { enabled: true, users: vec![access] }
}

#[test]
fn the_web_client_is_there_when_the_bank_has_the_package() {
    let world = World::new("kh");
    let (before, events) = (world.table(), world.events());
    let (id, package) = world.administration(&[enable_web()], &[SIGNER_A]);
    let receipt = world.submit_as(id, &package).unwrap();
    let after = world.table();
    assert!(after.web.enabled);
    assert_eq!(after.web_access(&user(SIGNER_B)).signing, WebDevice::VirtualCard);
    assert_eq!(after.version, before.version + 1);
    assert_eq!(world.events(), events + 1);
    let status = world.status(id);
    assert_eq!((status.state, status.items[0].state), (ReceivedState::Completed, ItemState::Executed));
    assert_eq!(status.items[0].decided_at, Some(world.bank.clock.now()));
    // The same again: the same receipt, nothing carried out a second time.
    assert_eq!(world.submit_as(id, &package).unwrap(), receipt);
    assert_eq!(world.table(), after);
    world.pass(1_000);
    world.check_invariants();
}

#[test]
fn only_the_right_signatures_change_anything() {
    let world = World::new("kh");
    let before = world.table();
    let cases: [(&[&str], ProblemCode); 3] = [
        (&[], ProblemCode::PackageUnsigned),
        (&[CLERK], ProblemCode::PackageAuthorityMissing),
        (&[SIGNER_B], ProblemCode::PackageAuthorityMissing),
    ];
    for (signers, code) in cases {
        let (id, package) = world.administration(&[enable_web()], signers);
        assert_eq!(problem(world.submit_as(id, &package).unwrap_err()).code, code);
    }
    let (id, mut package) = world.administration(&[enable_web()], &[SIGNER_A]);
    package.signatures = vec![world.sign(SIGNER_A, true, package.document.as_slice())];
    let refused = problem(world.submit_as(id, &package).unwrap_err());
    assert_eq!(refused.code, ProblemCode::PackageSignatureWrongKey);
    let (other, _) = world.administration(&[enable_web()], &[]);
    let (_, package) = world.administration(&[enable_web()], &[SIGNER_A]);
    assert_eq!(problem(world.submit_as(other, &package).unwrap_err()).code, ProblemCode::PackageIdMismatch);
    assert_eq!(world.table(), before);
}

#[test]
fn orders_take_effect_all_or_none_and_the_guilty_one_is_named() {
    let world = World::new("kh");
    let before = world.table();
    let nobody = AdminAction::ClearErrorPoints { user: user("99999999") };
    let (id, package) = world.administration(&[enable_web(), nobody], &[SIGNER_A]);
    let refused = problem(world.submit_as(id, &package).unwrap_err());
    assert_eq!(refused.code, ProblemCode::AdminOrderInvalid);
    assert_eq!(refused.detail.as_deref(), Some("admin-unknown-user"));
    assert!(refused.item.is_some());
    assert_eq!(world.table(), before);
    assert!(world.bank.write(|db| packages::status(db, &world.customer, id)).is_err());
}

#[test]
fn a_user_without_rights_is_out_at_once() {
    let world = World::new("kh");
    let refused = world.administer(AdminAction::UserRights { user: user(SIGNER_A), rights: vec![] });
    assert_eq!(refused.unwrap_err().detail.as_deref(), Some("admin-no-signer-left"));
    world.administer(AdminAction::UserRights { user: user(SIGNER_B), rights: vec![] }).unwrap();
    assert!(world.table().users.iter().all(|u| u.id != user(SIGNER_B)));
    world.read(|db| {
        assert!(customers::of_user(db, &user(SIGNER_B))?.is_empty());
        assert!(customers::permitted(db, &user(SIGNER_B), &world.customer).is_err());
        Ok(())
    });
    // What the removed user signs does not count any more.
    let content = world.content(vec![world.order(1_000, world.payee("117", "0001"))]);
    let refused = world.submit_as(content.header.id, &world.signed(&content, &[SIGNER_B])).unwrap_err();
    assert_eq!(problem(refused).code, ProblemCode::PackageSignerUnknown);
}

#[test]
fn user_data_and_error_points_are_told_with_the_table() {
    let world = World::new("kh");
    let contact = UserContact { phone: Some("+36 70 111 2222".parse().unwrap()), email: None, notify: true };
    world.administer(AdminAction::UserData { user: user(CLERK), contact: contact.clone() }).unwrap();
    let found = |id: &str| world.table().users.into_iter().find(|u| u.id == user(id)).unwrap();
    assert_eq!(found(CLERK).contact, contact);
    // Who wants notices gets one of the next package.
    let sent = |world: &World| world.read(|db| notices::newest(db, 10));
    assert!(sent(&world).is_empty());
    world.read(|db| (0..5).try_for_each(|_| crate::people::error_points::add(db, &user(SIGNER_B))));
    assert!(found(SIGNER_B).locked && found(SIGNER_B).error_points == 5);
    world.administer(AdminAction::ClearErrorPoints { user: user(SIGNER_B) }).unwrap();
    assert!(!found(SIGNER_B).locked && found(SIGNER_B).error_points == 0);
    let notice = &sent(&world)[0];
    assert_eq!((notice.address.as_str(), notice.detail.as_str()), ("+36701112222", "Beállítások"));
}

#[test]
fn a_suspended_token_neither_signs_nor_keeps_its_session() {
    let world = World::new("kh");
    let fingerprints =
        [true, false].map(|login| hex::encode(world.certificate(SIGNER_B, login).fingerprint()));
    world.read(|db| {
        cards::put(db, "AB01", &user(SIGNER_B), CardKind::Gids, false, world.bank.clock.now())?;
        cards::put(db, "AB02", &user(SIGNER_A), CardKind::Piv, false, world.bank.clock.now())?;
        cards::add_certificates(db, "AB01", &fingerprints)
    });
    let device = |suspend| AdminAction::Device { user: user(SIGNER_B), device: "AB01".to_owned(), suspend };
    let version = world.table().version;
    world.administer(device(true)).unwrap();
    let table = world.table();
    assert_eq!(table.version, version + 1);
    assert!(table.users.iter().find(|u| u.id == user(SIGNER_B)).unwrap().devices[0].suspended);
    let content = world.content(vec![world.order(1_000, world.payee("117", "0001"))]);
    let package = world.signed(&content, &[SIGNER_B]);
    let refused = world.submit_as(content.header.id, &package).unwrap_err();
    assert_eq!(problem(refused).code, ProblemCode::PackageSignerCertificate);
    world.administer(device(false)).unwrap();
    world.submit_as(content.header.id, &package).unwrap();
    // Anna's is the only token left that can sign administration.
    let last = AdminAction::Device { user: user(SIGNER_A), device: "AB02".to_owned(), suspend: true };
    assert_eq!(world.administer(last).unwrap_err().detail.as_deref(), Some("admin-no-signer-left"));
}

#[test]
fn a_new_account_is_seen_and_debited_only_after_it_was_taken_in() {
    let world = World::new("kh");
    let account = world.table().new_accounts[0].number;
    let right = |id: &str, sign: Option<&str>| AccountRight {
        user: user(id),
        account,
        view: true,
        dispose: true,
        sign: sign.map(str::to_owned),
    };
    world.fund(account, 50_000);
    let order = domain::Transfer { debit_account: account, ..world.order(1_000, world.payee("117", "0001")) };
    let content = world.content(vec![order]);
    let package = world.signed(&content, &[SIGNER_A]);
    let refused = world.submit_as(content.header.id, &package).unwrap_err();
    assert_eq!(problem(refused).code, ProblemCode::NotPermitted);
    let rights = vec![right(CLERK, None), right(SIGNER_A, Some("A"))];
    world.administer(AdminAction::NewAccount { account, rights: rights.clone() }).unwrap();
    let table = world.table();
    assert!(table.new_accounts.is_empty() && view::may_view(&user(CLERK), &table, account));
    world.submit_as(content.header.id, &package).unwrap();
    let again = world.administer(AdminAction::NewAccount { account, rights }).unwrap_err();
    assert_eq!(again.detail.as_deref(), Some("admin-not-new"));
}

fn mobile() -> SecondaryId {
    SecondaryId::parse(SecondaryIdKind::Mobile, "+36201112233").unwrap()
}

fn step(world: &World, id: SecondaryId, step: SecondaryIdStep) -> Result<SignedReceipt, Box<Problem>> {
    world.administer(AdminAction::SecondaryId { account: world.main(), id, step })
}

fn register(world: &World, code: &str) -> Result<SignedReceipt, Box<Problem>> {
    step(world, mobile(), SecondaryIdStep::Register { code: Some(code.to_owned()) })
}

fn send_code(world: &World) -> Result<String, Box<Problem>> {
    let now = world.bank.clock.now();
    let sent = world.bank.write(|db| one_time_codes::send(db, &world.customer, &mobile(), now));
    sent.map_err(problem)?;
    Ok(world.read(|db| notices::newest(db, 1))[0].detail.clone())
}

/// What the web does after a refusal: the refused transaction is gone, the try is counted.
fn try_wrong(world: &World, code: &str) {
    let action = AdminAction::SecondaryId {
        account: world.main(),
        id: mobile(),
        step: SecondaryIdStep::Register { code: Some(code.to_owned()) },
    };
    let (id, package) = world.administration(&[action], &[SIGNER_A]);
    let refused = problem(world.submit_as(id, &package).unwrap_err());
    assert_eq!(refused.code, ProblemCode::OneTimeCodeInvalid);
    note(world, &refused, &package);
}

fn note(world: &World, refused: &Problem, package: &SubmitPackage) {
    let brought = Brought::of(package, &world.bank.trust().unwrap(), world.bank.clock.now());
    world.read(|db| note_refusal(db, &world.customer, refused, &brought.package));
}

fn other(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

#[test]
fn a_telephone_number_is_registered_by_who_holds_it() {
    let world = World::new("kh");
    let code = send_code(&world).unwrap();
    assert_eq!(code.len(), 6);
    try_wrong(&world, &other(&code));
    register(&world, &code).unwrap();
    assert_eq!(world.read(|db| proxies::resolve(db, &mobile())), Some(world.main()));
    let table = world.table();
    assert_eq!(table.secondary_ids[0].confirm_by.to_string(), "2027-11-23");
    // The code is used up: after deleting, the same one registers nothing.
    step(&world, mobile(), SecondaryIdStep::Delete).unwrap();
    assert_eq!(world.read(|db| proxies::resolve(db, &mobile())), None);
    assert_eq!(register(&world, &code).unwrap_err().code, ProblemCode::OneTimeCodeInvalid);
}

#[test]
fn a_code_ends_by_time_by_tries_and_by_the_next_one() {
    let world = World::new("kh");
    let late = send_code(&world).unwrap();
    world.pass(10 * 60_000);
    assert_eq!(register(&world, &late).unwrap_err().code, ProblemCode::OneTimeCodeInvalid);
    let guessed = send_code(&world).unwrap();
    for _ in 0..one_time_codes::TRIES {
        try_wrong(&world, &other(&guessed));
    }
    assert_eq!(register(&world, &guessed).unwrap_err().code, ProblemCode::OneTimeCodeInvalid);
    let old = send_code(&world).unwrap();
    let new = send_code(&world).unwrap();
    if old != new {
        assert_eq!(register(&world, &old).unwrap_err().code, ProblemCode::OneTimeCodeInvalid);
    }
    register(&world, &new).unwrap();
    let refused = std::iter::repeat_with(|| send_code(&world)).take(10).find_map(Result::err).unwrap();
    assert_eq!(refused.code, ProblemCode::RateLimited);
    world.pass(TimeDelta::hours(1).num_milliseconds() + 1);
    assert!(send_code(&world).is_ok());
}

#[test]
fn wrong_codes_count_only_when_the_package_was_signed_rightly() {
    let world = World::new("kh");
    let code = send_code(&world).unwrap();
    let action = AdminAction::SecondaryId {
        account: world.main(),
        id: mobile(),
        step: SecondaryIdStep::Register { code: Some(other(&code)) },
    };
    for _ in 0..5 {
        let (id, package) = world.administration(std::slice::from_ref(&action), &[SIGNER_B]);
        let refused = problem(world.submit_as(id, &package).unwrap_err());
        assert_eq!(refused.code, ProblemCode::PackageAuthorityMissing);
        note(&world, &refused, &package);
    }
    register(&world, &code).unwrap();
}

#[test]
fn tax_numbers_are_registered_only_if_the_bank_holds_them() {
    let world = World::new("kh");
    let tax = |text| SecondaryId::parse(SecondaryIdKind::TaxNumber, text).unwrap();
    let bare = SecondaryIdStep::Register { code: None };
    let refused = step(&world, tax("26136907"), bare.clone()).unwrap_err();
    assert_eq!(refused.detail.as_deref(), Some("admin-not-own"));
    step(&world, tax("12892312"), bare).unwrap();
    assert_eq!(world.table().secondary_ids.len(), 1);
    let now = world.bank.clock.now();
    let sent = world.bank.write(|db| one_time_codes::send(db, &world.customer, &tax("12892312"), now));
    assert_eq!(problem(sent.unwrap_err()).code, ProblemCode::RequestInvalid);
}

#[test]
fn an_identifier_lapses_unless_it_is_confirmed() {
    let world = World::new("kh");
    let code = send_code(&world).unwrap();
    register(&world, &code).unwrap();
    let day = TimeDelta::days(1).num_milliseconds();
    world.pass(300 * day);
    step(&world, mobile(), SecondaryIdStep::Confirm).unwrap();
    world.pass(300 * day);
    assert_eq!(world.read(|db| proxies::resolve(db, &mobile())), Some(world.main()));
    let events = world.events();
    world.pass(67 * day);
    assert_eq!(world.read(|db| proxies::resolve(db, &mobile())), None);
    assert!(world.table().secondary_ids.is_empty());
    assert_eq!(world.events(), events + 1);
}

#[test]
fn web_login_is_the_same_at_every_customer_of_a_user() {
    let world = World::new("kdb");
    let other: domain::CustomerId = "30002002".parse().unwrap();
    world
        .bank
        .write(|db| -> Result<(), BankError> {
            let mut access = customers::find(db, &other)?.unwrap();
            let like = access.authority.rights[0].clone();
            access.authority.users.push(domain::authority::AuthorizedUser::new(user(SIGNER_B), "Nagy Péter"));
            access.authority.rights.push(AccountRight { user: user(SIGNER_B), ..like });
            customers::set_authority(db, &other, &access.authority)
        })
        .unwrap();
    let before = world.read(|db| customers::find(db, &other)).unwrap().authority;
    world.administer(enable_web()).unwrap();
    let after = world.read(|db| customers::find(db, &other)).unwrap().authority;
    assert_eq!(after.web_access(&user(SIGNER_B)).login, WebDevice::VirtualCard);
    assert_eq!(after.web_access(&user(SIGNER_B)).signing, WebDevice::None);
    assert!(!after.web.enabled && after.version == before.version + 1);
}
