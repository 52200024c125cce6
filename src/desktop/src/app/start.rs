//! Starting: the data folder, the demo's bank, the client, what the user prefers.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use client::StoreError;
use client::demo::{DemoBank, DemoUser};
use client::{Client, ClientError, Connection, Options, Pin, TokenConfig};

use super::facts::{self, Facts};
use super::failure::Trouble;
use super::instance::{self, Asked, Instance};
use crate::arguments::Arguments;
use crate::folders::Folders;
use crate::preferences::Preferences;

/// A client that is ready to be used.
#[derive(Clone)]
pub(crate) struct Started {
    pub client: Client,
    /// What the user chose last.
    pub preferences: Preferences,
    /// What the frame shows of the store, so that the first place opens with it.
    pub facts: Facts,
    /// The demo's PIN, when the window shall log in by itself.
    pub pin: Option<Pin>,
    /// The demo's bank; it ends with the last clone.
    bank: Option<Arc<DemoBank>>,
    /// Where this run keeps its files.
    pub folders: Folders,
    /// Hears second starts; nothing where the system gives no socket.
    pub instance: Option<Arc<Instance>>,
    /// Why the bank was out of reach at the start, by the administrator's policy or connection file.
    pub refused: Option<Arc<ClientError>>,
}

/// What a start came to.
#[derive(Clone)]
pub(crate) enum Begun {
    /// The program runs here.
    Here(Box<Started>),
    /// It runs already and its window is at the front now.
    Elsewhere,
}

/// Opens the client, in the demo after its bank.
///
/// # Errors
/// What kept it from starting; what is stored stays as it is.
pub(crate) async fn start(arguments: Arguments, folders: Folders) -> Result<Started, ClientError> {
    let demo = match folders.demo.clone() {
        Some(folder) => {
            let profile = arguments.profile.clone();
            Some(blocking(move || DemoBank::start(&bank_program()?, &folder, &profile)).await?)
        }
        None => None,
    };
    let (user, pin) = match &demo {
        Some(bank) => {
            let data = bank.data()?;
            println!(
                "{}",
                crate::tr!(
                    "demo-desk",
                    address = bank.desk(),
                    name = data.operator.name.clone(),
                    password = data.operator.password.clone()
                )
            );
            println!("{}", crate::tr!("demo-web", address = bank.web()));
            for user in &data.users {
                println!(
                    "  {}",
                    crate::tr!(
                        "demo-desk-user",
                        name = user.name.clone(),
                        id = user.id.clone(),
                        epin = user.epin.clone()
                    )
                );
            }
            let pin = arguments.auto_login.then(|| Pin::new(data.pin));
            (Some(choose(data.users, arguments.user.as_deref())?), pin)
        }
        None => (None, None),
    };
    let token = arguments.token().unwrap_or_else(|| match (&demo, &user) {
        (Some(bank), Some(user)) => TokenConfig::Software(bank.path(&user.key_file)),
        _ => TokenConfig::Pcsc { reader: None },
    });
    let data = folders.data.clone();
    let client = blocking(move || Client::open(Options { data, token })).await?;
    let preferences = client.setting(Preferences::KEY).await?.unwrap_or_default();
    if let Some(bank) = &demo {
        bank.connect(&client).await?;
    }
    let refused = set_up(&client).await;
    let facts = facts::look(client.clone()).await;
    // Without a socket the program works; only a second start then finds nobody to ask.
    let instance = Instance::listen(&folders.data)
        .inspect_err(|error| tracing::warn!(%error, "second starts cannot be heard"))
        .ok()
        .map(Arc::new);
    Ok(Started { client, preferences, facts, pin, bank: demo.map(Arc::new), folders, instance, refused })
}

