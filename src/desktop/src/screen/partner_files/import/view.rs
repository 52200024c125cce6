//! How the import looks: choosing, the lists, two records side by side, what was taken.

use client::{Clash, PartnerPreview, PartnersTaken, Resolution};
use client::{RecordKind, Refused};
use domain::{Partner, Template, key};
use iced::widget::{container, space};
use iced::{Alignment, Length};

use super::sides::{self, Side};
use super::{Import, Message, Tab, notes};
use crate::design::table::{self, Cell, column};
use crate::design::text::{self, Inked};
use crate::design::theme::{Ink, Tone};
use crate::design::{Column, Element, Row, banner, button, check, empty, panel, pill, segmented, spacing};
use crate::screen::intake::{self, Stage, card};
use crate::screen::partner_files::format_name;
use crate::texts::explain;
use crate::{format, tr};

/// Width of the panel beside the lists.
const DETAIL: f32 = 496.0;

/// One of the two kinds of record.
enum Either<P, T> {
    Partner(P),
    Template(T),
}

/// The record of a row: partners come first.
fn at<'a, P, T>(partners: &'a [P], templates: &'a [T], row: usize) -> Option<Either<&'a P, &'a T>> {
    match row.checked_sub(partners.len()) {
        None => partners.get(row).map(Either::Partner),
        Some(row) => templates.get(row).map(Either::Template),
    }
}

fn kind_word(kind: RecordKind) -> String {
    match kind {
        RecordKind::Partner => tr!("partner-import-partner"),
        RecordKind::Template => tr!("partner-import-template"),
    }
}

