//! The demo over several banks: one store, all customers, the main job at each bank with one token.

use std::path::Path;

use client::demo::DemoBank;
use client::{Client, ClientError, Options, Pin, Result, TokenConfig};

use super::demo_steps::{balances, pay, say};
use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

/// Shows the customers, then pays at each bank; the exit code tells whether every order was executed.
pub(super) async fn run(demo: &DemoBank, profiles: &str, client_data: &Path) -> Result<Code> {
    let data = demo.data()?;
    let signer = data.users.iter().find(|user| user.signature_class.is_some());
    let signer = signer.ok_or_else(|| ClientError::Demo("no signer".to_owned()))?;
    let token = TokenConfig::Software(demo.path(&signer.key_file));
    let client = Client::open(Options { data: client_data.to_owned(), token })?;
    demo.introduce(&client).await?;
    say(1, &tr!("demo-bank-runs", profile = profiles));
    output::line(format_args!("     {}", tr!("demo-customers")));
    for line in customers(&client).await? {
        output::line(format_args!("     {line}"));
    }
    let mut all_executed = true;
    for line in client.connections().await? {
        let at = client.of_connection(line.key).await?;
        let login = at.log_in(Pin::new(data.pin.clone()), false).await?;
        output::line(format_args!(""));
        output::line(format_args!("{}", line.name));
        say(2, &tr!("demo-logged-in", user = login.user.name));
        at.sync().await?;
        balances(&at).await?;
        let context = Context::with_pin(at.clone(), Pin::new(data.pin.clone()), false);
        all_executed &= pay(&context, &data.pin, &signer.name).await?;
        at.sync().await?;
        say(7, &tr!("demo-balances"));
        balances(&at).await?;
        at.log_out().await;
    }
    Ok(if all_executed { Code::Done } else { Code::Refused })
}

/// Whose accounts they are, and who is one company.
async fn customers(client: &Client) -> Result<Vec<String>> {
    let all = client.customers_of_all().await?;
    let rows: Vec<Vec<String>> = all
        .iter()
        .map(|one| {
            let mark = match one.company {
                Some(company) => tr!("demo-same-company", number = company),
                None => String::new(),
            };
            vec![one.bank.clone(), one.customer.name.clone(), one.customer.id.to_string(), mark]
        })
        .collect();
    Ok(output::table(&rows, &[]))
}
