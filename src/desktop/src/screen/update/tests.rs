use client::update::{HAS_INSTALLER, ReleaseError};
use domain::Explain;

use super::samples::{Sample, fetched, newer, too_old};
use super::*;
use crate::design::font;
use crate::screen::sample::Office;
use crate::tr;

struct Sheet {
    office: Office,
    sheet: Updating,
}

impl Sheet {
    fn of(state: UpdateState) -> Self {
        let sheet = Updating { installs: true, ..Updating::new(state) };
        Self { office: Office::open(), sheet }
    }

    fn update(&mut self, message: Message, loses: bool) -> Action<Message, Wish> {
        let folder = self.office.folder().join("updates");
        self.sheet.update(message, Around { client: &self.office.desk.client, folder, loses })
    }

    /// Does what happened and what follows of it.
    fn follow(&mut self, message: Message) {
        let task = self.update(message, false).task;
        for next in self.office.run(task) {
            self.follow(next);
        }
    }

    fn shows(&self, words: &str) -> bool {
        let mut ui = iced_test::Simulator::with_size(font::settings(), (1068.0, 648.0), self.sheet.view());
        ui.find(words).is_ok()
    }
}

#[test]
fn what_cannot_be_brought_can_be_tried_again() {
    let mut sheet = Sheet::of(newer());
    assert!(sheet.shows(&tr!("update-download")) && sheet.shows(&tr!("update-signed")));
    // The office is connected to no bank.
    sheet.follow(Message::Download);
    let Stage::Failed(error) = &sheet.sheet.stage else { panic!("it did not fail") };
    assert_eq!(error.code(), "no-bank");
    assert!(sheet.shows(&tr!("try-again")));
    let _ = sheet.update(Message::Download, false);
    assert!(sheet.shows(&tr!("cancel")));
    // Esc gives the download up first, then the sheet.
    assert_eq!(sheet.update(Message::Leave, false).wish, None);
    assert_eq!(sheet.update(Message::Leave, false).wish, Some(Wish::Close));
    // What the given-up download still says is late.
    let _ = sheet.update(Message::Fetched(Ok(fetched())), false);
    assert!(matches!(sheet.sheet.stage, Stage::Offer));
}

#[test]
fn what_is_typed_is_asked_about_before_the_program_closes() {
    let mut sheet = Sheet::of(newer());
    sheet.sheet.stage = Stage::Ready(fetched());
    assert_eq!(sheet.update(Message::Install, true).wish, None);
    assert!(sheet.shows(&tr!("update-loses")));
    let _ = sheet.update(Message::Stay, true);
    assert!(sheet.shows(&tr!("update-install")));
    let _ = sheet.update(Message::Install, true);
    let _ = sheet.update(Message::ReallyInstall, true);
    // While the installer starts nothing else can be done.
    assert_eq!(sheet.update(Message::Leave, true).wish, None);
    assert_eq!(sheet.update(Message::Started(Ok(())), true).wish, Some(Wish::Quit));
}

#[test]
fn a_file_that_is_not_the_signed_one_is_not_started() {
    let mut sheet = Sheet::of(newer());
    let update = newer();
    let file = update.update().unwrap().file.clone();
    let path = sheet.office.folder().join(&file.name);
    std::fs::write(&path, vec![0; usize::try_from(file.size).unwrap()]).unwrap();
    sheet.sheet.stage = Stage::Ready(Fetched::at(path, file));
    sheet.follow(Message::Install);
    let Stage::Failed(error) = &sheet.sheet.stage else { panic!("it was started") };
    assert_eq!(error.code(), ReleaseError::Hash.code());
}

#[test]
fn a_program_that_is_too_old_is_told_what_still_works() {
    let sheet = Sheet::of(too_old(false));
    assert!(sheet.shows(&tr!("update-blocked")) && sheet.shows(&tr!("update-read-only")));
    assert!(sheet.shows(&tr!("update-download")));
    let nothing = Sheet::of(too_old(true));
    assert!(nothing.shows(&tr!("update-no-offer")) && !nothing.shows(&tr!("update-download")));
}

#[test]
fn where_no_installer_runs_the_file_is_for_the_systems_own_tools() {
    let mut sheet = Sheet::of(newer());
    sheet.sheet.stage = Stage::Ready(fetched());
    sheet.sheet.installs = false;
    assert!(!sheet.shows(&tr!("update-install")) && sheet.shows(&tr!("close")));
    assert_eq!(Updating::new(newer()).installs, HAS_INSTALLER);
    assert!(Sample::Notice.sheet().is_none());
}
