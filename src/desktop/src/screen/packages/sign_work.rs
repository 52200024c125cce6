//! Signing from the place: one package or several, and what follows.

use client::Signed;
use client::domain::{Money, OrderType, PackageId, PackageState};

use super::batch::{self, Batch};
use super::dialogs::Dialog;
use super::signing::{self, Signing};
use super::{Action, Message, Packages, Sheet, words};
use crate::design::theme::Tone;
use crate::go::Go;
use crate::shared::Shared;
use crate::{format, tr};

impl Packages {
    pub(super) fn open_signing(&mut self, shared: &Shared) -> Action {
        if self.selection.len() > 1 {
            return self.open_batch(shared);
        }
        let Some(id) = self.open.filter(|_| self.selection.len() == 1 && self.allows(client::Action::Sign))
        else {
            return Action::None;
        };
        let (signing, task) = Signing::new(id, OrderType::Hct, shared);
        self.sheet = Some(Sheet::Signing(Box::new(signing)));
        Action::Run(task.map(Message::Signing))
    }

    fn open_batch(&mut self, shared: &Shared) -> Action {
        let packages = self.signable();
        if packages.is_empty() {
            return Action::None;
        }
        let (batch, task) = Batch::new(packages, shared);
        self.sheet = Some(Sheet::Batch(Box::new(batch)));
        Action::Run(task.map(Message::Batch))
    }

    /// The chosen packages that want a signature, with their names.
    pub(super) fn signable(&self) -> Vec<(PackageId, String)> {
        use PackageState::{Checked, PartlySigned, Recorded};
        self.chosen()
            .filter(|package| matches!(package.state, Recorded | Checked | PartlySigned))
            .map(|package| (package.header.id, package.header.name.to_string()))
            .collect()
    }

    pub(super) fn signing(&mut self, message: signing::Message, shared: &Shared) -> Action {
        let Some(Sheet::Signing(signing)) = &mut self.sheet else { return Action::None };
        match signing.update(message, shared) {
            signing::Action::None => Action::None,
            signing::Action::Run(task) => Action::Run(task.map(Message::Signing)),
            signing::Action::Close => {
                self.sheet = None;
                Action::None
            }
            signing::Action::OpenToken => {
                self.sheet = None;
                Action::Go(Go::Token)
            }
            signing::Action::Signed(signed) => self.signed(&signed, shared),
        }
    }

    /// The package has one more signature; when that was the last one, sending it is offered.
    fn signed(&mut self, signed: &Signed, shared: &Shared) -> Action {
        self.sheet = None;
        let (have, need) = (i64::from(signed.signing.have), i64::from(signed.signing.need));
        let again = Action::Run(self.reload(shared));
        if signed.state != PackageState::Signed {
            let words = tr!("done-signed-partly", have = have, need = need);
            return Action::Several(vec![Action::Toast(Tone::Good, words), again]);
        }
        let mut actions = vec![Action::Toast(Tone::Good, tr!("done-signed")), again];
        if let Some(detail) = self.detail.clone().filter(|_| shared.user.is_some()) {
            let sum: Money = detail.total;
            let what =
                format!("{} · {} · {}", detail.header.name, words::items(detail.count), words::money(sum));
            actions.push(self.show(Dialog::SendNow { what }));
        }
        Action::Several(actions)
    }

    pub(super) fn batch(&mut self, message: batch::Message, shared: &Shared) -> Action {
        let Some(Sheet::Batch(batch)) = &mut self.sheet else { return Action::None };
        match batch.update(message, shared) {
            batch::Action::None => Action::None,
            batch::Action::Run(task) => Action::Run(task.map(Message::Batch)),
            batch::Action::Close => {
                self.sheet = None;
                Action::Run(self.reload(shared))
            }
            batch::Action::OpenToken => {
                self.sheet = None;
                Action::Go(Go::Token)
            }
            batch::Action::Signed(count) => {
                self.sheet = None;
                let words = tr!("done-signed-many", count = format::count(count));
                Action::Several(vec![Action::Toast(Tone::Good, words), Action::Run(self.reload(shared))])
            }
        }
    }
}
