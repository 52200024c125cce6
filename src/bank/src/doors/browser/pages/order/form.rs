//! The form of a domestic forint transfer: the fields of [`OrderDraft`] as a browser sends them, and how they are
//! shown. The order form and the template form are made of the same fields.

use domain::{Field, FieldError, OrderDraft, OrderType, Template, TemplateId};
use maud::{Markup, html};
use protocol::AccountInfo;
use serde::Deserialize;

use crate::doors::browser::pages::parts::{TextField, below, described_by, hidden};
use crate::doors::browser::pages::reasons;
use crate::doors::http::texts::Texts;

/// Everything that the form sends. Tick boxes come only when they are ticked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OrderForm {
    debit_account: String,
    payer_name: String,
    target: String,
    beneficiary_name: String,
    country: String,
    amount: String,
    value_date: String,
    narrative: String,
    document_number: String,
    legal_code: String,
    own_reference: String,
    instant: Option<String>,
    viber: Option<String>,
    template: String,
    partner: String,
    /// The package that the order goes into; empty: a new one.
    pub package: String,
    /// The order of that package that is changed; empty: a new one.
    pub order: String,
    /// Name of the new package, or of the template.
    pub name: String,
    /// Words to find a partner or template by.
    pub q: String,
    /// Which button was pressed.
    pub action: String,
}

impl OrderForm {
    /// The form of a draft.
    pub(super) fn of(draft: OrderDraft) -> Self {
        let on = |yes: bool| yes.then(|| "on".to_owned());
        Self {
            debit_account: draft.debit_account,
            payer_name: draft.payer_name,
            target: draft.target,
            beneficiary_name: draft.beneficiary_name,
            country: draft.country,
            amount: draft.amount,
            value_date: draft.value_date,
            narrative: draft.narrative,
            document_number: draft.document_number,
            legal_code: draft.legal_code,
            own_reference: draft.own_reference,
            instant: on(draft.instant),
            viber: on(draft.viber),
            template: draft.template.map(|id| id.to_string()).unwrap_or_default(),
            partner: draft.partner.map(|id| id.to_string()).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// The draft, as the domain checks it.
    pub(super) fn draft(&self) -> OrderDraft {
        OrderDraft {
            debit_account: self.debit_account.clone(),
            payer_name: self.payer_name.clone(),
            target: self.target.clone(),
            beneficiary_name: self.beneficiary_name.clone(),
            country: self.country.clone(),
            amount: self.amount.clone(),
            value_date: self.value_date.clone(),
            narrative: self.narrative.clone(),
            document_number: self.document_number.clone(),
            legal_code: self.legal_code.clone(),
            own_reference: self.own_reference.clone(),
            instant: self.instant.is_some(),
            viber: self.viber.is_some(),
            template: self.template.parse().ok(),
            partner: self.partner.parse().ok(),
        }
    }

    /// The same choices of package, search and name with another draft.
    pub(super) fn with_draft(&self, draft: OrderDraft) -> Self {
        let (package, order) = (self.package.clone(), self.order.clone());
        Self { package, order, name: self.name.clone(), q: self.q.clone(), ..Self::of(draft) }
    }

    /// The template that the fields make, under the form's name.
    ///
    /// # Errors
    /// What is wrong with the name.
    pub(super) fn template(&self, id: TemplateId) -> Result<Template, domain::text::TextError> {
        Ok(Template { id, name: self.name.parse()?, order_type: OrderType::Hct, fields: self.draft() })
    }
}

/// What the fields are shown with.
pub(super) struct Shown<'a> {
    pub texts: &'a Texts,
    /// The accounts that may be debited.
    pub accounts: &'a [AccountInfo],
    /// What is wrong, by field.
    pub errors: &'a [FieldError],
}

impl Shown<'_> {
    fn error(&self, field: Field) -> Option<String> {
        let error = self.errors.iter().find(|error| error.field == field)?;
        Some(reasons::explain(self.texts, error))
    }

    fn line<'a>(&self, field: Field, name: &'a str, value: &'a str) -> TextField<'a> {
        TextField::new(name, self.texts.text(field.key()), value).error(self.error(field))
    }

    /// All fields, in the order in which they are typed.
    pub(super) fn fields(&self, form: &OrderForm) -> Markup {
        let texts = self.texts;
        html! {
            (hidden("template", &form.template)) (hidden("partner", &form.partner))
            (self.debit(form))
            (self.line(Field::Target, "target", &form.target).hint(texts.text("web-order-target-hint")).show())
            (self.line(Field::BeneficiaryName, "beneficiary_name", &form.beneficiary_name).show())
            div.pair {
                (self.line(Field::Amount, "amount", &form.amount).hint(texts.text("web-order-amount-hint")).show())
                (self.line(Field::ValueDate, "value_date", &form.value_date)
                    .hint(texts.text("web-order-date-hint")).show())
            }
            (self.line(Field::Narrative, "narrative", &form.narrative).show())
            (self.tick(Field::Instant, "instant", form.instant.is_some()))
            (self.tick(Field::Urgency, "viber", form.viber.is_some()))
            details.more open[self.more_is_used(form)] {
                summary { (texts.text("web-order-more")) }
                div.pair {
                    (self.line(Field::OwnReference, "own_reference", &form.own_reference).show())
                    (self.line(Field::DocumentNumber, "document_number", &form.document_number).show())
                }
                (self.line(Field::PayerName, "payer_name", &form.payer_name).show())
                div.pair {
                    (self.line(Field::Country, "country", &form.country).show())
                    (self.line(Field::LegalCode, "legal_code", &form.legal_code).show())
                }
            }
        }
    }

    fn more_is_used(&self, form: &OrderForm) -> bool {
        let values =
            [&form.own_reference, &form.document_number, &form.payer_name, &form.country, &form.legal_code];
        values.into_iter().any(|value| !value.is_empty())
    }

    fn debit(&self, form: &OrderForm) -> Markup {
        let error = self.error(Field::DebitAccount);
        let chosen = form.debit_account.parse().ok();
        html! {
            div.field {
                label for="debit_account" { (self.texts.text(Field::DebitAccount.key())) }
                select id="debit_account" name="debit_account"
                    aria-invalid=[error.is_some().then_some("true")]
                    aria-describedby=(described_by("debit_account", false)) {
                    @if self.accounts.len() != 1 {
                        option value="" { (self.texts.text("web-order-choose-account")) }
                    }
                    @for info in self.accounts {
                        option value=(info.account.number) selected[chosen == Some(info.account.number)] {
                            (info.account.name) " · " (info.account.number) " · "
                            (crate::doors::browser::format::money(self.texts, info.balance.available))
                        }
                    }
                }
                (below("debit_account", None, error.as_deref()))
            }
        }
    }

    fn tick(&self, field: Field, name: &str, ticked: bool) -> Markup {
        let error = self.error(field);
        html! {
            div.field {
                label.check {
                    input id=(name) type="checkbox" name=(name) value="on" checked[ticked]
                        aria-invalid=[error.is_some().then_some("true")]
                        aria-describedby=(described_by(name, false));
                    (self.texts.text(field.key()))
                }
                (below(name, None, error.as_deref()))
            }
        }
    }
}
