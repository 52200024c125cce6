//! Orders do what they say and no more, and never leave a customer without signers.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::*;
use crate::authority::{
    AdministrationRule, AuthorizedUser, DeviceKind, RegisteredId, SigningRule, UserDevice, WebDevice,
};
use crate::customer::Account;
use crate::ids::OrderId;
use crate::money::Currency;
use crate::samples::day;
use crate::secondary_id::SecondaryIdKind;
use crate::{AuthorityTable, Explain};

fn user(n: u8) -> UserId {
    format!("1000000{n}").parse().unwrap()
}

fn account(n: u8) -> AccountNumber {
    AccountNumber::with_check_digits([1, 0, 4, 0, 2, 1, 4], [0, 0, 0, 0, 0, 0, 1, n, 0, 0, 0, 0, 0, 0, 0])
        .unwrap()
}

fn right(user_: u8, account_: u8, sign: Option<&str>) -> AccountRight {
    AccountRight {
        user: user(user_),
        account: account(account_),
        view: true,
        dispose: false,
        sign: sign.map(str::to_owned),
    }
}

fn an_account(n: u8, currency: Currency) -> Account {
    Account { number: account(n), name: format!("Számla {n}"), currency }
}

fn device(id: &str, suspended: bool) -> UserDevice {
    UserDevice { id: id.to_owned(), kind: DeviceKind::Token, label: id.to_owned(), suspended }
}

fn mobile(n: u32) -> SecondaryId {
    SecondaryId::parse(SecondaryIdKind::Mobile, &format!("+3630{n:07}")).unwrap()
}

/// Anna (1) and Béla (2) sign as A, Cili (3) as B, Dóra (4) only looks on. Self-administration needs two, one an A.
fn table() -> AuthorityTable {
    let mut users: Vec<_> = (1..=4).map(|n| AuthorizedUser::new(user(n), format!("U{n}"))).collect();
    for (n, user) in (1..).zip(&mut users) {
        user.devices = vec![device(&format!("T{n}"), n == 2)];
    }
    users[3].error_points = 3;
    AuthorityTable {
        version: 7,
        users,
        rights: vec![
            right(1, 1, Some("A")),
            right(2, 1, Some("A")),
            right(3, 1, Some("B")),
            right(4, 1, None),
            right(1, 2, None),
        ],
        rules: vec![SigningRule {
            account: None,
            above: Decimal::ZERO,
            signatures: 1,
            classes: [("C".to_owned(), 1)].into(),
        }],
        administration: AdministrationRule { signatures: 2, classes: [("A".to_owned(), 1)].into() },
        new_accounts: vec![an_account(5, Currency::HUF)],
        secondary_ids: vec![RegisteredId {
            id: mobile(1),
            account: account(1),
            confirm_by: day("2027-01-31"),
        }],
        ..AuthorityTable::default()
    }
}

fn accounts() -> Vec<Account> {
    vec![an_account(1, Currency::HUF), an_account(2, Currency::EUR), an_account(3, Currency::HUF)]
}

fn check(action: &AdminAction) -> Result<(), AdminError> {
    action.check(&table(), &Circumstances { accounts: &accounts(), today: day("2026-11-22") })
}

fn apply(action: &AdminAction) -> AuthorityTable {
    action.apply(&table(), day("2026-11-22"))
}

fn web(enabled: bool, users: &[(u8, bool, bool)]) -> AdminAction {
    let device = |on| if on { WebDevice::VirtualCard } else { WebDevice::None };
    let access =
        |&(n, login, signing)| WebAccess { user: user(n), login: device(login), signing: device(signing) };
    AdminAction::InternetBanking { enabled, users: users.iter().map(access).collect() }
}

fn rights(n: u8, rights: Vec<AccountRight>) -> AdminAction {
    AdminAction::UserRights { user: user(n), rights }
}

fn register(id: SecondaryId, code: Option<&str>) -> AdminAction {
    let step = SecondaryIdStep::Register { code: code.map(str::to_owned) };
    AdminAction::SecondaryId { account: account(1), id, step }
}

