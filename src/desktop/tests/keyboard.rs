//! Everything is reached by Tab and pressed by the keyboard; a sheet keeps the focus inside.
#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests stop at the first surprise

mod driver;

use desktop::screen::gallery::{Message, Page};
use driver::Driver;
use iced::keyboard::{Key, Modifiers, key::Named};

/// Something that may make a stop answer.
type Attempt = fn(&mut Driver) -> Vec<Message>;

const PAGES: [Page; 5] = [Page::Overview, Page::Form, Page::Lists, Page::Pieces, Page::Long];

#[test]
fn tab_reaches_every_stop_once_in_order() {
    for page in PAGES {
        let mut driver = Driver::new(page);
        let count = driver.stops().len();
        assert!(count >= 8, "{page:?} has only {count} stops");
        for at in 0..count {
            driver.tab();
            let focused: Vec<usize> =
                driver.stops().iter().enumerate().filter(|(_, on)| **on).map(|(index, _)| index).collect();
            assert_eq!(focused, [at], "{page:?}");
        }
    }
}

#[test]
fn every_stop_answers_to_the_keyboard() {
    for page in PAGES {
        let count = Driver::new(page).stops().len();
        for at in 0..count {
            // Fields take text; buttons and headers take Enter; tables walk by the arrows; lists open by Enter and
            // choose by it. Each is tried anew, as Enter leads away from what is deaf to it.
            let tries: [Attempt; 4] = [
                |driver| driver.letter("1"),
                |driver| driver.key(Named::Enter),
                |driver| driver.key(Named::ArrowDown),
                |driver| [Named::Enter, Named::ArrowDown, Named::Enter].map(|key| driver.key(key)).concat(),
            ];
            let said = tries.iter().find_map(|attempt| {
                let mut driver = Driver::new(page);
                (0..=at).for_each(|_| drop(driver.tab()));
                Some(attempt(&mut driver)).filter(|said| !said.is_empty())
            });
            assert!(said.is_some(), "stop {at} of {page:?} is deaf");
        }
    }
}

#[test]
fn space_presses_too() {
    let mut driver = Driver::new(Page::Form);
    driver.focus("instant");
    assert!(matches!(driver.key(Named::Space)[..], [Message::Instant(false)]));
    driver.focus("save");
    assert!(matches!(driver.key(Named::Space)[..], [Message::Pressed("Mentve")]));
}

#[test]
fn a_sheet_keeps_the_focus_inside_and_escape_leaves_it() {
    let mut driver = Driver::new(Page::Form);
    driver.focus("sign");
    driver.key(Named::Enter);
    assert!(driver.gallery.is_signing());
    assert_eq!(driver.stops().len(), 3, "the PIN and two buttons");
    for _ in 0..4 {
        driver.tab();
        assert_eq!(driver.stops().iter().filter(|on| **on).count(), 1);
    }
    driver.focus("sheet-pin");
    driver.key(Named::Escape);
    assert!(!driver.gallery.is_signing(), "Esc leaves even from a text field");
    assert!(driver.stops().len() > 10, "the page is awake again");
}

#[test]
fn a_select_walks_by_arrows_and_by_first_letters() {
    let mut driver = Driver::new(Page::Form);
    driver.focus("source");
    assert!(matches!(driver.key(Named::ArrowDown)[..], [Message::Source(1)]));
    assert!(matches!(driver.letter("e")[..], [Message::Source(2)]));
    assert!(driver.key(Named::Enter).is_empty(), "Enter opens the list");
    assert!(driver.key(Named::Home).is_empty());
    assert!(matches!(driver.key(Named::Enter)[..], [Message::Source(0)]));
}

#[test]
fn suggestions_are_chosen_by_arrows_and_enter() {
    let mut driver = Driver::new(Page::Form);
    let _ = driver.gallery.update(Message::Partner("ő".to_owned()));
    driver.focus("partner");
    driver.draw();
    assert!(driver.key(Named::ArrowDown).is_empty());
    assert!(driver.key(Named::ArrowDown).is_empty());
    assert!(matches!(driver.key(Named::Enter)[..], [Message::PartnerChosen(1)]));
}

#[test]
fn an_amount_is_grouped_when_the_field_is_left() {
    let mut driver = Driver::new(Page::Form);
    let _ = driver.gallery.update(Message::Amount("1250000".to_owned()));
    driver.focus("amount");
    let said = driver.tab();
    assert!(matches!(&said[..], [Message::Amount(text)] if text == "1\u{a0}250\u{a0}000"), "{said:?}");
}

#[test]
fn a_day_is_picked_from_the_month_by_keys() {
    let mut driver = Driver::new(Page::Form);
    driver.focus("day");
    assert!(driver.key(Named::F4).is_empty());
    assert!(driver.key(Named::ArrowRight).is_empty());
    let said = driver.key(Named::Enter);
    assert!(matches!(&said[..], [Message::DayPicked(day)] if day.to_string() == "2026-11-27"), "{said:?}");
}

#[test]
fn a_menu_opens_and_chooses_by_keys() {
    let mut driver = Driver::new(Page::Lists);
    driver.focus("more");
    assert!(driver.key(Named::Enter).is_empty());
    assert!(driver.key(Named::ArrowDown).is_empty());
    assert!(matches!(driver.key(Named::Enter)[..], [Message::Action(1)]));
}

