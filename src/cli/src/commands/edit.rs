//! Changing packages that have not left.

use chrono::NaiveDate;
use client::Result;
use domain::{OrderId, PackageId};
use serde_json::json;

use super::packages;
use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

/// Gives a package another name and shows it.
pub async fn rename(context: &Context, id: PackageId, name: String) -> Result<Code> {
    context.client.rename_package(id, name).await?;
    packages::show(context, id).await
}

/// Plans the day of sending, or drops the plan, and shows the package.
pub async fn plan(context: &Context, id: PackageId, day: Option<NaiveDate>) -> Result<Code> {
    context.client.plan_package(id, day).await?;
    packages::show(context, id).await
}

/// Makes a package of each order; tells the new ones in the order of the orders.
pub async fn split(context: &Context, id: PackageId) -> Result<Code> {
    let made = context.client.split_package(id).await?;
    let mut lines = vec![tr!("cli-split", count = made.len())];
    lines.extend(made.iter().map(|id| format!("  {id}")));
    output::answer(context.json, &json!({ "packages": made }), lines);
    Ok(Code::Done)
}

/// Takes a package one step back and shows it.
pub async fn withdraw(context: &Context, id: PackageId) -> Result<Code> {
    context.client.withdraw_package(id).await?;
    packages::show(context, id).await
}

/// Deletes packages.
pub async fn delete(context: &Context, ids: &[PackageId]) -> Result<Code> {
    for id in ids {
        context.client.delete_package(*id).await?;
    }
    let line = tr!("cli-deleted", count = ids.len());
    output::answer(context.json, &json!({ "deleted": ids }), [line]);
    Ok(Code::Done)
}

/// Takes an order out of its package.
pub async fn remove_order(context: &Context, id: OrderId) -> Result<Code> {
    context.client.remove_order(id).await?;
    output::answer(context.json, &json!({ "removed": id }), [tr!("cli-removed")]);
    Ok(Code::Done)
}
