//! What the client tells by itself, as one stream of events for the window. Nothing is asked by a clock.

use std::hash::{Hash, Hasher};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use client::{Change, Client, Connection, Locked, TokenStatus};
use domain::ConnectionKey;
use iced::futures::{SinkExt, Stream, StreamExt};
use iced::{Subscription, event, keyboard, mouse};
use tokio::sync::broadcast::error::RecvError;

/// Something happened that the window may show.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    /// The client tells of a change.
    Changed(Change),
    /// Changes were missed: everything is to be looked at again.
    Missed,
    Connection(Connection),
    Token(TokenStatus),
    /// The session locked itself, or is not locked any more.
    Locked(Option<Locked>),
}

/// One source of events for each bank of the store, whichever handle on it is at hand.
struct Source(Option<ConnectionKey>, Client);

impl Hash for Source {
    fn hash<H: Hasher>(&self, state: &mut H) {
        ("client", self.0).hash(state);
    }
}

/// The events of a bank, beginning with how connection and token stand now; before there is one, those of the client.
pub(crate) fn events(client: &Client) -> Subscription<(Option<ConnectionKey>, Event)> {
    let key = client.own_connection();
    Subscription::run_with(Source(key, client.clone()), |source| {
        let key = source.0;
        listen(source.1.clone()).map(move |event| (key, event))
    })
}

fn listen(client: Client) -> impl Stream<Item = Event> {
    iced::stream::channel(64, async move |mut window| {
        let mut changes = client.changes();
        let mut connection = client.connection();
        let mut token = client.token_status();
        let mut locked = client.locked();
        connection.mark_changed();
        token.mark_changed();
        loop {
            let event = tokio::select! {
                change = changes.recv() => match change {
                    Ok(change) => Event::Changed(change),
                    Err(RecvError::Lagged(_)) => Event::Missed,
                    Err(RecvError::Closed) => return,
                },
                Ok(()) = connection.changed() => Event::Connection(connection.borrow_and_update().clone()),
                Ok(()) = locked.changed() => Event::Locked(locked.borrow_and_update().clone()),
                Ok(()) = token.changed() => Event::Token(token.borrow_and_update().clone()),
            };
            if window.send(event).await.is_err() {
                return;
            }
        }
    })
}

/// Seconds between two touches that are told: a clerk who types must not wake the whole window at every key.
const TOUCHES: u64 = 10;

/// Keys and clicks, wherever they go, one in ten seconds at most. A mouse that only moves is not counted: a table that
/// shakes is nobody at work.
pub(crate) fn touches() -> Subscription<()> {
    event::listen_with(|event, _, _| touch(&event))
}

/// The window gets the focus (true) or loses it.
pub(crate) fn focus() -> Subscription<bool> {
    event::listen_with(|event, _, _| match event {
        event::Event::Window(iced::window::Event::Focused) => Some(true),
        event::Event::Window(iced::window::Event::Unfocused) => Some(false),
        _ => None,
    })
}

fn touch(event: &event::Event) -> Option<()> {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    static NEXT: AtomicU64 = AtomicU64::new(0);
    if !is_touch(event) {
        return None;
    }
    let now = BEGUN.elapsed().as_secs();
    if now < NEXT.load(Ordering::Relaxed) {
        return None;
    }
    NEXT.store(now + TOUCHES, Ordering::Relaxed);
    Some(())
}

fn is_touch(event: &event::Event) -> bool {
    use event::Event::{Keyboard, Mouse, Touch};
    matches!(
        event,
        Keyboard(keyboard::Event::KeyPressed { .. })
            | Mouse(mouse::Event::ButtonPressed(_) | mouse::Event::WheelScrolled { .. })
            | Touch(iced::touch::Event::FingerPressed { .. })
    )
}

#[cfg(test)]
mod tests {
    use iced::window;

    use super::*;

    #[test]
    fn a_moving_mouse_is_no_touch_and_a_typist_is_one_in_ten_seconds() {
        let moved = event::Event::Mouse(mouse::Event::CursorMoved { position: iced::Point::ORIGIN });
        assert_eq!(touch(&moved), None);
        let click = event::Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left));
        assert_eq!((touch(&click), touch(&click)), (Some(()), None));
        assert!(!is_touch(&event::Event::Window(window::Event::Focused)));
    }
}
