//! Putting packages into the shared area ("közösre tesz") and withdrawing one's own.

use chrono::NaiveDate;
use domain::package::PackageEvent;
use domain::shared::{SharedPackage, SharedState};
use domain::{CustomerKey, Explain, PackageId};
use store::deed::Deed;
use store::handovers::{HandoverKind, HandoverState, NewHandover, StoredHandover};
use uuid::Uuid;

use crate::bank::{BankError, Capability, PutPackage};
use crate::change::Change;
use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::handover::answers::{Asking, Handed, known, loser, of_asked, refusal, unknown};
use crate::handover::settle::{give_back, settle};
use crate::orders::rules::Rules;
use crate::packages::document::document;
use crate::packages::moves::{log, transition};
use crate::state::OpenSession;

impl Client {
    /// Parks a prepared package, with the signatures that it has, until the end of `expires`; without a day as long
    /// as the bank allows. From the moment on that this is asked, the package is locked here.
    ///
    /// # Errors
    /// When asking did not begin, or the bank refused: the package is what it was before, with its signatures.
    pub async fn share_package(
        &self,
        id: PackageId,
        expires: Option<NaiveDate>,
    ) -> Result<Handed<SharedPackage>> {
        let _one_at_a_time = self.sending().await;
        self.offers(Capability::SharedArea)?;
        let (session, scope) = (self.session()?, self.scope()?);
        let asked =
            self.write_of(scope.customer, move |tx| begin_put(tx, &scope.rules(tx)?, id, expires)).await?;
        self.announce(Change::Packages);
        self.put(&session, asked, Asking::First).await
    }

    /// Withdraws a package that the user parked, at this seat or at another.
    ///
    /// # Errors
    /// [`ClientError::SharedTakenBy`] when somebody took it over meanwhile.
    pub async fn withdraw_shared(&self, id: PackageId) -> Result<Handed<SharedPackage>> {
        let _one_at_a_time = self.sending().await;
        self.offers(Capability::SharedArea)?;
        let (session, scope) = (self.session()?, self.scope()?);
        let asked = self
            .write_of(scope.customer, move |tx| {
                let rules = scope.rules(tx)?;
                let shared: SharedPackage = store::shared::newest(tx, id)?.ok_or_else(unknown)?;
                let asked = NewHandover {
                    kind: HandoverKind::Withdraw,
                    package: id,
                    handover: shared.handover,
                    claim: None,
                    before: None,
                    expires: None,
                };
                let asked = intend(tx, &rules, &asked)?;
                log(tx, &rules, id, Deed::WithdrawingShared { handover: asked.asked.handover })?;
                Ok(asked)
            })
            .await?;
        self.announce(Change::Packages);
        self.withdraw(&session, asked, Asking::First).await
    }

    /// Asks the bank to park, and notes its answer. The same again after a lost answer.
    pub(super) async fn put(
        &self,
        session: &OpenSession,
        asked: StoredHandover,
        asking: Asking,
    ) -> Result<Handed<SharedPackage>> {
        let package = asked.asked.package;
        let customer = self.customer_of(asked.customer).await?;
        let row = asked.clone();
        let body = self.read_of(customer.key, move |of| put_body(of, &row)).await?;
        let area = self.at_bank(session)?.shared_area()?;
        let answer = area.put(&session.key, &customer.id, package, body).await;
        match answer.and_then(|told| of_asked(&told, &customer.id, &asked.asked).map(|()| told)) {
            Ok(shared) => {
                self.note_bank_success(session);
                self.put_done(asked, shared).await
            }
            Err(error) => match refusal(&error, asking) {
                Some(code) => self.not_put(session, asked, code, error).await,
                None => self.awaited(session, asked, error).await,
            },
        }
    }