impl Import {
    pub(crate) fn draw(&self) -> Element<'_, Message> {
        let state = match &self.intake.stage {
            Stage::Choosing => None,
            Stage::Reading => Some((Tone::Accent, tr!("import-reading"))),
            Stage::Taking(_) => Some((Tone::Accent, tr!("import-taking"))),
            Stage::Shown(preview) if preview.is_settled() => {
                Some((Tone::Neutral, tr!("partner-import-settled")))
            }
            Stage::Shown(_) => Some((Tone::Care, tr!("import-look"))),
            Stage::Done(_) => Some((Tone::Good, tr!("import-stored"))),
        };
        let state = state.map(|(tone, word)| pill::pill(tone, word));
        let title = panel::title_line(tr!("partner-import-title"), state, None);
        let body = match &self.intake.stage {
            Stage::Choosing => {
                let leave = button::secondary(tr!("cancel")).shortcut("Esc").on_press(Message::Leave);
                self.intake.choose(Message::File, Some(leave.into()))
            }
            Stage::Reading => self.intake.reading(Message::File),
            Stage::Shown(preview) | Stage::Taking(preview) => self.preview(preview),
            Stage::Done(taken) => done(*taken),
        };
        panel::page(Column::new().spacing(spacing::M).push(title).push(self.intake.trouble()).push(body))
    }

    fn preview<'a>(&'a self, preview: &'a PartnerPreview) -> Element<'a, Message> {
        let (partners, templates) = (&preview.partners, &preview.templates);
        let count = |n: usize| format::count(n);
        let new = partners.new.len() + templates.new.len();
        let changed = partners.changed.len() + templates.changed.len();
        let clashes = partners.conflicting.len() + templates.conflicting.len();
        let tabs = segmented::tabs(
            [
                (Tab::New, tr!("partner-import-tab-new", count = count(new))),
                (Tab::Changed, tr!("partner-import-tab-changed", count = count(changed))),
                (Tab::Clash, tr!("partner-import-tab-clash", count = count(clashes))),
                (Tab::Refused, tr!("partner-import-tab-refused", count = count(preview.refused.len()))),
            ],
            self.tab,
            Message::Tab,
        );
        let list = match self.tab {
            Tab::New if new == 0 => empty::empty(tr!("partner-import-none-new"), "", None),
            Tab::New => self.new_list(preview, new),
            Tab::Changed if changed == 0 => empty::empty(tr!("partner-import-none-changed"), "", None),
            Tab::Changed => self.changed_list(preview, changed),
            Tab::Clash if clashes == 0 => empty::empty(tr!("partner-import-none-clash"), "", None),
            Tab::Clash => self.clash_list(preview, clashes),
            Tab::Refused if preview.refused.is_empty() => {
                empty::empty(tr!("partner-import-none-refused"), "", None)
            }
            Tab::Refused => self.refused_list(&preview.refused),
        };
        let list = panel::bare_panel(Column::new().push(tabs).push(list)).height(Length::Fill);
        let detail = match self.tab {
            Tab::Changed => self.change(preview),
            Tab::Clash => self.clash(preview),
            Tab::New | Tab::Refused => None,
        };
        let body = Row::new().spacing(spacing::L).height(Length::Fill).push(list).push(
            detail.map(|detail| container(panel::scroll(panel::panel(detail))).width(Length::Fixed(DETAIL))),
        );
        Column::new()
            .spacing(spacing::M)
            .push(notes::doubt(preview))
            .push(notes::changed_characters(preview))
            .push(panel::panel(summary(preview)))
            .push(body)
            .push(self.picked_refusal(preview))
            .push(self.buttons(preview, new, changed))
            .height(Length::Fill)
            .into()
    }

    fn list<'a>(&'a self, table: table::Table<'a, Message>) -> table::Table<'a, Message> {
        table.id("partner-import-list").selection(&self.selection).single().on_pick(Message::Picked)
    }

    fn new_list<'a>(&'a self, preview: &'a PartnerPreview, count: usize) -> Element<'a, Message> {
        let rows = table::rows(count, |row, column| {
            let record = at(&preview.partners.new, &preview.templates.new, row);
            match (record, column) {
                (Some(Either::Partner(partner)), 0) => Cell::text(partner.short_name.as_str()),
                (Some(Either::Partner(_)), 1) => Cell::dim(kind_word(RecordKind::Partner)),
                (Some(Either::Partner(partner)), _) => Cell::dim(sides::targets(partner).replace('\n', ", ")),
                (Some(Either::Template(template)), 0) => Cell::text(template.name.as_str()),
                (Some(Either::Template(_)), 1) => Cell::dim(kind_word(RecordKind::Template)),
                (Some(Either::Template(template)), _) => Cell::dim(template.fields.get(key::TARGET)),
                (None, _) => Cell::empty(),
            }
        });
        let columns = [
            column(0, tr!("partner-column-name")).fill(3),
            column(1, tr!("partner-import-kind")).fixed(110.0),
            column(2, tr!("partner-column-target")).fill(4),
        ];
        self.list(table::table(columns, rows)).into()
    }

    fn changed_list<'a>(&'a self, preview: &'a PartnerPreview, count: usize) -> Element<'a, Message> {
        let rows = table::rows(count, move |row, column| {
            let Some(record) = at(&preview.partners.changed, &preview.templates.changed, row) else {
                return Cell::empty();
            };
            let taken = self.changed.contains(&row);
            match (column, record) {
                (0, _) if taken => Cell::ink("✓", Ink::Good),
                (0, _) => Cell::dim("–"),
                (1, Either::Partner(pair)) => Cell::text(pair.existing.short_name.as_str()),
                (1, Either::Template(pair)) => Cell::text(pair.existing.name.as_str()),
                (2, Either::Partner(_)) => Cell::dim(kind_word(RecordKind::Partner)),
                (2, Either::Template(_)) => Cell::dim(kind_word(RecordKind::Template)),
                (_, Either::Partner(pair)) => {
                    Cell::dim(differing(&sides::partners(&pair.existing, &pair.incoming)))
                }
                (_, Either::Template(pair)) => {
                    Cell::dim(differing(&sides::templates(&pair.existing, &pair.incoming)))
                }
            }
        });
        let columns = [
            column(0, "").fixed(36.0),
            column(1, tr!("partner-column-name")).fill(3),
            column(2, tr!("partner-import-kind")).fixed(80.0),
            column(3, tr!("partner-import-differs")).fill(3),
        ];
        self.list(table::table(columns, rows)).on_activate(Message::Change).into()
    }

    fn clash_list<'a>(&'a self, preview: &'a PartnerPreview, count: usize) -> Element<'a, Message> {
        let rows = table::rows(count, move |row, column| {
            let Some(record) = at(&preview.partners.conflicting, &preview.templates.conflicting, row) else {
                return Cell::empty();
            };
            let (name, clash) = match record {
                Either::Partner(conflict) => (conflict.incoming.short_name.as_str(), conflict.clash),
                Either::Template(conflict) => (conflict.incoming.name.as_str(), conflict.clash),
            };
            match (column, self.clashes.get(&row)) {
                (0, _) => Cell::text(name),
                (1, _) => Cell::dim(explain(&clash)),
                (_, None) => Cell::dim(tr!("partner-import-leave-short")),
                (_, Some(Resolution::AsNew)) => Cell::ink(tr!("partner-import-as-new-short"), Ink::Good),
                (_, Some(Resolution::Replace)) => Cell::ink(tr!("partner-import-replace-short"), Ink::Care),
            }
        });
        let columns = [
            column(0, tr!("partner-column-name")).fill(2),
            column(1, tr!("partner-import-clash")).fill(3),
            column(2, tr!("partner-import-decision")).fixed(96.0),
        ];
        self.list(table::table(columns, rows)).into()
    }

    fn refused_list<'a>(&'a self, refused: &'a [Refused]) -> Element<'a, Message> {
        let rows = table::rows(refused.len(), |row, column| {
            let Some(record) = refused.get(row) else { return Cell::empty() };
            match column {
                0 => Cell::dim(record.line.to_string()),
                1 => Cell::text(record.label.as_str()),
                2 => Cell::dim(client::texts::text(record.column.key(), &[])),
                3 => Cell::dim(record.value.as_str()),
                _ => Cell::ink(explain(&record.reason), Ink::Bad),
            }
        });
        let columns = [
            column(0, tr!("import-column-line")).fixed(64.0).right(),
            column(1, tr!("partner-column-name")).fill(2),
            column(2, tr!("import-column-field")).fixed(150.0),
            column(3, tr!("partner-import-value")).fill(2),
            column(4, tr!("partner-import-reason")).fill(4),
        ];
        self.list(table::table(columns, rows)).into()
    }

    /// The whole text of the picked refusal: the table cuts what is long.
    fn picked_refusal<'a>(&self, preview: &'a PartnerPreview) -> Option<Element<'a, Message>> {
        let cursor = self.selection.cursor().filter(|_| self.tab == Tab::Refused)?;
        let record = preview.refused.get(cursor)?;
        let title = tr!("import-report-line", line = record.line, payee = record.label.as_str());
        let column = client::texts::text(record.column.key(), &[]);
        let title = format!("{} · {title} · {column}: {}", kind_word(record.kind), record.value);
        Some(banner::banner(Tone::Bad, title, explain(&record.reason), None))
    }

    fn change<'a>(&'a self, preview: &'a PartnerPreview) -> Option<Element<'a, Message>> {
        let row = self.selection.cursor()?;
        let (name, fields) = match at(&preview.partners.changed, &preview.templates.changed, row)? {
            Either::Partner(pair) => {
                (pair.existing.short_name.to_string(), sides::partners(&pair.existing, &pair.incoming))
            }
            Either::Template(pair) => {
                (pair.existing.name.to_string(), sides::templates(&pair.existing, &pair.incoming))
            }
        };
        let take = check::checkbox(tr!("partner-import-take-this"), self.changed.contains(&row))
            .id("partner-import-take-this")
            .hint("Enter")
            .on_press(Message::Change(row));
        Some(
            Column::new()
                .spacing(spacing::M)
                .push(text::detail_title(name))
                .push(take)
                .push(side_by_side(fields))
                .into(),
        )
    }

    fn clash<'a>(&'a self, preview: &'a PartnerPreview) -> Option<Element<'a, Message>> {
        let row = self.selection.cursor()?;
        let shown = match at(&preview.partners.conflicting, &preview.templates.conflicting, row)? {
            Either::Partner(c) => ClashShown {
                name: c.incoming.short_name.to_string(),
                clash: c.clash,
                others: c.with.len(),
                replaced: c.replaces.as_ref().map(|p: &Partner| p.short_name.to_string()),
                fields: c.with.first().map(|with| sides::partners(with, &c.incoming)).unwrap_or_default(),
            },
            Either::Template(c) => ClashShown {
                name: c.incoming.name.to_string(),
                clash: c.clash,
                others: c.with.len(),
                replaced: c.replaces.as_ref().map(|t: &Template| t.name.to_string()),
                fields: c.with.first().map(|with| sides::templates(with, &c.incoming)).unwrap_or_default(),
            },
        };
        let chosen = self.clashes.get(&row).copied();
        let radio = |label: String, resolution: Option<Resolution>| {
            check::radio(label, chosen == resolution).on_press(Message::Resolve(row, resolution))
        };
        let mut choices = Column::new()
            .spacing(spacing::S)
            .push(radio(tr!("partner-import-leave"), None).id("partner-import-leave"))
            .push(radio(tr!("partner-import-as-new"), Some(Resolution::AsNew)).id("partner-import-as-new"));
        if let Some(name) = shown.replaced {
            choices = choices.push(
                radio(tr!("partner-import-replace", name = name), Some(Resolution::Replace))
                    .id("partner-import-replace"),
            );
        }
        let more = (shown.others > 1)
            .then(|| text::hint(tr!("partner-import-more-clashes", count = (shown.others - 1))).dim());
        Some(
            Column::new()
                .spacing(spacing::M)
                .push(text::detail_title(shown.name))
                .push(text::body(explain(&shown.clash)).care())
                .push(choices)
                .push(side_by_side(shown.fields))
                .push(more)
                .into(),
        )
    }

    fn buttons<'a>(
        &'a self,
        preview: &'a PartnerPreview,
        new: usize,
        changed: usize,
    ) -> Element<'a, Message> {
        let idle = !self.intake.is_taking();
        let chosen = self.count(preview);
        let take = button::primary(tr!("partner-import-take", count = format::count(chosen)))
            .id("partner-import-take")
            .shortcut("Ctrl+S")
            .on_press_maybe((idle && chosen > 0).then_some(Message::Take));
        let mut row = Row::new().spacing(spacing::L).align_y(Alignment::Center).push(take);
        if new > 0 {
            let words = tr!("partner-import-take-new", count = format::count(new));
            row = row.push(check::checkbox(words, self.new).id("partner-import-new").on_toggle(Message::New));
        }
        if changed > 0 {
            let words = tr!(
                "partner-import-changes-taken",
                taken = format::count(self.changed.len()),
                count = format::count(changed)
            );
            row = row.push(text::hint(words).dim());
            if self.tab == Tab::Changed {
                row = row
                    .push(
                        button::link(tr!("partner-import-all"))
                            .id("partner-import-all")
                            .on_press(Message::ChangeAll(true)),
                    )
                    .push(
                        button::link(tr!("partner-import-no-one"))
                            .id("partner-import-no-one")
                            .on_press(Message::ChangeAll(false)),
                    );
            }
        }
        row.push(space::horizontal())
            .push(
                button::secondary(tr!("cancel"))
                    .id("partner-import-cancel")
                    .shortcut("Esc")
                    .on_press_maybe(idle.then_some(Message::File(intake::Message::Cancel))),
            )
            .into()
    }
}