#[test]
fn a_table_walks_extends_and_opens() {
    let mut driver = Driver::new(Page::Long);
    driver.focus("long");
    driver.key(Named::ArrowDown);
    driver.key_with(Named::ArrowDown, Modifiers::SHIFT);
    driver.key_with(Named::ArrowDown, Modifiers::SHIFT);
    assert_eq!(driver.gallery.selection().iter().collect::<Vec<_>>(), [1, 2, 3]);
    driver.key(Named::End);
    assert_eq!(driver.gallery.selection().iter().collect::<Vec<_>>(), [99_999]);
    assert!(matches!(driver.key(Named::Enter)[..], [Message::Open(99_999)]));
    driver.key_with(Named::ArrowUp, Modifiers::CTRL);
    driver.key(Named::Space);
    assert_eq!(driver.gallery.selection().iter().collect::<Vec<_>>(), [99_998, 99_999]);
}

#[test]
fn alt_gr_types_its_characters_into_a_field_and_copies_cuts_and_chooses_nothing() {
    // As on Hungarian layouts: cut, copy, paste and select all lie under # & @ and ä.
    for (letter, typed) in [("x", "#"), ("c", "&"), ("v", "@"), ("a", "ä")] {
        let mut driver = Driver::new(Page::Form);
        let _ = driver.gallery.update(Message::Narrative("számla".to_owned()));
        driver.focus("narrative");
        driver.key(Named::End);
        let said = driver.alt_gr(letter, typed);
        let expected = format!("számla{typed}");
        assert!(matches!(&said[..], [Message::Narrative(text)] if *text == expected), "{letter}: {said:?}");
    }
}

#[test]
fn ctrl_alone_still_chooses_all() {
    let mut driver = Driver::new(Page::Form);
    let _ = driver.gallery.update(Message::Narrative("számla".to_owned()));
    driver.focus("narrative");
    let ctrl = Modifiers::CTRL;
    driver.send(&[iced::Event::Keyboard(iced::keyboard::Event::ModifiersChanged(ctrl))]);
    driver.letter("a");
    driver.send(&[iced::Event::Keyboard(iced::keyboard::Event::ModifiersChanged(Modifiers::empty()))]);
    let said = driver.letter("1");
    assert!(matches!(&said[..], [Message::Narrative(text)] if text == "1"), "{said:?}");
}

/// Letters as they are, and `⇥` for Tab.
fn typed(text: &str) -> Vec<Key> {
    let key = |letter: char| match letter {
        '⇥' => Key::Named(Named::Tab),
        letter => Key::Character(letter.to_string().into()),
    };
    text.chars().map(key).collect()
}

#[test]
fn keys_that_come_in_one_go_land_where_their_order_leads_them() {
    let mut driver = Driver::new(Page::Form);
    for empty in [Message::Amount(String::new()), Message::Day(String::new())] {
        let _ = driver.gallery.update(empty);
    }
    driver.focus("amount");
    let said = driver.burst(&typed("55000⇥+5"));
    let amount = said.iter().rev().find_map(|said| match said {
        Message::Amount(text) => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(
        amount,
        Some("55\u{a0}000"),
        "grouped as it was typed, and nothing of the next field: {said:?}"
    );
    let day = said.iter().rev().find_map(|said| match said {
        Message::Day(text) => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(day, Some("+5"), "{said:?}");
}

#[test]
fn each_of_two_quick_keys_finds_what_the_first_has_made() {
    let mut driver = Driver::new(Page::Form);
    driver.focus("instant");
    let said = driver.burst(&[Key::Named(Named::Space), Key::Named(Named::Space)]);
    assert!(matches!(said[..], [Message::Instant(false), Message::Instant(true)]), "{said:?}");
    driver.focus("sign");
    driver.burst(&[Key::Named(Named::Enter), Key::Named(Named::Escape)]);
    assert!(!driver.gallery.is_signing(), "Esc belongs to the sheet that Enter has opened");
}

#[test]
fn a_key_that_is_held_is_one_key() {
    let mut driver = Driver::new(Page::Form);
    driver.focus("partner");
    let before = driver.stops();
    driver.send(&[driver::held(Key::Named(Named::Enter)), driver::held(Key::Named(Named::Enter))]);
    assert_eq!(driver.stops(), before);
}

#[test]
fn enter_takes_the_only_suggestion() {
    let mut driver = Driver::new(Page::Form);
    let _ = driver.gallery.update(Message::Partner("duna".to_owned()));
    driver.focus("partner");
    driver.draw();
    assert!(matches!(driver.key(Named::Enter)[..], [Message::PartnerChosen(0)]));
    // Of several, one is chosen by the arrows; Enter alone goes on.
    let _ = driver.gallery.update(Message::Partner("ő".to_owned()));
    driver.focus("partner");
    driver.draw();
    assert!(driver.key(Named::Enter).is_empty());
}

#[test]
fn after_a_sheet_the_focus_is_where_it_was() {
    let mut driver = Driver::new(Page::Form);
    driver.focus("sign");
    let before = driver.stops();
    driver.key(Named::Enter);
    driver.focus("sheet-pin");
    driver.key(Named::Escape);
    assert_eq!(driver.stops(), before);
}
