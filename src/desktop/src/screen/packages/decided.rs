//! What follows from the small sheets: each does what was decided to what it was opened for, whatever is chosen below it.

use client::Pacing;

use super::dialogs::{self, Confirmed, Decision};
use super::work::{Done, Work};
use super::{About, Action, Message, Packages, Sheet};
use crate::desk::Desk;
use crate::go::{Go, NewOrder};
use crate::screen::ask::ask;
use crate::{format, tr};

impl Packages {
    pub(super) fn dialog(&mut self, message: dialogs::Message, desk: &Desk) -> Action<Message> {
        let Some(Sheet::Dialog(dialog, _)) = &mut self.sheet else { return Action::none() };
        let decision = dialog.update(message, desk);
        if matches!(decision, Decision::Open) {
            return Action::none();
        }
        let Some(Sheet::Dialog(_, about)) = self.sheet.take() else { return Action::none() };
        self.decided(decision, about, desk)
    }

    /// Does what was decided, to what the sheet was about.
    fn decided(&mut self, decision: Decision, about: About, desk: &Desk) -> Action<Message> {
        let About { packages, orders } = about;
        let Some(id) = packages.first().copied() else { return Action::none() };
        match decision {
            Decision::Open | Decision::Close => Action::none(),
            Decision::Rename(name) => self.run(Work::Rename, id, desk, move |client, id| async move {
                client.rename_package(id, name.to_string()).await.map(|()| None)
            }),
            Decision::Plan(day) => self.run(Work::Plan, id, desk, move |client, id| async move {
                client.plan_package(id, day).await.map(|()| None)
            }),
            Decision::Send => self.send(packages, Pacing::Together, desk),
            Decision::Confirmed(Confirmed::Withdraw) => self.withdraw_now(id, desk),
            Decision::Confirmed(Confirmed::CopyOrder) => {
                let kind = self.browse.by_id(id).map(|package| package.header.order_type);
                match kind.zip(orders.first()) {
                    Some((kind, order)) => Action::go(Go::order(kind, NewOrder::Copy(*order))),
                    None => Action::none(),
                }
            }
            Decision::Confirmed(Confirmed::Split) => {
                self.busy.begin(Work::Split, packages);
                let client = desk.client.clone();
                Action::run(ask(async move { client.split_package(id).await }, |made| {
                    Message::Done(Done::Split(made))
                }))
            }
            Decision::Confirmed(Confirmed::DeletePackages) => {
                self.run(Work::Delete, id, desk, move |client, _| async move {
                    for id in &packages {
                        client.delete_package(*id).await?;
                    }
                    Ok(Some(tr!("done-deleted", count = format::count(packages.len()))))
                })
            }
            Decision::Confirmed(Confirmed::RemoveOrders) => {
                self.run(Work::RemoveOrders, id, desk, move |client, _| async move {
                    for id in &orders {
                        client.remove_order(*id).await?;
                    }
                    Ok(Some(tr!("done-removed", count = format::count(orders.len()))))
                })
            }
        }
    }
}
