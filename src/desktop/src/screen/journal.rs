//! "Eseménynapló": who did what when, as the audit log keeps it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use client::store::Page;
use client::store::audit::AuditEntry;
use client::{ClientError, texts};
use iced::{Alignment, Length, Task};

use crate::design::table::{self, Cell, column};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, banner, button, empty, panel, pill, spacing};
use crate::format;
use crate::shared::Shared;
use crate::tr;

/// Entries that are shown at most.
const SHOWN: u32 = 5000;

/// The audit log.
#[derive(Default)]
pub struct Journal {
    entries: Option<Result<Arc<[AuditEntry]>, Arc<ClientError>>>,
    checked: Option<Result<u64, Arc<ClientError>>>,
    checking: bool,
    asked: u64,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Entries of a question.
    Loaded(u64, Result<Arc<[AuditEntry]>, Arc<ClientError>>),
    /// Check the chain.
    Check,
    /// How the check ended.
    Checked(Result<u64, Arc<ClientError>>),
}

/// What the frame must do.
pub enum Action {
    /// Nothing.
    None,
    /// Run this.
    Run(Task<Message>),
}

impl Journal {
    /// The log, loading.
    pub fn new(shared: &Shared) -> (Self, Task<Message>) {
        let mut place = Self::default();
        let load = place.reload(shared);
        (place, load)
    }

    /// Looks again.
    pub fn reload(&mut self, shared: &Shared) -> Task<Message> {
        self.asked += 1;
        let (client, asked) = (shared.client.clone(), self.asked);
        Task::perform(
            async move { client.audit(Page::first(SHOWN)).await.map(Arc::from).map_err(Arc::new) },
            move |answer| Message::Loaded(asked, answer),
        )
    }

    /// Does what happened.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action {
        match message {
            Message::Loaded(asked, answer) => {
                if asked == self.asked {
                    self.entries = Some(answer);
                }
                Action::None
            }
            Message::Check => {
                self.checking = true;
                let client = shared.client.clone();
                Action::Run(Task::perform(
                    async move { client.check_audit().await.map_err(Arc::new) },
                    Message::Checked,
                ))
            }
            Message::Checked(answer) => {
                self.checking = false;
                self.checked = Some(answer);
                Action::None
            }
        }
    }

    /// The place.
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Element<'a, Message> {
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
        panel::page(content.push(self.list(shared)))
    }

    fn list<'a>(&'a self, shared: &'a Shared) -> Element<'a, Message> {
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
        let now = shared.now();
        let rows = table::rows(entries.len(), move |row, column| {
            let entry = &entries[row];
            match column {
                0 => Cell::dim(entry.number.to_string()),
                1 => Cell::text(format::relative(shared.local(entry.event.at), now)),
                2 => match &entry.event.actor {
                    Some(actor) => Cell::text(who(actor, shared)),
                    None => Cell::dim(tr!("journal-program")),
                },
                3 => Cell::strong(what(&entry.event.action)),
                4 => Cell::dim(details(&entry.event.detail, shared)),
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

fn who(actor: &client::domain::UserId, shared: &Shared) -> String {
    match &shared.user {
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
fn details(detail: &serde_json::Value, shared: &Shared) -> String {
    let Some(fields) = detail.as_object() else { return String::new() };
    let word = |value: &serde_json::Value| match value {
        serde_json::Value::String(code) => {
            let key = format!("journal-value-{}", code.replace('_', "-"));
            let words = texts::text(&key, &[]);
            if words != key {
                return words;
            }
            match code.parse::<DateTime<Utc>>() {
                Ok(at) => format::exact_time(shared.local(at)),
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
