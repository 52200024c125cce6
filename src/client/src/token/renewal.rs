//! Renewing the token's certificates while the old ones are valid: new keys are made beside the old ones, the old
//! signing key signs the wish for certificates (an order of self-administration), the bank answers, the token takes
//! the new ones in.
//!
//! Whatever is cut off is taken up again: the signed wish is in the store before it is sent, the bank answers the
//! same to the same bytes, the token can take the same certificates in twice.

use crate::connection::file::file_of;
use crate::connection::kapocs::renewal::{Kept, issued, kept};
use crate::token::fitness::fit;
use crate::token::renewal_state::{RenewalState, judge};
use chrono::{DateTime, Utc};
use domain::Explain;
use sha2::{Digest, Sha256};
use signature::{Certificate, TrustStore};
use store::deed::Deed;
use store::renewals::{NewRenewal, RenewalState as Stored, StoredRenewal};
use token::{
    Authorisation, KeyPurpose, NewCertificates, Pin, SignRequest, StagedKeys, TokenError, TokenInfo,
};
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::bank::{BankError, Capability, Issued, RenewalWish, Says};
use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::state::OpenSession;

/// How far a renewal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RenewalStep {
    /// The token makes new keys; this takes up to a minute on a card.
    Keys,
    /// The wish is signed.
    Request,
    /// The bank issues the certificates.
    Bank,
    /// The token takes them in.
    Install,
}

/// What a renewal gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewed {
    /// When the first of the new certificates ends.
    pub until: DateTime<Utc>,
    /// The bank knows that the new ones are in the token; otherwise it is told at the next login.
    pub told: bool,
}

/// The way of a PIN through a renewal.
#[derive(Clone)]
struct Holder {
    by: Authorisation,
    progress: mpsc::UnboundedSender<RenewalStep>,
}

impl Holder {
    fn at(&self, step: RenewalStep) {
        // Nobody watching the progress is no failure.
        let _ = self.progress.send(step);
    }
}

impl Client {
    /// Whether the present token's certificates can be renewed, and why not.
    pub async fn renewal_state(&self) -> Result<RenewalState> {
        let status = self.token_status().borrow().clone();
        let Some(info) = status.info() else { return Ok(RenewalState::NoToken) };
        if self.open_renewal(info).await?.is_some() {
            return Ok(RenewalState::Unfinished);
        }
        Ok(judge(info, self.token_rules().renewal_days, self.now()))
    }

    /// Renews both certificates, or goes on with a renewal that was cut off. Needs a login.
    ///
    /// # Errors
    /// [`ClientError::Renewal`] when it cannot be done now; [`ClientError::Token`] with the tries left for a wrong
    /// PIN; [`ClientError::Bank`]: nothing is lost, call it again. The old certificates stay good until the new
    /// ones are in the token.
    pub async fn renew(
        &self,
        pin: Pin,
        csn: String,
        last_try_confirmed: bool,
        progress: mpsc::UnboundedSender<RenewalStep>,
    ) -> Result<Renewed> {
        self.offers(Capability::Renewal)?;
        let session = self.session()?;
        let info = self.token().info().await?;
        if info.csn != csn {
            return Err(TokenError::AnotherCard.into());
        }
        let holder = Holder { by: Authorisation { pin, csn, last_try_confirmed }, progress };
        // A task of its own: a caller that gives up waiting must not cut it off between two steps.
        let client = self.clone();
        let task = tokio::spawn(async move { client.renew_now(&session, &info, &holder).await });
        task.await.map_err(|_| ClientError::Internal)?
    }

    async fn renew_now(&self, session: &OpenSession, info: &TokenInfo, holder: &Holder) -> Result<Renewed> {
        let open = match self.open_renewal(info).await? {
            Some(open) => open,
            None => {
                match judge(info, self.token_rules().renewal_days, self.now()) {
                    RenewalState::Possible { .. } => {}
                    why => return Err(ClientError::Renewal(why)),
                }
                let asked = self.ask(session, info, holder).await?;
                StoredRenewal { asked, answer: None, state: Stored::Asked }
            }
        };
        let answer = match open.answer {
            Some(answer) => issued(answer),
            None => self.answer(session, &open.asked, holder).await?,
        };
        let new = NewCertificates {
            login: Certificate::from_der(&answer.login)?,
            signing: Certificate::from_der(&answer.signing)?,
        };
        let until = new.login.not_after().min(new.signing.not_after());
        if open.state != Stored::Installed {
            self.install(session, &open.asked, new, holder).await?;
        }
        Ok(Renewed { until, told: self.tell(session, &open.asked).await.is_ok() })
    }

