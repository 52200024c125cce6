//! Which records of a file are new, changed, the same or in conflict.

use domain::secondary_id::SecondaryIdKind;
use domain::{
    AccountNumber, OrderType, Partner, PartnerId, PartnerTarget, SecondaryId, Template, TemplateId, Values,
    key,
};
use formats::partners::{Column, PartnerFile};
use uuid::Uuid;

use super::compare::{self, Clash, Compared};

fn account(n: u8) -> AccountNumber {
    let last = [0, 0, 0, 0, 0, 0, n, 0, 0, 0, 0, 0, 0, 0, 0];
    AccountNumber::with_check_digits([1, 0, 4, 0, 2, 1, 4], last).unwrap()
}

fn partner(id: u128, short: &str, accounts: &[u8]) -> Partner {
    let numbers = accounts.iter().map(|n| account(*n)).collect();
    Partner {
        id: PartnerId(Uuid::from_u128(id)),
        short_name: short.parse().unwrap(),
        target: PartnerTarget::accounts(short.parse().unwrap(), numbers).unwrap(),
        narrative: "".parse().unwrap(),
        country: None,
        legal_code: None,
        note: String::new(),
    }
}

fn by_email(id: u128, short: &str, address: &str) -> Partner {
    let secondary = SecondaryId::parse(SecondaryIdKind::Email, address).unwrap();
    Partner { target: PartnerTarget::SecondaryId { id: secondary }, ..partner(id, short, &[1]) }
}

fn template(id: u128, name: &str, fields: Values) -> Template {
    Template {
        id: TemplateId(Uuid::from_u128(id)),
        name: name.parse().unwrap(),
        order_type: OrderType::Hct,
        fields,
    }
}

fn of(partners: Vec<Partner>) -> PartnerFile {
    PartnerFile { partners, ..PartnerFile::default() }
}

fn compared(kept: &[Partner], incoming: Vec<Partner>) -> Compared<Partner> {
    compare::partners(kept, &of(incoming))
}

fn clash(kept: &[Partner], incoming: Partner) -> (Clash, usize, Option<PartnerId>) {
    let compared = compared(kept, vec![incoming]);
    let [conflict] = compared.conflicting.as_slice() else { panic!("{compared:?}") };
    (conflict.clash, conflict.with.len(), conflict.replaces.as_ref().map(|one| one.id))
}

#[test]
fn what_is_kept_exactly_so_is_the_same_and_the_rest_is_new() {
    let kept = [partner(1, "Őrségi Kft.", &[1, 2]), by_email(2, "Kovács Anna", "anna@pelda.hu")];
    let mut incoming = kept.to_vec();
    incoming.push(partner(3, "Új Bt.", &[3]));
    let compared = compared(&kept, incoming);
    assert_eq!((compared.same, compared.new.len()), (2, 1));
    assert_eq!(compared.len(), 3);
}

#[test]
fn the_identifier_counts_first() {
    let kept = [partner(1, "Őrségi Kft.", &[1])];
    let renamed = compared(&kept, vec![partner(1, "Őrségi Zrt.", &[2])]);
    assert_eq!(renamed.changed[0].existing.short_name.as_str(), "Őrségi Kft.");
    assert_eq!(renamed.changed[0].incoming.short_name.as_str(), "Őrségi Zrt.");
}

#[test]
fn without_its_identifier_a_partner_is_known_by_account_and_name_or_by_name_alone() {
    let kept = [partner(1, "Őrségi Kft.", &[1]), by_email(2, "Kovács Anna", "anna@pelda.hu")];
    let same = compared(&kept, vec![partner(7, "Őrségi Kft.", &[1])]);
    assert_eq!(same.same, 1);
    let case = compared(&kept, vec![partner(7, "ŐRSÉGI KFT.", &[1])]);
    assert_eq!(case.changed[0].incoming.id, kept[0].id, "the kept identifier stays");
    let by_name = compared(&kept, vec![partner(7, "Őrségi Kft.", &[3])]);
    assert_eq!(by_name.changed[0].incoming.id, kept[0].id);
    let secondary = compared(&kept, vec![by_email(8, "kovács anna", "anna@pelda.hu")]);
    assert_eq!(secondary.changed[0].incoming.id, kept[1].id);
    assert_eq!(compared(&kept, vec![partner(7, "Orsegi Kft.", &[3])]).new.len(), 1, "accents count");
}

