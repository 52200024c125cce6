//! How the import looks: choosing a file, what is in it, and what became of it.

use chrono::NaiveDate;
use client::{Detected, PainVersion};
use client::{ImportChoice, ImportReport, Preview};
use client::{ImportEnd, Promise};
use domain::account::group_while_typing;
use iced::widget::space;
use iced::{Alignment, Length};

use super::package;
use super::report::{self, Finding};
use super::{Found, Import, Message, Stored, Tab};
use crate::design::button::Button;
use crate::design::segmented;
use crate::design::table::{self, Cell, column};
use crate::design::text::{self, Inked};
use crate::design::theme::{Ink, Tone};
use crate::design::{Column, Element, Row, banner, button, empty, panel, pill, spacing};
use crate::desk::Desk;
use crate::screen::intake::{self, Stage, card};
use crate::screen::trouble;
use crate::texts::explain;
use crate::{format, tr};

impl Import {
    pub(super) fn page<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let state = match &self.intake.stage {
            Stage::Choosing => None,
            Stage::Reading => Some((Tone::Accent, tr!("import-reading"))),
            Stage::Taking(_) => Some((Tone::Accent, tr!("import-taking"))),
            Stage::Shown(Found::Package(preview)) => Some(package::state(preview)),
            Stage::Shown(Found::Orders(preview)) if preview.is_clean() => {
                Some((Tone::Good, tr!("import-clean")))
            }
            Stage::Shown(Found::Orders(_)) => Some((Tone::Care, tr!("import-look"))),
            Stage::Done(_) => Some((Tone::Good, tr!("import-stored"))),
        };
        let title =
            panel::title_line(tr!("import-title"), state.map(|(tone, word)| pill::pill(tone, word)), None);
        let body = match &self.intake.stage {
            Stage::Reading => self.intake.reading(Message::File),
            Stage::Shown(Found::Orders(preview)) | Stage::Taking(Found::Orders(preview)) => {
                self.preview(preview, desk)
            }
            Stage::Shown(Found::Package(preview)) => package::view(preview, false),
            Stage::Taking(Found::Package(preview)) => package::view(preview, true),
            Stage::Done(Stored::Orders(report)) => done(report),
            Stage::Choosing | Stage::Done(Stored::Package(_)) => self.intake.choose(Message::File, None),
        };
        panel::page(Column::new().spacing(spacing::M).push(title).push(self.intake.trouble()).push(body))
    }

    fn preview<'a>(&'a self, preview: &'a Preview, desk: &Desk) -> Element<'a, Message> {
        let tabs = segmented::tabs(
            [
                (Tab::Bad, tr!("import-tab-bad", count = preview.bad)),
                (Tab::Warned, tr!("import-tab-warned", count = preview.warned)),
                (Tab::Good, tr!("import-tab-good", count = (preview.good - preview.warned))),
            ],
            self.tab,
            Message::Tab,
        );
        let bad = (preview.bad_rows.len(), preview.bad);
        let warned = (preview.warned_rows.len(), preview.warned);
        let list = match self.tab {
            Tab::Bad => self.findings(&self.problems, bad, tr!("import-none-bad"), Ink::Bad),
            Tab::Warned => self.findings(&self.warnings, warned, tr!("import-none-warned"), Ink::Care),
            Tab::Good => self.good(preview),
        };
        let list = Column::new().push(tabs).push(list);
        Column::new()
            .spacing(spacing::M)
            .push(trouble_of_file(preview))
            .push(taken_before(preview, desk))
            .push(panel::panel(summary(preview)))
            .push(panel::bare_panel(list).height(Length::Fill))
            .push(self.chosen())
            .push(self.buttons(preview))
            .height(Length::Fill)
            .into()
    }

    /// A list of findings on `shown` rows of the file, of `all` that there are.
    fn findings<'a>(
        &'a self,
        findings: &'a [Finding],
        (shown, all): (usize, u32),
        none: String,
        ink: Ink,
    ) -> Element<'a, Message> {
        if findings.is_empty() {
            return empty::empty(none, "", None);
        }
        let rows = table::rows(findings.len(), move |row, column| {
            let Some(found) = findings.get(row) else { return Cell::empty() };
            match column {
                0 => Cell::dim(found.line.to_string()),
                1 => Cell::text(found.payee.as_str()),
                2 => Cell::text(found.amount.as_str()),
                3 => Cell::dim(found.field.as_str()),
                _ => Cell::ink(found.words.as_str(), ink),
            }
        });
        let columns = [
            column(0, tr!("import-column-line")).fixed(64.0).right(),
            column(1, tr!("order-payee")).fill(2),
            column(2, tr!("order-amount")).fixed(120.0).right(),
            column(3, tr!("import-column-field")).fixed(184.0),
            column(4, tr!("import-column-problem")).fill(4),
        ];
        let mut list = table::table(columns, rows)
            .id("import-list")
            .selection(&self.selection)
            .single()
            .on_pick(Message::Picked);
        if shown < all as usize {
            list = list.footer([(1, Cell::hint(tr!("import-first-rows", count = shown)))]);
        }
        list.into()
    }

    fn good<'a>(&'a self, preview: &'a Preview) -> Element<'a, Message> {
        if preview.good_rows.is_empty() {
            return empty::empty(tr!("import-none-good"), "", None);
        }
        let rows = table::rows(preview.good_rows.len(), move |row, column| {
            let Some(good) = preview.good_rows.get(row) else { return Cell::empty() };
            match column {
                0 => Cell::dim(good.line.to_string()),
                1 => Cell::text(good.payee.as_str()),
                2 => Cell::dim(group_while_typing(&good.target)),
                _ => Cell::text(report::amount(&good.amount)),
            }
        });
        let columns = [
            column(0, tr!("import-column-line")).fixed(64.0).right(),
            column(1, tr!("order-payee")).fill(3),
            column(2, tr!("partner-column-target")).fill(3),
            column(3, tr!("order-amount")).fixed(140.0).right(),
        ];
        let shown = preview.good_rows.len();
        let mut list = table::table(columns, rows)
            .id("import-list")
            .selection(&self.selection)
            .single()
            .on_pick(Message::Picked);
        if shown < (preview.good - preview.warned) as usize {
            list = list.footer([(1, Cell::hint(tr!("import-first-rows", count = shown)))]);
        }
        list.into()
    }

    /// The whole text of the picked line: the table cuts what is long.
    fn chosen(&self) -> Option<Element<'_, Message>> {
        let findings = match self.tab {
            Tab::Bad => &self.problems,
            Tab::Warned => &self.warnings,
            Tab::Good => return None,
        };
        let found = findings.get(self.selection.cursor()?)?;
        let title = tr!("import-report-line", line = found.line, payee = found.payee.as_str());
        let title = if found.field.is_empty() { title } else { format!("{title} · {}", found.field) };
        let tone = if self.tab == Tab::Bad { Tone::Bad } else { Tone::Care };
        Some(banner::banner(tone, title, found.words.as_str(), None))
    }

    fn buttons<'a>(&'a self, preview: &'a Preview) -> Element<'a, Message> {
        let idle = !self.intake.is_taking();
        let mut row = Row::new().spacing(spacing::M).align_y(Alignment::Center);
        let again = preview.earlier.is_some().then(|| preview.again().least_choice()).flatten();
        if let Some(choice) = again {
            // What would be paid twice is not a matter of a key that is pressed by habit.
            let take = idle.then_some(Message::TakeAgain(choice));
            let label = tr!("import-take-again", count = preview.good);
            row = row.push(button::danger(label).id("import-take").on_press_maybe(take));
        } else if let Some(choice) = preview.least_choice() {
            let take = idle.then_some(Message::Take(choice));
            row = row.push(take_button(choice, preview.good).id("import-take").on_press_maybe(take));
        }
        let any = match self.tab {
            Tab::Warned => !self.warnings.is_empty(),
            Tab::Bad | Tab::Good => !self.problems.is_empty(),
        };
        row.push(
            button::secondary(tr!("import-report"))
                .id("import-report")
                .shortcut("Ctrl+E")
                .tooltip(tr!("import-report-help"))
                .on_press_maybe((any && idle).then_some(Message::Report)),
        )
        .push(space::horizontal())
        .push(
            button::secondary(tr!("cancel"))
                .id("import-cancel")
                .shortcut("Esc")
                .on_press_maybe(idle.then_some(Message::File(intake::Message::Cancel))),
        )
        .into()
    }
}

