//! Putting packages into the shared area from the place, and taking them back: out of it, or a step in their life.

use std::sync::Arc;

use client::{Handed, ListedPackage};
use domain::{PackageId, PackageState};
use iced::Task;

use super::dialogs::{self, Confirmed};
use super::sharing::{self, Chosen, Decision, Sharing};
use super::work::{Done, HandedOver, Work};
use super::{Action, Message, Packages, Sheet, words};
use crate::design::keys;
use crate::desk::Desk;
use crate::screen::notice::Notice;
use crate::{format, tr};

impl Packages {
    /// The chosen packages that may be parked.
    pub(super) fn shareable(&self) -> Vec<&ListedPackage> {
        use PackageState::{Checked, PartlySigned, Recorded, Signed};
        self.chosen()
            .filter(|package| matches!(package.state, Recorded | Checked | PartlySigned | Signed))
            .filter(|package| package.rights.handle)
            .filter(|package| package.count > 0 && package.header.order_type.is_payment())
            .collect()
    }

    pub(super) fn ask_share(&mut self, desk: &Desk) -> Action<Message> {
        let packages: Vec<Chosen> = self
            .shareable()
            .into_iter()
            .map(|package| Chosen {
                package: package.header.id,
                name: package.header.name.to_string(),
                sum: format::money(package.total),
                signatures: match package.signatures {
                    0 => tr!("sharing-unsigned"),
                    _ => words::prepared_state(desk, package).1,
                },
            })
            .collect();
        if packages.is_empty() {
            return Action::none();
        }
        if desk.user.is_none() {
            return Action::say(Notice::care(tr!("shared-needs-login")));
        }
        self.sheet = Some(Sheet::Sharing(Sharing::new(packages)));
        Action::run(keys::focus(dialogs::FIRST))
    }

    pub(super) fn sharing(&mut self, message: sharing::Message, desk: &Desk) -> Action<Message> {
        let Some(Sheet::Sharing(sheet)) = &mut self.sheet else { return Action::none() };
        match sheet.update(message, desk) {
            Decision::Open => Action::none(),
            Decision::Close => {
                self.sheet = None;
                Action::none()
            }
            Decision::Share(packages, expires) => {
                self.sheet = None;
                self.busy.begin(Work::Share, packages.clone());
                let packages = self.named(packages);
                let client = desk.client.clone();
                Action::run(Task::perform(
                    async move {
                        let mut all = Vec::with_capacity(packages.len());
                        for (id, name) in packages {
                            let answer = client.share_package(id, expires).await;
                            let result = answer.map(|handed| handed != Handed::Awaited);
                            let result = result.map_err(Arc::new);
                            all.push(HandedOver { name, result, withdrawn: false });
                        }
                        all
                    },
                    |all| Message::Done(Done::HandedOver(all)),
                ))
            }
        }
    }

    pub(super) fn withdraw_shared(&mut self, desk: &Desk) -> Action<Message> {
        let Some(id) = self.browse.open_id().filter(|_| self.allows(client::Action::WithdrawShared)) else {
            return Action::none();
        };
        if desk.user.is_none() {
            return Action::say(Notice::care(tr!("shared-needs-login")));
        }
        self.busy.begin(Work::WithdrawShared, vec![id]);
        let name = self.named(vec![id]).into_iter().map(|(_, name)| name).collect();
        let client = desk.client.clone();
        Action::run(Task::perform(
            async move {
                let answer = client.withdraw_shared(id).await;
                let result = answer.map(|handed| handed != Handed::Awaited).map_err(Arc::new);
                vec![HandedOver { name, result, withdrawn: true }]
            },
            |all| Message::Done(Done::HandedOver(all)),
        ))
    }

    /// One step back, asked first where signatures would be lost.
    pub(super) fn withdraw(&mut self, desk: &Desk) -> Action<Message> {
        let Some(id) = self.browse.open_id() else { return Action::none() };
        let signatures = self.detail().map_or(0, |detail| detail.signatures.len());
        if signatures == 0 {
            return self.withdraw_now(id, desk);
        }
        let taken_from = self.detail().and_then(|detail| detail.taken_from.clone());
        let count = format::count(signatures);
        let words = [
            tr!("withdraw-title"),
            match taken_from {
                Some(from) => tr!("withdraw-taken-words", count = count, from = from),
                None => tr!("withdraw-words", count = count),
            },
            tr!("packages-withdraw"),
        ];
        self.confirm(Confirmed::Withdraw, words)
    }

    pub(super) fn withdraw_now(&mut self, id: PackageId, desk: &Desk) -> Action<Message> {
        self.run(Work::Withdraw, id, desk, |client, id| async move {
            client.withdraw_package(id).await.map(|()| Some(tr!("done-withdrawn")))
        })
    }

    fn named(&self, packages: Vec<PackageId>) -> Vec<(PackageId, String)> {
        let name = |id| self.browse.by_id(id).map(|package| package.header.name.to_string());
        packages.into_iter().map(|id| (id, name(id).unwrap_or_default())).collect()
    }
}