/// What is shown of a record in conflict.
struct ClashShown {
    name: String,
    clash: Clash,
    others: usize,
    replaced: Option<String>,
    fields: Vec<Side>,
}

/// The names of the fields that differ.
fn differing(fields: &[Side]) -> String {
    let labels: Vec<&str> =
        fields.iter().filter(|field| field.differs()).map(|field| field.label.as_str()).collect();
    labels.join(", ")
}

/// Both records in two columns; what differs stands out on the file's side.
fn side_by_side<'a>(fields: Vec<Side>) -> Element<'a, Message> {
    let share = Length::FillPortion(1);
    let head = Row::new()
        .spacing(spacing::S)
        .push(text::header(tr!("partner-import-here")).dim().width(share))
        .push(text::header(tr!("partner-import-file")).dim().width(share));
    let mut column = Column::new().spacing(spacing::S).push(head).push(panel::rule());
    for field in fields {
        let differs = field.differs();
        let shown = |value: String| if value.is_empty() { "–".to_owned() } else { value };
        let (here, file) = (text::body(shown(field.here)), text::body(shown(field.file)));
        let (here, file) = if differs { (here, file.accent()) } else { (here.dim(), file.dim()) };
        let pair = Row::new().spacing(spacing::S).push(here.width(share)).push(file.width(share));
        column =
            column.push(Column::new().push(text::hint(field.label).dim()).push(pair)).push(panel::rule());
    }
    column.into()
}

