//! Orders for tests: a fixed few and a strategy of any.

use chrono::{DateTime, NaiveDate, Utc};
use domain::secondary_id::SecondaryIdKind;
use domain::{
    AccountNumber, Beneficiary, Currency, Money, Order, OrderId, OrderType, PackageHeader, PackageId,
    SecondaryId, Timing, Transfer, Urgency,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::package_document::PackageContent;

pub(crate) fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + n)
}

pub(crate) fn order(n: u128) -> Transfer {
    Transfer {
        id: OrderId(id(n)),
        debit_account: "10402142-00000103".parse().unwrap_or_else(|_| account(1)),
        payer_name: None,
        beneficiary: Beneficiary::Account {
            name: "Őrségi Faipari Zrt.".parse().unwrap(),
            number: account(2),
        },
        beneficiary_country: None,
        amount: Money::huf(125_000),
        timing: Timing::Soon,
        urgency: Urgency::Normal,
        narrative: "2026/0117 számla".parse().unwrap(),
        document_number: None,
        legal_code: None,
        own_reference: None,
    }
}

pub(crate) fn account(n: u8) -> AccountNumber {
    AccountNumber::with_check_digits(
        [1, 0, 4, 0, 2, 1, 4],
        [0, 0, 0, 0, 0, 0, n % 10, 0, 0, 0, 0, 0, 0, 0, n / 10],
    )
    .unwrap()
}

/// Three transfers in which every field occurs.
pub(crate) fn transfers() -> Vec<Transfer> {
    let full = Transfer {
        payer_name: Some("Kapocs Minta Kft. Raktár".parse().unwrap()),
        beneficiary_country: Some("HU".parse().unwrap()),
        timing: Timing::On { date: NaiveDate::from_ymd_opt(2026, 12, 1).unwrap() },
        urgency: Urgency::Viber,
        document_number: Some("B-0017".parse().unwrap()),
        legal_code: Some("101".parse().unwrap()),
        own_reference: Some("SZ<2026>&\"117\"".parse().unwrap()),
        ..order(2)
    };
    let instant = Transfer {
        beneficiary: Beneficiary::SecondaryId {
            id: SecondaryId::parse(SecondaryIdKind::Mobile, "+36301234567").unwrap(),
        },
        timing: Timing::Instant,
        ..order(3)
    };
    vec![order(1), full, instant]
}

/// A small package of them.
pub(crate) fn package() -> PackageContent {
    package_of(OrderType::Hct)
}

/// A small package of a type whose orders are payments: as many of [`transfers`] as it knows.
pub(crate) fn package_of(order_type: OrderType) -> PackageContent {
    PackageContent {
        header: header(order_type),
        customer_name: "Kapocs Minta Kft.".to_owned(),
        created: DateTime::from_timestamp(1_795_421_700, 0).unwrap(),
        orders: transfers().into_iter().filter_map(|transfer| shaped(order_type, transfer)).collect(),
    }
}

/// The payments of a package.
pub(crate) fn payments(content: &PackageContent) -> Vec<&Transfer> {
    content.orders.iter().filter_map(Order::transfer).collect()
}

/// The payment as one of a type: as it is, as a VIBER one, or between own accounts.
fn shaped(order_type: OrderType, transfer: Transfer) -> Option<Order> {
    let timing = if transfer.timing == Timing::Instant { Timing::Soon } else { transfer.timing };
    let viber = Transfer { urgency: Urgency::Viber, timing, ..transfer.clone() };
    let own = transfer.beneficiary.account().map(|number| Transfer {
        beneficiary: Beneficiary::OwnAccount { number },
        payer_name: None,
        beneficiary_country: None,
        legal_code: None,
        urgency: Urgency::Normal,
        ..transfer.clone()
    });
    let shapes = [Some(transfer), Some(viber), own];
    shapes.into_iter().flatten().find_map(|transfer| order_type.of_transfer(transfer).ok())
}

fn header(order_type: OrderType) -> PackageHeader {
    PackageHeader {
        id: PackageId(id(1000)),
        customer: "K0012345".parse().unwrap(),
        name: "November végi szállítók".parse().unwrap(),
        order_type,
        debit_account: Some(order(1).debit_account),
        instant: false,
        scheduled: NaiveDate::from_ymd_opt(2026, 11, 30),
    }
}

/// Text of allowed characters that is its own normal form.
pub(crate) fn clean(max: usize) -> impl Strategy<Value = String> {
    let pattern = format!("[A-Za-z0-9áéíóúöüőűÁÉÍÓÚÖÜŐŰ ,.!?_:()+@;=<>~%*$#&/§'\"-]{{1,{max}}}");
    proptest::string::string_regex(&pattern)
        .unwrap()
        .prop_filter_map("blank", move |text| domain::text::clean(&text, max).ok())
}

pub(crate) fn accounts() -> impl Strategy<Value = AccountNumber> {
    (proptest::array::uniform7(0u8..10), proptest::array::uniform15(0u8..10), any::<bool>()).prop_filter_map(
        "all zero",
        |(bank, mut account, short)| {
            if short {
                // The last eight digits can be zero only if the check digit of the whole is zero then.
                account[8..].fill(0);
                for last in 0..10 {
                    account[7] = last;
                    let number = AccountNumber::with_check_digits(bank, account)?;
                    if number.digits24().ends_with("00000000") {
                        return Some(number);
                    }
                }
            }
            AccountNumber::with_check_digits(bank, account)
        },
    )
}

