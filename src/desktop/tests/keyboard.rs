//! Everything is reached by Tab and pressed by the keyboard; a sheet keeps the focus inside.
#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests stop at the first surprise

mod driver;

use desktop::screen::gallery::{Message, Page};
use driver::Driver;
use iced::keyboard::{Modifiers, key::Named};

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
            let mut driver = Driver::new(page);
            (0..=at).for_each(|_| drop(driver.tab()));
            // Buttons take Enter; lists open by Enter and choose by Enter; tables walk by the arrows; fields take text.
            let mut said = driver.key(Named::Enter);
            for named in [Named::ArrowDown, Named::Enter] {
                if said.is_empty() {
                    said = driver.key(named);
                }
            }
            if said.is_empty() {
                said = driver.letter("1");
            }
            assert!(!said.is_empty(), "stop {at} of {page:?} is deaf");
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
