//! Connections and customers: what there is, adding, naming, pausing, putting away.

use client::{ConnectionLine, ConnectionState, Result};
use serde_json::{Value, json};

use crate::arguments::{ConnectionCommand, CustomerCommand};
use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

pub async fn run(context: &Context, command: ConnectionCommand) -> Result<Code> {
    let client = &context.client;
    let line = match command {
        ConnectionCommand::List => return list(context).await,
        ConnectionCommand::Add { file, name } => {
            let (added, _) = client.add_connection(&file).await?;
            let key = added.own_connection().unwrap_or(domain::ConnectionKey(0));
            if let Some(name) = name {
                client.rename_connection(key, &name).await?;
            }
            let name = client.find_connection(&key.to_string()).await?.name;
            tr!("cli-connection-added", name = name)
        }
        ConnectionCommand::Rename { connection, name } => {
            client.rename_connection(client.find_connection(&connection).await?.key, &name).await?;
            tr!("cli-connection-renamed", name = name)
        }
        ConnectionCommand::Pause { connection } => {
            let ConnectionLine { key, name, .. } = client.find_connection(&connection).await?;
            client.pause_connection(key).await?;
            tr!("cli-connection-left", name = name)
        }
        ConnectionCommand::Resume { connection } => {
            let ConnectionLine { key, name, .. } = client.find_connection(&connection).await?;
            client.resume_connection(key).await?;
            tr!("cli-connection-resumed", name = name)
        }
        ConnectionCommand::Archive { connection } => {
            let ConnectionLine { key, name, .. } = client.find_connection(&connection).await?;
            client.archive_connection(key).await?;
            tr!("cli-connection-put-away", name = name)
        }
        ConnectionCommand::Remove { connection } => {
            let ConnectionLine { key, name, .. } = client.find_connection(&connection).await?;
            client.remove_connection(key).await?;
            tr!("cli-connection-removed", name = name)
        }
    };
    output::answer(context.json, &listed(&client.connections().await?), [line]);
    Ok(Code::Done)
}

/// Customers of all banks.
pub async fn customers(context: &Context, command: &CustomerCommand) -> Result<Code> {
    let CustomerCommand::List = command;
    let all = context.client.customers_of_all().await?;
    let value = all.iter().map(|one| {
        json!({ "bank": one.bank, "customer": one.customer, "connection": one.connection, "key": one.key,
            "company": one.company })
    });
    let mut lines = vec![vec![tr!("cli-bank"), tr!("cli-customer"), tr!("cli-number")]];
    lines.extend(
        all.iter().map(|one| vec![one.bank.clone(), one.customer.name.clone(), one.customer.id.to_string()]),
    );
    output::answer(context.json, &Value::Array(value.collect()), output::table(&lines, &[]));
    Ok(Code::Done)
}

async fn list(context: &Context) -> Result<Code> {
    let all = context.client.connections().await?;
    let mut lines =
        vec![vec![tr!("cli-connection"), tr!("cli-state"), tr!("cli-customers"), tr!("cli-last-sync")]];
    lines.extend(all.iter().map(|line| {
        vec![
            line.name.clone(),
            state(line.state),
            line.customers.to_string(),
            line.last_sync.map(output::day).unwrap_or_default(),
        ]
    }));
    output::answer(context.json, &listed(&all), output::table(&lines, &[2]));
    Ok(Code::Done)
}

fn listed(all: &[ConnectionLine]) -> Value {
    let line = |line: &ConnectionLine| {
        json!({ "key": line.key, "name": line.name, "state": line.state.name(), "customers": line.customers,
            "last_sync": line.last_sync })
    };
    all.iter().map(line).collect()
}

fn state(state: ConnectionState) -> String {
    match state {
        ConnectionState::Active => tr!("cli-connection-active"),
        ConnectionState::Paused => tr!("cli-connection-paused"),
        ConnectionState::Archived => tr!("cli-connection-archived"),
    }
}
