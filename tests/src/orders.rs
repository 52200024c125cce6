//! Orders and packages in any number, different from each other and the same in every run.

use chrono::{DateTime, Days, NaiveDate};
use domain::secondary_id::SecondaryIdKind;
use domain::{
    AccountNumber, Beneficiary, Money, OrderId, OrderType, PackageHeader, PackageId, SecondaryId, Timing,
    Transfer, Urgency,
};
use formats::package_document::PackageContent;

/// A name, a narrative and the like, with every letter and sign that needs care in XML and in code pages.
const NAMES: [&str; 6] = [
    "Őrségi Faipari Zrt.",
    "Kovács és Társa Bt.",
    "Űrhajó & Társai <Kutató> Kft.",
    "Árvíztűrő Tükörfúrógép Szövetkezet Nyugat-dunántúli Telephelye",
    "Szállító Kft.",
    "\"Napfény\" Szálloda 'Balaton'",
];

fn digits<const N: usize>(mut n: u64) -> [u8; N] {
    let mut all = [0; N];
    for digit in all.iter_mut().rev() {
        *digit = (n % 10) as u8;
        n /= 10;
    }
    all
}

/// The account of that number; every number gives another one.
///
/// # Panics
/// Never: the bank's part is not zero.
pub fn account(n: u64) -> AccountNumber {
    AccountNumber::with_check_digits([1, 0, 4, 0, 2, 1, 4], digits(n + 1)).expect("an account")
}

fn uuid<T: std::str::FromStr<Err = domain::ids::InvalidId>>(kind: u8, n: u64) -> T {
    format!("{kind:08x}-0000-7000-8000-{n:012x}").parse().expect("a UUID")
}

/// An order like most: account, amount, narrative.
///
/// # Panics
/// Never: all its texts are valid.
pub fn plain_order(n: u64) -> Transfer {
    Transfer {
        id: uuid::<OrderId>(1, n),
        debit_account: account(0),
        payer_name: None,
        beneficiary: Beneficiary::Account {
            name: NAMES[n as usize % NAMES.len()].parse().expect("a name"),
            number: account(1000 + n),
        },
        beneficiary_country: None,
        amount: Money::huf(1_000 + (n as i64 * 7_919) % 5_000_000),
        timing: Timing::Soon,
        urgency: Urgency::Normal,
        narrative: format!("{}/2026 számla kiegyenlítése, köszönjük", 10_000 + n)
            .parse()
            .expect("a narrative"),
        document_number: None,
        legal_code: None,
        own_reference: Some(format!("SZ-2026-{n:06}").parse().expect("a reference")),
    }
}

/// An order in which, over a few hundred numbers, every field takes every form.
///
/// # Panics
/// Never: all its texts are valid.
pub fn varied_order(n: u64) -> Transfer {
    let plain = plain_order(n);
    let every = |k: u64| n.is_multiple_of(k);
    let secondary = match n % 16 {
        3 => Some((SecondaryIdKind::Mobile, format!("+3630{n:07}"))),
        5 => Some((SecondaryIdKind::Email, format!("fizetes+{n}&co@pelda.hu"))),
        9 => Some((SecondaryIdKind::TaxNumber, "12892312241".to_owned())),
        13 => Some((SecondaryIdKind::TaxId, "8400001230".to_owned())),
        _ => None,
    };
    let beneficiary = match secondary {
        Some((kind, text)) => {
            Beneficiary::SecondaryId { id: SecondaryId::parse(kind, &text).expect("an identifier") }
        }
        None => plain.beneficiary.clone(),
    };
    let day = NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day") + Days::new(n % 30);
    Transfer {
        debit_account: account(n / 7 % 3),
        payer_name: every(4).then(|| "Kapocs Minta Kft. Raktár".parse().expect("a name")),
        beneficiary,
        beneficiary_country: every(3).then(|| "HU".parse().expect("a country")),
        timing: match n / 5 % 3 {
            0 => Timing::Soon,
            1 => Timing::Instant,
            _ => Timing::On { date: day },
        },
        urgency: if every(11) { Urgency::Viber } else { Urgency::Normal },
        narrative: if every(6) { Default::default() } else { plain.narrative.clone() },
        document_number: every(2).then(|| format!("B{:05}", n % 100_000).parse().expect("a number")),
        legal_code: every(5).then(|| "101".parse().expect("a code")),
        own_reference: if every(7) { None } else { plain.own_reference.clone() },
        ..plain
    }
}

/// A package of those orders.
///
/// # Panics
/// Never: all its texts are valid.
pub fn package(orders: Vec<Transfer>) -> PackageContent {
    PackageContent {
        header: PackageHeader {
            id: uuid::<PackageId>(2, orders.len() as u64),
            customer: "K0012345".parse().expect("a customer"),
            name: "November végi szállítók".parse().expect("a name"),
            order_type: OrderType::Hct,
            debit_account: Some(account(0)),
            instant: false,
            scheduled: NaiveDate::from_ymd_opt(2026, 11, 30),
        },
        customer_name: "Kapocs Minta Kft.".to_owned(),
        created: DateTime::from_timestamp(1_795_421_700, 250_000_000).expect("a time"),
        orders: orders
            .into_iter()
            .map(|order| OrderType::Hct.of_transfer(order).expect("a domestic transfer"))
            .collect(),
    }
}
