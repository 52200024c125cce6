//! Server-sent events of one session.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event as SseEvent, KeepAlive};
use axum::response::{Response, Sse};
use domain::{AuthorityTable, CustomerId, UserId};
use futures_util::stream::unfold;
use protocol::{Cursor, Event, ProblemCode};
use rusqlite::Connection;

use super::as_user::user_asks;
use super::caller::{PageOf, Token};
use crate::accounts::view;
use crate::bank::{Bank, blocking_in};
use crate::doors::http::streams::{self, BATCH, HEARTBEAT, Pace, StreamPlace, Streams};
use crate::doors::places::Place;
use crate::ground::changes;
use crate::ground::error::Refusal;
use crate::ground::lanes::Lane;
use crate::people::{customers, sessions};

struct Reader {
    bank: Arc<Bank>,
    token: String,
    /// Those of the user, as the last look found them.
    customers: Vec<CustomerId>,
    pace: Pace,
    position: u64,
    waiting: VecDeque<(Option<u64>, Event)>,
    over: bool,
    /// Freed when the stream ends.
    _place: StreamPlace,
}

/// What one look into the log brought.
struct Look {
    customers: Vec<CustomerId>,
    events: Vec<(Option<u64>, Event)>,
    position: u64,
    more: bool,
    over: bool,
}

pub(super) async fn stream(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    Extension(streams): Extension<Arc<Streams>>,
    connection: Option<Extension<Place>>,
    headers: HeaderMap,
    page: PageOf,
) -> Result<Response, Refusal> {
    let last_seen =
        headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse::<Cursor>().ok());
    let start = match last_seen.or(page.after) {
        Some(cursor) => Some(cursor.sequence().map_err(|_| ProblemCode::CursorInvalid)?),
        None => None,
    };
    let pace = Pace::new(&bank.news);
    let now_at = user_asks(&bank, Token(token.clone()), |caller| Ok(changes::last(caller.db)?)).await?;
    let place = streams.open(sessions::hash(&token), connection.as_deref())?;
    let reader = Reader {
        bank,
        token,
        customers: Vec::new(),
        pace,
        position: start.unwrap_or(now_at),
        waiting: VecDeque::new(),
        over: false,
        _place: place,
    };
    Ok(streams::answer(Sse::new(unfold(reader, next)).keep_alive(KeepAlive::new().interval(HEARTBEAT))))
}

async fn next(mut reader: Reader) -> Option<(Result<SseEvent, Infallible>, Reader)> {
    loop {
        if let Some((sequence, event)) = reader.waiting.pop_front() {
            return Some((Ok(line(sequence, &event)), reader));
        }
        if reader.over {
            return None;
        }
        reader.pace.wait(&reader.bank.news, &reader.customers, reader.position).await;
        let (token, position) = (reader.token.clone(), reader.position);
        let look = blocking_in(&reader.bank, Lane::Look, move |bank| {
            let now = bank.clock.now();
            bank.read(|db| Ok::<_, Refusal>(look(db, &token, position, now)?))
        });
        // A failed look ends the stream; the client comes back with its last id.
        let look = look.await.ok()?;
        reader.waiting.extend(look.events);
        reader.position = look.position;
        reader.over = look.over;
        reader.customers = look.customers;
        if !look.more {
            reader.pace.looked();
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
            return Ok(Look { customers: Vec::new(), events: vec![end], position, more: false, over: true });
        }
        Err(Refusal::Failure(error)) => return Err(error),
    };
    let customers = customers::ids_of(db, &user)?;
    let found = changes::of_user_after(db, &user, position, BATCH)?;
    let more = u32::try_from(found.len()).is_ok_and(|n| n == BATCH);
    let position = match found.last() {
        Some((sequence, _)) if more => *sequence,
        // Whatever lies between the last one and here is others'.
        _ => changes::last(db)?,
    };
    // Only who may see an account hears of its balance; everything else is for all users of the customer.
    let needs_tables = found.iter().any(|(_, event)| matches!(event, Event::BalanceChanged { .. }));
    let tables = if needs_tables { customers::tables_of(db, &user)? } else { Vec::new() };
    let mut events: Vec<(Option<u64>, Event)> = Vec::new();
    for (sequence, event) in found {
        if !is_visible(&user, &tables, &event) {
            continue;
        }
        events.retain(|(_, earlier)| *earlier != event);
        events.push((Some(sequence), event));
    }
    Ok(Look { customers, events, position, more, over: false })
}

/// Whether the user may hear of a change at one of its customers.
fn is_visible(user: &UserId, tables: &[(CustomerId, AuthorityTable)], event: &Event) -> bool {
    match event {
        Event::PackageChanged { .. }
        | Event::SharedAreaChanged { .. }
        | Event::AuthorityChanged { .. }
        | Event::MessagesChanged { .. }
        | Event::SessionEnds { .. } => true,
        Event::BalanceChanged { customer, account } => {
            tables.iter().any(|(id, table)| id == customer && view::may_view(user, table, *account))
        }
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

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::people::login::Admitted;
    use crate::testing::{CLERK, World};

    #[test]
    fn a_stream_reads_its_own_customers_and_nobody_elses_table() {
        let world = World::new("kdb");
        let now = world.bank.clock.now();
        let admitted = Admitted {
            user: CLERK.parse().unwrap(),
            previous_login: None,
            certificate: world.certificate(CLERK, true).clone(),
        };
        let token = world.read(|db| sessions::open(db, &admitted, TimeDelta::hours(1), now)).0;
        // Whoever looks at this table fails.
        world.read(|db| Ok(db.execute("UPDATE customer SET authority = '-' WHERE id = '30002002'", [])?));
        let start = world.read(changes::last);
        let look = |position| world.read(|db| look(db, &token, position, now));
        world.read(|db| changes::messages(db, &"30002002".parse().unwrap()));
        let foreign = look(start);
        assert!(foreign.events.is_empty());
        assert_eq!(foreign.customers, std::slice::from_ref(&world.customer));
        assert_eq!(foreign.position, start + 1, "what is others' is not read again");
        world.read(|db| {
            changes::balance(db, &world.customer, &world.main().digits24())?;
            changes::messages(db, &world.customer)
        });
        let told: Vec<&str> = look(foreign.position).events.iter().map(|(_, event)| event.name()).collect();
        assert_eq!(told, ["balance_changed", "messages_changed"]);
        // No balance, no table: even a customer's own is not read for nothing.
        world.read(|db| Ok(db.execute("UPDATE customer SET authority = '-'", [])?));
        let last = world.read(changes::last);
        world.read(|db| changes::messages(db, &world.customer));
        assert_eq!(look(last).events.len(), 1);
    }
}
