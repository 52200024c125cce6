//! Which customer is shown, of all connections of the store: chosen, remembered, and what is known of all at once.

use std::collections::BTreeMap;

use domain::CustomerKey;

use crate::change::Change;
use crate::client::Client;
use crate::connection::connect::LAST_CUSTOMER;
use crate::error::Result;
use crate::state::{Chosen, locked};

impl Client {
    /// The customer for whom this handle works, by the store's key; none before the first login.
    pub fn shown_customer(&self) -> Option<CustomerKey> {
        self.customer_key().ok()
    }

    /// A handle for a customer whose data is shown from now on: it stays that one's, whichever is chosen later. The next
    /// start begins with it.
    ///
    /// # Errors
    /// [`crate::ClientError::Store`] when there is no such customer.
    pub async fn show_customer(&self, customer: CustomerKey) -> Result<Self> {
        let client = self.at(customer).await?;
        *locked(&client.side.customer) = Some(Chosen { id: client.customer()?, key: Some(customer) });
        self.write(move |tx| Ok(store::settings::set(tx, LAST_CUSTOMER, &customer)?)).await?;
        Ok(client)
    }

    /// How many messages of each customer were not read, over all connections that are not put away.
    pub async fn unread_of_all(&self) -> Result<BTreeMap<CustomerKey, u32>> {
        self.read(|conn| {
            let mut unread = BTreeMap::new();
            for customer in store::customers::list(conn)? {
                let of = store::OfCustomer::new(conn, customer.key);
                let _ = unread.insert(customer.key, store::overview::counts(&of)?.unread);
            }
            Ok(unread)
        })
        .await
    }

    /// Notes that a customer is one company with another, or with none: all of it or nothing.
    ///
    /// # Errors
    /// [`crate::ClientError::Store`] when there is no such customer.
    pub async fn set_company(&self, customer: CustomerKey, same: Option<CustomerKey>) -> Result<()> {
        self.write(move |tx| {
            store::customers::forget_company(tx, customer)?;
            match same {
                Some(same) => Ok(store::customers::set_same_company(tx, customer, same)?),
                None => Ok(()),
            }
        })
        .await?;
        self.announce_to_all(&Change::Connection);
        Ok(())
    }
}
