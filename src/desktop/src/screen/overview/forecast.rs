//! The course of a balance for the chart: what was, and what the planned debits leave in the next 30 days.

use chrono::{Days, NaiveDate};
use client::DayBalance;
use domain::Money;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Days of the forecast.
const DAYS: u64 = 30;

/// A balance by day.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Course {
    /// What was, oldest first, today last; in the picture's own unit.
    pub was: Vec<f32>,
    /// What will be, tomorrow first.
    pub will: Vec<f32>,
    /// The day on which the forecast is lowest, and what is left then.
    pub lowest: Option<(NaiveDate, Decimal)>,
}

/// The course from the balances so far and the planned debits. Debits that are overdue count tomorrow; debits in
/// another currency cannot be set against the balance and do not count.
pub(super) fn course(balance: &[DayBalance], planned: &[(NaiveDate, Money)]) -> Course {
    let was = balance.iter().map(|day| picture(day.booked.amount())).collect();
    let Some(last) = balance.last() else { return Course { was, will: Vec::new(), lowest: None } };
    let debits: Vec<_> = planned.iter().filter(|(_, sum)| sum.currency() == last.booked.currency()).collect();
    let mut left = last.booked.amount();
    let mut will = Vec::new();
    let mut lowest: Option<(NaiveDate, Decimal)> = None;
    for ahead in 1..=DAYS {
        let day = last.day + Days::new(ahead);
        let due = |at: NaiveDate| at == day || (ahead == 1 && at <= last.day);
        left -= debits.iter().filter(|(at, _)| due(*at)).map(|(_, sum)| sum.amount()).sum::<Decimal>();
        will.push(picture(left));
        if lowest.is_none_or(|(_, low)| left < low) {
            lowest = Some((day, left));
        }
    }
    Course { was, will, lowest }
}

/// An amount for a picture, where a pixel is worth more than a rounding error.
pub(super) fn picture(amount: Decimal) -> f32 {
    amount.to_f32().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use domain::Currency;

    use super::*;

    fn huf(amount: i64) -> Money {
        Money::new(amount.into(), Currency::HUF).unwrap()
    }

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
    }

    #[test]
    fn planned_debits_lower_the_forecast_on_their_day() {
        let balance =
            [DayBalance { day: day(20), booked: huf(900) }, DayBalance { day: day(21), booked: huf(1000) }];
        let eur = Money::new(Decimal::from(7), Currency::EUR).unwrap();
        let course = course(&balance, &[(day(24), huf(300)), (day(19), huf(100)), (day(23), eur)]);
        assert_eq!(course.was, [900.0, 1000.0]);
        assert_eq!(course.will[..4], [900.0, 900.0, 600.0, 600.0]);
        assert_eq!(course.will.len(), 30);
        assert_eq!(course.lowest, Some((day(24), Decimal::from(600))));
    }

    #[test]
    fn nothing_known_shows_nothing() {
        let course = course(&[], &[(day(24), huf(300))]);
        assert!(course.was.is_empty() && course.will.is_empty() && course.lowest.is_none());
    }
}
