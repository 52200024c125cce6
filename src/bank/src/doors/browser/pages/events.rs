//! Server-sent events for open pages: only that something of a kind changed, never what. The page then asks for
//! itself again, with the rights that its visitor has by then.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;

use axum::Extension;
use axum::response::sse::{Event as SseEvent, KeepAlive};
use axum::response::{Response, Sse};
use domain::CustomerId;
use futures_util::stream::unfold;
use rusqlite::Connection;

use crate::bank::{Bank, blocking_in};
use crate::doors::browser::sessions;
use crate::doors::browser::visitor::Visitor;
use crate::doors::http::streams::{self, BATCH, HEARTBEAT, Pace, StreamPlace, Streams};
use crate::doors::places::Place;
use crate::ground::changes;
use crate::ground::error::Result;
use crate::ground::lanes::Lane;

/// What is told when the session is over.
const OVER: &str = "session_ends";

struct Reader {
    bank: Arc<Bank>,
    session: [u8; 32],
    customer: CustomerId,
    pace: Pace,
    position: u64,
    waiting: VecDeque<&'static str>,
    over: bool,
    /// Freed when the stream ends.
    _place: StreamPlace,
}

/// One look into the log.
struct Look {
    kinds: Vec<&'static str>,
    position: u64,
    more: bool,
    over: bool,
}

/// The stream of the visitor's session and customer.
pub(super) async fn stream(
    Extension(streams): Extension<Arc<Streams>>,
    connection: Option<Extension<Place>>,
    visitor: Visitor,
) -> Response {
    let place = match streams.open(visitor.session.key(), connection.as_deref()) {
        Ok(place) => place,
        Err(problem) => return visitor.refuse(problem),
    };
    let pace = Pace::new(&visitor.bank.news);
    let position = match visitor.read(|bank, _| bank.read(|db| changes::last(db))).await {
        Ok(position) => position,
        Err(error) => return visitor.refuse(error),
    };
    let reader = Reader {
        bank: Arc::clone(&visitor.bank),
        session: visitor.session.key(),
        customer: visitor.access.customer.id.clone(),
        pace,
        position,
        waiting: VecDeque::new(),
        over: false,
        _place: place,
    };
    streams::answer(Sse::new(unfold(reader, next)).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

async fn next(mut reader: Reader) -> Option<(std::result::Result<SseEvent, Infallible>, Reader)> {
    loop {
        if let Some(kind) = reader.waiting.pop_front() {
            // Browsers pass on only events with data.
            return Some((Ok(SseEvent::default().event(kind).data("changed")), reader));
        }
        if reader.over {
            return None;
        }
        let customers = std::slice::from_ref(&reader.customer);
        reader.pace.wait(&reader.bank.news, customers, reader.position).await;
        let (session, customer, position) = (reader.session, reader.customer.clone(), reader.position);
        let look = blocking_in(&reader.bank, Lane::Look, move |bank| {
            let now = bank.clock.now();
            bank.read(|db| look(db, &session, &customer, position, now))
        });
        // A failed look ends the stream; the browser comes back by itself.
        let look = look.await.ok()?;
        reader.waiting.extend(look.kinds);
        reader.over = look.over;
        reader.position = look.position;
        if !look.more {
            reader.pace.looked();
        }
    }
}

fn look(
    db: &Connection,
    session: &[u8; 32],
    customer: &CustomerId,
    position: u64,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Look> {
    if !sessions::is_open(db, session, now)? {
        return Ok(Look { kinds: vec![OVER], position, more: false, over: true });
    }
    let found = changes::of_customer_after(db, customer, position, BATCH)?;
    let more = u32::try_from(found.len()).is_ok_and(|n| n == BATCH);
    let position = found.last().map_or(position, |(sequence, _)| *sequence);
    let mut kinds = Vec::new();
    for (_, event) in &found {
        if !kinds.contains(&event.name()) {
            kinds.push(event.name());
        }
    }
    Ok(Look { kinds, position, more, over: false })
}
