//! The form over a real store: typing, saving, restoring.

use client::domain::Money;
use client::{ListedPackage, PackageFilter};
use iced_test::Simulator;

use super::*;
use crate::design::font;
use crate::screen::sample::{self, OTP, OWN, Office};

/// What a form asked the window to do.
#[derive(Default)]
struct Heard {
    notices: Vec<Notice>,
    went: Vec<Go>,
    signs: Vec<PackageId>,
}

struct Desk {
    office: Office,
    form: OrderForm,
    heard: Heard,
}

impl Desk {
    fn at(office: Office, how: NewOrder) -> Self {
        let (form, task) = OrderForm::new(&office.shared, how);
        let mut desk = Self { office, form, heard: Heard::default() };
        desk.settle(task);
        desk
    }

    fn new() -> Self {
        Self::at(Office::open(), NewOrder::Blank)
    }

    fn settle(&mut self, task: Task<Message>) {
        for message in self.office.run(task) {
            self.send(message);
        }
    }

    fn send(&mut self, message: Message) {
        let task = match self.form.update(message, &self.office.shared) {
            Action::None => return,
            Action::Run(task) => task,
            Action::Go(go) => {
                self.heard.went.push(go);
                return;
            }
            Action::Say(notice, task) => {
                self.heard.notices.push(notice);
                task
            }
            Action::SayAndGo(notice, go) => {
                self.heard.notices.push(notice);
                self.heard.went.push(go);
                return;
            }
            Action::Sign(notice, package) => {
                self.heard.notices.push(notice);
                self.heard.signs.push(package);
                return;
            }
        };
        self.settle(task);
    }

    /// Types a whole text into a field and leaves it, through the view.
    fn type_into(&mut self, field: Field, text: &str) {
        self.send(Message::Typed(field, text.to_owned()));
        self.send(Message::Left(field));
    }

    /// An order that can be saved.
    fn fill(&mut self) {
        self.type_into(Field::BeneficiaryName, "Őrségi Faipari Zrt.");
        self.type_into(Field::Target, "1177301611111018");
        self.type_into(Field::Amount, "1,25M");
        self.type_into(Field::Narrative, "F-2026/1203");
    }

    fn shows(&self, words: &str) -> bool {
        let mut ui =
            Simulator::with_size(font::settings(), (1068.0, 648.0), self.form.view(&self.office.shared));
        ui.find(words).is_ok()
    }

    fn packages(&self) -> Vec<ListedPackage> {
        let client = self.office.shared.client.clone();
        self.office.wait(client.packages(PackageFilter::Prepared, String::new(), Page::ALL)).unwrap()
    }

    fn press(&mut self, key: Press) {
        let message = self.form.key(&key).unwrap();
        self.send(message);
    }
}

fn ctrl(letter: &str) -> Press {
    Press { key: iced::keyboard::Key::Character(letter.into()), modifiers: iced::keyboard::Modifiers::CTRL }
}

#[test]
fn a_complete_form_is_saved_by_its_shortcut_and_leads_to_its_package() {
    let mut desk = Desk::new();
    desk.fill();
    desk.press(ctrl("s"));
    let packages = desk.packages();
    assert_eq!(packages.len(), 1);
    assert_eq!((packages[0].count, packages[0].total), (1, Money::huf(1_250_000)));
    assert_eq!(packages[0].header.debit_account.map(|a| a.to_string()).as_deref(), Some(OWN));
    let go = Go::Prepared(Some(packages[0].header.id));
    assert_eq!(desk.heard.went, [go]);
    assert_eq!(desk.heard.notices[0].link.as_ref().map(|(_, go)| *go), Some(go));
    assert!(desk.heard.notices[0].words.contains("Őrségi Faipari Zrt."));
}

#[test]
fn save_and_next_empties_the_form_and_joins_the_open_package() {
    let mut desk = Desk::new();
    for _ in 0..2 {
        desk.fill();
        desk.send(Message::Save(After::Next));
        assert!(desk.form.kept.is_blank());
        assert!(!desk.form.kept.draft.debit_account.is_empty());
    }
    let packages = desk.packages();
    assert_eq!((packages.len(), packages[0].count), (1, 2));
    assert!(desk.heard.went.is_empty());
}

