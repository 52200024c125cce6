//! What the buttons of the place do, and what is said when it is done.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use client::ExportWarning;
use client::texts::label;
use client::{Client, ClientError, ExportFormat, Pacing, SendOutcome};
use domain::submission::SubmissionState;
use domain::{PackageId, PackageState};
use iced::Task;

use super::dialogs::{self, Confirmed, Dialog};
use super::sending::{self, Sending};
use super::{About, Action, Message, Packages, Sheet, words};
use crate::design::keys;
use crate::desk::Desk;
use crate::go::{Go, NewOrder};
use crate::screen::ask::{Answer, ask};
use crate::screen::notice::Notice;
use crate::texts::explain;
use crate::{format, tr};

/// Something that a button asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// F8.
    Sign,
    /// F9.
    Send,
    /// The second pair of eyes.
    Check,
    Withdraw,
    /// F7: into the shared area.
    Share,
    /// Back out of it.
    WithdrawShared,
    Rename,
    Plan,
    /// One more order in this package.
    AddOrder,
    Export(ExportFormat),
    Delete,
    RemoveOrders,
    /// A package for each order.
    Split,
    /// A new order in a package of its own.
    NewOrder,
    Import,
}

/// What has been done.
#[derive(Debug, Clone)]
pub(crate) enum Done {
    /// A change of packages: what to say, or why it was not done.
    Changed(Answer<Option<String>>),
    /// Packages have left, or not.
    Sent(Vec<SentOne>),
    /// Packages were put into the shared area or taken back, or not.
    HandedOver(Vec<HandedOver>),
    /// A package was split into these, or not.
    Split(Answer<Vec<PackageId>>),
    /// A file was written (or the dialog was left): the path and what it could not carry.
    Exported(Answer<Option<(String, Vec<ExportWarning>)>>),
}

/// How sending one package ended.
#[derive(Debug, Clone)]
pub(crate) struct SentOne {
    pub(super) package: PackageId,
    /// Its name, how many orders, and their total, in words.
    pub(super) what: String,
    pub(super) result: Answer<SubmissionState>,
}

/// How parking or withdrawing one package ended.
#[derive(Debug, Clone)]
pub(crate) struct HandedOver {
    pub(super) name: String,
    /// Whether the bank has answered.
    pub(super) result: Answer<bool>,
    pub(super) withdrawn: bool,
}

impl Packages {
    /// Starts what a button asks for; a package that does not allow it is left alone.
    pub(super) fn start(&mut self, work: Work, desk: &Desk) -> Action<Message> {
        if !self.busy.is_free() {
            return Action::none();
        }
        match work {
            Work::NewOrder => Action::go(Go::NewOrder(NewOrder::Blank)),
            Work::Import => Action::go(Go::Import),
            Work::Sign => self.open_signing(desk),
            Work::Send => self.open_sending(desk),
            Work::Check => self.run_here(work, desk, |client, id| async move {
                client.check_package(id).await.map(|()| Some(tr!("done-checked")))
            }),
            Work::Withdraw => self.withdraw(desk),
            Work::Share => self.ask_share(desk),
            Work::WithdrawShared => self.withdraw_shared(desk),
            Work::Rename => match self.detail() {
                Some(detail) if self.may_edit() => {
                    let name = detail.header.name.to_string();
                    self.show(Dialog::rename(name))
                }
                _ => Action::none(),
            },
            Work::Plan => match self.detail() {
                Some(detail) if self.may_edit() => {
                    let day = detail.header.scheduled;
                    self.show(Dialog::plan(day))
                }
                _ => Action::none(),
            },
            Work::AddOrder => match self.detail() {
                Some(detail) if self.may_edit() => {
                    Action::go(Go::order(detail.header.order_type, NewOrder::In(detail.header.id)))
                }
                _ => Action::none(),
            },
            Work::Export(format) => self.export(format, desk),
            Work::Delete => self.ask_delete(),
            Work::RemoveOrders => self.ask_remove(),
            Work::Split => self.ask_split(),
        }
    }

    pub(super) fn allows(&self, action: client::Action) -> bool {
        self.detail().is_some_and(|detail| detail.actions.contains(&action))
    }

    /// Shows a small sheet about the open package.
    pub(super) fn show(&mut self, dialog: Dialog) -> Action<Message> {
        let packages = self.browse.open_id().into_iter().collect();
        self.show_about(dialog, About { packages, orders: Vec::new() })
    }

    pub(super) fn show_about(&mut self, dialog: Dialog, about: About) -> Action<Message> {
        self.sheet = Some(Sheet::Dialog(dialog, about));
        Action::run(keys::focus(dialogs::FIRST))
    }

    pub(super) fn confirm(&mut self, what: Confirmed, words: [String; 3]) -> Action<Message> {
        self.show(Dialog::Confirm { what, words })
    }

