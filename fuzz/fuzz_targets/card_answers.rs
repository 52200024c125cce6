//! A card that answers anything: reading, signing, changing the PIN, unblocking and renewing with either kind
//! of card end in a value, and no secret goes out more often than it may.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Each answer is told by its length in one byte; the last one is repeated.
    let mut answers = Vec::new();
    let mut rest = bytes;
    while let Some((&length, after)) = rest.split_first() {
        let (answer, after) = after.split_at(usize::from(length).min(after.len()));
        answers.push(answer.to_vec());
        rest = after;
    }
    token::probe::with_answers(|| {
        let mut next = answers.clone().into_iter();
        let last = answers.last().cloned().unwrap_or_default();
        move |_: &[u8]| next.next().unwrap_or_else(|| last.clone())
    });
});
