//! Values between rows and `domain` types. A stored text that a type refuses is an error, never a default.

use std::error::Error;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use domain::secondary_id::SecondaryIdKind;
use domain::{Currency, Money, Scope};
use rusqlite::types::Type;
use rusqlite::{Row, RowIndex};
use serde::de::DeserializeOwned;
use uuid::Uuid;

type SqlResult<T> = rusqlite::Result<T>;

/// The error of a stored value that cannot be understood.
pub(crate) fn bad(error: impl Into<Box<dyn Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error.into())
}

/// Microseconds of a moment.
pub(crate) fn micros(moment: DateTime<Utc>) -> i64 {
    moment.timestamp_micros()
}

pub(crate) fn moment(row: &Row<'_>, column: impl RowIndex) -> SqlResult<DateTime<Utc>> {
    let micros: i64 = row.get(column)?;
    DateTime::from_timestamp_micros(micros).ok_or_else(|| bad("a moment out of range"))
}

pub(crate) fn moment_or_none(row: &Row<'_>, column: impl RowIndex) -> SqlResult<Option<DateTime<Utc>>> {
    let micros: Option<i64> = row.get(column)?;
    micros.map(|m| DateTime::from_timestamp_micros(m).ok_or_else(|| bad("a moment out of range"))).transpose()
}

/// A value of a type that reads itself from text.
pub(crate) fn parsed<T>(row: &Row<'_>, column: impl RowIndex) -> SqlResult<T>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    row.get_ref(column)?.as_str()?.parse().map_err(bad)
}

pub(crate) fn parsed_or_none<T>(row: &Row<'_>, column: impl RowIndex) -> SqlResult<Option<T>>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    row.get_ref(column)?.as_str_or_null()?.map(|text| text.parse().map_err(bad)).transpose()
}

/// A value of an enum with stable names.
pub(crate) fn named<T>(
    row: &Row<'_>,
    column: impl RowIndex,
    from_name: impl Fn(&str) -> Option<T>,
) -> SqlResult<T> {
    let name = row.get_ref(column)?.as_str()?;
    from_name(name).ok_or_else(|| bad(format!("unknown name {name}")))
}

pub(crate) fn named_or_none<T>(
    row: &Row<'_>,
    column: impl RowIndex,
    from_name: impl Fn(&str) -> Option<T>,
) -> SqlResult<Option<T>> {
    row.get_ref(column)?
        .as_str_or_null()?
        .map(|name| from_name(name).ok_or_else(|| bad(format!("unknown name {name}"))))
        .transpose()
}

/// A scope as the column `customer` of what is common or one customer's has it.
pub(crate) fn owner(scope: Scope) -> Option<i64> {
    scope.owner().map(|customer| customer.0)
}

pub(crate) fn id(row: &Row<'_>, column: impl RowIndex) -> SqlResult<Uuid> {
    Ok(Uuid::from_bytes(row.get(column)?))
}

/// Money of minor units in one column and the currency in another.
pub(crate) fn money(row: &Row<'_>, units: impl RowIndex, currency: impl RowIndex) -> SqlResult<Money> {
    let currency: Currency = parsed(row, currency)?;
    Ok(Money::from_minor_units(row.get(units)?, currency))
}

pub(crate) fn json<T: DeserializeOwned>(row: &Row<'_>, column: impl RowIndex) -> SqlResult<T> {
    serde_json::from_str(row.get_ref(column)?.as_str()?).map_err(bad)
}

pub(crate) fn day(row: &Row<'_>, column: impl RowIndex) -> SqlResult<NaiveDate> {
    parsed(row, column)
}

/// The kind of a secondary identifier by its name.
pub(crate) fn secondary_kind(name: &str) -> SqlResult<SecondaryIdKind> {
    SecondaryIdKind::from_name(name).ok_or_else(|| bad(format!("unknown kind {name}")))
}

/// The largest total that payment files carry, in minor units of a two-digit currency: 15 digits before them.
pub(crate) const LARGEST_TOTAL: i64 = 99_999_999_999_999_999;
