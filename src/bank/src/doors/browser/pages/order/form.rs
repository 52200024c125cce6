//! The form of an order of any type: what a browser sends of it. How its fields are drawn: [`super::fields`].

use std::collections::HashMap;

use domain::order::Input;
use domain::{OrderDraft, OrderType, Template, TemplateId, Values};

/// What a ticked box sends.
pub(super) const TICKED: &str = "on";

/// Everything that the form sends.
#[derive(Clone, Debug, Default)]
pub(super) struct OrderForm {
    /// What is typed, with where it was started from.
    pub draft: OrderDraft,
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
        Self { draft, ..Self::default() }
    }

    /// The form of a type as a browser sent it. Tick boxes come only when they are ticked.
    pub(super) fn read(kind: OrderType, mut sent: HashMap<String, String>) -> Self {
        let mut values = Values::default();
        for field in kind.fields() {
            match (field.input, sent.remove(field.key)) {
                (Input::Tick, ticked) => values.tick(field.key, ticked.is_some()),
                (_, Some(text)) => values.set(field.key, text),
                (_, None) => {}
            }
        }
        let mut take = |name: &str| sent.remove(name).unwrap_or_default();
        let (template, partner) = (take("template").parse().ok(), take("partner").parse().ok());
        Self {
            draft: OrderDraft { values, template, partner, ..OrderDraft::new(kind) },
            package: take("package"),
            order: take("order"),
            name: take("name"),
            q: take("q"),
            action: take("action"),
        }
    }

    /// The type of the order.
    pub(super) fn kind(&self) -> OrderType {
        self.draft.order_type
    }

    /// The same choices of package, search and name with another draft.
    pub(super) fn with_draft(&self, draft: OrderDraft) -> Self {
        Self { draft, action: String::new(), ..self.clone() }
    }

    /// A new order for a new package: a package holds orders of one type, so one that became another type cannot stay.
    pub(super) fn leave_package(&mut self) {
        self.package.clear();
        self.order.clear();
    }

    /// The template that the fields make, under the form's name.
    ///
    /// # Errors
    /// What is wrong with the name.
    pub(super) fn template(&self, id: TemplateId) -> Result<Template, domain::text::TextError> {
        Ok(Template {
            id,
            name: self.name.parse()?,
            order_type: self.kind(),
            fields: self.draft.values.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::key;

    use super::*;

    fn sent(fields: &[(&str, &str)]) -> HashMap<String, String> {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_fields_of_the_type_are_read_and_no_others() {
        let fields = [
            ("amount", "12500"),
            ("beneficiary-name", "Valaki"),
            ("instant", TICKED),
            ("nonsense", "x"),
            ("q", "őr"),
        ];
        let form = OrderForm::read(OrderType::Hct, sent(&fields));
        assert_eq!(form.draft.get(key::AMOUNT), "12500");
        assert_eq!(form.draft.get(key::BENEFICIARY_NAME), "Valaki");
        assert!(form.draft.values.ticked(key::INSTANT) && !form.draft.values.ticked(key::URGENCY));
        assert_eq!(form.q, "őr");
        let form = OrderForm::read(OrderType::Hve, sent(&fields));
        assert_eq!(form.draft.get(key::BENEFICIARY_NAME), "", "a transfer between own accounts names nobody");
    }

    #[test]
    fn every_type_comes_back_as_it_was_sent() {
        for kind in OrderType::ALL {
            let mut values = Values::default();
            let mut fields = Vec::new();
            for field in kind.fields() {
                match field.input {
                    Input::Tick => {
                        values.tick(field.key, true);
                        fields.push((field.key, TICKED));
                    }
                    _ => {
                        values.set(field.key, "x");
                        fields.push((field.key, "x"));
                    }
                }
            }
            assert_eq!(OrderForm::read(*kind, sent(&fields)).draft.values, values, "{kind}");
        }
    }
}
