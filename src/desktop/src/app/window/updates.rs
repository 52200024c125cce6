//! Updates of the program in the running window: when the bank is asked, the notice above the place, and the sheet.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use client::update::{UpdateState, tidy};
use client::{ClientError, Connection};
use iced::{Subscription, Task};

use super::sheets::Sheet;
use super::{self as window, Window};
use crate::design::Element;
use crate::design::theme::Tone;
use crate::screen::update::{self, Around, Updating};
use crate::texts::explain;

/// The bank is asked so often while the window is open.
const EVERY: Duration = Duration::from_secs(4 * 60 * 60);
/// Folder of the downloads.
const FOLDER: &str = "updates";

/// What the bank said, and when.
type Checked = Result<(UpdateState, Option<DateTime<Utc>>), Arc<ClientError>>;

/// What happens to updates.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// Time to ask the bank.
    Due,
    /// Ask the bank: the user wants to know.
    Check,
    /// The bank has answered; whether the user had asked.
    Checked(bool, Box<Checked>),
    Show,
    /// Put the notice away until there is another version.
    Hide,
}

impl Window {
    /// The notice above the place.
    pub(super) fn update_notice(&self) -> Option<Element<'_, Message>> {
        let notice = update::notice(self.desk.program.state.as_ref()?, self.hidden.as_deref())?;
        Some(notice.map(|press| match press {
            update::Press::Show => Message::Show,
            update::Press::Hide => Message::Hide,
        }))
    }

    fn downloads(&self) -> PathBuf {
        self.started.folders.cache.join(FOLDER)
    }

    pub(super) fn updates(&mut self, message: Message) -> Task<window::Message> {
        match message {
            Message::Due => self.check_updates(false),
            Message::Check => self.check_updates(true),
            Message::Checked(asked, answer) => {
                self.desk.program.checking = false;
                match *answer {
                    Ok((state, at)) => self.know_updates(state, at, asked),
                    Err(error) if asked => self.trouble(&error),
                    Err(error) => {
                        tracing::info!(%error, "the bank was not asked for updates");
                        Task::none()
                    }
                }
            }
            Message::Show => {
                if let Some(state) = self.desk.program.state.clone() {
                    self.sheet = Some(Sheet::Update(Box::new(Updating::new(state))));
                }
                Task::none()
            }
            Message::Hide => {
                if let Some(UpdateState::Newer { version, .. }) = &self.desk.program.state {
                    self.hidden = Some(version.clone());
                }
                Task::none()
            }
        }
    }

    pub(super) fn check_updates(&mut self, asked: bool) -> Task<window::Message> {
        if self.desk.program.checking || matches!(self.connection, Connection::NoBank) {
            return Task::none();
        }
        self.desk.program.checking = true;
        let client = self.desk.client.clone();
        let ask = async move {
            let state = client.update_state().await?;
            Ok((state, client.updates_checked().await?))
        };
        let answered = move |answer: Result<_, ClientError>| {
            window::Message::Update(Message::Checked(asked, Box::new(answer.map_err(Arc::new))))
        };
        Task::perform(ask, answered)
    }

    fn know_updates(
        &mut self,
        state: UpdateState,
        at: Option<DateTime<Utc>>,
        asked: bool,
    ) -> Task<window::Message> {
        let news = self.desk.program.state.as_ref() != Some(&state);
        if asked && !state.is_too_old() {
            let tone = if state.trouble().is_some() { Tone::Care } else { Tone::Good };
            self.say_plain(tone, explain(&state));
        }
        let newest = matches!(state, UpdateState::Newest { .. });
        let tidied = if newest && !matches!(self.sheet, Some(Sheet::Update(_))) {
            let folder = self.downloads();
            let tidied = async move { tokio::task::spawn_blocking(move || tidy(&folder)).await };
            Task::future(tidied).discard()
        } else {
            Task::none()
        };
        self.desk.program.checked = at;
        self.desk.program.state = Some(state.clone());
        let own = self.desk.client.own_connection();
        let logs_in_here = self.sheet.as_ref().and_then(Sheet::logs_in_at) == Some(own);
        match &mut self.sheet {
            Some(Sheet::Update(sheet)) => sheet.know(state),
            // A login would be refused.
            sheet if (sheet.is_none() || logs_in_here) && state.is_too_old() && (news || asked) => {
                self.sheet = Some(Sheet::Update(Box::new(Updating::new(state))));
            }
            _ => {}
        }
        tidied
    }

    pub(super) fn update_sheet(&mut self, message: update::Message) -> Task<window::Message> {
        let around = Around { client: &self.desk.client, folder: self.downloads(), loses: self.may_lose() };
        let Some(Sheet::Update(sheet)) = &mut self.sheet else { return Task::none() };
        let (action, wish) = sheet.update(message, around).heard::<_, ()>(window::Message::UpdateSheet);
        match wish {
            Some(update::Wish::Close) => self.sheet = None,
            Some(update::Wish::Quit) => return iced::exit(),
            None => {}
        }
        action.task
    }

    /// Asks the bank again from time to time.
    pub(super) fn updates_due(&self) -> Subscription<window::Message> {
        match self.connection {
            Connection::NoBank => Subscription::none(),
            _ => iced::time::every(EVERY).map(|_| window::Message::Update(Message::Due)),
        }
    }
}
