//! Files of partners into a real store.

use client::Page;
use domain::Partner;

use super::*;
use crate::screen::sample::{Clerk, Office};

const HEAD: &str = "Rövid név;Számlaszám;Másodlagos azonosító;Megjegyzés\n";

impl Clerk<Import> {
    fn new() -> Self {
        Self::open(Office::open(), |_| Import::new())
    }

    fn file(&mut self, message: intake::Message<Arc<PartnerPreview>, PartnersTaken>) {
        self.send(Message::File(message));
    }

    fn read_path(&mut self, path: &std::path::Path) {
        self.file(intake::Message::Path(path.display().to_string()));
        self.file(intake::Message::Submit);
    }

    fn read(&mut self, rows: &str) {
        let path = self.office.folder().join("partnerek.csv");
        std::fs::write(&path, format!("{HEAD}{rows}")).unwrap();
        self.read_path(&path);
    }

    /// Reads rows and takes the new ones.
    fn keep(&mut self, rows: &str) {
        self.read(rows);
        self.send(Message::Take);
        assert!(matches!(self.place.intake.stage, Stage::Done(_)));
        self.file(intake::Message::Cancel);
    }

    fn kept(&self) -> Vec<Partner> {
        let client = self.office.desk.client.clone();
        self.office.wait(client.partners(String::new(), Page::ALL)).unwrap().0
    }
}

#[test]
fn new_ones_are_taken_and_the_rest_is_listed() {
    let mut clerk = Clerk::new();
    clerk.read("Őrségi Kft.;11773016-11111018;;\nHibás Bt.;11773016-11111019;;\n");
    assert_eq!(clerk.place.tab, Tab::New);
    assert!(clerk.kept().is_empty(), "nothing is stored before it is agreed to");
    clerk.send(Message::Tab(Tab::Refused));
    let Some(preview) = clerk.place.intake.shown() else { panic!("not shown") };
    assert_eq!((preview.refused[0].line, preview.refused[0].label.as_str()), (3, "Hibás Bt."));
    assert!(clerk.shows("11773016-11111019"), "the value as the file has it");
    clerk.send(Message::New(false));
    clerk.send(Message::Take);
    assert!(clerk.kept().is_empty(), "nothing is chosen");
    clerk.send(Message::New(true));
    clerk.send(Message::Take);
    assert_eq!(clerk.kept().len(), 1);
    assert!(clerk.shows(&tr!("partner-import-left", count = "1")));
    assert_eq!(clerk.said.len(), 1);
    clerk.send(Message::Leave);
    assert_eq!(clerk.went, [Go::Partners]);
}

#[test]
fn only_chosen_changes_are_taken() {
    let mut clerk = Clerk::new();
    clerk.keep("Őrségi Kft.;11773016-11111018;;régi\nTisza Kft.;10402142-00000103;;régi\n");
    clerk.read("Őrségi Kft.;11773016-11111018;;új\nTisza Kft.;10402142-00000103;;új\n");
    assert_eq!(clerk.place.tab, Tab::Changed);
    assert!(clerk.shows("régi") && clerk.shows("új"), "both sides of the first row");
    clerk.send(Message::Change(1));
    clerk.send(Message::Take);
    let notes: Vec<String> = clerk.kept().into_iter().map(|partner| partner.note).collect();
    assert_eq!(notes, ["régi", "új"]);
}

#[test]
fn all_changes_can_be_chosen_at_once_and_dropped_again() {
    let mut clerk = Clerk::new();
    clerk.keep("Őrségi Kft.;11773016-11111018;;régi\nTisza Kft.;10402142-00000103;;régi\n");
    clerk.read("Őrségi Kft.;11773016-11111018;;új\nTisza Kft.;10402142-00000103;;új\n");
    clerk.send(Message::ChangeAll(true));
    assert_eq!(clerk.place.changed.len(), 2);
    clerk.send(Message::ChangeAll(false));
    clerk.send(Message::Take);
    assert!(clerk.kept().iter().all(|partner| partner.note == "régi"));
}

#[test]
fn a_conflict_stays_behind_until_somebody_decides() {
    let mut clerk = Clerk::new();
    clerk.keep("Őrségi Kft.;11773016-11111018;;\n");
    clerk.read("Csaló Kft.;11773016-11111018;;\n");
    assert_eq!(clerk.place.tab, Tab::Clash);
    assert!(clerk.shows(&tr!("partner-import-leave")));
    clerk.send(Message::Take);
    assert_eq!(clerk.kept().len(), 1);
    clerk.send(Message::Resolve(0, Some(Resolution::AsNew)));
    clerk.send(Message::Take);
    assert_eq!(clerk.kept().len(), 2);
}

#[test]
fn what_changed_here_since_the_preview_is_not_overwritten() {
    let mut clerk = Clerk::new();
    clerk.keep("Őrségi Kft.;11773016-11111018;;régi\n");
    clerk.read("Őrségi Kft.;11773016-11111018;;új\n");
    clerk.send(Message::Change(0));
    let mut partner = clerk.kept().remove(0);
    partner.note = "közben".to_owned();
    clerk.office.wait(clerk.office.desk.client.save_partner(partner)).unwrap();
    clerk.send(Message::Take);
    assert!(clerk.shows(&tr!("import-trouble")));
    assert_eq!(clerk.kept()[0].note, "közben");
}

#[test]
fn a_damaged_file_is_refused_with_its_reason() {
    let mut clerk = Clerk::new();
    let path = clerk.office.folder().join("PARTNERS.DAT");
    std::fs::write(&path, "KAPOCS-PARTNERS\t9\tUTF-8\tx\n").unwrap();
    clerk.read_path(&path);
    assert!(matches!(clerk.place.intake.stage, Stage::Choosing));
    assert!(clerk.shows(&tr!("import-trouble")));
    let missing = clerk.office.folder().join("nincs");
    clerk.read_path(&missing);
    assert!(clerk.shows(&tr!("import-trouble")));
}
