//! How unblocking looks: the two numbers to read aloud, the Code, the new PIN.

use std::time::Duration;

use domain::unblock::{UnblockProblem, spoken};
use iced::{Alignment, Length};

use super::new_pin::Fields;
use super::unblock::{CODE, Lapse, Message, Unblock};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, banner, button, field, spacing};
use crate::screen::trouble;
use crate::screen::typed::TypedPin;
use crate::texts::explain;
use crate::tr;

/// Below this the time that is left is told with care.
const SCARCE: Duration = Duration::from_secs(2 * 60);

impl Unblock {
    /// The panel below the state's words.
    pub(crate) fn view(&self) -> Element<'_, Message> {
        let mut column = Column::new().spacing(spacing::M);
        if let Some(question) = &self.question {
            let random = Column::new()
                .spacing(spacing::XS)
                .push(self.clock())
                .push(text::code(spoken(&question.random)).one_line());
            let csn = Column::new()
                .spacing(spacing::XS)
                .push(text::hint(tr!("unblock-csn")).dim())
                .push(text::code(spoken(&question.csn)).one_line());
            // Long numbers go below one another.
            column = if question.csn.len() + question.random.len() > 26 {
                column.push(csn).push(random)
            } else {
                column.push(Row::new().spacing(spacing::FIGURES).push(csn).push(random))
            };
            column = column.push(self.fields());
            if self.is_open() {
                column = column.push(self.pin.rules(self.judge()));
            }
            column = column.push(text::hint(tr!("unblock-leave-alone")).dim());
        } else if let Some(lapse) = &self.lapse {
            column = column.push(lapsed(lapse));
        } else {
            column = column.push(text::body(tr!("unblock-asking")).dim());
        }
        column.push(self.trouble()).push(self.buttons()).into()
    }

    fn clock(&self) -> Element<'_, Message> {
        let seconds = self.left.as_secs();
        let words = tr!("unblock-random", left = format!("{}:{:02}", seconds / 60, seconds % 60));
        let words = text::hint(words).one_line();
        if self.left < SCARCE { words.care().into() } else { words.dim().into() }
    }

    /// Whether the new PIN can be typed.
    fn is_open(&self) -> bool {
        self.code_state().is_ok() && !self.busy
    }

    /// The Code, and beside it the new PIN that opens after it.
    fn fields(&self) -> Element<'_, Message> {
        let mut code = field::text(tr!("unblock-code"), self.code.shown()).id(CODE);
        if !self.busy {
            code = code.on_input(|typed| Message::Code(TypedPin::new(typed)));
        }
        code = match self.code_state() {
            Ok(()) => code.note(Some(field::Note { tone: Tone::Good, text: tr!("unblock-code-good") })),
            Err(problem @ UnblockProblem::TooShort { .. }) => code.hint(explain(&problem)),
            Err(problem) => code.error(explain(&problem)),
        };
        let fields = Fields {
            new_id: "unblock-new",
            again_id: "unblock-again",
            closed: (!self.is_open()).then(|| tr!("unblock-pin-closed")),
            on_new: Message::New,
            on_again: Message::Again,
            on_enter: Message::Submit,
        };
        Row::new()
            .spacing(spacing::M)
            .push(code.width(Length::FillPortion(4)))
            .extend(self.pin.fields(self.judge(), fields))
            .into()
    }

    fn trouble(&self) -> Option<Element<'_, Message>> {
        let error = self.error.as_ref()?;
        Some(trouble::note(tr!("unblock-failed"), &**error))
    }

    fn buttons(&self) -> Element<'_, Message> {
        let free = (!self.busy).then_some(());
        let mut row = Row::new().spacing(spacing::M).align_y(Alignment::Center);
        if self.question.is_some() {
            row = row
                .push(
                    button::primary(tr!("unblock-submit"))
                        .id("unblock-submit")
                        .on_press_maybe(self.may_submit().then_some(Message::Submit)),
                )
                .push(
                    button::secondary(tr!("unblock-new-random"))
                        .id("unblock-new-random")
                        .on_press_maybe(free.map(|()| Message::NewRandom)),
                );
        } else if self.lapse.is_some() {
            row = row.push(
                button::primary(tr!("unblock-new-random"))
                    .id("unblock-new-random")
                    .on_press(Message::NewRandom),
            );
        }
        row.push(
            button::secondary(tr!("cancel"))
                .id("unblock-leave")
                .shortcut("Esc")
                .on_press_maybe(free.map(|()| Message::Leave)),
        )
        .push(
            text::hint(if self.question.is_some() && self.busy {
                tr!("unblock-busy")
            } else {
                String::new()
            })
            .dim(),
        )
        .into()
    }
}

fn lapsed<'a>(why: &Lapse) -> Element<'a, Message> {
    let (title, words) = match why {
        Lapse::Time => (tr!("unblock-lapsed"), tr!("unblock-lapsed-time")),
        Lapse::Pulled => (tr!("unblock-lapsed"), tr!("unblock-lapsed-pulled")),
        Lapse::Used => (tr!("unblock-lapsed"), tr!("unblock-lapsed-used")),
        Lapse::Refused(error) => (tr!("unblock-refused"), explain(&**error)),
    };
    banner::banner(Tone::Care, title, words, None)
}
