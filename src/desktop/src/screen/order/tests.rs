//! The form over a real store: typing, saving, restoring.

use client::{ListedPackage, PackageFilter};
use domain::{Money, Values};

use super::*;
use crate::screen::sample::{self, Clerk, OTP, OWN, Office};
use crate::texts;

impl Clerk<OrderForm> {
    fn at(office: Office, how: NewOrder) -> Self {
        Self::open(office, |desk| OrderForm::new(desk, how))
    }

    fn new() -> Self {
        Self::at(Office::open(), NewOrder::Blank)
    }

    /// Types a whole text into a field and leaves it, through the view.
    fn type_into(&mut self, field: &'static str, text: &str) {
        self.send(typed(field, text));
        self.send(Message::Field(Edit::Left(field)));
    }

    /// An order that can be saved.
    fn fill(&mut self) {
        self.type_into(key::BENEFICIARY_NAME, "Őrségi Faipari Zrt.");
        self.type_into(key::TARGET, "1177301611111018");
        self.type_into(key::AMOUNT, "1,25M");
        self.type_into(key::NARRATIVE, "F-2026/1203");
    }

    fn packages(&self) -> Vec<ListedPackage> {
        let client = self.office.desk.client.clone();
        self.office.wait(client.packages(PackageFilter::Prepared, String::new(), Page::ALL)).unwrap()
    }

    fn press(&mut self, key: Press) {
        let message = self.place.key(&key).unwrap();
        self.send(message);
    }
}

fn typed(field: &'static str, text: &str) -> Message {
    Message::Field(Edit::Typed(field, text.to_owned()))
}

fn ticked(field: &'static str, on: bool) -> Message {
    Message::Field(Edit::Ticked(field, on))
}

fn ctrl(letter: &str) -> Press {
    Press { key: iced::keyboard::Key::Character(letter.into()), modifiers: iced::keyboard::Modifiers::CTRL }
}

#[test]
fn a_complete_form_is_saved_by_its_shortcut_and_leads_to_its_package() {
    let mut clerk = Clerk::new();
    clerk.fill();
    clerk.press(ctrl("s"));
    let packages = clerk.packages();
    assert_eq!(packages.len(), 1);
    assert_eq!((packages[0].count, packages[0].total), (1, Money::huf(1_250_000)));
    assert_eq!(packages[0].header.debit_account.map(|a| a.to_string()).as_deref(), Some(OWN));
    let go = Go::Prepared(Some(packages[0].header.id));
    assert_eq!(clerk.went, [go]);
    assert_eq!(clerk.said[0].link.as_ref().map(|(_, go)| *go), Some(go));
    assert!(clerk.said[0].words.contains("Őrségi Faipari Zrt."));
}

#[test]
fn save_and_next_empties_the_form_and_joins_the_open_package() {
    let mut clerk = Clerk::new();
    for _ in 0..2 {
        clerk.fill();
        clerk.send(Message::Save(After::Next));
        assert!(clerk.place.kept.is_blank());
        assert!(!clerk.place.kept.draft.values.is_empty(key::DEBIT_ACCOUNT));
    }
    let packages = clerk.packages();
    assert_eq!((packages.len(), packages[0].count), (1, 2));
    assert!(clerk.went.is_empty());
}

#[test]
fn signing_saves_first() {
    let mut clerk = Clerk::new();
    clerk.fill();
    clerk.send(Message::Save(After::Sign));
    assert_eq!(clerk.went, [Go::Sign(clerk.packages()[0].header.id)]);
}

#[test]
fn nothing_wrong_is_saved_and_errors_wait_until_save_was_tried() {
    let mut clerk = Clerk::new();
    clerk.send(typed(key::BENEFICIARY_NAME, "Őrségi"));
    assert!(clerk.place.problem(key::AMOUNT).is_none());
    clerk.press(ctrl("s"));
    assert!(clerk.place.problem(key::AMOUNT).is_some());
    assert!(clerk.place.problem(key::TARGET).is_some());
    assert!(clerk.packages().is_empty());
    assert!(clerk.shows(&tr!("order-fields-wrong", count = 2)));
}

#[test]
fn a_wrong_check_digit_names_its_block_beside_the_field() {
    let mut clerk = Clerk::new();
    clerk.send(typed(key::TARGET, "1177301611111019"));
    assert_eq!(clerk.place.kept.draft.get(key::TARGET), "11773016-11111019");
    assert!(clerk.shows(&texts::loader().get("account-check-second-block")));
    clerk.send(typed(key::TARGET, "11773017-1"));
    assert!(clerk.shows(&texts::loader().get("account-check-first-block")));
}

