//! The protocol's values as the use cases know them, and back.

use domain::submission::{OrderState, OrderStatus};
use domain::{CustomerId, Explain, PackageId};
use protocol::{
    AccountInfo, CustomerAccess, ItemStatus, MessagePage, PackageChanges, ReceivedState, ServerInfo,
    SharedContent, Transaction, TransactionPage,
};

use crate::bank::{
    Access, AccountNow, BankError, BankInfo, BankMessage, Booking, Changes, Cursor, Event, EventKind,
    MessageText, PackageStatus, ParkedPackage, ProgramVersions, Session, SessionKey, SignedReceipt,
};

/// The cursor for the wire; one that no bank can have given begins anew.
pub(super) fn cursor(since: Option<&Cursor>) -> Option<protocol::Cursor> {
    since.and_then(|cursor| cursor.0.parse().ok())
}

pub(super) fn token(session: &SessionKey) -> protocol::SessionToken {
    protocol::SessionToken(session.0.clone())
}

pub(super) fn info(info: ServerInfo) -> BankInfo {
    BankInfo {
        server_time: info.server_time,
        time_zone: info.time_zone,
        profile: info.profile,
        calendar: info.calendar,
        banks: info.banks,
        client: ProgramVersions { minimum: info.client.minimum, latest: info.client.latest },
    }
}

pub(super) fn session(session: protocol::Session) -> Session {
    Session {
        key: SessionKey(session.token.0),
        expires: session.expires,
        user: session.user,
        last_login: session.last_login,
        customers: session.customers.into_iter().map(access).collect(),
    }
}

pub(super) fn access(access: CustomerAccess) -> Access {
    Access { customer: access.customer, authority: access.authority }
}

pub(super) fn account(info: AccountInfo) -> AccountNow {
    AccountNow { account: info.account, balance: info.balance }
}

pub(super) fn bookings(page: TransactionPage) -> Changes<Booking> {
    changes(page.transactions.into_iter().map(booking), page.next, page.more)
}

fn booking(transaction: Transaction) -> Booking {
    Booking {
        id: transaction.id.to_string(),
        account: transaction.account,
        booked_at: transaction.booked_at,
        value_date: transaction.value_date,
        amount: transaction.amount,
        kind: transaction.kind.name(),
        counterparty: Some(transaction.counterparty).filter(|name| !name.is_empty()),
        counterparty_account: transaction.counterparty_account,
        narrative: transaction.narrative,
        order: transaction.order,
    }
}

pub(super) fn receipt(receipt: protocol::SignedReceipt) -> SignedReceipt {
    SignedReceipt { body: receipt.body.0, signature: receipt.signature.0 }
}

/// A package's status. An answer about somebody else's package is nobody's.
pub(super) fn status(
    status: protocol::PackageStatus,
    customer: &CustomerId,
    asked: Option<PackageId>,
) -> Result<PackageStatus, BankError> {
    if status.customer != *customer || asked.is_some_and(|package| package != status.package) {
        return Err(BankError::Nonsense("the status of another package".to_owned()));
    }
    Ok(PackageStatus {
        package: status.package,
        is_decided: status.state != ReceivedState::InProgress,
        receipt: receipt(status.receipt),
        orders: status.items.into_iter().map(|item| (item.order, order(item))).collect(),
    })
}

fn order(item: ItemStatus) -> OrderStatus {
    OrderStatus {
        state: OrderState::At(item.state),
        route: item.route,
        reason: item.reason.map(|reason| reason.code().to_owned()),
        due: item.due,
        decided_at: item.decided_at,
    }
}

pub(super) fn statuses(
    page: PackageChanges,
    customer: &CustomerId,
) -> Result<Changes<PackageStatus>, BankError> {
    let items = page.packages.into_iter().map(|one| status(one, customer, None));
    let items = items.collect::<Result<Vec<_>, _>>()?;
    Ok(changes(items.into_iter(), page.next, page.more))
}

pub(super) fn parked(content: SharedContent) -> ParkedPackage {
    ParkedPackage {
        shared: content.shared,
        document: content.document.0,
        signatures: content.signatures.into_iter().map(|cms| cms.0).collect(),
    }
}

pub(super) fn messages(page: MessagePage) -> Changes<BankMessage> {
    let message = |message: protocol::Message| BankMessage {
        id: message.id,
        at: message.at,
        author: message.author,
        text: MessageText { subject: message.subject, body: message.body },
        read: message.read,
    };
    changes(page.messages.into_iter().map(message), page.next, page.more)
}

fn changes<T>(items: impl Iterator<Item = T>, next: protocol::Cursor, more: bool) -> Changes<T> {
    Changes { items: items.collect(), next: Cursor(next.into()), more }
}

pub(super) fn event(event: protocol::Event) -> Event {
    use protocol::Event as E;
    let (customer, what) = match event {
        E::PackageChanged { customer, .. } => (customer, EventKind::Packages),
        E::BalanceChanged { customer, .. } => (customer, EventKind::Balances),
        E::SharedAreaChanged { customer, .. } => (customer, EventKind::SharedArea),
        E::AuthorityChanged { customer } => (customer, EventKind::Authority),
        E::MessagesChanged { customer } => (customer, EventKind::Messages),
        E::SessionEnds { .. } => return Event::SessionEnds,
    };
    Event::Changed { customer, what }
}
