//! Desktop notifications: what happens while nobody looks at the window, told by the system in a corner of the screen.
//!
//! Ours: they say the kind of a thing and how many there are, and nothing else. Locked screens show them to whoever
//! walks by, so no amount, account, partner or person stands in them; a package's name neither, because people type
//! names of partners there (packages have no number that people know). Only where the store has several customers is it
//! said which one is meant, as nobody could know otherwise. What comes within [`COLLECT`] is told once,
//! together. While the window has the focus nothing is sent: it says more itself.

mod news;
mod system;

use std::collections::BTreeMap;
use std::time::Duration;

use iced::Task;

pub(super) use news::News;
use system::System;

use crate::tr;

/// How long news are collected before they are told.
const COLLECT: Duration = Duration::from_millis(1500);

/// A notification as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Notice {
    summary: String,
    body: String,
}

/// How many of each kind happened, and whose: of a customer or a bank, where that has to be said.
type Waiting = BTreeMap<(Option<String>, News), u32>;

/// News that were not told yet, and whether they need to be.
#[derive(Default)]
pub(super) struct Notices {
    focused: bool,
    wanted: bool,
    waiting: Waiting,
    system: System,
}

impl Notices {
    /// Whether the user wants to be told at all.
    pub(super) fn want(&mut self, wanted: bool) {
        self.wanted = wanted;
    }

    /// The window got the focus, or lost it.
    pub(super) fn focus(&mut self, focused: bool) {
        self.focused = focused;
    }

    /// Something happened; `collected` comes when it is time to tell.
    pub(super) fn add<M: Send + 'static>(
        &mut self,
        whose: Option<String>,
        news: News,
        count: u32,
        collected: M,
    ) -> Task<M> {
        if self.focused || !self.wanted || count == 0 {
            return Task::none();
        }
        let first = self.waiting.is_empty();
        let so_far = self.waiting.entry((whose, news)).or_default();
        *so_far = so_far.saturating_add(count);
        if !first {
            return Task::none();
        }
        Task::future(async move {
            tokio::time::sleep(COLLECT).await;
            collected
        })
    }

    /// Tells what was collected, unless the user has come to look meanwhile.
    pub(super) fn tell(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        if self.focused || !self.wanted {
            return;
        }
        if let Some(notice) = notice(&waiting) {
            self.system.show(notice);
        }
    }
}

/// One notification of everything.
fn notice(waiting: &Waiting) -> Option<Notice> {
    let line = |((whose, news), count): (&(Option<String>, News), &u32)| match whose {
        Some(whose) => tr!("notify-whose", whose = whose.as_str(), what = news.words(*count)),
        None => news.words(*count),
    };
    let mut lines: Vec<String> = waiting.iter().map(line).collect();
    if lines.len() > 1 {
        return Some(Notice { summary: tr!("notify-several", count = lines.len()), body: lines.join("\n") });
    }
    Some(Notice { summary: lines.pop()?, body: String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speak_hungarian() {
        crate::texts::speak(crate::texts::Language::Hu);
    }

    fn of(news: &[(News, u32)]) -> Notice {
        notice(&news.iter().map(|(news, count)| ((None, *news), *count)).collect()).unwrap()
    }

    #[test]
    fn many_of_a_kind_are_one_line_and_kinds_are_lines() {
        speak_hungarian();
        let plain = |text: &str| text.replace(['\u{2068}', '\u{2069}'], "");
        assert_eq!(plain(&of(&[(News::Executed, 1)]).summary), "Egy csomag teljesült");
        assert_eq!(plain(&of(&[(News::Executed, 12)]).summary), "12 csomag teljesült");
        let both = of(&[(News::Executed, 2), (News::Message, 1)]);
        assert_eq!(both.body.lines().count(), 2);
        assert_eq!(notice(&BTreeMap::new()), None);
    }

    #[test]
    fn where_there_are_several_customers_it_is_said_which_one_is_meant() {
        speak_hungarian();
        let whose = |name: &str| Some(name.to_owned());
        let one = Waiting::from([((whose("K&H · Minta Kft."), News::Executed), 2)]);
        assert_eq!(notice(&one).unwrap().summary, "K&H · Minta Kft.: 2 csomag teljesült");
        let both = [("K&H · Minta Kft.", 2), ("OTP · Minta Kft.", 1)];
        let both = both.map(|(name, count)| ((whose(name), News::Executed), count));
        assert_eq!(notice(&both.into()).unwrap().body.lines().count(), 2, "they are not counted together");
    }

    #[test]
    fn who_looks_at_the_window_or_wants_none_is_told_nothing() {
        let mut notices = Notices::default();
        let mut collects = |wanted, focused| {
            notices.want(wanted);
            notices.focus(focused);
            let _: Task<()> = notices.add(None, News::Message, 1, ());
            let waits = !notices.waiting.is_empty();
            notices.waiting.clear();
            waits
        };
        assert!(collects(true, false));
        assert!(!collects(true, true));
        assert!(!collects(false, false));
    }

    #[test]
    fn what_comes_together_is_counted_together() {
        let mut notices = Notices::default();
        notices.want(true);
        for count in [1, 2, 0] {
            let _: Task<()> = notices.add(None, News::Executed, count, ());
        }
        let _: Task<()> = notices.add(None, News::TokenGone, 1, ());
        let expected = BTreeMap::from([((None, News::Executed), 3), ((None, News::TokenGone), 1)]);
        assert_eq!(notices.waiting, expected);
    }

    #[test]
    fn nothing_of_money_or_people_can_stand_in_a_notification() {
        speak_hungarian();
        for news in News::ALL {
            // The words are made of a kind and a count: no other digit, and no name, can come in.
            let digits: String = news.words(7).chars().filter(char::is_ascii_digit).collect();
            assert!(digits.is_empty() || digits == "7", "{news:?}: {}", news.words(7));
        }
    }
}
