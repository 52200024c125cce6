//! A template as values of a line.

use std::str::FromStr;

use domain::{OrderDraft, OrderType, Template};

use super::partner::identifier;
use crate::partners::{Column, RefusedReason};

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

/// The column that people recognise a template by.
pub(super) const LABEL: usize = 1;

/// Columns that hold `yes` or `no`.
pub(super) const YES_NO: [usize; 2] = [14, 15];

/// How yes and no are written.
const YES: &str = "yes";
const NO: &str = "no";

/// Whether the text is a yes or a no.
pub(super) fn is_yes_or_no(text: &str) -> bool {
    text == YES || text == NO
}

/// The values, in the order of [`COLUMNS`].
pub(super) fn values(template: &Template) -> [String; 18] {
    // Taken apart by name, so that a new field of the form cannot be left out of the file by oversight.
    let OrderDraft {
        debit_account,
        payer_name,
        target,
        beneficiary_name,
        country,
        amount,
        value_date,
        narrative,
        document_number,
        legal_code,
        own_reference,
        instant,
        viber,
        template: started_from,
        partner,
    } = template.fields.clone();
    let yes_no = |is: bool| if is { YES } else { NO }.to_owned();
    [
        template.id.to_string(),
        template.name.to_string(),
        template.order_type.code().to_owned(),
        debit_account,
        payer_name,
        target,
        beneficiary_name,
        country,
        amount,
        value_date,
        narrative,
        document_number,
        legal_code,
        own_reference,
        yes_no(instant),
        yes_no(viber),
        started_from.map(|id| id.to_string()).unwrap_or_default(),
        partner.map(|id| id.to_string()).unwrap_or_default(),
    ]
}

/// The template, or the column whose value cannot be and why.
pub(super) fn template(values: [String; 18]) -> Result<Template, (Column, RefusedReason)> {
    let [
        id,
        name,
        order_type,
        debit_account,
        payer_name,
        target,
        beneficiary_name,
        country,
        amount,
        value_date,
        narrative,
        document_number,
        legal_code,
        own_reference,
        instant,
        viber,
        started_from,
        partner,
    ] = values;
    let order_type = OrderType::from_code(&order_type);
    Ok(Template {
        id: identifier(Column::Id, &id)?,
        name: name.parse().map_err(|e: domain::text::TextError| (Column::TemplateName, e.into()))?,
        order_type: order_type.ok_or((Column::OrderType, RefusedReason::OrderType))?,
        fields: OrderDraft {
            debit_account,
            payer_name,
            target,
            beneficiary_name,
            country,
            amount,
            value_date,
            narrative,
            document_number,
            legal_code,
            own_reference,
            instant: instant == YES,
            viber: viber == YES,
            template: reference(Column::StartedFrom, &started_from)?,
            partner: reference(Column::PartnerRef, &partner)?,
        },
    })
}

fn reference<T: FromStr + ToString>(
    column: Column,
    text: &str,
) -> Result<Option<T>, (Column, RefusedReason)> {
    if text.is_empty() { Ok(None) } else { identifier(column, text).map(Some) }
}