#[test]
fn digits_typed_one_by_one_stay_in_order_while_dashes_come_between() {
    let mut clerk = Clerk::new();
    let mut keyboard = sample::Keyboard::new();
    clerk.send(typed(key::TARGET, "1177301"));
    let desk = clerk.office.desk.clone();
    let mut todo = vec![keys::focus(key::TARGET)];
    for letter in ["", "6", "1", "2", "3"] {
        if !letter.is_empty() {
            for message in keyboard.letter(clerk.place.view(&desk), letter) {
                todo.push(clerk.place.update(message, &desk).task);
            }
        }
        for effect in todo.drain(..).flat_map(|task| clerk.office.effects(task)).collect::<Vec<_>>() {
            keyboard.operate(clerk.place.view(&desk), effect);
        }
    }
    assert_eq!(clerk.place.kept.draft.get(key::TARGET), "11773016-123");
}

#[test]
fn instant_takes_the_value_date_away_and_gives_it_back() {
    let mut clerk = Clerk::new();
    clerk.type_into(key::VALUE_DATE, "+3");
    clerk.send(ticked(key::INSTANT, true));
    assert!(clerk.place.kept.draft.values.is_empty(key::VALUE_DATE));
    assert!(clerk.shows(&tr!("order-value-date-not")));
    clerk.send(ticked(key::INSTANT, false));
    assert_eq!(clerk.place.kept.draft.get(key::VALUE_DATE), "+3");
    assert!(!clerk.shows(&tr!("order-value-date-not")));
}

#[test]
fn a_secondary_identifier_needs_the_instant_tick() {
    let mut clerk = Clerk::new();
    clerk.type_into(key::TARGET, "+36301234567");
    assert!(clerk.place.problem(key::INSTANT).is_some());
    clerk.type_into(key::AMOUNT, "5000");
    clerk.send(ticked(key::INSTANT, true));
    assert!(clerk.place.problem(key::INSTANT).is_none());
    clerk.press(ctrl("s"));
    assert!(clerk.packages()[0].header.instant);
}

#[test]
fn the_bank_s_way_and_time_are_told_while_typing() {
    let mut clerk = Clerk::new();
    assert!(clerk.shows(&tr!("order-bank-later")));
    clerk.fill();
    assert!(clerk.shows(&texts::loader().get("route-instant")));
    assert!(clerk.shows(&client::texts::text("expected-seconds", &[("count", "5".to_owned())])));
    assert!(clerk.shows(&tr!("order-first-payment")));
}

#[test]
fn what_was_typed_is_there_after_a_crash() {
    let mut clerk = Clerk::new();
    clerk.fill();
    let typed = clerk.place.kept.clone();
    let clerk = Clerk::at(clerk.office, NewOrder::Blank);
    assert_eq!(clerk.place.kept, typed);
    assert!(clerk.shows(&tr!("order-restored")));
}

#[test]
fn leaving_keeps_what_was_typed_and_saving_forgets_it() {
    let mut clerk = Clerk::new();
    clerk.send(typed(key::NARRATIVE, "félbe"));
    clerk.send(Message::Leave);
    assert!(clerk.went.is_empty() && clerk.went_back);
    let mut clerk = Clerk::at(clerk.office, NewOrder::Kept);
    assert_eq!(clerk.place.kept.draft.get(key::NARRATIVE), "félbe");
    clerk.fill();
    clerk.press(ctrl("s"));
    let clerk = Clerk::at(clerk.office, NewOrder::Blank);
    assert!(clerk.place.kept.is_blank());
    assert!(!clerk.shows(&tr!("order-restored")));
}

#[test]
fn changes_of_a_recorded_order_are_asked_about_before_they_are_left() {
    let mut clerk = Clerk::new();
    clerk.fill();
    clerk.press(ctrl("s"));
    let package = clerk.packages()[0].header.id;
    let client = clerk.office.desk.client.clone();
    let order = clerk.office.wait(client.package(package)).unwrap().orders[0].order.id();
    let back = Go::Prepared(Some(package));
    let escape = || Press { key: iced::keyboard::Key::Named(Named::Escape), modifiers: Default::default() };
    // Nothing was changed: nothing is asked, and nothing is kept.
    let mut clerk = Clerk::at(clerk.office, NewOrder::Edit(order));
    clerk.press(escape());
    assert_eq!(clerk.went, [back]);
    let mut clerk = Clerk::at(clerk.office, NewOrder::Edit(order));
    assert!(!clerk.place.restored);
    clerk.type_into(key::NARRATIVE, "másik");
    clerk.press(escape());
    assert!(clerk.went.is_empty() && clerk.shows(&tr!("order-leave-title")));
    assert!(clerk.place.key(&ctrl("s")).is_none(), "nothing below the question is reached");
    clerk.send(Message::Stay);
    assert!(!clerk.shows(&tr!("order-leave-title")));
    clerk.press(escape());
    clerk.send(Message::Discard);
    assert_eq!(clerk.went, [back]);
    let mut clerk = Clerk::at(clerk.office, NewOrder::Edit(order));
    assert_eq!(clerk.place.kept.draft.get(key::NARRATIVE), "F-2026/1203");
    clerk.type_into(key::NARRATIVE, "másik");
    clerk.press(escape());
    clerk.send(Message::Save(After::Package));
    assert_eq!(clerk.went, [back]);
    let clerk = Clerk::at(clerk.office, NewOrder::Edit(order));
    assert_eq!(clerk.place.kept.draft.get(key::NARRATIVE), "másik");
}