#[test]
fn signing_saves_first() {
    let mut desk = Desk::new();
    desk.fill();
    desk.send(Message::Save(After::Sign));
    assert_eq!(desk.heard.signs, [desk.packages()[0].header.id]);
}

#[test]
fn nothing_wrong_is_saved_and_errors_wait_until_save_was_tried() {
    let mut desk = Desk::new();
    desk.send(Message::Typed(Field::BeneficiaryName, "Őrségi".into()));
    assert!(desk.form.problem(Field::Amount).is_none());
    desk.press(ctrl("s"));
    assert!(desk.form.problem(Field::Amount).is_some());
    assert!(desk.form.problem(Field::Target).is_some());
    assert!(desk.packages().is_empty());
    assert!(desk.shows(&tr!("order-fields-wrong", count = 2)));
}

#[test]
fn a_wrong_check_digit_names_its_block_beside_the_field() {
    let mut desk = Desk::new();
    desk.send(Message::Typed(Field::Target, "1177301611111019".into()));
    assert_eq!(desk.form.kept.draft.target, "11773016-11111019");
    assert!(desk.shows(&texts::loader().get("account-check-second-block")));
    desk.send(Message::Typed(Field::Target, "11773017-1".into()));
    assert!(desk.shows(&texts::loader().get("account-check-first-block")));
}

#[test]
fn digits_typed_one_by_one_stay_in_order_while_dashes_come_between() {
    let mut desk = Desk::new();
    let mut keyboard = sample::Keyboard::new();
    desk.send(Message::Typed(Field::Target, "1177301".to_owned()));
    let shared = desk.office.shared.clone();
    let mut todo = vec![focus(Field::Target)];
    for letter in ["", "6", "1", "2", "3"] {
        if !letter.is_empty() {
            for message in keyboard.letter(desk.form.view(&shared), letter) {
                if let Action::Run(task) = desk.form.update(message, &shared) {
                    todo.push(task);
                }
            }
        }
        for effect in todo.drain(..).flat_map(|task| desk.office.effects(task)).collect::<Vec<_>>() {
            keyboard.operate(desk.form.view(&shared), effect);
        }
    }
    assert_eq!(desk.form.kept.draft.target, "11773016-123");
}

#[test]
fn instant_takes_the_value_date_away_and_gives_it_back() {
    let mut desk = Desk::new();
    desk.type_into(Field::ValueDate, "+3");
    desk.send(Message::Instant(true));
    assert!(desk.form.kept.draft.value_date.is_empty());
    assert!(desk.shows(&tr!("order-value-date-not")));
    desk.send(Message::Instant(false));
    assert_eq!(desk.form.kept.draft.value_date, "+3");
    assert!(!desk.shows(&tr!("order-value-date-not")));
}

#[test]
fn a_secondary_identifier_needs_the_instant_tick() {
    let mut desk = Desk::new();
    desk.type_into(Field::Target, "+36301234567");
    assert!(desk.form.problem(Field::Instant).is_some());
    desk.type_into(Field::Amount, "5000");
    desk.send(Message::Instant(true));
    assert!(desk.form.problem(Field::Instant).is_none());
    desk.press(ctrl("s"));
    assert!(desk.packages()[0].header.instant);
}

#[test]
fn the_bank_s_way_and_time_are_told_while_typing() {
    let mut desk = Desk::new();
    assert!(desk.shows(&tr!("order-bank-later")));
    desk.fill();
    assert!(desk.shows(&texts::loader().get("route-instant")));
    assert!(desk.shows(&tr!("expected-seconds", seconds = 5)));
    assert!(desk.shows(&tr!("order-first-payment")));
}

#[test]
fn what_was_typed_is_there_after_a_crash() {
    let mut desk = Desk::new();
    desk.fill();
    let typed = desk.form.kept.clone();
    let desk = Desk::at(desk.office, NewOrder::Blank);
    assert_eq!(desk.form.kept, typed);
    assert!(desk.shows(&tr!("order-restored")));
}

#[test]
fn leaving_keeps_what_was_typed_and_saving_forgets_it() {
    let mut desk = Desk::new();
    desk.send(Message::Typed(Field::Narrative, "félbe".into()));
    desk.send(Message::Leave);
    assert_eq!(desk.heard.went, [Go::Overview]);
    let mut desk = Desk::at(desk.office, NewOrder::Kept);
    assert_eq!(desk.form.kept.draft.narrative, "félbe");
    desk.fill();
    desk.press(ctrl("s"));
    let desk = Desk::at(desk.office, NewOrder::Blank);
    assert!(desk.form.kept.is_blank());
    assert!(!desk.shows(&tr!("order-restored")));
}

