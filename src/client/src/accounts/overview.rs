//! The first screen: what waits, the next deadlines, accounts and their course.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDateTime, TimeDelta};
use domain::{AccountNumber, Money, PackageHeader, PackageId, PackageState};
use store::overview::Counts;
use store::package_lists::PackageList;
use store::transactions::{DayBalance, WeekFlow};

use crate::accounts::balances::AccountRow;
use crate::admin::order_title;
use crate::client::Client;
use crate::error::Result;
use crate::orders::rules::Rules;
use crate::packages::again::recorded_again;
use crate::packages::rights::rights;

/// Lines of "waiting for you".
const SHOWN_WAITING: u32 = 6;
/// Packages of a state and refused orders that are looked at for it.
const LOOKED_AT: u32 = 100;
/// What may wait for the user, the most urgent first.
const UNFINISHED: [(PackageState, WaitingKind); 5] = [
    (PackageState::Sending, WaitingKind::Uncertain),
    (PackageState::PartlySigned, WaitingKind::Sign),
    (PackageState::Signed, WaitingKind::Send),
    (PackageState::Checked, WaitingKind::Sign),
    (PackageState::Recorded, WaitingKind::Sign),
];
/// Days of the balance chart.
const CHART_DAYS: u64 = 90;
/// Weeks of the flow chart.
const CHART_WEEKS: u64 = 10;
/// Days in which a refused package is still worth a line.
const REJECTED_DAYS: i64 = 7;

/// Why a package waits for the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitingKind {
    /// Needs a signature.
    Sign,
    /// Signed; can be sent.
    Send,
    /// The bank's answer is not known.
    Uncertain,
    /// The bank refused orders of it lately.
    Rejected,
}

/// A line of "waiting for you".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Why.
    pub kind: WaitingKind,
    /// Which package.
    pub package: PackageId,
    /// Its name.
    pub name: String,
    /// Number of orders.
    pub count: u32,
    /// Sum.
    pub total: Money,
    /// Reason code of the first refused order.
    pub reason: Option<String>,
}

/// Next moments by which something must be at the bank, in its local time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadlines {
    /// Start of the next intraday cycle.
    pub cycle: NaiveDateTime,
    /// Last moment for VIBER, today or on the next banking day.
    pub viber: NaiveDateTime,
    /// Largest instant payment, in whole forints.
    pub instant_limit: Money,
    /// The bank's local time now.
    pub now: NaiveDateTime,
    /// Whether today is a banking day.
    pub banking_day: bool,
}

/// Everything on the first screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// What waits, the most urgent first.
    pub waiting: Vec<Waiting>,
    /// The next deadlines.
    pub deadlines: Deadlines,
    /// Accounts with balances.
    pub accounts: Vec<AccountRow>,
    /// Balance of the first account by day, oldest first.
    pub balance: Vec<DayBalance>,
    /// Debits of planned packages and dated orders on the first account, by day: the known part of the forecast.
    pub planned: Vec<(chrono::NaiveDate, Money)>,
    /// In- and outflow of the first account by week, oldest first.
    pub flow: Vec<WeekFlow>,
    /// Numbers for the navigation.
    pub counts: Counts,
}

impl Client {
    /// Everything on the first screen.
    pub async fn overview(&self) -> Result<Overview> {
        let accounts = self.accounts().await?;
        let scope = self.scope()?;
        self.read_of(scope.customer, move |conn| {
            let rules = scope.rules(conn)?;
            let first = accounts.first().map(|row| row.account.number);
            let (balance, flow) = match first {
                Some(account) => charts(conn, &rules, account)?,
                None => (Vec::new(), Vec::new()),
            };
            let upcoming = store::overview::upcoming(conn, rules.today(), 50)?;
            Ok(Overview {
                waiting: waiting(conn, &rules)?,
                deadlines: deadlines(&rules),
                accounts,
                balance,
                planned: upcoming.into_iter().map(|u| (u.day, u.total)).collect(),
                flow,
                counts: counts(conn, Some(&rules))?,
            })
        })
        .await
    }

    /// Numbers for the navigation's badges.
    pub async fn counts(&self) -> Result<Counts> {
        let scope = self.scope()?;
        self.read_here(move |conn| counts(conn, scope.rules(conn).ok().as_ref())).await
    }
}

/// Numbers for the navigation; what waits for a signature or to be sent counts only where this user could do it.
fn counts(conn: &store::OfCustomer<'_>, rules: Option<&Rules>) -> Result<Counts> {
    let counts = store::overview::counts(conn)?;
    let Some(rules) = rules.filter(|rules| rules.user.is_some()) else { return Ok(counts) };
    let (mut to_sign, mut to_send) = (0, 0);
    // The bank's word on what is uncertain is waited for by nobody in particular.
    for (state, kind) in UNFINISHED.into_iter().filter(|(_, kind)| *kind != WaitingKind::Uncertain) {
        for line in store::package_lists::list(conn, PackageList::In(state), "", store::Page::ALL)? {
            let waits = line.package.count > 0 && waits_for(conn, rules, &line.package.header, kind)?;
            match kind {
                WaitingKind::Sign => to_sign += u32::from(waits),
                WaitingKind::Send => to_send += u32::from(waits),
                WaitingKind::Uncertain | WaitingKind::Rejected => {}
            }
        }
    }
    Ok(Counts { to_sign, to_send, ..counts })
}

