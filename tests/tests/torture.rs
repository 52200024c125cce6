//! Exactly once under torture, in short: `cargo xtask torture` does it for as many rounds as wanted, 200 by itself.

use harness::torture::{Options, run};

#[test]
fn a_short_torture_loses_nothing_and_doubles_nothing() {
    let rounds = 40;
    let summary =
        run(Options { rounds, seed: 20_261_123, lanes: 2, banks: 1 }).unwrap_or_else(|v| panic!("{v}"));
    println!("{summary}");
    assert_eq!(summary.rounds(), rounds);
    // Kills that miss prove nothing: enough of them must fall between "send" and the receipt.
    assert!(summary.in_flight() >= rounds / 5, "only {} packages were in flight", summary.in_flight());
}

#[test]
fn a_short_torture_over_two_banks_at_once_takes_nothing_to_the_wrong_one() {
    let rounds = 15;
    let options = Options { rounds, seed: 20_261_129, lanes: 1, banks: 2 };
    let summary = run(options).unwrap_or_else(|v| panic!("{v}"));
    println!("{summary}");
    assert_eq!(summary.rounds(), rounds);
    // Both banks must have been hit on the way, or nothing was shown of them.
    assert!(summary.in_flight() >= 3, "only {} packages were in flight", summary.in_flight());
    for bank in 0..2 {
        assert!(summary.in_flight_at(bank) >= 1, "no package was in flight to bank {bank}");
    }
}
