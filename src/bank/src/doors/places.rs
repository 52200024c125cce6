//! Places of connections at a door: so many altogether, of which one address can never have all.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Connections for calls at the same time; more wait in the listener's queue.
const CONNECTIONS: usize = 512;
/// Connections of one address, streams among them: a company behind one router, and not the whole door.
const PER_ADDRESS: usize = 384;

/// The places of one door.
#[derive(Debug)]
pub(crate) struct Places {
    free: Arc<Semaphore>,
    by_address: Mutex<HashMap<IpAddr, usize>>,
}

/// A connection's place among the calls, given back when its last holder is gone or when it [leaves](Self::leave). A
/// request carries it as an extension.
#[derive(Clone, Debug)]
pub(crate) struct Place(Arc<Mutex<Option<OwnedSemaphorePermit>>>);

/// One connection of an address, as long as this lives.
#[derive(Debug)]
pub(crate) struct FromAddress {
    places: Arc<Places>,
    address: IpAddr,
}

impl Default for Places {
    fn default() -> Self {
        Self { free: Arc::new(Semaphore::new(CONNECTIONS)), by_address: Mutex::default() }
    }
}

impl Places {
    /// Waits for a free place; `None` when there will be none any more.
    pub(crate) async fn free(&self) -> Option<Place> {
        let permit = Arc::clone(&self.free).acquire_owned().await.ok()?;
        Some(Place(Arc::new(Mutex::new(Some(permit)))))
    }

    /// Counts a connection of an address; `None` when it has enough.
    pub(crate) fn from(self: &Arc<Self>, address: IpAddr) -> Option<FromAddress> {
        let address = network(address);
        let mut known = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        let count = known.entry(address).or_default();
        if *count >= PER_ADDRESS {
            return None;
        }
        *count += 1;
        drop(known);
        Some(FromAddress { places: Arc::clone(self), address })
    }
}

impl Place {
    /// Gives the place to others although the connection goes on.
    pub(crate) fn leave(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

impl Drop for FromAddress {
    fn drop(&mut self) {
        let mut known = self.places.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = known.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                known.remove(&self.address);
            }
        }
    }
}

/// Who has an IPv6 address has the 2^64 beside it too.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        four => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_address_never_has_a_whole_door() {
        let places = Arc::new(Places::default());
        let here = address("203.0.113.7");
        let mut open: Vec<FromAddress> = (0..PER_ADDRESS).map(|_| places.from(here).unwrap()).collect();
        assert!(places.from(here).is_none());
        assert!(places.from(address("::ffff:203.0.113.7")).is_none(), "the same, written otherwise");
        assert!(places.from(address("203.0.113.8")).is_some());
        open.pop();
        assert!(places.from(here).is_some());
        drop(open);
        assert!(places.by_address.lock().unwrap().is_empty());
    }

    #[test]
    fn neighbours_in_one_ipv6_network_are_one_address() {
        assert_eq!(network(address("2001:db8:1:2::1")), network(address("2001:db8:1:2:ffff::9")));
        assert_ne!(network(address("2001:db8:1:2::1")), network(address("2001:db8:1:3::1")));
    }

    #[tokio::test]
    async fn a_stream_leaves_its_place_to_calls() {
        let places = Places::default();
        let mut taken = Vec::new();
        for _ in 0..CONNECTIONS {
            taken.push(places.free().await.unwrap());
        }
        assert_eq!(places.free.available_permits(), 0);
        taken[0].leave();
        assert_eq!(places.free.available_permits(), 1);
        drop(taken);
        assert_eq!(places.free.available_permits(), CONNECTIONS);
    }
}
