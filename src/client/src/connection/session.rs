//! Logging in with the token and keeping the session: connected, logged in, locked.

use crate::bank::{BankError, Connected, LoginAs, Says, Session};
use crate::change::Change;
use crate::client::CLIENT_NAME;
use crate::reasons::CertificateProblem;
use crate::state::{Connection, ForCustomer, OpenSession, Reached, locked};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::User;
use sha2::{Digest, Sha256};
use signature::Certificate;
use token::{KeyPurpose, Pin, SignRequest, TokenInfo, TokenKind};

use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::token::fitness::{fit, fit_at};

/// What a login told.
#[derive(Clone, Debug)]
pub struct LoggedIn {
    /// Who.
    pub user: User,
    /// The login before this one.
    pub last_login: Option<DateTime<Utc>>,
    /// Whether the token is a file and no card.
    pub software_token: bool,
}

impl Client {
    /// Logs in with the token's authentication key and starts following the bank.
    ///
    /// # Errors
    /// [`ClientError::Token`] with the tries left for a wrong PIN; [`ClientError::Bank`] with the bank's reason;
    /// [`ClientError::Outdated`] when the bank takes this program no more: then no PIN was used.
    pub async fn log_in(&self, pin: Pin, last_try_confirmed: bool) -> Result<LoggedIn> {
        let bank = self.bank()?;
        let login = bank.login()?;
        self.is_taken().await?;
        let info = self.token().info().await?;
        self.may_use(info.kind)?;
        let certificate = fit_at(&info, KeyPurpose::Login, self.bank_time())?;
        let user_id = certificate
            .user_id()
            .and_then(|id| id.parse().ok())
            .ok_or(ClientError::Certificate(CertificateProblem::NamesNobody))?;
        let who = LoginAs { user: user_id, device: info.kind, program: CLIENT_NAME.replace('/', " ") };
        let question =
            login.question(who).await.inspect_err(|error| self.note_refused_login(&bank, error))?;
        self.set_skew(question.bank_time - Utc::now());
        // No PIN for a certificate that is not valid by the clock that counts.
        let certificate = fit(&info, KeyPurpose::Login, self.now()).map(|_| certificate)?;
        let statement = question.statement;
        let pending = signature::prepare(certificate, Sha256::digest(&statement).into(), self.now())?;
        let raw = self
            .token()
            .sign(SignRequest {
                key: KeyPurpose::Login,
                pin,
                digests: vec![pending.digest()],
                expected: Some(certificate.fingerprint()),
                last_try_confirmed,
            })
            .await?;
        let raw = raw.first().ok_or(ClientError::Internal)?;
        let cms = pending.finish(raw, &[])?;
        let session = login.log_in(statement, cms).await?;
        self.open_session(&bank, &session, &info).await?;
        Ok(LoggedIn {
            user: session.user,
            last_login: session.last_login,
            software_token: info.kind == TokenKind::Software,
        })
    }

    /// Begins the session that the bank gave, unless that bank was left or exchanged while the PIN was awaited.
    async fn open_session(&self, bank: &Arc<Reached>, session: &Session, info: &TokenInfo) -> Result<()> {
        let kept = match self.is_here(bank) {
            true => self.keep_access(bank, session, info.csn.clone()).await,
            false => Ok(None),
        };
        let customers = match kept {
            Ok(Some(customers)) => customers,
            Ok(None) => return Err(self.too_late(bank, session).await),
            Err(error) => {
                let _: ClientError = self.too_late(bank, session).await;
                return Err(error);
            }
        };
        let open = OpenSession {
            key: session.key.clone(),
            bank: Arc::clone(bank),
            user: session.user.clone(),
            customers,
            signing: info.signing.as_ref().map(Certificate::fingerprint),
            renewed: None,
        };
        if !self.begin_session(open.clone(), session.expires) {
            return Err(self.too_late(bank, session).await);
        }
        self.tell_of_renewal(&open, info).await;
        tracing::info!("logged in");
        Ok(())
    }

    /// Whether this bank is the one within reach.
    pub(crate) fn is_here(&self, bank: &Arc<Reached>) -> bool {
        is_same(locked(&self.side.bank.bank).as_ref(), bank)
    }

    /// Puts the session in place, with its clock and what follows the bank; not at a bank that is just being left.
    /// All of it at once: the end of an earlier session, told late, must find this one whole or not at all.
    fn begin_session(&self, session: OpenSession, expires: DateTime<Utc>) -> bool {
        let here = locked(&self.side.bank.bank);
        if !is_same(here.as_ref(), &session.bank) {
            return false;
        }
        let mut open = locked(&self.side.session.open);
        let user = session.user.clone();
        *open = Some(session);
        self.start_clock(expires);
        self.set_connection(Connection::LoggedIn { user });
        self.follow();
        true
    }

    /// Gives back a session that came too late; says why nobody is logged in.
    async fn too_late(&self, bank: &Connected, session: &Session) -> ClientError {
        if let Ok(login) = bank.login()
            && let Err(error) = login.log_out(&session.key).await
        {
            tracing::info!(%error, "a session that came too late ends at the bank by itself");
        }
        self.bank().err().unwrap_or(ClientError::NotLoggedIn)
    }

