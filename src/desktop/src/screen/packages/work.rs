//! What the buttons of the place do, and what is said when it is done.

use std::path::PathBuf;

use client::domain::submission::SubmissionState;
use client::domain::{OrderId, PackageId, PackageState};
use client::{Client, ClientError, ExportFormat, Pacing};
use iced::Task;

use super::dialogs::{self, Confirmed, Decision, Dialog};
use super::sending::{self, Sending};
use super::share_work::HandedOver;
use super::{Action, Message, Packages, Sheet, words};
use crate::design::keys;
use crate::design::theme::Tone;
use crate::go::{Go, NewOrder};
use crate::shared::Shared;
use crate::texts::explain;
use crate::{format, tr};

/// Something that a button asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// F8.
    Sign,
    /// F9.
    Send,
    /// The second pair of eyes.
    Check,
    /// One step back.
    Withdraw,
    /// F7: into the shared area.
    Share,
    /// Back out of it.
    WithdrawShared,
    /// Another name.
    Rename,
    /// A day.
    Plan,
    /// One more order in this package.
    AddOrder,
    /// To a file.
    Export(ExportFormat),
    /// The chosen packages.
    Delete,
    /// The chosen orders.
    RemoveOrders,
    /// A package for each order.
    Split,
    /// A new order in a package of its own.
    NewOrder,
    /// From a file.
    Import,
}

/// What has been done.
#[derive(Debug, Clone)]
pub enum Done {
    /// A change of packages: what to say, or why it was not done.
    Changed(Result<Option<String>, String>),
    /// Packages have left, or not.
    Sent(Vec<SentOne>),
    /// Packages were put into the shared area or taken back, or not.
    HandedOver(Vec<HandedOver>),
    /// A file was written (or the dialog was left): the path and what it could not carry.
    Exported(Result<Option<(String, Vec<String>)>, String>),
}

/// How sending one package ended.
#[derive(Debug, Clone)]
pub struct SentOne {
    package: PackageId,
    name: String,
    result: Result<SubmissionState, String>,
}

impl Packages {
    /// Starts what a button asks for; a package that does not allow it is left alone.
    pub(super) fn start(&mut self, work: Work, shared: &Shared) -> Action {
        if self.busy.is_some() {
            return Action::None;
        }
        match work {
            Work::NewOrder => Action::Go(Go::NewOrder(NewOrder::Blank)),
            Work::Import => Action::Go(Go::Import),
            Work::Sign => self.open_signing(shared),
            Work::Send => self.open_sending(shared),
            Work::Check => self.run(work, shared, |client, id| async move {
                client.check_package(id).await.map(|()| Some(tr!("done-checked")))
            }),
            Work::Withdraw => self.withdraw(shared),
            Work::Share => self.ask_share(shared),
            Work::WithdrawShared => self.withdraw_shared(shared),
            Work::Rename => match &self.detail {
                Some(detail) if self.may_edit() => {
                    let name = detail.header.name.to_string();
                    self.show(Dialog::rename(name))
                }
                _ => Action::None,
            },
            Work::Plan => match &self.detail {
                Some(detail) if self.may_edit() => {
                    let day = detail.header.scheduled;
                    self.show(Dialog::plan(day))
                }
                _ => Action::None,
            },
            Work::AddOrder => match self.open {
                Some(id) if self.may_edit() => Action::Go(Go::NewOrder(NewOrder::In(id))),
                _ => Action::None,
            },
            Work::Export(format) => self.export(format, shared),
            Work::Delete => self.ask_delete(),
            Work::RemoveOrders => self.ask_remove(),
            Work::Split => self.ask_split(),
        }
    }

    pub(super) fn allows(&self, action: client::Action) -> bool {
        self.detail.as_ref().is_some_and(|detail| detail.actions.contains(&action))
    }

    pub(super) fn show(&mut self, dialog: Dialog) -> Action {
        self.sheet = Some(Sheet::Dialog(dialog));
        Action::Run(keys::focus(dialogs::FIRST))
    }

    pub(super) fn confirm(&mut self, what: Confirmed, words: [String; 3]) -> Action {
        self.show(Dialog::Confirm { what, words })
    }

    fn open_sending(&mut self, shared: &Shared) -> Action {
        match &self.ready()[..] {
            [] => Action::None,
            [one] => self.send(vec![*one], Pacing::Together, shared),
            several => {
                let (sending, task) = Sending::new(several.to_vec(), shared);
                self.sheet = Some(Sheet::Sending(sending));
                Action::Run(task.map(Message::Sending))
            }
        }
    }

    /// The chosen packages that may leave.
    pub(super) fn ready(&self) -> Vec<PackageId> {
        self.chosen().filter(|p| p.state == PackageState::Signed).map(|p| p.header.id).collect()
    }

    /// The chosen packages that may be deleted.
    pub(super) fn deletable(&self) -> Vec<PackageId> {
        self.chosen().filter(|p| !is_closed(p.state)).map(|p| p.header.id).collect()
    }