fn figure<'a>(label: String, value: impl Into<String>, ink: Ink) -> Element<'a, Message> {
    Column::new()
        .spacing(spacing::XS)
        .push(text::hint(label).dim().one_line())
        .push(text::strong(value.into()).ink(ink).one_line())
        .into()
}

fn summary(preview: &PartnerPreview) -> Element<'_, Message> {
    let file = preview.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (partners, templates) = (&preview.partners, &preview.templates);
    let count = |n: usize| format::count(n);
    let clashes = partners.conflicting.len() + templates.conflicting.len();
    let care = if clashes > 0 { Ink::Care } else { Ink::Inherit };
    let bad = if preview.refused.is_empty() { Ink::Inherit } else { Ink::Bad };
    Row::new()
        .spacing(spacing::FIGURES)
        .push(figure(tr!("import-file"), file, Ink::Inherit))
        .push(figure(tr!("import-format"), format_name(preview.format), Ink::Inherit))
        .push(figure(tr!("import-encoding"), preview.read_as.encoding.name(), Ink::Inherit))
        .push(figure(tr!("partner-import-partners"), count(partners.len()), Ink::Inherit))
        .push(figure(tr!("partner-import-templates"), count(templates.len()), Ink::Inherit))
        .push(figure(tr!("partner-import-same"), count(partners.same + templates.same), Ink::Inherit))
        .push(figure(tr!("partner-import-clashes"), count(clashes), care))
        .push(figure(tr!("partner-import-refused"), count(preview.refused.len()), bad))
        .into()
}

fn done<'a>(taken: PartnersTaken) -> Element<'a, Message> {
    let count = |n: usize| format::count(n);
    let line = |words: String, n: usize| (n > 0).then(|| text::body(words));
    let content = Column::new()
        .spacing(spacing::S)
        .push(text::detail_title(tr!("partner-import-done")))
        .push(line(tr!("partner-import-new-partners", count = count(taken.new_partners)), taken.new_partners))
        .push(line(
            tr!("partner-import-changed-partners", count = count(taken.changed_partners)),
            taken.changed_partners,
        ))
        .push(line(
            tr!("partner-import-new-templates", count = count(taken.new_templates)),
            taken.new_templates,
        ))
        .push(line(
            tr!("partner-import-changed-templates", count = count(taken.changed_templates)),
            taken.changed_templates,
        ))
        .push(line(tr!("partner-import-left", count = count(taken.left)), taken.left).map(Inked::care));
    let buttons = Row::new()
        .spacing(spacing::S)
        .push(button::primary(tr!("partner-files-back")).id("partner-import-back").on_press(Message::Leave))
        .push(
            button::secondary(tr!("import-another"))
                .id("partner-import-another")
                .on_press(Message::File(intake::Message::Cancel)),
        );
    card(content.push(buttons))
}
