//! What typing and choosing do to the form.

use std::sync::Arc;

use domain::{OrderType, key};

use super::fields::{self, Edit};
use super::kept::Beginning;
use super::{Message, OrderForm, notes};
use crate::desk::Desk;
use crate::screen::action::Action;
use crate::screen::ask::{Answer, Question};

impl OrderForm {
    pub(super) fn began(
        &mut self,
        question: Question,
        answer: Answer<Arc<Beginning>>,
        desk: &Desk,
    ) -> Action<Message> {
        if question != self.asked {
            return Action::none();
        }
        let all = match answer {
            Ok(all) => all,
            Err(error) => return self.troubled(error),
        };
        self.lists = all.lists.clone();
        self.kept = all.start.clone();
        self.untouched.clone_from(&all.untouched);
        self.restored = all.restored;
        self.aside.clone_from(&all.aside);
        self.more = fields::has_rare(self.kept.draft.order_type, &self.kept.draft.values);
        self.began = true;
        let _ = self.judge(desk);
        self.aim_at_empty();
        Action::run(self.ask_only(desk))
    }

    pub(super) fn edited(&mut self, edit: Edit, desk: &Desk) -> Action<Message> {
        match &edit {
            Edit::Left(key) => {
                let _ = self.left.insert(key);
                return Action::none();
            }
            Edit::More => {
                self.more = !self.more;
                return Action::none();
            }
            Edit::Suggestion(line) => return self.partner(*line, desk),
            Edit::Typed(key, typed) => self.before_typing(key, typed),
            Edit::Ticked(key, on) if *key == key::INSTANT => self.put_date_aside(*on),
            Edit::Ticked(key, _) => {
                let _ = self.left.insert(key);
            }
            Edit::Account(..) | Edit::Day(..) => {}
        }
        fields::edit(&mut self.kept.draft.values, edit, &self.lists.accounts);
        Action::run(self.typed_on(desk))
    }

    fn before_typing(&mut self, field: &'static str, typed: &str) {
        if field == key::BENEFICIARY_NAME {
            self.kept.draft.partner = None;
        } else {
            self.suggestions.clear();
        }
        let amount = self.kept.draft.get(key::AMOUNT);
        if field == key::AMOUNT && notes::group_amount(amount).as_deref() == Some(typed) {
            // The field rewrites itself when it is left.
            let _ = self.left.insert(key::AMOUNT);
        }
    }

    fn partner(&mut self, line: usize, desk: &Desk) -> Action<Message> {
        let Some(partner) = self.suggestions.get(line) else { return Action::none() };
        self.kept.draft = std::mem::take(&mut self.kept.draft).for_partner(partner, 0);
        self.suggestions.clear();
        if self.kept.draft.values.ticked(key::INSTANT) {
            self.put_date_aside(true);
        }
        self.aim_at_empty();
        Action::run(self.typed_on(desk))
    }

    /// The same order as another type. What the other form has no place for waits in case it comes back.
    pub(super) fn turn_into(&mut self, kind: OrderType, desk: &Desk) -> Action<Message> {
        self.kept.draft.order_type = kind;
        // A package holds orders of one type.
        self.kept.package = None;
        (self.tried, self.answer) = (false, None);
        self.left.clear();
        self.more |= fields::has_rare(kind, &self.kept.draft.values);
        Action::run(self.typed_on(desk))
    }

    pub(super) fn template(&mut self, line: usize, desk: &Desk) -> Action<Message> {
        // The first line of the list is "none".
        let Some(template) = line.checked_sub(1).and_then(|at| self.lists.templates.get(at)) else {
            self.kept.draft.template = None;
            return Action::run(self.typed_on(desk));
        };
        let mut draft = notes::as_shown(template.start());
        if draft.values.is_empty(key::DEBIT_ACCOUNT) {
            draft.values.set(key::DEBIT_ACCOUNT, self.kept.draft.get(key::DEBIT_ACCOUNT));
        }
        self.kept.draft = draft;
        self.more |= fields::has_rare(self.kept.draft.order_type, &self.kept.draft.values);
        Action::run(self.typed_on(desk))
    }

    /// An instant order has no date: what was typed comes back when the tick goes.
    fn put_date_aside(&mut self, instant: bool) {
        let values = &mut self.kept.draft.values;
        if instant {
            let typed = values.take(key::VALUE_DATE);
            if !typed.is_empty() {
                self.kept.date_aside = typed;
            }
        } else {
            values.set(key::VALUE_DATE, std::mem::take(&mut self.kept.date_aside));
        }
    }
}