    fn ask_delete(&mut self) -> Action {
        let ids = self.deletable();
        let chosen: Vec<&client::ListedPackage> =
            self.chosen().filter(|package| ids.contains(&package.header.id)).collect();
        let sum = words::sums(chosen.iter().map(|package| package.total));
        let words = match &chosen[..] {
            [] => return Action::None,
            [one] => {
                let name = one.header.name.to_string();
                tr!("delete-words", name = name, items = words::items(one.count), sum = sum)
            }
            several => tr!("delete-several-words", count = format::count(several.len()), sum = sum),
        };
        self.confirm(Confirmed::DeletePackages, [tr!("delete-title"), words, tr!("packages-delete")])
    }

    fn ask_remove(&mut self) -> Action {
        let Some(detail) = self.detail.clone().filter(|_| self.may_remove_orders()) else {
            return Action::None;
        };
        let orders: Vec<_> = self.orders.iter().filter_map(|row| detail.orders.get(row)).collect();
        let sum = words::sum_of(orders.iter().map(|shown| &shown.order));
        let words = match &orders[..] {
            [] => return Action::None,
            [one] => tr!("remove-words", payee = one.order.beneficiary.label(), sum = sum),
            several => tr!("remove-several-words", count = format::count(several.len()), sum = sum),
        };
        self.confirm(Confirmed::RemoveOrders, [tr!("remove-title"), words, tr!("remove-accept")])
    }

    fn ask_split(&mut self) -> Action {
        let Some(detail) = self.detail.clone().filter(|_| self.may_edit()) else { return Action::None };
        let words = tr!("split-words", count = format::count(detail.count as usize));
        self.confirm(Confirmed::Split, [tr!("split-title"), words, tr!("split-accept")])
    }

    /// Runs one change of the open package.
    pub(super) fn run<F>(
        &mut self,
        work: Work,
        shared: &Shared,
        call: impl FnOnce(Client, PackageId) -> F + Send + 'static,
    ) -> Action
    where
        F: Future<Output = Result<Option<String>, ClientError>> + Send + 'static,
    {
        let Some(id) = self.open else { return Action::None };
        self.busy = Some(work);
        let answer = call(shared.client.clone(), id);
        Action::Run(Task::perform(answer, |answer| {
            Message::Done(Done::Changed(answer.map_err(|error| explain(&error))))
        }))
    }

