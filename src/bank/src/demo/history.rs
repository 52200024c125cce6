//! Eighteen months of bookings: buyers pay, suppliers, rent, salaries and taxes are paid, and the
//! accounts end where a living company's accounts stand.

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::{Account, AccountNumber, Currency};
use protocol::TransactionKind;
use rusqlite::Connection;

use super::household::Household;
use super::partners::{Business, DemoPartner};
use super::random::Random;
use crate::accounts::ledger::{self, Booking, Leg};
use crate::ground::error::{BankError, Result};
use crate::ground::rules::Rules;
use crate::ground::time::{local, moment};

/// How far back, in months.
const MONTHS: u32 = 18;
/// Below this, in forints, buyers pay before anything else happens.
const LOW: i64 = 12_000_000;
/// Above this, in forints, buyers wait.
const HIGH: i64 = 34_000_000;

/// Minor units of a forint, and of a euro.
const UNIT: i64 = 100;
/// Minor units of a thousand of them.
const THOUSAND: i64 = 1_000 * UNIT;

/// Writes the history of a household.
struct Scribe<'a> {
    db: &'a Connection,
    rules: &'a Rules,
    random: &'a mut Random,
    /// The moment of the next booking; only ever moves on.
    at: DateTime<Utc>,
}

/// The other side of a movement.
#[derive(Clone)]
struct Other<'a> {
    name: &'a str,
    account: Option<AccountNumber>,
    narrative: &'a str,
}

/// Books the history up to `now`.
pub(super) fn book(
    db: &Connection,
    rules: &Rules,
    household: &Household,
    partners: &[DemoPartner],
    now: DateTime<Utc>,
    random: &mut Random,
) -> Result<()> {
    let last = local(now).date();
    let first = last.checked_sub_months(Months::new(MONTHS)).unwrap_or(last);
    let start = moment(first.and_time(NaiveTime::MIN));
    let mut scribe = Scribe { db, rules, random, at: start };
    let opening = Other { name: "", account: None, narrative: "Nyitó egyenleg" };
    for customer in &household.customers {
        for account in &customer.accounts {
            let amount = if account.currency == Currency::HUF { 15_000_000 } else { 60_000 };
            scribe.receive(account, amount * UNIT, &opening)?;
        }
    }
    for day in first.iter_days().take_while(|day| *day < last) {
        if rules.calendar.is_banking_day(day) {
            for customer in &household.customers {
                match customer.accounts.as_slice() {
                    [main, wages, taxes, euro] => {
                        scribe.company_day(day, [main, wages, taxes, euro], partners)?;
                    }
                    [own, ..] => scribe.private_day(day, own, partners)?,
                    [] => {}
                }
            }
        }
    }
    Ok(())
}

