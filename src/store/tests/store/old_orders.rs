//! What older programs stored of orders, templates and open forms means the same in today's tables.

use domain::authority::{AccountRight, UserContact, WebAccess, WebDevice};
use domain::routing::Route;
use domain::secondary_id::SecondaryIdKind;
use domain::submission::{ItemState, OrderState, OrderStatus};
use domain::{
    AdminAction, AdminOrder, Beneficiary, Money, Order, OrderDraft, OrderId, OrderType, PackageHeader,
    PackageId, PackageState, Scope, SecondaryId, SecondaryIdStep, Template, TemplateId, Timing, Transfer,
    Urgency, key,
};
use serde_json::json;
use store::{Page, Store, documents, drafts, orders, packages, templates};
use uuid::Uuid;

use crate::old::{self, AtBank, FIRST, HAND_OFF, RENEWALS, assert_faces, draft_of};
use crate::support::{OWN, account, at, customer, day, hct, own_account, transfer};

/// The four kinds of secondary identifiers.
fn secondary_ids() -> [SecondaryId; 4] {
    let values = ["+36301234567", "anna@pelda.hu", "12892312-2-41", "8400001230"];
    let mut kinds = SecondaryIdKind::ALL.into_iter().zip(values);
    std::array::from_fn(|_| kinds.next().and_then(|(kind, value)| SecondaryId::parse(kind, value)).unwrap())
}

/// Payments with every field that older programs knew, and what the bank said of them.
fn old_payments() -> Vec<(Transfer, AtBank)> {
    let full = Transfer {
        payer_name: Some("Őrségi \"Faipari\" Zrt.".parse().unwrap()),
        beneficiary_country: Some("HU".parse().unwrap()),
        timing: Timing::On { date: day("2026-12-03") },
        urgency: Urgency::Viber,
        narrative: "Bérleti díj, \"november\"".parse().unwrap(),
        document_number: Some("B-1109".parse().unwrap()),
        legal_code: Some("012".parse().unwrap()),
        own_reference: Some("SAJAT/42".parse().unwrap()),
        ..transfer(2, 20_000_001)
    };
    let bare = Transfer { narrative: "".parse().unwrap(), timing: Timing::Instant, ..transfer(3, 1) };
    let short = Beneficiary::Account {
        name: "Kő & Társa Bt.".parse().unwrap(),
        number: "11773016-11111018".parse().unwrap(),
    };
    let mut list = vec![transfer(1, 100), full, bare, Transfer { beneficiary: short, ..transfer(4, 5) }];
    list.extend(secondary_ids().into_iter().map(|id| Transfer {
        beneficiary: Beneficiary::SecondaryId { id },
        timing: Timing::Instant,
        ..transfer(5, 999_999_999_999)
    }));
    let at_bank = [
        AtBank::default(),
        AtBank::in_state("sending"),
        AtBank::in_state("received"),
        AtBank { route: Some("instant_paced"), ..AtBank::in_state("processing") },
        AtBank { route: Some("instant"), decided_at: Some(at(60)), ..AtBank::in_state("executed") },
        AtBank {
            route: Some("viber"),
            reason: Some("AM04"),
            decided_at: Some(at(61)),
            ..AtBank::in_state("rejected")
        },
        AtBank { route: Some("intraday"), reason: Some("no-cover"), ..AtBank::in_state("processing") },
        AtBank {
            route: Some("refused"),
            reason: Some("AC04"),
            decided_at: Some(at(62)),
            ..AtBank::in_state("rejected")
        },
    ];
    assert_eq!(list.len(), at_bank.len());
    list.into_iter().zip(at_bank).collect()
}

