//! Questions of a screen to the client: numbered, so that a late answer is told from the awaited one, and asked
//! at pauses in typing.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use client::ClientError;
use iced::Task;
use iced::futures::stream;
use tokio::sync::mpsc::UnboundedReceiver;

/// A question or a pause. No two are equal, not even those of two screens, so an answer to a screen that was left
/// never reaches the one that took its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Question(u64);

impl Question {
    #[must_use]
    pub fn ask() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// What the client answers. The error is kept as it is and explained where it is shown: in the language of that moment.
pub(crate) type Answer<T> = Result<T, Arc<ClientError>>;

/// Asks the client, and gives the answer.
pub(crate) fn ask<T: Send + 'static, M: Send + 'static>(
    question: impl Future<Output = client::Result<T>> + Send + 'static,
    message: impl FnOnce(Answer<T>) -> M + Send + 'static,
) -> Task<M> {
    Task::perform(async move { question.await.map_err(Arc::new) }, message)
}

/// How long nothing is typed before what was typed is looked at.
const PAUSE: Duration = Duration::from_millis(300);

/// Gives the message after a pause. The screen compares the question in it with its newest one: if they differ,
/// the user went on typing.
pub(crate) fn after_pause<M: Send + 'static>(message: M) -> Task<M> {
    Task::future(async move {
        tokio::time::sleep(PAUSE).await;
        message
    })
}

/// Gives what comes through a channel, one after the other, until its sender is gone.
pub(crate) fn each<T: Send + 'static>(channel: UnboundedReceiver<T>) -> Task<T> {
    Task::stream(stream::unfold(channel, |mut channel| async move {
        channel.recv().await.map(|item| (item, channel))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_questions_are_equal() {
        assert_ne!(Question::ask(), Question::ask());
    }
}
