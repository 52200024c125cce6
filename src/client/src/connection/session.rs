//! Logging in with the token and keeping the session: connected, logged in, locked.

use crate::bank::{BankError, Connected, LoginAs, Says, Session};
use crate::client::CLIENT_NAME;
use crate::reasons::CertificateProblem;
use crate::state::{Connection, ForCustomer, OpenSession, locked};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::User;
use sha2::{Digest, Sha256};
use signature::Certificate;
use token::{KeyPurpose, Pin, SignRequest, TokenInfo, TokenKind};

use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::token::fitness::fit;

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
        let certificate = fit(&info, KeyPurpose::Login, self.now())?;
        let user_id = certificate
            .user_id()
            .and_then(|id| id.parse().ok())
            .ok_or(ClientError::Certificate(CertificateProblem::NamesNobody))?;
        let who = LoginAs { user: user_id, device: info.kind, program: CLIENT_NAME.replace('/', " ") };
        let question = login.question(who).await.inspect_err(|error| self.note_bank_error(error))?;
        self.set_skew(question.bank_time - Utc::now());
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
    async fn open_session(&self, bank: &Arc<Connected>, session: &Session, info: &TokenInfo) -> Result<()> {
        if !is_same(locked(&self.side.bank.bank).as_ref(), bank) {
            return Err(self.too_late(bank, session).await);
        }
        self.keep_access(session, info.csn.clone()).await?;
        let open = OpenSession {
            key: session.key.clone(),
            user: session.user.clone(),
            customers: self.customers_of(session).await?,
            signing: info.signing.as_ref().map(Certificate::fingerprint),
            renewed: None,
        };
        if !self.begin_session(bank, open) {
            return Err(self.too_late(bank, session).await);
        }
        self.start_clock(session.expires);
        self.set_connection(Connection::LoggedIn { user: session.user.clone() });
        self.follow();
        self.tell_of_renewal(info).await;
        tracing::info!("logged in");
        Ok(())
    }

    /// The customers of a fresh session, once they are in the store.
    async fn customers_of(&self, session: &Session) -> Result<Vec<ForCustomer>> {
        let is_told = |one: &ForCustomer| session.customers.iter().any(|told| told.customer.id == one.id);
        Ok(self.all_customers().await?.into_iter().filter(is_told).collect())
    }

    /// Puts the session in place; not at a bank that is just being left.
    fn begin_session(&self, bank: &Arc<Connected>, open: OpenSession) -> bool {
        let here = locked(&self.side.bank.bank);
        let stays = is_same(here.as_ref(), bank);
        if stays {
            let _ = self.set_session(Some(open));
        }
        stays
    }

    /// Gives back a session that came too late; says why nobody is logged in.
    async fn too_late(&self, bank: &Arc<Connected>, session: &Session) -> ClientError {
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
        let bank = locked(&self.side.bank.bank).take();
        let _ = self.side.session.locked.send_replace(None);
        self.end_session_at(bank).await;
    }

    /// Ends the session without a word why.
    pub(crate) async fn end_session(&self) {
        self.end_session_at(self.bank().ok()).await;
    }

    async fn end_session_at(&self, bank: Option<Arc<Connected>>) {
        let Some(open) = self.set_session(None) else { return };
        self.stop_following();
        self.stop_clock();
        self.set_connection(Connection::LoggedOut);
        if let Some(bank) = bank
            && let Ok(login) = bank.login()
            && let Err(error) = login.log_out(&open.key).await
        {
            tracing::info!(%error, "the bank did not hear of the logout; the session ends there by itself");
        }
    }

    /// Notes that the bank has ended the session.
    pub(crate) fn session_is_over(&self) {
        let _ = self.set_session(None);
        self.stop_clock();
        self.set_connection(Connection::LoggedOut);
    }

    /// The session's token and user.
    pub(crate) fn session(&self) -> Result<OpenSession> {
        self.open_session_now().ok_or(ClientError::NotLoggedIn)
    }

    /// Who is logged in, with the customer chosen.
    pub(crate) fn session_and_customer(&self) -> Result<(OpenSession, ForCustomer)> {
        Ok((self.session()?, self.for_customer()?))
    }

    /// Notes what a failed call says about the connection; the session is over when the bank says so.
    pub(crate) fn note_bank_error(&self, error: &BankError) {
        match error {
            BankError::Refused(refusal) if refusal.says == Says::SessionOver => {
                self.stop_following();
                self.session_is_over();
            }
            BankError::Refused(refusal) if refusal.says == Says::ProgramOutdated => {
                self.refused_as_outdated();
            }
            BankError::Unreachable(_) | BankError::AnswerLost(_) => {
                if let Some(open) = self.open_session_now() {
                    self.set_connection(Connection::Interrupted { user: open.user });
                }
            }
            _ => {}
        }
    }

    /// Notes that a call succeeded.
    pub(crate) fn note_bank_success(&self) {
        if let Some(open) = self.open_session_now() {
            self.set_connection(Connection::LoggedIn { user: open.user });
        }
    }

    /// Notes what an answer says about the connection.
    pub(crate) fn asked<T>(&self, answer: std::result::Result<T, BankError>) -> Result<T> {
        match answer {
            Ok(value) => {
                self.note_bank_success();
                Ok(value)
            }
            Err(error) => {
                self.note_bank_error(&error);
                Err(error.into())
            }
        }
    }
}

fn is_same(here: Option<&Arc<Connected>>, bank: &Arc<Connected>) -> bool {
    here.is_some_and(|here| Arc::ptr_eq(here, bank))
}
