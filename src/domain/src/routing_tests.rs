use proptest::prelude::*;

use super::*;
use crate::samples::{at, calendar, day, kdb, kh, order};
use crate::secondary_id::SecondaryId;

#[derive(Clone, Copy)]
enum Who {
    KhBusiness,
    KdbCompany,
    KdbPerson,
}

fn route_at(who: Who, order: &Transfer, packages: u32, orders: u32, capable: u32, now: &str) -> Decision {
    let (profile, customer) = match who {
        Who::KhBusiness => (kh(), CustomerKind::Company),
        Who::KdbCompany => (kdb(), CustomerKind::Company),
        Who::KdbPerson => (kdb(), CustomerKind::PrivatePerson),
    };
    let calendar = calendar();
    let context = RoutingContext { profile: &profile, calendar: &calendar, customer, now: at(now) };
    decide(order, Sending { packages, orders, instant_capable: capable }, &context)
}

/// Monday morning, banking day.
const MORNING: &str = "2026-11-23 09:00";

fn route(who: Who, packages: u32, orders: u32, ticked: bool) -> Route {
    let timing = if ticked { Timing::Instant } else { Timing::Soon };
    let order = order(1_250_000, timing, Urgency::Normal);
    route_at(who, &order, packages, orders, orders, MORNING).route
}

#[test]
fn the_decision_table_row_by_row() {
    use Route::{Instant, InstantPaced, Intraday};
    // n, k, ticked, K&H business, KDB company, KDB private person
    let rows = [
        (1, 1, false, Instant, Instant, Instant),
        (1, 1, true, Instant, Instant, Instant),
        (3, 1, false, Intraday, Intraday, Instant),
        (3, 1, true, InstantPaced, Intraday, Instant),
        (1, 3, false, Intraday, Intraday, Instant),
        (1, 3, true, InstantPaced, Intraday, Instant),
    ];
    for (n, k, ticked, kh, company, person) in rows {
        assert_eq!(route(Who::KhBusiness, n, k, ticked), kh, "K&H n={n} k={k} ticked={ticked}");
        assert_eq!(route(Who::KdbCompany, n, k, ticked), company, "KDB company n={n} k={k} ticked={ticked}");
        assert_eq!(route(Who::KdbPerson, n, k, ticked), person, "KDB person n={n} k={k} ticked={ticked}");
    }
}

#[test]
fn the_two_open_cases_carry_a_warning() {
    let order = order(1_000, Timing::Soon, Urgency::Normal);
    let mixed = route_at(Who::KdbCompany, &order, 1, 3, 1, MORNING);
    assert_eq!((mixed.route, mixed.warnings), (Route::Intraday, vec![Warning::OneInstantAmongOthers]));
    let many = route_at(Who::KhBusiness, &order, 2, 3, 3, MORNING);
    assert_eq!((many.route, many.warnings), (Route::Intraday, vec![Warning::ManyPackagesOfMany]));
}

#[test]
fn seconds_are_promised_only_to_orders_sent_alone() {
    let ticked = order(1_000, Timing::Instant, Urgency::Normal);
    let alone = route_at(Who::KhBusiness, &ticked, 1, 1, 1, "2026-11-22 03:00");
    assert_eq!(alone.expected, Expected::Seconds { target: 5, limit: 20 });
    let batch = route_at(Who::KhBusiness, &ticked, 1, 34, 34, MORNING);
    assert_eq!(batch.expected, Expected::Hours { hours: 4 });
}

#[test]
fn above_the_limit_goes_intraday_or_to_viber() {
    let plain =
        route_at(Who::KdbCompany, &order(20_000_001, Timing::Soon, Urgency::Normal), 1, 1, 0, MORNING);
    assert_eq!(plain.route, Route::Intraday);
    assert_eq!(plain.expected, Expected::At { time: at("2026-11-23 10:30") });
    assert_eq!(plain.reasons, vec![Reason::AboveInstantLimit { limit: "20000000".into() }]);
    let viber = route_at(Who::KdbCompany, &order(20_000_001, Timing::Soon, Urgency::Viber), 1, 1, 0, MORNING);
    assert_eq!((viber.route, viber.expected), (Route::Viber, Expected::At { time: at(MORNING) }));
}

#[test]
fn viber_cannot_be_asked_where_instant_is_possible() {
    let asked = order(1_000, Timing::Soon, Urgency::Viber);
    let alone = route_at(Who::KhBusiness, &asked, 1, 1, 1, MORNING);
    assert_eq!((alone.route, alone.warnings), (Route::Instant, vec![Warning::ViberNotPossible]));
    // K&H lets companies' packages of several orders go to VIBER, KDB does not.
    assert_eq!(route_at(Who::KhBusiness, &asked, 1, 3, 3, MORNING).route, Route::Viber);
    let kdb = route_at(Who::KdbCompany, &asked, 1, 3, 3, MORNING);
    assert_eq!((kdb.route, kdb.warnings), (Route::Intraday, vec![Warning::ViberNotPossible]));
}

