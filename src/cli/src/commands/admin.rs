//! Self-administration: who may do what, and packages that change it.

use domain::target::TargetError;
use std::path::Path;

use client::admin::{right_words, web_device};
use client::{AdminOverview, ClientError, PackageChoice, PackageFilter, Page, Result, texts};
use domain::authority::UserContact;
use domain::{AdminAction, OrderDraft, SecondaryId, SecondaryIdStep, Target};
use serde::Deserialize;
use serde_json::json;

use super::package_output::{state, value};
use super::packages;
use crate::admin_arguments::{AdminCommand, DeviceChange, SecondaryIdCommand, UserDataArguments};
use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

pub async fn run(context: &mut Context, command: AdminCommand) -> Result<Code> {
    let action = match command {
        AdminCommand::Show => return show(context).await,
        AdminCommand::Packages { id: Some(id), .. } => return packages::show(context, id).await,
        AdminCommand::Packages { id: None, sent } => return list(context, sent).await,
        AdminCommand::ApplyFile { file } => return apply_file(context, &file).await,
        AdminCommand::SecondaryId { command: SecondaryIdCommand::SendCode { id } } => {
            return send_code(context, &id).await;
        }
        AdminCommand::WebEnable { off, users } => AdminAction::InternetBanking {
            enabled: !off,
            users: users.into_iter().map(|user| user.0).collect(),
        },
        AdminCommand::UserData(data) => user_data(context, data).await?,
        AdminCommand::Rights { user, rights, .. } => {
            let rights = rights.into_iter().map(|right| right.of(&user)).collect();
            AdminAction::UserRights { user, rights }
        }
        AdminCommand::NewAccount { account, rights } => {
            let rights = rights.into_iter().map(|right| right.on(account)).collect();
            AdminAction::NewAccount { account, rights }
        }
        AdminCommand::Device { user, device, change } => {
            AdminAction::Device { user, device, suspend: change == DeviceChange::Suspend }
        }
        AdminCommand::ClearErrors { user } => AdminAction::ClearErrorPoints { user },
        AdminCommand::SecondaryId { command } => secondary_id(context, command).await?,
    };
    record(context, vec![action]).await
}

/// Records changes in a package of their own and shows it.
async fn record(context: &Context, actions: Vec<AdminAction>) -> Result<Code> {
    let drafts = actions.iter().map(OrderDraft::of_change).collect();
    let saved = context.client.save_orders(drafts, PackageChoice::New).await?;
    packages::show(context, saved.package).await
}

async fn user_data(context: &Context, data: UserDataArguments) -> Result<AdminAction> {
    let overview = context.client.admin_overview().await?;
    let before = overview.user(&data.user).map(|user| user.contact.clone()).unwrap_or_default();
    let contact = UserContact {
        phone: if data.no_phone { None } else { data.phone.or(before.phone) },
        email: if data.no_email { None } else { data.email.or(before.email) },
        notify: data.notify.unwrap_or(before.notify),
    };
    Ok(AdminAction::UserData { user: data.user, contact })
}

async fn secondary_id(context: &Context, command: SecondaryIdCommand) -> Result<AdminAction> {
    let (id, account, step) = match command {
        SecondaryIdCommand::Register { id, account, code } => {
            let step = SecondaryIdStep::Register { code };
            return Ok(AdminAction::SecondaryId { account, id: identifier(&id)?, step });
        }
        SecondaryIdCommand::SendCode { id } | SecondaryIdCommand::Confirm { id } => {
            (identifier(&id)?, None, SecondaryIdStep::Confirm)
        }
        SecondaryIdCommand::Delete { id } => (identifier(&id)?, None, SecondaryIdStep::Delete),
    };
    let overview = context.client.admin_overview().await?;
    let known = overview.table.secondary_ids.iter().find(|known| known.id == id);
    let account = account.or(known.map(|known| known.account)).ok_or(ClientError::NotFound)?;
    Ok(AdminAction::SecondaryId { account, id, step })
}

