//! Files of partners into a real store.

use client::domain::Partner;
use client::store::Page;
use iced_test::Simulator;

use super::*;
use crate::design::font;
use crate::screen::sample::Office;

const HEAD: &str = "Rövid név;Számlaszám;Másodlagos azonosító;Megjegyzés\n";

struct Desk {
    office: Office,
    place: Import,
    said: Vec<Notice>,
    went: Vec<Go>,
}

impl Desk {
    fn new() -> Self {
        let office = Office::open();
        let (place, _) = Import::new(&office.shared);
        Self { office, place, said: Vec::new(), went: Vec::new() }
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

    fn read(&mut self, rows: &str) {
        let path = self.office.folder().join("partnerek.csv");
        std::fs::write(&path, format!("{HEAD}{rows}")).unwrap();
        self.send(Message::Path(path.display().to_string()));
        self.send(Message::Read);
    }

    /// Reads rows and takes the new ones.
    fn keep(&mut self, rows: &str) {
        self.read(rows);
        self.send(Message::Take);
        assert!(matches!(self.place.stage, Stage::Done(_)), "{:?}", self.place.trouble);
        self.send(Message::Cancel);
    }

    fn kept(&self) -> Vec<Partner> {
        let client = self.office.shared.client.clone();
        self.office.wait(client.partners(String::new(), Page::ALL)).unwrap().0
    }

    fn shows(&self, words: &str) -> bool {
        let view = self.place.view();
        Simulator::with_size(font::settings(), (1068.0, 648.0), view).find(words).is_ok()
    }
}

#[test]
fn new_ones_are_taken_and_the_rest_is_listed() {
    let mut desk = Desk::new();
    desk.read("Őrségi Kft.;11773016-11111018;;\nHibás Bt.;11773016-11111019;;\n");
    assert_eq!(desk.place.tab, Tab::New);
    assert!(desk.kept().is_empty(), "nothing is stored before it is agreed to");
    desk.send(Message::Tab(Tab::Refused));
    let Stage::Shown(preview) = &desk.place.stage else { panic!("not shown") };
    assert_eq!((preview.refused[0].line, preview.refused[0].label.as_str()), (3, "Hibás Bt."));
    assert!(desk.shows("11773016-11111019"), "the value as the file has it");
    desk.send(Message::New(false));
    desk.send(Message::Take);
    assert!(desk.kept().is_empty(), "nothing is chosen");
    desk.send(Message::New(true));
    desk.send(Message::Take);
    assert_eq!(desk.kept().len(), 1);
    assert!(desk.shows(&tr!("partner-import-left", count = "1")));
    assert_eq!(desk.said.len(), 1);
    desk.send(Message::Leave);
    assert_eq!(desk.went, [Go::Partners]);
}

#[test]
fn only_chosen_changes_are_taken() {
    let mut desk = Desk::new();
    desk.keep("Őrségi Kft.;11773016-11111018;;régi\nTisza Kft.;10402142-00000103;;régi\n");
    desk.read("Őrségi Kft.;11773016-11111018;;új\nTisza Kft.;10402142-00000103;;új\n");
    assert_eq!(desk.place.tab, Tab::Changed);
    assert!(desk.shows("régi") && desk.shows("új"), "both sides of the first row");
    desk.send(Message::Change(1));
    desk.send(Message::Take);
    let notes: Vec<String> = desk.kept().into_iter().map(|partner| partner.note).collect();
    assert_eq!(notes, ["régi", "új"]);
}

#[test]
fn all_changes_can_be_chosen_at_once_and_dropped_again() {
    let mut desk = Desk::new();
    desk.keep("Őrségi Kft.;11773016-11111018;;régi\nTisza Kft.;10402142-00000103;;régi\n");
    desk.read("Őrségi Kft.;11773016-11111018;;új\nTisza Kft.;10402142-00000103;;új\n");
    desk.send(Message::ChangeAll(true));
    assert_eq!(desk.place.changed.len(), 2);
    desk.send(Message::ChangeAll(false));
    desk.send(Message::Take);
    assert!(desk.kept().iter().all(|partner| partner.note == "régi"));
}

#[test]
fn a_conflict_stays_behind_until_somebody_decides() {
    let mut desk = Desk::new();
    desk.keep("Őrségi Kft.;11773016-11111018;;\n");
    desk.read("Csaló Kft.;11773016-11111018;;\n");
    assert_eq!(desk.place.tab, Tab::Clash);
    assert!(desk.shows(&tr!("partner-import-leave")));
    desk.send(Message::Take);
    assert_eq!(desk.kept().len(), 1);
    desk.send(Message::Resolve(0, Some(Resolution::AsNew)));
    desk.send(Message::Take);
    assert_eq!(desk.kept().len(), 2);
}

#[test]
fn what_changed_here_since_the_preview_is_not_overwritten() {
    let mut desk = Desk::new();
    desk.keep("Őrségi Kft.;11773016-11111018;;régi\n");
    desk.read("Őrségi Kft.;11773016-11111018;;új\n");
    desk.send(Message::Change(0));
    let mut partner = desk.kept().remove(0);
    partner.note = "közben".to_owned();
    desk.office.wait(desk.office.shared.client.save_partner(partner)).unwrap();
    desk.send(Message::Take);
    assert!(desk.place.trouble.is_some());
    assert_eq!(desk.kept()[0].note, "közben");
}

#[test]
fn a_damaged_file_is_refused_with_its_reason() {
    let mut desk = Desk::new();
    let path = desk.office.folder().join("PARTNERS.DAT");
    std::fs::write(&path, "KAPOCS-PARTNERS\t9\tUTF-8\tx\n").unwrap();
    desk.send(Message::Path(path.display().to_string()));
    desk.send(Message::Read);
    assert!(matches!(desk.place.stage, Stage::Choosing));
    assert!(desk.place.trouble.as_ref().is_some_and(|words| words.contains('9')));
    desk.send(Message::Path(desk.office.folder().join("nincs").display().to_string()));
    desk.send(Message::Read);
    assert!(desk.place.trouble.is_some());
}
