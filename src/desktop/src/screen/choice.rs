//! "Ügyfél választása": the sheet that finds a customer of any bank by typing.

use std::ops::Range;

use client::CustomerOf;
use domain::search::words;
use domain::{ConnectionKey, CustomerKey};
use iced::keyboard::{Modifiers, key::Named};
use iced::widget::space;
use iced::{Alignment, Length, Task, alignment, padding};

use super::action::Action;
use crate::design::keys::{self, Press};
use crate::design::pressable::{Look, pressable};
use crate::design::text::{self, Inked};
use crate::design::{Column, Container, Element, Row, field, panel, pill, spacing};
use crate::house::{House, Whom};
use crate::tr;

/// Name of the search field.
const SEARCH: &str = "choice-search";
/// Lines that a page key goes.
const PAGE: usize = 8;
/// Height of a line, and of a bank's name above its customers, with what is between them.
const LINE: f32 = 32.0;
const HEAD: f32 = 40.0;
/// Height of all that is shown at once: in the smallest window the whole sheet has room, its hint too.
const ROOM: f32 = 384.0;
/// Customers that have a number.
const NUMBERED: usize = 9;

#[derive(Default)]
pub(crate) struct Choice {
    typed: String,
    /// The line that Enter chooses.
    at: usize,
}

/// What happens on the sheet.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    Typed(String),
    /// So many lines down.
    Step(isize),
    /// A line was pressed.
    Pick(usize),
    /// Enter.
    Submit,
    /// Ctrl and a digit: the customer of that number, all of them for 0.
    Numbered(usize),
    Leave,
}

/// What the frame must do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    Close,
    Everyone,
    Show(Whom),
}

/// Something to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Everyone,
    /// By its place among all customers.
    Customer(usize),
    /// A bank at which nobody has logged in yet.
    Bank(ConnectionKey),
}

impl Choice {
    /// The sheet with the focus in its search field, at who is shown now.
    pub(crate) fn new(shown: Option<CustomerKey>, house: &House) -> (Self, Task<Message>) {
        let here = |line: &Line| match line {
            Line::Customer(at) => house.customers.get(*at).map(|one| one.key) == shown,
            Line::Everyone | Line::Bank(_) => false,
        };
        let at = lines(house, "").iter().position(here).unwrap_or_default();
        (Self { typed: String::new(), at }, keys::focus(SEARCH))
    }

    pub(crate) fn update(&mut self, message: Message, house: &House) -> Action<Message, Wish> {
        let lines = lines(house, &self.typed);
        match message {
            Message::Typed(typed) => {
                (self.typed, self.at) = (typed, 0);
                Action::none()
            }
            Message::Step(by) => {
                let last = lines.len().saturating_sub(1);
                self.at = self.at.min(last).saturating_add_signed(by).min(last);
                Action::none()
            }
            Message::Pick(at) => lines.get(at).map_or_else(Action::none, |line| chosen(*line, house)),
            Message::Submit => lines.get(self.at).map_or_else(Action::none, |line| chosen(*line, house)),
            // With one customer the digits are the places'.
            Message::Numbered(_) if !house.is_shared() => Action::none(),
            Message::Numbered(number) => match number.checked_sub(1) {
                Some(at) => chosen(Line::Customer(at), house),
                None => Action::wish(Wish::Everyone),
            },
            Message::Leave => Action::wish(Wish::Close),
        }
    }

    /// What a key means that the field did not want.
    pub(crate) fn key(&self, press: &Press) -> Option<Message> {
        match press {
            press if press.is(Named::ArrowDown) => Some(Message::Step(1)),
            press if press.is(Named::ArrowUp) => Some(Message::Step(-1)),
            press if press.is(Named::PageDown) => Some(Message::Step(PAGE as isize)),
            press if press.is(Named::PageUp) => Some(Message::Step(-(PAGE as isize))),
            press => keys::digit(press, Modifiers::CTRL).map(Message::Numbered),
        }
    }

    pub(crate) fn view<'a>(&'a self, house: &House) -> Element<'a, Message> {
        let lines = lines(house, &self.typed);
        let search = field::search(tr!("choice-search"), &self.typed)
            .id(SEARCH)
            .on_input(Message::Typed)
            .on_enter(Message::Submit)
            .width(Length::Fill);
        let shown = shown(&lines, self.at, house);
        let count = shown.len();
        let mut list = Column::new().spacing(2);
        let mut bank = None;
        for (at, line) in lines.iter().enumerate().skip(shown.start).take(count) {
            let of = bank_of(*line, house);
            if of.is_some() && of != bank {
                list = list.push(of.and_then(|key| head(key, house)));
                bank = of;
            }
            list = list.push(row(*line, at, at == self.at, house));
        }
        let list: Element<'a, Message> = if lines.is_empty() {
            Container::new(text::body(tr!("choice-none")).dim()).padding(spacing::M).into()
        } else {
            list.into()
        };
        let more = (lines.len() > count)
            .then(|| text::hint(tr!("choice-more", shown = count, count = lines.len())).dim());
        let keys = if house.is_shared() { tr!("choice-keys-shared") } else { tr!("choice-keys") };
        let keys = text::hint(keys).dim();
        Column::new()
            .spacing(spacing::M)
            .width(Length::Fixed(520.0))
            .push(text::page_title(tr!("choice-title")))
            .push(search)
            .push(list)
            .push(more)
            .push(panel::rule())
            .push(keys)
            .into()
    }
}

