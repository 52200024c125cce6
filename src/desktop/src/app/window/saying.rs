//! What the window says in floating messages: of a customer, of a bank, or of nobody; and what went wrong.

use std::time::Instant;

use client::ClientError;
use domain::{CustomerKey, Explain};
use iced::Task;

use super::sheets::Sheet;
use super::{Message, Window};
use crate::design::theme::Tone;
use crate::design::toast;
use crate::house::Whom;
use crate::screen::notice::Notice;
use crate::texts::explain;
use crate::tr;

impl Window {
    /// Says something that is about no customer.
    pub(super) fn say_plain(&mut self, tone: Tone, words: impl Into<String>) {
        self.say_of(None, tone, words);
    }

    pub(super) fn say_of(&mut self, whose: Option<String>, tone: Tone, words: impl Into<String>) {
        let _: u64 = self.toasts.push_about(whose, tone, words, None, Instant::now());
    }

    /// Tells what the open place wishes to say: of the customer or the bank that is shown in it, or of nobody.
    pub(super) fn tell_of_place(&mut self, notice: Notice) {
        if self.screen.is_of_customer() {
            return self.tell_of(self.desk.client.shown_customer(), notice);
        }
        let whose = if self.is_of_bank() { self.own_bank() } else { None };
        self.tell(whose, None, notice);
    }

    /// Tells something of a customer; its link leads to that one's place, whoever is shown by then.
    pub(super) fn tell_of(&mut self, customer: Option<CustomerKey>, notice: Notice) {
        self.tell(customer.and_then(|key| self.facts.house.whose(key)), customer, notice);
    }

    fn tell(&mut self, whose: Option<String>, customer: Option<CustomerKey>, notice: Notice) {
        let (words, go) = notice.link.unzip();
        let id = self.toasts.push_about(whose, notice.tone, notice.words, words, Instant::now());
        if let Some(go) = go {
            let _ = self.links.insert(id, (customer, go));
        }
        let toasts = &self.toasts;
        self.links.retain(|id, _| toasts.shows(*id));
    }

    /// A floating message was closed, is over, or its link is followed. Below a sheet nothing is opened: the link stays.
    pub(super) fn toast(&mut self, message: toast::Message) -> Task<Message> {
        let follows = match message {
            toast::Message::Follow(id) if self.links.contains_key(&id) && self.is_covered() => {
                self.say_plain(Tone::Care, tr!("sheet-first"));
                return Task::none();
            }
            // What is typed here would be lost on the way: the link stays, too.
            toast::Message::Follow(id)
                if self.screen.may_lose()
                    && self.links.get(&id).is_some_and(|(customer, _)| {
                        customer.is_some_and(|key| !self.is_shown(Whom::Customer(key)))
                    }) =>
            {
                self.say_plain(Tone::Care, tr!("customer-not-now"));
                return Task::none();
            }
            toast::Message::Follow(id) => self.links.remove(&id),
            toast::Message::Close(_) | toast::Message::Tick(_) => None,
        };
        self.toasts.update(message);
        match follows {
            Some((Some(customer), go)) => self.show_whom(Whom::Customer(customer), Some(go)),
            Some((None, go)) => self.go(go),
            None => Task::none(),
        }
    }

    /// The bank of what is shown, where there are several.
    pub(super) fn own_bank(&self) -> Option<String> {
        self.facts.house.which_bank(self.desk.client.own_connection()?)
    }

    /// Says what went wrong; where only a login is missing, opens it.
    pub(super) fn trouble(&mut self, error: &ClientError) -> Task<Message> {
        // A PIN that is being typed for another bank must not go on into this one's field.
        let at = self.sheet.as_ref().and_then(Sheet::logs_in_at);
        let is_elsewhere = at.is_some_and(|at| at != self.desk.client.own_connection());
        if matches!(error, ClientError::NotLoggedIn) && !is_elsewhere {
            return self.open_login();
        }
        self.trouble_of(self.desk.whose(), error);
        Task::none()
    }

    pub(super) fn trouble_of(&mut self, whose: Option<String>, error: &ClientError) {
        tracing::info!(code = error.code(), "told the user of an error");
        self.say_of(whose, Tone::Bad, explain(error));
    }
}
