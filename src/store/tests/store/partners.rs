//! Partners and templates: kept whole, found by any word, sorted as Hungarians do.

use domain::{
    OrderDraft, OrderType, Partner, PartnerId, PartnerTarget, Scope, SecondaryId, Template, TemplateId, key,
};
use proptest::prelude::*;
use store::{Page, Store, partners, templates};
use uuid::Uuid;

use crate::support::{account, at, code, store};

fn partner(short_name: &str, numbers: &[u32]) -> Partner {
    let numbers = numbers.iter().map(|n| account(*n)).collect();
    Partner {
        id: PartnerId(Uuid::now_v7()),
        short_name: short_name.parse().unwrap(),
        target: PartnerTarget::accounts(short_name.parse().unwrap(), numbers).unwrap(),
        narrative: "Számla".parse().unwrap(),
        country: Some("HU".parse().unwrap()),
        legal_code: None,
        note: String::new(),
    }
}

fn save(store: &Store, partners: Vec<Partner>) {
    store
        .write(move |tx| partners.iter().try_for_each(|p| partners::save(tx, Scope::Common, p, at(0))))
        .unwrap();
}

fn found(store: &Store, text: &str) -> Vec<String> {
    let list = store.read(|conn| partners::search(conn, Scope::Common, text, Page::ALL)).unwrap();
    assert_eq!(
        store.read(|conn| partners::count(conn, Scope::Common, text)).unwrap() as usize,
        list.len(),
        "{text}"
    );
    list.into_iter().map(|p| p.short_name.to_string()).collect()
}

#[test]
fn search_is_blind_to_accents_and_case_and_takes_beginnings_of_words() {
    let (_folder, store) = store();
    let mut noted = partner("Zöld Kert Bt.", &[3]);
    noted.note = "A régi beszállító, 'kedvezmény' \"10%\"".to_owned();
    let mut mobile = partner("Tóth Ödön", &[4]);
    mobile.target = PartnerTarget::SecondaryId { id: SecondaryId::Mobile("+36301234567".parse().unwrap()) };
    let number = account(1).to_string();
    save(&store, vec![partner("Őrségi Faipari Zrt.", &[1, 2]), noted, mobile]);
    for text in ["orsegi", "ŐRSÉGI", "őrs fai", "zrt orseg", &number, &number[..25], &account(2).digits24()]
    {
        assert_eq!(found(&store, text), ["Őrségi Faipari Zrt."], "{text}");
    }
    for iban in [account(1).iban().as_str(), &account(1).iban().to_string()] {
        assert_eq!(found(&store, iban), ["Őrségi Faipari Zrt."], "{iban}");
    }
    assert_eq!(found(&store, "beszall"), ["Zöld Kert Bt."]);
    assert_eq!(found(&store, "odon"), ["Tóth Ödön"]);
    assert_eq!(found(&store, "+3630123"), ["Tóth Ödön"]);
    assert_eq!(found(&store, "").len(), 3);
    assert_eq!(found(&store, "nincs ilyen"), Vec::<String>::new());
}

#[test]
fn nothing_that_is_typed_is_an_operator() {
    let (_folder, store) = store();
    save(&store, vec![partner("Egy AND Ketto", &[1])]);
    for text in
        ["\"", "'", "* * *", "AND", "egy OR", "(", "words:egy", "NEAR(egy ketto)", "-", "^egy", "%", "\0"]
    {
        found(&store, text);
    }
    assert_eq!(found(&store, "AND"), ["Egy AND Ketto"]);
}

