//! Saving, leaving and beginning anew: where the form ends.

use std::collections::BTreeSet;
use std::sync::Arc;

use client::Page;
use client::{Client, ClientError, PartnerDraft, Saved};
use domain::{Field, OrderDraft, Target};
use iced::Task;

use super::kept::{self, Keeper, Kept};
use super::{Action, After, Message, OrderForm, Trouble, focus, form};
use crate::desk::Desk;
use crate::go::Go;
use crate::screen::ask::{Answer, Question};
use crate::screen::notice::Notice;
use crate::tr;

impl OrderForm {
    pub(super) fn save(&mut self, after: After, desk: &Desk) -> Action<Message> {
        if self.saving || !self.began {
            return Action::none();
        }
        self.tried = true;
        self.judge(desk);
        if let Some(first) = self.problems.first() {
            self.more |= form::is_rare(first.field);
            return Action::run(focus(first.field));
        }
        self.saving = true;
        self.trouble = None;
        // A pause that is still running must not keep the draft again.
        self.pause = Question::ask();
        let (client, kept) = (desk.client.clone(), self.kept.clone());
        let save = self.keeper.clone().save(client, kept, self.aside.clone());
        let done = move |done: client::Result<Saved>| Message::Saved(after, done.map_err(Arc::new));
        Action::run(Task::perform(save, done))
    }

    pub(super) fn saved(&mut self, after: After, result: Answer<Saved>, desk: &Desk) -> Action<Message> {
        self.saving = false;
        let saved = match result {
            Ok(saved) => saved,
            Err(error) => {
                if let ClientError::Fields(problems) = &*error {
                    self.problems.clone_from(problems);
                }
                return self.troubled(error);
            }
        };
        let go = Go::Prepared(Some(saved.package));
        let words = tr!("order-saved", name = saved.name.as_str(), count = saved.orders);
        let notice = Notice::good(words).leading_to(tr!("order-open-package"), go);
        match after {
            After::Package => Action::say(notice).and(Action::go(go)),
            After::Sign => Action::say(notice).and(Action::go(Go::Sign(saved.package))),
            After::Next => {
                self.next();
                let tasks = [self.refresh(desk), self.edited_task(desk), focus(Field::BeneficiaryName)];
                Action::say(notice).and_run(Task::batch(tasks))
            }
        }
    }

    /// Looks again at what the form chooses from.
    pub(super) fn refresh(&self, desk: &Desk) -> Task<Message> {
        let client = desk.client.clone();
        let lists = async move { kept::lists(&client).await };
        Task::perform(lists, |found| Message::Refreshed(found.map_err(Arc::new)))
    }

    /// The next order keeps what a series shares: account, package and the tick.
    fn next(&mut self) {
        let before = std::mem::take(&mut self.kept);
        self.clear();
        self.kept = Kept {
            draft: OrderDraft {
                debit_account: before.draft.debit_account,
                instant: before.draft.instant,
                ..OrderDraft::default()
            },
            package: before.package,
            new_package: before.new_package,
            ..Kept::default()
        };
    }

    pub(super) fn clear(&mut self) {
        let account = self.lists.accounts.first().map(|row| row.account.number.to_string());
        self.kept = Kept {
            draft: OrderDraft { debit_account: account.unwrap_or_default(), ..OrderDraft::default() },
            ..Kept::default()
        };
        (self.left, self.tried, self.restored) = (BTreeSet::new(), false, false);
        (self.answer, self.trouble, self.more) = (None, None, false);
        self.suggestions.clear();
        self.keeper = Keeper::default();
    }

    /// Forgets what was kept.
    pub(super) fn forget(&self, desk: &Desk) -> Task<Message> {
        let (client, key) = (desk.client.clone(), self.kept.key());
        let forget = self.keeper.clone().end(client, key, self.aside.clone());
        Task::perform(forget, |done| Message::Kept(done.map_err(Arc::new)))
    }

    /// Keeps what is typed and goes: back to the package of a changed order, else to the overview.
    pub(super) fn leave(&mut self, desk: &Desk) -> Action<Message> {
        self.pause = Question::ask();
        if self.kept.is_blank() {
            return Action::go(Go::Overview);
        }
        let (client, kept) = (desk.client.clone(), self.kept.clone());
        let go = if kept.editing.is_some() { Go::Prepared(kept.package) } else { Go::Overview };
        let keep = self.keeper.clone().keep(client, kept);
        Action::run(Task::perform(keep, move |done| Message::LeftKept(go, done.map_err(Arc::new))))
    }

    pub(super) fn save_partner(&mut self, desk: &Desk) -> Action<Message> {
        let draft = &self.kept.draft;
        let partner = PartnerDraft {
            short_name: if draft.beneficiary_name.trim().is_empty() {
                draft.target.clone()
            } else {
                draft.beneficiary_name.clone()
            },
            targets: vec![draft.target.clone()],
            country: draft.country.clone(),
            legal_code: draft.legal_code.clone(),
            ..PartnerDraft::default()
        };
        let partner = match partner.check(desk.client.new_partner_id()) {
            Ok(partner) => partner,
            Err(problems) => {
                self.trouble = problems.into_iter().next().map(Trouble::Partner);
                return Action::none();
            }
        };
        let client = desk.client.clone();
        let save = async move {
            let id = partner.id;
            client.save_partner(partner).await.map(|()| id)
        };
        Action::run(Task::perform(save, |done| Message::PartnerSaved(done.map_err(Arc::new))))
    }

    pub(super) fn troubled(&mut self, error: Arc<ClientError>) -> Action<Message> {
        self.trouble = Some(Trouble::Client(error));
        Action::none()
    }
}

/// Whether some partner has the account or identifier of a draft.
pub(super) async fn is_known(client: &Client, draft: &OrderDraft) -> bool {
    if draft.partner.is_some() {
        return true;
    }
    let target = match draft.target.parse::<Target>() {
        Ok(Target::Account(number)) => number.to_string(),
        Ok(Target::SecondaryId(id)) => id.value().to_owned(),
        Ok(Target::Foreign(_)) | Err(_) => return false,
    };
    client.partners(target, Page::first(1)).await.is_ok_and(|(found, _)| !found.is_empty())
}