fn identifier(text: &str) -> Result<SecondaryId> {
    match text.parse::<Target>() {
        Ok(Target::SecondaryId(id)) => Ok(id),
        _ => Err(TargetError::Unknown.into()),
    }
}

async fn send_code(context: &mut Context, id: &str) -> Result<Code> {
    let id = identifier(id)?;
    context.log_in().await?;
    context.client.send_one_time_code(id.clone()).await?;
    let line = tr!("cli-code-sent", id = id.to_string());
    output::answer(context.json, &json!({ "sent": id }), [line]);
    Ok(Code::Done)
}

/// One order or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Orders {
    Several(Vec<AdminAction>),
    One(AdminAction),
}

async fn apply_file(context: &Context, file: &Path) -> Result<Code> {
    let failed = |reason: String| ClientError::File { path: file.display().to_string(), reason };
    let text = std::fs::read(file).map_err(|error| failed(error.to_string()))?;
    let orders: Orders = serde_json::from_slice(&text).map_err(|error| failed(error.to_string()))?;
    let actions = match orders {
        Orders::Several(actions) => actions,
        Orders::One(action) => vec![action],
    };
    record(context, actions).await
}

async fn list(context: &Context, sent: bool) -> Result<Code> {
    let filter = if sent { PackageFilter::Sent } else { PackageFilter::Prepared };
    let mut found = context.client.packages(filter, String::new(), Page::ALL).await?;
    found.retain(|package| !package.header.order_type.is_payment());
    let json = json!(found.iter().map(value).collect::<Vec<_>>());
    let mut rows = vec![vec![tr!("cli-package"), tr!("cli-name"), tr!("cli-state")]];
    rows.extend(
        found.iter().map(|p| vec![p.header.id.to_string(), p.header.name.to_string(), state(p.state)]),
    );
    output::answer(context.json, &json, output::table(&rows, &[]));
    Ok(Code::Done)
}

async fn show(context: &Context) -> Result<Code> {
    let overview = context.client.admin_overview().await?;
    let value = json!({
        "authority": overview.table, "accounts": overview.accounts, "signers": overview.signers,
        "signing": overview.signing, "may_sign": overview.may_sign,
    });
    output::answer(context.json, &value, overview_lines(&overview));
    Ok(Code::Done)
}

fn overview_lines(overview: &AdminOverview) -> Vec<String> {
    let table = &overview.table;
    let need = overview.signing.need;
    let mut lines = vec![tr!(
        "cli-admin-table",
        version = table.version,
        need = need,
        names = overview.signers.join(", ")
    )];
    let web = if table.web.enabled { "admin-web-is-enabled" } else { "admin-web-is-disabled" };
    lines.push(format!("{}: {}", texts::text("admin-line-web", &[]), texts::text(web, &[])));
    for user in &table.users {
        let access = table.web_access(&user.id);
        let (login, signing) = (web_device(access.login), web_device(access.signing));
        lines.push(format!("{} ({})", user.name, user.id));
        for account in &overview.accounts {
            let right = right_words(table.right(&user.id, account.number));
            lines.push(format!("  {} · {}: {right}", account.name, account.number));
        }
        lines.push(tr!("cli-admin-web", login = login, signing = signing));
        for device in &user.devices {
            let state = if device.suspended { "admin-device-suspended" } else { "admin-device-usable" };
            lines.push(format!("  {} ({}): {}", device.label, device.id, texts::text(state, &[])));
        }
        if user.error_points > 0 || user.locked {
            let key = if user.locked { "admin-errors-locked" } else { "admin-errors" };
            let points = texts::text(key, &[("count", user.error_points.to_string())]);
            lines.push(format!("  {}: {points}", texts::text("admin-line-errors", &[])));
        }
    }
    let new = table.new_accounts.iter();
    lines.extend(new.map(|account| tr!("cli-admin-new-account", account = account.number.to_string())));
    lines.extend(table.secondary_ids.iter().map(|known| {
        let day = known.confirm_by.to_string();
        tr!("cli-admin-id", id = known.id.to_string(), account = known.account.to_string(), day = day)
    }));
    lines
}
