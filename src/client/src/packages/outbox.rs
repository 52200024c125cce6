//! Sending: the intent is written down before anything leaves, the bank's signed receipt or its word that it
//! never saw the package ends it, and whatever lies between is asked, never guessed.

use crate::packages::receipt::{lost_to_others, step, take_receipt};
use crate::packages::status::apply_status;
use std::time::Duration;
use store::deed::Deed;

use domain::package::{PackageEvent, SignatureProgress};
use domain::submission::{SubmissionEvent, SubmissionState};
use domain::{Explain, PackageId};
use store::submissions::StoredSubmission;
use uuid::Uuid;

use crate::bank::{BankError, PackageStatus, Says, SignedPackage, SignedReceipt};
use crate::change::Change;
use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::orders::rules::Scope;
use crate::packages::moves::{log, transition};
use crate::packages::rights::may_handle;
use crate::packages::signatures::signatures_of;
use crate::reasons::ReceiptProblem;
use crate::state::{ForCustomer, OpenSession};

/// How several packages leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pacing {
    /// One after the other, without waiting.
    #[default]
    Together,
    /// The next only when the bank has chosen the route of the one before: keeps each of them alone, and so
    /// instant where the bank treats several at once as a batch.
    OneByOne,
}

/// How sending one package ended.
#[derive(Debug)]
pub struct SendOutcome {
    /// The package.
    pub package: PackageId,
    /// The submission's state: received, unknown or refused; or why sending could not begin.
    pub result: Result<SubmissionState>,
}

/// Longest wait for the bank to choose a route before the next package leaves.
const PACE_LIMIT: Duration = Duration::from_secs(30);
/// Between two questions while pacing.
const PACE_STEP: Duration = Duration::from_millis(300);

impl Client {
    /// Sends signed packages. A package whose answer is lost stays "unknown" and is asked about by itself.
    pub async fn send(&self, packages: Vec<PackageId>, pacing: Pacing) -> Vec<SendOutcome> {
        let mut outcomes = Vec::new();
        let last = packages.len();
        // All of them are of the customer that is shown now, whichever is shown when the last one leaves.
        let customer = self.for_customer();
        for (n, package) in packages.into_iter().enumerate() {
            let result = match &customer {
                Ok(customer) => self.send_for(customer, package).await,
                Err(_) => Err(ClientError::NoCustomer),
            };
            let received = matches!(result, Ok(SubmissionState::Received));
            outcomes.push(SendOutcome { package, result });
            if let (Pacing::OneByOne, true, Ok(customer)) = (pacing, received && n + 1 < last, &customer) {
                self.wait_for_route(customer, package).await;
            }
        }
        outcomes
    }

    /// Sends one package.
    ///
    /// # Errors
    /// Only when sending did not begin; afterwards the state tells.
    pub async fn send_one(&self, package: PackageId) -> Result<SubmissionState> {
        self.send_for(&self.for_customer()?, package).await
    }

    async fn send_for(&self, customer: &ForCustomer, package: PackageId) -> Result<SubmissionState> {
        let _one_at_a_time = self.sending().await;
        // Everything that can be missing is looked for before the intent is written down.
        let (session, scope) = (self.session()?, self.scope_of(customer.key));
        let way = self.at_bank(&session)?.submit()?;
        let (submission, body) = self.write_of(scope.customer, move |tx| begin(tx, &scope, package)).await?;
        self.announce(Change::Packages);
        let answer = way.submit(&session.key, &customer.id, package, body).await;
        let state = match answer {
            Ok(receipt) => {
                self.note_bank_success(&session);
                self.end_with_receipt(submission, receipt, None).await?
            }
            Err(BankError::Refused(refusal)) if refusal.says == Says::NotDone => {
                let (code, detail) = (refusal.code, refusal.detail);
                tracing::warn!(%package, code, detail, "the bank refused the package");
                self.end_without_receipt(submission, SubmissionEvent::Refuse, Some(code)).await?
            }
            Err(error) => {
                self.note_bank_error(&session, &error);
                tracing::warn!(%package, %error, "the bank's answer to a submission was lost");
                self.mark_unknown(submission, error.code()).await?
            }
        };
        if state == SubmissionState::Unknown {
            self.ask_until_known(customer.key, package);
        }
        self.announce(Change::Packages);
        Ok(state)
    }

