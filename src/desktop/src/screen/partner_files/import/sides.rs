//! Two records side by side, field by field.

use domain::order::field::Input;
use domain::{AccountNumber, FieldSpec, Partner, PartnerTarget, Template};

use crate::screen::order::fields;
use crate::tr;

/// A field of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Side {
    pub label: String,
    /// As it is kept.
    pub here: String,
    /// As the file has it.
    pub file: String,
}

impl Side {
    /// Whether the two differ.
    pub(crate) fn differs(&self) -> bool {
        self.here != self.file
    }
}

fn pairs(
    labels: impl IntoIterator<Item = String>,
    here: impl IntoIterator<Item = String>,
    file: impl IntoIterator<Item = String>,
) -> Vec<Side> {
    labels
        .into_iter()
        .zip(here)
        .zip(file)
        .map(|((label, here), file)| Side { label, here, file })
        .filter(|side| side.differs() || !side.here.is_empty())
        .collect()
}

/// Account or identifier, all of them.
pub(crate) fn targets(partner: &Partner) -> String {
    match &partner.target {
        PartnerTarget::Accounts { numbers, .. } => {
            numbers.iter().map(AccountNumber::to_string).collect::<Vec<_>>().join("\n")
        }
        PartnerTarget::SecondaryId { id } => id.to_string(),
    }
}

/// The fields of two partners that are filled in one of them.
pub(crate) fn partners(here: &Partner, file: &Partner) -> Vec<Side> {
    let values = |partner: &Partner| {
        let name = match &partner.target {
            PartnerTarget::Accounts { name, .. } => name.to_string(),
            PartnerTarget::SecondaryId { .. } => String::new(),
        };
        [
            partner.short_name.to_string(),
            name,
            targets(partner),
            partner.narrative.to_string(),
            partner.country.map(|code| code.as_str().to_owned()).unwrap_or_default(),
            partner.legal_code.as_ref().map(ToString::to_string).unwrap_or_default(),
            partner.note.clone(),
        ]
    };
    let labels = [
        tr!("partner-short-name"),
        tr!("partner-name"),
        tr!("partner-column-target"),
        tr!("order-narrative"),
        tr!("order-country"),
        tr!("order-legal-code"),
        tr!("partner-note"),
    ];
    pairs(labels, values(here), values(file))
}

/// The fields of two templates that are filled in one of them.
pub(crate) fn templates(here: &Template, file: &Template) -> Vec<Side> {
    let known = here.order_type.fields();
    let new = file.order_type.fields().iter().filter(|field| known.iter().all(|own| own.key != field.key));
    let fields: Vec<&FieldSpec> = known.iter().chain(new).collect();
    let value = |template: &Template, field: &FieldSpec| match field.input {
        Input::Tick if template.fields.ticked(field.key) => tr!("partner-import-yes"),
        _ => template.fields.get(field.key).to_owned(),
    };
    let values = |template: &Template| -> Vec<String> {
        let head = [template.name.to_string(), fields::kind_name(template.order_type)];
        head.into_iter().chain(fields.iter().map(|field| value(template, field))).collect()
    };
    let head = ["partners-column-template-name", "partners-column-order-type"];
    let labels = head.into_iter().map(|key| client::texts::text(key, &[]));
    let labels: Vec<String> = labels.chain(fields.iter().map(|field| fields::label(field.key))).collect();
    pairs(labels, values(here), values(file))
}
