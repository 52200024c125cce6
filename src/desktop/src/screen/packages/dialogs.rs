//! The small sheets of the place: another name, a planned day, questions before what cannot be taken back, what an
//! export left out, sending right after signing.

use chrono::NaiveDate;
use client::ExportWarning;
use domain::FieldProblem;
use domain::entry;
use domain::text::PackageName;
use iced::widget::space;
use iced::{Alignment, Length};

use crate::design::text::Inked;
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, banner, button, date_field, field, panel, spacing, text};
use crate::desk::Desk;
use crate::screen::order::fields;
use crate::texts::{calendar, explain};
use crate::{format, tr};

const WIDTH: f32 = 460.0;
/// Height of the list of an export's warnings.
const WARNINGS: f32 = 220.0;
/// The name by which focus finds the sheet's first control.
pub(super) const FIRST: &str = "dialog-first";

#[derive(Debug)]
pub(crate) enum Dialog {
    /// Another name for the package.
    Rename {
        /// As typed.
        name: String,
        /// Why it cannot be.
        error: Option<String>,
    },
    /// The day on which the package is to be sent.
    Plan {
        /// As typed.
        typed: String,
        /// Why it cannot be.
        error: Option<String>,
    },
    /// A question before something that cannot be taken back.
    Confirm {
        /// What will be done.
        what: Confirmed,
        /// In words: the title, the consequence, the button.
        words: [String; 3],
    },
    /// What an export could not carry.
    Exported { path: String, warnings: Vec<ExportWarning> },
    /// The package is fully signed.
    SendNow {
        /// Its name and sum.
        what: String,
    },
}

/// What a question was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Confirmed {
    /// Deleting the chosen packages.
    DeletePackages,
    /// Removing the chosen orders.
    RemoveOrders,
    /// A package for each order.
    Split,
    /// One step back, dropping signatures.
    Withdraw,
    /// A new order from one that cannot be changed any more.
    CopyOrder,
}

/// What happens to a small sheet.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The text was changed.
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
    Rename(PackageName),
    /// This day, or none.
    Plan(Option<NaiveDate>),
    Confirmed(Confirmed),
    Send,
}

impl Dialog {
    /// Asks for another name.
    pub(crate) fn rename(name: String) -> Self {
        Self::Rename { name, error: None }
    }

    /// Asks for a day.
    pub(crate) fn plan(day: Option<NaiveDate>) -> Self {
        Self::Plan { typed: day.map(format::date).unwrap_or_default(), error: None }
    }

    /// Does what the message says.
    pub(crate) fn update(&mut self, message: Message, desk: &Desk) -> Decision {
        match (self, message) {
            (_, Message::Cancel) => Decision::Close,
            (Self::Rename { name, error }, Message::Typed(typed)) => {
                (*name, *error) = (typed, None);
                Decision::Open
            }
            (Self::Rename { name, error }, Message::Accept) => match name.parse() {
                Ok(name) => Decision::Rename(name),
                Err(problem) => {
                    *error = Some(explain(&problem));
                    Decision::Open
                }
            },
            (Self::Plan { typed, error, .. }, Message::Typed(text)) => {
                (*typed, *error) = (text, None);
                Decision::Open
            }
            (Self::Plan { typed, error, .. }, Message::Picked(day)) => {
                (*typed, *error) = (format::date(day), None);
                Decision::Open
            }
            (Self::Plan { typed, error, .. }, Message::Accept) => match planned(typed, desk) {
                Ok(day) => Decision::Plan(day),
                Err(words) => {
                    *error = Some(words);
                    Decision::Open
                }
            },
            (Self::Confirm { what, .. }, Message::Accept) => Decision::Confirmed(*what),
            (Self::Exported { .. }, Message::Accept) => Decision::Close,
            (Self::SendNow { .. }, Message::Accept) => Decision::Send,
            (_, Message::Typed(_) | Message::Picked(_)) => Decision::Open,
        }
    }

