//! Exactly once under torture, 200 rounds: what `cargo xtask torture` does longer.

use harness::torture::{Options, run};

#[test]
fn torture_of_two_hundred_rounds_loses_nothing_and_doubles_nothing() {
    let rounds = 200;
    let summary = run(Options { rounds, seed: 20_261_123, lanes: 2 }).unwrap_or_else(|v| panic!("{v}"));
    println!("{summary}");
    assert_eq!(summary.rounds(), rounds);
    // Kills that miss prove nothing: enough of them must fall between "send" and the receipt.
    assert!(summary.in_flight() >= rounds / 4, "only {} packages were in flight", summary.in_flight());
}