    async fn put_done(&self, asked: StoredHandover, shared: SharedPackage) -> Result<Handed<SharedPackage>> {
        let scope = self.scope_of(asked.customer);
        let told = shared.clone();
        let news = self
            .write_of(scope.customer, move |tx| {
                let rules = scope.rules(tx)?;
                if store::handovers::end(tx, asked.key, HandoverState::Done, None, rules.now)? {
                    log(tx, &rules, told.package, Deed::Shared { expires: told.expires })?;
                }
                store::packages::set_error(tx, told.package, None, rules.now)?;
                store::shared::save(tx, told.handover, told.package, &told)?;
                // An answer that comes late may tell of what happened to the package since.
                settle(tx, &rules, &told)
            })
            .await?;
        self.tell_shared(news);
        Ok(Handed::Done(shared))
    }

    async fn not_put(
        &self,
        session: &OpenSession,
        asked: StoredHandover,
        code: &'static str,
        error: BankError,
    ) -> Result<Handed<SharedPackage>> {
        let package = asked.asked.package;
        self.note_bank_error(session, &error);
        let scope = self.scope_of(asked.customer);
        self.write_of(scope.customer, move |tx| {
            let rules = scope.rules(tx)?;
            if store::handovers::end(tx, asked.key, HandoverState::Refused, Some(code), rules.now)? {
                give_back(tx, &rules, package, asked.asked.before)?;
                store::packages::set_error(tx, package, Some(code), rules.now)?;
                log(tx, &rules, package, Deed::ShareRefused { code: code.to_owned() })?;
            }
            Ok(())
        })
        .await?;
        self.announce(Change::Packages);
        Err(error.into())
    }

    /// Asks the bank to withdraw, and notes its answer.
    pub(super) async fn withdraw(
        &self,
        session: &OpenSession,
        asked: StoredHandover,
        asking: Asking,
    ) -> Result<Handed<SharedPackage>> {
        let NewHandover { package, handover, .. } = asked.asked;
        let customer = self.customer_of(asked.customer).await?;
        let area = self.at_bank(session)?.shared_area()?;
        let answer = area.withdraw(&session.key, &customer.id, package, handover).await;
        match answer.and_then(|told| of_asked(&told, &customer.id, &asked.asked).map(|()| told)) {
            Ok(shared) => {
                self.note_bank_success(session);
                self.withdrawn(asked, shared).await
            }
            Err(error) => match refusal(&error, asking) {
                Some(code) => self.not_withdrawn(session, asked, code, error).await,
                None => self.awaited(session, asked, error).await,
            },
        }
    }

    async fn withdrawn(&self, asked: StoredHandover, shared: SharedPackage) -> Result<Handed<SharedPackage>> {
        let scope = self.scope_of(asked.customer);
        let told = shared.clone();
        // Taken over or expired before the withdrawal arrived: the answer tells of that.
        let (news, lost) = self
            .write_of(scope.customer, move |tx| {
                let rules = scope.rules(tx)?;
                let is_done = told.state == SharedState::Withdrawn;
                let state = if is_done { HandoverState::Done } else { HandoverState::Refused };
                let _: bool = store::handovers::end(tx, asked.key, state, None, rules.now)?;
                store::shared::save(tx, told.handover, told.package, &told)?;
                let news = settle(tx, &rules, &told)?;
                Ok((news, loser(&rules, &told)))
            })
            .await?;
        let own = shared.state == SharedState::Withdrawn;
        self.tell_shared(news.filter(|_| !own && lost.is_none()));
        lost.map_or(Ok(Handed::Done(shared)), Err)
    }

    async fn not_withdrawn(
        &self,
        session: &OpenSession,
        asked: StoredHandover,
        code: &'static str,
        error: BankError,
    ) -> Result<Handed<SharedPackage>> {
        self.note_bank_error(session, &error);
        let scope = self.scope_of(asked.customer);
        let (customer, package, handover) = (asked.customer, asked.asked.package, asked.asked.handover);
        self.write_of(scope.customer, move |tx| {
            let rules = scope.rules(tx)?;
            if store::handovers::end(tx, asked.key, HandoverState::Refused, Some(code), rules.now)? {
                log(tx, &rules, package, Deed::WithdrawRefused { code: code.to_owned() })?;
            }
            Ok(())
        })
        .await?;
        self.announce(Change::Packages);
        Err(self.who_was_faster(customer, handover, error).await)
    }

