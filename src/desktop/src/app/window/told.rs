//! What the client tells: the frame looks at the store again, tells what is worth a notice, and only when it knows
//! itself what has changed does it tell the open screen.

use client::{Change, PackageEnd};
use domain::ConnectionKey;
use iced::Task;

use super::{Message, Window};
use crate::app::events::Event;
use crate::app::facts::{self, Facts};
use crate::app::notify::News;
use crate::design::theme::Tone;
use crate::format;
use crate::go::Go;
use crate::house::Handle;
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
        let topics = self.looking.take().unwrap_or_default();
        if !self.is_about_shown(&facts) {
            // Somebody else was chosen while it was looked.
            self.news.extend(topics);
            return self.look();
        }
        let first = self.desk.rules.is_none() && facts.rules.is_some();
        let told = self.tell_unread(&facts);
        self.know(facts);
        // A place that opened before the first login has nothing of what it needs.
        let screen = if first {
            self.open_anew()
        } else {
            Task::batch(topics.into_iter().map(|topic| self.changed(topic)).collect::<Vec<_>>())
        };
        let again = if std::mem::take(&mut self.again) { self.look() } else { Task::none() };
        Task::batch([told, screen, again, self.open_file()])
    }

    fn is_about_shown(&self, facts: &Facts) -> bool {
        let (shown, Handle(looked)) = (&self.desk.client, &facts.handle);
        shown.own_connection() == looked.own_connection() && shown.shown_customer() == facts.of
    }

    fn tell_unread(&mut self, facts: &Facts) -> Task<Message> {
        let mut told = Vec::new();
        for (customer, unread) in &facts.unread {
            let before = self.facts.unread.get(customer).copied().unwrap_or_default();
            let (whose, new) = (facts.house.whose(*customer), unread.saturating_sub(before));
            told.push(self.notices.add(whose, News::Message, new, Message::Notify));
        }
        Task::batch(told)
    }

    /// Something happened at a bank, the shown one's or another.
    pub(super) fn event(&mut self, of: Option<ConnectionKey>, event: Event) -> Task<Message> {
        if of != self.desk.client.own_connection() {
            return self.event_elsewhere(of, event);
        }
        match event {
            Event::Connection(connection) => {
                self.desk.user = connection.user().cloned();
                self.connection = connection;
                self.news.insert(Topic::Session);
                self.look()
            }
            Event::Token(token) => {
                let gone = self.desk.token.info().is_some() && token.info().is_none();
                let count = u32::from(gone && self.connection.user().is_some());
                let told = self.notices.add(self.own_bank(), News::TokenGone, count, Message::Notify);
                self.desk.token = token;
                Task::batch([told, self.changed(Topic::Token)])
            }
            Event::Locked(locked) => {
                let told = match &locked {
                    Some(locked) => {
                        self.notices.add(self.own_bank(), News::of_lock(locked.why), 1, Message::Notify)
                    }
                    None => Task::none(),
                };
                Task::batch([told, self.locked(locked), self.look()])
            }
            Event::Changed(change) => {
                let told = self.tell_change(of, &change);
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

    /// Something happened at another bank than the shown one's: it is told, and touches nothing of what is shown.
    fn event_elsewhere(&mut self, of: Option<ConnectionKey>, event: Event) -> Task<Message> {
        let told = match &event {
            Event::Locked(Some(locked)) => {
                let bank = of.and_then(|key| self.facts.house.which_bank(key));
                self.say_of(bank.clone(), Tone::Care, client::texts::text(locked.why.code(), &[]));
                self.notices.add(bank, News::of_lock(locked.why), 1, Message::Notify)
            }
            Event::Changed(change) => self.tell_change(of, change),
            // That it has gone locks the session, and that is told.
            Event::Token(_) => return Task::none(),
            Event::Locked(None) | Event::Connection(_) | Event::Missed => Task::none(),
        };
        self.news.insert(Topic::Others);
        Task::batch([told, self.look()])
    }

    /// Says what is worth a notice, and whose it is.
    fn tell_change(&mut self, of: Option<ConnectionKey>, change: &Change) -> Task<Message> {
        let house = self.facts.house.clone();
        let whose = match change {
            Change::Finished { customer, .. } => house.whose(*customer),
            Change::Shared(news) => house.whose(news.customer),
            _ => of.and_then(|key| house.which_bank(key)),
        };
        match change {
            Change::Finished { customer, end } => self.tell_of(Some(*customer), finished(end)),
            Change::Shared(news) => self.tell_of(Some(news.customer), news_of(news)),
            Change::SessionEndsSoon { left } => {
                let words = tr!("session-ends-soon", minutes = left.as_secs().div_ceil(60));
                self.say_of(whose.clone(), Tone::Care, words);
            }
            _ => {}
        }
        match News::of(change) {
            Some(news) => self.notices.add(whose, news, 1, Message::Notify),
            None => Task::none(),
        }
    }

    pub(super) fn changed(&mut self, topic: Topic) -> Task<Message> {
        let visit = self.visit;
        self.screen.changed(topic, &self.desk).map(move |message| Message::Screen(visit, message))
    }

    pub(super) fn know(&mut self, facts: Facts) {
        self.desk.customer = facts.customer();
        self.desk.house.clone_from(&facts.house);
        self.desk.rules.clone_from(&facts.rules);
        if facts.of.is_some() {
            let Handle(client) = &facts.handle;
            self.desk.client = client.clone();
        }
        self.facts = facts;
    }
}

/// How a package ended at the bank, with what was paid and why something was not; it leads to the package.
fn finished(end: &PackageEnd) -> Notice {
    let PackageEnd { package, name, executed, rejected, paid, reason } = end;
    let (name, executed, rejected) = (name.as_str(), *executed, *rejected);
    let (tone, mut words) = match (executed, rejected) {
        (_, 0) => (Tone::Good, tr!("finished-good", name = name, count = executed)),
        (0, _) => (Tone::Bad, tr!("finished-bad", name = name, count = rejected)),
        _ => (Tone::Care, tr!("finished-partly", name = name, executed = executed, rejected = rejected)),
    };
    if !paid.is_empty() {
        let sums: Vec<String> = paid.iter().map(|sum| format::money(*sum)).collect();
        words = format!("{words} {}", tr!("finished-paid", sum = sums.join(" + ")));
    }
    if let Some(reason) = reason {
        words = format!("{words} {}", client::texts::text(reason, &[]));
    }
    Notice::new(tone, words).leading_to(tr!("finished-look"), Go::Sent(Some(*package)))
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
