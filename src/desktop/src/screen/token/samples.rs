//! States of the place that need no card: for the gallery, its pictures and the tests.
//!
//! The certificates in `samples.pem` are made up; their ends lie around the sample day, 23 November 2026.

use chrono::{DateTime, Utc};
use client::{
    Certificate, PinState, ReaderSeen, TokenChoice, TokenError, TokenInfo, TokenKind, TokenProfile,
    TokenStatus, UnblockKind,
};
use domain::pin::{PinForm, PinRules};
use domain::unblock::{UnblockKind as Asked, UnblockQuestion};

use super::choose::Choose;
use super::pin_panel::PinPanel;
use super::renew::Renew;
use super::unblock::{Lapse, Unblock};
use super::{Manager, Panel, Seen};

const CERTIFICATES: &str = include_str!("samples.pem");

/// A made-up state of the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[allow(missing_docs)] // each is named by what it shows
pub enum Sample {
    Starting,
    NotConfigured,
    NoService,
    Disabled,
    Remote,
    NoReader,
    NoCard,
    Foreign,
    Busy,
    New,
    Transport,
    TransportTyped,
    Present,
    LoggedIn,
    Software,
    Empty,
    Ending,
    EndingLoggedIn,
    Near,
    Urgent,
    Expired,
    Change,
    ChangeDiffers,
    LastTry,
    Blocked,
    BlockedElsewhere,
    Asked,
    AskedTyped,
    AskedSlip,
    AskedLong,
    AskedNew,
    Lapsed,
    Dead,
    Choose,
    Renew,
    Renewing,
    RenewFailed,
}

/// A state as it is shown.
#[derive(Debug)]
pub struct Shown {
    manager: Manager,
    token: TokenStatus,
    logged_in: bool,
}

impl Shown {
    #[must_use]
    pub fn manager(&self) -> &Manager {
        &self.manager
    }

    /// The place, to be worked on.
    #[cfg(test)]
    pub(super) fn into_manager(self) -> Manager {
        self.manager
    }

    /// What the place shows beside its own state.
    #[must_use]
    pub fn seen(&self) -> Seen<'_> {
        Seen { token: &self.token, logged_in: self.logged_in, now: day() }
    }
}

/// 23 November 2026, in the morning.
#[must_use]
pub(crate) fn day() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_420_800, 0).unwrap_or_default()
}

/// When a sample certificate ends.
#[derive(Clone, Copy)]
enum Ends {
    Far,
    Soon,
    Near,
    Urgent,
    Past,
}

/// A certificate for signing.
fn certificate(ends: Ends) -> Option<Certificate> {
    numbered(ends as usize)
}

/// A certificate for logging in; `for_ever`: whenever somebody looks, else it ends far from the sample day.
pub(crate) fn login(for_ever: bool) -> Option<Certificate> {
    numbered(if for_ever { 6 } else { 5 })
}

fn numbered(number: usize) -> Option<Certificate> {
    Certificate::all_from_pem(CERTIFICATES).ok()?.into_iter().nth(number)
}

fn card(signing: Ends) -> TokenInfo {
    TokenInfo {
        kind: TokenKind::Card,
        reader: "Virtual PCD 00 00".to_owned(),
        csn: "0A1B22C4".to_owned(),
        login: login(false),
        signing: certificate(signing),
        tries_left: Some(5),
        tries_max: Some(5),
        profile: TokenProfile::Piv,
        pin_state: PinState::InUse,
        pin_form: client::PinForm::DIGITS_6_TO_8,
        unblock: UnblockKind::PukPair,
        unblock_left: Some(5),
        renewable: true,
    }
}

/// Of the other kind: one that asks a question of its own when it is blocked, and cannot renew its keys.
fn blocked() -> TokenInfo {
    TokenInfo {
        tries_left: Some(0),
        profile: TokenProfile::Gids,
        unblock: UnblockKind::ChallengeResponse,
        renewable: false,
        ..card(Ends::Soon)
    }
}

/// What the blocked sample token asks.
#[must_use]
pub(crate) fn question() -> UnblockQuestion {
    UnblockQuestion {
        kind: Asked::ChallengeResponse,
        csn: "0A1B22C4".to_owned(),
        random: "93F05D1E77A204BC".to_owned(),
    }
}

fn rules() -> (PinForm, PinRules) {
    (PinForm::PIV, PinRules::default())
}

fn asked(code: &str, new: &str, again: &str) -> Panel {
    let mut panel = Unblock::idle(rules());
    panel.stand(question());
    panel.show(code, new, again);
    Panel::Unblock(Box::new(panel))
}

fn pin(info: &TokenInfo, old: &str, new: &str, again: &str) -> Panel {
    let mut panel = PinPanel::new(info, rules()).0;
    panel.show(old, new, again);
    Panel::Pin(panel)
}

impl Sample {
    /// The state as it is shown.
    #[must_use]
    pub fn shown(self) -> Shown {
        let (panel, token) = self.parts();
        let logged_in = matches!(
            self,
            Self::LoggedIn | Self::EndingLoggedIn | Self::Renew | Self::Renewing | Self::RenewFailed
        );
        Shown { manager: Manager { panel, unfinished: false, looking: None }, token, logged_in }
    }

