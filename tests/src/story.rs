//! The frame of a story over real parts: what its body runs in, where it ends, and the card that somebody brings along.

use domain::PackageState;

use crate::card::VirtualCard;
use crate::house::{House, PIN};
use crate::pcscd::Pcscd;

/// The states that a sent package ends in.
pub const FINAL: [PackageState; 3] =
    [PackageState::Completed, PackageState::Rejected, PackageState::PartlyRejected];

/// A runtime as the programs have it: several threads, timers and sockets. A story that kills one takes another.
///
/// # Panics
/// When the system gives no threads.
pub fn runtime() -> tokio::runtime::Runtime {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("threads for a runtime")
}

/// Runs a story to its end.
///
/// # Panics
/// When the story does.
pub fn run(story: impl Future<Output = ()>) {
    runtime().block_on(story);
}

/// A card in the reader, made of a demo user's keys.
///
/// # Panics
/// When the user has no key file, or the reader takes no card.
pub fn card_of(house: &House, user: &str, service: &Pcscd) -> VirtualCard {
    let pem = std::fs::read_to_string(house.key_file(user)).expect("the user's key file");
    let mut card = VirtualCard::from_key_file(&pem, PIN, *b"Kapocs demo card").expect("a card of these keys");
    card.insert(service.slot()).expect("a free reader");
    card
}
