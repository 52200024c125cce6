//! The sheet before several packages leave: what the bank does with them sent one by one or together.

use std::sync::Arc;

use client::{ClientError, Pacing, PlannedRoute, SendingPlan};
use domain::PackageId;
use iced::widget::{Container, space};
use iced::{Alignment, Length, Task};

use super::words;
use crate::design::table::{Cell, Table, column, rows, table};
use crate::design::text::Inked;
use crate::design::theme::Ink;
use crate::design::{Column, Element, Row, button, check, keys, spacing, text};
use crate::desk::Desk;
use crate::format;
use crate::screen::action::Action;
use crate::screen::ask::{Answer, Question, ask};
use crate::screen::trouble;
use crate::tr;

const WIDTH: f32 = 680.0;
/// Packages that are seen without scrolling.
const SEEN: usize = 8;
const HEADER: f32 = 31.0;
const SEND: &str = "sending-send";

#[derive(Debug)]
pub(crate) struct Sending {
    packages: Vec<PackageId>,
    plan: Option<Arc<SendingPlan>>,
    pacing: Pacing,
    failure: Option<Arc<ClientError>>,
    question: Question,
}

/// What happens to the sheet.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The plan was made.
    Planned(Question, Answer<Arc<SendingPlan>>),
    /// One by one, or together.
    Pace(Pacing),
    /// Enter on the button.
    Send,
    /// Esc.
    Cancel,
}

/// What the place of packages must do.
pub(crate) enum Wish {
    /// The sheet is over.
    Close,
    Send(Vec<PackageId>, Pacing),
}

impl Sending {
    /// Opens the sheet for packages that are ready to leave.
    pub(crate) fn new(packages: Vec<PackageId>, desk: &Desk) -> (Self, Task<Message>) {
        let question = Question::ask();
        let (client, ids) = (desk.client.clone(), packages.clone());
        let plan = async move { client.sending_plan(ids).await.map(Arc::new) };
        let task = ask(plan, move |answer| Message::Planned(question, answer));
        (Self { packages, plan: None, pacing: Pacing::Together, failure: None, question }, task)
    }

    /// Whether the plan has been made.
    #[cfg(test)]
    pub(super) fn is_planned(&self) -> bool {
        self.plan.is_some()
    }

    /// Does what the message says.
    pub(crate) fn update(&mut self, message: Message) -> Action<Message, Wish> {
        match message {
            Message::Planned(question, answer) if question == self.question => match answer {
                Ok(plan) => {
                    self.pacing = plan.best();
                    self.plan = Some(plan);
                    Action::run(keys::focus(SEND))
                }
                Err(error) => {
                    self.failure = Some(error);
                    Action::none()
                }
            },
            Message::Planned(..) => Action::none(),
            Message::Pace(pacing) => {
                self.pacing = pacing;
                Action::none()
            }
            Message::Send if self.plan.is_some() => {
                Action::wish(Wish::Send(self.packages.clone(), self.pacing))
            }
            Message::Send => Action::none(),
            Message::Cancel => Action::wish(Wish::Close),
        }
    }

    pub(crate) fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let title = tr!("sending-title", count = format::count(self.packages.len()));
        let mut content = Column::new().spacing(spacing::M).width(Length::Fixed(WIDTH));
        content = content.push(text::page_title(title));
        content = match (&self.plan, &self.failure) {
            (Some(plan), _) => content
                .push(text::hint(self.advice(plan)).dim())
                .push(self.choice())
                .push(packages(plan, self.pacing, desk)),
            (None, Some(error)) => content.push(trouble::note(tr!("sending-no-plan"), &**error)),
            (None, None) => content.push(text::body(tr!("sending-planning")).dim()),
        };
        content.push(self.buttons()).into()
    }

    fn advice(&self, plan: &SendingPlan) -> String {
        match plan.packages.iter().filter(|package| package.gains_one_by_one()).count() {
            0 => tr!("sending-same"),
            count => tr!("sending-faster", count = format::count(count)),
        }
    }

    fn choice(&self) -> Element<'_, Message> {
        let choice = |pacing, label: String, hint: String, id: &'static str| {
            check::radio(label, self.pacing == pacing).hint(hint).id(id).on_press(Message::Pace(pacing))
        };
        Column::new()
            .spacing(spacing::S)
            .push(choice(
                Pacing::OneByOne,
                tr!("sending-one-by-one"),
                tr!("sending-one-by-one-help"),
                "sending-one-by-one",
            ))
            .push(choice(
                Pacing::Together,
                tr!("sending-together"),
                tr!("sending-together-help"),
                "sending-together",
            ))
            .into()
    }

    fn buttons(&self) -> Element<'_, Message> {
        Row::new()
            .spacing(spacing::M)
            .align_y(Alignment::Center)
            .push(space::horizontal())
            .push(
                button::secondary(tr!("cancel"))
                    .id("sending-cancel")
                    .shortcut("Esc")
                    .on_press(Message::Cancel),
            )
            .push(
                button::primary(tr!("packages-send"))
                    .id(SEND)
                    .shortcut("Enter")
                    .on_press_maybe(self.plan.is_some().then_some(Message::Send)),
            )
            .into()
    }
}

fn packages<'a>(plan: &'a SendingPlan, pacing: Pacing, desk: &'a Desk) -> Element<'a, Message> {
    let now = desk.now();
    let table: Table<'_, Message> = table(
        [
            column(0, tr!("column-package")).fill(3).whole(),
            column(1, tr!("column-items")).fixed(60.0).right(),
            column(2, tr!("column-amount")).fixed(130.0).right(),
            column(3, tr!("column-route")).fill(3).whole(),
        ],
        rows(plan.packages.len(), move |row, column| {
            let package = &plan.packages[row];
            match column {
                0 => Cell::strong(&package.name),
                1 => Cell::text(format::count(package.count as usize)),
                2 => Cell::text(words::total(package.total)),
                _ => {
                    let routes = SendingPlan::routes(package, pacing);
                    let ink = routes.first().map_or(Ink::Dim, |r| words::route_ink(r.decision.route));
                    Cell::ink(named(routes, now), ink)
                }
            }
        }),
    )
    .id("sending-packages")
    .flush();
    let height = HEADER + spacing::ROW * plan.packages.len().min(SEEN) as f32;
    Container::new(table).height(Length::Fixed(height)).into()
}

/// "azonnali, 5 másodpercen belül", or several with their counts.
pub(super) fn named(routes: &[PlannedRoute], now: chrono::NaiveDateTime) -> String {
    match routes {
        [only] => words::decision(&only.decision, now),
        several => {
            let parts: Vec<String> = several
                .iter()
                .map(|r| format!("{} {}", words::items(r.orders), words::decision(&r.decision, now)))
                .collect();
            parts.join("; ")
        }
    }
}
