//! Recording orders one by one.

use client::{ClientError, OrderCheck, PackageChoice, Result, texts};
use domain::{Currency, OrderDraft, Template, key};
use serde_json::json;

use crate::context::Context;
use crate::exit::Code;
use crate::order_arguments::WantedOrder;
use crate::{output, tr};

/// Records one order and says how the bank will execute it.
pub async fn order(context: &Context, order: WantedOrder) -> Result<Code> {
    let choice = match (order.package, order.new_package) {
        (Some(id), _) => PackageChoice::Into(id),
        (None, true) => PackageChoice::New,
        (None, false) => PackageChoice::Auto,
    };
    let draft = draft(context, order).await?;
    let check = context.client.check_order(draft.clone(), choice, None).await?;
    if !check.problems.is_empty() {
        return Err(ClientError::Fields(check.problems));
    }
    let saved = context.client.save_order(draft, choice, None).await?;
    let value = json!({
        "order": saved.order, "package": saved.package, "name": saved.name, "orders": saved.orders,
        "decision": check.decision,
    });
    let mut lines = vec![tr!("cli-recorded", name = saved.name, count = saved.orders)];
    lines.push(format!("  {}", saved.package));
    lines.extend(route_lines(&check));
    output::answer(context.json, &value, lines);
    Ok(Code::Done)
}

/// The form, with the account and the partner that were left to the program.
async fn draft(context: &Context, order: WantedOrder) -> Result<OrderDraft> {
    let mut draft = match &order.template {
        Some(name) => from_template(context.client.template_named(name).await?, order.draft)?,
        None => order.draft,
    };
    if draft.values.is_empty(key::DEBIT_ACCOUNT) {
        let accounts = context.client.accounts().await?;
        let first = accounts.iter().find(|a| a.account.currency == Currency::HUF);
        let number = first.map(|a| a.account.number.to_string()).unwrap_or_default();
        draft.values.set(key::DEBIT_ACCOUNT, number);
    }
    if let Some(text) = order.partner {
        let partner = context.client.partner_named(&text).await?;
        let typed = [key::TARGET, key::BENEFICIARY_NAME].map(|key| (key, draft.values.take(key)));
        let order_type = draft.order_type;
        draft = draft.for_partner(&partner, 0).turned_into(order_type);
        // What is typed goes before what the partner has.
        for (key, text) in typed.into_iter().filter(|(_, text)| !text.is_empty()) {
            draft.values.set(key, text);
        }
    }
    Ok(draft)
}

/// The template's order, with what is typed before what the template has.
fn from_template(template: Template, typed: OrderDraft) -> Result<OrderDraft> {
    let mut draft = template.start();
    if draft.order_type != typed.order_type {
        let (name, code) = (template.name.to_string(), template.order_type.code());
        return Err(ClientError::TemplateOfAnotherType { name, code });
    }
    for (key, text) in typed.values.iter().filter(|(_, text)| !text.is_empty()) {
        draft.values.set(key, text);
    }
    Ok(draft)
}

/// Route, reasons and warnings in words.
pub fn route_lines(check: &OrderCheck) -> Vec<String> {
    let Some(decision) = &check.decision else { return Vec::new() };
    let route = texts::text(decision.route.key(), &[]);
    let mut lines = vec![format!("  {}: {route}", tr!("cli-route"))];
    lines.extend(decision.reasons.iter().map(|r| format!("    {}", texts::explain(r))));
    lines.extend(decision.warnings.iter().map(|w| format!("  ! {}", texts::explain(w))));
    lines
}
