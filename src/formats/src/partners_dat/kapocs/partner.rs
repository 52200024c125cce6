//! A partner as values of a line.

use std::str::FromStr;

use domain::account::AccountNumberError;
use domain::secondary_id::SecondaryIdKind;
use domain::text::TextError;
use domain::{AccountNumber, Partner, PartnerTarget, SecondaryId};

use crate::partners::records::{Column, RefusedReason};

/// Columns after the record's number.
pub(super) const COLUMNS: [&str; 10] = [
    "id",
    "short_name",
    "name",
    "accounts",
    "secondary_kind",
    "secondary_id",
    "narrative",
    "country",
    "legal_code",
    "note",
];

/// The column that people recognise a partner by.
pub(super) const LABEL: usize = 1;

/// The values, in the order of [`COLUMNS`].
pub(super) fn values(partner: &Partner) -> [String; 10] {
    let (name, accounts, kind, secondary) = match &partner.target {
        PartnerTarget::Accounts { name, numbers } => {
            let numbers: Vec<String> = numbers.iter().map(AccountNumber::digits24).collect();
            (name.to_string(), numbers.join(" "), "", String::new())
        }
        PartnerTarget::SecondaryId { id } => {
            (String::new(), String::new(), id.kind().name(), id.value().to_owned())
        }
    };
    [
        partner.id.to_string(),
        partner.short_name.to_string(),
        name,
        accounts,
        kind.to_owned(),
        secondary,
        partner.narrative.to_string(),
        partner.country.map(String::from).unwrap_or_default(),
        partner.legal_code.clone().map(String::from).unwrap_or_default(),
        partner.note.clone(),
    ]
}

/// The partner, or the column whose value cannot be and why.
pub(super) fn partner(values: [String; 10]) -> Result<Partner, (Column, RefusedReason)> {
    let [id, short_name, name, accounts, kind, secondary, narrative, country, legal_code, note] = values;
    let target = if accounts.is_empty() {
        by_secondary(&name, &kind, &secondary)?
    } else if kind.is_empty() && secondary.is_empty() {
        let numbers = accounts.split(' ').map(account).collect::<Result<Vec<AccountNumber>, _>>();
        let numbers = numbers.map_err(|e| (Column::Accounts, e.into()))?;
        PartnerTarget::accounts(text(Column::Name, &name)?, numbers)
            .map_err(|e| (Column::Accounts, e.into()))?
    } else {
        return Err((Column::SecondaryId, RefusedReason::Mixed));
    };
    Ok(Partner {
        id: identifier(Column::Id, &id)?,
        short_name: text(Column::ShortName, &short_name)?,
        target,
        narrative: text(Column::Narrative, &narrative)?,
        country: optional(Column::Country, &country)?,
        legal_code: optional(Column::LegalCode, &legal_code)?,
        note,
    })
}

fn by_secondary(name: &str, kind: &str, value: &str) -> Result<PartnerTarget, (Column, RefusedReason)> {
    if kind.is_empty() && value.is_empty() {
        return Err((Column::Accounts, domain::partner::PartnerError::NoTarget.into()));
    }
    if !name.is_empty() {
        return Err((Column::Name, RefusedReason::Mixed));
    }
    let kind = SecondaryIdKind::from_name(kind).ok_or((Column::SecondaryKind, RefusedReason::Kind))?;
    let id = SecondaryId::parse(kind, value).filter(|id| id.value() == value);
    let id = id.ok_or((Column::SecondaryId, RefusedReason::Identifier))?;
    Ok(PartnerTarget::SecondaryId { id })
}

/// An account in the one spelling that is written: 24 digits.
fn account(text: &str) -> Result<AccountNumber, AccountNumberError> {
    let number = text.parse::<AccountNumber>()?.as_payee()?;
    if number.digits24() == text { Ok(number) } else { Err(AccountNumberError::Length(text.len())) }
}

/// An identifier in the one spelling that is written.
pub(super) fn identifier<T: FromStr + ToString>(
    column: Column,
    text: &str,
) -> Result<T, (Column, RefusedReason)> {
    let id: Option<T> = text.parse().ok();
    id.filter(|id| id.to_string() == text).ok_or((column, RefusedReason::Id))
}

fn text<T: FromStr<Err = TextError>>(column: Column, text: &str) -> Result<T, (Column, RefusedReason)> {
    text.parse().map_err(|e: TextError| (column, e.into()))
}

fn optional<T: FromStr<Err = TextError>>(
    column: Column,
    value: &str,
) -> Result<Option<T>, (Column, RefusedReason)> {
    if value.is_empty() { Ok(None) } else { text(column, value).map(Some) }
}
