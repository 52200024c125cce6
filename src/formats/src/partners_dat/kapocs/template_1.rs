//! A template as version 1 wrote it, when there were only domestic transfers: one column a field. Read, never written.

use domain::{Values, key};

/// Columns after the record's number.
pub(super) const COLUMNS: [&str; 18] = [
    "id",
    "name",
    "order_type",
    "debit_account",
    "payer_name",
    "target",
    "beneficiary_name",
    "country",
    "amount",
    "value_date",
    "narrative",
    "document_number",
    "legal_code",
    "own_reference",
    "instant",
    "viber",
    "template",
    "partner",
];

/// Where the first field stands.
const FIRST: usize = 3;

/// Fields of text, in the order of [`COLUMNS`].
const TEXTS: [&str; 11] = [
    key::DEBIT_ACCOUNT,
    key::PAYER_NAME,
    key::TARGET,
    key::BENEFICIARY_NAME,
    key::COUNTRY,
    key::AMOUNT,
    key::VALUE_DATE,
    key::NARRATIVE,
    key::DOCUMENT_NUMBER,
    key::LEGAL_CODE,
    key::OWN_REFERENCE,
];

/// Tick boxes behind them. Of which template and partner a template was made, the last two columns, says nothing any
/// more.
const TICKS: [&str; 2] = [key::INSTANT, key::URGENCY];

/// What is typed, or the column that holds neither yes nor no.
pub(super) fn fields(values: &[String; 18]) -> Result<Values, &'static str> {
    let mut typed = Values::default();
    let (texts, rest) = values[FIRST..].split_at(TEXTS.len());
    TEXTS.into_iter().zip(texts).for_each(|(key, text)| typed.set(key, text.as_str()));
    for (at, (key, text)) in TICKS.into_iter().zip(rest).enumerate() {
        match text.as_str() {
            "yes" => typed.tick(key, true),
            "no" => {}
            _ => return Err(COLUMNS[FIRST + TEXTS.len() + at]),
        }
    }
    Ok(typed)
}
