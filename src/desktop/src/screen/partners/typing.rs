//! What typing and choosing do to the form.

use std::collections::BTreeSet;

use client::PartnerDraft;
use client::domain::{Field, PartnerId};
use iced::Task;
use iced::widget::operation::move_cursor_to_end;

use super::{Action, FIRST, Form, Message, Partners, Wish, view};
use crate::design::keys;
use crate::design::table::{Pick, Selection};
use crate::screen::ask::{Question, after_pause};
use crate::screen::order::notes;
use crate::shared::Shared;

impl Partners {
    /// What the user wants to see instead; asks first if something would be lost.
    pub(super) fn wish(&mut self, wish: Wish, shared: &Shared) -> Action {
        if self.is_changed() {
            self.waiting = Some(wish);
            return Action::None;
        }
        match wish {
            Wish::New => {
                self.show(Form::blank());
                self.selection = Selection::default();
                Action::Run(keys::focus(FIRST))
            }
            Wish::Row(row) => {
                self.selection.apply(Pick::Only(row));
                let Some(form) = self.windows.row(row).map(Form::of) else { return Action::None };
                self.show(form);
                Action::Run(self.ask_past(shared))
            }
        }
    }

    pub(super) fn show(&mut self, form: Form) {
        self.stored = form.clone();
        self.form = form;
        (self.left, self.tried, self.restored) = (BTreeSet::new(), false, false);
        (self.waiting, self.deleting, self.trouble) = (None, false, None);
        self.last.clear();
        self.judge();
    }

    pub(super) fn judge(&mut self) {
        // Any identifier will do to judge what is typed.
        let id = self.form.id.unwrap_or(PartnerId(uuid::Uuid::nil()));
        self.problems = self.form.draft.check(id).err().unwrap_or_default();
    }

    pub(super) fn changed(&mut self) -> Action {
        self.trouble = None;
        self.judge();
        self.pause = Question::ask();
        Action::Run(after_pause(Message::Paused(self.pause)))
    }

    pub(super) fn target(&mut self, line: usize, text: String) -> Action {
        let Some(place) = self.form.draft.targets.get_mut(line) else { return Action::None };
        let (grouped, follows) = notes::group_target(place, text);
        *place = grouped;
        let Action::Run(task) = self.changed() else { return Action::None };
        if !follows {
            return Action::Run(task);
        }
        let to_end = move_cursor_to_end(view::target_id(line));
        Action::Run(Task::batch([to_end, task]))
    }
}

/// The text of a field that is typed.
pub(super) fn text_of(draft: &mut PartnerDraft, field: Field) -> Option<&mut String> {
    Some(match field {
        Field::BeneficiaryName => &mut draft.short_name,
        // The check reports the payee's name under this field, because a form has one name of its own.
        Field::PayerName => &mut draft.name,
        Field::Narrative => &mut draft.narrative,
        Field::Country => &mut draft.country,
        Field::LegalCode => &mut draft.legal_code,
        _ => return None,
    })
}