/// Whether a package waits for this user.
fn waits_for(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    header: &PackageHeader,
    kind: WaitingKind,
) -> Result<bool> {
    let rights = rights(conn, rules, header)?;
    Ok(match kind {
        WaitingKind::Sign => rights.not_to_sign.is_none(),
        WaitingKind::Send => rights.handle,
        // It is recorded again, or given up.
        WaitingKind::Rejected => rights.record,
        WaitingKind::Uncertain => true,
    })
}

fn charts(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    account: AccountNumber,
) -> Result<(Vec<DayBalance>, Vec<WeekFlow>)> {
    let today = rules.today();
    let balance = store::transactions::balance_by_day(conn, account, today - Days::new(CHART_DAYS), today)?;
    let flow = store::transactions::flow_by_week(conn, account, today - Days::new(7 * CHART_WEEKS), today)?;
    Ok((balance, flow))
}

fn waiting(conn: &store::OfCustomer<'_>, rules: &Rules) -> Result<Vec<Waiting>> {
    let page = store::Page::first(LOOKED_AT);
    let mut waiting = Vec::new();
    for (state, kind) in UNFINISHED {
        for line in store::package_lists::list(conn, PackageList::In(state), "", page)? {
            if line.package.count == 0 || !waits_for(conn, rules, &line.package.header, kind)? {
                continue;
            }
            waiting.push(Waiting {
                kind,
                package: line.package.header.id,
                name: line.package.header.name.to_string(),
                count: line.package.count,
                total: line.package.total,
                reason: None,
            });
        }
    }
    waiting.extend(rejected(conn, rules)?);
    waiting.truncate(SHOWN_WAITING as usize);
    Ok(waiting)
}

/// Packages of which the bank refused orders lately, each once, the latest first.
fn rejected(conn: &store::OfCustomer<'_>, rules: &Rules) -> Result<Vec<Waiting>> {
    let since = rules.now - TimeDelta::days(REJECTED_DAYS);
    let (mut lines, mut seen) = (Vec::<Waiting>::new(), BTreeSet::new());
    for order in store::overview::rejected_lately(conn, since, LOOKED_AT)? {
        let amount = order.order.face().amount;
        let reason = order.status.and_then(|status| status.reason);
        if !seen.insert(order.package) {
            if let Some(line) = lines.iter_mut().find(|line| line.package == order.package) {
                line.count += 1;
                let sum = amount.and_then(|amount| line.total.checked_add(amount).ok());
                line.total = sum.unwrap_or(line.total);
                // Several reasons are none that a line could tell.
                line.reason = line.reason.take().filter(|told| Some(told) == reason.as_ref());
            }
            continue;
        }
        let header = store::packages::get(conn, order.package)?.header;
        // What stands in a package again waits there.
        if recorded_again(conn, order.package)?.is_some()
            || !waits_for(conn, rules, &header, WaitingKind::Rejected)?
        {
            continue;
        }
        lines.push(Waiting {
            kind: WaitingKind::Rejected,
            package: order.package,
            name: order_title(&order.order, &rules.authority),
            count: 1,
            total: amount.unwrap_or(Money::zero(domain::Currency::HUF)),
            reason,
        });
    }
    for line in lines.iter_mut().filter(|line| line.count > 1) {
        line.name = store::packages::get(conn, line.package)?.header.name.to_string();
    }
    Ok(lines)
}

/// The next intraday cycle and the next end of the VIBER window.
fn deadlines(rules: &Rules) -> Deadlines {
    let now = rules.local_now();
    let calendar = &rules.calendar;
    let banking_day = calendar.is_banking_day(now.date());
    let next_day = calendar.next_banking_day(now.date());
    let profile = &rules.profile;
    let cycles = &profile.intraday.cycles;
    let open = banking_day && now.time() <= profile.intraday.cut_off;
    let cycle = cycles.iter().find(|c| open && **c >= now.time()).map(|c| now.date().and_time(*c));
    let first = cycles.first().map(|c| next_day.and_time(*c));
    let viber_day = if banking_day && now.time() <= profile.viber.cut_off { now.date() } else { next_day };
    Deadlines {
        cycle: cycle.or(first).unwrap_or(now),
        viber: viber_day.and_time(profile.viber.cut_off),
        instant_limit: Money::new(profile.instant.limit, domain::Currency::HUF)
            .unwrap_or(Money::zero(domain::Currency::HUF)),
        now,
        banking_day,
    }
}