    /// Makes the keys and the signed wish, and writes it down.
    async fn ask(&self, session: &OpenSession, info: &TokenInfo, holder: &Holder) -> Result<NewRenewal> {
        let old = fit(info, KeyPurpose::Signing, self.now())?;
        if session.signing != Some(old.fingerprint()) {
            return Err(TokenError::AnotherCard.into());
        }
        holder.at(RenewalStep::Keys);
        let by = &holder.by;
        let keys = self.token().stage_keys(by.clone()).await?;
        holder.at(RenewalStep::Request);
        let [login_request, signing_request] = self.requests(session, &keys, by).await?;
        let wish = RenewalWish {
            id: Uuid::now_v7(),
            user: session.user.id.clone(),
            csn: info.csn.clone(),
            time: self.now(),
            old_signing: old.fingerprint(),
            login_request,
            signing_request,
        };
        let bytes = self.at_bank(session)?.renewal()?.document(&wish);
        let pending = signature::prepare(old, Sha256::digest(&bytes).into(), self.now())?;
        let request = SignRequest {
            key: KeyPurpose::Signing,
            pin: by.pin.clone(),
            digests: vec![pending.digest()],
            expected: Some(old.fingerprint()),
            last_try_confirmed: by.last_try_confirmed,
        };
        let raw = self.token().sign(request).await?;
        let asked = NewRenewal {
            id: wish.id,
            csn: wish.csn,
            user: wish.user,
            document: bytes,
            signature: pending.finish(raw.first().ok_or(ClientError::Internal)?, &[])?,
            login_key: keys.login,
            signing_key: keys.signing,
        };
        let (connection, kept, now) = (self.connection_key()?, asked.clone(), self.now());
        self.write(move |tx| Ok(store::renewals::create(tx, connection, &kept, now)?)).await?;
        self.log_token(&asked.csn, Deed::TokenRenewalAsked { renewal: asked.id }).await;
        Ok(asked)
    }

    /// The PKCS#10 requests of the new keys, each signed by its key.
    async fn requests(
        &self,
        session: &OpenSession,
        keys: &StagedKeys,
        by: &Authorisation,
    ) -> Result<[Vec<u8>; 2]> {
        let user = &session.user;
        let login = signature::prepare_request(&user.name, user.id.as_str(), &keys.login)?;
        let signing = signature::prepare_request(&user.name, user.id.as_str(), &keys.signing)?;
        let [by_login, by_signing] =
            self.token().prove_staged(by.clone(), login.digest(), signing.digest()).await?;
        Ok([login.finish(&by_login)?, signing.finish(&by_signing)?])
    }

    /// Asks the bank, and keeps its answer if it is one.
    async fn answer(&self, session: &OpenSession, asked: &NewRenewal, holder: &Holder) -> Result<Issued> {
        holder.at(RenewalStep::Bank);
        let (document, signature) = (asked.document.clone(), asked.signature.clone());
        let way = self.at_bank(session)?.renewal()?;
        let answer = match way.renew(&session.key, document, signature).await {
            Ok(answer) => answer,
            Err(error) => {
                self.note_bank_error(session, &error);
                if error.says() == Some(Says::NotDone) {
                    self.abandon(asked, error.code()).await?;
                }
                return Err(error.into());
            }
        };
        let connection = self.connection_key()?;
        let authority = self.read(move |conn| file_of(conn, connection)).await?.ca_pem;
        fits(&answer, asked, &TrustStore::from_pem(&authority)?, self.now())
            .map_err(|why| BankError::Nonsense(why.to_owned()))?;
        let (id, kept, now) = (asked.id, kept(answer.clone()), self.now());
        self.write(move |tx| Ok(store::renewals::answered(tx, connection, id, &kept, now)?)).await?;
        Ok(answer)
    }

