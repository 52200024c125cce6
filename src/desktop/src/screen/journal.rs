//! "Eseménynapló": who did what when, as the audit log keeps it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use client::AuditEntry;
use client::Page;
use client::texts;
use iced::{Alignment, Length, Task};

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
    entries: Option<Answer<Arc<[AuditEntry]>>>,
    checked: Option<Answer<u64>>,
    checking: bool,
    asked: Question,
}

#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// Entries of a question.
    Loaded(Question, Answer<Arc<[AuditEntry]>>),
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
        let entries = async move { client.audit(Page::first(SHOWN)).await.map(Arc::from) };
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
            let entry = &entries[row];
            match column {
                0 => Cell::dim(entry.number.to_string()),
                1 => Cell::text(desk.relative(entry.event.at)),
                2 => match &entry.event.actor {
                    Some(actor) => Cell::text(who(actor, desk)),
                    None => Cell::dim(tr!("journal-program")),
                },
                3 => Cell::strong(what(entry.event.deed.name())),
                4 => Cell::dim(details(&entry.event.deed.detail(), desk)),
                _ => Cell::dim(entry.event.subject.as_deref().unwrap_or_default()),
            }
        });
        let list = table::table(
            [
                column(0, tr!("journal-number")).fixed(56.0).right(),
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
            | Topic::Rules => self.reload(desk),
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

fn what(action: &str) -> String {
    let key = format!("journal-action-{action}");
    let words = texts::text(&key, &[]);
    if words == key { action.to_owned() } else { words }
}

/// The rest of an entry as "name: value", states and reasons in words.
fn details(detail: &serde_json::Value, desk: &Desk) -> String {
    let Some(fields) = detail.as_object() else { return String::new() };
    let word = |value: &serde_json::Value| match value {
        serde_json::Value::String(code) => {
            let key = format!("journal-value-{}", code.replace('_', "-"));
            let words = texts::text(&key, &[]);
            if words != key {
                return words;
            }
            match code.parse::<DateTime<Utc>>() {
                Ok(at) => format::exact_time(desk.local(at)),
                Err(_) => texts::text(code, &[]),
            }
        }
        other => other.to_string(),
    };
    if let (Some(from), Some(to)) = (fields.get("from"), fields.get("to")) {
        return format!("{} → {}", word(from), word(to));
    }
    let parts: Vec<String> = fields
        .iter()
        .map(|(name, value)| {
            let key = format!("journal-field-{}", name.replace('_', "-"));
            format!("{}: {}", texts::text(&key, &[]), word(value))
        })
        .collect();
    parts.join(" · ")
}