    /// Sends packages; each that left is told of.
    pub(super) fn send(&mut self, packages: Vec<PackageId>, pacing: Pacing, shared: &Shared) -> Action {
        if shared.user.is_none() {
            return Action::Toast(Tone::Care, explain(&ClientError::NotLoggedIn));
        }
        self.busy = Some(Work::Send);
        let names: Vec<(PackageId, String)> = packages
            .iter()
            .filter_map(|id| self.row_of(*id).map(|row| (*id, self.list[row].header.name.to_string())))
            .collect();
        let client = shared.client.clone();
        Action::Run(Task::perform(
            async move {
                let outcomes = client.send(packages, pacing).await;
                let name = |id| names.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone());
                outcomes
                    .into_iter()
                    .map(|outcome| SentOne {
                        package: outcome.package,
                        name: name(outcome.package).unwrap_or_default(),
                        result: outcome.result.map_err(|error| explain(&error)),
                    })
                    .collect()
            },
            |sent| Message::Done(Done::Sent(sent)),
        ))
    }

    fn export(&mut self, format: ExportFormat, shared: &Shared) -> Action {
        let Some(detail) = &self.detail else { return Action::None };
        let (client, id) = (shared.client.clone(), detail.header.id);
        let name = file_name(detail.header.name.as_str(), format);
        self.busy = Some(Work::Export(format));
        Action::Run(Task::perform(
            async move {
                let dialog = rfd::AsyncFileDialog::new()
                    .set_title(tr!("export-title"))
                    .set_file_name(name)
                    .add_filter(format.extension().to_uppercase(), &[format.extension()]);
                let Some(file) = dialog.save_file().await else { return Ok(None) };
                let path: PathBuf = file.path().to_owned();
                let warnings = client.export_package(id, format, path.clone()).await;
                let warnings = warnings.map_err(|error| explain(&error))?;
                let warnings = warnings
                    .iter()
                    .map(|warning| {
                        let field = words::code(warning.field.key());
                        let what = explain(&warning.kind);
                        tr!(
                            "export-warning",
                            position = warning.position.to_string(),
                            field = field,
                            what = what
                        )
                    })
                    .collect();
                Ok(Some((path.display().to_string(), warnings)))
            },
            |answer| Message::Done(Done::Exported(answer)),
        ))
    }

    /// Says what was done.
    pub(super) fn finish(&mut self, done: Done, shared: &Shared) -> Action {
        self.busy = None;
        let again = Action::Run(self.reload(shared));
        match done {
            Done::Changed(Ok(words)) => {
                let said = words.map(|words| Action::Toast(Tone::Good, words));
                Action::Several(said.into_iter().chain([again]).collect())
            }
            Done::Changed(Err(words)) | Done::Exported(Err(words)) => {
                Action::Several(vec![Action::Toast(Tone::Bad, words), again])
            }
            Done::Exported(Ok(None)) => Action::None,
            Done::Exported(Ok(Some((path, warnings)))) if warnings.is_empty() => {
                Action::Toast(Tone::Good, tr!("export-done", path = path))
            }
            Done::Exported(Ok(Some((path, warnings)))) => self.show(Dialog::Exported { path, warnings }),
            Done::HandedOver(all) => {
                Action::Several(all.iter().map(HandedOver::toast).chain([again]).collect())
            }
            Done::Sent(sent) => {
                let mut actions: Vec<Action> = sent.iter().map(SentOne::toast).collect();
                actions.push(again);
                // What is uncertain is followed among the sent ones.
                if let [only] = &sent[..]
                    && matches!(only.result, Ok(SubmissionState::Unknown))
                {
                    actions.push(Action::Go(Go::Sent(Some(only.package))));
                }
                Action::Several(actions)
            }
        }
    }

    pub(super) fn sending(&mut self, message: sending::Message, shared: &Shared) -> Action {
        let Some(Sheet::Sending(sending)) = &mut self.sheet else { return Action::None };
        match sending.update(message) {
            sending::Action::None => Action::None,
            sending::Action::Run(task) => Action::Run(task.map(Message::Sending)),
            sending::Action::Close => {
                self.sheet = None;
                Action::None
            }
            sending::Action::Send(packages, pacing) => {
                self.sheet = None;
                self.send(packages, pacing, shared)
            }
        }
    }

    pub(super) fn dialog(&mut self, message: dialogs::Message, shared: &Shared) -> Action {
        let Some(Sheet::Dialog(dialog)) = &mut self.sheet else { return Action::None };
        let decision = dialog.update(message, shared);
        if !matches!(decision, Decision::Open) {
            self.sheet = None;
        }
        match decision {
            Decision::Open | Decision::Close => Action::None,
            Decision::Rename(name) => self.run(Work::Rename, shared, move |client, id| async move {
                client.rename_package(id, name.to_string()).await.map(|()| None)
            }),
            Decision::Plan(day) => self.run(Work::Plan, shared, move |client, id| async move {
                client.plan_package(id, day).await.map(|()| None)
            }),
            Decision::Send => match self.open {
                Some(id) => self.send(vec![id], Pacing::Together, shared),
                None => Action::None,
            },
            Decision::Confirmed(Confirmed::Withdraw) => self.withdraw_now(shared),
            Decision::Confirmed(Confirmed::Split) => self.run(Work::Split, shared, |client, id| async move {
                let made = client.split_package(id).await?;
                Ok(Some(tr!("done-split", count = format::count(made.len()))))
            }),
            Decision::Confirmed(Confirmed::DeletePackages) => {
                let ids = self.deletable();
                self.run(Work::Delete, shared, move |client, _| async move {
                    for id in &ids {
                        client.delete_package(*id).await?;
                    }
                    Ok(Some(tr!("done-deleted", count = format::count(ids.len()))))
                })
            }
            Decision::Confirmed(Confirmed::RemoveOrders) => {
                let ids: Vec<OrderId> = self.orders.iter().filter_map(|row| self.order(row)).collect();
                self.run(Work::RemoveOrders, shared, move |client, _| async move {
                    for id in &ids {
                        client.remove_order(*id).await?;
                    }
                    Ok(Some(tr!("done-removed", count = format::count(ids.len()))))
                })
            }
        }
    }
}

/// Whether the copy is closed because the package was handed over.
fn is_closed(state: PackageState) -> bool {
    matches!(state, PackageState::InSharedArea | PackageState::TakenOver)
}

impl SentOne {
    fn toast(&self) -> Action {
        let name = self.name.as_str();
        let (tone, words) = match &self.result {
            Ok(SubmissionState::Received) => (Tone::Good, tr!("sent-received", name = name)),
            Ok(SubmissionState::Created | SubmissionState::Sending | SubmissionState::Unknown) => {
                (Tone::Care, tr!("sent-unknown", name = name))
            }
            Ok(SubmissionState::NeverSeen | SubmissionState::Refused) => {
                (Tone::Bad, tr!("sent-refused", name = name))
            }
            Err(words) => (Tone::Bad, tr!("sent-not-begun", name = name, why = words.as_str())),
        };
        Action::Toast(tone, words)
    }
}

/// A file's name from the package's: nothing that a file system would not take.
fn file_name(package: &str, format: ExportFormat) -> String {
    let name: String = package
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, ' ' | '-' | '_') { c } else { '_' })
        .collect();
    format!("{}.{}", name.trim(), format.extension())
}
