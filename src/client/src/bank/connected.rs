//! What one connection offers, each thing by the trait that does it.

use std::fmt;
use std::sync::Arc;

use super::{
    Accounts, Administration, Capabilities, Capability, Events, Information, Login, Messages, NotOffered,
    Releases, Renewal, SharedArea, Submit,
};

macro_rules! offers {
    ($($(#[$doc:meta])* $field:ident: $Capability:ident;)+) => {
        /// A bank within reach: one way for each capability that the connection has.
        #[derive(Clone, Default)]
        pub struct Connected {
            $($(#[$doc])* pub $field: Option<Arc<dyn $Capability>>,)+
        }

        impl Connected {
            /// Everything by one kind of connection that can do everything.
            pub fn by<T>(way: Arc<T>) -> Self
            where
                T: $($Capability +)+ 'static,
            {
                Self { $($field: Some(Arc::clone(&way) as Arc<dyn $Capability>),)+ }
            }

            /// What it offers.
            pub fn capabilities(&self) -> Capabilities {
                let offered = [$(self.$field.is_some().then_some(Capability::$Capability),)+];
                offered.into_iter().flatten().collect()
            }

            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// [`NotOffered`].
                pub fn $field(&self) -> Result<&dyn $Capability, NotOffered> {
                    self.$field.as_deref().ok_or(NotOffered(Capability::$Capability))
                }
            )+
        }
    };
}

impl fmt::Debug for Connected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Connected").field(&self.capabilities()).finish()
    }
}

offers! {
    /// Logging in.
    login: Login;
    /// Handing packages over.
    submit: Submit;
    /// Balances and transactions.
    accounts: Accounts;
    /// The shared area.
    shared_area: SharedArea;
    /// Self-administration.
    administration: Administration;
    /// Messages.
    messages: Messages;
    /// The bank's rules.
    information: Information;
    /// Releases of this program.
    releases: Releases;
    /// Renewing certificates.
    renewal: Renewal;
    /// Hints of changes.
    events: Events;
}