#[test]
fn changes_of_one_order_come_back_with_that_order_alone() {
    let mut clerk = Clerk::new();
    for payee in ["első", "második"] {
        clerk.fill();
        clerk.type_into(key::NARRATIVE, payee);
        clerk.press(ctrl("s"));
        clerk = Clerk::at(clerk.office, NewOrder::Blank);
    }
    let package = clerk.packages()[0].header.id;
    let client = clerk.office.desk.client.clone();
    let orders = clerk.office.wait(client.package(package)).unwrap().orders;
    let [first, second] = [0, 1].map(|at| orders[at].order.id());
    // Each is changed and left without an answer, as by a crash.
    for (order, narrative) in [(first, "az első változik"), (second, "a második változik")] {
        clerk = Clerk::at(clerk.office, NewOrder::Edit(order));
        clerk.type_into(key::NARRATIVE, narrative);
    }
    for (order, narrative) in [(first, "az első változik"), (second, "a második változik")] {
        clerk = Clerk::at(clerk.office, NewOrder::Edit(order));
        assert_eq!(clerk.place.kept.draft.get(key::NARRATIVE), narrative);
        assert!(
            clerk.place.restored && clerk.place.offered().is_empty(),
            "nothing of the other one is offered"
        );
        clerk.send(Message::PutBack);
        assert_eq!(clerk.place.kept.editing, Some(order));
    }
}

#[test]
fn a_copy_says_that_it_is_one_and_is_kept_only_once_it_is_changed() {
    let mut clerk = Clerk::new();
    clerk.fill();
    clerk.press(ctrl("s"));
    let package = clerk.packages()[0].header.id;
    let client = clerk.office.desk.client.clone();
    let order = clerk.office.wait(client.package(package)).unwrap().orders[0].order.id();
    let mut clerk = Clerk::at(clerk.office, NewOrder::Copy(order));
    assert!(clerk.shows(&tr!("order-title-copy")) && clerk.shows(&tr!("order-copied")));
    let looked = clerk.place.changed(Topic::Packages, &clerk.office.desk);
    clerk.settle(looked);
    let mut clerk = Clerk::at(clerk.office, NewOrder::Blank);
    assert!(clerk.place.kept.is_blank(), "a new order is an empty one");
    clerk.send(Message::Leave);
    let mut clerk = Clerk::at(clerk.office, NewOrder::Copy(order));
    clerk.type_into(key::AMOUNT, "77");
    let clerk = Clerk::at(clerk.office, NewOrder::Blank);
    assert!(clerk.place.restored && clerk.shows(&tr!("order-copied")), "it still says so");
}

#[test]
fn an_order_that_could_not_be_saved_comes_back() {
    let mut clerk = Clerk::new();
    clerk.fill();
    let kept = clerk.place.kept.clone();
    let error = Arc::new(ClientError::Internal);
    clerk.send(Message::Clear);
    clerk.send(Message::Saved(After::Next, Box::new(kept.clone()), Err(error.clone())));
    assert_eq!(clerk.place.kept, kept);
    assert!(clerk.said.last().is_some_and(|notice| notice.words.contains("Őrségi Faipari Zrt.")));
    clerk.type_into(key::NARRATIVE, "következő");
    clerk.send(Message::Saved(After::Next, Box::new(kept.clone()), Err(error)));
    assert_eq!(clerk.place.kept.draft.get(key::NARRATIVE), "következő");
    clerk.send(Message::PutBack);
    assert_eq!(clerk.place.kept, kept);
    clerk.send(Message::PutBack);
    assert_eq!(clerk.place.kept.draft.get(key::NARRATIVE), "következő", "neither is lost");
}

