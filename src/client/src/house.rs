//! The house: what all connections of a store share, and the side of each that is open.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use domain::ConnectionKey;
use domain::profile::TokenRules;
use store::Store;
use token::{TokenConfig, TokenService};

use crate::state::{Side, locked};
use crate::workplace::policy::{Policy, PolicyError};

/// The store, the administrator's policy, the threads of tokens and the sides of the connections. It lives as long as a
/// handle does.
pub(crate) struct House {
    pub store: Store,
    /// What the administrator has set, or why it cannot be followed.
    pub policy: std::result::Result<Policy, PolicyError>,
    /// One thread a token or reader, the first for connections that have chosen none of their own.
    tokens: Mutex<Vec<(TokenConfig, TokenService)>>,
    first: TokenService,
    /// The start named a token: it counts for all connections, whatever they have chosen.
    pub is_token_named: bool,
    sides: Mutex<BTreeMap<ConnectionKey, Arc<Side>>>,
}

impl House {
    pub(crate) fn new(
        store: Store,
        policy: std::result::Result<Policy, PolicyError>,
        token: TokenConfig,
        is_token_named: bool,
    ) -> Self {
        let first = TokenService::start(token);
        Self { store, policy, tokens: Mutex::default(), first, is_token_named, sides: Mutex::default() }
    }

    /// The thread of that token, started when it is first asked for; without one the thread that all share.
    pub(crate) fn token(&self, own: Option<TokenConfig>) -> TokenService {
        let Some(config) = own else { return self.first.clone() };
        let mut tokens = locked(&self.tokens);
        if let Some((_, service)) = tokens.iter().find(|(known, _)| *known == config) {
            return service.clone();
        }
        let service = self.first.beside(config.clone());
        tokens.push((config, service.clone()));
        service
    }

    /// Gives back the threads that no connection uses any more, to be ended: a reader that one of them has chosen is
    /// free for the others again.
    pub(crate) fn unused_tokens(&self) -> Vec<TokenService> {
        let mut tokens = locked(&self.tokens);
        let (used, unused) = tokens.drain(..).partition(|(_, service)| service.is_shared());
        *tokens = used;
        unused.into_iter().map(|(_, service): (TokenConfig, TokenService)| service).collect()
    }

    /// A side that no connection has yet.
    pub(crate) fn empty_side(&self, token_rules: TokenRules) -> Arc<Side> {
        Arc::new(Side::new(self.first.clone(), token_rules))
    }

    /// The side of a connection, if it is open.
    pub(crate) fn side(&self, key: ConnectionKey) -> Option<Arc<Side>> {
        locked(&self.sides).get(&key).cloned()
    }

    /// Keeps the side of a connection; gives the one that is there already, if somebody was quicker.
    pub(crate) fn keep_side(&self, key: ConnectionKey, side: &Arc<Side>) -> Arc<Side> {
        locked(&self.sides).entry(key).or_insert_with(|| Arc::clone(side)).clone()
    }

    /// Forgets the side of a connection that is gone.
    pub(crate) fn forget_side(&self, key: ConnectionKey) {
        let _ = locked(&self.sides).remove(&key);
    }

    /// All sides that are open.
    pub(crate) fn sides(&self) -> Vec<Arc<Side>> {
        locked(&self.sides).values().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_that_no_connection_uses_any_more_is_let_go() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("kapocs.sqlite")).unwrap();
        let house = House::new(store, Ok(Policy::default()), TokenConfig::None, false);
        let file = |name: &str| Some(TokenConfig::Software(folder.path().join(name)));
        let (anna, peter) = (house.token(file("anna.keys")), house.token(file("peter.keys")));
        let again = house.token(file("anna.keys"));
        drop(anna);
        assert!(house.unused_tokens().is_empty(), "each is used once yet");
        drop(again);
        assert_eq!(house.unused_tokens().len(), 1);
        assert!(house.unused_tokens().is_empty() && peter.is_shared());
    }
}
