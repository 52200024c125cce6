//! What changes a token: its PIN, unblocking, renewal.

use client::{
    ClientError, PinChangeRequest, PinState, RenewalStep, Result, TokenError, TokenInfo, TokenStatus,
};
use domain::unblock::spoken;
use serde_json::json;
use tokio::sync::mpsc;

use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

pub async fn change(context: &mut Context) -> Result<Code> {
    let info = present(context).await?;
    let old = context.pin()?;
    set_to(context, info, Some(old)).await
}

/// Sets the first PIN.
pub async fn set(context: &mut Context) -> Result<Code> {
    let info = present(context).await?;
    if info.pin_state != PinState::Unset {
        return Err(ClientError::PinSetAlready);
    }
    set_to(context, info, None).await
}

async fn set_to(context: &mut Context, info: TokenInfo, old: Option<client::Pin>) -> Result<Code> {
    let new = context.secrets().new_pin()?;
    let last_try_confirmed = context.last_try();
    let csn = info.csn.clone();
    context.client.change_pin(PinChangeRequest { old, new, csn, last_try_confirmed }).await?;
    output::answer(context.json, &json!({ "csn": info.csn, "pin": "set" }), [tr!("cli-pin-set")]);
    Ok(Code::Done)
}

/// Unblocks: prints what is read aloud, reads what is heard.
pub async fn unblock(context: &mut Context) -> Result<Code> {
    let _ = present(context).await?;
    let question = context.client.start_unblock().await?;
    let (csn, random) = (spoken(&question.csn), spoken(&question.random));
    // On standard error: the one JSON value on standard output is the outcome.
    output::note(tr!("cli-unblock-tell", csn = csn, random = random));
    let outcome = async {
        let code = context.secrets().code()?;
        // A slip in the Code is said before the new PIN is asked for.
        let _ = question.parse_code(code.expose())?;
        let new = context.secrets().new_pin()?;
        context.client.unblock(code.expose(), new).await
    };
    if let Err(error) = outcome.await {
        context.client.cancel_unblock().await?;
        return Err(error);
    }
    output::answer(context.json, &json!({ "csn": question.csn, "pin": "set" }), [tr!("cli-unblocked")]);
    Ok(Code::Done)
}

pub async fn renew(context: &mut Context) -> Result<Code> {
    let info = present(context).await?;
    context.log_in().await?;
    let pin = context.pin()?;
    let (progress, mut steps) = mpsc::unbounded_channel();
    let quiet = context.json;
    let told = tokio::spawn(async move {
        while let Some(step) = steps.recv().await {
            if !quiet {
                output::note(step_text(step));
            }
        }
    });
    let renewed = context.client.renew(pin, info.csn.clone(), context.last_try(), progress).await;
    told.await.map_err(|_| ClientError::Internal)?;
    let renewed = renewed?;
    let value = json!({ "csn": info.csn, "until": renewed.until, "bank_told": renewed.told });
    let line = tr!("cli-renewed", until = output::day(renewed.until));
    output::answer(context.json, &value, [line]);
    context.client.log_out().await;
    Ok(Code::Done)
}

fn step_text(step: RenewalStep) -> String {
    match step {
        RenewalStep::Keys => tr!("cli-renewal-keys"),
        RenewalStep::Request => tr!("cli-renewal-request"),
        RenewalStep::Bank => tr!("cli-renewal-bank"),
        RenewalStep::Install => tr!("cli-renewal-install"),
    }
}

/// The token that is there, or why none is.
async fn present(context: &Context) -> Result<TokenInfo> {
    let status = context.token().await;
    let missing = match &status {
        TokenStatus::Present(info) | TokenStatus::Blocked(info) | TokenStatus::Software(info) => {
            return Ok(info.clone());
        }
        TokenStatus::Failed(error) => error.clone(),
        TokenStatus::NotConfigured => TokenError::NotConfigured,
        TokenStatus::NoService => TokenError::NoService,
        TokenStatus::NoCard => TokenError::NoCard,
        TokenStatus::ForeignCard => TokenError::ForeignCard,
        TokenStatus::Starting | TokenStatus::NoReader => TokenError::NoReader,
    };
    Err(missing.into())
}