    /// The bank's refusal, with who was faster if that is why.
    pub(super) async fn who_was_faster(
        &self,
        customer: CustomerKey,
        handover: Uuid,
        error: BankError,
    ) -> ClientError {
        // Who and when stands in the list; without it the refusal's own words must do.
        if let Err(error) = self.read_shared(customer).await {
            tracing::info!(%error, "the shared area could not be read after a refusal");
        }
        let scope = self.scope_of(customer);
        let found = self
            .read_of(customer, move |conn| {
                let rules = scope.rules(conn)?;
                Ok(known(conn, handover).ok().and_then(|shared| loser(&rules, &shared)))
            })
            .await;
        found.ok().flatten().unwrap_or_else(|| error.into())
    }

    /// Notes that the bank's answer is awaited, and asks for it by and by.
    pub(super) async fn awaited<T>(
        &self,
        session: &OpenSession,
        asked: StoredHandover,
        error: BankError,
    ) -> Result<Handed<T>> {
        self.note_bank_error(session, &error);
        let package = asked.asked.package;
        tracing::warn!(%package, %error, "the bank's answer about the shared area was lost");
        let (scope, code) = (self.scope_of(asked.customer), error.code());
        self.write_of(scope.customer, move |tx| {
            let rules = scope.rules(tx)?;
            if asked.problem.is_none() {
                let deed = Deed::SharedAnswerLost { code: code.to_owned(), asked: asked.asked.kind };
                log(tx, &rules, package, deed)?;
            }
            Ok(store::handovers::note(tx, asked.key, code, rules.now)?)
        })
        .await?;
        self.announce(Change::Packages);
        self.announce(Change::SharedArea);
        self.ask_shared_until_known();
        Ok(Handed::Awaited)
    }
}

/// Writes the intent to park down and locks the package.
fn begin_put(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    id: PackageId,
    expires: Option<NaiveDate>,
) -> Result<StoredHandover> {
    let package = store::packages::get(tx, id)?;
    // The state machine is asked first: its words are better than those of a missing document.
    let _ = domain::package::apply(package.state, PackageEvent::Share, &rules.profile.packages)?;
    let _ = document(tx, rules, id)?;
    let asked = NewHandover {
        kind: HandoverKind::Put,
        package: id,
        handover: Uuid::now_v7(),
        claim: None,
        before: Some(package.state),
        expires,
    };
    let asked = intend(tx, rules, &asked)?;
    let _ = transition(tx, rules, id, PackageEvent::Share)?;
    store::packages::set_error(tx, id, None, rules.now)?;
    let signatures = store::signatures::of_package(tx, id)?.len();
    log(tx, rules, id, Deed::Sharing { handover: asked.asked.handover, signatures })?;
    Ok(asked)
}

/// Writes an intent down; one package waits for one answer at a time.
pub(super) fn intend(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    asked: &NewHandover,
) -> Result<StoredHandover> {
    if store::handovers::open_of(tx, asked.package)?.is_some() {
        return Err(ClientError::SharedAwaited);
    }
    Ok(store::handovers::create(tx, asked, rules.now)?)
}

/// What leaves: the document as it was closed and the signatures over it, however often it is asked.
fn put_body(conn: &store::OfCustomer<'_>, asked: &StoredHandover) -> Result<PutPackage> {
    let package = store::packages::get(conn, asked.asked.package)?;
    let document = package.document.ok_or(ClientError::ChangedSinceShown)?;
    let signatures = store::signatures::of_document(conn, document)?;
    Ok(PutPackage {
        handover: asked.asked.handover,
        claim: package.claim,
        document: store::documents::bytes(conn, document)?,
        signatures: signatures.into_iter().map(|signature| signature.p7s).collect(),
        expires: asked.asked.expires,
    })
}