    fn parts(self) -> (Panel, TokenStatus) {
        use TokenStatus::{Blocked, Failed, Present, Software};
        let code = question().spoken_code("5E2190C7B4A3D201");
        let new = |pin_state| TokenInfo { pin_state, ..card(Ends::Far) };
        match self {
            Self::Starting => (Panel::State, TokenStatus::Starting),
            Self::NotConfigured => (Panel::State, TokenStatus::NotConfigured),
            Self::NoService => (Panel::State, TokenStatus::NoService),
            Self::Disabled => (Panel::State, Failed(TokenError::ServiceDisabled)),
            Self::Remote => (Panel::State, Failed(TokenError::RemoteSession)),
            Self::NoReader => (Panel::State, TokenStatus::NoReader),
            Self::NoCard => (Panel::State, TokenStatus::NoCard),
            Self::Foreign => (Panel::State, TokenStatus::ForeignCard),
            Self::Busy => (Panel::State, Failed(TokenError::ReaderBusy)),
            Self::New => (pin(&new(PinState::Unset), "", "2718", ""), Present(new(PinState::Unset))),
            Self::Transport => {
                (pin(&new(PinState::Transport), "", "", ""), Present(new(PinState::Transport)))
            }
            Self::TransportTyped => (
                pin(&new(PinState::Transport), "135790", "271828", "2718"),
                Present(new(PinState::Transport)),
            ),
            Self::Present | Self::LoggedIn => (Panel::State, Present(card(Ends::Far))),
            Self::Software => (Panel::State, Software(key_file())),
            Self::Empty => {
                (Panel::State, Present(TokenInfo { login: None, signing: None, ..card(Ends::Far) }))
            }
            Self::Ending | Self::EndingLoggedIn => (Panel::State, Present(card(Ends::Soon))),
            Self::Near => (Panel::State, Present(TokenInfo { renewable: false, ..card(Ends::Near) })),
            Self::Urgent => (Panel::State, Present(card(Ends::Urgent))),
            Self::Expired => (Panel::State, Present(card(Ends::Past))),
            Self::Change => (pin(&card(Ends::Far), "135790", "271828", "271828"), Present(card(Ends::Far))),
            Self::ChangeDiffers => {
                (pin(&card(Ends::Far), "135790", "271828", "271829"), Present(card(Ends::Far)))
            }
            Self::LastTry => {
                let info = TokenInfo { tries_left: Some(1), ..card(Ends::Far) };
                (pin(&info, "135790", "271828", "271828"), Present(info))
            }
            Self::Blocked => (Panel::State, Blocked(blocked())),
            Self::BlockedElsewhere => {
                let unblock = UnblockKind::Unsupported;
                let info =
                    TokenInfo { unblock, unblock_left: None, profile: TokenProfile::Pkcs11, ..blocked() };
                (Panel::State, Blocked(info))
            }
            Self::Asked => (asked("5E21 90C7 B", "", ""), Blocked(blocked())),
            Self::AskedTyped => (asked(&code, "27182", ""), Blocked(blocked())),
            Self::AskedSlip => (asked(&code.replace('7', "1"), "", ""), Blocked(blocked())),
            Self::AskedLong => {
                let csn = "0A1B22C45D1E77A20A1B22C45D1E77A2".to_owned();
                let asked = UnblockQuestion { csn: csn.clone(), ..question() };
                let mut panel = Unblock::idle(rules());
                let code = asked.spoken_code("5E2190C7B4A3D201");
                panel.stand(asked);
                panel.show(&code, "271828", "271828");
                (Panel::Unblock(Box::new(panel)), Blocked(TokenInfo { csn, ..blocked() }))
            }
            Self::AskedNew => (asked(&code, "271828", "271828"), Blocked(blocked())),
            Self::Lapsed => {
                let mut panel = Unblock::idle(rules());
                panel.fall(Lapse::Pulled);
                (Panel::Unblock(Box::new(panel)), TokenStatus::NoCard)
            }
            Self::Dead => (Panel::State, Blocked(TokenInfo { unblock_left: Some(0), ..blocked() })),
            Self::Choose => {
                let reader = |name: &str, has_card| ReaderSeen { name: name.to_owned(), has_card };
                let readers = vec![reader("Virtual PCD 00 00", true), reader("Virtual PCD 00 01", false)];
                let choice = TokenChoice::Module {
                    path: "/usr/lib/opensc-pkcs11.so".into(),
                    token: Some("Kovács Anna".to_owned()),
                };
                (Panel::Choose(Choose::listed(readers, choice)), Present(card(Ends::Far)))
            }
            Self::Renew => (Panel::Renew(Renew::new(&card(Ends::Soon)).0), Present(card(Ends::Soon))),
            Self::Renewing => (Panel::Renew(Renew::half_way(&card(Ends::Soon))), Present(card(Ends::Soon))),
            Self::RenewFailed => (Panel::Renew(Renew::failed(&card(Ends::Soon))), Present(card(Ends::Soon))),
        }
    }
}

fn key_file() -> TokenInfo {
    TokenInfo {
        kind: TokenKind::Software,
        reader: "/home/anna/kovacs-anna.key".to_owned(),
        profile: TokenProfile::KeyFile,
        unblock: UnblockKind::Unsupported,
        unblock_left: None,
        renewable: false,
        ..card(Ends::Far)
    }
}