#[test]
fn the_story_of_the_guide_can_be_ordered() {
    let order = web(true, &[(1, true, true), (4, true, false)]);
    assert_eq!(check(&order), Ok(()));
    let after = apply(&order);
    assert!(after.web.enabled);
    assert_eq!(after.web_access(&user(1)).signing, WebDevice::VirtualCard);
    assert_eq!(after.web_access(&user(4)).signing, WebDevice::None);
    assert_eq!(after.web_access(&user(2)).login, WebDevice::None);
    assert_eq!(after.version, 8);
}

#[test]
fn the_web_client_is_given_to_those_only_who_can_use_it() {
    assert_eq!(check(&web(false, &[])), Err(AdminError::NothingChanges));
    assert_eq!(check(&web(false, &[(1, true, false)])), Err(AdminError::WebDisabled(user(1))));
    assert_eq!(check(&web(true, &[(1, false, true)])), Err(AdminError::SigningWithoutLogin(user(1))));
    assert_eq!(check(&web(true, &[(4, true, true)])), Err(AdminError::SigningWithoutRight(user(4))));
    assert_eq!(check(&web(true, &[(9, true, false)])), Err(AdminError::UnknownUser(user(9))));
    let twice = web(true, &[(1, true, false), (1, true, true)]);
    assert_eq!(check(&twice), Err(AdminError::UserTwice(user(1))));
    let mut table = table();
    table.rights.retain(|right| right.user != user(4));
    let order = web(true, &[(4, true, false)]);
    let around = Circumstances { accounts: &accounts(), today: day("2026-11-22") };
    assert_eq!(order.check(&table, &around), Err(AdminError::LoginWithoutRight(user(4))));
}

#[test]
fn rights_are_replaced_whole_and_without_any_the_user_is_gone() {
    let order = rights(4, vec![right(4, 1, Some("C")), right(4, 3, None)]);
    assert_eq!(check(&order), Ok(()));
    let after = apply(&order);
    assert!(after.may_sign(&user(4), [account(1)]));
    assert!(after.right(&user(4), account(3)).is_some());
    assert_eq!(check(&rights(4, vec![])), Ok(()));
    let after = apply(&rights(4, vec![]));
    assert!(after.users.iter().all(|u| u.id != user(4)));
    assert!(after.rights.iter().all(|r| r.user != user(4)));
}

#[test]
fn rights_that_make_no_sense_are_refused() {
    let empty = AccountRight { view: false, ..right(4, 1, None) };
    for (order, error) in [
        (rights(4, vec![right(4, 1, None)]), AdminError::NothingChanges),
        (rights(4, vec![right(3, 1, None)]), AdminError::ForeignRight),
        (rights(4, vec![right(4, 1, None), right(4, 1, Some("A"))]), AdminError::AccountTwice(account(1))),
        (rights(4, vec![right(4, 9, None)]), AdminError::UnknownAccount(account(9))),
        (rights(4, vec![right(4, 5, None)]), AdminError::UnknownAccount(account(5))),
        (rights(4, vec![right(4, 1, Some("Z"))]), AdminError::UnknownClass("Z".to_owned())),
        (rights(4, vec![empty]), AdminError::EmptyRight(user(4), account(1))),
        (rights(9, vec![]), AdminError::UnknownUser(user(9))),
    ] {
        assert_eq!(check(&order), Err(error));
    }
}

