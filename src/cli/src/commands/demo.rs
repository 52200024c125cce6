//! The main job, end to end, against a demo bank: what the window does, printed step by step.

use std::path::{Path, PathBuf};

use client::demo::DemoBank;
use client::{Client, ClientError, Options, Pin, Result, TokenConfig};

use super::demo_steps::{balances, pay, say};
use crate::arguments::{Arguments, Command};
use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

/// Runs the demo; the exit code tells whether the order was executed.
pub async fn run(arguments: &Arguments) -> Result<Code> {
    let Command::Demo { profile, demo_data, bank_program, keep, sample } = &arguments.command else {
        return Err(ClientError::Internal);
    };
    let program = match bank_program {
        Some(path) => path.to_owned(),
        None => beside("kapocs-bank")?,
    };
    let temporary = std::env::temp_dir().join(format!("kapocs-demo-{}", std::process::id()));
    let folder = keep.as_ref().unwrap_or(&temporary);
    let bank_data = demo_data.as_ref().unwrap_or(folder).join("bank");
    let result = steps(&program, profile, &bank_data, &folder.join("client"), *sample, arguments).await;
    if temporary.exists()
        && let Err(error) = std::fs::remove_dir_all(&temporary)
    {
        output::note(format_args!("{}: {error}", temporary.display()));
    }
    result
}

async fn steps(
    program: &Path,
    profile: &str,
    folder: &Path,
    client_data: &Path,
    sample: bool,
    arguments: &Arguments,
) -> Result<Code> {
    let bank = DemoBank::start(program, folder, profile)?;
    if bank.banks().count() > 1 {
        return super::demo_banks::run(&bank, profile, client_data).await;
    }
    let data = bank.data()?;
    let signer = data
        .users
        .iter()
        .find(|u| u.signature_class.is_some())
        .ok_or_else(|| ClientError::Demo("no signer".to_owned()))?;
    say(1, &tr!("demo-bank-runs", profile = profile));
    output::line(format_args!(
        "     {}",
        tr!("demo-operator-desk", address = bank.desk(), name = data.operator.name.clone())
    ));
    output::line(format_args!("     {}", tr!("demo-web-client", address = bank.web())));
    let token = match &arguments.reader {
        Some(reader) => TokenConfig::Pcsc { reader: Some(reader.clone()) },
        None => TokenConfig::Software(bank.path(&signer.key_file)),
    };
    let client = Client::open(Options { data: client_data.to_owned(), token })?;
    bank.introduce(&client).await?;
    let context = Context::with_pin(client.clone(), Pin::new(data.pin.clone()), false);
    let login = client.log_in(Pin::new(data.pin.clone()), false).await?;
    say(2, &tr!("demo-logged-in", user = login.user.name));
    client.sync().await?;
    if sample {
        super::sample::fill(&client, &data.pin).await?;
        let colleague = data.users.iter().find(|u| u.signature_class.is_some() && u.id != signer.id);
        if let Some(colleague) = colleague {
            let token = TokenConfig::Software(bank.path(&colleague.key_file));
            let other = Client::open(Options { data: client_data.with_file_name("other-seat"), token })?;
            bank.introduce(&other).await?;
            let _ = other.log_in(Pin::new(data.pin.clone()), false).await?;
            other.sync().await?;
            super::sample_shared::fill(&client, &other, &data.pin).await?;
            other.log_out().await;
        }
        return Ok(Code::Done);
    }
    balances(&client).await?;
    let executed = pay(&context, &data.pin, &signer.name).await?;
    client.sync().await?;
    say(7, &tr!("demo-balances"));
    balances(&client).await?;
    client.log_out().await;
    Ok(if executed { Code::Done } else { Code::Refused })
}

/// A program of ours beside this one.
fn beside(name: &str) -> Result<PathBuf> {
    let here = std::env::current_exe().map_err(|e| ClientError::Demo(e.to_string()))?;
    Ok(here.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}
