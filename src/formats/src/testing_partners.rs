//! Partners and templates for tests: a fixed few in which every field occurs, and strategies of any.

use domain::secondary_id::SecondaryIdKind;
use domain::{OrderType, Partner, PartnerId, PartnerTarget, SecondaryId, Template, TemplateId, Values, key};
use proptest::prelude::*;
use uuid::Uuid;

use crate::testing::{account, accounts, clean, id, secondary_ids};

/// Two accounts and every field; an e-mail address; one account and nothing else.
pub(crate) fn partners() -> Vec<Partner> {
    let plain = |n: u128, short: &str, target| Partner {
        id: PartnerId(id(n)),
        short_name: short.parse().unwrap(),
        target,
        narrative: "".parse().unwrap(),
        country: None,
        legal_code: None,
        note: String::new(),
    };
    let accounts = |name: &str, numbers| PartnerTarget::accounts(name.parse().unwrap(), numbers).unwrap();
    vec![
        Partner {
            narrative: "Rönkfa, őszi szállítás".parse().unwrap(),
            country: Some("HU".parse().unwrap()),
            legal_code: Some("101".parse().unwrap()),
            note: "Fizetés: 30 nap\nKapcsolattartó:\tŐz Ödön \\ \"raktár\"; =1+2".to_owned(),
            ..plain(
                1,
                "Őrségi Faipari Zrt.",
                accounts("Őrségi Faipari Zártkörűen Működő Rt.", vec![account(2), account(13)]),
            )
        },
        plain(
            2,
            "Kovácsné Tűz Ágnes",
            PartnerTarget::SecondaryId {
                id: SecondaryId::parse(SecondaryIdKind::Email, "agnes@pelda.hu").unwrap(),
            },
        ),
        plain(3, "Bérlő Bt.", accounts("Bérlő Bt.", vec![account(4)])),
    ]
}

/// One with two fields, one with all.
pub(crate) fn templates() -> Vec<Template> {
    let full = Values::default()
        .with(key::DEBIT_ACCOUNT, "10402142-00000103")
        .with(key::PAYER_NAME, "Kapocs Minta Kft. Raktár")
        .with(key::TARGET, "+36 30 123 4567")
        .with(key::BENEFICIARY_NAME, "Őrségi Faipari Zrt.")
        .with(key::COUNTRY, "HU")
        .with(key::AMOUNT, "125e")
        .with(key::VALUE_DATE, "+3")
        .with(key::NARRATIVE, "első sor\r\nmásodik sor")
        .with(key::DOCUMENT_NUMBER, "B-0017")
        .with(key::LEGAL_CODE, "101")
        .with(key::OWN_REFERENCE, "SZ-2026/117")
        .with_tick(key::INSTANT, true);
    let some = Values::default()
        .with(key::AMOUNT, "1 250 000")
        .with(key::NARRATIVE, "bér")
        .with_tick(key::URGENCY, true);
    let template = |n, name: &str, fields| Template {
        id: TemplateId(id(n)),
        name: name.parse().unwrap(),
        order_type: OrderType::Hct,
        fields,
    };
    vec![template(21, "Bérek", some), template(22, "Faipari előleg", full)]
}

/// Any partner. Its note is a text that every format can carry: no blanks at its ends.
pub(crate) fn any_partner() -> impl Strategy<Value = Partner> {
    let target = prop_oneof![
        (clean(70), proptest::collection::vec(accounts(), 1..4))
            .prop_filter_map("twice", |(name, numbers)| {
                PartnerTarget::accounts(name.parse().ok()?, numbers).ok()
            }),
        secondary_ids().prop_map(|id| PartnerTarget::SecondaryId { id }),
    ];
    let note = "(\\PC[\\PC\n\t\u{85}\\\\;\",]{0,60}\\PC)?".prop_map(|note: String| note.trim().to_owned());
    let narrative = prop_oneof![Just(String::new()), clean(140)];
    let codes = (proptest::option::of("[A-Z]{2}"), proptest::option::of(clean(3)));
    (any::<u128>(), clean(70), target, narrative, codes, note).prop_map(
        |(id, short_name, target, narrative, (country, legal_code), note)| Partner {
            id: PartnerId(Uuid::from_u128(id)),
            short_name: short_name.parse().unwrap(),
            target,
            narrative: narrative.parse().unwrap(),
            country: country.map(|t| t.parse().unwrap()),
            legal_code: legal_code.map(|t| t.parse().unwrap()),
            note,
        },
    )
}

/// Any template of any type, with any text in its fields.
pub(crate) fn any_template() -> impl Strategy<Value = Template> {
    let typed = |order_type: OrderType| {
        let texts = proptest::collection::vec(any::<String>(), order_type.fields().len());
        (Just(order_type), texts)
    };
    let typed = proptest::sample::select(OrderType::ALL).prop_flat_map(typed);
    (any::<u128>(), clean(70), typed).prop_map(|(id, name, (order_type, texts))| {
        let mut fields = Values::default();
        order_type.fields().iter().zip(texts).for_each(|(field, text)| fields.set(field.key, text));
        Template { id: TemplateId(Uuid::from_u128(id)), name: name.parse().unwrap(), order_type, fields }
    })
}
