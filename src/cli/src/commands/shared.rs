//! The shared area: listing, putting, looking, taking over, withdrawing.

use client::SharedPackage;
use client::SharedState;
use client::{ClientError, Handed, Result, SharedLine, texts};
use domain::{Explain, PackageId};
use serde_json::{Value, json};

use crate::arguments::SharedCommand;
use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

/// Does what was asked of the shared area. Each of them needs a login.
pub async fn run(context: &mut Context, command: SharedCommand) -> Result<Code> {
    context.log_in().await?;
    context.client.sync_shared().await?;
    match command {
        SharedCommand::List => list(context).await,
        SharedCommand::Show { id } => show(context, id).await,
        SharedCommand::Put { ids, until } => put(context, &ids, until).await,
        SharedCommand::Take { ids } => take(context, &ids).await,
        SharedCommand::Withdraw { id } => {
            let handed = context.client.withdraw_shared(id).await?;
            let (value, line, code) = told(id, &handed);
            output::answer(context.json, &value, [line]);
            Ok(code)
        }
    }
}

async fn list(context: &Context) -> Result<Code> {
    let lines = context.client.shared_area().await?;
    let value = json!(lines.iter().map(value).collect::<Vec<_>>());
    let mut rows = vec![vec![
        tr!("cli-package"),
        tr!("cli-name"),
        tr!("cli-orders"),
        tr!("cli-total"),
        tr!("cli-shared-put"),
        tr!("cli-state"),
    ]];
    rows.extend(lines.iter().map(|line| {
        vec![
            line.shared.package.to_string(),
            line.shared.name.clone(),
            line.shared.count.to_string(),
            output::money(&line.shared.total),
            line.shared.put.user.name.clone(),
            state(&line.shared),
        ]
    }));
    output::answer(context.json, &value, output::table(&rows, &[2, 3]));
    Ok(Code::Done)
}

async fn show(context: &Context, id: PackageId) -> Result<Code> {
    let look = context.client.look_at_shared(id).await?;
    let orders: Vec<Value> = look
        .orders
        .iter()
        .map(|o| json!({ "order": o.order, "decision": o.decision, "bank": o.bank }))
        .collect();
    let value = json!({
        "shared": look.shared, "orders": orders, "signers": look.signers, "invalid_signatures": look.invalid,
    });
    let total = output::money(&look.shared.total);
    let mut lines = vec![format!("{} · {total} · {}", look.shared.name, state(&look.shared))];
    let rows: Vec<Vec<String>> = look.orders.iter().map(|o| output::order(&o.order).to_vec()).collect();
    lines.extend(output::table(&rows, &[2]));
    lines.extend(look.signers.iter().map(|name| format!("✓ {name}")));
    output::answer(context.json, &value, lines);
    Ok(Code::Done)
}

async fn put(context: &Context, ids: &[PackageId], until: Option<chrono::NaiveDate>) -> Result<Code> {
    let (mut values, mut lines, mut code) = (Vec::new(), Vec::new(), Code::Done);
    for id in ids {
        let ended = context.client.share_package(*id, until).await;
        gather(*id, ended.as_ref().map(|handed| told(*id, handed)), &mut values, &mut lines, &mut code);
    }
    output::answer(context.json, &json!(values), lines);
    Ok(code)
}

async fn take(context: &Context, ids: &[PackageId]) -> Result<Code> {
    let (mut values, mut lines, mut code) = (Vec::new(), Vec::new(), Code::Done);
    for id in ids {
        let ended = take_one(context, *id).await;
        gather(*id, ended.as_ref().map(Clone::clone), &mut values, &mut lines, &mut code);
    }
    output::answer(context.json, &json!(values), lines);
    Ok(code)
}

async fn take_one(context: &Context, id: PackageId) -> Result<(Value, String, Code)> {
    // The newest handing over stands first.
    let found = context.client.shared_area().await?.into_iter().find(|line| line.shared.package == id);
    let line = found.ok_or(ClientError::NotFound)?;
    Ok(match context.client.take_over(line.shared.handover).await? {
        Handed::Done(taken) => {
            let value = json!({
                "package": id, "state": taken.state, "signers": taken.signers, "dropped": taken.dropped,
            });
            (value, tr!("cli-shared-taken", name = taken.name, count = taken.signers.len()), Code::Done)
        }
        Handed::Awaited => awaited(id),
    })
}

/// One package's end among several: the first failure gives the run's code.
fn gather(
    id: PackageId,
    ended: std::result::Result<(Value, String, Code), &ClientError>,
    values: &mut Vec<Value>,
    lines: &mut Vec<String>,
    code: &mut Code,
) {
    let (value, line, one) = ended.unwrap_or_else(|error| {
        let text = texts::explain(error);
        let value = json!({ "package": id, "error": { "code": error.code(), "text": text } });
        (value, format!("✗ {id}: {text}"), Code::of(error))
    });
    values.push(value);
    lines.push(line);
    if *code == Code::Done {
        *code = one;
    }
}

fn told(id: PackageId, handed: &Handed<SharedPackage>) -> (Value, String, Code) {
    match handed {
        Handed::Done(shared) => (
            json!({ "package": id, "shared": shared }),
            format!("{}: {}", shared.name, state(shared)),
            Code::Done,
        ),
        Handed::Awaited => awaited(id),
    }
}

/// The bank's answer was lost: the same run again, or any sync, asks for it.
fn awaited(id: PackageId) -> (Value, String, Code) {
    (json!({ "package": id, "awaited": true }), tr!("cli-shared-awaited"), Code::Bank)
}

fn value(line: &SharedLine) -> Value {
    json!({
        "shared": line.shared, "ours": line.ours, "copy_here": line.copy_here, "can_take": line.can_take,
        "can_withdraw": line.can_withdraw, "awaited": line.awaited, "signatures_needed": line.need,
    })
}

/// Where it stands, with who ended it.
fn state(shared: &SharedPackage) -> String {
    let by = shared.ended.as_ref().map(|hand| hand.user.name.clone()).unwrap_or_default();
    match shared.state {
        SharedState::Waiting => tr!("cli-shared-waiting"),
        SharedState::TakenOver => tr!("cli-shared-taken-by", by = by),
        SharedState::Withdrawn => tr!("cli-shared-withdrawn"),
        SharedState::Expired => tr!("cli-shared-expired"),
    }
}
