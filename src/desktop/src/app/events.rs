//! What the client tells by itself, as one stream of events for the window. Nothing is asked by a clock.

use std::hash::{Hash, Hasher};

use client::{Change, Client, Connection, TokenStatus};
use iced::Subscription;
use iced::futures::{SinkExt, Stream};
use tokio::sync::broadcast::error::RecvError;

/// Something happened that the window may show.
#[derive(Debug, Clone)]
pub enum Event {
    /// The client tells of a change.
    Changed(Change),
    /// Changes were missed: everything is to be looked at again.
    Missed,
    /// The connection.
    Connection(Connection),
    /// The token.
    Token(TokenStatus),
}

/// One client a window: its identity as a source of events never changes.
struct Source(Client);

impl Hash for Source {
    fn hash<H: Hasher>(&self, state: &mut H) {
        "client".hash(state);
    }
}

/// The events of the client, beginning with how connection and token stand now.
pub fn events(client: &Client) -> Subscription<Event> {
    Subscription::run_with(Source(client.clone()), |source| listen(source.0.clone()))
}

fn listen(client: Client) -> impl Stream<Item = Event> {
    iced::stream::channel(64, async move |mut window| {
        let mut changes = client.changes();
        let mut connection = client.connection();
        let mut token = client.token_status();
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
                Ok(()) = token.changed() => Event::Token(token.borrow_and_update().clone()),
            };
            if window.send(event).await.is_err() {
                return;
            }
        }
    })
}
