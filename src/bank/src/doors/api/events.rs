//! Server-sent events of one session.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event as SseEvent, KeepAlive};
use domain::{CustomerId, UserId};
use futures_util::Stream;
use futures_util::stream::unfold;
use protocol::{Cursor, Event, ProblemCode};
use rusqlite::Connection;
use tokio::sync::watch;

use super::caller::{PageOf, Token};
use crate::accounts::history;
use crate::bank::{Bank, blocking};
use crate::ground::changes;
use crate::ground::error::Refusal;
use crate::people::{customers, sessions};

/// A line goes out at least so often, so that both sides notice a dead connection.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// The session is looked at at least so often.
const CHECK: Duration = Duration::from_secs(5);
/// Changes read at once.
const BATCH: u32 = 500;

struct Reader {
    bank: Arc<Bank>,
    token: String,
    news: watch::Receiver<u64>,
    position: u64,
    waiting: VecDeque<(Option<u64>, Event)>,
    over: bool,
}

/// What one look into the log brought.
struct Look {
    events: Vec<(Option<u64>, Event)>,
    position: u64,
    more: bool,
    over: bool,
}

pub(super) async fn stream(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    headers: HeaderMap,
    page: PageOf,
) -> Result<Sse<impl Stream<Item = Result<SseEvent, Infallible>>>, Refusal> {
    let last_seen =
        headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse::<Cursor>().ok());
    let start = match last_seen.or(page.after) {
        Some(cursor) => Some(cursor.sequence().map_err(|_| ProblemCode::CursorInvalid)?),
        None => None,
    };
    let news = bank.watch();
    let checked = token.clone();
    let now_at = blocking(&bank, move |bank| {
        let now = bank.clock.now();
        bank.write(|db| {
            sessions::use_token(db, &checked, now)?;
            Ok::<_, Refusal>(changes::last(db)?)
        })
    })
    .await?;
    let reader = Reader {
        bank,
        token,
        news,
        position: start.unwrap_or(now_at),
        waiting: VecDeque::new(),
        over: false,
    };
    Ok(Sse::new(unfold(reader, next)).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

async fn next(mut reader: Reader) -> Option<(Result<SseEvent, Infallible>, Reader)> {
    loop {
        if let Some((sequence, event)) = reader.waiting.pop_front() {
            return Some((Ok(line(sequence, &event)), reader));
        }
        if reader.over {
            return None;
        }
        reader.news.borrow_and_update();
        let (token, position) = (reader.token.clone(), reader.position);
        let look = blocking(&reader.bank, move |bank| {
            let now = bank.clock.now();
            bank.write(|db| Ok::<_, Refusal>(look(db, &token, position, now)?))
        });
        // A failed look ends the stream; the client comes back with its last id.
        let look = look.await.ok()?;
        reader.waiting.extend(look.events);
        reader.position = look.position;
        reader.over = look.over;
        if reader.waiting.is_empty() && !reader.over && !look.more {
            let _ = tokio::time::timeout(CHECK, reader.news.changed()).await;
        }
    }
}

/// The session's own changes after `position`; a package or balance that changed several times is told once.
fn look(
    db: &Connection,
    token: &str,
    position: u64,
    now: chrono::DateTime<chrono::Utc>,
) -> crate::ground::error::Result<Look> {
    let user = match sessions::look_up(db, token, now) {
        Ok((session, _)) => session.user,
        Err(Refusal::Problem(_)) => {
            let end = (None, Event::SessionEnds { at: now });
            return Ok(Look { events: vec![end], position, more: false, over: true });
        }
        Err(Refusal::Failure(error)) => return Err(error),
    };
    let found = changes::after(db, position, BATCH)?;
    let more = u32::try_from(found.len()).is_ok_and(|n| n == BATCH);
    let position = found.last().map_or(position, |(sequence, _)| *sequence);
    let visible = customers::of_user(db, &user)?;
    let mut events: Vec<(Option<u64>, Event)> = Vec::new();
    for (sequence, event) in found {
        if !is_visible(&user, &visible, &event) {
            continue;
        }
        events.retain(|(_, earlier)| *earlier != event);
        events.push((Some(sequence), event));
    }
    Ok(Look { events, position, more, over: false })
}

fn is_visible(user: &UserId, customers_of_user: &[protocol::CustomerAccess], event: &Event) -> bool {
    let access = |id: &CustomerId| customers_of_user.iter().find(|access| access.customer.id == *id);
    match event {
        Event::PackageChanged { customer, .. }
        | Event::SharedAreaChanged { customer, .. }
        | Event::AuthorityChanged { customer }
        | Event::MessagesChanged { customer } => access(customer).is_some(),
        Event::BalanceChanged { customer, account } => {
            access(customer).is_some_and(|access| history::may_view(user, &access.authority, *account))
        }
        Event::SessionEnds { .. } => true,
    }
}

fn line(sequence: Option<u64>, event: &Event) -> SseEvent {
    let data = serde_json::to_string(event).unwrap_or_default();
    let line = SseEvent::default().event(event.name()).data(data);
    match sequence {
        Some(sequence) => line.id(Cursor::after(sequence).as_str()),
        None => line,
    }
}
