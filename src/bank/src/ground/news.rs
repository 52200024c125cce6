//! Who must be told that something changed: everybody of the number of the last change, and a listener only of the
//! changes at its own customers. It is kept in memory, so a listener learns without a question to the database that
//! nothing of its own has happened.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use domain::CustomerId;
use tokio::sync::watch;

/// The numbers of the last changes.
#[derive(Debug)]
pub(crate) struct News {
    last: watch::Sender<u64>,
    /// The last change at each customer since the bank began.
    of_customers: RwLock<HashMap<CustomerId, u64>>,
}

impl News {
    /// News after the change of that number.
    pub(crate) fn after(last: u64) -> Self {
        Self { last: watch::channel(last).0, of_customers: RwLock::default() }
    }

    /// The last change that was told.
    pub(crate) fn last(&self) -> u64 {
        *self.last.borrow()
    }

    /// Tells of changes up to `last` at these customers; whether there were any. Transactions tell in their order.
    pub(crate) fn tell(&self, last: u64, at: Vec<(CustomerId, u64)>) -> bool {
        let mut of_customers = self.of_customers.write().unwrap_or_else(PoisonError::into_inner);
        of_customers.extend(at);
        drop(of_customers);
        self.last.send_if_modified(|known| std::mem::replace(known, last) != last)
    }

    /// Rings at every change.
    pub(crate) fn listen(&self) -> watch::Receiver<u64> {
        self.last.subscribe()
    }

    /// Whether anything changed at one of the customers after `position`.
    pub(crate) fn is_newer(&self, customers: &[CustomerId], position: u64) -> bool {
        let of_customers = self.of_customers.read().unwrap_or_else(PoisonError::into_inner);
        customers.iter().any(|customer| of_customers.get(customer).is_some_and(|last| *last > position))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_news_to_its_own_customer_alone() {
        let (one, other): (CustomerId, CustomerId) = ("1".parse().unwrap(), "2".parse().unwrap());
        let news = News::after(7);
        let listening = news.listen();
        assert!(!news.tell(7, Vec::new()), "nothing changed");
        assert!(!listening.has_changed().unwrap());
        assert!(news.tell(9, vec![(one.clone(), 8), (other.clone(), 9)]));
        assert!(listening.has_changed().unwrap());
        assert_eq!(news.last(), 9);
        let customers = |customer: &CustomerId| [customer.clone()];
        assert!(news.is_newer(&customers(&one), 7) && !news.is_newer(&customers(&one), 8));
        assert!(news.is_newer(&customers(&other), 8) && !news.is_newer(&customers(&other), 9));
        assert!(!news.is_newer(&[], 0));
    }
}
