//! The calls, in one table: addresses for the client, routes for the bank, paths for the OpenAPI document.

use domain::{CustomerId, PackageId};
use uuid::Uuid;

/// Before login: profile, calendar, clock.
pub const INFO: &str = "/api/v1/info";
/// Ask for a challenge.
pub const CHALLENGE: &str = "/api/v1/login/challenge";
/// Log in.
pub const LOGIN: &str = "/api/v1/login";
/// See or end the session.
pub const SESSION: &str = "/api/v1/session";
/// A customer's rights.
pub const CUSTOMER: &str = "/api/v1/customers/{customer}";
/// Accounts and balances.
pub const ACCOUNTS: &str = "/api/v1/customers/{customer}/accounts";
/// Booked transactions after a cursor.
pub const TRANSACTIONS: &str = "/api/v1/customers/{customer}/transactions";
/// Packages that changed after a cursor.
pub const PACKAGES: &str = "/api/v1/customers/{customer}/packages";
/// Send or see one package.
pub const PACKAGE: &str = "/api/v1/customers/{customer}/packages/{package}";
/// What waits in the shared area.
pub const SHARED: &str = "/api/v1/customers/{customer}/shared";
/// Park a package, or see a parked one.
pub const SHARED_PACKAGE: &str = "/api/v1/customers/{customer}/shared/{package}";
/// Take a parked package over.
pub const SHARED_TAKE: &str = "/api/v1/customers/{customer}/shared/{package}/take";
/// Withdraw a package that the user parked.
pub const SHARED_WITHDRAW: &str = "/api/v1/customers/{customer}/shared/{package}/withdraw";
/// Messages after a cursor; write one.
pub const MESSAGES: &str = "/api/v1/customers/{customer}/messages";
/// A message was read.
pub const MESSAGE_READ: &str = "/api/v1/customers/{customer}/messages/{message}/read";
/// Ask for the one-time code with which a secondary identifier is registered; it goes to the identifier itself.
pub const SECONDARY_ID_CODE: &str = "/api/v1/customers/{customer}/secondary-ids/code";
/// Whether a secondary identifier exists.
pub const SECONDARY_ID_LOOKUP: &str = "/api/v1/secondary-ids/lookup";
/// Ask for new certificates.
pub const RENEWALS: &str = "/api/v1/renewals";
/// The new certificates are in the token.
pub const RENEWAL_DONE: &str = "/api/v1/renewals/{renewal}/done";
/// Before login: the newest release of the client program.
pub const RELEASE: &str = "/api/v1/release";
/// Before login: a file of a release.
pub const RELEASE_FILE: &str = "/api/v1/release/files/{file}";
/// Server-sent events.
pub const EVENTS: &str = "/api/v1/events";

/// Name of the query parameter that carries a [`crate::Cursor`].
pub const AFTER: &str = "after";
/// Name of the query parameter with which a client that lost an answer asks about a package: if the bank has
/// not taken the package yet, it will never take this attempt any more. So "never seen" stays true even when the
/// request is still under way. Only a user who may record or sign on every account that the package debits can say so:
/// others' words are kept and change nothing.
pub const VOID: &str = "void";
/// Name of the query parameter that bounds a page.
pub const LIMIT: &str = "limit";

/// Address of a customer's accounts.
pub fn accounts(customer: &CustomerId) -> String {
    of_customer(ACCOUNTS, customer)
}

/// Address of a customer's rights.
pub fn customer(customer: &CustomerId) -> String {
    of_customer(CUSTOMER, customer)
}

/// Address of a customer's transactions.
pub fn transactions(customer: &CustomerId) -> String {
    of_customer(TRANSACTIONS, customer)
}

/// Address of a customer's packages.
pub fn packages(customer: &CustomerId) -> String {
    of_customer(PACKAGES, customer)
}

/// Address of one package.
pub fn package(customer: &CustomerId, package: PackageId) -> String {
    of_package(PACKAGE, customer, package)
}

/// Address of a customer's shared area.
pub fn shared(customer: &CustomerId) -> String {
    of_customer(SHARED, customer)
}

/// Address of one parked package.
pub fn shared_package(customer: &CustomerId, package: PackageId) -> String {
    of_package(SHARED_PACKAGE, customer, package)
}

/// Address at which a parked package is taken over.
pub fn shared_take(customer: &CustomerId, package: PackageId) -> String {
    of_package(SHARED_TAKE, customer, package)
}

/// Address at which a parked package is withdrawn.
pub fn shared_withdraw(customer: &CustomerId, package: PackageId) -> String {
    of_package(SHARED_WITHDRAW, customer, package)
}

/// Address of a customer's messages.
pub fn messages(customer: &CustomerId) -> String {
    of_customer(MESSAGES, customer)
}

/// Address at which the client says that the user has read a message.
pub fn message_read(customer: &CustomerId, message: Uuid) -> String {
    of_customer(MESSAGE_READ, customer).replace("{message}", &message.to_string())
}

/// Address at which a one-time code is asked for.
pub fn secondary_id_code(customer: &CustomerId) -> String {
    of_customer(SECONDARY_ID_CODE, customer)
}

/// Address of a release's file.
pub fn release_file(name: &str) -> String {
    RELEASE_FILE.replace("{file}", name)
}

/// Address at which the client says that a renewal's certificates are in the token.
pub fn renewal_done(renewal: Uuid) -> String {
    RENEWAL_DONE.replace("{renewal}", &renewal.to_string())
}

fn of_package(template: &str, customer: &CustomerId, package: PackageId) -> String {
    of_customer(template, customer).replace("{package}", &package.to_string())
}

/// Identifiers have letters, digits and dashes only, so nothing needs escaping.
fn of_customer(template: &str, customer: &CustomerId) -> String {
    template.replace("{customer}", customer.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_filled_templates() {
        let customer: CustomerId = "10001".parse().unwrap();
        let id: PackageId = "0190b5a0-0000-7000-8000-000000000001".parse().unwrap();
        assert_eq!(
            package(&customer, id),
            "/api/v1/customers/10001/packages/0190b5a0-0000-7000-8000-000000000001"
        );
    }
}