/// Every change of the service that older programs knew.
fn old_changes() -> Vec<(AdminOrder, AtBank)> {
    let user: domain::UserId = "10000001".parse().unwrap();
    let right = |account| AccountRight {
        user: "10000001".parse().unwrap(),
        account,
        view: true,
        dispose: false,
        sign: Some("A".to_owned()),
    };
    let contact = UserContact { phone: Some("+36301234567".parse().unwrap()), email: None, notify: true };
    let access = WebAccess { user: user.clone(), login: WebDevice::VirtualCard, signing: WebDevice::None };
    let short = "11773016-11111018".parse().unwrap();
    let step = |id, step| AdminAction::SecondaryId { account: own_account(), id, step };
    let [mobile, email, tax_number, tax_id] = secondary_ids();
    let actions = [
        AdminAction::InternetBanking { enabled: true, users: vec![access] },
        AdminAction::UserData { user: user.clone(), contact },
        AdminAction::UserRights { user: user.clone(), rights: vec![right(own_account())] },
        AdminAction::NewAccount { account: account(5), rights: vec![right(account(5))] },
        AdminAction::NewAccount { account: short, rights: vec![right(short)] },
        AdminAction::Device { user: user.clone(), device: "AB12".to_owned(), suspend: true },
        AdminAction::ClearErrorPoints { user },
        step(mobile, SecondaryIdStep::Register { code: Some("041759".to_owned()) }),
        step(email, SecondaryIdStep::Confirm),
        step(tax_number, SecondaryIdStep::Register { code: None }),
        step(tax_id, SecondaryIdStep::Delete),
    ];
    let at_bank = [
        AtBank::default(),
        AtBank::in_state("sending"),
        AtBank::in_state("received"),
        AtBank::in_state("processing"),
        AtBank { decided_at: Some(at(70)), ..AtBank::in_state("executed") },
        AtBank { reason: Some("admin-repeated"), decided_at: Some(at(71)), ..AtBank::in_state("rejected") },
    ];
    let orders = actions.into_iter().map(|action| AdminOrder { id: OrderId(Uuid::now_v7()), action });
    orders.zip(at_bank.into_iter().cycle()).collect()
}

/// What the store says now of what a row said then.
fn status(bank: &AtBank) -> Option<OrderStatus> {
    let state = bank.state?;
    Some(OrderStatus {
        state: match state {
            "processing" => OrderState::At(ItemState::InExecution),
            other => OrderState::from_name(other).unwrap(),
        },
        route: bank.route.map(|route| Route::from_name(route).unwrap()),
        reason: bank.reason.map(str::to_owned),
        due: None,
        decided_at: bank.decided_at,
    })
}

#[test]
fn orders_of_schema_3_mean_what_they_meant() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kapocs.sqlite");
    let old = old::file(&path, &[FIRST, RENEWALS, HAND_OFF]);
    let [paying, administering] = [1, 2].map(|n| PackageId(Uuid::from_u128(n)));
    let claim = Uuid::from_u128(77);
    old::package(&old, 4, paying, "HCT", "sent", Some(claim));
    old::package(&old, 9, administering, "ADM", "recorded", None);
    let (payments, changes) = (old_payments(), old_changes());
    // Places of removed orders stay empty.
    (2..).zip(&payments).for_each(|(n, (order, bank))| old::order(&old, 4, n, order, bank));
    (3..).zip(&changes).for_each(|(n, (order, bank))| old::admin_order(&old, 9, n, order, bank));
    old.close().unwrap();

    let store = Store::open(&path).unwrap();
    let stored = |package, position, order: Order, bank: &AtBank| orders::StoredOrder {
        order,
        package,
        position,
        status: status(bank),
    };
    let expected = (2..).zip(&payments).map(|(n, (order, bank))| stored(paying, n, hct(order.clone()), bank));
    let administered =
        (3..).zip(&changes).map(|(n, (order, bank))| stored(administering, n, order.clone().into(), bank));
    let expected: Vec<_> = expected.chain(administered).collect();
    for one in &expected {
        assert_eq!(&store.read_of(OWN, |conn| orders::get(conn, one.order.id())).unwrap(), one);
    }
    let of = |id| store.read_of(OWN, |conn| orders::page(conn, id, Page::ALL)).unwrap();
    assert_eq!([of(paying), of(administering)].concat(), expected);
    assert_faces(&store);

    let header = |id, order_type, debit_account| PackageHeader {
        id,
        customer: customer(),
        name: "Régi csomag".parse().unwrap(),
        order_type,
        debit_account,
        instant: true,
        scheduled: Some(day("2026-12-01")),
    };
    let package = |id| store.read_of(OWN, |conn| packages::get(conn, id)).unwrap();
    let document = store.read_of(OWN, |conn| documents::of_package(conn, paying)).unwrap().unwrap().id;
    let before = packages::StoredPackage {
        header: header(paying, OrderType::Hct, Some(own_account())),
        state: PackageState::Sent,
        revision: 3,
        document: Some(document),
        count: 5,
        total: Money::huf(7),
        last_error: Some("bank-busy".to_owned()),
        created_at: at(1),
        updated_at: at(2),
        sent_at: Some(at(3)),
        claim: Some(claim),
    };
    assert_eq!(package(paying), before);
    let before = packages::StoredPackage {
        header: header(administering, OrderType::Adm, None),
        state: PackageState::Recorded,
        document: None,
        claim: None,
        ..before
    };
    assert_eq!(package(administering), before);
    assert!(folder.path().join("kapocs.sqlite.schema-3.backup").exists());
}

