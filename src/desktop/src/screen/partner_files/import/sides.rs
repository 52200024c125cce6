//! Two records side by side, field by field.

use domain::{AccountNumber, Partner, PartnerTarget, Template};

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

fn pairs<const N: usize>(labels: [String; N], here: [String; N], file: [String; N]) -> Vec<Side> {
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
    use domain::Field;
    let values = |template: &Template| {
        let fields = template.fields.clone();
        let ticked = |yes| if yes { tr!("partner-import-yes") } else { String::new() };
        [
            template.name.to_string(),
            template.order_type.code().to_owned(),
            fields.debit_account,
            fields.payer_name,
            fields.target,
            fields.beneficiary_name,
            fields.country,
            fields.amount,
            fields.value_date,
            fields.narrative,
            fields.document_number,
            fields.legal_code,
            fields.own_reference,
            ticked(fields.instant),
            ticked(fields.viber),
            fields.partner.map(|id| id.to_string()).unwrap_or_default(),
            fields.template.map(|id| id.to_string()).unwrap_or_default(),
        ]
    };
    let field = |field: Field| client::texts::text(field.key(), &[]);
    let labels = [
        client::texts::text("partners-column-template-name", &[]),
        client::texts::text("partners-column-order-type", &[]),
        field(Field::DebitAccount),
        field(Field::PayerName),
        field(Field::Target),
        field(Field::BeneficiaryName),
        field(Field::Country),
        field(Field::Amount),
        field(Field::ValueDate),
        field(Field::Narrative),
        field(Field::DocumentNumber),
        field(Field::LegalCode),
        field(Field::OwnReference),
        field(Field::Instant),
        field(Field::Urgency),
        client::texts::text("partners-column-partner-ref", &[]),
        client::texts::text("partners-column-started-from", &[]),
    ];
    pairs(labels, values(here), values(file))
}
