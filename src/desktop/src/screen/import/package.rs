//! A package in a file of its own (`.kapocs`): what is in it, who signed it and whether that holds, then the whole of
//! it or nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use client::{Client, ClientError, PackageFilePreview, Taken, formats::package_file, texts};
use iced::widget::space;
use iced::{Alignment, Length, Task};

use super::{Action, Import, Message, Stage};
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, banner, button, panel, spacing, text};
use crate::go::Go;
use crate::screen::ask::Question;
use crate::screen::notice::Notice;
use crate::shared::Shared;
use crate::texts::explain;
use crate::{format, tr};

/// Whether the file's name says that it is one.
pub(super) fn is_one(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(package_file::EXTENSION))
}

impl Import {
    pub(super) fn read_package(&mut self, client: Client, path: PathBuf) -> Action {
        let question = self.question;
        let read = async move { client.preview_package_file(path).await };
        let read = Task::perform(read, move |seen| {
            Message::PackageSeen(question, seen.map(Arc::new).map_err(Arc::new))
        });
        self.start(read)
    }

    pub(super) fn package_seen(
        &mut self,
        result: Result<Arc<PackageFilePreview>, Arc<ClientError>>,
    ) -> Action {
        self.work = None;
        match result {
            Ok(preview) => self.stage = Stage::Package(preview),
            Err(error) => {
                self.stage = Stage::Choosing;
                self.trouble = Some(explain(&*error));
            }
        }
        Action::None
    }

    pub(super) fn take_package(&mut self, shared: &Shared) -> Action {
        let Stage::Package(preview) = &self.stage else { return Action::None };
        if preview.obstacle.is_some() {
            return Action::None;
        }
        let (client, preview, question) = (shared.client.clone(), Arc::clone(preview), Question::ask());
        self.question = question;
        self.trouble = None;
        self.stage = Stage::TakingPackage(Arc::clone(&preview));
        let take = async move { client.take_package_file(&preview).await };
        // Not abortable: whether a stopped transaction was stored could not be told.
        Action::Run(Task::perform(take, move |taken| {
            Message::PackageTaken(question, taken.map_err(Arc::new))
        }))
    }

    pub(super) fn package_taken(&mut self, result: Result<Taken, Arc<ClientError>>) -> Action {
        match (result, std::mem::replace(&mut self.stage, Stage::Choosing)) {
            (Ok(taken), _) => {
                let words = tr!("package-file-taken", name = taken.name, signatures = taken.signers.len());
                let go = Go::Prepared(Some(taken.package));
                Action::Say(Notice::good(words).leading_to(tr!("import-open"), go))
            }
            (Err(error), stage) => {
                if let Stage::TakingPackage(preview) = stage {
                    self.stage = Stage::Package(preview);
                }
                self.trouble = Some(explain(&*error));
                Action::None
            }
        }
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
        .on_press_maybe((!busy).then_some(Message::Cancel));
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
    let money = |sum: &client::domain::Money| format::money(sum.amount(), sum.currency().code());
    let mut lines: Vec<(String, Element<'_, Message>)> = vec![
        line(tr!("package-file-name"), preview.name.clone()),
        line(tr!("package-file-customer"), format!("{} ({})", preview.customer_name, preview.customer)),
        line(tr!("package-file-count"), preview.count.to_string()),
    ];
    for (account, sum) in &preview.debits {
        lines.push(line(tr!("package-file-debit", account = account.to_string()), money(sum)));
    }
    let total: Vec<String> = preview.total.iter().map(money).collect();
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
