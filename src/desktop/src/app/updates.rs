//! Updates of the program in the running window: when the bank is asked, the notice above the place, and the sheet.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use client::update::{UpdateState, tidy};
use client::{ClientError, Connection};
use iced::{Subscription, Task};

use super::sheets::Sheet;
use super::window::{self, Window};
use crate::design::theme::Tone;
use crate::design::{Element, button, strip};
use crate::screen::settings::Program;
use crate::screen::update::{self, Around, Updating};
use crate::texts::explain;
use crate::tr;

/// The bank is asked so often while the window is open.
const EVERY: Duration = Duration::from_secs(4 * 60 * 60);
/// Folder of the downloads.
const FOLDER: &str = "updates";

/// What is known of updates.
#[derive(Debug, Clone, Default)]
pub struct Updates {
    state: Option<UpdateState>,
    checked: Option<DateTime<Utc>>,
    checking: bool,
    /// The version whose notice was put away.
    hidden: Option<String>,
}

/// What the bank said, and when.
type Checked = Result<(UpdateState, Option<DateTime<Utc>>), Arc<ClientError>>;

/// What happens to updates.
#[derive(Debug, Clone)]
pub enum Message {
    /// Time to ask the bank.
    Due,
    /// Ask the bank: the user wants to know.
    Check,
    /// The bank has answered; whether the user had asked.
    Checked(bool, Box<Checked>),
    /// Show the sheet.
    Show,
    /// Put the notice away until there is another version.
    Hide,
    /// Of the sheet.
    Sheet(update::Message),
}

impl Updates {
    /// For the settings.
    pub(super) fn program(&self) -> Program<'_> {
        Program { state: self.state.as_ref(), checked: self.checked, checking: self.checking }
    }

    /// Whether the bank takes this program no more.
    pub(super) fn is_too_old(&self) -> bool {
        self.state.as_ref().is_some_and(UpdateState::is_too_old)
    }

    /// The notice above the place.
    pub(super) fn notice<'a>(&self) -> Option<Element<'a, Message>> {
        notice(self.state.as_ref()?, self.hidden.as_deref())
    }
}

/// The notice of a state, unless its version's was put away. A demand of the bank cannot be put away.
pub fn notice<'a>(state: &UpdateState, hidden: Option<&str>) -> Option<Element<'a, Message>> {
    let show = |label: String| button::link(label).id("update-show").on_press(Message::Show).into();
    match state {
        UpdateState::Newest { .. } => None,
        UpdateState::Newer { version, .. } if hidden == Some(version) => None,
        UpdateState::Newer { version, .. } => {
            let hide = button::quiet("✕").small().id("update-hide").on_press(Message::Hide).into();
            let words = tr!("update-notice", version = version.as_str());
            Some(strip::strip(Tone::Accent, words, [show(tr!("update-look")), hide]))
        }
        UpdateState::TooOld { minimum, .. } => {
            let words = tr!("update-notice-old", version = minimum.as_str());
            Some(strip::strip(Tone::Bad, words, [show(tr!("update-look-old"))]))
        }
    }
}

impl Window {
    /// Where downloads lie.
    fn downloads(&self) -> PathBuf {
        self.started.folders.cache.join(FOLDER)
    }

    pub(super) fn updates(&mut self, message: Message) -> Task<window::Message> {
        match message {
            Message::Due => self.check_updates(false),
            Message::Check => self.check_updates(true),
            Message::Checked(asked, answer) => {
                self.updates.checking = false;
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
                if let Some(state) = self.updates.state.clone() {
                    self.sheet = Some(Sheet::Update(Box::new(Updating::new(state))));
                }
                Task::none()
            }
            Message::Hide => {
                if let Some(UpdateState::Newer { version, .. }) = &self.updates.state {
                    self.updates.hidden = Some(version.clone());
                }
                Task::none()
            }
            Message::Sheet(message) => self.update_sheet(message),
        }
    }

    pub(super) fn check_updates(&mut self, asked: bool) -> Task<window::Message> {
        if self.updates.checking || matches!(self.connection, Connection::NoBank) {
            return Task::none();
        }
        self.updates.checking = true;
        let client = self.shared.client.clone();
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
        let news = self.updates.state.as_ref() != Some(&state);
        if asked && !state.is_too_old() {
            let tone = if state.trouble().is_some() { Tone::Care } else { Tone::Good };
            self.say(tone, explain(&state));
        }
        let newest = matches!(state, UpdateState::Newest { .. });
        let tidied = if newest && !matches!(self.sheet, Some(Sheet::Update(_))) {
            let folder = self.downloads();
            let tidied = async move { tokio::task::spawn_blocking(move || tidy(&folder)).await };
            Task::future(tidied).discard()
        } else {
            Task::none()
        };
        self.updates.checked = at;
        self.updates.state = Some(state.clone());
        match &mut self.sheet {
            Some(Sheet::Update(sheet)) => sheet.know(state),
            // A login would be refused.
            None | Some(Sheet::Login(_)) if state.is_too_old() && (news || asked) => {
                self.sheet = Some(Sheet::Update(Box::new(Updating::new(state))));
            }
            _ => {}
        }
        tidied
    }

    fn update_sheet(&mut self, message: update::Message) -> Task<window::Message> {
        let around = Around { client: &self.shared.client, folder: self.downloads(), loses: self.may_lose() };
        let Some(Sheet::Update(sheet)) = &mut self.sheet else { return Task::none() };
        match sheet.update(message, around) {
            update::Action::None => Task::none(),
            update::Action::Run(task) => task.map(|m| window::Message::Update(Message::Sheet(m))),
            update::Action::Close => {
                self.sheet = None;
                Task::none()
            }
            update::Action::Quit => iced::exit(),
        }
    }

    /// Asks the bank again from time to time.
    pub(super) fn updates_due(&self) -> Subscription<window::Message> {
        match self.connection {
            Connection::NoBank => Subscription::none(),
            _ => iced::time::every(EVERY).map(|_| window::Message::Update(Message::Due)),
        }
    }
}