/// Starts the program, or finds the window that works on this store already. A short run of the command line is
/// waited for.
///
/// # Errors
/// [`Trouble`] says why not, and who is in the way.
pub(crate) async fn begin(
    arguments: Arguments,
    folders: Option<Folders>,
    mut asked: Asked,
) -> Result<Begun, Trouble> {
    let folders = match folders.map_or_else(|| arguments.folders(), Ok) {
        Ok(folders) => folders,
        Err(error) => return Err(Trouble { error, folders: None, holder: None }),
    };
    let until = Instant::now() + instance::PATIENCE;
    loop {
        let error = match start(arguments.clone(), folders.clone()).await {
            Ok(started) => return Ok(Begun::Here(Box::new(started))),
            Err(error) => error,
        };
        if !matches!(error, ClientError::Store(StoreError::InUse { .. })) {
            return Err(Trouble { error, folders: Some(folders), holder: None });
        }
        if asked == Asked::Nobody {
            let (data, file) = (folders.data.clone(), arguments.file.clone());
            asked = tokio::task::spawn_blocking(move || instance::ask(&data, file.as_deref()))
                .await
                .unwrap_or(Asked::Nobody);
        }
        match asked {
            Asked::Raised => return Ok(Begun::Elsewhere),
            // It may be starting, and listen in a moment.
            Asked::Nobody if Instant::now() < until => tokio::time::sleep(Duration::from_millis(200)).await,
            _ => return Err(Trouble { error, folders: Some(folders), holder: Some(asked) }),
        }
    }
}

/// Connects a store that has no bank yet by the connection file that the administrator has set; says why not.
async fn set_up(client: &Client) -> Option<Arc<ClientError>> {
    if let Some(why) = client.barred() {
        return Some(Arc::new(why.into()));
    }
    if !matches!(*client.connection().borrow(), Connection::NoBank) {
        return None;
    }
    let file = client.policy().ok()?.connection_file.clone()?;
    client.connect(&file).await.err().map(Arc::new)
}

/// Gives the demo's client the company's partners and templates, once somebody has logged in and if it has none.
///
/// # Errors
/// When the demo's files cannot be read or stored.
pub(crate) async fn furnish(started: Started) -> Result<(), ClientError> {
    let Some(bank) = &started.bank else { return Ok(()) };
    let (_, partners) = started.client.partners(String::new(), client::Page::first(1)).await?;
    if partners == 0 {
        let (partners, templates) = bank.master_data()?;
        started.client.save_master_data(partners, templates).await?;
    }
    Ok(())
}

/// The bank's program lies beside our own.
fn bank_program() -> Result<PathBuf, ClientError> {
    let own = std::env::current_exe().map_err(|error| ClientError::Demo(error.to_string()))?;
    let name = format!("kapocs-bank{}", std::env::consts::EXE_SUFFIX);
    Ok(own.parent().unwrap_or(Path::new(".")).join(name))
}

/// The user of that name or number, or the first who may sign.
fn choose(users: Vec<DemoUser>, wanted: Option<&str>) -> Result<DemoUser, ClientError> {
    let found = users.into_iter().find(|user| match wanted {
        Some(wanted) => user.name == wanted || user.id == wanted,
        None => user.signature_class.is_some(),
    });
    found.ok_or_else(|| ClientError::Demo(wanted.unwrap_or_default().to_owned()))
}

/// Runs blocking work on a thread that may block; the runtime's context stays with it.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ClientError> + Send + 'static,
) -> Result<T, ClientError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| ClientError::Internal)?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(id: &str, name: &str, class: Option<&str>) -> DemoUser {
        DemoUser {
            id: id.to_owned(),
            name: name.to_owned(),
            key_file: String::new(),
            epin: String::new(),
            signature_class: class.map(str::to_owned),
        }
    }

    #[test]
    fn the_first_signer_is_the_demos_user_unless_another_is_named() {
        let users = || vec![user("1", "Szabó Éva", None), user("2", "Kovács Anna", Some("A"))];
        assert_eq!(choose(users(), None).unwrap().name, "Kovács Anna");
        assert_eq!(choose(users(), Some("Szabó Éva")).unwrap().id, "1");
        assert_eq!(choose(users(), Some("1")).unwrap().name, "Szabó Éva");
        assert!(matches!(choose(users(), Some("Senki")), Err(ClientError::Demo(_))));
    }
}