    fn open_sending(&mut self, desk: &Desk) -> Action<Message> {
        match &self.ready()[..] {
            // Where only the right is missing, the key says so.
            [] if self.chosen().any(|package| package.state == PackageState::Signed) => {
                Action::say(Notice::care(explain(&ClientError::MayNotHandle)))
            }
            [] => Action::none(),
            [one] => self.send(vec![*one], Pacing::Together, desk),
            several => {
                let (sending, task) = Sending::new(several.to_vec(), desk);
                self.sheet = Some(Sheet::Sending(sending));
                Action::run(task.map(Message::Sending))
            }
        }
    }

    /// The chosen packages that may leave.
    pub(super) fn ready(&self) -> Vec<PackageId> {
        let may_leave = |p: &&client::ListedPackage| p.state == PackageState::Signed && p.rights.handle;
        self.chosen().filter(may_leave).map(|p| p.header.id).collect()
    }

    /// The chosen packages that may be deleted.
    pub(super) fn deletable(&self) -> Vec<PackageId> {
        self.chosen().filter(|p| is_open(p.state) && p.rights.record).map(|p| p.header.id).collect()
    }

    fn ask_delete(&mut self) -> Action<Message> {
        let ids = self.deletable();
        let chosen: Vec<&client::ListedPackage> =
            self.chosen().filter(|package| ids.contains(&package.header.id)).collect();
        let sum = words::sums(chosen.iter().map(|package| package.total));
        let words = match &chosen[..] {
            [] => return Action::none(),
            [one] => {
                let name = one.header.name.to_string();
                let extent = words::extent(one.count, one.total);
                tr!("delete-words", name = name, extent = extent)
            }
            several if sum.is_empty() => tr!("delete-changes-words", count = format::count(several.len())),
            several => tr!("delete-several-words", count = format::count(several.len()), sum = sum),
        };
        let title = if ids.len() == 1 { tr!("delete-title") } else { tr!("delete-title-several") };
        let words = [title, words, tr!("packages-delete")];
        let about = About { packages: ids, orders: Vec::new() };
        self.show_about(Dialog::Confirm { what: Confirmed::DeletePackages, words }, about)
    }

    fn ask_remove(&mut self) -> Action<Message> {
        let Some(detail) = self.detail().cloned().filter(|_| self.may_remove_orders()) else {
            return Action::none();
        };
        let orders: Vec<_> = self.orders.iter().filter_map(|row| detail.orders.get(row)).collect();
        let sum = words::sum_of(orders.iter().map(|shown| &shown.order));
        let words = match &orders[..] {
            [] => return Action::none(),
            [one] if sum.is_empty() => tr!("remove-change-words", what = label(&one.order.face())),
            [one] => tr!("remove-words", payee = label(&one.order.face()), sum = sum),
            several if sum.is_empty() => tr!("remove-changes-words", count = format::count(several.len())),
            several => tr!("remove-several-words", count = format::count(several.len()), sum = sum),
        };
        let ids = orders.iter().map(|shown| shown.order.id()).collect();
        let about = About { packages: vec![detail.header.id], orders: ids };
        let words = [tr!("remove-title"), words, tr!("remove-accept")];
        self.show_about(Dialog::Confirm { what: Confirmed::RemoveOrders, words }, about)
    }

    fn ask_split(&mut self) -> Action<Message> {
        let Some(detail) = self.detail().cloned().filter(|_| self.may_edit()) else { return Action::none() };
        let words = tr!("split-words", count = format::count(detail.count as usize));
        self.confirm(Confirmed::Split, [tr!("split-title"), words, tr!("split-accept")])
    }

    /// Runs one change of the open package.
    fn run_here<F>(
        &mut self,
        work: Work,
        desk: &Desk,
        call: impl FnOnce(Client, PackageId) -> F + Send + 'static,
    ) -> Action<Message>
    where
        F: Future<Output = Result<Option<String>, ClientError>> + Send + 'static,
    {
        match self.browse.open_id() {
            Some(id) => self.run(work, id, desk, call),
            None => Action::none(),
        }
    }

    /// Runs one change of a package.
    pub(super) fn run<F>(
        &mut self,
        work: Work,
        id: PackageId,
        desk: &Desk,
        call: impl FnOnce(Client, PackageId) -> F + Send + 'static,
    ) -> Action<Message>
    where
        F: Future<Output = Result<Option<String>, ClientError>> + Send + 'static,
    {
        self.busy.begin(work, vec![id]);
        let answer = call(desk.client.clone(), id);
        Action::run(ask(answer, |answer| Message::Done(Done::Changed(answer))))
    }

    /// Sends packages; each that left is told of.
    pub(super) fn send(&mut self, packages: Vec<PackageId>, pacing: Pacing, desk: &Desk) -> Action<Message> {
        if desk.user.is_none() {
            return Action::say(Notice::care(explain(&ClientError::NotLoggedIn)));
        }
        self.busy.begin(Work::Send, packages.clone());
        let told: HashMap<PackageId, String> = packages
            .iter()
            .filter_map(|id| self.browse.by_id(*id))
            .map(|package| (package.header.id, words::whole(package)))
            .collect();
        let client = desk.client.clone();
        Action::run(Task::perform(
            async move {
                let outcomes = client.send(packages, pacing).await;
                let of = |outcome: SendOutcome| {
                    let what = told.get(&outcome.package).cloned().unwrap_or_default();
                    SentOne { package: outcome.package, what, result: outcome.result.map_err(Arc::new) }
                };
                outcomes.into_iter().map(of).collect()
            },
            |sent| Message::Done(Done::Sent(sent)),
        ))
    }

