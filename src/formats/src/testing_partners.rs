//! Partners and templates for tests: a fixed few in which every field occurs, and strategies of any.

use domain::secondary_id::SecondaryIdKind;
use domain::{OrderDraft, OrderType, Partner, PartnerId, PartnerTarget, SecondaryId, Template, TemplateId};
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
    let full = OrderDraft {
        debit_account: "10402142-00000103".to_owned(),
        payer_name: "Kapocs Minta Kft. Raktár".to_owned(),
        target: "+36 30 123 4567".to_owned(),
        beneficiary_name: "Őrségi Faipari Zrt.".to_owned(),
        country: "HU".to_owned(),
        amount: "125e".to_owned(),
        value_date: "+3".to_owned(),
        narrative: "első sor\r\nmásodik sor".to_owned(),
        document_number: "B-0017".to_owned(),
        legal_code: "101".to_owned(),
        own_reference: "SZ-2026/117".to_owned(),
        instant: true,
        viber: false,
        template: Some(TemplateId(id(21))),
        partner: Some(PartnerId(id(1))),
    };
    let some = OrderDraft {
        amount: "1 250 000".to_owned(),
        narrative: "bér".to_owned(),
        viber: true,
        ..OrderDraft::default()
    };
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

/// Any template, with any text in its fields.
pub(crate) fn any_template() -> impl Strategy<Value = Template> {
    let texts = proptest::collection::vec(any::<String>(), 11);
    let ids = (any::<u128>(), proptest::option::of(any::<u128>()), proptest::option::of(any::<u128>()));
    (ids, clean(70), texts, any::<bool>(), any::<bool>()).prop_map(
        |((id, template, partner), name, texts, instant, viber)| {
            let mut texts = texts.into_iter();
            let mut next = || texts.next().unwrap();
            Template {
                id: TemplateId(Uuid::from_u128(id)),
                name: name.parse().unwrap(),
                order_type: OrderType::Hct,
                fields: OrderDraft {
                    debit_account: next(),
                    payer_name: next(),
                    target: next(),
                    beneficiary_name: next(),
                    country: next(),
                    amount: next(),
                    value_date: next(),
                    narrative: next(),
                    document_number: next(),
                    legal_code: next(),
                    own_reference: next(),
                    instant,
                    viber,
                    template: template.map(|id| TemplateId(Uuid::from_u128(id))),
                    partner: partner.map(|id| PartnerId(Uuid::from_u128(id))),
                },
            }
        },
    )
}
