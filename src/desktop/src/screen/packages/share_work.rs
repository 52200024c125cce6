//! Putting packages into the shared area from the place, and taking them back: out of it, or a step in their life.

use client::domain::{PackageId, PackageState};
use client::{Handed, ListedPackage};
use iced::Task;

use super::dialogs::{self, Confirmed};
use super::sharing::{self, Chosen, Decision, Sharing};
use super::work::{Done, Work};
use super::{Action, Message, Packages, Sheet, words};
use crate::design::keys;
use crate::design::theme::Tone;
use crate::shared::Shared;
use crate::texts::explain;
use crate::{format, tr};

/// How parking or withdrawing one package ended.
#[derive(Debug, Clone)]
pub struct HandedOver {
    name: String,
    /// Whether the bank has answered.
    result: Result<bool, String>,
    withdrawn: bool,
}

impl Packages {
    /// The chosen packages that may be parked.
    pub(super) fn shareable(&self) -> Vec<&ListedPackage> {
        use PackageState::{Checked, PartlySigned, Recorded, Signed};
        self.chosen()
            .filter(|package| matches!(package.state, Recorded | Checked | PartlySigned | Signed))
            .filter(|package| package.count > 0)
            .collect()
    }

    pub(super) fn ask_share(&mut self, shared: &Shared) -> Action {
        let packages: Vec<Chosen> = self
            .shareable()
            .into_iter()
            .map(|package| Chosen {
                package: package.header.id,
                name: package.header.name.to_string(),
                sum: words::money(package.total),
                signatures: match package.signatures {
                    0 => tr!("sharing-unsigned"),
                    _ => words::prepared_state(shared, package).1,
                },
            })
            .collect();
        if packages.is_empty() {
            return Action::None;
        }
        if shared.user.is_none() {
            return Action::Toast(Tone::Care, tr!("shared-needs-login"));
        }
        self.sheet = Some(Sheet::Sharing(Sharing::new(packages)));
        Action::Run(keys::focus(dialogs::FIRST))
    }

    pub(super) fn sharing(&mut self, message: sharing::Message, shared: &Shared) -> Action {
        let Some(Sheet::Sharing(sheet)) = &mut self.sheet else { return Action::None };
        match sheet.update(message, shared) {
            Decision::Open => Action::None,
            Decision::Close => {
                self.sheet = None;
                Action::None
            }
            Decision::Share(packages, expires) => {
                self.sheet = None;
                self.busy = Some(Work::Share);
                let packages = self.named(packages);
                let client = shared.client.clone();
                Action::Run(Task::perform(
                    async move {
                        let mut all = Vec::with_capacity(packages.len());
                        for (id, name) in packages {
                            let answer = client.share_package(id, expires).await;
                            let result = answer.map(|handed| handed != Handed::Awaited);
                            let result = result.map_err(|error| explain(&error));
                            all.push(HandedOver { name, result, withdrawn: false });
                        }
                        all
                    },
                    |all| Message::Done(Done::HandedOver(all)),
                ))
            }
        }
    }

    pub(super) fn withdraw_shared(&mut self, shared: &Shared) -> Action {
        let Some(id) = self.open.filter(|_| self.allows(client::Action::WithdrawShared)) else {
            return Action::None;
        };
        if shared.user.is_none() {
            return Action::Toast(Tone::Care, tr!("shared-needs-login"));
        }
        self.busy = Some(Work::WithdrawShared);
        let name = self.named(vec![id]).into_iter().map(|(_, name)| name).collect();
        let client = shared.client.clone();
        Action::Run(Task::perform(
            async move {
                let answer = client.withdraw_shared(id).await;
                let result = answer.map(|handed| handed != Handed::Awaited).map_err(|error| explain(&error));
                vec![HandedOver { name, result, withdrawn: true }]
            },
            |all| Message::Done(Done::HandedOver(all)),
        ))
    }

    /// One step back, asked first where signatures would be lost.
    pub(super) fn withdraw(&mut self, shared: &Shared) -> Action {
        let signatures = self.detail.as_ref().map_or(0, |detail| detail.signatures.len());
        if signatures == 0 {
            return self.withdraw_now(shared);
        }
        let taken_from = self.detail.as_ref().and_then(|detail| detail.taken_from.clone());
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

    pub(super) fn withdraw_now(&mut self, shared: &Shared) -> Action {
        self.run(Work::Withdraw, shared, |client, id| async move {
            client.withdraw_package(id).await.map(|()| Some(tr!("done-withdrawn")))
        })
    }

    fn named(&self, packages: Vec<PackageId>) -> Vec<(PackageId, String)> {
        let name = |id| self.row_of(id).map(|row| self.list[row].header.name.to_string());
        packages.into_iter().map(|id| (id, name(id).unwrap_or_default())).collect()
    }
}

impl HandedOver {
    pub(super) fn toast(&self) -> Action {
        let name = self.name.as_str();
        match &self.result {
            Ok(true) if self.withdrawn => Action::Toast(Tone::Good, tr!("share-withdrawn", name = name)),
            Ok(true) => Action::Toast(Tone::Good, tr!("share-done", name = name)),
            Ok(false) => Action::Toast(Tone::Care, tr!("share-awaited", name = name)),
            Err(why) => Action::Toast(Tone::Bad, tr!("share-failed", name = name, why = why.as_str())),
        }
    }
}