fn chosen(line: Line, house: &House) -> Action<Message, Wish> {
    match line {
        Line::Everyone => Action::wish(Wish::Everyone),
        Line::Bank(key) => Action::wish(Wish::Show(Whom::Bank(key))),
        Line::Customer(at) => match house.customers.get(at) {
            Some(one) => Action::wish(Wish::Show(Whom::Customer(one.key))),
            None => Action::none(),
        },
    }
}

/// What fits what is typed, in the order of banks and names.
fn lines(house: &House, typed: &str) -> Vec<Line> {
    let asked = words(typed);
    let fits = |name: &str| {
        let own = words(name);
        asked.iter().all(|word| own.iter().any(|part| part.starts_with(word.as_str())))
    };
    let everyone = house.is_shared() && fits(&tr!("nav-everyone"));
    let mut lines: Vec<Line> = everyone.then_some(Line::Everyone).into_iter().collect();
    for bank in house.shown() {
        let of_bank = |(_, one): &(usize, &CustomerOf)| one.connection == bank.line.key;
        let before = lines.len();
        let found = house.customers.iter().enumerate().filter(of_bank);
        let fitting =
            found.filter(|(_, one)| fits(&format!("{} {} {}", one.bank, one.customer.name, one.customer.id)));
        lines.extend(fitting.map(|(at, _)| Line::Customer(at)));
        if lines.len() == before && bank.line.customers == 0 && fits(&bank.line.name) {
            lines.push(Line::Bank(bank.line.key));
        }
    }
    lines
}

fn bank_of(line: Line, house: &House) -> Option<ConnectionKey> {
    match line {
        Line::Everyone => None,
        Line::Bank(key) => Some(key),
        Line::Customer(at) => house.customers.get(at).map(|one| one.connection),
    }
}

/// The lines that have room, around the chosen one.
fn shown(lines: &[Line], chosen: usize, house: &House) -> Range<usize> {
    let height = |range: Range<usize>| {
        let (mut height, mut bank) = (0.0, None);
        for line in lines.get(range).unwrap_or_default() {
            let of = bank_of(*line, house);
            height += if of.is_some() && of != bank { HEAD + LINE } else { LINE };
            bank = of.or(bank);
        }
        height
    };
    let chosen = chosen.min(lines.len());
    let (mut from, mut to) = (chosen, chosen);
    loop {
        let before = (from, to);
        if to < lines.len() && height(from..to + 1) <= ROOM {
            to += 1;
        }
        if from > 0 && height(from - 1..to) <= ROOM {
            from -= 1;
        }
        if before == (from, to) {
            return from..to;
        }
    }
}

/// The bank above its customers, with how it stands.
fn head<'a>(key: ConnectionKey, house: &House) -> Option<Element<'a, Message>> {
    let bank = house.bank(key)?;
    let (tone, word) = bank.standing();
    let row = Row::new()
        .align_y(Alignment::Center)
        .push(text::header(bank.line.name.clone()).dim().one_line())
        .push(space::horizontal())
        .push(pill::state_pill(tone, word));
    Some(
        Container::new(row)
            .padding(padding::horizontal(spacing::S).top(spacing::S).bottom(spacing::XS))
            .into(),
    )
}

fn row<'a>(line: Line, at: usize, selected: bool, house: &House) -> Element<'a, Message> {
    let (name, number) = match line {
        Line::Everyone => (tr!("nav-everyone"), Some(0)),
        Line::Bank(_) => (tr!("choice-first-login"), None),
        Line::Customer(at) => {
            let name = house.customers.get(at).map(|one| one.customer.name.clone()).unwrap_or_default();
            (name, Some(at + 1).filter(|number| *number <= NUMBERED && house.is_shared()))
        }
    };
    let shortcut = number.map(|number| text::tiny(format!("Ctrl+{number}")).dim().one_line());
    let content = Row::new()
        .align_y(Alignment::Center)
        .push(text::body(name).one_line())
        .push(space::horizontal())
        .push(shortcut);
    pressable(Look::Line { selected }, content)
        .width(Length::Fill)
        .height(Length::Fixed(30.0))
        .padding(padding::horizontal(spacing::M))
        .align_x(alignment::Horizontal::Left)
        .on_press(Message::Pick(at))
        .into()
}

#[cfg(test)]
#[path = "choice_tests.rs"]
mod tests;
