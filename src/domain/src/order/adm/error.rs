//! Why a self-administration order cannot take effect.

use crate::Explain;
use crate::account::AccountNumber;
use crate::ids::UserId;

/// What is wrong with an order, before it is signed or when the bank receives it. Texts in `locales/*/errors.ftl`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AdminError {
    /// Everything is as the order wants it already.
    #[error("nothing would change")]
    NothingChanges,
    /// Another order of the package is about the same thing.
    #[error("two orders of the package are about the same thing")]
    Repeated,
    /// The user is not in the authority table.
    #[error("user {0} is not in the authority table")]
    UnknownUser(UserId),
    /// The account is not the customer's, or not in the service.
    #[error("account {0} is not in the service")]
    UnknownAccount(AccountNumber),
    /// The account is none of those that wait to be taken in.
    #[error("account {0} is not a new one")]
    NotNew(AccountNumber),
    /// The user has no such token or virtual chip card.
    #[error("the user has no device {0}")]
    UnknownDevice(String),
    /// Nobody in the authority table has this class of signers, and no rule names it.
    #[error("class {0} is unknown")]
    UnknownClass(String),
    /// The order names a user twice.
    #[error("user {0} stands there twice")]
    UserTwice(UserId),
    /// The order names an account twice.
    #[error("account {0} stands there twice")]
    AccountTwice(AccountNumber),
    /// A right of another user or on another account than the order is about.
    #[error("a right belongs to another user or account")]
    ForeignRight,
    /// A right that allows nothing; without it the order says the same.
    #[error("a right of {0} on {1} allows nothing")]
    EmptyRight(UserId, AccountNumber),
    /// A new account on which nobody would have a right.
    #[error("nobody would have a right on {0}")]
    Nobody(AccountNumber),
    /// Afterwards no set of users could sign self-administration any more.
    #[error("nobody could sign self-administration any more")]
    NoSignerLeft,
    /// Somebody is let into the web client in the order that switches it off.
    #[error("user {0} is let in where the web client is switched off")]
    WebDisabled(UserId),
    /// Whoever signs in the web client must be able to log in there.
    #[error("user {0} would sign without logging in")]
    SigningWithoutLogin(UserId),
    /// The user would log in and could do nothing.
    #[error("user {0} has no right")]
    LoginWithoutRight(UserId),
    /// The user may not sign anything of this customer.
    #[error("user {0} may not sign")]
    SigningWithoutRight(UserId),
    /// Notices need a telephone number or an e-mail address.
    #[error("notices to user {0} would go nowhere")]
    NowhereToNotify(UserId),
    /// Secondary identifiers stand for forint accounts only [MNB AFR].
    #[error("account {0} is not kept in forints")]
    NotForints(AccountNumber),
    /// The identifier is registered already.
    #[error("the identifier stands for {0} already")]
    Registered(AccountNumber),
    /// The identifier is not registered for this account.
    #[error("the identifier is not registered for {0}")]
    NotRegistered(AccountNumber),
    /// A tax number or tax id that is not the one in the bank's customer master [K&H AFR]. Only the
    /// bank knows.
    #[error("not the customer's own tax number or tax id")]
    NotOwn,
    /// Telephone, devices or lock of a user who works for other customers, too, and has not signed. Only the bank
    /// knows.
    #[error("the user works for other customers, too")]
    SharedUser,
    /// Telephone numbers and e-mail addresses are registered with the one-time code that was sent there.
    #[error("the one-time code is missing")]
    CodeMissing,
    /// A one-time code has [`super::CODE_DIGITS`] digits.
    #[error("not a one-time code")]
    CodeForm,
    /// Tax numbers need no code.
    #[error("a code where none is needed")]
    CodeNotNeeded,
}

impl Explain for AdminError {
    fn code(&self) -> &'static str {
        match self {
            Self::NothingChanges => "admin-nothing-changes",
            Self::Repeated => "admin-repeated",
            Self::UnknownUser(_) => "admin-unknown-user",
            Self::UnknownAccount(_) => "admin-unknown-account",
            Self::NotNew(_) => "admin-not-new",
            Self::UnknownDevice(_) => "admin-unknown-device",
            Self::UnknownClass(_) => "admin-unknown-class",
            Self::UserTwice(_) => "admin-user-twice",
            Self::AccountTwice(_) => "admin-account-twice",
            Self::ForeignRight => "admin-foreign-right",
            Self::EmptyRight(..) => "admin-empty-right",
            Self::Nobody(_) => "admin-nobody",
            Self::NoSignerLeft => "admin-no-signer-left",
            Self::WebDisabled(_) => "admin-web-disabled",
            Self::SigningWithoutLogin(_) => "admin-signing-without-login",
            Self::LoginWithoutRight(_) => "admin-login-without-right",
            Self::SigningWithoutRight(_) => "admin-signing-without-right",
            Self::NowhereToNotify(_) => "admin-nowhere-to-notify",
            Self::NotForints(_) => "admin-not-forints",
            Self::Registered(_) => "admin-registered",
            Self::NotRegistered(_) => "admin-not-registered",
            Self::NotOwn => "admin-not-own",
            Self::SharedUser => "admin-shared-user",
            Self::CodeMissing => "admin-code-missing",
            Self::CodeForm => "admin-code-form",
            Self::CodeNotNeeded => "admin-code-not-needed",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::UnknownUser(user)
            | Self::UserTwice(user)
            | Self::WebDisabled(user)
            | Self::SigningWithoutLogin(user)
            | Self::LoginWithoutRight(user)
            | Self::SigningWithoutRight(user)
            | Self::NowhereToNotify(user) => vec![("user", user.to_string())],
            Self::UnknownAccount(account)
            | Self::NotNew(account)
            | Self::AccountTwice(account)
            | Self::Nobody(account)
            | Self::NotForints(account)
            | Self::Registered(account)
            | Self::NotRegistered(account) => vec![("account", account.to_string())],
            Self::EmptyRight(user, account) => {
                vec![("user", user.to_string()), ("account", account.to_string())]
            }
            Self::UnknownDevice(device) => vec![("device", device.clone())],
            Self::UnknownClass(class) => vec![("class", class.clone())],
            Self::NothingChanges
            | Self::Repeated
            | Self::ForeignRight
            | Self::NoSignerLeft
            | Self::NotOwn
            | Self::SharedUser
            | Self::CodeMissing
            | Self::CodeForm
            | Self::CodeNotNeeded => Vec::new(),
        }
    }
}
