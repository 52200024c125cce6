//! Files of the wild into a real store.

use client::Page;
use client::{ListedPackage, PackageFilter};
use domain::Money;

use super::*;
use crate::screen::sample::{self, Clerk, OTP, OWN, Office};

/// An Electra file of transactions: payee, account and amount of each.
fn electra(rows: &[(&str, &str, &str)]) -> String {
    let mut file = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<HUFTransactions>\n");
    for (name, account, amount) in rows {
        file.push_str(&format!(
            "  <Transaction>\n    <Originator><Account><AccountNumber>{OWN}</AccountNumber></Account></Originator>\n\
             \x20   <Beneficiary><Name>{name}</Name>\n      <Account><AccountNumber>{account}</AccountNumber></Account></Beneficiary>\n\
             \x20   <Amount Currency=\"HUF\">{amount}</Amount>\n  </Transaction>\n"
        ));
    }
    file + "</HUFTransactions>\n"
}

const MIXED: &[(&str, &str, &str)] = &[
    ("Őrségi Faipari Zrt.", OTP, "412000"),
    ("Hibás Bt.", "11773016-11111019", "1000"),
    ("Kétszer Hibás Kft.", "123", "sok"),
    ("Tisza Papír Kft.", "10032000-06055950", "88500"),
];

impl Clerk<Import> {
    fn reading(name: &str, contents: &str) -> Self {
        let office = Office::open();
        let path = office.folder().join(name);
        std::fs::write(&path, contents).unwrap();
        let mut clerk = Self::open(office, |_| Import::new());
        clerk.read(&path.display().to_string());
        clerk
    }

    fn file(&mut self, message: intake::Message<Found, Stored>) {
        self.send(Message::File(message));
    }

    fn read(&mut self, path: &str) {
        self.file(intake::Message::Path(path.to_owned()));
        self.file(intake::Message::Submit);
    }

    fn packages(&self) -> Vec<ListedPackage> {
        let client = self.office.desk.client.clone();
        self.office.wait(client.packages(PackageFilter::Prepared, String::new(), Page::ALL)).unwrap()
    }
}

#[test]
fn bad_rows_are_listed_with_every_problem_and_the_good_ones_can_be_taken() {
    let mut clerk = Clerk::reading("november.xml", &electra(MIXED));
    let payees: Vec<&str> = clerk.place.problems.iter().map(|found| found.payee.as_str()).collect();
    assert_eq!(payees[0], "Hibás Bt.");
    assert!(payees[1..].iter().all(|payee| *payee == "Kétszer Hibás Kft.") && payees.len() > 2, "{payees:?}");
    assert!(clerk.place.problems.iter().all(|found| found.line > 0 && !found.words.is_empty()));
    assert!(!clerk.shows(&tr!("import-take-all", count = 2)));
    assert!(clerk.shows(&tr!("import-take-good", count = 2)));
    assert!(clerk.packages().is_empty());
    clerk.send(Message::Take(ImportChoice::OnlyGood));
    let packages = clerk.packages();
    assert_eq!((packages.len(), packages[0].count, packages[0].total), (1, 2, Money::huf(500_500)));
    assert_eq!(packages[0].header.name.to_string(), "november");
    assert!(clerk.shows(&tr!("import-left-behind", count = 2)));
    let go = Go::Prepared(Some(packages[0].header.id));
    assert_eq!(clerk.said[0].link.as_ref().map(|(_, go)| *go), Some(go));
    clerk.send(Message::Open(Some(packages[0].header.id)));
    assert_eq!(clerk.went, [go]);
}

#[test]
fn a_clean_file_is_taken_whole() {
    let mut clerk = Clerk::reading("tiszta.xml", &electra(&[MIXED[0], MIXED[3]]));
    assert!(clerk.shows(&tr!("import-clean")));
    clerk.send(Message::Take(ImportChoice::All));
    assert_eq!(clerk.packages()[0].count, 2);
}

#[test]
fn a_file_that_was_taken_before_says_so_and_wants_its_own_button() {
    let mut clerk = Clerk::reading("tiszta.xml", &electra(&[MIXED[0], MIXED[3]]));
    clerk.send(Message::Take(ImportChoice::All));
    let path = clerk.office.folder().join("tiszta.xml");
    let (place, task) = Import::of(path, &clerk.office.desk);
    clerk.place = place;
    clerk.settle(task);
    assert!(clerk.shows(&tr!("import-again-title")));
    assert!(!clerk.shows(&tr!("import-take-all", count = 2)));
    let ctrl_s =
        Press { key: iced::keyboard::Key::Character("s".into()), modifiers: iced::keyboard::Modifiers::CTRL };
    assert!(clerk.place.key(&ctrl_s).is_none(), "no habit pays twice");
    clerk.send(Message::Take(ImportChoice::All));
    assert_eq!(clerk.packages().len(), 1);
    clerk.send(Message::TakeAgain(ImportChoice::All));
    assert_eq!(clerk.packages().len(), 2);
}

