//! Taking a package over ("átvesz"): the intent with our claim first, then the bank, then everything at once.

use domain::shared::{SharedPackage, SharedState};
use store::deed::Deed;
use store::handovers::{HandoverKind, HandoverState, NewHandover, StoredHandover};
use uuid::Uuid;

use crate::bank::{BankError, ParkedPackage};
use crate::change::Change;
use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::handover::answers::{Asking, Handed, known, loser, not_there, of_asked, refusal, unknown};
use crate::handover::parked::{Taken, check, keep};
use crate::handover::put::intend;
use crate::orders::rules::Rules;
use crate::packages::moves::log;
use crate::state::OpenSession;

impl Client {
    /// Takes a parked package over. It is looked at before the bank is asked, so that nothing is taken that could
    /// not be kept here.
    ///
    /// # Errors
    /// [`ClientError::SharedTakenBy`] with who was faster; [`ClientError::SharedCopyHere`],
    /// [`ClientError::SharedOrderHere`], [`ClientError::SharedAccountElsewhere`], [`ClientError::SharedDamaged`] or
    /// [`ClientError::Format`] when it cannot be kept here: then it stays in the shared area.
    pub async fn take_over(&self, handover: Uuid) -> Result<Handed<Taken>> {
        let _one_at_a_time = self.sending().await;
        let (session, customer) = (self.session()?, self.for_customer()?);
        let area = self.at_bank(&session)?.shared_area()?;
        let scope = self.scope_of(customer.key);
        let shared = self.read_of(customer.key, move |of| known(of, handover)).await?;
        let answer = area.look(&session.key, &customer.id, shared.package).await;
        let content = self.asked(&session, answer)?.ok_or_else(unknown)?;
        let asked = self
            .write_of(scope.customer, move |tx| {
                let rules = scope.rules(tx)?;
                still_waits(&rules, handover, &content.shared)?;
                let asked = NewHandover {
                    kind: HandoverKind::Take,
                    package: shared.package,
                    handover,
                    claim: Some(Uuid::now_v7()),
                    before: None,
                    expires: None,
                };
                of_asked(&content.shared, &customer.id, &asked)?;
                let _ = check(tx, &rules, &content)?;
                let asked = intend(tx, &rules, &asked)?;
                log(tx, &rules, shared.package, Deed::TakingOver { handover })?;
                Ok(asked)
            })
            .await?;
        self.announce(Change::SharedArea);
        self.take(&session, asked, Asking::First).await
    }

    /// Asks the bank for the package, and keeps it. The same again after a lost answer.
    pub(super) async fn take(
        &self,
        session: &OpenSession,
        asked: StoredHandover,
        asking: Asking,
    ) -> Result<Handed<Taken>> {
        let NewHandover { package, handover, claim, .. } = asked.asked;
        let customer = self.customer_of(asked.customer).await?;
        let claim = claim.ok_or(ClientError::Internal)?;
        let area = self.at_bank(session)?.shared_area()?;
        let answer = area.take(&session.key, &customer.id, package, handover, claim).await;
        match answer.and_then(|told| of_asked(&told.shared, &customer.id, &asked.asked).map(|()| told)) {
            Ok(content) => {
                self.note_bank_success(session);
                self.keep_taken(asked, claim, content).await
            }
            Err(error) => match refusal(&error, asking) {
                Some(code) => self.not_taken(session, asked, code, error).await,
                None => self.awaited(session, asked, error).await,
            },
        }
    }

    /// Keeps package, orders, bytes, signatures and claim in one transaction. If they cannot be kept the asking stays
    /// open: the package is ours at the bank and is asked for again.
    async fn keep_taken(
        &self,
        asked: StoredHandover,
        claim: Uuid,
        content: ParkedPackage,
    ) -> Result<Handed<Taken>> {
        let scope = self.scope_of(asked.customer);
        let (key, customer) = (asked.key, asked.customer);
        let kept = self
            .write_of(scope.customer, move |tx| {
                let rules = scope.rules(tx)?;
                let taken = keep(tx, &rules, &content, claim)?;
                let _: bool = store::handovers::end(tx, key, HandoverState::Done, None, rules.now)?;
                let shared = &content.shared;
                store::shared::save(tx, shared.handover, shared.package, shared)?;
                let (from, signatures) = (shared.put.user.name.clone(), taken.signers.len());
                let deed = Deed::TakenOver { from, signatures, dropped: taken.dropped };
                log(tx, &rules, shared.package, deed)?;
                Ok(taken)
            })
            .await;
        let kept = match kept {
            Ok(kept) => kept,
            Err(error) => {
                let (code, now) = (domain::Explain::code(&error), self.now());
                self.write_of(customer, move |tx| Ok(store::handovers::note(tx, key, code, now)?)).await?;
                return Err(error);
            }
        };
        self.tell_shared(None);
        Ok(Handed::Done(kept))
    }

    async fn not_taken(
        &self,
        session: &OpenSession,
        asked: StoredHandover,
        code: &'static str,
        error: BankError,
    ) -> Result<Handed<Taken>> {
        self.note_bank_error(session, &error);
        let scope = self.scope_of(asked.customer);
        let (customer, package, handover) = (asked.customer, asked.asked.package, asked.asked.handover);
        self.write_of(scope.customer, move |tx| {
            let rules = scope.rules(tx)?;
            if store::handovers::end(tx, asked.key, HandoverState::Refused, Some(code), rules.now)? {
                log(tx, &rules, package, Deed::TakeRefused { code: code.to_owned() })?;
            }
            Ok(())
        })
        .await?;
        self.announce(Change::SharedArea);
        Err(self.who_was_faster(customer, handover, error).await)
    }
}

/// Whether the handing over that the user saw is the newest and still waits.
fn still_waits(rules: &Rules, handover: Uuid, shared: &SharedPackage) -> Result<()> {
    if shared.handover != handover {
        return Err(unknown());
    }
    match shared.state {
        SharedState::Waiting => Ok(()),
        SharedState::Withdrawn => Err(not_there("shared-withdrawn")),
        SharedState::Expired => Err(not_there("shared-expired")),
        SharedState::TakenOver => match loser(rules, shared) {
            Some(error) => Err(error),
            None => Err(not_there("shared-taken-over")),
        },
    }
}