#[test]
fn partners_are_sorted_as_hungarians_sort() {
    let (_folder, store) = store();
    let sorted = [
        "Ádám", "Adorján", "Cukor", "Csaba", "Daru", "Dzsem", "Galamb", "Gyula", "Lapát", "Lyuk", "Nap",
        "Nyár", "Oázis", "Öböl", "Pék", "Róka", "Sas", "Szabó", "Tóth", "Tyúk", "Udvar", "Üveg", "Zala",
        "Zsolt",
    ];
    let mut mixed: Vec<Partner> = (1..).zip(sorted).map(|(n, name)| partner(name, &[n])).collect();
    mixed.sort_by_key(|p| p.short_name.as_str().chars().rev().collect::<String>());
    save(&store, mixed);
    assert_eq!(found(&store, ""), sorted);
    let page =
        store.read(|conn| partners::search(conn, Scope::Common, "", Page { limit: 2, offset: 2 })).unwrap();
    assert_eq!(page.iter().map(|p| p.short_name.as_str()).collect::<Vec<_>>(), ["Cukor", "Csaba"]);
}

#[test]
fn a_changed_partner_is_found_by_its_new_words_only() {
    let (_folder, store) = store();
    let old = partner("Régi Név Kft.", &[1, 2]);
    let mut new = partner("Új Név Kft.", &[2, 3]);
    new.id = old.id;
    save(&store, vec![old, new.clone()]);
    assert_eq!(found(&store, "regi"), Vec::<String>::new());
    assert_eq!(found(&store, &account(1).to_string()), Vec::<String>::new());
    assert_eq!(found(&store, "uj nev"), ["Új Név Kft."]);
    assert_eq!(store.read(|conn| partners::find(conn, Scope::Common, new.id)).unwrap(), Some(new.clone()));
    let id = new.id;
    store.write(move |tx| partners::remove(tx, Scope::Common, id)).unwrap();
    assert_eq!(found(&store, "uj"), Vec::<String>::new());
    assert_eq!(code(store.write(move |tx| partners::remove(tx, Scope::Common, id))), "store-not-found");
}

#[test]
fn templates_are_kept_and_found() {
    let (_folder, store) = store();
    let template = |name: &str, payee: &str| Template {
        id: TemplateId(Uuid::now_v7()),
        name: name.parse().unwrap(),
        order_type: OrderType::Hct,
        fields: OrderDraft::default()
            .with(key::BENEFICIARY_NAME, payee)
            .with(key::TARGET, account(7).to_string())
            .with_tick(key::INSTANT, true)
            .values,
    };
    let list = [template("Csatornadíj", "Fővárosi Vízművek"), template("Cégautó", "Lízing Zrt.")];
    let kept = list.clone();
    store
        .write(move |tx| kept.iter().try_for_each(|t| templates::save(tx, Scope::Common, t, at(0))))
        .unwrap();
    let search =
        |text: &str| store.read(|conn| templates::search(conn, Scope::Common, text, Page::ALL)).unwrap();
    assert_eq!(search(""), [list[1].clone(), list[0].clone()]);
    assert_eq!(search("vizmuvek"), [list[0].clone()]);
    assert_eq!(search(&account(7).digits()[..12]).len(), 2);
    let id = list[0].id;
    assert_eq!(store.read(|conn| templates::find(conn, Scope::Common, id)).unwrap().as_ref(), Some(&list[0]));
    store.write(move |tx| templates::remove(tx, Scope::Common, id)).unwrap();
    assert_eq!(code(store.write(move |tx| templates::remove(tx, Scope::Common, id))), "store-not-found");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn partners_come_back_as_they_were(
        name in "[A-ZÁÉŐa-záéő&.]{1,20}( [a-zőű0-9]{1,8}){0,3}", note in "[^\0]{0,60}",
        numbers in prop::collection::btree_set(1u32..500, 1..6), query in ".{0,20}"
    ) {
        let (_folder, store) = store();
        let mut partner = partner(&name, &numbers.into_iter().collect::<Vec<_>>());
        partner.note = note;
        let id = partner.id;
        save(&store, vec![partner.clone()]);
        prop_assert_eq!(store.read(|conn| partners::find(conn, Scope::Common, id)).unwrap(), Some(partner));
        found(&store, &query);
    }
}
