//! The life of the token's PIN: the first one, a change, and unblocking by telephone.
//!
//! Whatever can be judged on this side (a new PIN's rules, a Code's check characters) is judged before the token
//! sees anything, so that a slip costs no try. The audit log tells that it happened, never a PIN or a Code.

use domain::UserId;
use domain::pin::{PinForm, PinRule, PinRules, judge};
use domain::unblock::{UnblockCode, UnblockKind, UnblockQuestion};
use store::audit::{AuditEntry, AuditEvent};
use store::deed::Deed;
use token::{Pin, PinChange, TokenError, TokenInfo, UnblockAnswer};
use tokio::sync::watch;

use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::state::locked;

/// A new PIN, and the old one where there is one.
#[derive(Clone, Debug)]
pub struct PinChangeRequest {
    /// The old PIN; `None` sets the first one of a token whose PIN is [`token::PinState::Unset`].
    pub old: Option<Pin>,
    /// The new one.
    pub new: Pin,
    /// Serial number of the token that the person saw; another one is refused before any PIN is sent.
    pub csn: String,
    /// The person has confirmed that the last PIN try may be used.
    pub last_try_confirmed: bool,
}

impl Client {
    /// What a new PIN must be like: the form that the present token takes (PIV's where none is there) and the
    /// bank's rules (ours before a bank is known).
    pub fn pin_rules(&self) -> (PinForm, PinRules) {
        let form = self.token().status().borrow().info().map_or(PinForm::PIV, form);
        (form, self.token_rules().pin)
    }

    /// Sets the first PIN or changes it.
    ///
    /// # Errors
    /// [`ClientError::PinRule`] with the rules that the new PIN breaks, before the token sees anything;
    /// [`ClientError::Token`] with the tries left for a wrong old PIN.
    pub async fn change_pin(&self, request: PinChangeRequest) -> Result<()> {
        let PinChangeRequest { old, new, csn, last_try_confirmed } = request;
        self.judge_pin(&new, old.as_ref(), &csn)?;
        let deed = if old.is_some() { Deed::TokenPinChanged {} } else { Deed::TokenPinSet {} };
        let change = PinChange { old, new, csn: csn.clone(), last_try_confirmed };
        self.token().change_pin(change).await?;
        self.log_token(&csn, deed).await;
        Ok(())
    }

    /// Begins to unblock the token: what the caller reads to the bank's clerk. While it stands the token is kept
    /// from other programs and nothing is sent to it.
    ///
    /// # Errors
    /// [`ClientError::Token`]: it cannot be unblocked so, its unblocking tries are used up, another program has it.
    pub async fn start_unblock(&self) -> Result<UnblockQuestion> {
        let question = as_domain(self.token().start_unblock().await?);
        let deed = Deed::TokenUnblockStarted { random: question.random.clone() };
        self.log_token(&question.csn, deed).await;
        Ok(question)
    }

    /// Answers the question with the Code as it was typed, and sets the new PIN.
    ///
    /// # Errors
    /// [`ClientError::UnblockCode`] and [`ClientError::PinRule`] before the token sees anything, so that both can
    /// be mended and tried again; [`ClientError::Token`] when the question has fallen or the token refused.
    pub async fn unblock(&self, typed_code: &str, new: Pin) -> Result<()> {
        let question = self.token().unblock_question().borrow().clone().map(as_domain);
        let question = question.ok_or(TokenError::UnblockLapsed)?;
        let code = question.parse_code(typed_code)?;
        self.judge_pin(&new, None, &question.csn)?;
        let outcome = self.token().unblock(answer(code), new).await;
        let deed = match &outcome {
            Ok(()) => Deed::TokenUnblocked {},
            Err(e) => Deed::TokenUnblockFailed { code: e.code().to_owned() },
        };
        self.log_token(&question.csn, deed).await;
        Ok(outcome?)
    }

    /// Gives up the unblocking and sets the token free.
    pub async fn cancel_unblock(&self) -> Result<()> {
        Ok(self.token().cancel_unblock().await?)
    }

    /// The question that stands, now and after each change: it falls when the token is pulled, reset or used by
    /// another program, and after 15 minutes.
    pub fn unblock_question(&self) -> watch::Receiver<Option<UnblockQuestion>> {
        self.side.question.subscribe()
    }

    /// Carries the token's question on in the words of the domain, as long as both live.
    pub(crate) fn watch_unblocking(&self) {
        let mut asked = self.token().unblock_question();
        let weak = self.downgrade();
        let task = tokio::spawn(async move {
            while asked.changed().await.is_ok() {
                let question = asked.borrow_and_update().clone().map(as_domain);
                let Some(client) = weak.upgrade() else { return };
                let _ = client.side.question.send_replace(question);
            }
        });
        // The question of the token before is nobody's here any more.
        if let Some(before) = locked(&self.side.question_watch).replace(task) {
            before.abort();
        }
    }

    fn judge_pin(&self, new: &Pin, old: Option<&Pin>, csn: &str) -> Result<()> {
        let (form, rules) = self.pin_rules();
        let judged = judge(form, rules, new.expose(), old.map(Pin::expose), csn);
        let broken: Vec<PinRule> =
            judged.into_iter().filter_map(|(rule, met)| (!met).then_some(rule)).collect();
        if broken.is_empty() { Ok(()) } else { Err(ClientError::PinRule(broken)) }
    }

    /// Tells the audit log what became of a token. What happened on the token cannot be undone, so a log that
    /// cannot be written is told to the program's own log and fails nothing.
    pub(crate) async fn log_token(&self, csn: &str, deed: Deed) {
        let event = AuditEvent {
            at: self.now(),
            actor: self.actor(),
            deed,
            subject: Some(csn.to_owned()),
            customer: None,
        };
        let written = self.write(move |tx| {
            let _: AuditEntry = store::audit::append(tx, &event)?;
            Ok(())
        });
        if let Err(error) = written.await {
            tracing::error!(%error, "the audit log could not be written");
        }
    }

    /// Who acts: the logged-in user, or before a login the one that the token names.
    pub(crate) fn actor(&self) -> Option<UserId> {
        self.open_session_now().map(|s| s.user.id).or_else(|| {
            let status = self.token_status().borrow().clone();
            status.info()?.signing.as_ref()?.user_id()?.parse().ok()
        })
    }
}

/// The token's form of PINs in the words of the domain.
fn form(info: &TokenInfo) -> PinForm {
    let token::PinForm { min, max, digits_only } = info.pin_form;
    PinForm { min, max, digits_only }
}

fn as_domain(question: token::UnblockQuestion) -> UnblockQuestion {
    let kind = match question.kind {
        token::UnblockKind::ChallengeResponse => UnblockKind::ChallengeResponse,
        token::UnblockKind::PukPair => UnblockKind::PukPair,
        token::UnblockKind::Unsupported => UnblockKind::Unsupported,
    };
    UnblockQuestion { kind, csn: question.csn, random: question.random }
}

fn answer(code: UnblockCode) -> UnblockAnswer {
    match code {
        UnblockCode::Response(bytes) => UnblockAnswer::Response(bytes),
        UnblockCode::PukPair { current, next } => {
            UnblockAnswer::PukPair { current: Pin::new(current), next: Pin::new(next) }
        }
    }
}