    /// Puts the new certificates into the token. The session goes on with them.
    async fn install(
        &self,
        session: &OpenSession,
        asked: &NewRenewal,
        new: NewCertificates,
        holder: &Holder,
    ) -> Result<()> {
        holder.at(RenewalStep::Install);
        let signing = new.signing.fingerprint();
        self.change_session(session, |open| open.renewed = Some(signing));
        match self.token().install_staged(holder.by.clone(), new).await {
            Ok(()) => {}
            Err(error) => {
                if matches!(error, TokenError::KeyMissing(_)) {
                    self.abandon(asked, error.code()).await?;
                }
                return Err(error.into());
            }
        }
        self.change_session(session, |open| open.signing = Some(signing));
        self.move_renewal(asked.id, Stored::Installed, None).await?;
        self.log_token(&asked.csn, Deed::TokenRenewed { renewal: asked.id }).await;
        Ok(())
    }

    /// Tells the bank that the new certificates are in the token.
    async fn tell(&self, session: &OpenSession, asked: &NewRenewal) -> Result<()> {
        let told = self.at_bank(session)?.renewal()?.done(&session.key, asked.id).await;
        if let Err(error) = told {
            tracing::info!(%error, "the bank is told of the renewal at the next login");
            self.note_bank_error(session, &error);
            // The bank has put another renewal in its place: there is nothing left to tell.
            if error.says() == Some(Says::NotDone) {
                self.abandon(asked, error.code()).await?;
            }
            return Err(error.into());
        }
        self.move_renewal(asked.id, Stored::Done, None).await
    }

    /// After a login: tells the bank of a renewal whose end it has not heard of.
    pub(crate) async fn tell_of_renewal(&self, session: &OpenSession, info: &TokenInfo) {
        let told = async {
            match self.open_renewal(info).await? {
                Some(open) if open.state == Stored::Installed => self.tell(session, &open.asked).await,
                _ => Ok(()),
            }
        };
        if let Err(error) = told.await {
            tracing::info!(%error, "the bank has not heard of the renewal yet");
        }
    }

    async fn abandon(&self, asked: &NewRenewal, code: &'static str) -> Result<()> {
        self.move_renewal(asked.id, Stored::Abandoned, Some(code)).await?;
        let deed = Deed::TokenRenewalAbandoned { renewal: asked.id, code: code.to_owned() };
        self.log_token(&asked.csn, deed).await;
        Ok(())
    }

    async fn move_renewal(&self, id: Uuid, to: Stored, problem: Option<&'static str>) -> Result<()> {
        let (connection, now) = (self.connection_key()?, self.now());
        self.write(move |tx| Ok(store::renewals::set_state(tx, connection, id, to, problem, now)?)).await
    }

    /// The renewal of this token that is under way. A key file's number changes with its certificates, so they
    /// tell it too.
    async fn open_renewal(&self, info: &TokenInfo) -> Result<Option<StoredRenewal<Kept>>> {
        // Before a bank was connected none can have been asked.
        let Ok(connection) = self.connection_key() else { return Ok(None) };
        let all: Vec<StoredRenewal<Kept>> =
            self.read(move |conn| Ok(store::renewals::open(conn, connection)?)).await?;
        let here = info.login.as_ref().map(Certificate::to_der);
        Ok(all.into_iter().find(|renewal| {
            let given = renewal.answer.as_ref().map(|answer| answer.login.as_slice());
            renewal.asked.csn == info.csn || (given.is_some() && given == here)
        }))
    }
}

/// Whether the answer holds certificates of the bank for our keys and our user, each for its purpose.
fn fits(
    answer: &Issued,
    asked: &NewRenewal,
    authority: &TrustStore,
    now: DateTime<Utc>,
) -> std::result::Result<(), &'static str> {
    let read = |der: &[u8]| Certificate::from_der(der).map_err(|_| "a certificate cannot be read");
    let chain = answer.chain.iter().map(|c| read(c)).collect::<std::result::Result<Vec<_>, _>>()?;
    let (login, signing) = (read(&answer.login)?, read(&answer.signing)?);
    if answer.id != asked.id {
        return Err("the answer is for another renewal");
    }
    if !login.may_authenticate() || !signing.may_sign_documents() {
        return Err("a certificate is for another purpose");
    }
    for (certificate, key) in [(&login, &asked.login_key), (&signing, &asked.signing_key)] {
        if certificate.public_key_der().ok().as_ref() != Some(key) {
            return Err("a certificate is for another key");
        }
        if certificate.user_id().as_deref() != Some(asked.user.as_str()) {
            return Err("a certificate names another user");
        }
        // Banks begin the validity at their clock's present second; ours may be behind.
        if authority.check(certificate, &chain, now.max(certificate.not_before())).is_err() {
            return Err("a certificate is not of the bank's authority");
        }
    }
    Ok(())
}