    pub(crate) fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let cancel = || Some(tr!("cancel"));
        let content = match self {
            Self::Rename { name, error } => sheet(
                tr!("rename-title"),
                rename_field(name, error.as_deref()),
                cancel(),
                button::primary(tr!("rename-accept")),
            ),
            Self::Plan { typed, error } => sheet(
                tr!("plan-title"),
                plan_field(typed, error.as_deref(), desk),
                cancel(),
                button::primary(tr!("plan-accept")),
            ),
            Self::Confirm { what, words: [title, consequence, accept] } => {
                let accept = accept.as_str();
                let button = match what {
                    Confirmed::Split | Confirmed::CopyOrder => button::primary(accept),
                    _ => button::danger(accept),
                };
                sheet(title, text::body(consequence.as_str()).into(), cancel(), button.id(FIRST))
            }
            Self::Exported { path, warnings } => sheet(
                tr!("exported-title"),
                exported(path, warnings),
                None,
                button::primary(tr!("close")).id(FIRST),
            ),
            Self::SendNow { what } => sheet(
                tr!("send-now-title"),
                text::body(what.as_str()).into(),
                Some(tr!("later")),
                button::primary(tr!("send-now")).id(FIRST),
            ),
        };
        content.into()
    }
}

/// A title, what the sheet is about, and its buttons; `leave` is the label of Esc, if it differs from Enter.
fn sheet<'a>(
    title: impl Into<String>,
    content: Element<'a, Message>,
    leave: Option<String>,
    accept: button::Button<Message>,
) -> Column<'a, Message> {
    let leave =
        leave.map(|label| Element::from(button::secondary(label).shortcut("Esc").on_press(Message::Cancel)));
    let buttons = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(space::horizontal())
        .push(leave)
        .push(accept.shortcut("Enter").on_press(Message::Accept));
    Column::new()
        .spacing(spacing::L)
        .width(Length::Fixed(WIDTH))
        .push(text::page_title(title.into()))
        .push(content)
        .push(buttons)
}

fn rename_field<'a>(name: &'a str, error: Option<&str>) -> Element<'a, Message> {
    let field = field::text(tr!("rename-name"), name)
        .id(FIRST)
        .on_input(Message::Typed)
        .on_enter(Message::Accept)
        .trailing(format!("{} / 70", name.chars().count()));
    match error {
        Some(words) => field.error(words).into(),
        None => field.into(),
    }
}

fn plan_field<'a>(typed: &'a str, error: Option<&str>, desk: &'a Desk) -> Element<'a, Message> {
    let day = planned(typed, desk);
    let understood = match (&day, typed.trim().is_empty()) {
        (Ok(Some(day)), _) => tr!("plan-understood", day = format::long_date(*day)),
        (Ok(None), _) => tr!("plan-none"),
        (Err(words), _) => words.clone(),
    };
    let mut field =
        field::text(tr!("plan-day"), typed).id(FIRST).on_input(Message::Typed).on_enter(Message::Accept);
    field = match error {
        Some(words) => field.error(words),
        None if day.is_err() => field.care(understood),
        None => field.hint(understood),
    };
    let today = desk.now().date();
    date_field::date(field, day.ok().flatten(), today, calendar())
        .work_days(move |day| desk.rules.as_ref().is_none_or(|r| r.calendar.is_banking_day(day)))
        .on_pick(Message::Picked)
        .into()
}

/// The day that was typed; nothing typed means no plan. A day that has passed cannot be planned.
pub(super) fn planned(typed: &str, desk: &Desk) -> Result<Option<NaiveDate>, String> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let Some(rules) = &desk.rules else { return Err(tr!("plan-no-calendar")) };
    let today = rules.local(desk.client.now()).date();
    let day = entry::date(typed, today, &rules.calendar).map_err(|e| explain(&e))?;
    match rules.may_plan(day) {
        Ok(()) => Ok(Some(day)),
        Err(FieldProblem::DatePast) => Err(tr!("plan-past")),
        Err(problem) => Err(explain(&problem)),
    }
}

fn exported<'a>(path: &'a str, warnings: &[ExportWarning]) -> Element<'a, Message> {
    let mut list = Column::new().spacing(spacing::XS);
    for warning in warnings {
        list = list.push(text::body(left_out(warning))).push(panel::rule());
    }
    let list = iced::widget::Container::new(panel::scroll(list)).height(Length::Fixed(WARNINGS));
    Column::new()
        .spacing(spacing::M)
        .push(text::hint(path).dim())
        .push(banner::banner(Tone::Care, tr!("exported-warnings"), "", None))
        .push(list)
        .into()
}

fn left_out(warning: &ExportWarning) -> String {
    tr!(
        "export-warning",
        position = warning.position.to_string(),
        field = fields::label(warning.field),
        what = explain(&warning.kind)
    )
}
