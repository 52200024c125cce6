//! An order and its row: the columns in one place, for reading and for writing.

use domain::text::{CountryCode, DocumentNumber, LegalCode, OwnReference, PartyName};
use domain::{Beneficiary, HctOrder, OrderId, PackageId, SecondaryId, Timing, Urgency};
use rusqlite::{Row, Statement};

use crate::orders::{BankState, BankStatus, StoredOrder};
use crate::values::{
    ACCOUNT, bad, day, id, moment_or_none, money, named, named_or_none, parsed, parsed_or_none,
    secondary_kind,
};

/// Columns of [`stored`], of `orders o JOIN packages p`.
macro_rules! columns {
    () => {
        "o.id, o.debit_account, o.payer_name, o.payee_kind, o.payee, o.payee_name, o.payee_country, o.amount,
        o.currency, o.timing, o.value_date, o.urgency, o.narrative, o.document_number, o.legal_code,
        o.own_reference, o.position, o.bank_state, o.route, o.reason, o.decided_at, p.id"
    };
}
pub(crate) use columns;

/// The order in the first columns of [`columns`].
pub(crate) fn order(row: &Row<'_>) -> rusqlite::Result<HctOrder> {
    Ok(HctOrder {
        id: OrderId(id(row, 0)?),
        debit_account: parsed(row, 1)?,
        payer_name: parsed_or_none(row, 2)?,
        beneficiary: beneficiary(row, 3, 4, 5)?,
        beneficiary_country: parsed_or_none(row, 6)?,
        amount: money(row, 7, 8)?,
        timing: match row.get_ref(9)?.as_str()? {
            "soon" => Timing::Soon,
            "instant" => Timing::Instant,
            "on" => Timing::On { date: day(row, 10)? },
            other => return Err(bad(format!("unknown timing {other}"))),
        },
        urgency: named(row, 11, |name| match name {
            "normal" => Some(Urgency::Normal),
            "viber" => Some(Urgency::Viber),
            _ => None,
        })?,
        narrative: parsed(row, 12)?,
        document_number: parsed_or_none(row, 13)?,
        legal_code: parsed_or_none(row, 14)?,
        own_reference: parsed_or_none(row, 15)?,
    })
}

/// A payee of the columns kind, value and name.
pub(crate) fn beneficiary(
    row: &Row<'_>,
    kind: usize,
    value: usize,
    name: usize,
) -> rusqlite::Result<Beneficiary> {
    let kind = row.get_ref(kind)?.as_str()?;
    if kind == ACCOUNT {
        return Ok(Beneficiary::Account { name: parsed(row, name)?, number: parsed(row, value)? });
    }
    let id = SecondaryId::parse(secondary_kind(kind)?, row.get_ref(value)?.as_str()?);
    Ok(Beneficiary::SecondaryId { id: id.ok_or_else(|| bad("a secondary identifier of a wrong form"))? })
}

/// Kind, value and name of a payee, as the columns have them.
pub(crate) fn payee(beneficiary: &Beneficiary) -> (&'static str, String, Option<&str>) {
    match beneficiary {
        Beneficiary::Account { name, number } => (ACCOUNT, number.digits24(), Some(name.as_str())),
        Beneficiary::SecondaryId { id } => (id.kind().name(), id.value().to_owned(), None),
    }
}

pub(crate) fn stored(row: &Row<'_>) -> rusqlite::Result<StoredOrder> {
    let state = named_or_none(row, 17, BankState::from_name)?;
    let status = match state {
        Some(state) => Some(BankStatus {
            state,
            route: row.get(18)?,
            reason: row.get(19)?,
            decided_at: moment_or_none(row, 20)?,
        }),
        None => None,
    };
    Ok(StoredOrder { order: order(row)?, package: PackageId(id(row, 21)?), position: row.get(16)?, status })
}

/// Binds the order's fields to ?1 to ?16 in the order of [`columns`], without copying texts.
pub(crate) fn bind(statement: &mut Statement<'_>, order: &HctOrder) -> rusqlite::Result<()> {
    let (payee_kind, payee, payee_name) = payee(&order.beneficiary);
    let (timing, value_date) = match order.timing {
        Timing::Soon => ("soon", None),
        Timing::Instant => ("instant", None),
        Timing::On { date } => ("on", Some(date.to_string())),
    };
    let urgency = match order.urgency {
        Urgency::Normal => "normal",
        Urgency::Viber => "viber",
    };
    statement.raw_bind_parameter(1, order.id.0.as_bytes())?;
    statement.raw_bind_parameter(2, order.debit_account.digits24())?;
    statement.raw_bind_parameter(3, order.payer_name.as_ref().map(PartyName::as_str))?;
    statement.raw_bind_parameter(4, payee_kind)?;
    statement.raw_bind_parameter(5, payee)?;
    statement.raw_bind_parameter(6, payee_name)?;
    statement.raw_bind_parameter(7, order.beneficiary_country.as_ref().map(CountryCode::as_str))?;
    statement.raw_bind_parameter(8, order.amount.minor_units())?;
    statement.raw_bind_parameter(9, order.amount.currency().code())?;
    statement.raw_bind_parameter(10, timing)?;
    statement.raw_bind_parameter(11, value_date)?;
    statement.raw_bind_parameter(12, urgency)?;
    statement.raw_bind_parameter(13, order.narrative.as_str())?;
    statement.raw_bind_parameter(14, order.document_number.as_ref().map(DocumentNumber::as_str))?;
    statement.raw_bind_parameter(15, order.legal_code.as_ref().map(LegalCode::as_str))?;
    statement.raw_bind_parameter(16, order.own_reference.as_ref().map(OwnReference::as_str))
}