    fn export(&mut self, format: ExportFormat, desk: &Desk) -> Action<Message> {
        let Some(detail) = self.detail() else { return Action::none() };
        let (client, id) = (desk.client.clone(), detail.header.id);
        let name = desk.file_name(&file_name(detail.header.name.as_str(), format));
        self.busy.begin(Work::Export(format), vec![id]);
        let export = async move {
            let dialog = rfd::AsyncFileDialog::new()
                .set_title(tr!("export-title"))
                .set_file_name(name)
                .add_filter(format.extension().to_uppercase(), &[format.extension()]);
            let Some(file) = dialog.save_file().await else { return Ok(None) };
            let path: PathBuf = file.path().to_owned();
            let warnings = client.export_package(id, format, path.clone()).await?;
            Ok(Some((path.display().to_string(), warnings)))
        };
        Action::run(ask(export, |answer| Message::Done(Done::Exported(answer))))
    }

    /// Says what was done.
    pub(super) fn finish(&mut self, done: Done, desk: &Desk) -> Action<Message> {
        if let Done::Exported(Ok(exported)) = done {
            self.busy.end_now();
            return match exported {
                None => Action::none(),
                Some((path, warnings)) if warnings.is_empty() => {
                    Action::say(Notice::good(tr!("export-done", path = path)))
                }
                Some((path, warnings)) => self.show(Dialog::Exported { path, warnings }),
            };
        }
        if let Done::Split(Ok(made)) = &done
            && let Some(first) = made.first()
        {
            self.browse.open(Some(*first));
        }
        self.busy.end();
        let again = Action::run(self.reload(desk));
        match done {
            Done::Changed(Ok(None)) | Done::Exported(Ok(_)) => again,
            Done::Changed(Ok(Some(words))) => Action::say(Notice::good(words)).and(again),
            Done::Split(Ok(made)) => {
                let words = tr!("done-split", count = format::count(made.len()));
                Action::say(Notice::good(words)).and(again)
            }
            Done::Changed(Err(error)) | Done::Exported(Err(error)) | Done::Split(Err(error)) => {
                Action::say(Notice::bad(explain(&*error))).and(again)
            }
            Done::HandedOver(all) => Action::all(all.iter().map(HandedOver::said)).and(again),
            Done::Sent(sent) => {
                let told = Action::all(sent.iter().map(SentOne::said)).and(again);
                // What is uncertain is followed among the sent ones.
                match &sent[..] {
                    [only] if matches!(only.result, Ok(SubmissionState::Unknown)) => {
                        told.and(Action::go(Go::Sent(Some(only.package))))
                    }
                    _ => told,
                }
            }
        }
    }

    pub(super) fn sending(&mut self, message: sending::Message, desk: &Desk) -> Action<Message> {
        let Some(Sheet::Sending(sending)) = &mut self.sheet else { return Action::none() };
        let (action, wish) = sending.update(message).heard(Message::Sending);
        let Some(wish) = wish else { return action };
        self.sheet = None;
        match wish {
            sending::Wish::Close => action,
            sending::Wish::Send(packages, pacing) => action.and(self.send(packages, pacing, desk)),
        }
    }
}

/// Whether the package is still ours alone: neither handed over nor at the bank.
fn is_open(state: PackageState) -> bool {
    use PackageState::{Checked, PartlySigned, Recorded, Signed};
    matches!(state, Recorded | Checked | PartlySigned | Signed)
}

impl SentOne {
    fn said(&self) -> Action<Message> {
        let name = self.what.as_str();
        Action::say(match &self.result {
            Ok(SubmissionState::Received) => Notice::good(tr!("sent-received", name = name)),
            Ok(SubmissionState::Created | SubmissionState::Sending | SubmissionState::Unknown) => {
                Notice::care(tr!("sent-unknown", name = name))
            }
            Ok(SubmissionState::NeverSeen | SubmissionState::Refused) => {
                Notice::bad(tr!("sent-refused", name = name))
            }
            Err(error) => Notice::bad(tr!("sent-not-begun", name = name, why = explain(&**error))),
        })
    }
}

impl HandedOver {
    fn said(&self) -> Action<Message> {
        let name = self.name.as_str();
        Action::say(match &self.result {
            Ok(true) if self.withdrawn => Notice::good(tr!("share-withdrawn", name = name)),
            Ok(true) => Notice::good(tr!("share-done", name = name)),
            Ok(false) => Notice::care(tr!("share-awaited", name = name)),
            Err(why) => Notice::bad(tr!("share-failed", name = name, why = explain(&**why))),
        })
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
