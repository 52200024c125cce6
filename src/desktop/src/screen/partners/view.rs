//! How the place looks: the list, and beside it the form of the chosen partner.

use client::PartnerField;
use client::{PartnerProblem, Rules};
use domain::{Narrative, Partner, PartnerTarget};
use iced::advanced::widget::Id;
use iced::widget::space;
use iced::{Alignment, Length};

use super::{FIRST, Message, Partners, SEARCH};
use crate::design::field::{self, Note};
use crate::design::table::{self, Cell, column};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, button, empty, panel, spacing};
use crate::desk::Desk;
use crate::screen::order::notes;
use crate::screen::record_form::{self, Asked};
use crate::texts::explain;
use crate::{format, tr};

/// Width of the form beside the list.
const FORM: f32 = 440.0;

/// The name of a line of accounts.
pub(super) fn target_id(line: usize) -> Id {
    Id::from(format!("partner-target-{line}"))
}

fn id_of(field: PartnerField, line: usize) -> Id {
    match field {
        PartnerField::Target => target_id(line),
        PartnerField::Name => Id::new("partner-name"),
        PartnerField::Narrative => Id::new("partner-narrative"),
        PartnerField::Country => Id::new("partner-country"),
        PartnerField::LegalCode => Id::new("partner-legal-code"),
        _ => Id::new(FIRST),
    }
}

/// The first place that must be mended.
pub(super) fn first_wrong(problems: &[PartnerProblem]) -> Id {
    match problems.first() {
        Some(PartnerProblem::Field(error, line)) => id_of(error.field, *line),
        Some(PartnerProblem::Partner(_) | PartnerProblem::Mixed) => target_id(0),
        None => Id::new(FIRST),
    }
}

