//! Event streams stay open for hours, so they are counted apart from calls: altogether and by session. One session
//! cannot fill a door with streams, and streams cannot keep calls out.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use protocol::{Problem, ProblemCode};

use crate::doors::places::Place;

/// Streams of one session: a window, its successor after a sleep, and some whose end the bank has not noticed yet.
const PER_SESSION: usize = 4;
/// Streams of a door.
const ALTOGETHER: usize = 1_000;
/// Seconds after which a refused stream may be asked for again: by then a dead one was noticed.
const RETRY: u32 = 20;

/// The open streams of a door, counted by what tells a session.
#[derive(Debug, Default)]
pub(crate) struct Streams(Mutex<HashMap<[u8; 32], usize>>);

/// One open stream; its place is free again when this is dropped.
#[derive(Debug)]
pub(crate) struct StreamPlace {
    streams: Arc<Streams>,
    session: [u8; 32],
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
