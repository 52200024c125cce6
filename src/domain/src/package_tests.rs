use proptest::prelude::*;

use super::*;

fn rules(check: bool) -> PackageRules {
    PackageRules {
        check_before_signing: check,
        company_instant_alone: true,
        mixed_types: false,
        several_debit_accounts: false,
        max_orders: 1000,
    }
}

fn event() -> impl Strategy<Value = PackageEvent> {
    use PackageEvent as E;
    prop_oneof![
        Just(E::Edit),
        Just(E::Check),
        any::<bool>().prop_map(|complete| E::Sign { complete }),
        Just(E::Withdraw),
        Just(E::Send),
        Just(E::Received),
        Just(E::NotReceived),
        (0u32..3, 0u32..3).prop_map(|(executed, rejected)| E::Finish { executed, rejected }),
        Just(E::Share),
        prop_oneof![
            Just(SignatureProgress::None),
            Just(SignatureProgress::Partial),
            Just(SignatureProgress::Complete)
        ]
        .prop_map(|signatures| E::TakeBack { signatures }),
        Just(E::TakeOver),
        Just(E::Delete),
    ]
}

/// Follows a package as the store would: content revision, and the revision that each signature covers.
#[derive(Default)]
struct Model {
    revision: u32,
    signed_revisions: Vec<u32>,
}

proptest! {
    #[test]
    fn no_path_sends_an_unsigned_or_changed_document(
        check: bool, events in prop::collection::vec(event(), 0..60)
    ) {
        let rules = rules(check);
        let mut state = PackageState::Recorded;
        let mut model = Model::default();
        for event in events {
            let Ok(applied) = apply(state, event, &rules) else { continue };
            match event {
                PackageEvent::Edit => {
                    prop_assert!(model.signed_revisions.is_empty(), "edited under signatures");
                    model.revision += 1;
                }
                PackageEvent::Sign { .. } => model.signed_revisions.push(model.revision),
                PackageEvent::TakeBack { signatures } if signatures != SignatureProgress::None => {
                    // The shared area says that signatures over the same bytes still hold.
                    model.signed_revisions.push(model.revision);
                }
                _ => {}
            }
            if applied.drops_signatures {
                model.signed_revisions.clear();
            }
            if applied.state == PackageState::Sending {
                prop_assert!(!model.signed_revisions.is_empty());
                prop_assert!(model.signed_revisions.iter().all(|r| *r == model.revision));
            }
            state = applied.state;
        }
    }

    #[test]
    fn nothing_leads_backwards_out_of_sent(check: bool, events in prop::collection::vec(event(), 0..40)) {
        let rules = rules(check);
        let mut state = PackageState::Sent;
        let mut finished = None;
        for event in events {
            if let Ok(applied) = apply(state, event, &rules) {
                state = applied.state;
                prop_assert!(state.is_sent() && state != PackageState::Sending);
                if state != PackageState::Sent {
                    prop_assert!(finished.is_none_or(|f| f == state), "a final state changed");
                    finished = Some(state);
                }
            }
        }
    }

    #[test]
    fn where_checking_is_asked_nothing_unchecked_is_signed(events in prop::collection::vec(event(), 0..60)) {
        let rules = rules(true);
        let mut state = PackageState::Recorded;
        let mut checked = false;
        for event in events {
            let Ok(applied) = apply(state, event, &rules) else { continue };
            match event {
                PackageEvent::Check => checked = true,
                PackageEvent::Edit => checked = false,
                PackageEvent::TakeBack { .. } => break,
                _ => {}
            }
            if applied.state == PackageState::Recorded {
                checked = false;
            }
            if matches!(applied.state, PackageState::PartlySigned | PackageState::Signed) {
                prop_assert!(checked);
            }
            state = applied.state;
        }
    }
}

#[test]
fn the_usual_life() {
    use PackageEvent as E;
    use PackageState as S;
    let rules = rules(false);
    let step = |state, event| apply(state, event, &rules).unwrap().state;
    let mut state = S::Recorded;
    for (event, expected) in [
        (E::Edit, S::Recorded),
        (E::Sign { complete: false }, S::PartlySigned),
        (E::Sign { complete: true }, S::Signed),
        (E::Send, S::Sending),
        (E::Received, S::Sent),
        (E::Finish { executed: 1, rejected: 1 }, S::PartlyRejected),
    ] {
        state = step(state, event);
        assert_eq!(state, expected);
    }
}

#[test]
fn what_another_seat_has_sent_is_sent_here_too_and_never_again() {
    use PackageState as S;
    let rules = rules(false);
    for state in [S::Recorded, S::Checked, S::PartlySigned, S::Signed, S::InSharedArea, S::TakenOver] {
        let sent = apply(state, PackageEvent::Received, &rules).unwrap();
        assert_eq!(sent, Applied { state: S::Sent, drops_signatures: false }, "{state:?}");
        let changed = apply(state, PackageEvent::TakeOver, &rules).map(|applied| applied.state);
        assert!(matches!(changed, Ok(S::TakenOver) | Err(Refusal::Closed)), "{state:?}: {changed:?}");
    }
    for event in [PackageEvent::Send, PackageEvent::Edit, PackageEvent::Sign { complete: true }] {
        assert!(apply(S::Sent, event, &rules).is_err() && apply(S::TakenOver, event, &rules).is_err());
    }
    assert!(apply(S::Deleted, PackageEvent::Received, &rules).is_err());
}

#[test]
fn refusals_say_what_to_do() {
    let rules = rules(true);
    assert_eq!(
        apply(PackageState::Recorded, PackageEvent::Sign { complete: true }, &rules),
        Err(Refusal::CheckFirst)
    );
    assert_eq!(apply(PackageState::Signed, PackageEvent::Edit, &rules), Err(Refusal::WithdrawFirst));
    assert_eq!(apply(PackageState::PartlySigned, PackageEvent::Send, &rules), Err(Refusal::NotSigned));
    assert_eq!(apply(PackageState::Sent, PackageEvent::Withdraw, &rules), Err(Refusal::AtTheBank));
    assert_eq!(apply(PackageState::Sending, PackageEvent::Send, &rules), Err(Refusal::BeingSent));
    assert_eq!(
        apply(PackageState::Signed, PackageEvent::Withdraw, &rules),
        Ok(Applied { state: PackageState::Checked, drops_signatures: true })
    );
}

#[test]
fn state_names_survive() {
    for state in PackageState::ALL {
        assert_eq!(PackageState::from_name(state.name()), Some(state));
        assert_eq!(serde_json::to_string(&state).unwrap(), format!("\"{}\"", state.name()));
    }
}