    /// Ends the session here and, if it can be reached, at the bank.
    pub async fn log_out(&self) {
        let _ = self.side.session.locked.send_replace(None);
        self.end_session().await;
    }

    /// Leaves the bank alone: it is asked for nothing more, and the session ends there.
    pub(crate) async fn leave_bank(&self) {
        *locked(&self.side.bank.bank) = None;
        let _ = self.side.session.locked.send_replace(None);
        self.end_session().await;
    }

    /// Ends the session, whichever is open, without a word why.
    pub(crate) async fn end_session(&self) {
        if let Some(open) = self.open_session_now() {
            self.end(&open).await;
        }
    }

    /// Ends that session here and at its bank, unless it is over already.
    pub(crate) async fn end(&self, session: &OpenSession) {
        if self.session_is_over(session)
            && let Ok(login) = session.bank.login()
            && let Err(error) = login.log_out(&session.key).await
        {
            tracing::info!(%error, "the bank did not hear of the logout; the session ends there by itself");
        }
    }

    /// Notes that a session has ended, with all that belongs to it; gives whether it was the open one.
    pub(crate) fn session_is_over(&self, session: &OpenSession) -> bool {
        let mut open = locked(&self.side.session.open);
        if !open.as_ref().is_some_and(|open| open.is(session)) {
            return false;
        }
        *open = None;
        self.stop_following();
        self.stop_clock();
        self.set_connection(Connection::LoggedOut);
        true
    }

    /// The session's token and user.
    pub(crate) fn session(&self) -> Result<OpenSession> {
        self.open_session_now().ok_or(ClientError::NotLoggedIn)
    }

    /// Who is logged in, with the customer chosen.
    pub(crate) fn session_and_customer(&self) -> Result<(OpenSession, ForCustomer)> {
        Ok((self.session()?, self.for_customer()?))
    }

    /// The bank of a session, as long as the session is open: a bank that was left is asked for nothing more.
    ///
    /// # Errors
    /// Why it is not.
    pub(crate) fn at_bank<'a>(&self, session: &'a OpenSession) -> Result<&'a Connected> {
        if self.open_session_now().is_some_and(|open| open.is(session)) {
            return Ok(&session.bank.ways);
        }
        Err(self.bank().err().unwrap_or(ClientError::NotLoggedIn))
    }

    /// Notes what a failed call says about the session under which it was made; it is over when the bank says so.
    pub(crate) fn note_bank_error(&self, session: &OpenSession, error: &BankError) {
        match error {
            BankError::Refused(refusal) if refusal.says == Says::SessionOver => {
                let _: bool = self.session_is_over(session);
            }
            BankError::Refused(refusal) if refusal.says == Says::ProgramOutdated => {
                self.refused_as_outdated(session);
            }
            BankError::Unreachable(_) | BankError::AnswerLost(_) => {
                self.stands(session, |user| Connection::Interrupted { user });
            }
            _ => {}
        }
    }

    /// Notes what a login that the bank refused says about a session that is open there.
    fn note_refused_login(&self, bank: &Arc<Reached>, error: &BankError) {
        match self.open_session_now().filter(|open| Arc::ptr_eq(&open.bank, bank)) {
            Some(open) => self.note_bank_error(&open, error),
            None if error.says() == Some(Says::ProgramOutdated) => self.announce(Change::Outdated),
            None => {}
        }
    }

    /// Notes that a call under a session succeeded.
    pub(crate) fn note_bank_success(&self, session: &OpenSession) {
        self.stands(session, |user| Connection::LoggedIn { user });
    }

    /// Notes how the connection stands, as long as the session is the open one.
    fn stands(&self, session: &OpenSession, connection: fn(User) -> Connection) {
        let open = locked(&self.side.session.open);
        if let Some(open) = open.as_ref().filter(|open| open.is(session)) {
            self.set_connection(connection(open.user.clone()));
        }
    }

    /// Whether an error ends what is done for several customers or packages one after the other: nobody is logged in any
    /// more, or the bank does not answer. Any other trouble is one of them's alone.
    pub(crate) fn ends_all(&self, error: &ClientError) -> bool {
        match error {
            ClientError::NotLoggedIn => true,
            ClientError::Bank(error) if error.is_silence() => true,
            _ => self.session().is_err(),
        }
    }

    /// Notes what an answer to a call under a session says about it.
    pub(crate) fn asked<T>(
        &self,
        session: &OpenSession,
        answer: std::result::Result<T, BankError>,
    ) -> Result<T> {
        match answer {
            Ok(value) => {
                self.note_bank_success(session);
                Ok(value)
            }
            Err(error) => {
                self.note_bank_error(session, &error);
                Err(error.into())
            }
        }
    }
}

fn is_same(here: Option<&Arc<Reached>>, bank: &Arc<Reached>) -> bool {
    here.is_some_and(|here| Arc::ptr_eq(here, bank))
}