#[test]
fn somebody_can_always_sign_self_administration() {
    // Béla's only token is suspended, so without Anna no A is left, without Cili no second signer.
    assert_eq!(check(&rights(1, vec![right(1, 1, None)])), Err(AdminError::NoSignerLeft));
    assert_eq!(check(&rights(3, vec![])), Err(AdminError::NoSignerLeft));
    let suspend = |n: u8, suspend| AdminAction::Device { user: user(n), device: format!("T{n}"), suspend };
    assert_eq!(check(&suspend(1, true)), Err(AdminError::NoSignerLeft));
    assert_eq!(check(&suspend(4, true)), Ok(()));
    assert_eq!(check(&suspend(2, false)), Ok(()));
    // A virtual card counts while the web client lets it sign.
    let mut table = table();
    table.users[0].devices = vec![UserDevice { kind: DeviceKind::VirtualCard, ..device("V1", false) }];
    assert!(!can_be_signed(&table));
    let table = web(true, &[(1, true, true)]).apply(&table, day("2026-11-22"));
    assert!(can_be_signed(&table));
    let around = Circumstances { accounts: &accounts(), today: day("2026-11-22") };
    assert_eq!(web(false, &[]).check(&table, &around), Err(AdminError::NoSignerLeft));
}

#[test]
fn a_new_account_is_taken_in_once_by_people_who_see_it() {
    let take = |rights| AdminAction::NewAccount { account: account(5), rights };
    assert_eq!(check(&take(vec![right(1, 5, Some("A")), right(4, 5, None)])), Ok(()));
    let after = apply(&take(vec![right(1, 5, Some("A"))]));
    assert!(after.new_accounts.is_empty() && after.may_sign(&user(1), [account(5)]));
    assert_eq!(check(&take(vec![])), Err(AdminError::Nobody(account(5))));
    assert_eq!(check(&take(vec![right(1, 1, None)])), Err(AdminError::ForeignRight));
    assert_eq!(check(&take(vec![right(1, 5, None), right(1, 5, None)])), Err(AdminError::UserTwice(user(1))));
    let known = AdminAction::NewAccount { account: account(1), rights: vec![right(1, 1, None)] };
    assert_eq!(check(&known), Err(AdminError::NotNew(account(1))));
}

#[test]
fn user_data_devices_and_error_points() {
    let data = |notify| {
        let contact = UserContact { phone: None, email: None, notify };
        AdminAction::UserData { user: user(1), contact }
    };
    assert_eq!(check(&data(true)), Err(AdminError::NowhereToNotify(user(1))));
    assert_eq!(check(&data(false)), Err(AdminError::NothingChanges));
    let unknown = AdminAction::Device { user: user(1), device: "T2".to_owned(), suspend: true };
    assert_eq!(check(&unknown), Err(AdminError::UnknownDevice("T2".to_owned())));
    let twice = AdminAction::Device { user: user(2), device: "T2".to_owned(), suspend: true };
    assert_eq!(check(&twice), Err(AdminError::NothingChanges));
    let clear = |n| AdminAction::ClearErrorPoints { user: user(n) };
    assert_eq!(check(&clear(1)), Err(AdminError::NothingChanges));
    assert_eq!(check(&clear(4)), Ok(()));
    assert_eq!(apply(&clear(4)).users[3].error_points, 0);
}

#[test]
fn secondary_identifiers_are_registered_with_a_code_and_confirmed_yearly() {
    assert_eq!(check(&register(mobile(2), Some("041759"))), Ok(()));
    assert_eq!(check(&register(mobile(2), None)), Err(AdminError::CodeMissing));
    for code in ["41759", "0417590", "04175a", ""] {
        assert_eq!(check(&register(mobile(2), Some(code))), Err(AdminError::CodeForm), "{code}");
    }
    let tax = SecondaryId::parse(SecondaryIdKind::TaxNumber, "12892312-2-41").unwrap();
    assert_eq!(check(&register(tax.clone(), None)), Ok(()));
    assert_eq!(check(&register(tax, Some("041759"))), Err(AdminError::CodeNotNeeded));
    assert_eq!(check(&register(mobile(1), Some("041759"))), Err(AdminError::Registered(account(1))));
    let step = |account_: u8, id, step| AdminAction::SecondaryId { account: account(account_), id, step };
    let confirm = step(1, mobile(1), SecondaryIdStep::Confirm);
    assert_eq!(check(&confirm), Ok(()));
    assert_eq!(apply(&confirm).secondary_ids[0].confirm_by, day("2027-11-22"));
    assert_eq!(
        check(&step(3, mobile(1), SecondaryIdStep::Confirm)),
        Err(AdminError::NotRegistered(account(3)))
    );
    assert_eq!(
        check(&step(1, mobile(2), SecondaryIdStep::Delete)),
        Err(AdminError::NotRegistered(account(1)))
    );
    assert_eq!(check(&step(2, mobile(2), SecondaryIdStep::Delete)), Err(AdminError::NotForints(account(2))));
    assert!(apply(&step(1, mobile(1), SecondaryIdStep::Delete)).secondary_ids.is_empty());
    let leap = AuthorityTable { secondary_ids: vec![], ..table() };
    let after = register(mobile(3), Some("000000")).apply(&leap, day("2028-02-29"));
    assert_eq!(after.secondary_ids[0].confirm_by, day("2029-02-28"));
}