#[test]
fn a_file_that_is_cut_says_so_and_is_not_offered_whole() {
    let whole = electra(&[MIXED[0], MIXED[3]]);
    let mut clerk = Clerk::reading("csonka.xml", &whole[..whole.len() - 40]);
    assert!(clerk.shows(&tr!("import-broken")));
    assert!(!clerk.shows(&tr!("import-take-all", count = 1)));
    assert!(!clerk.shows(&tr!("import-take-good", count = 1)));
    clerk.send(Message::Take(ImportChoice::OnlyGood));
    assert!(clerk.packages().is_empty());
}

/// The same orders as a pain.001 that declares another sum.
fn of_another_sum(declared: &str) -> String {
    let order = |amount: &str| {
        format!(
            "<CdtTrfTxInf><Amt><InstdAmt Ccy=\"HUF\">{amount}</InstdAmt></Amt><Cdtr><Nm>Alfa Kft.</Nm></Cdtr>\
             <CdtrAcct><Id><Othr><Id>{OTP}</Id></Othr></Id></CdtrAcct></CdtTrfTxInf>"
        )
    };
    format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.03\"><CstmrCdtTrfInitn><GrpHdr>\
         <NbOfTxs>2</NbOfTxs><CtrlSum>{declared}</CtrlSum></GrpHdr><PmtInf><PmtMtd>TRF</PmtMtd>\
         <DbtrAcct><Id><Othr><Id>{OWN}</Id></Othr></Id></DbtrAcct>{}{}</PmtInf></CstmrCdtTrfInitn></Document>",
        order("58420"),
        order("12700")
    )
}

#[test]
fn other_totals_stand_first_and_are_taken_only_by_a_button_that_says_so() {
    let mut clerk = Clerk::reading("osszeg.xml", &of_another_sum("99999"));
    assert!(clerk.shows(&tr!("import-inconsistent")));
    assert!(clerk.shows(&tr!("import-take-all-despite", count = 2)));
    assert!(!clerk.shows(&tr!("import-take-all", count = 2)));
    for choice in [ImportChoice::All, ImportChoice::OnlyGood] {
        clerk.send(Message::Take(choice));
        assert!(clerk.packages().is_empty(), "{choice:?}");
    }
    clerk.send(Message::Take(ImportChoice::AllDespiteTotals));
    assert_eq!(clerk.packages()[0].total, Money::huf(71_120));
}

#[test]
fn a_file_of_another_kind_is_refused_in_words() {
    let clerk = Clerk::reading("valami.xml", "<valami/>");
    assert!(clerk.shows(&tr!("import-broken")));
    assert!(!clerk.shows(&tr!("import-take-good", count = 0)));
}

#[test]
fn a_missing_file_is_told_and_another_can_be_chosen() {
    let mut clerk = Clerk::reading("november.xml", &electra(MIXED));
    clerk.file(intake::Message::Cancel);
    clerk.read("/nincs/ilyen.xml");
    assert!(clerk.shows(&tr!("import-trouble")));
    assert!(clerk.shows(&tr!("import-browse")));
}

#[test]
fn a_late_preview_of_a_cancelled_reading_is_dropped() {
    let mut clerk = Clerk::reading("november.xml", &electra(MIXED));
    let Some(found) = clerk.place.intake.shown().cloned() else { panic!("no preview") };
    let question = clerk.place.intake.question();
    clerk.file(intake::Message::Cancel);
    clerk.file(intake::Message::Previewed(question, Ok(found)));
    assert!(matches!(clerk.place.intake.stage, Stage::Choosing));
}

#[test]
fn a_dropped_file_is_read() {
    let mut clerk = Clerk::reading("november.xml", &electra(MIXED));
    clerk.file(intake::Message::Cancel);
    let path = clerk.office.folder().join("november.xml");
    clerk.file(intake::Message::Dropped(path));
    assert!(matches!(clerk.place.intake.stage, Stage::Shown(_)));
}

#[test]
fn the_list_of_errors_is_written_for_whoever_made_the_file() {
    let clerk = Clerk::reading("november.xml", &electra(MIXED));
    let path = clerk.office.folder().join("hibak.csv");
    let written = clerk.office.wait(write_report(path.clone(), clerk.place.problems.clone()));
    assert!(written.is_ok_and(|written| written == path));
    let text = std::fs::read_to_string(path).unwrap();
    assert_eq!(text.lines().count(), clerk.place.problems.len() + 1);
    assert!(text.contains("Hibás Bt."));
}

#[test]
#[ignore = "takes pictures for somebody to look at: cargo test -p kapocs-desktop pictures -- --ignored"]
fn pictures() {
    let mut clerk = Clerk::reading("november.xml", &electra(MIXED));
    clerk.send(Message::Picked(Pick::Only(1)));
    sample::take_pictures("import", || clerk.place.view(&clerk.office.desk));
    clerk.send(Message::Take(ImportChoice::OnlyGood));
    sample::take_pictures("import-done", || clerk.place.view(&clerk.office.desk));
    clerk.file(intake::Message::Cancel);
    sample::take_pictures("import-choose", || clerk.place.view(&clerk.office.desk));
}
