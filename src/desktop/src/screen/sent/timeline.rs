//! "Mi történt eddig": the story of a package, a line an event, in the bank's local time.

use chrono::NaiveDate;
use client::{SentDetail, ShownSignature, TimelineEntry, TimelineKind};
use iced::{Alignment, Length};

use super::{Message, words};
use crate::design::text::Inked;
use crate::design::theme::Tone;
use crate::design::{Column, Container, Element, Row, panel, pill, spacing, text};
use crate::desk::Desk;
use crate::format;
use crate::tr;

/// Width of the times.
const TIMES: f32 = 86.0;

/// The story of a sent package.
pub(super) fn view<'a>(detail: &'a SentDetail, desk: &Desk) -> Element<'a, Message> {
    lines(&detail.timeline, &detail.signatures, detail.uncertain, desk)
}

/// A story, oldest first; a line for the day where it changes, and one for the question that runs if `uncertain`.
pub(in crate::screen) fn lines<'a, M: 'a>(
    timeline: &'a [TimelineEntry],
    signatures: &[ShownSignature],
    uncertain: bool,
    desk: &Desk,
) -> Element<'a, M> {
    let mut column = Column::new();
    let mut day: Option<NaiveDate> = None;
    for entry in timeline {
        let at = desk.local(entry.at);
        if day != Some(at.date()) {
            day = Some(at.date());
            let title = text::header(format::long_date(at.date())).dim();
            column = column.push(Container::new(title).padding(spacing::LINE)).push(panel::rule());
        }
        let line = Row::new()
            .spacing(spacing::S)
            .padding(spacing::LINE)
            .align_y(Alignment::Center)
            .push(text::hint(format::exact_time(at)).dim().width(Length::Fixed(TIMES)))
            .push(pill::dot(tone(entry.kind)))
            .push(text::body(told(entry, signatures)).width(Length::Fill));
        column = column.push(line).push(panel::rule());
    }
    if uncertain {
        let line = Row::new()
            .spacing(spacing::S)
            .padding(spacing::LINE)
            .align_y(Alignment::Center)
            .push(text::hint(tr!("sent-now")).dim().width(Length::Fixed(TIMES)))
            .push(pill::dot(Tone::Accent))
            .push(text::body(tr!("sent-asking")).width(Length::Fill));
        column = column.push(line);
    }
    column.into()
}

fn tone(kind: TimelineKind) -> Tone {
    match kind {
        TimelineKind::Done => Tone::Good,
        TimelineKind::Waiting => Tone::Care,
        TimelineKind::Failed => Tone::Bad,
    }
}

/// An event in words: codes are explained, users get their names.
fn told(entry: &TimelineEntry, signatures: &[ShownSignature]) -> String {
    let args: Vec<(&str, String)> = entry
        .args
        .iter()
        .map(|(name, value)| {
            let value = match name.as_str() {
                "code" => words::code(value),
                "user" => signer(value, signatures),
                _ => value.clone(),
            };
            (name.as_str(), value)
        })
        .collect();
    client::texts::text(&entry.code, &args)
}

fn signer(user: &str, signatures: &[ShownSignature]) -> String {
    let known = signatures.iter().find(|signature| signature.user.as_str() == user);
    known.map_or_else(|| user.to_owned(), |signature| signature.name.clone())
}
