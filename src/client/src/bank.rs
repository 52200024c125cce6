//! What the use cases need of a bank, with no word of HTTP: the Kapocs protocol today, a file bridge or
//! EBICS later behind the same trait.

use domain::{CustomerId, Explain, PackageId};
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use protocol::release::SignedRelease;
use protocol::{
    AccountInfo, Challenge, Cursor, CustomerAccess, Event, LoginRequest, MessagePage, PackageChanges,
    PackageStatus, Problem, RenewalAnswer, RenewalRequest, SecondaryIdQuestion, ServerInfo, Session,
    SessionToken, SharePackage, SharedContent, SharedPackage, SignedReceipt, SubmitPackage, TakePackage,
    TransactionPage, WithdrawPackage, WriteMessage,
};
use uuid::Uuid;

/// Answer of a bank to one call, in the future.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, BankError>>;

/// Why a call to the bank gave no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BankError {
    /// No connection came about: nothing was sent.
    #[error("the bank cannot be reached: {0}")]
    Unreachable(String),
    /// The server is not the bank that the connection file names.
    #[error("the server is not the bank of the connection file: {0}")]
    Untrusted(String),
    /// The connection ended or time ran out; the call may or may not have arrived.
    #[error("the answer was lost: {0}")]
    AnswerLost(String),
    /// The bank answered something that is not its protocol.
    #[error("the bank's answer cannot be understood: {0}")]
    Nonsense(String),
    /// The bank refused, and said why.
    #[error("the bank refused: {}", .0.title)]
    Refused(Box<Problem>),
}

impl Explain for BankError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "bank-unreachable",
            Self::Untrusted(_) => "bank-untrusted",
            Self::AnswerLost(_) => "bank-answer-lost",
            Self::Nonsense(_) => "bank-nonsense",
            Self::Refused(problem) => problem.code.code(),
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Unreachable(text)
            | Self::Untrusted(text)
            | Self::AnswerLost(text)
            | Self::Nonsense(text) => {
                vec![("detail", text.clone())]
            }
            Self::Refused(problem) => {
                vec![("detail", problem.detail.clone().unwrap_or_else(|| problem.title.clone()))]
            }
        }
    }
}

/// A challenge and the server that gave it, as seen from here.
#[derive(Clone, Debug)]
pub struct ChallengeAnswer {
    /// The challenge.
    pub challenge: Challenge,
    /// The bank's origin, as the login statement must name it.
    pub origin: String,
    /// SHA-256 of the certificate that the server showed.
    pub server_certificate: [u8; 32],
}

/// A bank. Every call has a time limit; none is repeated by itself.
pub trait Bank: Send + Sync {
    /// What the bank tells everybody.
    fn info(&self) -> Answer<'_, ServerInfo>;
    /// A challenge to log in with.
    fn challenge<'a>(&'a self, user: &'a domain::UserId) -> Answer<'a, ChallengeAnswer>;
    /// Opens a session.
    fn login(&self, request: LoginRequest) -> Answer<'_, Session>;
    /// Ends it.
    fn logout<'a>(&'a self, session: &'a SessionToken) -> Answer<'a, ()>;
    /// Accounts with balances.
    fn accounts<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
    ) -> Answer<'a, Vec<AccountInfo>>;
    /// Booked transactions after a cursor.
    fn transactions<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        since: Option<&'a Cursor>,
    ) -> Answer<'a, TransactionPage>;
    /// Submits a package; idempotent by id and bytes.
    fn submit<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        package: PackageId,
        body: SubmitPackage,
    ) -> Answer<'a, SignedReceipt>;
    /// One package's status; `None`: the bank has never seen the id. With `void`, the bank will also never take
    /// that attempt to send it, should the request still be under way.
    fn package<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        package: PackageId,
        void: Option<Uuid>,
    ) -> Answer<'a, Option<PackageStatus>>;
    /// Packages that changed after a cursor.
    fn packages<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        since: Option<&'a Cursor>,
    ) -> Answer<'a, PackageChanges>;
    /// The customer and its authority table today.
    fn customer<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
    ) -> Answer<'a, CustomerAccess>;
    /// What waits in the shared area and what left it lately.
    fn shared<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
    ) -> Answer<'a, Vec<SharedPackage>>;
    /// The newest handing over of a package with its document; `None`: it was never parked.
    fn shared_package<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        package: PackageId,
    ) -> Answer<'a, Option<SharedContent>>;
    /// Parks a package; idempotent by its handover.
    fn share<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        package: PackageId,
        body: SharePackage,
    ) -> Answer<'a, SharedPackage>;
    /// Takes a parked package over; idempotent by its claim.
    fn take<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        package: PackageId,
        body: TakePackage,
    ) -> Answer<'a, SharedContent>;
    /// Withdraws a package that the user parked; idempotent.
    fn withdraw<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        package: PackageId,
        body: WithdrawPackage,
    ) -> Answer<'a, SharedPackage>;
    /// Messages after a cursor.
    fn messages<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        since: Option<&'a Cursor>,
    ) -> Answer<'a, MessagePage>;
    /// Writes to the bank; idempotent by the message's id.
    fn write_message<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        message: WriteMessage,
    ) -> Answer<'a, ()>;
    /// Says that the user has read a message. May be said again.
    fn message_read<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        message: Uuid,
    ) -> Answer<'a, ()>;
    /// Has the bank send a one-time code to a secondary identifier.
    fn secondary_id_code<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        question: SecondaryIdQuestion,
    ) -> Answer<'a, ()>;
    /// The newest release of the client program; `None`: the bank hands out none.
    fn release(&self) -> Answer<'_, Option<SignedRelease>>;
    /// The bytes of a release's file, as they come.
    fn release_file<'a>(
        &'a self,
        name: &'a str,
    ) -> Answer<'a, BoxStream<'static, Result<Vec<u8>, BankError>>>;
    /// Asks for new certificates; idempotent by the document's id and bytes.
    fn renew<'a>(&'a self, session: &'a SessionToken, request: RenewalRequest) -> Answer<'a, RenewalAnswer>;
    /// Says that a renewal's certificates are in the token: the old ones end. May be said again.
    fn renewal_done<'a>(&'a self, session: &'a SessionToken, id: Uuid) -> Answer<'a, ()>;
    /// Hints of changes, until the connection ends.
    fn events<'a>(
        &'a self,
        session: &'a SessionToken,
    ) -> Answer<'a, BoxStream<'static, Result<Event, BankError>>>;
}
