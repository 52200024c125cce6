//! What a user may do with a package, by the accounts that it debits: the same at every door. A package that debits
//! none (self-administration) is everybody's who has any right at the customer.

use domain::{AccountNumber, AuthorityTable, UserId};

/// Whether the user may see a package that debits these accounts.
pub(crate) fn may_view(
    table: &AuthorityTable,
    user: &UserId,
    accounts: impl IntoIterator<Item = AccountNumber>,
) -> bool {
    accounts.into_iter().all(|account| table.right(user, account).is_some_and(|right| right.view))
}

/// Whether the user may hand such a package on and send it. Ours: whoever may record or sign on every account that it
/// debits, because a first signer hands the package on to the second.
pub(crate) fn may_handle(
    table: &AuthorityTable,
    user: &UserId,
    accounts: impl IntoIterator<Item = AccountNumber>,
) -> bool {
    let handled = handled(table, user);
    accounts.into_iter().all(|account| handled.contains(&account))
}

/// The accounts on which the user may record or sign, ascending.
pub(crate) fn handled(table: &AuthorityTable, user: &UserId) -> Vec<AccountNumber> {
    let mut accounts: Vec<AccountNumber> = table
        .rights
        .iter()
        .filter(|right| right.user == *user && (right.dispose || right.sign.is_some()))
        .map(|right| right.account)
        .collect();
    accounts.sort_unstable();
    accounts
}
