//! Event streams that stay open and are read.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::StreamExt;
use protocol::{Session, endpoints as at};
use reqwest::Client;
use tokio::task::JoinHandle;

use super::{LISTENERS, STREAMS_OF_A_SESSION};
use crate::person::Person;
use crate::{Bank, Result};

/// Open streams; they end with this.
pub(super) struct Streams {
    readers: Vec<JoinHandle<()>>,
    events: Arc<AtomicUsize>,
}

impl Streams {
    /// Opens so many, in as few sessions as may have them; every other session is of another customer.
    pub(super) async fn open(bank: &Bank, person: &Person, count: usize) -> Result<Self> {
        let (client, neighbour) = (bank.client(LISTENERS)?, Person::of_neighbour(bank)?);
        let mut streams = Self { readers: Vec::new(), events: Arc::default() };
        for who in [person, &neighbour].into_iter().cycle() {
            if streams.readers.len() >= count {
                break;
            }
            let session = who.log_in(bank, &client).await?;
            let left = count - streams.readers.len();
            for _ in 0..left.min(STREAMS_OF_A_SESSION) {
                streams.listen(bank, &client, &session).await?;
            }
        }
        Ok(streams)
    }

    async fn listen(&mut self, bank: &Bank, client: &Client, session: &Session) -> Result<()> {
        // A stream has no end, so the client's patience must not be its end.
        let request = client.get(bank.api(at::EVENTS)).bearer_auth(&session.token.0);
        let response =
            request.timeout(std::time::Duration::from_secs(3_600)).send().await?.error_for_status()?;
        let events = Arc::clone(&self.events);
        self.readers.push(tokio::spawn(async move {
            let mut bytes = response.bytes_stream();
            while let Some(Ok(chunk)) = bytes.next().await {
                let lines = chunk.windows(6).filter(|window| window == b"event:").count();
                events.fetch_add(lines, Ordering::Relaxed);
            }
        }));
        Ok(())
    }

    /// What they brought, in a line.
    pub(super) fn told(&self) -> String {
        let open = self.readers.iter().filter(|reader| !reader.is_finished()).count();
        let events = self.events.load(Ordering::Relaxed);
        format!("{open} of {} streams open at the end, {events} events", self.readers.len())
    }
}

impl Drop for Streams {
    fn drop(&mut self) {
        self.readers.iter().for_each(JoinHandle::abort);
    }
}