    /// Asks the bank about every package of the user's customers whose fate is unknown. Gives how many are settled now;
    /// the others stay unknown and are asked about again.
    ///
    /// # Errors
    /// When nobody is logged in, or the bank cannot be reached.
    pub async fn recover(&self) -> Result<usize> {
        let _one_at_a_time = self.sending().await;
        let session = self.session()?;
        let mut open = Vec::new();
        for customer in &session.customers {
            let theirs = self.read_of(customer.key, |of| Ok(store::submissions::open(of)?)).await?;
            open.extend(theirs.into_iter().map(|submission| (customer.clone(), submission)));
        }
        let mut settled = 0;
        for (customer, submission) in open {
            let package = submission.package;
            match self.ask_about(&session, &customer, submission).await {
                Ok(state) => settled += usize::from(state.is_over()),
                Err(error) if self.ends_all(&error) => return Err(error),
                // Trouble with one package keeps neither the others waiting nor the sync after this.
                Err(error) => tracing::warn!(%package, %error, "a package's fate was not learned"),
            }
        }
        if settled > 0 {
            self.announce(Change::Packages);
        }
        Ok(settled)
    }

    async fn ask_about(
        &self,
        session: &OpenSession,
        customer: &ForCustomer,
        submission: StoredSubmission,
    ) -> Result<SubmissionState> {
        let package = submission.package;
        let scope = self.scope_of(customer.key);
        let ours = self.read_of(scope.customer, move |conn| is_senders_side(conn, &scope, package)).await?;
        let void = ours.then(|| attempt(&submission));
        match self.at_bank(session)?.submit()?.status(&session.key, &customer.id, package, void).await {
            Ok(Some(status)) => {
                self.note_bank_success(session);
                of_asked(&status, package)?;
                self.end_with_receipt(submission, status.receipt.clone(), Some(status)).await
            }
            // Not seen yet; the attempt may still arrive, so its fate stays unknown until somebody may call it void.
            Ok(None) if void.is_none() => Ok(submission.state),
            Ok(None) => self.end_without_receipt(submission, SubmissionEvent::UnknownToBank, None).await,
            Err(error) => {
                self.note_bank_error(session, &error);
                Err(error.into())
            }
        }
    }

    async fn wait_for_route(&self, customer: &ForCustomer, package: PackageId) {
        let Ok(session) = self.session() else { return };
        let Ok(way) = session.bank.submit() else { return };
        let deadline = tokio::time::Instant::now() + PACE_LIMIT;
        while tokio::time::Instant::now() < deadline {
            match way.status(&session.key, &customer.id, package, None).await {
                Ok(Some(status)) if status.is_routed() => return,
                Ok(_) => tokio::time::sleep(PACE_STEP).await,
                Err(error) => {
                    self.note_bank_error(&session, &error);
                    return;
                }
            }
        }
    }

    async fn end_with_receipt(
        &self,
        submission: StoredSubmission,
        receipt: SignedReceipt,
        status: Option<PackageStatus>,
    ) -> Result<SubmissionState> {
        let scope = self.scope_of(submission.customer);
        self.write_of(scope.customer, move |tx| {
            let rules = scope.rules(tx)?;
            match take_receipt(tx, &rules, &submission, &receipt) {
                Ok(()) => {}
                // Whoever had it from a file was quicker: what became of it is told by the status.
                Err(ClientError::Receipt(ReceiptProblem::OtherBytes))
                    if status.is_some() && lost_to_others(tx, &rules, &submission)? =>
                {
                    if let Some(status) = &status {
                        let _ = apply_status(tx, &rules, status)?;
                    }
                    return Ok(SubmissionState::Refused);
                }
                // A receipt that proves nothing is as good as no answer: ask again later.
                Err(error @ (ClientError::Receipt(_) | ClientError::Signature(_))) => {
                    return step(tx, &rules, &submission, SubmissionEvent::AnswerLost, Some(error.code()));
                }
                Err(error) => return Err(error),
            }
            if let Some(status) = &status {
                let _ = apply_status(tx, &rules, status)?;
            }
            Ok(SubmissionState::Received)
        })
        .await
    }