#[test]
fn whatever_would_lead_money_elsewhere_is_a_conflict() {
    let kept = [
        partner(1, "Őrségi Kft.", &[1]),
        partner(2, "Tűzkő Bt.", &[2, 3]),
        partner(4, "Ikrek Kft.", &[4]),
        partner(5, "Ikrek Kft.", &[5]),
    ];
    let id = |n| Some(PartnerId(Uuid::from_u128(n)));
    assert_eq!(clash(&kept, partner(7, "Csaló Kft.", &[1])), (Clash::TargetElsewhere, 1, id(1)));
    assert_eq!(clash(&kept, partner(7, "Csaló Kft.", &[1, 2, 3])), (Clash::TargetElsewhere, 2, None));
    assert_eq!(clash(&kept, partner(1, "Őrségi Kft.", &[1, 2])), (Clash::TargetElsewhere, 1, id(1)));
    assert_eq!(clash(&kept, by_email(1, "Őrségi Kft.", "a@pelda.hu")), (Clash::OtherKind, 1, id(1)));
    assert_eq!(clash(&kept, by_email(7, "Őrségi Kft.", "a@pelda.hu")), (Clash::OtherKind, 1, id(1)));
    assert_eq!(clash(&kept, partner(7, "Ikrek Kft.", &[6])), (Clash::NameOfSeveral, 2, None));
}

#[test]
fn two_records_for_one_partner_do_not_overwrite_each_other_in_silence() {
    let kept = [partner(1, "Őrségi Kft.", &[1])];
    let compared = compared(&kept, vec![partner(1, "Őrségi Kft.", &[1]), partner(7, "Őrségi Kft.", &[6])]);
    assert_eq!(compared.same, 1);
    assert_eq!(compared.conflicting[0].clash, Clash::TwiceInFile);
}

#[test]
fn partners_that_share_an_account_here_come_back_as_the_same() {
    let kept = [partner(1, "Raktár", &[1]), partner(2, "Iroda", &[1])];
    assert_eq!(compared(&kept, kept.to_vec()).same, 2);
}

#[test]
fn columns_that_a_table_lacks_keep_what_is_kept() {
    let mut kept = partner(1, "Őrségi Kft.", &[1]);
    kept.note = "harminc nap".to_owned();
    kept.legal_code = Some("101".parse().unwrap());
    let mut file = of(vec![partner(7, "Őrségi Kft.", &[1])]);
    assert_eq!(compare::partners(std::slice::from_ref(&kept), &file).changed.len(), 1);
    file.absent = vec![Column::Note, Column::LegalCode, Column::Id];
    assert_eq!(compare::partners(&[kept], &file).same, 1);
}

#[test]
fn templates_go_by_identifier_then_name() {
    let to = |n: u32| Values::default().with(key::AMOUNT, n.to_string());
    let kept = [template(1, "Bérek", to(1)), template(2, "Ikrek", to(2)), template(3, "ikrek", to(2))];
    let file = PartnerFile {
        templates: vec![
            template(11, "bérek", to(9)),
            template(12, "IKREK", to(2)),
            template(13, "Új", to(2)),
            template(2, "Ikrek", to(2)),
        ],
        ..PartnerFile::default()
    };
    let compared = compare::templates(&kept, &file);
    assert_eq!(compared.changed[0].incoming, template(1, "bérek", to(9)));
    assert_eq!(compared.conflicting[0].clash, Clash::NameOfSeveral);
    assert_eq!((compared.new.len(), compared.same), (1, 1));
    let mut other = template(1, "Bérek", to(1));
    other.order_type = OrderType::Adm;
    let file = PartnerFile { templates: vec![other], ..PartnerFile::default() };
    assert_eq!(compare::templates(&kept, &file).conflicting[0].clash, Clash::OtherKind);
}
