//! Partners and templates by number, for tests and measurements: every field is filled in some of them.

use domain::secondary_id::SecondaryIdKind;
use domain::{
    AccountNumber, OrderDraft, OrderType, Partner, PartnerId, PartnerTarget, SecondaryId, Template,
    TemplateId, key,
};
use uuid::Uuid;

const NAMES: [&str; 8] = [
    "Őrségi Faipari Zrt.",
    "Tűzkő Építő Kft.",
    "Üveghuta Bt.",
    "Hűvösvölgyi Gyógyszertár",
    "Kovácsné Szűcs Ágnes e.v.",
    "Árvíztűrő Tükörfúró Kft.",
    "Zöldség és Gyümölcs Szövetkezet",
    "Pénzügyi Tanácsadó Nyrt.",
];

/// The account with this number.
///
/// # Panics
/// Never: all digits are below ten and not all of them are zero.
#[allow(clippy::expect_used)]
pub fn account(n: u32) -> AccountNumber {
    let mut digits = [0; 15];
    for (place, digit) in digits.iter_mut().take(8).rev().enumerate() {
        *digit = (n / 10_u32.pow(place as u32) % 10) as u8;
    }
    AccountNumber::with_check_digits([1, 0, 4, 0, 2, 1, 4], digits).expect("an account number")
}

/// The partner with this number: every seventh is known by a mobile number, every fifth has two accounts.
///
/// # Panics
/// Never: all texts are possible ones.
#[allow(clippy::expect_used)]
pub fn partner(n: u32) -> Partner {
    let name = format!("{} {n}", NAMES[n as usize % NAMES.len()]);
    let target = if n % 7 == 3 {
        let number = format!("+3630{:07}", n % 10_000_000);
        let id = SecondaryId::parse(SecondaryIdKind::Mobile, &number).expect("a mobile number");
        PartnerTarget::SecondaryId { id }
    } else {
        let mut numbers = vec![account(n + 1)];
        if n.is_multiple_of(5) {
            numbers.push(account(n + 1_000_000));
        }
        PartnerTarget::accounts(name.parse().expect("a name"), numbers).expect("accounts")
    };
    Partner {
        id: PartnerId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(n))),
        short_name: name.parse().expect("a name"),
        target,
        narrative: format!("{}. számú szerződés, havi díj", n + 1).parse().expect("a narrative"),
        country: n.is_multiple_of(3).then(|| "HU".parse().expect("a country")),
        legal_code: n.is_multiple_of(4).then(|| "101".parse().expect("a code")),
        note: if n.is_multiple_of(6) {
            format!("fizetés: 30 nap\nkapcsolattartó: {n}")
        } else {
            String::new()
        },
    }
}

/// The template with this number.
///
/// # Panics
/// Never: the name is a possible one.
#[allow(clippy::expect_used)]
pub fn template(n: u32) -> Template {
    Template {
        id: TemplateId(Uuid::from_u128(0x0190_0000_0000_7000_9000_0000_0000_0000 + u128::from(n))),
        name: format!("Havi díj, {n}. szerződés").parse().expect("a name"),
        order_type: OrderType::Hct,
        fields: OrderDraft::default()
            .with(key::AMOUNT, format!("{} 500", n + 1))
            .with(key::TARGET, account(n + 1).to_string())
            .with(key::BENEFICIARY_NAME, NAMES[n as usize % NAMES.len()])
            .with(key::NARRATIVE, "havi díj")
            .with_tick(key::INSTANT, n.is_multiple_of(2))
            .values,
    }
}