/// Says that the file was taken before.
fn taken_before<'a>(preview: &Preview, desk: &Desk) -> Option<Element<'a, Message>> {
    let earlier = preview.earlier.as_ref()?;
    let at = desk.local(earlier.at);
    let (file, day, time) = (earlier.file.as_str(), format::date(at.date()), format::time(at));
    let words = if earlier.same_bytes {
        tr!("import-again-bytes", file = file, day = day, time = time)
    } else {
        tr!("import-again-content", file = file, day = day, time = time)
    };
    Some(banner::banner(Tone::Bad, tr!("import-again-title"), words, None))
}

/// The button that takes the rows. What is taken in spite of the file's own totals is not a matter of a key that is
/// pressed by habit.
fn take_button(choice: ImportChoice, good: u32) -> Button<Message> {
    match choice {
        ImportChoice::All => button::primary(tr!("import-take-all", count = good)).shortcut("Ctrl+S"),
        ImportChoice::OnlyGood => button::primary(tr!("import-take-good", count = good)).shortcut("Ctrl+S"),
        ImportChoice::AllDespiteTotals => button::danger(tr!("import-take-all-despite", count = good)),
        ImportChoice::OnlyGoodDespiteTotals => button::danger(tr!("import-take-good-despite", count = good)),
    }
}

