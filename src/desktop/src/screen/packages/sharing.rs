//! The sheet before packages are put into the shared area: how many signatures go along, until when they stay, and
//! what happens to them here.

use chrono::{Days, NaiveDate};
use client::MAX_SHARED_DAYS;
use domain::PackageId;
use iced::widget::space;
use iced::{Alignment, Length};

use super::dialogs::{FIRST, planned};
use crate::design::text::Inked;
use crate::design::{Column, Element, Row, button, date_field, field, panel, spacing, text};
use crate::desk::Desk;
use crate::texts::calendar;
use crate::{format, tr};

const WIDTH: f32 = 520.0;
/// Packages that are named one by one.
const NAMED: usize = 6;

#[derive(Debug)]
pub(crate) struct Sharing {
    packages: Vec<Chosen>,
    typed: String,
    error: Option<String>,
}

/// A package to park.
#[derive(Debug, Clone)]
pub(crate) struct Chosen {
    pub package: PackageId,
    pub name: String,
    /// Its sum, in words.
    pub sum: String,
    /// How far its signatures are, in words.
    pub signatures: String,
}

/// What happens to the sheet.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The day was changed.
    Typed(String),
    /// A day was picked.
    Picked(NaiveDate),
    /// Enter or the main button.
    Accept,
    /// Esc.
    Cancel,
}

/// What the user decided.
pub(crate) enum Decision {
    Open,
    Close,
    /// Park these until that day, or as long as the bank allows.
    Share(Vec<PackageId>, Option<NaiveDate>),
}

impl Sharing {
    /// Asks before these are parked.
    pub(crate) fn new(packages: Vec<Chosen>) -> Self {
        Self { packages, typed: String::new(), error: None }
    }

    /// Does what the message says.
    pub(crate) fn update(&mut self, message: Message, desk: &Desk) -> Decision {
        match message {
            Message::Typed(typed) => (self.typed, self.error) = (typed, None),
            Message::Picked(day) => (self.typed, self.error) = (format::date(day), None),
            Message::Cancel => return Decision::Close,
            Message::Accept => match until(&self.typed, desk) {
                Ok(day) => {
                    return Decision::Share(self.packages.iter().map(|chosen| chosen.package).collect(), day);
                }
                Err(words) => self.error = Some(words),
            },
        }
        Decision::Open
    }

    pub(crate) fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let mut lines = Column::new();
        for chosen in self.packages.iter().take(NAMED) {
            let line = Row::new()
                .spacing(spacing::M)
                .padding(spacing::LINE)
                .align_y(Alignment::Center)
                .push(text::strong(chosen.name.as_str()).one_line())
                .push(space::horizontal())
                .push(text::hint(chosen.signatures.as_str()).dim())
                .push(text::body(chosen.sum.as_str()));
            lines = lines.push(line).push(panel::rule());
        }
        if let Some(more) = self.packages.len().checked_sub(NAMED).filter(|more| *more > 0) {
            lines = lines.push(text::hint(tr!("sharing-more", count = more)).dim());
        }
        let buttons = Row::new()
            .spacing(spacing::M)
            .align_y(Alignment::Center)
            .push(space::horizontal())
            .push(button::secondary(tr!("cancel")).shortcut("Esc").on_press(Message::Cancel))
            .push(
                button::primary(tr!("packages-share"))
                    .id("sharing-accept")
                    .shortcut("Enter")
                    .on_press(Message::Accept),
            );
        Column::new()
            .spacing(spacing::L)
            .width(Length::Fixed(WIDTH))
            .push(text::page_title(tr!("sharing-title", count = self.packages.len())))
            .push(lines)
            .push(self.day(desk))
            .push(text::body(tr!("sharing-words")))
            .push(buttons)
            .into()
    }

    fn day<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let day = until(&self.typed, desk);
        let today = desk.now().date();
        let mut field = field::text(tr!("sharing-until"), &self.typed)
            .id(FIRST)
            .on_input(Message::Typed)
            .on_enter(Message::Accept);
        field = match (&self.error, &day) {
            (Some(words), _) => field.error(words.as_str()),
            (None, Err(words)) => field.care(words.clone()),
            (None, Ok(Some(day))) => field.hint(tr!("plan-understood", day = format::long_date(*day))),
            (None, Ok(None)) => field.hint(tr!("sharing-longest", day = format::date(longest(today)))),
        };
        date_field::date(field, day.ok().flatten(), today, calendar()).on_pick(Message::Picked).into()
    }
}

fn longest(today: NaiveDate) -> NaiveDate {
    today + Days::new(u64::from(MAX_SHARED_DAYS))
}

/// The day that was typed; nothing typed means as long as the bank allows.
fn until(typed: &str, desk: &Desk) -> Result<Option<NaiveDate>, String> {
    let day = planned(typed, desk)?;
    let last = longest(desk.now().date());
    match day {
        Some(day) if day > last => Err(tr!("sharing-too-long", day = format::date(last))),
        day => Ok(day),
    }
}
