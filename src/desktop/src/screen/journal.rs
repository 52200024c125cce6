//! "Eseménynapló": who did what when, as the audit log keeps it.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use client::NamedEntry;
use client::Page;
use client::texts;
use iced::{Alignment, Length, Task};
use serde_json::Value;

use crate::design::table::{self, Cell, column};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, banner, button, empty, panel, pill, spacing};
use crate::desk::Desk;
use crate::format;
use crate::screen::action::Action;
use crate::screen::ask::{Answer, Question, ask};
use crate::screen::contract::{Screen, Topic};
use crate::tr;

/// Entries that are shown at most.
const SHOWN: u32 = 5000;

pub(crate) struct Journal {
    entries: Option<Answer<Arc<[NamedEntry]>>>,
    checked: Option<Answer<u64>>,
    checking: bool,
    asked: Question,
}

#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// Entries of a question.
    Loaded(Question, Answer<Arc<[NamedEntry]>>),
    Check,
    /// How the check ended.
    Checked(Answer<u64>),
}

impl Journal {
    pub(crate) fn new(desk: &Desk) -> (Self, Task<Message>) {
        let mut place = Self { entries: None, checked: None, checking: false, asked: Question::ask() };
        let load = place.reload(desk);
        (place, load)
    }

    pub(crate) fn reload(&mut self, desk: &Desk) -> Task<Message> {
        self.asked = Question::ask();
        let (client, asked) = (desk.client.clone(), self.asked);
        let entries = async move { client.named_audit(Page::first(SHOWN)).await.map(Arc::from) };
        ask(entries, move |answer| Message::Loaded(asked, answer))
    }

    fn list<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let entries = match &self.entries {
            Some(Ok(entries)) if !entries.is_empty() => entries,
            Some(Ok(_)) => {
                let none = empty::empty(tr!("journal-none"), tr!("journal-none-help"), None);
                return panel::panel(none).height(Length::Fill).into();
            }
            Some(Err(error)) => {
                return banner::banner(Tone::Bad, texts::explain(error.as_ref()), "", None);
            }
            None => return text::body(tr!("loading")).dim().into(),
        };
        let rows = table::rows(entries.len(), move |row, column| {
            let NamedEntry { entry, about } = &entries[row];
            match column {
                0 => Cell::dim(entry.number.to_string()),
                1 => Cell::text(desk.relative(entry.event.at)),
                2 => match &entry.event.actor {
                    Some(actor) => Cell::text(who(actor, desk)),
                    None => Cell::dim(tr!("journal-program")),
                },
                3 => Cell::strong(texts::deed(&entry.event.deed)),
                4 => Cell::dim(details(&entry.event.deed.detail(), desk)),
                _ => Cell::dim(about.as_deref().unwrap_or_default()),
            }
        });
        let list = table::table(
            [
                column(0, tr!("journal-number")).fixed(84.0).right(),
                column(1, tr!("journal-when")).fixed(150.0),
                column(2, tr!("journal-who")).fixed(150.0),
                column(3, tr!("journal-what")).fixed(230.0),
                column(4, tr!("journal-details")).fill(3),
                column(5, tr!("journal-subject")).fill(2),
            ],
            rows,
        )
        .id("journal");
        panel::bare_panel(list).height(Length::Fill).into()
    }
}

impl Screen for Journal {
    type Message = Message;

    fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        match message {
            Message::Loaded(asked, answer) => {
                if asked == self.asked {
                    self.entries = Some(answer);
                }
                Action::none()
            }
            Message::Check => {
                self.checking = true;
                let client = desk.client.clone();
                Action::run(ask(async move { client.check_audit().await }, Message::Checked))
            }
            Message::Checked(answer) => {
                self.checking = false;
                self.checked = Some(answer);
                Action::none()
            }
        }
    }

    fn changed(&mut self, topic: Topic, desk: &Desk) -> Task<Message> {
        match topic {
            Topic::Packages
            | Topic::SharedArea
            | Topic::Accounts
            | Topic::MasterData
            | Topic::Authority
            | Topic::Messages
            | Topic::Session
            | Topic::Rules
            // The log is the store's: what happens at another bank stands there too.
            | Topic::Others => self.reload(desk),
            Topic::Token | Topic::Language => Task::none(),
        }
    }

    fn begins_at(&self) -> Option<&'static str> {
        Some("journal")
    }

    fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let check = button::secondary(tr!("journal-check"))
            .id("journal-check")
            .tooltip(tr!("journal-check-help"))
            .on_press_maybe((!self.checking).then_some(Message::Check));
        let checked = match &self.checked {
            Some(Ok(count)) => {
                let count = *count;
                Some(pill::pill(Tone::Good, tr!("journal-whole", count = count)))
            }
            _ => None,
        };
        let right = Row::new().spacing(spacing::M).align_y(Alignment::Center).push(checked).push(check);
        let title = panel::title_line(tr!("nav-journal"), None, Some(right.into()));
        let mut content = Column::new().spacing(spacing::M).push(title);
        if let Some(Err(error)) = &self.checked {
            content = content.push(banner::banner(
                Tone::Bad,
                tr!("journal-broken"),
                texts::explain(error.as_ref()),
                None,
            ));
        }
        panel::page(content.push(self.list(desk)))
    }
}