    async fn end_without_receipt(
        &self,
        submission: StoredSubmission,
        event: SubmissionEvent,
        problem: Option<&'static str>,
    ) -> Result<SubmissionState> {
        let scope = self.scope_of(submission.customer);
        self.write_of(scope.customer, move |tx| {
            let rules = scope.rules(tx)?;
            let state = step(tx, &rules, &submission, event, problem)?;
            let _ = transition(tx, &rules, submission.package, PackageEvent::NotReceived)?;
            let code = problem.unwrap_or("package-never-seen");
            store::packages::set_error(tx, submission.package, Some(code), rules.now)?;
            log(tx, &rules, submission.package, Deed::PackageNotReceived { code: code.to_owned() })?;
            Ok(state)
        })
        .await
    }

    async fn mark_unknown(
        &self,
        submission: StoredSubmission,
        code: &'static str,
    ) -> Result<SubmissionState> {
        let scope = self.scope_of(submission.customer);
        self.write_of(scope.customer, move |tx| {
            let rules = scope.rules(tx)?;
            let state = step(tx, &rules, &submission, SubmissionEvent::AnswerLost, Some(code))?;
            log(tx, &rules, submission.package, Deed::AnswerLost { code: code.to_owned() })?;
            Ok(state)
        })
        .await
    }
}

/// Writes the intent down and gives what will leave.
fn begin(
    tx: &store::OfCustomer<'_>,
    scope: &Scope,
    id: PackageId,
) -> Result<(StoredSubmission, SignedPackage)> {
    let rules = scope.rules(tx)?;
    may_handle(tx, &rules, id)?;
    let package = store::packages::get(tx, id)?;
    let signers = signatures_of(tx, &package)?.into_iter().map(|s| s.user);
    let debits = store::orders::debits(tx, id)?;
    let status = rules.authority.judge_package(package.header.order_type, &debits, &signers.collect());
    // The table may have changed since the last signature: what the bank would refuse does not leave.
    if package.state == domain::PackageState::Signed && status.progress != SignatureProgress::Complete {
        return Err(ClientError::SignaturesMissing(status));
    }
    let _ = transition(tx, &rules, id, PackageEvent::Send)?;
    store::packages::set_error(tx, id, None, rules.now)?;
    let submission = store::submissions::create(tx, id, rules.now)?;
    let sending = SubmissionState::Sending;
    store::submissions::set_state(tx, submission.id, submission.state, sending, None, rules.now)?;
    log(tx, &rules, id, Deed::Sending { sha256: hex::encode(submission.document_sha256) })?;
    let document = store::documents::bytes(tx, submission.document)?;
    let signatures = store::signatures::of_document(tx, submission.document)?;
    let body = SignedPackage {
        attempt: attempt(&submission),
        claim: package.claim,
        document,
        signatures: signatures.into_iter().map(|s| s.p7s).collect(),
    };
    Ok((store::submissions::get(tx, submission.id)?, body))
}

/// An answer about another package than the one that was asked about is nobody's.
pub(crate) fn of_asked(status: &PackageStatus, package: PackageId) -> std::result::Result<(), BankError> {
    if status.package == package {
        return Ok(());
    }
    Err(BankError::Nonsense("the status of another package".to_owned()))
}

/// Whether the user may say for the bank that an attempt never arrived: the bank counts only words of users who may
/// record or sign on every account that the package debits.
fn is_senders_side(conn: &store::OfCustomer<'_>, scope: &Scope, package: PackageId) -> Result<bool> {
    let Some(user) = &scope.actor else { return Ok(false) };
    let authority = store::authority::find(conn)?.unwrap_or_default();
    let debits = store::orders::debits(conn, package)?;
    let handles = |account| authority.right(user, account).is_some_and(|r| r.dispose || r.sign.is_some());
    Ok(debits.keys().all(|account| handles(*account)))
}

/// The submission's name at the bank: the same for every question about it, another one for the next try.
fn attempt(submission: &StoredSubmission) -> Uuid {
    Uuid::new_v5(&submission.package.0, &submission.id.0.to_be_bytes())
}