/// Why the file is not to be trusted as a whole, if it is not.
fn trouble_of_file(preview: &Preview) -> Option<Element<'_, Message>> {
    match &preview.end {
        Err(error) => Some(trouble::note(tr!("import-broken"), error)),
        Ok(end) if !end.is_consistent() => {
            let mut words: Vec<String> = end.broken().map(|promise| explain(promise)).collect();
            words.push(tr!("import-inconsistent-help"));
            Some(banner::banner(Tone::Bad, tr!("import-inconsistent"), words.join(" "), None))
        }
        Ok(_) => None,
    }
}

fn figure<'a>(label: String, value: impl Into<String>, ink: Ink) -> Element<'a, Message> {
    Column::new()
        .spacing(spacing::XS)
        .push(text::hint(label).dim().one_line())
        .push(text::strong(value.into()).ink(ink).one_line())
        .into()
}

fn summary(preview: &Preview) -> Element<'_, Message> {
    let file = preview.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (format, encoding) = match &preview.end {
        Ok(end) => (format_name(end.format), end.encoding.name().to_owned()),
        Err(_) => ("–".to_owned(), "–".to_owned()),
    };
    let count = |n: u32| format::count(n as usize);
    let bad = if preview.bad > 0 { Ink::Bad } else { Ink::Inherit };
    let warned = if preview.warned > 0 { Ink::Care } else { Ink::Inherit };
    let figures = Row::new()
        .spacing(spacing::FIGURES)
        .push(figure(tr!("import-file"), file, Ink::Inherit))
        .push(figure(tr!("import-format"), format, Ink::Inherit))
        .push(figure(tr!("import-encoding"), encoding, Ink::Inherit))
        .push(figure(tr!("import-good"), count(preview.good), Ink::Inherit))
        .push(figure(tr!("import-total"), format::money(preview.total), Ink::Inherit))
        .push(figure(tr!("import-bad"), count(preview.bad), bad))
        .push(figure(tr!("import-warned"), count(preview.warned), warned));
    Column::new()
        .spacing(spacing::S)
        .push(figures)
        .push(preview.end.as_ref().ok().and_then(|end| promises(end, preview.scheduled)))
        .into()
}

fn format_name(format: Detected) -> String {
    match format {
        Detected::Pain001 { version: PainVersion::V03 } => "pain.001.001.03".to_owned(),
        Detected::Pain001 { version: PainVersion::V09 } => "pain.001.001.09".to_owned(),
        Detected::ElectraXml => "Electra HUF XML".to_owned(),
        Detected::PackageDocument => tr!("carrier-package"),
        Detected::Unknown => "–".to_owned(),
    }
}

/// What the file says of itself, and whether it is true.
fn promises(end: &ImportEnd, scheduled: Option<NaiveDate>) -> Option<Element<'_, Message>> {
    let said = |promise: &Promise, label: String, money: bool| -> (String, bool) {
        let show = |text: &str| if money { report::amount(text) } else { text.to_owned() };
        let (declared, found) = (show(&promise.declared), show(&promise.found));
        let kept = promise.is_kept();
        let words = if kept {
            tr!("import-promise-kept", what = label, declared = declared)
        } else {
            tr!("import-promise-broken", what = label, declared = declared, found = found)
        };
        (words, kept)
    };
    let count = end.count.as_ref().map(|promise| said(promise, tr!("import-promise-count"), false));
    let sum = end.sum.as_ref().map(|promise| said(promise, tr!("import-promise-sum"), true));
    let mut row = Row::new().spacing(spacing::XL);
    let mut any = false;
    for (words, kept) in count.into_iter().chain(sum) {
        let words = text::hint(words);
        row = row.push(if kept { words.good() } else { words.bad() });
        any = true;
    }
    if let Some(day) = end.scheduled {
        let words = match scheduled {
            Some(_) => text::hint(tr!("import-scheduled", date = format::date(day))).dim(),
            None => text::hint(tr!("import-scheduled-past", date = format::date(day))).care(),
        };
        row = row.push(words);
        any = true;
    }
    any.then(|| row.into())
}

fn done(report: &ImportReport) -> Element<'_, Message> {
    let total = format::money(report.total);
    let packages = report.packages.len();
    let mut content = Column::new()
        .spacing(spacing::L)
        .push(text::detail_title(tr!("import-done", count = report.orders, total = total)))
        .push(text::body(tr!("import-done-packages", count = packages)));
    if report.left_behind > 0 {
        content = content.push(text::body(tr!("import-left-behind", count = report.left_behind)).care());
    }
    let buttons = Row::new()
        .spacing(spacing::M)
        .push(
            button::primary(tr!("import-open"))
                .id("import-open")
                .on_press(Message::Open(report.packages.first().copied())),
        )
        .push(
            button::secondary(tr!("import-another"))
                .id("import-another")
                .on_press(Message::File(intake::Message::Cancel)),
        );
    card(content.push(buttons))
}
