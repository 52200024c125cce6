//! Messages between the customer and the bank. One that is written here is written down first and sent then, again and
//! again under the same identifier until the bank has it, so a lost answer loses nothing and doubles nothing.

use chrono::{DateTime, Utc};
use domain::User;
use store::Page;
use store::messages::{StoredMessage, Untold};
use uuid::Uuid;

use crate::bank::{BankError, BankMessage, Capability, Changes, MessageText};
use crate::change::Change;
use crate::client::Client;
use crate::connection::kapocs::{MAX_BODY, MAX_SUBJECT};
use crate::error::{ClientError, Result};

/// A message as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownMessage {
    /// The writer's identifier of it.
    pub id: Uuid,
    /// When the bank wrote or got it; when it was written, before that.
    pub at: DateTime<Utc>,
    /// Who wrote it for the customer; `None`: the bank.
    pub author: Option<User>,
    /// One line.
    pub subject: String,
    /// Plain text with line breaks.
    pub body: String,
    /// Whether it was read here.
    pub read: bool,
    /// Ours, and the bank has not confirmed that it has it.
    pub waiting: bool,
}

impl From<StoredMessage> for ShownMessage {
    fn from(message: StoredMessage) -> Self {
        Self {
            waiting: message.untold == Some(Untold::Written),
            id: message.id,
            at: message.at,
            author: message.author,
            subject: message.subject,
            body: message.body,
            read: message.read,
        }
    }
}

/// Name of the cursor of messages.
const CURSOR: &str = "messages";

impl Client {
    /// The customer's messages, the newest first.
    ///
    /// # Errors
    /// [`ClientError::LoginNeededToView`].
    pub async fn messages(&self) -> Result<Vec<ShownMessage>> {
        self.viewing()?;
        self.read_here(move |conn| {
            let messages = store::messages::list(conn, Page::ALL)?;
            Ok(messages.into_iter().map(ShownMessage::from).collect())
        })
        .await
    }

    /// Notes that a message was read; the bank hears of it now or at the next sync.
    ///
    /// # Errors
    /// [`ClientError::Store`] when there is no such message.
    pub async fn read_message(&self, id: Uuid) -> Result<()> {
        self.viewing()?;
        let was_unread = self.write_here(move |tx| Ok(store::messages::set_read(tx, id)?)).await?;
        if was_unread {
            self.announce(Change::Messages);
            self.tell_if_possible().await;
        }
        Ok(())
    }

    /// Writes to the bank: kept at once, sent now or at the next sync. Gives the message's identifier.
    ///
    /// # Errors
    /// [`ClientError::MessageEmpty`], [`ClientError::MessageTooLong`]; [`ClientError::NotLoggedIn`], because a
    /// message has an author.
    pub async fn write_message(&self, subject: &str, body: &str) -> Result<Uuid> {
        self.offers(Capability::Messages)?;
        let (session, customer) = self.session_and_customer()?;
        let (subject, body) = (fitting(subject, MAX_SUBJECT)?, fitting(body, MAX_BODY)?);
        let message = StoredMessage {
            id: Uuid::now_v7(),
            at: self.now(),
            author: Some(session.user),
            subject: domain::text::single_spaced(&subject).into_owned(),
            body,
            read: true,
            untold: Some(Untold::Written),
        };
        let id = message.id;
        self.write_of(customer.key, move |tx| Ok(store::messages::write(tx, &message)?)).await?;
        self.announce(Change::Messages);
        self.tell_if_possible().await;
        Ok(id)
    }

    /// Brings messages here and tells the bank what it does not know of them.
    ///
    /// # Errors
    /// When nobody is logged in, or the bank cannot be reached.
    pub async fn sync_messages(&self) -> Result<()> {
        self.tell_messages().await?;
        let (session, customer) = self.session_and_customer()?;
        let mut since = self.cursor(customer.key, CURSOR).await?;
        loop {
            let answer = self
                .at_bank(&session)?
                .messages()?
                .messages(&session.key, &customer.id, since.as_ref())
                .await;
            if self.begins_anew(customer.key, CURSOR, &mut since, &answer).await? {
                continue;
            }
            let Changes { items: messages, next, more } = self.asked(&session, answer)?;
            let cursor = next.clone();
            let changed = self
                .write_of(customer.key, move |tx| {
                    let mut changed = false;
                    for message in messages {
                        changed |= store::messages::save(tx, &stored(message))?;
                    }
                    store::bank::set_cursor(tx, CURSOR, &cursor.0)?;
                    Ok(changed)
                })
                .await?;
            if changed {
                self.announce(Change::Messages);
            }
            since = Some(next);
            if !more {
                return Ok(());
            }
        }
    }

    /// What the bank does not know is kept, so that not reaching it now is no failure.
    async fn tell_if_possible(&self) {
        if self.session().is_err() {
            return;
        }
        if let Err(error) = self.tell_messages().await {
            tracing::info!(%error, "the bank hears of messages at the next sync");
        }
    }

    async fn tell_messages(&self) -> Result<()> {
        let (session, customer) = self.session_and_customer()?;
        let untold = self.read_of(customer.key, |of| Ok(store::messages::untold(of)?)).await?;
        for message in untold {
            let (id, Some(what)) = (message.id, message.untold) else { continue };
            let messages = self.at_bank(&session)?.messages()?;
            let answer = match what {
                Untold::Written => {
                    let text = MessageText { subject: message.subject, body: message.body };
                    messages.write(&session.key, &customer.id, id, text).await
                }
                Untold::Read => messages.was_read(&session.key, &customer.id, id).await,
            };
            match self.asked(&session, answer) {
                Ok(()) => {
                    self.write_of(customer.key, move |tx| Ok(store::messages::set_told(tx, id, what)?))
                        .await?;
                    self.announce(Change::Messages);
                }
                // Trouble with one message keeps neither the others waiting nor the sync after this.
                Err(ClientError::Bank(error @ BankError::Refused(_))) if self.session().is_ok() => {
                    tracing::warn!(%id, %error, "the bank did not take what it was told of a message");
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// A text without space at its ends that the bank takes.
fn fitting(text: &str, max: usize) -> Result<String> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(ClientError::MessageEmpty),
        found if found > max => Err(ClientError::MessageTooLong { max, found }),
        _ => Ok(text.to_owned()),
    }
}

fn stored(message: BankMessage) -> StoredMessage {
    StoredMessage {
        id: message.id,
        at: message.at,
        // What one's own company wrote waits for nobody here.
        read: message.read || message.author.is_some(),
        author: message.author,
        subject: message.text.subject,
        body: message.text.body,
        untold: None,
    }
}
