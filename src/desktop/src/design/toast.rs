//! Messages that float above the page for a while: "Mentve", "A bank befogadta".
//!
//! [`Toasts`] is kept by the window. Its subscription exists only while something is shown and wakes the window once,
//! when the next message is over: each waking draws a frame, and over a remote desktop each frame travels. (Nothing
//! else in the window moves by itself but the caret of a focused field.) A bad message stays longer.
//!
//! They stand at the foot of the navigation, most of which is empty: no button, list or line of a place is ever covered.

use std::time::{Duration, Instant};

use iced::futures::{SinkExt, Stream};
use iced::widget::{Stack, space};
use iced::{Alignment, Length, Subscription, padding};

use super::text::{self, Inked};
use super::theme::{Surface, Tone};
use super::{Column, Container, Element, Row, button, pill, spacing};

const SHOWN_FOR: Duration = Duration::from_secs(6);
/// A message that something went wrong or needs a link stays so long: it is read to its end.
const SHOWN_LONG: Duration = Duration::from_secs(30);
const MOST: usize = 4;
/// The navigation's, with a little room at both sides.
const WIDTH: f32 = spacing::NAVIGATION - 2.0 * spacing::S;

#[derive(Debug, Clone)]
struct Toast {
    id: u64,
    tone: Tone,
    /// Whose it is about, where that has to be said.
    whose: Option<String>,
    words: String,
    link: Option<String>,
    /// How often it was said while it was shown.
    times: usize,
    until: Instant,
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
        let words = words.into();
        let long = tone == Tone::Bad || link.is_some();
        let until = now + if long { SHOWN_LONG } else { SHOWN_FOR };
        let id = self.next;
        self.next += 1;
        // What is said again is not shown twice: the newer one takes its place, and tells how often.
        let same = |toast: &Toast| {
            (toast.tone, &toast.whose, &toast.words, &toast.link) == (tone, &whose, &words, &link)
        };
        // One that leads somewhere stays: the newer one may lead elsewhere.
        let before = self.shown.iter().position(|toast| toast.link.is_none() && same(toast));
        let before = before.map(|at| self.shown.remove(at));
        let times = before.map_or(1, |toast| toast.times + 1);
        self.shown.push(Toast { id, tone, whose, words, link, times, until });
        if self.shown.len() > MOST {
            self.shown.remove(0);
        }
        id
    }

    /// Takes away what was closed or is over.
    pub fn update(&mut self, message: Message) {
        match message {
            Message::Close(id) | Message::Follow(id) => self.shown.retain(|toast| toast.id != id),
            Message::Tick(now) => self.shown.retain(|toast| toast.until > now),
        }
    }

    /// Whether the message of that number is shown.
    #[must_use]
    pub fn shows(&self, id: u64) -> bool {
        self.shown.iter().any(|toast| toast.id == id)
    }

    /// Whether nothing is shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// The end of the next message that has one.
    pub fn subscription(&self) -> Subscription<Message> {
        match self.shown.iter().map(|toast| toast.until).min() {
            Some(end) => Subscription::run_with(end, |end| at(*end)),
            None => Subscription::none(),
        }
    }

    /// Puts the messages above a page, at its lower left.
    pub fn over<'a, M: Clone + 'a>(
        &'a self,
        page: impl Into<Element<'a, M>>,
        message: impl Fn(Message) -> M,
    ) -> Element<'a, M> {
        let mut column = Column::new().spacing(spacing::S).width(Length::Fixed(WIDTH));
        // The newest at the top: where the room ends, the oldest ones are out of sight.
        for toast in self.shown.iter().rev() {
            let whose = toast.whose.as_ref().map(|whose| text::hint(whose.as_str()).dim());
            let times = (toast.times > 1).then(|| text::hint(format!("{}×", toast.times)).dim());
            let close = button::quiet("✕").small().on_press(message(Message::Close(toast.id)));
            let link = toast
                .link
                .as_ref()
                .map(|link| button::link(link.as_str()).small().on_press(message(Message::Follow(toast.id))));
            let foot = Row::new()
                .spacing(spacing::S)
                .align_y(Alignment::Center)
                .push(times)
                .push(link)
                .push(space::horizontal())
                .push(close);
            let words = Row::new()
                .spacing(spacing::S)
                .push(Container::new(pill::dot(toast.tone)).padding(padding::top(5)))
                .push(Container::new(text::body(toast.words.as_str())).width(Length::Fill));
            let content = Column::new().push(whose).push(words).push(foot);
            column = column.push(
                Container::new(content)
                    .padding(padding::left(spacing::M).right(spacing::XS).top(spacing::S).bottom(spacing::XS))
                    .width(Length::Fill)
                    .class(Surface::Toast(toast.tone)),
            );
        }
        let float = Container::new(column)
            .width(Length::Fill)
            .height(Length::Fill)
            .align_y(Alignment::End)
            .padding(padding::left(spacing::S).bottom(spacing::STATUS_LINE + spacing::S));
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
        toasts.update(Message::Tick(begun + SHOWN_LONG));
        assert!(toasts.is_empty());
    }

    #[test]
    fn what_is_said_again_is_shown_once_and_anew() {
        let (mut toasts, begun) = (Toasts::default(), Instant::now());
        toasts.push(Tone::Good, "Mentve", begun);
        toasts.push(Tone::Good, "Elküldve", begun);
        toasts.push(Tone::Good, "Mentve", begun + Duration::from_secs(3));
        let shown = |toasts: &Toasts| -> Vec<(String, usize)> {
            toasts.shown.iter().map(|toast| (toast.words.clone(), toast.times)).collect()
        };
        assert_eq!(shown(&toasts), [("Elküldve".to_owned(), 1), ("Mentve".to_owned(), 2)]);
        toasts.update(Message::Tick(begun + SHOWN_FOR));
        assert_eq!(shown(&toasts), [("Mentve".to_owned(), 2)], "it is shown as long as if it had come now");
        let _ = toasts.push_about(Some("K&H".to_owned()), Tone::Good, "Mentve", None, begun);
        assert_eq!(toasts.shown.len(), 2, "another one's is another message");
    }

    #[test]
    fn the_clock_ticks_once_and_not_before_the_end() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let end = Instant::now() + Duration::from_millis(50);
        let ticks: Vec<_> = runtime.block_on(at(end).collect());
        assert!(matches!(ticks[..], [Message::Tick(now)] if now >= end), "{ticks:?}");
    }
}
