//! Exactly once under torture, in short: `cargo xtask torture` does it for as many rounds as wanted, 200 by itself.

use harness::torture::{Options, run};

#[test]
fn a_short_torture_loses_nothing_and_doubles_nothing() {
    let rounds = 40;
    let summary = run(Options { rounds, seed: 20_261_123, lanes: 2 }).unwrap_or_else(|v| panic!("{v}"));
    println!("{summary}");
    assert_eq!(summary.rounds(), rounds);
    // Kills that miss prove nothing: enough of them must fall between "send" and the receipt.
    assert!(summary.in_flight() >= rounds / 5, "only {} packages were in flight", summary.in_flight());
}
