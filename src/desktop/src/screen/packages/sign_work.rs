//! Signing from the place: one package or several, and what follows.

use client::{ClientError, Signed};
use domain::{PackageId, PackageState};
use iced::Task;

use super::batch::{self, Batch};
use super::dialogs::Dialog;
use super::entry;
use super::signing::{self, Signing};
use super::{About, Action, Message, Packages, Sheet, Work, words};
use crate::desk::Desk;
use crate::go::Go;
use crate::screen::notice::Notice;
use crate::texts::explain;
use crate::{format, tr};

impl Packages {
    pub(super) fn open_signing(&mut self, desk: &Desk) -> Action<Message> {
        if self.browse.selection().len() > 1 {
            return self.open_batch(desk);
        }
        let Some(id) = self.browse.open_id().filter(|_| self.browse.selection().len() == 1) else {
            return Action::none();
        };
        if !self.allows(client::Action::Sign) {
            // Where only the right is missing, the key says so and no PIN is asked for.
            let wants = self.chosen().any(|package| wants_signature(package.state));
            let why = self.detail().filter(|_| wants).and_then(|detail| detail.rights.not_to_sign);
            return match why {
                Some(why) => Action::say(Notice::care(explain(&ClientError::from(why)))),
                None => Action::none(),
            };
        }
        let (signing, task) = Signing::new(id, desk);
        self.sheet = Some(Sheet::Signing(Box::new(signing)));
        Action::run(task.map(Message::Signing))
    }

    fn open_batch(&mut self, desk: &Desk) -> Action<Message> {
        let packages = self.signable();
        if packages.is_empty() {
            let mut wanting = self.chosen().filter(|package| wants_signature(package.state));
            return match wanting.find_map(|package| package.rights.not_to_sign) {
                Some(why) => Action::say(Notice::care(explain(&ClientError::from(why)))),
                None => Action::none(),
            };
        }
        let (batch, task) = Batch::new(packages, desk);
        self.sheet = Some(Sheet::Batch(Box::new(batch)));
        Action::run(task.map(Message::Batch))
    }

    /// The chosen packages that want this user's signature, with their names.
    pub(super) fn signable(&self) -> Vec<(PackageId, String)> {
        self.chosen()
            .filter(|package| wants_signature(package.state) && package.rights.not_to_sign.is_none())
            .map(|package| (package.header.id, package.header.name.to_string()))
            .collect()
    }

    pub(super) fn signing(&mut self, message: signing::Message, desk: &Desk) -> Action<Message> {
        let Some(Sheet::Signing(signing)) = &mut self.sheet else { return Action::none() };
        let (action, wish) = signing.update(message, desk).heard(Message::Signing);
        let Some(wish) = wish else { return action };
        let package = signing.package;
        self.sheet = None;
        match wish {
            entry::Wish::Leave => action,
            entry::Wish::OpenToken => action.and(Action::go(Go::Token)),
            entry::Wish::Signed(signed) => action.and(self.signed(package, &signed, desk)),
        }
    }

    /// The package has one more signature; when that was the last one, sending it is offered.
    fn signed(&mut self, package: PackageId, signed: &Signed, desk: &Desk) -> Action<Message> {
        let (have, need) = (i64::from(signed.signing.have), i64::from(signed.signing.need));
        let again = Action::run(self.after_signing(vec![package], desk));
        if signed.state != PackageState::Signed {
            let words = tr!("done-signed-partly", have = have, need = need);
            return Action::all([Action::say(Notice::good(words)), again]);
        }
        let mut actions = vec![Action::say(Notice::good(tr!("done-signed"))), again];
        if let Some(line) = self.browse.by_id(package).filter(|_| desk.user.is_some()) {
            let what = words::whole(line);
            let about = About { packages: vec![package], orders: Vec::new() };
            actions.push(self.show_about(Dialog::SendNow { what }, about));
        }
        Action::all(actions)
    }

    /// Reads everything again; until it is here, keys would belong to packages as they were before they were signed.
    fn after_signing(&mut self, packages: Vec<PackageId>, desk: &Desk) -> Task<Message> {
        self.busy.begin(Work::Sign, packages);
        self.busy.end();
        self.reload(desk)
    }

    pub(super) fn batch(&mut self, message: batch::Message, desk: &Desk) -> Action<Message> {
        let Some(Sheet::Batch(batch)) = &mut self.sheet else { return Action::none() };
        let (action, wish) = batch.update(message, desk).heard(Message::Batch);
        let Some(wish) = wish else { return action };
        let packages = batch.packages.iter().map(|(id, _)| *id).collect();
        self.sheet = None;
        match wish {
            // Some of them may have been signed.
            entry::Wish::Leave => action.and_run(self.after_signing(packages, desk)),
            entry::Wish::OpenToken => action.and(Action::go(Go::Token)),
            entry::Wish::Signed(count) => {
                let words = tr!("done-signed-many", count = format::count(count));
                action.and(Action::say(Notice::good(words))).and_run(self.after_signing(packages, desk))
            }
        }
    }
}

/// Whether a package in that state still lacks a signature.
fn wants_signature(state: PackageState) -> bool {
    use PackageState::{Checked, PartlySigned, Recorded};
    matches!(state, Recorded | Checked | PartlySigned)
}
