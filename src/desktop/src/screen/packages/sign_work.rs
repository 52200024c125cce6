//! Signing from the place: one package or several, and what follows.

use client::Signed;
use domain::{PackageId, PackageState};

use super::batch::{self, Batch};
use super::dialogs::Dialog;
use super::entry;
use super::signing::{self, Signing};
use super::{Action, Message, Packages, Sheet, words};
use crate::desk::Desk;
use crate::go::Go;
use crate::screen::notice::Notice;
use crate::{format, tr};

impl Packages {
    pub(super) fn open_signing(&mut self, desk: &Desk) -> Action<Message> {
        if self.browse.selection().len() > 1 {
            return self.open_batch(desk);
        }
        let Some(id) = self
            .browse
            .open_id()
            .filter(|_| self.browse.selection().len() == 1 && self.allows(client::Action::Sign))
        else {
            return Action::none();
        };
        let (signing, task) = Signing::new(id, desk);
        self.sheet = Some(Sheet::Signing(Box::new(signing)));
        Action::run(task.map(Message::Signing))
    }

    fn open_batch(&mut self, desk: &Desk) -> Action<Message> {
        let packages = self.signable();
        if packages.is_empty() {
            return Action::none();
        }
        let (batch, task) = Batch::new(packages, desk);
        self.sheet = Some(Sheet::Batch(Box::new(batch)));
        Action::run(task.map(Message::Batch))
    }

    /// The chosen packages that want a signature, with their names.
    pub(super) fn signable(&self) -> Vec<(PackageId, String)> {
        use PackageState::{Checked, PartlySigned, Recorded};
        self.chosen()
            .filter(|package| matches!(package.state, Recorded | Checked | PartlySigned))
            .map(|package| (package.header.id, package.header.name.to_string()))
            .collect()
    }

    pub(super) fn signing(&mut self, message: signing::Message, desk: &Desk) -> Action<Message> {
        let Some(Sheet::Signing(signing)) = &mut self.sheet else { return Action::none() };
        let (action, wish) = signing.update(message, desk).heard(Message::Signing);
        let Some(wish) = wish else { return action };
        self.sheet = None;
        match wish {
            entry::Wish::Leave => action,
            entry::Wish::OpenToken => action.and(Action::go(Go::Token)),
            entry::Wish::Signed(signed) => action.and(self.signed(&signed, desk)),
        }
    }

    /// The package has one more signature; when that was the last one, sending it is offered.
    fn signed(&mut self, signed: &Signed, desk: &Desk) -> Action<Message> {
        let (have, need) = (i64::from(signed.signing.have), i64::from(signed.signing.need));
        let again = Action::run(self.reload(desk));
        if signed.state != PackageState::Signed {
            let words = tr!("done-signed-partly", have = have, need = need);
            return Action::all([Action::say(Notice::good(words)), again]);
        }
        let mut actions = vec![Action::say(Notice::good(tr!("done-signed"))), again];
        if let Some(detail) = self.detail().cloned().filter(|_| desk.user.is_some()) {
            let extent = words::extent(detail.count, detail.total);
            let what = format!("{} · {extent}", detail.header.name);
            actions.push(self.show(Dialog::SendNow { what }));
        }
        Action::all(actions)
    }

    pub(super) fn batch(&mut self, message: batch::Message, desk: &Desk) -> Action<Message> {
        let Some(Sheet::Batch(batch)) = &mut self.sheet else { return Action::none() };
        let (action, wish) = batch.update(message, desk).heard(Message::Batch);
        let Some(wish) = wish else { return action };
        self.sheet = None;
        match wish {
            // Some of them may have been signed.
            entry::Wish::Leave => action.and_run(self.reload(desk)),
            entry::Wish::OpenToken => action.and(Action::go(Go::Token)),
            entry::Wish::Signed(count) => {
                let words = tr!("done-signed-many", count = format::count(count));
                action.and(Action::say(Notice::good(words))).and_run(self.reload(desk))
            }
        }
    }
}
