//! What typing and choosing do to the fields.

use std::sync::Arc;

use domain::Field;
use iced::Task;
use iced::widget::operation::move_cursor_to_end;

use super::kept::Beginning;
use super::{Action, Message, OrderForm, focus, form, notes};
use crate::desk::Desk;
use crate::screen::ask::{Answer, Question};

impl OrderForm {
    pub(super) fn began(
        &mut self,
        question: Question,
        result: Answer<Arc<Beginning>>,
        desk: &Desk,
    ) -> Action<Message> {
        if question != self.asked {
            return Action::none();
        }
        let all = match result {
            Ok(all) => all,
            Err(error) => return self.troubled(error),
        };
        self.lists = all.lists.clone();
        self.kept = all.start.clone();
        self.restored = all.restored;
        self.aside.clone_from(&all.aside);
        self.more = form::has_rare(&self.kept.draft);
        self.began = true;
        self.judge(desk);
        let first = if self.kept.draft.target.is_empty() { Field::BeneficiaryName } else { Field::Amount };
        Action::run(Task::batch([self.ask_only(desk), focus(first)]))
    }

    pub(super) fn typed(&mut self, field: Field, text: String, desk: &Desk) -> Action<Message> {
        let mut extra = Task::none();
        match field {
            Field::BeneficiaryName => self.kept.draft.partner = None,
            Field::Amount if notes::group_amount(&self.kept.draft.amount).as_ref() == Some(&text) => {
                // The field rewrites itself when it is left.
                let _ = self.left.insert(Field::Amount);
            }
            _ => {}
        }
        let text = if field == Field::Target {
            let (grouped, follows) = notes::group_target(&self.kept.draft.target, text);
            if follows {
                extra = move_cursor_to_end(Field::Target.key());
            }
            grouped
        } else {
            text
        };
        if let Some(place) = form::text_of(&mut self.kept.draft, field) {
            *place = text;
        }
        if field != Field::BeneficiaryName {
            self.suggestions.clear();
        }
        Action::run(Task::batch([extra, self.edited_task(desk)]))
    }

    pub(super) fn template(&mut self, index: usize, desk: &Desk) -> Action<Message> {
        // The first line of the list is "none".
        let Some(template) = index.checked_sub(1).and_then(|at| self.lists.templates.get(at)) else {
            self.kept.draft.template = None;
            return self.edited(desk);
        };
        let mut draft = notes::as_shown(template.start());
        if draft.debit_account.is_empty() {
            draft.debit_account.clone_from(&self.kept.draft.debit_account);
        }
        self.kept.draft = draft;
        self.more |= form::has_rare(&self.kept.draft);
        self.edited(desk)
    }

    pub(super) fn put_date_aside(&mut self) {
        let typed = std::mem::take(&mut self.kept.draft.value_date);
        if !typed.is_empty() {
            self.kept.date_aside = typed;
        }
    }
}
