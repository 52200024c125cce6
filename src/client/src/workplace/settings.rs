//! What the user prefers: values by key, kept in the store.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::client::Client;
use crate::error::Result;

impl Client {
    /// The value of a setting, if it was ever set.
    pub async fn setting<T: DeserializeOwned + Send + 'static>(
        &self,
        key: &'static str,
    ) -> Result<Option<T>> {
        self.read(move |conn| Ok(store::settings::get(conn, key)?)).await
    }

    /// Sets a setting.
    pub async fn set_setting<T: Serialize + Send + 'static>(
        &self,
        key: &'static str,
        value: T,
    ) -> Result<()> {
        self.write(move |tx| Ok(store::settings::set(tx, key, &value)?)).await
    }
}