#[test]
fn another_beginning_does_not_push_out_the_unfinished_order() {
    let mut desk = Desk::new();
    desk.fill();
    let typed = desk.form.kept.clone();
    desk.press(ctrl("s"));
    let order = desk.packages()[0].header.id;
    let mut desk = Desk::at(desk.office, NewOrder::Blank);
    desk.send(Message::Typed(Field::Narrative, "félbe".into()));
    let mut desk = Desk::at(desk.office, NewOrder::In(order));
    assert!(desk.form.kept.draft.narrative.is_empty());
    assert_eq!(desk.form.kept.package, Some(order));
    desk.send(Message::PutBack);
    assert_eq!(desk.form.kept.draft.narrative, "félbe");
    assert_ne!(desk.form.kept, typed);
}

#[test]
fn an_unknown_payee_becomes_a_partner_and_is_suggested_from_then_on() {
    let mut desk = Desk::new();
    desk.fill();
    assert!(desk.shows(&tr!("order-save-partner")));
    desk.send(Message::SavePartner);
    assert!(!desk.shows(&tr!("order-save-partner")));
    desk.send(Message::Clear);
    desk.send(Message::Typed(Field::BeneficiaryName, "orsegi".into()));
    assert_eq!(desk.form.suggestions.len(), 1);
    desk.send(Message::Partner(0));
    assert_eq!(desk.form.kept.draft.target, OTP);
    assert_eq!(desk.form.kept.draft.beneficiary_name, "Őrségi Faipari Zrt.");
}

#[test]
fn a_chosen_package_that_does_not_fit_is_said_and_a_new_one_offered() {
    let mut desk = Desk::new();
    desk.fill();
    desk.press(ctrl("s"));
    let package = desk.packages()[0].header.id;
    let mut desk = Desk::at(desk.office, NewOrder::In(package));
    desk.fill();
    desk.send(Message::Instant(true));
    assert!(desk.shows(&tr!("order-into-new")));
    desk.send(Message::Alone);
    desk.press(ctrl("s"));
    assert_eq!(desk.packages().len(), 2);
}

#[test]
fn a_saved_order_never_comes_back_as_an_unsaved_one() {
    let mut desk = Desk::new();
    desk.fill();
    // A keep that began before the save and ends after it.
    let late = desk.form.ask(&desk.office.shared);
    desk.press(ctrl("s"));
    desk.settle(late);
    let desk = Desk::at(desk.office, NewOrder::Blank);
    assert!(desk.form.kept.is_blank() && !desk.form.restored);
}

#[test]
fn the_unfinished_order_survives_another_one_that_is_saved() {
    let mut desk = Desk::new();
    desk.fill();
    desk.press(ctrl("s"));
    let order = desk.packages()[0].header.id;
    let mut desk = Desk::at(desk.office, NewOrder::Blank);
    desk.send(Message::Typed(Field::Narrative, "félbe".into()));
    let mut desk = Desk::at(desk.office, NewOrder::In(order));
    desk.fill();
    desk.press(ctrl("s"));
    assert_eq!(desk.packages()[0].count, 2);
    let desk = Desk::at(desk.office, NewOrder::Blank);
    assert_eq!(desk.form.kept.draft.narrative, "félbe");
}

#[test]
fn late_answers_are_dropped() {
    let mut desk = Desk::new();
    desk.fill();
    let answer = desk.form.answer.clone().unwrap();
    desk.form.answer = None;
    desk.send(Message::Checked(Question::ask(), answer));
    assert!(desk.form.answer.is_none());
}

#[test]
#[ignore = "takes pictures for somebody to look at: cargo test -p kapocs-desktop pictures -- --ignored"]
fn pictures() {
    let mut desk = Desk::new();
    desk.fill();
    sample::take_pictures("order", || desk.form.view(&desk.office.shared));
    let mut desk = Desk::new();
    desk.fill();
    desk.type_into(Field::Target, "11773016-1111101");
    desk.send(Message::Instant(true));
    desk.send(Message::More);
    desk.press(ctrl("s"));
    sample::take_pictures("order-wrong", || desk.form.view(&desk.office.shared));
}
