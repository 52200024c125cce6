//! Server-sent events for open pages: only that something of a kind changed, never what. The page then asks for
//! itself again, with the rights that its visitor has by then.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::response::sse::{Event as SseEvent, KeepAlive};
use axum::response::{Response, Sse};
use domain::CustomerId;
use futures_util::stream::unfold;
use rusqlite::Connection;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::bank::{Bank, blocking};
use crate::doors::browser::sessions;
use crate::doors::browser::visitor::Visitor;
use crate::doors::http::streams::{self, StreamPlace, Streams};
use crate::doors::places::Place;
use crate::ground::changes;
use crate::ground::error::Result;

/// A line goes out at least so often, so that both sides notice a dead connection.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// The session is looked at at least so often.
const CHECK: Duration = Duration::from_secs(5);
/// After a look that brought something, the next one is so much later.
const REST: Duration = Duration::from_millis(250);
/// Changes read at once.
const BATCH: u32 = 500;
/// What is told when the session is over.
const OVER: &str = "session_ends";

struct Reader {
    bank: Arc<Bank>,
    session: [u8; 32],
    customer: CustomerId,
    news: watch::Receiver<u64>,
    position: u64,
    waiting: VecDeque<&'static str>,
    over: bool,
    rests_until: Option<Instant>,
    /// Freed when the stream ends.
    _place: StreamPlace,
}

/// One look into the log.
struct Look {
    kinds: Vec<&'static str>,
    position: u64,
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
    let news = visitor.bank.watch();
    let position = match visitor.read(|bank, _| bank.read(|db| changes::last(db))).await {
        Ok(position) => position,
        Err(error) => return visitor.refuse(error),
    };
    let reader = Reader {
        bank: Arc::clone(&visitor.bank),
        session: visitor.session.key(),
        customer: visitor.access.customer.id.clone(),
        news,
        position,
        waiting: VecDeque::new(),
        over: false,
        rests_until: None,
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
        if let Some(moment) = reader.rests_until.take() {
            tokio::time::sleep_until(moment).await;
        }
        reader.news.borrow_and_update();
        let (session, customer, position) = (reader.session, reader.customer.clone(), reader.position);
        let look = blocking(&reader.bank, move |bank| {
            let now = bank.clock.now();
            bank.read(|db| look(db, &session, &customer, position, now))
        });
        // A failed look ends the stream; the browser comes back by itself.
        let look = look.await.ok()?;
        reader.waiting.extend(look.kinds);
        reader.over = look.over;
        let stood_still = reader.position == look.position;
        reader.position = look.position;
        if reader.waiting.is_empty() && !reader.over && stood_still {
            let _ = tokio::time::timeout(CHECK, reader.news.changed()).await;
        } else {
            reader.rests_until = Some(Instant::now() + REST);
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
        return Ok(Look { kinds: vec![OVER], position, over: true });
    }
    let found = changes::of_customer_after(db, customer, position, BATCH)?;
    let position = found.last().map_or(position, |(sequence, _)| *sequence);
    let mut kinds = Vec::new();
    for (_, event) in &found {
        if !kinds.contains(&event.name()) {
            kinds.push(event.name());
        }
    }
    Ok(Look { kinds, position, over: false })
}
