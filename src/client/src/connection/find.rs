//! Finding a bank's connection and a customer by what somebody calls them, for commands that name both.

use store::connections::ConnectionState;

use crate::client::Client;
use crate::connection::choice_error::ChoiceError;
use crate::connection::connections::{ConnectionLine, CustomerOf};
use crate::error::Result;
use crate::state::ForCustomer;

impl Client {
    /// The connection that is called so: by its key or its very name, by its name in any letter case, or by how its name
    /// begins.
    ///
    /// # Errors
    /// [`ChoiceError`] when none or several are; archived ones are meant by their whole name alone.
    pub async fn find_connection(&self, asked: &str) -> Result<ConnectionLine> {
        let all = self.connections().await?;
        let exact = |line: &&ConnectionLine| line.key.to_string() == asked || line.name == asked;
        if let Some(line) = all.iter().find(exact) {
            return Ok(line.clone());
        }
        let names = |lines: &[&ConnectionLine]| lines.iter().map(|line| line.name.clone()).collect();
        let whole: Vec<&ConnectionLine> = all.iter().filter(|line| is_name(&line.name, asked)).collect();
        match whole.as_slice() {
            [one] => return Ok((*one).clone()),
            [] => {}
            several => return Err(ChoiceError::WhichBank { choices: names(several) }.into()),
        }
        let in_use: Vec<ConnectionLine> =
            all.into_iter().filter(|line| line.state != ConnectionState::Archived).collect();
        let begins: Vec<&ConnectionLine> =
            in_use.iter().filter(|line| begins_name(&line.name, asked)).collect();
        match begins.as_slice() {
            [one] => Ok((*one).clone()),
            [] => {
                let choices = names(&in_use.iter().collect::<Vec<_>>());
                Err(ChoiceError::NoSuchBank { asked: asked.to_owned(), choices }.into())
            }
            several => Err(ChoiceError::WhichBank { choices: names(several) }.into()),
        }
    }

    /// The handle for a bank and a customer that are called so. Without names it is the only bank that there is, and
    /// there the customer shown last or the only one.
    ///
    /// # Errors
    /// [`ChoiceError`] with the choices when it is not clear who is meant.
    pub async fn find(&self, bank: Option<&str>, customer: Option<&str>) -> Result<Self> {
        let of_bank = match bank {
            Some(asked) => Some(self.find_connection(asked).await?),
            None => None,
        };
        let in_bank = |one: &CustomerOf| of_bank.as_ref().is_none_or(|line| line.key == one.connection);
        let all: Vec<CustomerOf> = self.customers_of_all().await?.into_iter().filter(in_bank).collect();
        if let Some(asked) = customer {
            return self.at(pick(&all, asked)?.key).await;
        }
        let client = match of_bank {
            Some(line) => self.of_connection(line.key).await?,
            None => self.of_the_only_bank().await?,
        };
        if client.for_customer().is_ok() {
            return Ok(client);
        }
        let here: Vec<&CustomerOf> =
            all.iter().filter(|one| Some(one.connection) == client.own_connection()).collect();
        match here.as_slice() {
            // Nobody has logged in there yet: the first login tells whose it is.
            [] => Ok(client),
            [one] => Ok(client.fixed_to(ForCustomer { id: one.customer.id.clone(), key: one.key })),
            several => Err(ChoiceError::WhichCustomer { choices: called(several.iter().copied()) }.into()),
        }
    }

    /// The handle of the only connection in use, or the only paused one; this one where there is none at all.
    async fn of_the_only_bank(&self) -> Result<Self> {
        let lines = self.connections().await?;
        let of = |state| lines.iter().filter(|line| line.state == state).collect::<Vec<_>>();
        let in_use = match of(ConnectionState::Active) {
            none if none.is_empty() => of(ConnectionState::Paused),
            some => some,
        };
        match in_use.as_slice() {
            [] => Ok(self.clone()),
            [one] => self.of_connection(one.key).await,
            several => {
                let choices = several.iter().map(|line| line.name.clone()).collect();
                Err(ChoiceError::WhichBank { choices }.into())
            }
        }
    }
}

/// The customer that is called so: by the bank's number or its name, or how its name begins.
fn pick<'a>(all: &'a [CustomerOf], asked: &str) -> Result<&'a CustomerOf> {
    let whole = |one: &&CustomerOf| one.customer.id.as_str() == asked || is_name(&one.customer.name, asked);
    let mut found: Vec<&CustomerOf> = all.iter().filter(whole).collect();
    if found.is_empty() {
        found = all.iter().filter(|one| begins_name(&one.customer.name, asked)).collect();
    }
    match found.as_slice() {
        [one] => Ok(one),
        [] => {
            let choices = called(all.iter());
            Err(ChoiceError::NoSuchCustomer { asked: asked.to_owned(), choices }.into())
        }
        several => Err(ChoiceError::WhichCustomer { choices: called(several.iter().copied()) }.into()),
    }
}

/// Customers as they are offered: bank, name, number.
fn called<'a>(customers: impl Iterator<Item = &'a CustomerOf>) -> Vec<String> {
    customers.map(|one| format!("{} · {} ({})", one.bank, one.customer.name, one.customer.id)).collect()
}

/// Whether somebody calls it so, blind to case and accents.
fn is_name(name: &str, asked: &str) -> bool {
    domain::search::words(name) == domain::search::words(asked)
}

fn begins_name(name: &str, asked: &str) -> bool {
    let (name, asked) = (domain::search::words(name).join(" "), domain::search::words(asked).join(" "));
    !asked.is_empty() && name.starts_with(&asked)
}
