//! Sending packages and following them.

use std::time::{Duration, Instant};

use client::Page;
use client::{ClientError, Pacing, Result, SentDetail, texts};
use domain::submission::{ItemState, OrderState, SubmissionState};
use domain::{Explain, PackageId, PackageState};
use serde_json::{Value, json};

use super::package_output;
use crate::clock::Clock;
use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

/// Between two looks while waiting for the final status.
const STEP: Duration = Duration::from_millis(250);

/// Sends packages and, if asked, waits for the bank's final word.
pub async fn send(
    context: &mut Context,
    ids: Vec<PackageId>,
    one_by_one: bool,
    wait: Option<u64>,
) -> Result<Code> {
    context.log_in().await?;
    let pacing = if one_by_one { Pacing::OneByOne } else { Pacing::Together };
    let mut code = Code::Done;
    let clock = Clock::of(&context.client).await;
    let (mut values, mut lines) = (Vec::new(), Vec::new());
    for outcome in context.client.send(ids, pacing).await {
        let state = match outcome.result {
            Ok(state) => state,
            Err(error) => {
                code = worse(code, Code::of(&error));
                lines.push(format!("{}: {}", outcome.package, texts::explain(&error)));
                values.push(json!({ "package": outcome.package, "error": error.code() }));
                continue;
            }
        };
        match state {
            SubmissionState::Received => {}
            SubmissionState::Refused => code = worse(code, Code::Refused),
            _ => code = worse(code, Code::Bank),
        }
        let mut trouble = None;
        if let (Some(seconds), SubmissionState::Received) = (wait, state) {
            match until_final(context, outcome.package, Duration::from_secs(seconds)).await {
                Ok(true) => {}
                Ok(false) => code = worse(code, Code::Undecided),
                // The package is at the bank all the same, and so it is shown.
                Err(error) => {
                    code = worse(code, Code::of(&error));
                    trouble = Some(error);
                }
            }
        }
        let detail = context.client.sent_package(outcome.package).await?;
        if matches!(detail.line.state, PackageState::PartlyRejected | PackageState::Rejected) {
            code = worse(code, Code::Refused);
        }
        lines.extend(detail_lines(&detail, &clock));
        let mut value = detail_value(&detail);
        value["submission"] = json!(state);
        if let Some(error) = trouble {
            lines.push(format!("  ! {}", texts::explain(&error)));
            value["error"] = json!(error.code());
        }
        values.push(value);
    }
    output::answer(context.json, &json!(values), lines);
    Ok(code)
}

/// What a run comes to that came to both: what a script must look at first. A package whose fate is not known is before
/// one that failed, and that before one that only is not decided yet.
fn worse(one: Code, other: Code) -> Code {
    match (one, other) {
        (Code::Done, code) | (code, Code::Done) => code,
        (Code::Undecided, code) | (code, Code::Undecided) => code,
        (Code::Bank, _) | (_, Code::Bank) => Code::Bank,
        (first, _) => first,
    }
}

/// Waits until the bank has decided every order, or the time is over; whether it has.
pub async fn until_final(context: &Context, id: PackageId, limit: Duration) -> Result<bool> {
    let start = Instant::now();
    loop {
        let state = context.client.sent_package(id).await?.line.state;
        let decided =
            matches!(state, PackageState::Completed | PackageState::PartlyRejected | PackageState::Rejected);
        if decided || start.elapsed() > limit {
            return Ok(decided);
        }
        tokio::time::sleep(STEP).await;
        context.client.sync_packages().await?;
    }
}

/// Asks the bank and shows one sent package, or all.
pub async fn status(context: &mut Context, id: Option<PackageId>) -> Result<Code> {
    context.log_in().await?;
    let ids = match id {
        Some(id) => {
            context.client.ask_now(id).await?;
            vec![id]
        }
        None => {
            let _: usize = context.client.recover().await?;
            context.client.sync_packages().await?;
            context.client.sent(String::new(), Page::ALL).await?.iter().map(|s| s.line.header.id).collect()
        }
    };
    let clock = Clock::of(&context.client).await;
    let (mut values, mut lines) = (Vec::new(), Vec::new());
    for id in ids {
        match context.client.sent_package(id).await {
            Ok(detail) => {
                lines.extend(detail_lines(&detail, &clock));
                values.push(detail_value(&detail));
            }
            // A package that came back to "prepared" after a lost answer is not among the sent ones.
            Err(ClientError::NotFound) => values.push(json!({ "package": id })),
            Err(error) => return Err(error),
        }
    }
    output::answer(context.json, &json!(values), lines);
    Ok(Code::Done)
}

/// A sent package in words.
pub fn detail_lines(detail: &SentDetail, clock: &Clock) -> Vec<String> {
    let line = &detail.line;
    let mut lines = vec![format!(
        "{} · {} · {}",
        line.header.name,
        output::money(&line.total),
        package_output::state(line.state)
    )];
    if let Some(code) = &line.last_error {
        lines.push(format!("  ! {}", texts::text(code, &[])));
    }
    if detail.uncertain {
        lines.push(format!("  ! {}", tr!("cli-uncertain")));
    }
    for stored in &detail.orders {
        let status = stored.status.as_ref();
        let state = status.map_or("none", |s| s.state.name()).replace('_', "-");
        let [label, _, amount, _] = output::order(&stored.order);
        let reason =
            status.and_then(|s| s.reason.as_deref()).map(|r| texts::text(r, &[])).unwrap_or_default();
        let due = status.and_then(|s| due(s.state, clock.moment(s.due?))).unwrap_or_default();
        let state = texts::text(&format!("bank-state-{state}"), &[]);
        let parts = [label, amount, state, reason, due].into_iter().filter(|part| !part.is_empty());
        lines.push(format!("  {}", parts.collect::<Vec<_>>().join("  ")));
    }
    lines
}

/// Until when an order waits, if it waits.
fn due(state: OrderState, when: String) -> Option<String> {
    match state {
        OrderState::At(ItemState::Waiting) => Some(tr!("cli-due-waiting", when = when)),
        OrderState::At(ItemState::Queued) => Some(tr!("cli-due-queued", when = when)),
        OrderState::At(_) | OrderState::Sending => None,
    }
}

fn detail_value(detail: &SentDetail) -> Value {
    let mut value = package_output::value(&detail.line);
    value["uncertain"] = json!(detail.uncertain);
    value["receipt"] = json!(detail.receipt.map(|(sequence, at)| json!({ "sequence": sequence, "at": at })));
    value["items"] = json!(
        detail
            .orders
            .iter()
            .map(|o| {
                let (status, face) = (o.status.as_ref(), o.order.face());
                json!({
                    "order": o.order.id(),
                    "payee": texts::label(&face),
                    "amount": face.amount,
                    "state": status.map(|s| s.state.name()),
                    "executed": status.is_some_and(|s| s.state == OrderState::At(ItemState::Executed)),
                    "route": status.and_then(|s| s.route),
                    "due": status.and_then(|s| s.due),
                    "reason": status.and_then(|s| s.reason.clone()),
                })
            })
            .collect::<Vec<_>>()
    );
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_packages_end_with_what_must_be_looked_at_first() {
        use Code::{Bank, Done, Input, Refused, Undecided};
        for (one, other, both) in [
            (Done, Done, Done),
            (Done, Undecided, Undecided),
            (Undecided, Refused, Refused),
            (Refused, Done, Refused),
            (Refused, Input, Refused),
            (Refused, Bank, Bank),
            (Bank, Undecided, Bank),
        ] {
            assert_eq!(worse(one, other), both);
        }
        assert_eq!(worse(Bank, Refused), Bank);
    }
}
