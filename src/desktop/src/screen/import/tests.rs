//! Files of the wild into a real store.

use client::domain::Money;
use client::store::Page;
use client::{ListedPackage, PackageFilter};
use iced_test::Simulator;

use super::*;
use crate::design::font;
use crate::screen::sample::{self, OTP, OWN, Office};

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

struct Desk {
    office: Office,
    place: Import,
    said: Vec<Notice>,
    went: Vec<Go>,
}

impl Desk {
    fn reading(name: &str, contents: &str) -> Self {
        let office = Office::open();
        let path = office.folder().join(name);
        std::fs::write(&path, contents).unwrap();
        let (place, _) = Import::new(&office.shared);
        let mut desk = Self { office, place, said: Vec::new(), went: Vec::new() };
        desk.send(Message::Path(path.display().to_string()));
        desk.send(Message::Read);
        desk
    }

    fn send(&mut self, message: Message) {
        match self.place.update(message, &self.office.shared) {
            Action::None => {}
            Action::Run(task) => {
                for message in self.office.run(task) {
                    self.send(message);
                }
            }
            Action::Go(go) => self.went.push(go),
            Action::Say(notice) => self.said.push(notice),
        }
    }

    fn shows(&self, words: &str) -> bool {
        let view = self.place.view(&self.office.shared);
        Simulator::with_size(font::settings(), (1068.0, 648.0), view).find(words).is_ok()
    }

    fn packages(&self) -> Vec<ListedPackage> {
        let client = self.office.shared.client.clone();
        self.office.wait(client.packages(PackageFilter::Prepared, String::new(), Page::ALL)).unwrap()
    }
}

#[test]
fn bad_rows_are_listed_with_every_problem_and_the_good_ones_can_be_taken() {
    let mut desk = Desk::reading("november.xml", &electra(MIXED));
    let payees: Vec<&str> = desk.place.problems.iter().map(|found| found.payee.as_str()).collect();
    assert_eq!(payees[0], "Hibás Bt.");
    assert!(payees[1..].iter().all(|payee| *payee == "Kétszer Hibás Kft.") && payees.len() > 2, "{payees:?}");
    assert!(desk.place.problems.iter().all(|found| found.line > 0 && !found.words.is_empty()));
    assert!(!desk.shows(&tr!("import-take-all", count = 2)));
    assert!(desk.shows(&tr!("import-take-good", count = 2)));
    assert!(desk.packages().is_empty());
    desk.send(Message::Take(ImportChoice::OnlyGood));
    let packages = desk.packages();
    assert_eq!((packages.len(), packages[0].count, packages[0].total), (1, 2, Money::huf(500_500)));
    assert_eq!(packages[0].header.name.to_string(), "november");
    assert!(desk.shows(&tr!("import-left-behind", count = 2)));
    let go = Go::Prepared(Some(packages[0].header.id));
    assert_eq!(desk.said[0].link.as_ref().map(|(_, go)| *go), Some(go));
    desk.send(Message::Open(Some(packages[0].header.id)));
    assert_eq!(desk.went, [go]);
}

#[test]
fn a_clean_file_is_taken_whole() {
    let mut desk = Desk::reading("tiszta.xml", &electra(&[MIXED[0], MIXED[3]]));
    assert!(desk.shows(&tr!("import-clean")));
    desk.send(Message::Take(ImportChoice::All));
    assert_eq!(desk.packages()[0].count, 2);
}

#[test]
fn a_file_that_is_cut_says_so_and_is_not_offered_whole() {
    let whole = electra(&[MIXED[0], MIXED[3]]);
    let desk = Desk::reading("csonka.xml", &whole[..whole.len() - 40]);
    assert!(desk.shows(&tr!("import-broken")));
    assert!(!desk.shows(&tr!("import-take-all", count = 1)));
}

#[test]
fn a_file_of_another_kind_is_refused_in_words() {
    let desk = Desk::reading("valami.xml", "<valami/>");
    assert!(desk.shows(&tr!("import-broken")));
    assert!(!desk.shows(&tr!("import-take-good", count = 0)));
}

#[test]
fn a_missing_file_is_told_and_another_can_be_chosen() {
    let mut desk = Desk::reading("november.xml", &electra(MIXED));
    desk.send(Message::Cancel);
    desk.send(Message::Path("/nincs/ilyen.xml".into()));
    desk.send(Message::Read);
    assert!(desk.shows(&tr!("import-trouble")));
    assert!(desk.shows(&tr!("import-browse")));
}

#[test]
fn a_late_preview_of_a_cancelled_reading_is_dropped() {
    let mut desk = Desk::reading("november.xml", &electra(MIXED));
    let Stage::Shown(preview) = &desk.place.stage else { panic!("no preview") };
    let preview = Arc::clone(preview);
    let question = desk.place.question;
    desk.send(Message::Cancel);
    desk.send(Message::Previewed(question, Ok(preview)));
    assert!(matches!(desk.place.stage, Stage::Choosing));
}

#[test]
fn a_dropped_file_is_read() {
    let mut desk = Desk::reading("november.xml", &electra(MIXED));
    desk.send(Message::Cancel);
    let path = desk.office.folder().join("november.xml");
    desk.send(Message::Dropped(path));
    assert!(matches!(desk.place.stage, Stage::Shown(_)));
}

#[test]
fn the_list_of_errors_is_written_for_whoever_made_the_file() {
    let desk = Desk::reading("november.xml", &electra(MIXED));
    let path = desk.office.folder().join("hibak.csv");
    let written = desk.office.wait(write_report(path.clone(), desk.place.problems.clone()));
    assert_eq!(written, Ok(path.clone()));
    let text = std::fs::read_to_string(path).unwrap();
    assert_eq!(text.lines().count(), desk.place.problems.len() + 1);
    assert!(text.contains("Hibás Bt."));
}

#[test]
#[ignore = "takes pictures for somebody to look at: cargo test -p kapocs-desktop pictures -- --ignored"]
fn pictures() {
    let mut desk = Desk::reading("november.xml", &electra(MIXED));
    desk.send(Message::Picked(Pick::Only(1)));
    sample::take_pictures("import", || desk.place.view(&desk.office.shared));
    desk.send(Message::Take(ImportChoice::OnlyGood));
    sample::take_pictures("import-done", || desk.place.view(&desk.office.shared));
    desk.send(Message::Cancel);
    sample::take_pictures("import-choose", || desk.place.view(&desk.office.shared));
}
