//! How the place looks: the list, and beside it the chosen message or a new one.

use client::ShownMessage;
use client::{MAX_MESSAGE_BODY as MAX_BODY, MAX_MESSAGE_SUBJECT as MAX_SUBJECT};
use iced::widget::{space, text_editor};
use iced::{Alignment, Length};

use super::{Draft, Message, Messages, SUBJECT};
use crate::design::table::{Cell, RowHeight, column, rows, table};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, button, empty, field, font, keys, panel, pill, spacing};
use crate::desk::Desk;
use crate::format;
use crate::screen::browse::Beside;
use crate::screen::trouble;
use crate::tr;

const LIST_WIDTH: f32 = 336.0;

pub(super) fn page<'a>(state: &'a Messages, desk: &'a Desk) -> Element<'a, Message> {
    let new = button::secondary(tr!("message-new"))
        .id("message-new")
        .shortcut("Ins")
        .on_press_maybe(desk.user.is_some().then_some(Message::New));
    let title = panel::title_line(tr!("nav-messages"), None, Some(new.into()));
    let body = Row::new()
        .spacing(spacing::M)
        .push(panel::bare_panel(list(state, desk)).width(Length::Fixed(LIST_WIDTH)).height(Length::Fill))
        .push(panel::panel(beside(state, desk)).height(Length::Fill));
    panel::page(Column::new().spacing(spacing::M).push(title).push(body))
}

fn list<'a>(state: &'a Messages, desk: &'a Desk) -> Element<'a, Message> {
    if state.browse.is_empty() {
        return if state.browse.is_read() {
            empty::empty(tr!("messages-none"), tr!("messages-none-help"), None)
        } else {
            text::hint(tr!("loading")).dim().into()
        };
    }
    table(
        [column(0, tr!("message-column")).fill(1), column(1, "").fixed(128.0).right()],
        rows(state.browse.len(), move |row, column| {
            let message = state.browse.row(row);
            match column {
                0 => {
                    let subject = message.subject.as_str();
                    let first = if message.read { Cell::text(subject) } else { Cell::strong(subject) };
                    let when = desk.relative(message.at);
                    first.below(Cell::hint(format!("{} · {when}", writer(message))))
                }
                _ if message.waiting => Cell::pill(Tone::Care, tr!("message-waiting")),
                _ if !message.read => Cell::pill(Tone::Accent, tr!("message-unread")),
                _ => Cell::empty(),
            }
        }),
    )
    .id("messages-list")
    .row_height(RowHeight::Tall)
    .selection(state.browse.selection())
    .single()
    .on_pick(Message::Pick)
    .into()
}

fn writer(message: &ShownMessage) -> String {
    message.author.as_ref().map_or_else(|| tr!("bank"), |user| user.name.clone())
}

fn beside<'a>(state: &'a Messages, desk: &'a Desk) -> Element<'a, Message> {
    if let Some(draft) = &state.writing {
        return writing(draft);
    }
    match (state.opened(), state.browse.beside()) {
        (Some(message), _) => shown(message, desk),
        (None, Beside::Failure(error)) => trouble::note(tr!("messages-failed"), error),
        (None, _) => empty::empty(tr!("messages-none-chosen"), tr!("messages-none-chosen-help"), None),
    }
}

fn shown<'a>(message: &'a ShownMessage, desk: &Desk) -> Element<'a, Message> {
    let at = desk.local(message.at);
    let when = [("date", format::long_date(at.date())), ("time", format::time(at))];
    let when = client::texts::text("day-at", &when);
    let mut head = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(text::detail_title(message.subject.as_str()));
    if message.waiting {
        head = head.push(pill::pill(Tone::Care, tr!("message-waiting")));
    }
    let mut content = Column::new()
        .spacing(spacing::M)
        .push(head)
        .push(text::hint(format!("{} · {when}", writer(message))).dim())
        .push(panel::rule());
    if message.waiting {
        content = content.push(text::hint(tr!("message-waiting-help")).dim());
    }
    content.push(panel::scroll(text::body(message.body.as_str()))).into()
}

fn writing(draft: &Draft) -> Element<'_, Message> {
    let subject = field::text(tr!("message-subject"), &draft.subject)
        .id(SUBJECT)
        .on_input(Message::Subject)
        .trailing(format!("{} / {MAX_SUBJECT}", draft.subject.chars().count()));
    let body = text_editor(&draft.body)
        .id("message-body")
        .on_action(Message::Body)
        .key_binding(|press| {
            let modifiers = keys::without_alt_gr(press.modifiers);
            // A shortcut writes nothing, though some systems say what its key would.
            let text = press.text.filter(|_| !modifiers.command());
            text_editor::Binding::from_key_press(text_editor::KeyPress { modifiers, text, ..press })
        })
        .font(font::REGULAR)
        .size(text::BODY.size)
        .line_height(iced::Pixels(text::BODY.line))
        .padding(spacing::S)
        .height(Length::Fill);
    let count = format!("{} / {MAX_BODY}", format::count(draft.body.text().trim_end().chars().count()));
    let label = Row::new()
        .push(text::hint(tr!("message-body")).dim())
        .push(space::horizontal())
        .push(text::hint(count).dim());
    let problem = draft.problem.as_ref().map(|why| trouble::note::<Message>(tr!("message-not-kept"), &**why));
    let buttons = Row::new()
        .spacing(spacing::S)
        .push(
            button::primary(tr!("message-send"))
                .id("message-send")
                .shortcut("Ctrl+Enter")
                .on_press_maybe((!draft.busy).then_some(Message::Send)),
        )
        .push(button::secondary(tr!("cancel")).id("message-cancel").shortcut("Esc").on_press(Message::Leave));
    Column::new()
        .spacing(spacing::M)
        .push(text::detail_title(tr!("message-new")))
        .push(subject)
        .push(Column::new().spacing(spacing::XS).height(Length::Fill).push(label).push(body))
        .push(problem)
        .push(buttons)
        .into()
}