fn who(actor: &domain::UserId, desk: &Desk) -> String {
    match &desk.user {
        Some(user) if user.id == *actor => user.name.clone(),
        _ => actor.to_string(),
    }
}

/// The rest of an entry as "name: value", states, reasons and times in words. Identifiers that only programs read are
/// left out.
fn details(detail: &Value, desk: &Desk) -> String {
    let Some(fields) = detail.as_object() else { return String::new() };
    if let (Some(from), Some(to)) = (fields.get("from"), fields.get("to")) {
        return format!("{} → {}", word("from", from, desk), word("to", to, desk));
    }
    let parts: Vec<String> = fields
        .iter()
        .filter(|(_, value)| !value.as_str().is_some_and(is_identifier))
        .map(|(name, value)| {
            let value = word(name, value, desk);
            match texts::worded(&format!("journal-field-{}", name.replace('_', "-"))) {
                Some(name) => format!("{name}: {value}"),
                None => value,
            }
        })
        .collect();
    parts.join(" · ")
}

/// A value in words: what people wrote as it is, states and doors by their names, codes by their texts.
fn word(name: &str, value: &Value, desk: &Desk) -> String {
    let Value::String(said) = value else { return value.to_string() };
    match name {
        "by" | "file" | "name" => return said.clone(),
        "code" => return texts::text(said, &[]),
        "sha256" => return format::fingerprint(said),
        _ => {}
    }
    if let Some(words) = texts::worded(&format!("journal-value-{}", said.replace('_', "-"))) {
        return words;
    }
    match said.parse::<DateTime<Utc>>() {
        // A stay in the shared area ends at the midnight after its last day.
        Ok(at) if name == "expires" => format::date(desk.local(at - TimeDelta::seconds(1)).date()),
        Ok(at) => desk.relative(at),
        Err(_) => said.clone(),
    }
}

fn is_identifier(said: &str) -> bool {
    let fits = |(place, byte): (usize, u8)| match place {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    said.len() == 36 && said.bytes().enumerate().all(fits)
}

#[cfg(test)]
mod tests {
    use client::{AuditEvent, Deed};
    use domain::OrderId;

    use super::*;
    use crate::screen::driver::Driver;
    use crate::screen::driver::fixture::Office;

    const IDENTIFIER: &str = "0190d3c5-8b55-7cc1-b0b4-8e0f2f6a1c11";

    #[test]
    fn an_entry_says_a_name_and_a_day_and_shows_no_identifier() {
        let office = Office::new();
        let package = office.package("Bérek", &[("Kovács Anna", 1, 1000)]);
        office.with_store(move |tx| {
            let expires = "2026-12-02T23:00:00Z".parse().unwrap();
            let order: OrderId = IDENTIFIER.parse().unwrap();
            for deed in [Deed::Shared { expires }, Deed::AdminRecorded { order }] {
                let (subject, customer) = (Some(package.to_string()), Some(tx.customer()));
                let event = AuditEvent { at: Utc::now(), actor: None, deed, subject, customer };
                let _: client::AuditEntry = store::audit::append(tx, &event).unwrap();
            }
        });
        let mut driver = Driver::new(&office, Journal::new);
        driver.until(|d| matches!(d.screen.entries, Some(Ok(_))));
        assert!(driver.sees("Bérek") && driver.sees("Közös területre került"));
        assert!(driver.sees("utolsó napja ott: 2026.\u{a0}12.\u{a0}02."), "the midnight after its last day");
        assert!(!driver.sees(&package.to_string()) && !driver.sees(&format!("megbízás: {IDENTIFIER}")));
    }

    #[test]
    fn identifiers_are_known_by_their_form() {
        assert!(is_identifier(IDENTIFIER));
        for said in [
            "",
            "Bérek",
            "partly_signed",
            "0190d3c5-8b55-7cc1-b0b4-8e0f2f6a1c1g",
            "0190d3c58b557cc1b0b48e0f2f6a1c11",
        ] {
            assert!(!is_identifier(said), "{said}");
        }
    }
}
