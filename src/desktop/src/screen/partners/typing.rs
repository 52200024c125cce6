//! What typing and choosing do to the form.

use std::collections::BTreeSet;

use client::PartnerDraft;
use client::PartnerField;
use domain::PartnerId;
use iced::Task;

use super::{Action, FIRST, Form, Message, Partners};
use crate::design::keys;
use crate::design::table::{Pick, Selection};
use crate::desk::Desk;
use crate::screen::order::notes;
use crate::screen::record_form::{Asked, Record};

impl Partners {
    /// Shows what the user asked for.
    pub(super) fn show_asked(&mut self, asked: Asked, desk: &Desk) -> Task<Message> {
        match asked {
            Asked::New => {
                self.show(Form::blank());
                self.selection = Selection::default();
                keys::focus(FIRST)
            }
            Asked::Row(row) => {
                self.selection.apply(Pick::Only(row));
                let Some(form) = self.windows.row(row).map(Form::of) else { return Task::none() };
                self.show(form);
                self.ask_past(desk)
            }
        }
    }

    fn show(&mut self, form: Form) {
        self.record.show(form);
        self.shown();
    }

    /// Another form is shown than before.
    pub(super) fn shown(&mut self) {
        self.left = BTreeSet::new();
        self.last.clear();
        self.judge();
    }

    pub(super) fn judge(&mut self) {
        // Any identifier will do to judge what is typed.
        let id = self.record.form.id.unwrap_or(PartnerId(uuid::Uuid::nil()));
        self.problems = self.record.form.draft.check(id).err().unwrap_or_default();
    }

    pub(super) fn typed(&mut self) -> Task<Message> {
        self.judge();
        self.record.typed().map(Message::Record)
    }

    pub(super) fn target(&mut self, line: usize, text: String) -> Action<Message> {
        let Some(place) = self.record.form.draft.targets.get_mut(line) else { return Action::none() };
        *place = notes::group_target(text);
        Action::run(self.typed())
    }
}

/// The text of a field that is typed.
pub(super) fn text_of(draft: &mut PartnerDraft, field: PartnerField) -> Option<&mut String> {
    Some(match field {
        PartnerField::ShortName => &mut draft.short_name,
        PartnerField::Name => &mut draft.name,
        PartnerField::Narrative => &mut draft.narrative,
        PartnerField::Country => &mut draft.country,
        PartnerField::LegalCode => &mut draft.legal_code,
        _ => return None,
    })
}
