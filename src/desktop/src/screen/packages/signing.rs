//! The signing sheet: shows what will be signed, read from the very bytes, and asks for the token's PIN.
//!
//! A wrong PIN changes nothing but the tries that are left; the sheet stays. The view is in `signing_view`.

use std::sync::Arc;

use client::domain::{Explain, PackageId};
use client::{ClientError, Signed, SigningSheet, TokenStatus};
use iced::Task;
use iced::task::Handle;

use crate::design::keys;
use crate::screen::ask::Question;
use crate::screen::typed::TypedPin;
use crate::shared::Shared;
use crate::texts::explain;

/// The name by which focus finds the PIN field.
pub(super) const PIN: &str = "signing-pin";
/// Code of the error for a package that changed under the sheet.
const CHANGED: &str = "changed-since-shown";

/// The sheet.
#[derive(Debug)]
pub struct Signing {
    pub(super) package: PackageId,
    pub(super) sheet: Option<Arc<SigningSheet>>,
    pub(super) token: TokenStatus,
    pub(super) pin: TypedPin,
    pub(super) last_try: bool,
    pub(super) all: bool,
    pub(super) busy: bool,
    /// What went wrong with the last attempt, in words.
    pub(super) error: Option<String>,
    /// Why there is no sheet.
    pub(super) failure: Option<String>,
    question: Question,
    watching: Handle,
}

/// What happens to the sheet.
#[derive(Debug, Clone)]
pub enum Message {
    /// The sheet was read.
    Loaded(Question, Result<Arc<SigningSheet>, String>),
    /// Another token, or another count of tries.
    Token(Question, TokenStatus),
    /// The PIN was typed.
    Pin(TypedPin),
    /// The user knows that it is the last try.
    LastTry(bool),
    /// All orders, or only the largest.
    All,
    /// Enter.
    Sign,
    /// The token has answered.
    Signed(Question, Result<Signed, Failure>),
    /// To the place where a blocked token is mended.
    OpenToken,
    /// Esc.
    Cancel,
}

/// Why a signature was not made.
#[derive(Debug, Clone)]
pub struct Failure {
    code: &'static str,
    words: String,
}

/// What the place of packages must do.
pub enum Action {
    /// Nothing.
    None,
    /// Work.
    Run(Task<Message>),
    /// The sheet is over without a signature.
    Close,
    /// The sheet is over; the token needs its own place.
    OpenToken,
    /// The package has been signed.
    Signed(Signed),
}

impl Signing {
    /// Opens the sheet of a package.
    pub fn new(package: PackageId, shared: &Shared) -> (Self, Task<Message>) {
        let question = Question::ask();
        let token = shared.client.token_status().borrow().clone();
        let (news, watching) = watch(question, token.clone(), shared);
        let signing = Self {
            package,
            sheet: None,
            token,
            pin: TypedPin::default(),
            last_try: false,
            all: false,
            busy: false,
            error: None,
            failure: None,
            question,
            watching,
        };
        let task = Task::batch([signing.load(shared), news]);
        (signing, task)
    }

    fn load(&self, shared: &Shared) -> Task<Message> {
        let (client, package, question) = (shared.client.clone(), self.package, self.question);
        Task::perform(
            async move { client.signing_sheet(package).await.map(Arc::new).map_err(|e| explain(&e)) },
            move |answer| Message::Loaded(question, answer),
        )
    }

    /// PIN tries that remain, if the token tells.
    pub(super) fn tries_left(&self) -> Option<u8> {
        self.token.info().and_then(|info| info.tries_left)
    }

    /// Whether the token can sign at all.
    pub(super) fn token_ready(&self) -> bool {
        matches!(self.token, TokenStatus::Present(_) | TokenStatus::Software(_))
            && self.token.info().is_some_and(|info| info.signing.is_some())
    }

    pub(super) fn may_sign(&self) -> bool {
        self.sheet.is_some()
            && self.token_ready()
            && !self.busy
            && !self.pin.is_empty()
            && (self.tries_left() != Some(1) || self.last_try)
    }

    /// Does what the message says.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action {
        match message {
            Message::Loaded(question, answer) if question == self.question => {
                let first = self.sheet.is_none();
                match answer {
                    Ok(sheet) => (self.sheet, self.failure) = (Some(sheet), None),
                    Err(words) => (self.sheet, self.failure) = (None, Some(words)),
                }
                // The PIN's field is there only now.
                if first && self.sheet.is_some() { Action::Run(keys::focus(PIN)) } else { Action::None }
            }
            Message::Token(question, status) if question == self.question => {
                if self.tries_left() != status.info().and_then(|info| info.tries_left) {
                    self.last_try = false;
                }
                let (news, watching) = watch(question, status.clone(), shared);
                (self.token, self.watching) = (status, watching);
                Action::Run(news)
            }
            Message::Pin(pin) => {
                self.pin = pin;
                Action::None
            }
            Message::LastTry(on) => {
                self.last_try = on;
                Action::None
            }
            Message::All => {
                self.all = !self.all;
                Action::None
            }
            Message::Sign => self.sign(shared),
            Message::Signed(question, answer) if question == self.question => self.signed(answer, shared),
            Message::OpenToken => Action::OpenToken,
            // While the token works it cannot be called back; what it does must be seen.
            Message::Cancel if self.busy => Action::None,
            Message::Cancel => Action::Close,
            Message::Loaded(..) | Message::Token(..) | Message::Signed(..) => Action::None,
        }
    }

    fn sign(&mut self, shared: &Shared) -> Action {
        let Some(sheet) = self.sheet.clone().filter(|_| self.may_sign()) else { return Action::None };
        self.busy = true;
        self.error = None;
        let pin = std::mem::take(&mut self.pin).pin();
        let (client, package, question, last) =
            (shared.client.clone(), self.package, self.question, self.last_try);
        Action::Run(Task::perform(
            async move { client.sign(package, sheet.fingerprint, pin, last).await.map_err(Failure::of) },
            move |answer| Message::Signed(question, answer),
        ))
    }

    fn signed(&mut self, answer: Result<Signed, Failure>, shared: &Shared) -> Action {
        self.busy = false;
        self.last_try = false;
        match answer {
            Ok(signed) => Action::Signed(signed),
            Err(failure) => {
                self.token = shared.client.token_status().borrow().clone();
                self.error = Some(failure.words);
                if failure.code == CHANGED {
                    // Another package than the one shown: it must be looked at again.
                    self.sheet = None;
                    return Action::Run(self.load(shared));
                }
                Action::Run(keys::focus(PIN))
            }
        }
    }
}

impl Failure {
    fn of(error: ClientError) -> Self {
        Self { code: error.code(), words: explain(&error) }
    }
}

/// Tells of a token that is another than the known one, once; ends with the handle.
fn watch(question: Question, known: TokenStatus, shared: &Shared) -> (Task<Message>, Handle) {
    let mut status = shared.client.token_status();
    let news = Task::future(async move {
        loop {
            let now = status.borrow_and_update().clone();
            if now != known {
                return Some(Message::Token(question, now));
            }
            if status.changed().await.is_err() {
                return None;
            }
        }
    });
    let (task, handle) = news.and_then(Task::done).abortable();
    (task, handle.abort_on_drop())
}
