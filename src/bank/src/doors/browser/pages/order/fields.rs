//! The fields of an order's form, drawn from what its type says of them ([`FieldSpec`]). The order form and the
//! template form are made of the same fields.

use domain::order::{Input, Place};
use domain::{AccountNumber, FieldError, FieldSpec, Values};
use maud::{Markup, html};
use protocol::AccountInfo;

use super::form::{OrderForm, TICKED};
use crate::doors::browser::format;
use crate::doors::browser::pages::parts::{TextField, below, described_by, hidden};
use crate::doors::http::texts::Texts;

/// What the fields are shown with.
pub(super) struct Shown<'a> {
    pub texts: &'a Texts,
    /// The accounts that may be debited.
    pub debitable: &'a [AccountInfo],
    /// The customer's own accounts in forints, which may be credited.
    pub own: &'a [AccountInfo],
    /// What is wrong, by field.
    pub errors: &'a [FieldError],
}

impl Shown<'_> {
    /// All fields, in the order in which they are typed.
    pub(super) fn fields(&self, form: &OrderForm) -> Markup {
        let (main, rare): (Vec<_>, Vec<_>) =
            form.kind().fields().iter().partition(|field| field.place != Place::Rare);
        let values = &form.draft.values;
        let id = |id: Option<String>| id.unwrap_or_default();
        html! {
            (hidden("template", &id(form.draft.template.map(|id| id.to_string()))))
            (hidden("partner", &id(form.draft.partner.map(|id| id.to_string()))))
            @for line in lines(&main) { (self.line(line, values)) }
            @if !rare.is_empty() {
                details.more open[rare.iter().any(|field| !values.is_empty(field.key))] {
                    summary { (self.texts.text("web-order-more")) }
                    @for pair in rare.chunks(2) { (self.line(pair, values)) }
                }
            }
        }
    }

    /// Fields that stand beside each other.
    fn line(&self, fields: &[&FieldSpec], values: &Values) -> Markup {
        html! {
            @match fields {
                [one] => (self.field(one, values)),
                several => div.pair { @for field in several { (self.field(field, values)) } },
            }
        }
    }

    fn field(&self, field: &FieldSpec, values: &Values) -> Markup {
        let (key, value) = (field.key, values.get(field.key));
        match field.input {
            Input::OwnAccount => self.account(field, value, self.debitable),
            Input::OwnTarget => self.account(field, value, self.own),
            Input::Tick => self.tick(field, values.ticked(key)),
            Input::Amount | Input::Date | Input::Target | Input::Account => self.text(field, value, true),
            Input::Name | Input::Text { .. } => self.text(field, value, field.place == Place::Rare),
            // Such a field has an editor of the type's own, which only the installed client has.
            Input::Custom => html! {},
        }
    }

    fn error(&self, key: &str) -> Option<String> {
        let error = self.errors.iter().find(|error| error.field == key)?;
        Some(self.texts.explain(error))
    }

    fn label(&self, field: &FieldSpec) -> String {
        self.texts.text(&field.label_key())
    }

    /// `helped`: with what belongs into it below, where that does not go without saying.
    fn text(&self, field: &FieldSpec, value: &str, helped: bool) -> Markup {
        let line = TextField::new(field.key, self.label(field), value).error(self.error(field.key));
        if helped { line.hint(self.texts.text(&field.help_key())).show() } else { line.show() }
    }

    fn account(&self, field: &FieldSpec, value: &str, accounts: &[AccountInfo]) -> Markup {
        let key = field.key;
        let error = self.error(key);
        let chosen: Option<AccountNumber> = value.parse().ok();
        html! {
            div.field {
                label for=(key) { (self.label(field)) }
                select id=(key) name=(key) aria-invalid=[error.is_some().then_some("true")]
                    aria-describedby=(described_by(key, false)) {
                    @if accounts.len() != 1 {
                        option value="" { (self.texts.text("web-order-choose-account")) }
                    }
                    @for info in accounts {
                        option value=(info.account.number) selected[chosen == Some(info.account.number)] {
                            (info.account.name) " · " (info.account.number) " · "
                            (format::money(self.texts, info.balance.available))
                        }
                    }
                }
                (below(key, None, error.as_deref()))
            }
        }
    }

    fn tick(&self, field: &FieldSpec, ticked: bool) -> Markup {
        let key = field.key;
        let error = self.error(key);
        html! {
            div.field {
                label.check {
                    input id=(key) type="checkbox" name=(key) value=(TICKED) checked[ticked]
                        aria-invalid=[error.is_some().then_some("true")]
                        aria-describedby=(described_by(key, false));
                    (self.label(field))
                }
                (below(key, None, error.as_deref()))
            }
        }
    }
}

/// Fields by line: each with those that stand beside it.
fn lines<'a>(fields: &'a [&'a FieldSpec]) -> impl Iterator<Item = &'a [&'a FieldSpec]> {
    fields.chunk_by(|_, next| next.place == Place::Beside)
}
