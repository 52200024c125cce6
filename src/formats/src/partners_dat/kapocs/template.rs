//! A template as values of a line.

use domain::text::TextError;
use domain::{Template, Values};

use super::partner::identifier;
use crate::partners::records::{Column, RefusedReason};

/// Columns after the record's number.
pub(super) const COLUMNS: [&str; 4] = ["id", "name", "order_type", FIELDS];

/// The column of everything that is typed.
pub(super) const FIELDS: &str = "fields";

/// The column that people recognise a template by.
pub(super) const LABEL: usize = 1;

/// The values, in the order of [`COLUMNS`].
pub(super) fn values(template: &Template) -> [String; 4] {
    let typed: serde_json::Map<String, serde_json::Value> =
        template.fields.iter().map(|(key, text)| (key.to_owned(), text.into())).collect();
    [
        template.id.to_string(),
        template.name.to_string(),
        template.order_type.code().to_owned(),
        serde_json::Value::Object(typed).to_string(),
    ]
}

/// What is typed, if it is in the form that is written.
pub(super) fn fields(text: &str) -> Option<Values> {
    serde_json::from_str(text).ok()
}

/// The template of its first three columns and what is typed, or the column whose value cannot be and why.
pub(super) fn template(values: &[String], fields: Values) -> Result<Template, (Column, RefusedReason)> {
    let text = |at: usize| values.get(at).map_or("", String::as_str);
    Ok(Template {
        id: identifier(Column::Id, text(0))?,
        name: text(1).parse().map_err(|e: TextError| (Column::TemplateName, e.into()))?,
        order_type: text(2).parse().map_err(|_| (Column::OrderType, RefusedReason::OrderType))?,
        fields,
    })
}
