//! Messages between the customer and the bank.

use std::io::Read;

use client::{ClientError, Result, ShownMessage};
use serde_json::{Value, json};

use crate::admin_arguments::MessageCommand;
use crate::clock::Clock;
use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

pub async fn run(context: &mut Context, command: MessageCommand) -> Result<Code> {
    match command {
        MessageCommand::List => list(context).await,
        MessageCommand::Read { id } => {
            let found = context.client.messages().await?;
            let message = found.into_iter().find(|message| message.id == id).ok_or(ClientError::NotFound)?;
            if !message.read {
                // Told to the bank at once, so that other seats know too.
                context.log_in().await?;
                context.client.read_message(id).await?;
            }
            let head = format!(
                "{} · {} · {}",
                message.subject,
                writer(&message),
                Clock::of(&context.client).await.moment(message.at)
            );
            output::answer(context.json, &value(&message), [head, String::new(), message.body.clone()]);
            Ok(Code::Done)
        }
        MessageCommand::Write { subject, body } => {
            let body = match body {
                Some(body) => body,
                None => from_standard_input()?,
            };
            context.log_in().await?;
            let id = context.client.write_message(&subject, &body).await?;
            let found = context.client.messages().await?;
            let waiting = found.iter().any(|message| message.id == id && message.waiting);
            let line = if waiting { tr!("cli-message-waits") } else { tr!("cli-message-sent") };
            output::answer(context.json, &json!({ "message": id, "waiting": waiting }), [line]);
            Ok(Code::Done)
        }
    }
}

fn from_standard_input() -> Result<String> {
    let mut text = String::new();
    let read = std::io::stdin().read_to_string(&mut text);
    let _: usize =
        read.map_err(|error| ClientError::File { path: "-".to_owned(), reason: error.to_string() })?;
    Ok(text)
}

async fn list(context: &Context) -> Result<Code> {
    let clock = Clock::of(&context.client).await;
    let found = context.client.messages().await?;
    let json = json!(found.iter().map(value).collect::<Vec<_>>());
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|message| {
            let mark = match (message.waiting, message.read) {
                (true, _) => "…",
                (false, false) => "*",
                (false, true) => "",
            };
            let id = message.id.to_string();
            vec![mark.to_owned(), clock.moment(message.at), writer(message), message.subject.clone(), id]
        })
        .collect();
    output::answer(context.json, &json, output::table(&rows, &[]));
    Ok(Code::Done)
}

fn value(message: &ShownMessage) -> Value {
    json!({
        "message": message.id, "at": message.at, "author": message.author, "subject": message.subject,
        "body": message.body, "read": message.read, "waiting": message.waiting,
    })
}

fn writer(message: &ShownMessage) -> String {
    message.author.as_ref().map_or_else(|| tr!("cli-message-bank"), |user| user.name.clone())
}