impl Scribe<'_> {
    fn company_day(
        &mut self,
        day: NaiveDate,
        accounts: [&Account; 4],
        partners: &[DemoPartner],
    ) -> Result<()> {
        let [main, wages, taxes, euro] = accounts;
        let of = |business| partners.iter().filter(move |p| p.business == business);
        self.begin(day);
        let balance = ledger::booked(self.db, &main.number.digits24())? / UNIT;
        let buyers: Vec<&DemoPartner> = of(Business::Buyer).collect();
        let payers = if balance < LOW { 4 } else { i64::from(balance < HIGH && self.random.percent(70)) };
        for _ in 0..payers {
            let Some(buyer) = self.random.pick(&buyers).copied() else { break };
            let amount = THOUSAND * self.random.between(900, 7_400) + UNIT * 10 * self.random.between(0, 99);
            self.receive(main, amount, &other(buyer))?;
        }
        let suppliers: Vec<&DemoPartner> = of(Business::Supplier).collect();
        for _ in 0..self.random.between(0, 3) {
            let Some(supplier) = self.random.pick(&suppliers).copied() else { break };
            let amount = THOUSAND * self.random.between(60, 1_900) + UNIT * 5 * self.random.between(0, 199);
            self.pay(main, amount, &other(supplier))?;
        }
        // Days of the month, moved to banking days by taking the first one on or after.
        let due = |date: u32| {
            day.with_day(date).is_some_and(|wanted| self.rules.calendar.on_or_after(wanted) == day)
        };
        let (rent, salaries, tax, foreign) = (due(5), due(8), due(12), due(20));
        if rent {
            for partner in of(Business::Monthly) {
                let amount = THOUSAND * self.random.between(120, 480);
                self.pay(main, amount, &other(partner))?;
            }
        }
        if salaries {
            self.own_transfer(main, wages, 2_600 * THOUSAND, "Bérek")?;
            for partner in of(Business::Employee) {
                let amount = THOUSAND * self.random.between(410, 690);
                self.pay(wages, amount, &other(partner))?;
            }
        }
        if tax {
            self.own_transfer(main, taxes, 1_900 * THOUSAND, "Adók")?;
            for partner in of(Business::Tax) {
                let amount = THOUSAND * self.random.between(600, 990);
                self.pay(taxes, amount, &other(partner))?;
            }
            let fee = Other { name: "", account: None, narrative: "Számlavezetési díj" };
            self.pay(main, 7_890 * UNIT, &fee)?;
        }
        if foreign {
            let buyer = Other { name: "Donau Feinkost GmbH", account: None, narrative: "Invoice" };
            let income = self.random.between(8 * THOUSAND, 21 * THOUSAND);
            self.receive(euro, income, &buyer)?;
            let seller = Other { name: "Adria Import d.o.o.", account: None, narrative: "Račun" };
            let spent = self.random.between(6 * THOUSAND, 17 * THOUSAND);
            self.pay(euro, spent, &seller)?;
        }
        Ok(())
    }

    fn private_day(&mut self, day: NaiveDate, own: &Account, partners: &[DemoPartner]) -> Result<()> {
        self.begin(day);
        if day.day() == 10 {
            let wage = Other { name: "Próba Munkáltató Zrt.", account: None, narrative: "Munkabér" };
            self.receive(own, 612 * THOUSAND, &wage)?;
        }
        let shops: Vec<&DemoPartner> = partners.iter().filter(|p| p.business == Business::Supplier).collect();
        if self.random.percent(35)
            && let Some(shop) = self.random.pick(&shops).copied()
        {
            let amount = UNIT * self.random.between(2_000, 28_000);
            self.pay(own, amount, &other(shop))?;
        }
        Ok(())
    }

    fn begin(&mut self, day: NaiveDate) {
        let morning = moment(day.and_time(NaiveTime::from_hms_opt(8, 0, 0).unwrap_or(NaiveTime::MIN)));
        self.at = self.at.max(morning);
    }

    fn receive(&mut self, account: &Account, amount: i64, from: &Other<'_>) -> Result<()> {
        let outside = self.outside(account.currency, from)?;
        self.book(TransactionKind::Transfer, (account.number.digits24(), outside), amount, from)
    }

    fn pay(&mut self, account: &Account, amount: i64, to: &Other<'_>) -> Result<()> {
        let key = account.number.digits24();
        // A living company does not pay what it does not have.
        if ledger::booked(self.db, &key)? < amount {
            return Ok(());
        }
        let outside = self.outside(account.currency, to)?;
        let kind = match to.account {
            None => TransactionKind::Other,
            Some(_) if self.random.percent(60) => TransactionKind::InstantTransfer,
            Some(_) => TransactionKind::Transfer,
        };
        self.book(kind, (key, outside), -amount, to)
    }

    fn own_transfer(&mut self, from: &Account, to: &Account, amount: i64, narrative: &str) -> Result<()> {
        let other = Other { name: &to.name, account: Some(to.number), narrative };
        let keys = (from.number.digits24(), to.number.digits24());
        self.book(TransactionKind::OwnTransfer, keys, -amount, &other)
    }

    /// The partner's own account if it is kept here, else the settlement account.
    fn outside(&self, currency: Currency, other: &Other<'_>) -> Result<String> {
        match other.account {
            Some(number)
                if currency == Currency::HUF && self.rules.profile.is_own_bank(&number.bank_code()) =>
            {
                Ok(number.digits24())
            }
            _ => ledger::settlement(self.db, "clearing", currency),
        }
    }

    fn book(
        &mut self,
        kind: TransactionKind,
        keys: (String, String),
        amount: i64,
        other: &Other<'_>,
    ) -> Result<()> {
        self.at += TimeDelta::seconds(self.random.between(20, 2_400));
        let (own, outside) = keys;
        let holder = ledger::account(self.db, &own)?.ok_or_else(|| BankError::data("account", &own))?.holder;
        let legs = vec![
            Leg {
                account: own.clone(),
                amount,
                counterparty: other.name.to_owned(),
                counterparty_account: other.account.map(|number| number.digits24()),
            },
            Leg { account: outside, amount: -amount, counterparty: holder, counterparty_account: Some(own) },
        ];
        let narrative = match other.narrative {
            "Számla kiegyenlítése" | "Áruszállítás" | "Invoice" | "Račun" => {
                format!("{} {}", other.narrative, self.random.between(10_000, 99_999))
            }
            plain => plain.to_owned(),
        };
        let value_date = local(self.at).date();
        ledger::book(self.db, &Booking { at: self.at, value_date, kind, narrative, order: None, legs })?;
        Ok(())
    }
}

fn other(partner: &DemoPartner) -> Other<'_> {
    let name = partner.partner.target.usual_beneficiary();
    let name = match name {
        Some(domain::Beneficiary::Account { .. }) => partner.partner.short_name.as_str(),
        _ => "",
    };
    Other { name, account: Some(partner.account), narrative: partner.partner.narrative.as_str() }
}
