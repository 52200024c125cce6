//! Messages that float above the page for a while: "Mentve", "A bank befogadta".
//!
//! [`Toasts`] is kept by the window. Its subscription exists only while something is shown and wakes the window once,
//! when the next message is over: each waking draws a frame, and over a remote desktop each frame travels. (Nothing
//! else in the window moves by itself but the caret of a focused field.) A bad message stays until it is closed.

use std::time::{Duration, Instant};

use iced::futures::{SinkExt, Stream};
use iced::widget::{Stack, space};
use iced::{Alignment, Length, Subscription, padding};

use super::text::{self, Inked};
use super::theme::{Surface, Tone};
use super::{Column, Container, Element, Row, button, pill, spacing};

const SHOWN_FOR: Duration = Duration::from_secs(6);
const MOST: usize = 4;

#[derive(Debug, Clone)]
struct Toast {
    id: u64,
    tone: Tone,
    /// Whose it is about, where that has to be said.
    whose: Option<String>,
    words: String,
    link: Option<String>,
    until: Option<Instant>,
}

/// What is shown now.
#[derive(Debug, Clone, Default)]
pub struct Toasts {
    shown: Vec<Toast>,
    next: u64,
}

/// What happens to the messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// The user closed one.
    Close(u64),
    /// The user follows the link of one.
    Follow(u64),
    Tick(Instant),
}

/// Tells once that this moment has come.
fn at(end: Instant) -> impl Stream<Item = Message> {
    iced::stream::channel(1, async move |mut window| {
        tokio::time::sleep_until(end.into()).await;
        // A window that is closing hears nothing more.
        drop(window.send(Message::Tick(Instant::now())).await);
    })
}

impl Toasts {
    pub fn push(&mut self, tone: Tone, words: impl Into<String>, now: Instant) {
        let _: u64 = self.push_about(None, tone, words, None, now);
    }

    /// Shows a message that says whose it is about, perhaps with a link; gives the number by which
    /// [`Message::Follow`] names it.
    pub fn push_about(
        &mut self,
        whose: Option<String>,
        tone: Tone,
        words: impl Into<String>,
        link: Option<String>,
        now: Instant,
    ) -> u64 {
        let until = (tone != Tone::Bad).then(|| now + SHOWN_FOR);
        let id = self.next;
        self.shown.push(Toast { id, tone, whose, words: words.into(), link, until });
        self.next += 1;
        if self.shown.len() > MOST {
            self.shown.remove(0);
        }
        id
    }

    /// Takes away what was closed or is over.
    pub fn update(&mut self, message: Message) {
        match message {
            Message::Close(id) | Message::Follow(id) => self.shown.retain(|toast| toast.id != id),
            Message::Tick(now) => self.shown.retain(|toast| toast.until.is_none_or(|until| until > now)),
        }
    }

    /// Whether nothing is shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// The end of the next message that has one.
    pub fn subscription(&self) -> Subscription<Message> {
        match self.shown.iter().filter_map(|toast| toast.until).min() {
            Some(end) => Subscription::run_with(end, |end| at(*end)),
            None => Subscription::none(),
        }
    }

    /// Puts the messages above a page, at its lower right.
    pub fn over<'a, M: Clone + 'a>(
        &'a self,
        page: impl Into<Element<'a, M>>,
        message: impl Fn(Message) -> M,
    ) -> Element<'a, M> {
        let mut column = Column::new().spacing(spacing::S).align_x(Alignment::End);
        for toast in &self.shown {
            let whose = toast.whose.as_ref().map(|whose| text::hint(whose.as_str()).dim().one_line());
            let words = Column::new().push(whose).push(text::body(toast.words.as_str()));
            let content = Row::new()
                .spacing(spacing::S)
                .align_y(Alignment::Center)
                .push(pill::dot(toast.tone))
                .push(Container::new(words).max_width(360.0))
                .push(
                    toast
                        .link
                        .as_ref()
                        .map(|link| button::link(link.as_str()).on_press(message(Message::Follow(toast.id)))),
                )
                .push(button::quiet("✕").small().on_press(message(Message::Close(toast.id))));
            column = column.push(
                Container::new(content)
                    .padding(padding::horizontal(spacing::M).vertical(spacing::XS))
                    .class(Surface::Toast(toast.tone)),
            );
        }
        let float = Container::new(column)
            .width(Length::Fill)
            .height(Length::Fill)
            .align_x(Alignment::End)
            .align_y(Alignment::End)
            .padding(padding::right(spacing::XL).bottom(spacing::STATUS_LINE + spacing::M));
        // The empty layer keeps the page's state in place whether or not something floats above it.
        let above: Element<'a, M> = if self.shown.is_empty() { space().into() } else { float.into() };
        Stack::new().push(page).push(above).into()
    }
}

#[cfg(test)]
mod tests {
    use iced::futures::StreamExt;

    use super::*;

    #[test]
    fn one_waking_takes_away_what_is_over_and_only_that() {
        let mut toasts = Toasts::default();
        let begun = Instant::now();
        toasts.push(Tone::Good, "Mentve", begun);
        toasts.push(Tone::Bad, "Nem sikerült", begun);
        toasts.push(Tone::Good, "Elküldve", begun + Duration::from_secs(1));
        toasts.update(Message::Tick(begun + SHOWN_FOR));
        let left: Vec<_> = toasts.shown.iter().map(|toast| toast.words.as_str()).collect();
        assert_eq!(left, ["Nem sikerült", "Elküldve"]);
    }

    #[test]
    fn the_clock_ticks_once_and_not_before_the_end() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let end = Instant::now() + Duration::from_millis(50);
        let ticks: Vec<_> = runtime.block_on(at(end).collect());
        assert!(matches!(ticks[..], [Message::Tick(now)] if now >= end), "{ticks:?}");
    }
}
