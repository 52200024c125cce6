//! What the client tells: the frame looks at the store again, tells what is worth a notice, and only when it knows
//! itself what has changed does it tell the open screen.

use client::Change;
use iced::Task;

use super::trail::Trail;
use super::{Message, Window};
use crate::app::events::Event;
use crate::app::facts::{self, Facts};
use crate::app::notify::News;
use crate::design::theme::Tone;
use crate::go::Go;
use crate::screen::notice::Notice;
use crate::screen::{self, Topic};
use crate::tr;

impl Window {
    /// Looks again at what the frame knows of the store. What comes while it looks is looked at once more, together.
    pub(super) fn look(&mut self) -> Task<Message> {
        if self.looking.is_some() {
            self.again = true;
            return Task::none();
        }
        self.looking = Some(std::mem::take(&mut self.news));
        let client = self.desk.client.clone();
        Task::perform(facts::look(client), move |facts| Message::Looked(Box::new(facts)))
    }

    /// Takes what the frame knows now, and only then tells the open screen: it judges by the same rules.
    pub(super) fn looked(&mut self, facts: Facts) -> Task<Message> {
        let first = self.desk.rules.is_none() && facts.rules.is_some();
        let before = self.desk.customer.as_ref().map(|customer| customer.id.clone());
        let unread = facts.counts.unread.saturating_sub(self.facts.counts.unread);
        let topics = self.looking.take().unwrap_or_default();
        self.know(facts);
        let told = self.notices.add(News::Message, unread, Message::Notify);
        let other =
            before.is_some() && before != self.desk.customer.as_ref().map(|customer| customer.id.clone());
        if other {
            // What was chosen in the places that were left is another customer's.
            self.trail = Trail::default();
        }
        // A place that opened before the first login has nothing of what it needs.
        let screen = if first || (other && self.screen.is_of_customer()) {
            self.open_anew()
        } else {
            Task::batch(topics.into_iter().map(|topic| self.changed(topic)).collect::<Vec<_>>())
        };
        let again = if std::mem::take(&mut self.again) { self.look() } else { Task::none() };
        Task::batch([told, screen, again, self.open_file()])
    }

    pub(super) fn event(&mut self, event: Event) -> Task<Message> {
        match event {
            Event::Connection(connection) => {
                self.desk.user = connection.user().cloned();
                self.connection = connection;
                self.news.insert(Topic::Session);
                self.look()
            }
            Event::Token(token) => {
                let gone = self.desk.token.info().is_some() && token.info().is_none();
                let logged_in = self.connection.user().is_some();
                let told = self.notices.add(News::TokenGone, u32::from(gone && logged_in), Message::Notify);
                self.desk.token = token;
                Task::batch([told, self.changed(Topic::Token)])
            }
            Event::Locked(locked) => {
                let told = match &locked {
                    Some(locked) => self.notices.add(News::of_lock(locked.why), 1, Message::Notify),
                    None => Task::none(),
                };
                Task::batch([told, self.locked(locked)])
            }
            Event::Changed(change) => {
                if let Change::Finished { customer, name, executed, rejected } = &change
                    && self.desk.client.shows(*customer)
                {
                    self.finished(name, *executed, *rejected);
                }
                if let Change::Shared(news) = &change
                    && self.desk.client.shows(news.customer)
                {
                    self.tell(news_of(news));
                }
                if let Change::SessionEndsSoon { left } = &change {
                    self.say(Tone::Care, tr!("session-ends-soon", minutes = left.as_secs().div_ceil(60)));
                }
                let told = match News::of(&change) {
                    Some(news) => self.notices.add(news, 1, Message::Notify),
                    None => Task::none(),
                };
                let updates = match &change {
                    Change::Outdated => self.check_updates(false),
                    _ => Task::none(),
                };
                self.news.extend(Topic::of(&change));
                Task::batch([told, self.look(), updates])
            }
            Event::Missed => {
                self.news.extend(Topic::OF_CLIENT);
                self.look()
            }
        }
    }

    pub(super) fn changed(&mut self, topic: Topic) -> Task<Message> {
        let visit = self.visit;
        self.screen.changed(topic, &self.desk).map(move |message| Message::Screen(visit, message))
    }

    fn finished(&mut self, name: &str, executed: u32, rejected: u32) {
        let (tone, words) = match (executed, rejected) {
            (_, 0) => (Tone::Good, tr!("finished-good", name = name, count = executed)),
            (0, _) => (Tone::Bad, tr!("finished-bad", name = name, count = rejected)),
            _ => (Tone::Care, tr!("finished-partly", name = name, executed = executed, rejected = rejected)),
        };
        self.say(tone, words);
    }

    fn know(&mut self, facts: Facts) {
        self.desk.customer = facts.customer(&self.desk.client);
        self.desk.rules.clone_from(&facts.rules);
        self.facts = facts;
    }
}

/// News of the shared area as a floating message that leads to where something can be done.
fn news_of(news: &client::SharedNews) -> Notice {
    use client::SharedNewsKind as Kind;
    let (tone, words) = screen::shared_area::words::news(news);
    let link = match news.kind {
        Kind::Waiting { .. } => (tr!("shared-news-look"), Go::Shared),
        Kind::TakenOver { .. } | Kind::Withdrawn | Kind::Expired => {
            (tr!("shared-news-package"), Go::Prepared(Some(news.package)))
        }
    };
    Notice::new(tone, words).leading_to(link.0, link.1)
}
