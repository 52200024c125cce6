//! What the keyboard does with a place that has just been opened, and with keys that are held.

use std::time::Instant;

use iced::keyboard::Modifiers;
use iced_test::{Simulator, selector};

use super::*;
use crate::design::aim::{Aim, aimed};
use crate::design::{Column, field, font};

/// Something that is said.
#[derive(Debug, Clone, PartialEq)]
enum Said {
    Typed(&'static str),
    Key(Press),
}

/// A place of two fields that begins with the second one.
fn place<'a>(aim: &Aim) -> Simulator<'a, Said, Theme, Renderer> {
    let one = |id: &'static str| Element::from(field::text(id, "").id(id).on_input(move |_| Said::Typed(id)));
    let fields = Column::new().push(one("first")).push(one("second"));
    let content = keyboard(aimed(fields, aim), Said::Key);
    Simulator::with_size(font::settings(), (400.0, 200.0), content)
}

fn opened() -> Aim {
    let mut aim = Aim::default();
    aim.begin(Some("second"));
    aim
}

fn frame() -> Event {
    Event::Window(iced::window::Event::RedrawRequested(Instant::now()))
}

fn key(named: Named, repeat: bool) -> Event {
    let key = Key::Named(named);
    Event::Keyboard(keyboard::Event::KeyPressed {
        modified_key: key.clone(),
        key,
        physical_key: keyboard::key::Physical::Unidentified(keyboard::key::NativeCode::Unidentified),
        location: keyboard::Location::Standard,
        modifiers: Modifiers::empty(),
        text: None,
        repeat,
    })
}

fn released(named: Named) -> Event {
    let key = Key::Named(named);
    Event::Keyboard(keyboard::Event::KeyReleased {
        modified_key: key.clone(),
        key,
        physical_key: keyboard::key::Physical::Unidentified(keyboard::key::NativeCode::Unidentified),
        location: keyboard::Location::Standard,
        modifiers: Modifiers::empty(),
    })
}

/// Where the focus is: which of the stops, from above.
fn focused(ui: &mut Simulator<'_, Said, Theme, Renderer>) -> f32 {
    ui.find(selector::is_focused()).expect("something has the focus").bounds().y
}

#[test]
fn a_click_into_an_opened_place_is_not_taken_back() {
    let mut ui = place(&opened());
    let _ = ui.simulate([frame()]);
    let second = focused(&mut ui);
    let _ = ui.click(selector::id("first")).unwrap();
    let _ = ui.simulate([frame()]);
    assert!(focused(&mut ui) < second, "the first one was clicked");
}

#[test]
fn keys_that_are_let_go_after_a_place_was_opened_do_not_begin_it() {
    let mut ui = place(&opened());
    let opened = Event::InputMethod(input_method::Event::Opened);
    let held = key(Named::Control, true);
    let _ = ui.simulate([released(Named::F2), held, released(Named::Control), opened, frame()]);
    let second = focused(&mut ui);
    let _ = ui.simulate([key(Named::Tab, false), frame()]);
    assert!(focused(&mut ui) < second, "Tab goes round to the first one, and stays there");
}

#[test]
fn a_held_key_that_writes_nothing_does_not_wait() {
    let mut ui = place(&Aim::default());
    let held = [key(Named::F5, false), key(Named::ArrowDown, true), key(Named::F6, false)];
    let _ = ui.simulate(held);
    let said: Vec<Said> = ui.into_messages().collect();
    let pressed = |named| Said::Key(Press { key: Key::Named(named), modifiers: Modifiers::empty() });
    // The second one still waits for the window to be built anew.
    assert_eq!(said, [pressed(Named::F5)]);
}

#[test]
fn a_digit_with_ctrl_is_a_shortcut_though_the_system_says_what_the_key_writes() {
    for modifiers in [Modifiers::CTRL, Modifiers::CTRL | Modifiers::SHIFT] {
        let mut ui = place(&opened());
        let _ = ui.simulate([frame()]);
        let digit = Key::Character("3".into());
        let pressed = Event::Keyboard(keyboard::Event::KeyPressed {
            modified_key: digit.clone(),
            key: digit.clone(),
            physical_key: keyboard::key::Physical::Unidentified(keyboard::key::NativeCode::Unidentified),
            location: keyboard::Location::Standard,
            modifiers,
            text: Some("3".into()),
            repeat: false,
        });
        let _ = ui.simulate([pressed]);
        let said: Vec<Said> = ui.into_messages().collect();
        assert_eq!(said, [Said::Key(Press { key: digit, modifiers })], "nothing is typed into the field");
    }
}
