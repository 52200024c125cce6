//! Saving, leaving and beginning anew: where the form ends.

use std::collections::BTreeSet;
use std::sync::Arc;

use client::{Client, ClientError, Page, PartnerDraft, Saved};
use domain::{OrderDraft, OrderType, Target, key};
use iced::Task;

use super::fields;
use super::kept::{self, Keeper, Kept};
use super::{Action, After, Message, OrderForm, Trouble};
use crate::desk::Desk;
use crate::go::Go;
use crate::screen::ask::{Answer, Question};
use crate::screen::notice::Notice;
use crate::texts::explain;
use crate::tr;

/// The name by which focus finds the button that saves changes before they are left.
pub(super) const SAVE_CHANGES: &str = "order-save-changes";

impl OrderForm {
    pub(super) fn save(&mut self, after: After, desk: &Desk) -> Action<Message> {
        if self.leaving.is_last() || !self.began {
            return Action::none();
        }
        self.leaves = false;
        self.tried = true;
        if self.judge(desk).is_none() {
            if let Some(first) = self.problems.first() {
                self.more |= fields::is_rare(self.kept.draft.order_type, first.field);
                self.aim.at(first.field);
            }
            return Action::none();
        }
        self.trouble = None;
        // A pause that is still running must not keep the draft again.
        self.pause = Question::ask();
        let (client, kept) = (desk.client.clone(), self.kept.clone());
        let save = self.keeper.clone().save(client, kept.clone(), self.aside.clone());
        let save = self.leaving.next(after, save);
        let kept = Box::new(kept);
        let done = move |done: client::Result<Saved>| Message::Saved(after, kept, done.map_err(Arc::new));
        let save = Action::run(Task::perform(save, done));
        if after != After::Next {
            return save;
        }
        // The next key belongs to the next order, however long the store takes for this one.
        self.next();
        self.aim_at_empty();
        save.and_run(self.typed_on(desk))
    }

    pub(super) fn saved(
        &mut self,
        after: After,
        kept: Kept,
        result: Answer<Saved>,
        desk: &Desk,
    ) -> Action<Message> {
        self.leaving.arrived(after);
        let told = match result {
            Ok(saved) => self.arrived(after, &saved, desk),
            Err(error) => self.came_back(after, kept, error, desk),
        };
        if self.leaving.take_way() { told.and(self.leave(desk)) } else { told }
    }

    fn arrived(&mut self, after: After, saved: &Saved, desk: &Desk) -> Action<Message> {
        let go = Go::Prepared(Some(saved.package));
        let words = tr!("order-saved", name = saved.name.as_str(), count = saved.orders);
        let notice = Notice::good(words).leading_to(tr!("order-open-package"), go);
        match after {
            After::Package => Action::say(notice).and(Action::go(go)),
            After::Sign => Action::say(notice).and(Action::go(Go::Sign(saved.package))),
            After::Next => {
                // The save has forgotten what was kept, and with it what has been typed of the next order.
                let keep = self.look_again();
                Action::say(notice).and_run(Task::batch([self.refresh(desk), keep]))
            }
        }
    }

    /// An order that could not be saved stands in the form again, or waits beside what was typed meanwhile.
    fn came_back(
        &mut self,
        after: After,
        kept: Kept,
        error: Arc<ClientError>,
        desk: &Desk,
    ) -> Action<Message> {
        if after != After::Next {
            self.name_fields(&error);
            return self.troubled(error);
        }
        let words = tr!("order-not-saved", what = kept.what(), why = explain(&*error));
        if self.is_touched() {
            self.aside.push(kept);
        } else {
            (self.kept, self.tried) = (kept, true);
            let _ = self.judge(desk);
            self.name_fields(&error);
        }
        // The save has kept this one alone.
        let keep = self.look_again();
        Action::say(Notice::bad(words)).and(self.troubled(error)).and_run(keep)
    }

    /// The fields that the client does not accept.
    fn name_fields(&mut self, error: &ClientError) {
        if let ClientError::Fields(problems) = error {
            self.problems.clone_from(problems);
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
        self.untouched = self.kept.clone();
    }

    /// An empty form of a type.
    pub(super) fn clear(&mut self, kind: OrderType) {
        let account = self.lists.accounts.first().map(|own| own.number.to_string());
        let draft = OrderDraft::new(kind).with(key::DEBIT_ACCOUNT, account.unwrap_or_default());
        self.kept = Kept { draft, ..Kept::default() };
        (self.left, self.tried, self.restored) = (BTreeSet::new(), false, false);
        (self.answer, self.trouble, self.more) = (None, None, false);
        self.untouched = self.kept.clone();
        self.suggestions.clear();
        self.keeper = Keeper::default();
    }

    /// Forgets what was kept.
    pub(super) fn forget(&self, desk: &Desk) -> Task<Message> {
        let (client, key) = (desk.client.clone(), self.kept.key());
        let forget = self.keeper.clone().end(client, key, self.aside.clone());
        Task::perform(forget, |done| Message::Kept(done.map_err(Arc::new)))
    }

    /// Keeps what is typed and goes to where one came from. Changes of a recorded order are asked about: they are kept
    /// nowhere that one would look for them.
    pub(super) fn leave(&mut self, desk: &Desk) -> Action<Message> {
        if self.leaving.is_any() {
            // What comes of them is to be seen.
            self.leaving.leave_after();
            return Action::none();
        }
        if self.kept.editing.is_some() && self.is_touched() {
            self.leaves = true;
            self.aim.at(SAVE_CHANGES);
            return Action::none();
        }
        self.pause = Question::ask();
        let go = self.way_back();
        let Some(typed) = self.typed() else { return away(go) };
        let keep = self.keeper.clone().keep(desk.client.clone(), self.kept.key(), typed);
        Action::run(Task::perform(keep, move |done| Message::LeftKept(go, done.map_err(Arc::new))))
    }

    /// Goes, and the recorded order stays as it was.
    pub(super) fn discard(&mut self, desk: &Desk) -> Action<Message> {
        self.pause = Question::ask();
        let go = self.way_back();
        let (client, key) = (desk.client.clone(), self.kept.key());
        let forget = self.keeper.clone().end(client, key, self.aside.clone());
        Action::run(Task::perform(forget, move |done| Message::Discarded(go, done.map_err(Arc::new))))
    }

    /// To the package of a changed order; else to where one came from.
    fn way_back(&self) -> Option<Go> {
        let package = self.kept.from.filter(|_| self.kept.editing.is_some());
        package.map(|package| Go::Prepared(Some(package)))
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

/// To a place, or back to where one came from.
pub(super) fn away(go: Option<Go>) -> Action<Message> {
    go.map_or_else(Action::back, Action::go)
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
