//! Money: the ledger, in which alone it moves, the history that customers read, and the directory by which a
//! telephone number or a tax number stands for an account; and which accounts a user sees.

pub(crate) mod history;
pub(crate) mod ledger;
pub(crate) mod proxies;
pub(crate) mod view;
