//! A package in a file of its own (`.kapocs`): what is in it, who signed it and whether that holds, then the whole of
//! it or nothing.

use std::path::Path;

use client::{PACKAGE_FILE_EXTENSION, PackageFilePreview, texts};
use iced::widget::space;
use iced::{Alignment, Length};

use super::{Action, Found, Import, Message, Stored};
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, banner, button, panel, spacing, text};
use crate::desk::Desk;
use crate::screen::intake;
use crate::{format, tr};

/// Whether the file's name says that it is one.
pub(super) fn is_one(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(PACKAGE_FILE_EXTENSION))
}

impl Import {
    pub(super) fn take_package(&mut self, desk: &Desk) -> Action<Message> {
        let Some(Found::Package(preview)) = self.intake.shown().cloned() else { return Action::none() };
        if preview.obstacle.is_some() {
            return Action::none();
        }
        let client = desk.client.clone();
        let take = async move { client.take_package_file(&preview).await.map(Stored::Package) };
        Action::run(self.intake.take(take).map(Message::File))
    }
}

/// The word for it beside the title.
pub(super) fn state(preview: &PackageFilePreview) -> (Tone, String) {
    match preview.obstacle {
        None => (Tone::Good, tr!("package-file-good")),
        Some(_) => (Tone::Bad, tr!("package-file-bad")),
    }
}

/// What is in the file.
pub(super) fn view(preview: &PackageFilePreview, busy: bool) -> Element<'_, Message> {
    let obstacle = preview.obstacle.map(|code| {
        banner::banner(Tone::Bad, tr!("package-file-bad"), texts::text(code, &[]), None::<Element<'_, _>>)
    });
    let invalid = (!preview.invalid.is_empty()).then(|| {
        let mut why: Vec<String> = preview.invalid.iter().map(|code| texts::text(code, &[])).collect();
        why.dedup();
        let words = tr!("package-file-invalid", count = preview.invalid.len(), why = why.join(" "));
        banner::banner(Tone::Care, tr!("package-file-invalid-title"), words, None::<Element<'_, _>>)
    });
    let take = button::primary(tr!("package-file-take"))
        .id("package-file-take")
        .shortcut("Ctrl+S")
        .on_press_maybe((!busy && preview.obstacle.is_none()).then_some(Message::TakePackage));
    let cancel = button::secondary(tr!("cancel"))
        .id("import-cancel")
        .shortcut("Esc")
        .on_press_maybe((!busy).then_some(Message::File(intake::Message::Cancel)));
    let buttons = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(space::horizontal())
        .push(cancel)
        .push(take);
    Column::new()
        .spacing(spacing::M)
        .push(obstacle)
        .push(invalid)
        .push(panel::panel(facts(preview)).width(Length::Fill))
        .push(buttons)
        .into()
}

fn facts(preview: &PackageFilePreview) -> Element<'_, Message> {
    let line = |key: String, value: String| (key, text::body(value).into());
    let mut lines: Vec<(String, Element<'_, Message>)> = vec![
        line(tr!("package-file-name"), preview.name.clone()),
        line(tr!("package-file-customer"), format!("{} ({})", preview.customer_name, preview.customer)),
        line(tr!("package-file-count"), preview.count.to_string()),
    ];
    for (account, sum) in &preview.debits {
        lines.push(line(tr!("package-file-debit", account = account.to_string()), format::money(*sum)));
    }
    let total: Vec<String> = preview.total.iter().copied().map(format::money).collect();
    lines.push(line(tr!("package-file-total"), total.join(", ")));
    if let Some(day) = preview.scheduled {
        lines.push(line(tr!("package-file-scheduled"), format::date(day)));
    }
    let signers = match preview.signers.as_slice() {
        [] => tr!("package-file-unsigned"),
        signers => signers.join(", "),
    };
    lines.push(line(tr!("package-file-signers"), signers));
    panel::key_values(lines)
}