pub(crate) fn secondary_ids() -> impl Strategy<Value = SecondaryId> {
    prop_oneof![
        "\\+3630[0-9]{7}".prop_map(|t| (SecondaryIdKind::Mobile, t)),
        "[a-z][a-z0-9&'+]{0,10}@[a-z]{1,10}\\.hu".prop_map(|t| (SecondaryIdKind::Email, t)),
        Just((SecondaryIdKind::TaxNumber, "12892312-2-41".to_owned())),
        Just((SecondaryIdKind::TaxNumber, "12892312".to_owned())),
        Just((SecondaryIdKind::TaxId, "8400001230".to_owned())),
    ]
    .prop_filter_map("not valid", |(kind, text)| SecondaryId::parse(kind, &text))
}

fn dates() -> impl Strategy<Value = NaiveDate> {
    (1i32..=9999, 1u32..=366).prop_filter_map("no such day", |(y, d)| NaiveDate::from_yo_opt(y, d))
}

pub(crate) fn orders() -> impl Strategy<Value = Transfer> {
    let beneficiary = prop_oneof![
        (clean(70), accounts())
            .prop_map(|(name, number)| Beneficiary::Account { name: name.parse().unwrap(), number }),
        secondary_ids().prop_map(|id| Beneficiary::SecondaryId { id }),
    ];
    let timing =
        prop_oneof![Just(Timing::Soon), Just(Timing::Instant), dates().prop_map(|date| Timing::On { date })];
    let optional = |max| proptest::option::of(clean(max));
    let texts = (
        optional(70),
        proptest::option::of("[A-Z]{2}"),
        prop_oneof![Just(String::new()), clean(140)],
        optional(6),
        optional(3),
        optional(35).prop_filter("means none", |t| t.as_deref() != Some("NOTPROVIDED")),
    );
    (any::<u128>(), accounts(), beneficiary, 1u64..=9_999_999_999, timing, any::<bool>(), texts).prop_map(
        |(id, debit_account, beneficiary, amount, timing, viber, texts)| {
            let (payer, country, narrative, document, legal, reference) = texts;
            Transfer {
                id: OrderId(Uuid::from_u128(id)),
                debit_account,
                payer_name: payer.map(|t| t.parse().unwrap()),
                beneficiary,
                beneficiary_country: country.map(|t| t.parse().unwrap()),
                amount: Money::payment(amount.into(), Currency::HUF).unwrap(),
                timing,
                urgency: if viber { Urgency::Viber } else { Urgency::Normal },
                narrative: narrative.parse().unwrap(),
                document_number: document.map(|t| t.parse().unwrap()),
                legal_code: legal.map(|t| t.parse().unwrap()),
                own_reference: reference.map(|t| t.parse().unwrap()),
            }
        },
    )
}

/// Packages of any type whose orders are payments.
pub(crate) fn packages() -> impl Strategy<Value = PackageContent> {
    let payments: Vec<OrderType> = OrderType::ALL.iter().copied().filter(|kind| kind.is_payment()).collect();
    proptest::sample::select(payments).prop_flat_map(packages_of)
}

/// Packages of one such type.
pub(crate) fn packages_of(order_type: OrderType) -> impl Strategy<Value = PackageContent> {
    let name =
        proptest::string::string_regex("[^\\p{C}\\p{Z}]([^\\p{Cc}\u{fffe}\u{ffff}]{0,100}[^\\p{C}\\p{Z}])?")
            .unwrap();
    let header = (
        any::<u128>(),
        "[A-Za-z0-9-]{1,20}",
        clean(70),
        accounts(),
        any::<bool>(),
        proptest::option::of(dates()),
    );
    let created = (0i64..250_000_000_000, 0u32..1_000_000_000);
    // Some neighbours share account and timing, as in real packages.
    let orders = proptest::collection::vec((orders(), any::<bool>()), 1..8);
    (header, name, created, orders).prop_filter_map(
        "twice or none",
        move |(header, customer_name, created, orders)| {
            let (id, customer, name, debit_account, instant, scheduled) = header;
            let mut list: Vec<Transfer> = Vec::new();
            for (order, alike) in orders {
                let order = match list.last() {
                    Some(last) if alike => Transfer {
                        debit_account: last.debit_account,
                        timing: last.timing,
                        urgency: last.urgency,
                        ..order
                    },
                    _ => order,
                };
                if list.iter().any(|other| other.id == order.id) {
                    return None;
                }
                list.push(order);
            }
            let orders: Vec<Order> =
                list.into_iter().filter_map(|transfer| shaped(order_type, transfer)).collect();
            if orders.is_empty() {
                return None;
            }
            Some(PackageContent {
                header: PackageHeader {
                    id: PackageId(Uuid::from_u128(id)),
                    customer: customer.parse().unwrap(),
                    name: name.parse().unwrap(),
                    order_type,
                    debit_account: Some(debit_account),
                    instant,
                    scheduled,
                },
                customer_name,
                created: DateTime::<Utc>::from_timestamp(created.0, created.1)?,
                orders,
            })
        },
    )
}
