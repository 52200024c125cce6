//! Self-administration orders for tests: one of each kind and a strategy of any.

use chrono::DateTime;
use domain::authority::{AccountRight, UserContact, WebAccess, WebDevice};
use domain::order::adm::{AdminAction, AdminOrder, SecondaryIdStep};
use domain::secondary_id::SecondaryIdKind;
use domain::{AccountNumber, Order, OrderId, OrderType, PackageHeader, PackageId, SecondaryId, UserId};
use proptest::prelude::*;
use uuid::Uuid;

use crate::package_document::PackageContent;
use crate::testing::{account, accounts, clean, id, package, packages, secondary_ids};

fn user(n: u8) -> UserId {
    format!("1000000{n}").parse().unwrap()
}

fn right(n: u8, of: u8, sign: Option<&str>) -> AccountRight {
    AccountRight {
        user: user(n),
        account: account(of),
        view: true,
        dispose: sign.is_none(),
        sign: sign.map(str::to_owned),
    }
}

/// A document in which every kind of order and every field occurs.
pub(crate) fn administration() -> PackageContent {
    let mobile = SecondaryId::parse(SecondaryIdKind::Mobile, "+36301234567").unwrap();
    let tax = SecondaryId::parse(SecondaryIdKind::TaxNumber, "12892312-2-41").unwrap();
    let access = |n, signing| WebAccess { user: user(n), login: WebDevice::VirtualCard, signing };
    let contact = UserContact {
        phone: Some("+36301234567".parse().unwrap()),
        email: Some("kovacs.o'anna&tsa@pelda.hu".parse().unwrap()),
        notify: true,
    };
    let register = SecondaryIdStep::Register { code: Some("041759".to_owned()) };
    let actions = [
        AdminAction::InternetBanking {
            enabled: true,
            users: vec![access(1, WebDevice::VirtualCard), access(2, WebDevice::None)],
        },
        AdminAction::UserData { user: user(1), contact },
        AdminAction::UserData { user: user(2), contact: UserContact::default() },
        AdminAction::UserRights {
            user: user(2),
            rights: vec![right(2, 1, None), right(2, 2, Some("A <pénzügy>"))],
        },
        AdminAction::UserRights { user: user(3), rights: Vec::new() },
        AdminAction::NewAccount {
            account: account(5),
            rights: vec![right(1, 5, Some("A")), right(2, 5, None)],
        },
        AdminAction::Device { user: user(1), device: "93F05D1E77A204BC".to_owned(), suspend: true },
        AdminAction::ClearErrorPoints { user: user(1) },
        AdminAction::SecondaryId { account: account(1), id: mobile.clone(), step: register },
        AdminAction::SecondaryId {
            account: account(1),
            id: tax,
            step: SecondaryIdStep::Register { code: None },
        },
        AdminAction::SecondaryId { account: account(2), id: mobile.clone(), step: SecondaryIdStep::Confirm },
        AdminAction::SecondaryId { account: account(2), id: mobile, step: SecondaryIdStep::Delete },
    ];
    PackageContent {
        header: PackageHeader {
            id: PackageId(id(2000)),
            customer: "K0012345".parse().unwrap(),
            name: "Internet banking Kovács Annának".parse().unwrap(),
            order_type: OrderType::Adm,
            debit_account: None,
            instant: false,
            scheduled: None,
        },
        customer_name: "Kapocs Minta Kft.".to_owned(),
        created: DateTime::from_timestamp(1_795_421_700, 0).unwrap(),
        orders: (1u128..).zip(actions).map(|(n, action)| order(OrderId(id(n)), action)).collect(),
    }
}

fn order(id: OrderId, action: AdminAction) -> Order {
    AdminOrder { id, action }.into()
}

fn users() -> impl Strategy<Value = UserId> {
    "[A-Za-z0-9-]{1,20}".prop_map(|text| text.parse().unwrap())
}

fn rights(user: UserId, account: AccountNumber) -> impl Strategy<Value = AccountRight> {
    (any::<bool>(), any::<bool>(), proptest::option::of(clean(20))).prop_map(move |(view, dispose, sign)| {
        AccountRight { user: user.clone(), account, view, dispose, sign }
    })
}

fn actions() -> impl Strategy<Value = AdminAction> {
    let device = || prop_oneof![Just(WebDevice::None), Just(WebDevice::VirtualCard)];
    let access =
        (users(), device(), device()).prop_map(|(user, login, signing)| WebAccess { user, login, signing });
    let contact = (proptest::option::of(secondary_ids()), any::<bool>()).prop_map(|(id, notify)| match id {
        Some(SecondaryId::Mobile(phone)) => UserContact { phone: Some(phone), email: None, notify },
        Some(SecondaryId::Email(email)) => UserContact { phone: None, email: Some(email), notify },
        _ => UserContact { phone: None, email: None, notify },
    });
    let of_user = users().prop_flat_map(|user| {
        let rights = accounts().prop_flat_map({
            let user = user.clone();
            move |account| rights(user.clone(), account)
        });
        proptest::collection::vec(rights, 0..4)
            .prop_map(move |rights| AdminAction::UserRights { user: user.clone(), rights })
    });
    let of_account = accounts().prop_flat_map(|account| {
        let rights = users().prop_flat_map(move |user| rights(user, account));
        proptest::collection::vec(rights, 0..4)
            .prop_map(move |rights| AdminAction::NewAccount { account, rights })
    });
    let step = prop_oneof![
        proptest::option::of("[0-9]{1,12}").prop_map(|code| SecondaryIdStep::Register { code }),
        Just(SecondaryIdStep::Confirm),
        Just(SecondaryIdStep::Delete),
    ];
    prop_oneof![
        (any::<bool>(), proptest::collection::vec(access, 0..4))
            .prop_map(|(enabled, users)| AdminAction::InternetBanking { enabled, users }),
        (users(), contact).prop_map(|(user, contact)| AdminAction::UserData { user, contact }),
        of_user,
        of_account,
        (users(), clean(80), any::<bool>()).prop_map(|(user, device, suspend)| AdminAction::Device {
            user,
            device,
            suspend
        }),
        users().prop_map(|user| AdminAction::ClearErrorPoints { user }),
        (accounts(), secondary_ids(), step).prop_map(|(account, id, step)| AdminAction::SecondaryId {
            account,
            id,
            step
        }),
    ]
}

pub(crate) fn administrations() -> impl Strategy<Value = PackageContent> {
    let orders = proptest::collection::vec((any::<u128>(), actions()), 1..6);
    (packages(), orders).prop_filter_map("twice", |(like, orders)| {
        let orders: Vec<_> =
            orders.into_iter().map(|(id, action)| order(OrderId(Uuid::from_u128(id)), action)).collect();
        let ids: std::collections::HashSet<_> = orders.iter().map(Order::id).collect();
        (ids.len() == orders.len()).then_some(PackageContent {
            header: PackageHeader {
                order_type: OrderType::Adm,
                debit_account: None,
                instant: false,
                ..like.header
            },
            customer_name: like.customer_name,
            created: like.created,
            orders,
        })
    })
}

/// A header of self-administration around the header of transfers, for tests of what must not mix.
pub(crate) fn mixed() -> PackageContent {
    PackageContent { header: package().header, ..administration() }
}