fn orders(actions: &[AdminAction]) -> Vec<AdminOrder> {
    let order = |(n, action): (u128, &AdminAction)| AdminOrder {
        id: OrderId(Uuid::from_u128(n)),
        action: action.clone(),
    };
    (1..).zip(actions).map(order).collect()
}

#[test]
fn orders_of_one_package_take_effect_together_or_not_at_all() {
    let around = Circumstances { accounts: &accounts(), today: day("2026-11-22") };
    let enable = web(true, &[(1, true, true)]);
    let remove = rights(4, vec![]);
    let after = apply_all(&orders(&[enable.clone(), remove.clone()]), &table(), &around).unwrap();
    assert!(after.web.enabled && after.users.len() == 3 && after.version == 8);
    let second = OrderId(Uuid::from_u128(2));
    let refused = |actions: &[AdminAction]| apply_all(&orders(actions), &table(), &around).unwrap_err();
    assert_eq!(refused(&[enable.clone(), enable.clone()]), (second, AdminError::Repeated));
    let clear = AdminAction::ClearErrorPoints { user: user(4) };
    assert_eq!(refused(&[remove, clear]), (second, AdminError::UnknownUser(user(4))));
    let take = AdminAction::NewAccount { account: account(5), rights: vec![right(4, 5, None)] };
    assert_eq!(refused(&[take, rights(4, vec![])]), (second, AdminError::Repeated));
    let mut same = orders(&[enable, register(mobile(2), Some("123456"))]);
    same[1].id = same[0].id;
    assert_eq!(apply_all(&same, &table(), &around).unwrap_err().1, AdminError::Repeated);
}

#[test]
fn every_reason_has_its_text_in_both_languages() {
    let codes: Vec<_> =
        include_str!("error.rs").split("=> \"").skip(1).filter_map(|t| t.split('"').next()).collect();
    assert_eq!(codes.len(), 26);
    for texts in [
        include_str!("../../../../../locales/hu/errors.ftl"),
        include_str!("../../../../../locales/en/errors.ftl"),
    ] {
        for code in &codes {
            assert!(texts.lines().any(|line| line.starts_with(&format!("{code} = "))), "{code}");
        }
    }
    let error = AdminError::EmptyRight(user(1), account(1));
    assert_eq!(error.args().len(), 2);
}