#[test]
fn templates_and_open_forms_of_schema_3_hold_what_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kapocs.sqlite");
    let old = old::file(&path, &[FIRST, RENEWALS, HAND_OFF]);
    let [template, partner] = [11, 12].map(Uuid::from_u128);
    let typed = json!({
        "debit_account": "1", "payer_name": "2", "target": "3", "beneficiary_name": "Kő \"és\" Társa", "country": "HU",
        "amount": "1,25M", "value_date": "holnap", "narrative": "két\nsor", "document_number": "5", "legal_code": "6",
        "own_reference": "7", "instant": true, "viber": true,
    });
    let blank = old::form(&json!({}));
    let whole = old::form(&typed);
    let ticked = old::form(&json!({ "viber": true, "template": template, "partner": partner }));
    old::template(&old, template, "Mind", &whole);
    old::template(&old, partner, "Üres", &blank);
    let around = json!({
        "draft": whole, "editing": template, "package": null, "new_package": true, "date_aside": "2026-12-03",
    });
    old::draft(&old, "order-form", &around);
    old::draft(&old, "order-form-edit", &json!({ "draft": blank, "editing": null }));
    old::draft(&old, "template-form", &json!({ "id": template, "name": "Mind", "fields": ticked }));
    let untouched = json!({ "name": "Őrségi", "fields": { "amount": "1" }, "draft": { "viber": true } });
    old::draft(&old, "partner-form", &untouched);
    old.close().unwrap();

    let store = Store::open(&path).unwrap();
    let all = OrderDraft::default()
        .with(key::DEBIT_ACCOUNT, "1")
        .with(key::PAYER_NAME, "2")
        .with(key::TARGET, "3")
        .with(key::BENEFICIARY_NAME, "Kő \"és\" Társa")
        .with(key::COUNTRY, "HU")
        .with(key::AMOUNT, "1,25M")
        .with(key::VALUE_DATE, "holnap")
        .with(key::NARRATIVE, "két\nsor")
        .with(key::DOCUMENT_NUMBER, "5")
        .with(key::LEGAL_CODE, "6")
        .with(key::OWN_REFERENCE, "7")
        .with_tick(key::INSTANT, true)
        .with_tick(key::URGENCY, true);
    let kept = |id: Uuid, name: &str, draft: &OrderDraft| Template {
        id: TemplateId(id),
        name: name.parse().unwrap(),
        order_type: OrderType::Hct,
        fields: draft.values.clone(),
    };
    let found = store.read_of(OWN, |conn| templates::search(conn, Scope::Common, "", Page::ALL)).unwrap();
    assert_eq!(found, [kept(template, "Mind", &all), kept(partner, "Üres", &OrderDraft::default())]);

    let draft = |key: &str| {
        store
            .read_of(OWN, |conn| drafts::load::<serde_json::Value>(conn, Scope::Common, key))
            .unwrap()
            .unwrap()
            .value
    };
    let mut form = draft("order-form");
    assert_eq!(draft_of(&form["draft"]), all);
    form["draft"] = around["draft"].clone();
    assert_eq!(form, around, "nothing beside the fields has changed");
    assert_eq!(draft_of(&draft("order-form-edit")["draft"]), OrderDraft::default());
    let form = draft("template-form");
    assert_eq!((&form["id"], &form["name"]), (&json!(template), &json!("Mind")));
    let started = OrderDraft {
        template: Some(TemplateId(template)),
        partner: Some(domain::PartnerId(partner)),
        ..OrderDraft::default().with_tick(key::URGENCY, true)
    };
    assert_eq!(draft_of(&form["fields"]), started);
    assert_eq!(draft("partner-form"), untouched);
}