impl Partners {
    pub(super) fn page<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let search =
            field::search(tr!("partner-search"), self.search.text()).id(SEARCH).on_input(Message::Search);
        let actions = Row::new()
            .spacing(spacing::S)
            .push(
                button::secondary(tr!("partners-export"))
                    .id("partners-export")
                    .shortcut("Ctrl+E")
                    .tooltip(tr!("partners-export-help"))
                    .on_press(Message::Export),
            )
            .push(
                button::secondary(tr!("partners-import"))
                    .id("partners-import")
                    .shortcut("Ctrl+O")
                    .tooltip(tr!("partners-import-help"))
                    .on_press(Message::Import),
            )
            .push(
                button::secondary(tr!("partner-new"))
                    .id("partner-new")
                    .shortcut("Ins")
                    .on_press(Message::Record(record_form::Message::Show(Asked::New))),
            );
        let title = panel::title_line(tr!("partners-title"), Some(search.into()), Some(actions.into()));
        let form = Column::new()
            .spacing(spacing::M)
            .width(Length::Fixed(FORM))
            .push(panel::panel(self.form(desk)))
            .push(self.past());
        let form = iced::widget::container(panel::scroll(form)).width(Length::Fixed(FORM + spacing::L));
        let body = Row::new().spacing(spacing::L).push(panel::bare_panel(self.list(desk))).push(form);
        panel::page(Column::new().spacing(spacing::M).push(title).push(body.height(Length::Fill)))
    }

    fn list(&self, desk: &Desk) -> Element<'_, Message> {
        if self.windows.count() == 0 {
            return if self.search.is_blank() {
                empty::empty(tr!("partners-none"), tr!("partners-none-help"), None)
            } else {
                empty::empty(tr!("partners-not-found"), tr!("partners-not-found-help"), None)
            };
        }
        let count = tr!("partners-count", count = format::count(self.windows.count()));
        let rows = table::rows(self.windows.count(), |row, column| match (self.windows.row(row), column) {
            (Some(partner), 0) => Cell::text(partner.short_name.to_string()),
            (Some(partner), 1) => Cell::dim(target_of(partner)),
            (Some(partner), _) => record_form::owner_cell(partner.is_own),
            (None, 0) => Cell::dim("…"),
            (None, _) => Cell::empty(),
        });
        let whose = desk.house.is_shared().then(|| column(2, tr!("owner-column")).fixed(72.0));
        let columns =
            [column(0, tr!("partner-column-name")).fill(6), column(1, tr!("partner-column-target")).fill(7)];
        let columns = columns.into_iter().chain(whose);
        let list = table::table(columns, rows)
            .id("partner-list")
            .selection(&self.selection)
            .single()
            .footer([(0, Cell::hint(count))])
            .on_pick(Message::Picked)
            .on_activate(|_| Message::Opened);
        Element::from(list)
    }

    fn problem(&self, field: PartnerField, line: usize) -> Option<Note> {
        if !self.record.tried && !self.left.contains(&(field, line)) {
            return None;
        }
        self.problems
            .iter()
            .find(|problem| {
                matches!(problem, PartnerProblem::Field(error, at) if error.field == field && *at == line)
            })
            .map(|problem| Note { tone: Tone::Bad, text: explain(problem) })
    }

    fn text<'a>(&'a self, field: PartnerField, label: String, value: &'a str) -> field::Field<'a, Message> {
        field::text(label, value)
            .id(id_of(field, 0))
            .on_input(move |text| Message::Typed(field, text))
            .on_blur(Message::Left(field, 0))
            .note(self.problem(field, 0))
    }

    fn form<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let rules = desk.rules.as_deref();
        let draft = &self.record.form.draft;
        let title = match (&self.record.form.id, draft.short_name.trim()) {
            (None, _) => tr!("partner-new-title"),
            (Some(_), name) => name.to_owned(),
        };
        let mut name = self.text(PartnerField::Name, tr!("partner-name"), &draft.name);
        if draft.name.trim().is_empty() {
            name = name.placeholder(draft.short_name.as_str());
        }
        let small = Row::new()
            .spacing(spacing::M)
            .push(self.text(PartnerField::Country, tr!("order-country"), &draft.country).placeholder("HU"))
            .push(self.text(PartnerField::LegalCode, tr!("order-legal-code"), &draft.legal_code));
        let note = field::text(tr!("partner-note"), &draft.note).id("partner-note").on_input(Message::Note);
        Column::new()
            .spacing(spacing::M)
            .push(text::detail_title(title))
            .push(self.record.banner().map(|banner| banner.map(Message::Record)))
            .push(self.text(PartnerField::ShortName, tr!("partner-short-name"), &draft.short_name))
            .push(name)
            .push(self.targets(rules))
            .push(
                self.text(PartnerField::Narrative, tr!("order-narrative"), &draft.narrative)
                    .trailing(notes::counter(&draft.narrative, Narrative::MAX)),
            )
            .push(small)
            .push(note)
            .push(record_form::owner(self.record.form.is_own, desk, Message::Owner))
            .push(self.buttons())
            .into()
    }

    fn targets<'a>(&'a self, rules: Option<&'a Rules>) -> Element<'a, Message> {
        let lines = &self.record.form.draft.targets;
        let mut column = Column::new().spacing(spacing::S);
        for (line, typed) in lines.iter().enumerate() {
            let label = if line == 0 { tr!("partner-target") } else { tr!("partner-target-more") };
            let live = rules.and_then(|rules| notes::target(typed, rules));
            let field = field::text(label, typed)
                .id(target_id(line))
                .on_input(move |text| Message::Target(line, text))
                .on_blur(Message::Left(PartnerField::Target, line))
                .trailing(notes::blocks(typed))
                .note(self.problem(PartnerField::Target, line).or(live));
            let remove = (lines.len() > 1).then(|| {
                button::quiet("✕")
                    .small()
                    .tooltip(tr!("partner-remove-target"))
                    .on_press(Message::RemoveTarget(line))
            });
            let row = Row::new().spacing(spacing::S).align_y(Alignment::Center).push(field);
            column = column.push(row.push(remove.map(Element::from)));
        }
        let common = self.problems.iter().find(|problem| !matches!(problem, PartnerProblem::Field(..)));
        if let Some(problem) =
            common.filter(|_| self.record.tried || self.left.iter().any(|(f, _)| *f == PartnerField::Target))
        {
            column = column.push(text::hint(explain(problem)).bad());
        }
        let add =
            button::link(tr!("partner-add-target")).id("partner-add-target").on_press(Message::AddTarget);
        column.push(Row::new().push(add)).into()
    }

    fn buttons(&self) -> Element<'_, Message> {
        let order = button::secondary(tr!("partner-order")).id("partner-order").shortcut("Ctrl+N");
        let save = Element::from(self.record.save_button().id("partner-save"));
        let delete = Element::from(self.record.delete_button().id("partner-delete"));
        Row::new()
            .spacing(spacing::S)
            .push(save.map(Message::Record))
            .push(order.on_press_maybe(self.record.saved_id().map(|_| Message::Order)))
            .push(space::horizontal())
            .push(delete.map(Message::Record))
            .into()
    }

    fn past(&self) -> Option<Element<'_, Message>> {
        let _ = self.record.form.id?;
        if self.last.is_empty() {
            let none = text::hint(tr!("partner-never-paid")).dim();
            return Some(panel::card(tr!("partner-last"), None, none).into());
        }
        let lines = self.last.iter().map(|payment| {
            let amount = format::money(payment.amount);
            (format::date(payment.day), Element::from(text::body(amount)))
        });
        Some(panel::card(tr!("partner-last"), None, panel::key_values(lines)).into())
    }
}

/// The usual account or the identifier, and how many more there are.
fn target_of(partner: &Partner) -> String {
    match &partner.target {
        PartnerTarget::Accounts { numbers, .. } => {
            let first = numbers.first().map(ToString::to_string).unwrap_or_default();
            if numbers.len() < 2 {
                return first;
            }
            let more = numbers.len() - 1;
            tr!("partner-more-accounts", first = first, count = more)
        }
        PartnerTarget::SecondaryId { id } => id.to_string(),
    }
}