fn actions() -> impl Strategy<Value = AdminAction> {
    let sign =
        || prop::option::of(prop_oneof![Just("A".to_owned()), Just("B".to_owned()), Just("C".to_owned())]);
    let a_right = move || {
        (1u8..6, 1u8..6, any::<bool>(), any::<bool>(), sign()).prop_map(|(u, a, view, dispose, sign)| {
            AccountRight { user: user(u), account: account(a), view, dispose, sign }
        })
    };
    let of_user = (1u8..5, prop::collection::vec(a_right(), 0..3)).prop_map(|(n, mut list)| {
        list.iter_mut().for_each(|right| right.user = user(n));
        rights(n, list)
    });
    let of_account = prop::collection::vec(a_right(), 0..3).prop_map(|mut list| {
        list.iter_mut().for_each(|right| right.account = account(5));
        AdminAction::NewAccount { account: account(5), rights: list }
    });
    let step = prop_oneof![
        Just(SecondaryIdStep::Register { code: Some("123456".to_owned()) }),
        Just(SecondaryIdStep::Confirm),
        Just(SecondaryIdStep::Delete),
    ];
    prop_oneof![
        (any::<bool>(), prop::collection::vec((1u8..6, any::<bool>(), any::<bool>()), 0..3))
            .prop_map(|(enabled, users)| web(enabled, &users)),
        (1u8..6, any::<bool>()).prop_map(|(n, notify)| AdminAction::UserData {
            user: user(n),
            contact: UserContact { phone: Some("+36301234567".parse().unwrap()), email: None, notify },
        }),
        of_user,
        of_account,
        (1u8..6, 1u8..6, any::<bool>()).prop_map(|(n, of, suspend)| AdminAction::Device {
            user: user(n),
            device: format!("T{of}"),
            suspend
        }),
        (1u8..6).prop_map(|n| AdminAction::ClearErrorPoints { user: user(n) }),
        (1u8..4, 1u32..3, step).prop_map(|(a, n, step)| AdminAction::SecondaryId {
            account: account(a),
            id: mobile(n),
            step
        }),
    ]
}

type Grants = BTreeMap<(UserId, AccountNumber), (bool, bool, Option<String>)>;

fn grants(table: &AuthorityTable) -> Grants {
    let grant = |r: &AccountRight| ((r.user.clone(), r.account), (r.view, r.dispose, r.sign.clone()));
    table.rights.iter().map(grant).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn an_order_grants_exactly_what_it_says(action in actions()) {
        let (before, after) = (table(), apply(&action));
        let named: BTreeSet<_> = match &action {
            AdminAction::UserRights { rights, .. } | AdminAction::NewAccount { rights, .. } => {
                rights.iter().map(|r| (r.user.clone(), r.account)).collect()
            }
            _ => BTreeSet::new(),
        };
        let (old, new) = (grants(&before), grants(&after));
        for (key, grant) in &new {
            prop_assert!(named.contains(key) || old.get(key) == Some(grant), "{key:?}");
        }
        if !matches!(action, AdminAction::InternetBanking { .. }) {
            prop_assert_eq!(before.web.enabled, after.web.enabled);
            prop_assert!(after.web.users.iter().all(|access| before.web.users.contains(access)));
        }
        prop_assert_eq!(&before.rules, &after.rules);
        prop_assert_eq!(&before.administration, &after.administration);
        prop_assert!(after.users.iter().all(|u| before.users.iter().any(|b| b.id == u.id)));
    }

    #[test]
    fn what_passes_leaves_signers_and_changes_something_once(list in prop::collection::vec(actions(), 1..6)) {
        let around = Circumstances { accounts: &accounts(), today: day("2026-11-22") };
        let mut table = table();
        for action in list {
            let after = action.apply(&table, around.today);
            if action.check(&table, &around).is_ok() {
                prop_assert!(can_be_signed(&after));
                prop_assert_ne!(&after, &AuthorityTable { version: after.version, ..table.clone() });
                prop_assert!(action.check(&after, &around).is_err(), "the same again changes nothing");
                let again = action.apply(&after, around.today);
                prop_assert_eq!(&again, &AuthorityTable { version: again.version, ..after.clone() });
                table = after;
            } else {
                prop_assert_eq!(after.version, table.version + 1);
            }
        }
    }

    #[test]
    fn a_package_is_its_orders_one_after_the_other(list in prop::collection::vec(actions(), 1..4)) {
        let around = Circumstances { accounts: &accounts(), today: day("2026-11-22") };
        if let Ok(after) = apply_all(&orders(&list), &table(), &around) {
            let one_by_one = list.iter().fold(table(), |table, action| action.apply(&table, around.today));
            prop_assert_eq!(after.version, table().version + 1);
            prop_assert_eq!(after, AuthorityTable { version: table().version + 1, ..one_by_one });
        }
    }
}