#[test]
fn of_several_orders_that_could_not_be_saved_none_is_lost() {
    let mut clerk = Clerk::new();
    let mut failed = Vec::new();
    for narrative in ["első", "második", "harmadik"] {
        clerk.fill();
        clerk.type_into(key::NARRATIVE, narrative);
        failed.push(clerk.place.kept.clone());
        clerk.send(Message::Clear);
    }
    clerk.type_into(key::NARRATIVE, "negyedik");
    for kept in &failed {
        let error = Arc::new(ClientError::Internal);
        clerk.send(Message::Saved(After::Next, Box::new(kept.clone()), Err(error)));
    }
    assert_eq!(clerk.place.kept.draft.get(key::NARRATIVE), "negyedik");
    assert!(clerk.shows(&tr!("order-aside", count = 3)));
    let turn = |clerk: &mut Clerk<OrderForm>| {
        (0..4)
            .map(|_| {
                clerk.send(Message::PutBack);
                clerk.place.kept.draft.get(key::NARRATIVE).to_owned()
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(turn(&mut clerk), ["harmadik", "második", "első", "negyedik"]);
    // Nor by a crash.
    let mut clerk = Clerk::at(clerk.office, NewOrder::Blank);
    assert_eq!(clerk.place.kept.draft.get(key::NARRATIVE), "negyedik");
    assert_eq!(turn(&mut clerk), ["harmadik", "második", "első", "negyedik"]);
}

#[test]
fn another_beginning_does_not_push_out_the_unfinished_order() {
    let mut clerk = Clerk::new();
    clerk.fill();
    let first = clerk.place.kept.clone();
    clerk.press(ctrl("s"));
    let order = clerk.packages()[0].header.id;
    let mut clerk = Clerk::at(clerk.office, NewOrder::Blank);
    clerk.send(typed(key::NARRATIVE, "félbe"));
    let mut clerk = Clerk::at(clerk.office, NewOrder::In(order));
    assert!(clerk.place.kept.draft.values.is_empty(key::NARRATIVE));
    assert_eq!(clerk.place.kept.package, Some(order));
    clerk.send(Message::PutBack);
    assert_eq!(clerk.place.kept.draft.get(key::NARRATIVE), "félbe");
    assert_ne!(clerk.place.kept, first);
}

#[test]
fn an_unknown_payee_becomes_a_partner_and_is_suggested_from_then_on() {
    let mut clerk = Clerk::new();
    clerk.fill();
    assert!(clerk.shows(&tr!("order-save-partner")));
    clerk.send(Message::SavePartner);
    assert!(!clerk.shows(&tr!("order-save-partner")));
    clerk.send(Message::Clear);
    clerk.send(typed(key::BENEFICIARY_NAME, "orsegi"));
    assert_eq!(clerk.place.suggestions.len(), 1);
    clerk.send(Message::Field(Edit::Suggestion(0)));
    assert_eq!(clerk.place.kept.draft.get(key::TARGET), OTP);
    assert_eq!(clerk.place.kept.draft.get(key::BENEFICIARY_NAME), "Őrségi Faipari Zrt.");
}

#[test]
fn a_chosen_package_that_does_not_fit_is_said_and_a_new_one_offered() {
    let mut clerk = Clerk::new();
    clerk.fill();
    clerk.press(ctrl("s"));
    let package = clerk.packages()[0].header.id;
    let mut clerk = Clerk::at(clerk.office, NewOrder::In(package));
    clerk.fill();
    clerk.send(ticked(key::INSTANT, true));
    assert!(clerk.shows(&tr!("order-into-new")));
    clerk.send(Message::Alone);
    clerk.press(ctrl("s"));
    assert_eq!(clerk.packages().len(), 2);
}

#[test]
fn a_saved_order_never_comes_back_as_an_unsaved_one() {
    let mut clerk = Clerk::new();
    clerk.fill();
    // A keep that began before the save and ends after it.
    let late = clerk.place.ask(&clerk.office.desk);
    clerk.press(ctrl("s"));
    clerk.settle(late);
    let clerk = Clerk::at(clerk.office, NewOrder::Blank);
    assert!(clerk.place.kept.is_blank() && !clerk.place.restored);
}

#[test]
fn the_unfinished_order_survives_another_one_that_is_saved() {
    let mut clerk = Clerk::new();
    clerk.fill();
    clerk.press(ctrl("s"));
    let order = clerk.packages()[0].header.id;
    let mut clerk = Clerk::at(clerk.office, NewOrder::Blank);
    clerk.send(typed(key::NARRATIVE, "félbe"));
    let mut clerk = Clerk::at(clerk.office, NewOrder::In(order));
    clerk.fill();
    clerk.press(ctrl("s"));
    assert_eq!(clerk.packages()[0].count, 2);
    let clerk = Clerk::at(clerk.office, NewOrder::Blank);
    assert_eq!(clerk.place.kept.draft.get(key::NARRATIVE), "félbe");
}

#[test]
fn late_answers_are_dropped() {
    let mut clerk = Clerk::new();
    clerk.fill();
    let answer = clerk.place.answer.clone().unwrap();
    clerk.place.answer = None;
    clerk.send(Message::Checked(Question::ask(), answer));
    assert!(clerk.place.answer.is_none());
}

#[test]
#[ignore = "takes pictures for somebody to look at: cargo test -p kapocs-desktop pictures -- --ignored"]
fn pictures() {
    let mut clerk = Clerk::new();
    clerk.fill();
    sample::take_pictures("order", || clerk.place.view(&clerk.office.desk));
    let mut clerk = Clerk::new();
    clerk.fill();
    clerk.type_into(key::TARGET, "11773016-1111101");
    clerk.send(ticked(key::INSTANT, true));
    clerk.send(Message::Field(Edit::More));
    clerk.press(ctrl("s"));
    sample::take_pictures("order-wrong", || clerk.place.view(&clerk.office.desk));
}

#[test]
fn a_template_that_is_kept_elsewhere_is_offered_in_the_open_form() {
    let mut clerk = Clerk::new();
    let client = clerk.office.desk.client.clone();
    let template = domain::Template {
        id: client.new_template_id(),
        name: "Havi bérleti díj".parse().unwrap(),
        order_type: domain::OrderType::Hct,
        fields: Values::default(),
    };
    clerk.office.wait(client.save_template(template)).unwrap();
    let task = clerk.place.changed(Topic::MasterData, &clerk.office.desk);
    clerk.settle(task);
    assert_eq!(clerk.place.lists.templates.len(), 1);
}

#[test]
fn a_transfer_between_own_accounts_asks_for_no_name_and_chooses_its_target() {
    let mut clerk = Clerk::new();
    clerk.send(Message::Type(OrderType::Hve));
    assert!(
        clerk.shows(&client::texts::text("field-own-target", &[]))
            && !clerk.shows(&fields::label(key::BENEFICIARY_NAME))
    );
    clerk.type_into(key::AMOUNT, "250000");
    clerk.send(Message::Field(Edit::Account(key::TARGET, 1)));
    clerk.press(ctrl("s"));
    let packages = clerk.packages();
    assert_eq!((packages.len(), packages[0].header.order_type), (1, OrderType::Hve));
}

#[test]
fn a_viber_order_that_qualifies_as_instant_leads_to_a_domestic_one_with_everything_typed() {
    let bank = Office::at_bank(|profile| profile.viber.company_batches = false);
    let mut clerk = Clerk::at(bank, NewOrder::Blank);
    clerk.send(Message::Type(OrderType::Vib));
    clerk.fill();
    assert!(clerk.shows(&tr!("order-rather-instant")));
    clerk.press(ctrl("s"));
    assert!(clerk.packages().is_empty());
    let typed = clerk.place.kept.draft.values.clone();
    clerk.send(Message::Type(OrderType::default()));
    assert!(!clerk.shows(&tr!("order-rather-instant")));
    assert_eq!(clerk.place.kept.draft.values, typed);
    clerk.press(ctrl("s"));
    assert_eq!(clerk.packages()[0].header.order_type, OrderType::Hct);
}

#[test]
fn what_another_type_has_no_place_for_waits_until_the_first_one_comes_back() {
    let mut clerk = Clerk::new();
    clerk.fill();
    clerk.send(Message::Type(OrderType::Hve));
    assert!(clerk.place.kept.order_draft().values.is_empty(key::BENEFICIARY_NAME));
    clerk.send(Message::Type(OrderType::Hct));
    assert_eq!(clerk.place.kept.draft.get(key::BENEFICIARY_NAME), "Őrségi Faipari Zrt.");
}

#[test]
fn every_field_of_every_payment_stands_in_its_form() {
    let mut clerk = Clerk::new();
    clerk.send(Message::Field(Edit::More));
    for kind in OrderType::ALL.iter().copied().filter(|kind| kind.is_payment()) {
        clerk.send(Message::Type(kind));
        assert!(clerk.shows(&fields::kind_name(kind)));
        for field in kind.fields() {
            let label = client::texts::text(&field.label_key(), &[]);
            assert!(clerk.shows(&label), "{kind}: {label}");
        }
    }
}
