//! Saving, leaving and beginning anew: where the form ends.

use std::collections::BTreeSet;
use std::sync::Arc;

use client::{Client, ClientError, Page, PartnerDraft, Saved};
use domain::{OrderDraft, OrderType, Target, key};
use iced::Task;

use super::fields;
use super::kept::{self, Keeper, Kept};
use super::{Action, After, Message, OrderForm, Trouble};
use crate::design::keys;
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
        if self.judge(desk).is_none() {
            let Some(first) = self.problems.first() else { return Action::none() };
            self.more |= fields::is_rare(self.kept.draft.order_type, first.field);
            return Action::run(keys::focus(first.field));
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
                let first = fields::first(self.kept.draft.order_type, &self.kept.draft.values);
                let tasks = [self.refresh(desk), self.typed_on(desk), keys::focus(first)];
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

    /// The next order keeps what a series shares: type, account, package and the tick.
    fn next(&mut self) {
        let before = std::mem::take(&mut self.kept);
        self.clear(before.draft.order_type);
        let values = &mut self.kept.draft.values;
        values.set(key::DEBIT_ACCOUNT, before.draft.get(key::DEBIT_ACCOUNT));
        values.tick(key::INSTANT, before.draft.values.ticked(key::INSTANT));
        (self.kept.package, self.kept.new_package) = (before.package, before.new_package);
    }

    /// An empty form of a type.
    pub(super) fn clear(&mut self, kind: OrderType) {
        let account = self.lists.accounts.first().map(|own| own.number.to_string());
        let draft = OrderDraft::new(kind).with(key::DEBIT_ACCOUNT, account.unwrap_or_default());
        self.kept = Kept { draft, ..Kept::default() };
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
        let named =
            if draft.values.is_empty(key::BENEFICIARY_NAME) { key::TARGET } else { key::BENEFICIARY_NAME };
        let partner = PartnerDraft {
            short_name: draft.get(named).to_owned(),
            targets: vec![draft.get(key::TARGET).to_owned()],
            country: draft.get(key::COUNTRY).to_owned(),
            legal_code: draft.get(key::LEGAL_CODE).to_owned(),
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
    let target = match draft.get(key::TARGET).parse::<Target>() {
        Ok(Target::Account(number)) => number.to_string(),
        Ok(Target::SecondaryId(id)) => id.value().to_owned(),
        Ok(Target::Foreign(_)) | Err(_) => return false,
    };
    client.partners(target, Page::first(1)).await.is_ok_and(|(found, _)| !found.is_empty())
}
