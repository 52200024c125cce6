//! Event streams stay open for hours, so they are counted apart from calls: altogether and by session. One session
//! cannot fill a door with streams, and streams cannot keep calls out. Here stands also when an open stream looks into
//! the log of changes: [`Pace`].

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::CustomerId;
use protocol::{Problem, ProblemCode};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout_at};

use crate::doors::places::Place;
use crate::ground::news::News;

/// Streams of one session: a window, its successor after a sleep, and some whose end the bank has not noticed yet.
const PER_SESSION: usize = 4;
/// Streams of a door.
const ALTOGETHER: usize = 1_000;
/// Seconds after which a refused stream may be asked for again: by then a dead one was noticed.
const RETRY: u32 = 20;

/// A line goes out at least so often, so that both sides notice a dead connection.
pub(crate) const HEARTBEAT: Duration = Duration::from_secs(10);
/// Changes that a stream reads at once.
pub(crate) const BATCH: u32 = 500;
/// After a look the next one is so much later, whatever happens meanwhile: what changes ten times in that while is told
/// once, and hundreds of streams of one busy customer look hundreds of times a second and not at every single change.
const REST: Duration = Duration::from_secs(1);
/// So long after a look there is another one even if nothing of its customers changed: whether the session is still
/// open, and whether the user has another customer now.
const CHECK: Duration = Duration::from_secs(5);

/// The open streams of a door, counted by what tells a session.
#[derive(Debug, Default)]
pub(crate) struct Streams(Mutex<HashMap<[u8; 32], usize>>);

/// One open stream; its place is free again when this is dropped.
#[derive(Debug)]
pub(crate) struct StreamPlace {
    streams: Arc<Streams>,
    session: [u8; 32],
}

/// When a stream looks into the log again: not before it has rested, and not for what happened at others.
#[derive(Debug)]
pub(crate) struct Pace {
    listening: watch::Receiver<u64>,
    looked: Option<Instant>,
}

impl Streams {
    /// A place for one more stream of the session. Its connection gives its place among the calls away.
    ///
    /// # Errors
    /// `rate-limited`.
    pub(crate) fn open(
        self: &Arc<Self>,
        session: [u8; 32],
        connection: Option<&Place>,
    ) -> Result<StreamPlace, Box<Problem>> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_session = open.get(&session).copied().unwrap_or_default();
        if of_session >= PER_SESSION || open.values().sum::<usize>() >= ALTOGETHER {
            let refusal = Problem { retry_seconds: Some(RETRY), ..Problem::new(ProblemCode::RateLimited) };
            return Err(Box::new(refusal));
        }
        open.insert(session, of_session + 1);
        drop(open);
        if let Some(place) = connection {
            place.leave();
        }
        Ok(StreamPlace { streams: Arc::clone(self), session })
    }
}

impl Pace {
    /// Of a stream that begins now: its first look is at once.
    pub(crate) fn new(news: &News) -> Self {
        Self { listening: news.listen(), looked: None }
    }

    /// It has looked, and there was no more to read.
    pub(crate) fn looked(&mut self) {
        self.looked = Some(Instant::now());
    }

    /// Waits for the next look after `position` in the changes of these customers.
    pub(crate) async fn wait(&mut self, news: &News, customers: &[CustomerId], position: u64) {
        let Some(looked) = self.looked.take() else { return };
        if looked.elapsed() < REST {
            sleep_until(looked + REST).await;
        }
        loop {
            self.listening.borrow_and_update();
            if news.is_newer(customers, position) {
                return;
            }
            match timeout_at(looked + CHECK, self.listening.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) | Err(_) => return,
            }
        }
    }
}

impl Drop for StreamPlace {
    fn drop(&mut self) {
        let mut open = self.streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(of_session) = open.get_mut(&self.session) {
            *of_session -= 1;
            if *of_session == 0 {
                open.remove(&self.session);
            }
        }
    }
}

/// A stream as an answer. Its connection ends with it: it has no place among the calls any more.
pub(crate) fn answer(stream: impl IntoResponse) -> Response {
    let mut response = stream.into_response();
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn a_session_has_so_many_streams_and_takes_none_from_others() {
        let streams = Arc::new(Streams::default());
        let mut open: Vec<StreamPlace> =
            (0..PER_SESSION).map(|_| streams.open([1; 32], None).unwrap()).collect();
        assert_eq!(streams.open([1; 32], None).unwrap_err().code, ProblemCode::RateLimited);
        let other = streams.open([2; 32], None).unwrap();
        open.pop();
        assert!(streams.open([1; 32], None).is_ok(), "a place is free again");
        drop((open, other));
        assert!(streams.0.lock().unwrap().is_empty());
    }

    fn customer(id: &str) -> CustomerId {
        id.parse().unwrap()
    }

    #[tokio::test]
    async fn a_stream_rests_after_every_look_and_is_not_woken_by_what_happens_at_others() {
        let news = News::after(0);
        let mut pace = Pace::new(&news);
        // Whether it looks now, so long after its last look.
        let mut looks = |since: Option<Duration>, position| {
            pace.looked = since.map(|since| Instant::now() - since);
            pace.wait(&news, &[customer("1")], position).now_or_never().is_some()
        };
        assert!(looks(None, 0), "the first look is at once, and so is one where there was more to read");
        news.tell(1, vec![(customer("1"), 1)]);
        assert!(!looks(Some(Duration::ZERO), 0), "it rests, whatever happens");
        assert!(looks(Some(REST), 0));
        news.tell(2, vec![(customer("2"), 2)]);
        assert!(!looks(Some(REST), 1), "others are no news");
        news.tell(3, vec![(customer("1"), 3)]);
        assert!(looks(Some(REST), 1));
        // Nothing of its own happened: it looks all the same, whether its session is still open.
        pace.looked = Some(Instant::now() - CHECK);
        pace.wait(&news, &[customer("1")], 3).await;
        assert!(pace.looked.is_none());
    }

    #[test]
    fn many_sessions_have_so_many_streams_altogether() {
        let streams = Arc::new(Streams::default());
        let session = |number: usize| {
            let mut session = [0; 32];
            session[..8].copy_from_slice(&number.to_be_bytes());
            session
        };
        let open: Vec<_> = (0..ALTOGETHER).map(|n| streams.open(session(n), None).unwrap()).collect();
        assert!(streams.open(session(ALTOGETHER), None).is_err());
        drop(open);
        assert!(streams.open(session(ALTOGETHER), None).is_ok());
    }
}
