//! The frame of every call in a session: the session's user is let in, to a customer or not, and the work is done in
//! one transaction off the network's threads.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::CustomerId;
use protocol::{Channel, CustomerAccess};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::caller::Token;
use crate::bank::{Bank, blocking};
use crate::ground::error::Refusal;
use crate::orders::context::Context;
use crate::orders::shared_area::Asker;
use crate::people::sessions::OpenSession;
use crate::people::{customers, sessions};

/// A user in a session.
pub(super) struct Caller<'a> {
    pub bank: &'a Bank,
    pub db: &'a Connection,
    pub session: &'a OpenSession,
    pub now: DateTime<Utc>,
}

/// A user in a session, at a customer where the user has any right.
pub(super) struct Seat<'a> {
    pub bank: &'a Bank,
    pub db: &'a Connection,
    pub session: &'a OpenSession,
    pub access: &'a CustomerAccess,
    pub now: DateTime<Utc>,
}

impl Seat<'_> {
    /// What packages are judged by.
    pub(super) fn context(&self) -> Context<'_> {
        Context { rules: &self.bank.rules, now: self.now }
    }

    /// Does `work` with who asks, in the words of the shared area.
    pub(super) fn ask<T>(&self, work: impl FnOnce(&Asker<'_>) -> T) -> T {
        let device = hex::encode(Sha256::digest(&self.session.login_certificate));
        work(&Asker {
            access: self.access,
            user: &self.session.user,
            channel: Channel::Client,
            device: Some(&device),
            now: self.now,
        })
    }
}

/// Does `work` for the session's user.
///
/// # Errors
/// `session-expired`, `login-user-locked`, and whatever `work` says; then nothing was written.
pub(super) async fn as_user<T: Send + 'static>(
    bank: &Arc<Bank>,
    Token(token): Token,
    work: impl FnOnce(&Caller<'_>) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    blocking(bank, move |bank| let_in(bank, &token, work)).await
}

/// Does `work` for the session's user at a customer.
///
/// # Errors
/// As [`as_user`], and `not-permitted`, also for customers that do not exist.
pub(super) async fn at_customer<T: Send + 'static>(
    bank: &Arc<Bank>,
    Token(token): Token,
    customer: CustomerId,
    work: impl FnOnce(&Seat<'_>) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    blocking(bank, move |bank| seated(bank, &token, &customer, work)).await
}

/// As [`as_user`], for a question: it waits for nobody who writes.
///
/// # Errors
/// As [`as_user`].
pub(super) async fn user_asks<T: Send + 'static>(
    bank: &Arc<Bank>,
    Token(token): Token,
    question: impl FnOnce(&Caller<'_>) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    blocking(bank, move |bank| answered(bank, &token, question)).await
}

/// As [`at_customer`], for a question: it waits for nobody who writes.
///
/// # Errors
/// As [`at_customer`].
pub(super) async fn asks_at_customer<T: Send + 'static>(
    bank: &Arc<Bank>,
    Token(token): Token,
    customer: CustomerId,
    question: impl FnOnce(&Seat<'_>) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    blocking(bank, move |bank| asks(bank, &token, &customer, question)).await
}

/// As [`asks_at_customer`], for calls that need more than one transaction.
pub(super) fn asks<T>(
    bank: &Bank,
    token: &str,
    customer: &CustomerId,
    question: impl FnOnce(&Seat<'_>) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    answered(bank, token, |caller| sit_down(caller, customer, question))
}

/// As [`at_customer`], for calls that need more than one transaction.
pub(super) fn seated<T>(
    bank: &Bank,
    token: &str,
    customer: &CustomerId,
    work: impl FnOnce(&Seat<'_>) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let_in(bank, token, |caller| sit_down(caller, customer, work))
}

fn sit_down<T>(
    caller: &Caller<'_>,
    customer: &CustomerId,
    work: impl FnOnce(&Seat<'_>) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let Caller { bank, db, session, now } = *caller;
    let access = customers::permitted(db, &session.user, customer)?;
    work(&Seat { bank, db, session, access: &access, now })
}

/// Answers a question. That the session was used is noted beside it, and not at every call.
fn answered<T>(
    bank: &Bank,
    token: &str,
    question: impl FnOnce(&Caller<'_>) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let now = bank.clock.now();
    let (answer, last_used) = bank.read(|db| -> Result<_, Refusal> {
        let (session, last_used) = sessions::look_up(db, token, now)?;
        Ok((question(&Caller { bank, db, session: &session, now }), last_used))
    })?;
    if sessions::is_worth_noting(last_used, now) {
        bank.write(|db| sessions::note_use(db, token, now))?;
    }
    answer
}

/// As [`as_user`], for work that is on a thread of its own already: what a call brings is examined there before.
///
/// # Errors
/// As [`as_user`].
pub(super) fn let_in<T>(
    bank: &Bank,
    token: &str,
    work: impl FnOnce(&Caller<'_>) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let now = bank.clock.now();
    bank.write(|db| {
        let session = sessions::use_token(db, token, now)?;
        work(&Caller { bank, db, session: &session, now })
    })
}