#[test]
fn kdb_keeps_large_transfers_inside_the_bank_out_of_viber() {
    let mut inside = order(30_000_000, Timing::Soon, Urgency::Viber);
    inside.beneficiary = Beneficiary::Account {
        name: "Minta".parse().unwrap(),
        number: crate::AccountNumber::with_check_digits([1, 3, 5, 0, 0, 0, 1], [1; 15]).unwrap(),
    };
    let decision = route_at(Who::KdbCompany, &inside, 1, 1, 0, MORNING);
    assert_eq!((decision.route, decision.warnings), (Route::Intraday, vec![Warning::ViberNotPossible]));
}

#[test]
fn late_orders_and_rest_days_wait_for_the_next_banking_day() {
    let big = order(30_000_000, Timing::Soon, Urgency::Normal);
    let late = route_at(Who::KhBusiness, &big, 1, 1, 0, "2026-11-27 16:31");
    assert_eq!(late.expected, Expected::At { time: at("2026-11-30 07:30") });
    assert!(late.reasons.contains(&Reason::AfterCutOff { cut_off: crate::samples::time("16:30") }));
    let sunday = route_at(Who::KhBusiness, &big, 1, 1, 0, "2026-11-29 10:00");
    assert_eq!(sunday.expected, Expected::At { time: at("2026-11-30 07:30") });
    let working_saturday = route_at(Who::KhBusiness, &big, 1, 1, 0, "2026-12-12 10:00");
    assert_eq!(working_saturday.expected, Expected::At { time: at("2026-12-12 10:30") });
    let dated = order(1_000, Timing::On { date: day("2026-11-30") }, Urgency::Normal);
    let decision = route_at(Who::KhBusiness, &dated, 1, 1, 0, MORNING);
    assert_eq!(decision.expected, Expected::At { time: at("2026-11-30 07:30") });
    assert_eq!(decision.reasons, vec![Reason::ValueDated { date: day("2026-11-30") }]);
}

#[test]
fn a_secondary_identifier_outside_the_instant_system_is_refused() {
    let mut by_phone = order(1_000, Timing::Instant, Urgency::Normal);
    by_phone.beneficiary =
        Beneficiary::SecondaryId { id: SecondaryId::Mobile("+36301234567".parse().unwrap()) };
    assert_eq!(route_at(Who::KdbCompany, &by_phone, 1, 1, 1, MORNING).route, Route::Instant);
    let together = route_at(Who::KdbCompany, &by_phone, 2, 1, 1, MORNING);
    assert_eq!((together.route, together.expected), (Route::Refused, Expected::Never));
    assert_eq!(route_at(Who::KhBusiness, &by_phone, 2, 1, 1, MORNING).route, Route::InstantPaced);
}

#[test]
fn a_year_without_data_is_said() {
    let dated = order(1_000, Timing::On { date: day("2027-01-04") }, Urgency::Normal);
    let decision = route_at(Who::KhBusiness, &dated, 1, 1, 0, MORNING);
    assert_eq!(decision.warnings, vec![Warning::CalendarUnknown { year: 2027 }]);
    let big = order(25_000_000, Timing::Soon, Urgency::Normal);
    let in_january = route_at(Who::KhBusiness, &big, 1, 1, 0, "2027-01-12 10:00");
    assert_eq!(in_january.expected, Expected::At { time: at("2027-01-12 10:30") });
    assert_eq!(in_january.warnings, vec![], "today's cycles are sure");
    let late = route_at(Who::KhBusiness, &big, 1, 1, 0, "2027-01-12 18:00");
    assert_eq!(late.warnings, vec![Warning::CalendarUnknown { year: 2027 }]);
}

proptest! {
    #[test]
    fn no_route_breaks_a_rule(
        amount in 1i64..50_000_000, ticked: bool, viber: bool, ahead in 0u64..20,
        packages in 1u32..4, orders in 1u32..5, minute in 0u32..1440, offset in 0u64..60, who in 0u8..3
    ) {
        use chrono::Days;
        let now = (day("2026-10-20") + Days::new(offset)).and_time(
            NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap()
        );
        let timing = match (ticked, ahead) {
            (true, _) => Timing::Instant,
            (false, 0) => Timing::Soon,
            (false, n) => Timing::On { date: now.date() + Days::new(n) },
        };
        let urgency = if viber && !ticked { Urgency::Viber } else { Urgency::Normal };
        let order = order(amount, timing, urgency);
        let who = [Who::KhBusiness, Who::KdbCompany, Who::KdbPerson][usize::from(who)];
        let text = now.format("%Y-%m-%d %H:%M").to_string();
        let decision = route_at(who, &order, packages, orders, orders, &text);
        if matches!(decision.route, Route::Instant | Route::InstantPaced) {
            let dated = matches!(timing, Timing::On { .. });
            prop_assert!(amount <= 20_000_000 && !dated);
        }
        if let Expected::At { time } = decision.expected {
            prop_assert!(time >= now);
            prop_assert!(calendar().is_banking_day(time.date()));
            if let Timing::On { date } = timing {
                prop_assert!(time.date() >= date);
            }
        }
        prop_assert!(!decision.reasons.is_empty());
    }
}
