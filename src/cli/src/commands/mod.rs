//! One module a group of commands.

mod admin;
mod connections;
mod demo;
mod demo_banks;
mod demo_steps;
mod edit;
mod import;
mod lists;
mod messages;
mod package_file;
mod package_output;
mod packages;
mod partners;
mod policy;
mod record;
mod sample;
mod sample_shared;
mod send;
mod shared;
mod sign;
mod store;
mod token;
mod token_pin;
mod update;

use client::{ClientError, ImportChoice, Result};
use serde_json::json;

use crate::arguments::{Arguments, Command};
use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

pub async fn run(arguments: Arguments) -> Result<Code> {
    match &arguments.command {
        Command::Demo { .. } => return demo::run(&arguments).await,
        Command::Store { command } => return store::run(&arguments, command),
        Command::Policy { command } => return policy::run(arguments.json, command),
        _ => {}
    }
    let mut context = Context::open(&arguments)?;
    match arguments.command {
        // These are about all banks, or a new one.
        Command::Connections { command } => return connections::run(&context, command).await,
        Command::Customers { command } => return connections::customers(&context, &command).await,
        Command::Connect { .. } => {}
        _ => context.choose(arguments.bank.as_deref(), arguments.customer.as_deref()).await?,
    }
    match arguments.command {
        Command::Connect { file } => {
            let file =
                file.or_else(|| policy::connection_file(&context.client)).ok_or(ClientError::NoBank)?;
            let (client, info) = context.client.connect_to(&file).await?;
            context.client = client;
            context.log_in().await?;
            context.client.sync().await?;
            let customers = context.client.customers().await?;
            let value =
                json!({ "bank": info.profile.name, "profile": info.profile.id, "customers": customers });
            let line = tr!("cli-connected", bank = info.profile.name, count = customers.len());
            output::answer(context.json, &value, [line]);
            Ok(Code::Done)
        }
        Command::Sync => {
            context.log_in().await?;
            context.client.sync().await?;
            output::answer(context.json, &json!({ "synced": true }), [tr!("cli-synced")]);
            Ok(Code::Done)
        }
        Command::Accounts => lists::accounts(&context).await,
        Command::Transactions(wanted) => lists::transactions(&context, wanted).await,
        Command::Templates { text } => lists::templates(&context, text).await,
        Command::Log { check: true, .. } => lists::check_log(&context).await,
        Command::Log { limit, .. } => lists::log(&context, limit).await,
        Command::Partners(arguments) => partners::run(&context, arguments).await,
        Command::Order(order) => record::order(&context, order.wanted()).await,
        Command::Import { file, only_good, despite_totals, again, check } => {
            let choice = ImportChoice::accepting(only_good, despite_totals);
            import::orders(&context, file, choice, again, check).await
        }
        Command::Packages { id: None, sent } => packages::list(&context, sent).await,
        Command::Packages { id: Some(id), .. } => packages::show(&context, id).await,
        Command::Package { command } => package_file::run(&context, command).await,
        Command::Rename { id, name } => edit::rename(&context, id, name).await,
        Command::Plan { id, day } => edit::plan(&context, id, day).await,
        Command::Split { id } => edit::split(&context, id).await,
        Command::Withdraw { id } => edit::withdraw(&context, id).await,
        Command::Delete { ids } => edit::delete(&context, &ids).await,
        Command::RemoveOrder { id } => edit::remove_order(&context, id).await,
        Command::Sign { ids } => sign::sign(&mut context, &ids).await,
        Command::Send { ids, one_by_one, wait } => send::send(&mut context, ids, one_by_one, wait).await,
        Command::Status { id } => send::status(&mut context, id).await,
        Command::Export { id, format, out } => packages::export(&context, id, format, out).await,
        Command::Shared { command } => shared::run(&mut context, command).await,
        Command::Admin { command } => admin::run(&mut context, command).await,
        Command::Messages { command } => messages::run(&mut context, command).await,
        Command::Update { command } => update::run(&context, command).await,
        Command::Token { command } => token::run(&mut context, command).await,
        // See above.
        Command::Connections { .. } | Command::Customers { .. } => Ok(Code::Done),
        Command::Demo { .. } | Command::Store { .. } | Command::Policy { .. } => Ok(Code::Done),
    }
}
