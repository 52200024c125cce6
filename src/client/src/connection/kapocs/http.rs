//! The Kapocs protocol, call by call, in its own words: TLS with the connection file's authority only, no redirects,
//! limits on time everywhere.

use crate::client::CLIENT_NAME;
use std::sync::Arc;
use std::time::Duration;

use domain::{CustomerId, PackageId};
use eventsource_stream::{EventStreamError, Eventsource};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use protocol::release::SignedRelease;
use protocol::{
    AccountList, Challenge, ChallengeRequest, ConnectionFile, Cursor, CustomerAccess, Event, LoginRequest,
    MessagePage, PackageChanges, PackageStatus, ProblemCode, RenewalAnswer, RenewalRequest,
    SecondaryIdQuestion, ServerInfo, Session, SessionToken, SharePackage, SharedContent, SharedList,
    SharedPackage, SignedReceipt, SubmitPackage, TakePackage, TransactionPage, WithdrawPackage, WriteMessage,
    endpoints,
};
use reqwest::{Method, RequestBuilder};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use uuid::Uuid;

use crate::connection::kapocs::error::CallError;
use crate::connection::kapocs::transport::{
    accepted, body, json, leaf_fingerprint, nothing, parse, send, transport, until_silent,
};

/// Time for a connection to come about.
const CONNECT: Duration = Duration::from_secs(10);
/// An unused connection is let go after so long: before the bank does it (20 s), so that no call meets its end.
const IDLE: Duration = Duration::from_secs(10);
/// Time for a whole call; a package of 10,000 orders passes a slow line in less.
const CALL: Duration = Duration::from_secs(60);

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

/// One bank over HTTPS.
pub struct HttpBank {
    client: reqwest::Client,
    base_url: String,
}

impl HttpBank {
    /// A bank by its connection file.
    ///
    /// # Errors
    /// [`CallError::Untrusted`] when the file's authority cannot be read.
    pub fn new(connection: &ConnectionFile) -> Result<Self, CallError> {
        let untrusted = |e: &dyn std::fmt::Display| CallError::Untrusted(e.to_string());
        let mut roots = rustls::RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(connection.ca_pem.as_bytes()) {
            let certificate = certificate.map_err(|e| untrusted(&e))?;
            roots.add(certificate).map_err(|e| untrusted(&e))?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
            .map_err(|e| untrusted(&e))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .tls_info(true)
            .https_only(true)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .pool_idle_timeout(IDLE)
            .user_agent(CLIENT_NAME)
            .build()
            .map_err(|e| untrusted(&e))?;
        Ok(Self { client, base_url: connection.base_url.trim_end_matches('/').to_owned() })
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base_url))
    }

    fn call(&self, method: Method, path: &str, session: &SessionToken) -> RequestBuilder {
        self.request(method, path).timeout(CALL).bearer_auth(&session.0)
    }
}

/// The calls. Each has a time limit and none is repeated by itself; [`CallError`] says why one gave no result.
impl HttpBank {
    /// What the bank tells everybody.
    pub async fn info(&self) -> Result<ServerInfo, CallError> {
        json(self.request(Method::GET, endpoints::INFO).timeout(CALL)).await
    }

    /// A challenge to log in with, and the server that gave it.
    pub async fn challenge(&self, user: &domain::UserId) -> Result<ChallengeAnswer, CallError> {
        let request = self
            .request(Method::POST, endpoints::CHALLENGE)
            .timeout(CALL)
            .json(&ChallengeRequest { user: user.clone() });
        let response = accepted(send(request).await?).await?;
        let server_certificate = leaf_fingerprint(&response)?;
        let challenge: Challenge = parse(&body(response).await?)?;
        Ok(ChallengeAnswer { challenge, origin: self.base_url.clone(), server_certificate })
    }

    /// Opens a session.
    pub async fn login(&self, request: LoginRequest) -> Result<Session, CallError> {
        json(self.request(Method::POST, endpoints::LOGIN).timeout(CALL).json(&request)).await
    }

    /// Ends it.
    pub async fn logout(&self, session: &SessionToken) -> Result<(), CallError> {
        nothing(self.call(Method::DELETE, endpoints::SESSION, session)).await
    }

    /// Accounts with balances.
    pub async fn accounts(
        &self,
        session: &SessionToken,
        customer: &CustomerId,
    ) -> Result<Vec<protocol::AccountInfo>, CallError> {
        let list: AccountList = json(self.call(Method::GET, &endpoints::accounts(customer), session)).await?;
        Ok(list.accounts)
    }

    /// Booked transactions after a cursor.
    pub async fn transactions(
        &self,
        session: &SessionToken,
        customer: &CustomerId,
        since: Option<&Cursor>,
    ) -> Result<TransactionPage, CallError> {
        let request = self.call(Method::GET, &endpoints::transactions(customer), session);
        json(with_cursor(request, since)).await
    }

    /// Submits a package; idempotent by id and bytes.
    pub async fn submit(
        &self,
        session: &SessionToken,
        customer: &CustomerId,
        package: PackageId,
        body: SubmitPackage,
    ) -> Result<SignedReceipt, CallError> {
        json(self.call(Method::PUT, &endpoints::package(customer, package), session).json(&body)).await
    }

    /// One package's status; `None`: the bank has never seen the id. With `void`, the bank will also never take that
    /// attempt to send it.
    pub async fn package(
        &self,
        session: &SessionToken,
        customer: &CustomerId,
        package: PackageId,
        void: Option<Uuid>,
    ) -> Result<Option<PackageStatus>, CallError> {
        let request = self.call(Method::GET, &endpoints::package(customer, package), session);
        let request = match void {
            Some(attempt) => request.query(&[(endpoints::VOID, attempt.to_string())]),
            None => request,
        };
        match json(request).await {
            Ok(status) => Ok(Some(status)),
            Err(CallError::Refused(problem)) if problem.code == ProblemCode::PackageUnknown => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Packages that changed after a cursor.
    pub async fn packages(
        &self,
        session: &SessionToken,
        customer: &CustomerId,
        since: Option<&Cursor>,
    ) -> Result<PackageChanges, CallError> {
        let request = self.call(Method::GET, &endpoints::packages(customer), session);
        json(with_cursor(request, since)).await
    }

    /// The customer and its authority table today.
    pub async fn customer(
        &self,
        session: &SessionToken,
        customer: &CustomerId,
    ) -> Result<CustomerAccess, CallError> {
        json(self.call(Method::GET, &endpoints::customer(customer), session)).await
    }

    /// What waits in the shared area and what left it lately.
    pub async fn shared(
        &self,
        session: &SessionToken,
        customer: &CustomerId,
    ) -> Result<Vec<SharedPackage>, CallError> {
        let list: SharedList = json(self.call(Method::GET, &endpoints::shared(customer), session)).await?;
        Ok(list.packages)
    }

    /// The newest handing over of a package with its document; `None`: it was never parked.
    pub async fn shared_package(
        &self,
        session: &SessionToken,
        customer: &CustomerId,
        package: PackageId,
    ) -> Result<Option<SharedContent>, CallError> {
        match json(self.call(Method::GET, &endpoints::shared_package(customer, package), session)).await {
            Ok(content) => Ok(Some(content)),
            Err(CallError::Refused(problem)) if problem.code == ProblemCode::SharedUnknown => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Parks a package; idempotent by its handover.
    pub async fn share(
        &self,
        session: &SessionToken,
        customer: &CustomerId,
        package: PackageId,
        body: SharePackage,
    ) -> Result<SharedPackage, CallError> {
        let path = endpoints::shared_package(customer, package);
        json(self.call(Method::PUT, &path, session).json(&body)).await
    }

    /// Takes a parked package over; idempotent by its claim.
    pub async fn take(
        &self,
        session: &SessionToken,
        customer: &CustomerId,
        package: PackageId,
        body: TakePackage,
    ) -> Result<SharedContent, CallError> {
        json(self.call(Method::POST, &endpoints::shared_take(customer, package), session).json(&body)).await
    }

    /// Withdraws a package that the user parked; idempotent.
    pub async fn withdraw(
        &self,
        session: &SessionToken,
        customer: &CustomerId,
        package: PackageId,
        body: WithdrawPackage,
    ) -> Result<SharedPackage, CallError> {
        let path = endpoints::shared_withdraw(customer, package);
        json(self.call(Method::POST, &path, session).json(&body)).await
    }

    /// Messages after a cursor.
    pub async fn messages(
        &self,
        session: &SessionToken,
        customer: &CustomerId,
        since: Option<&Cursor>,
    ) -> Result<MessagePage, CallError> {
        json(with_cursor(self.call(Method::GET, &endpoints::messages(customer), session), since)).await
    }

    /// Writes to the bank; idempotent by the message's id.
    pub async fn write_message(
        &self,
        session: &SessionToken,
        customer: &CustomerId,
        message: WriteMessage,
    ) -> Result<(), CallError> {
        nothing(self.call(Method::POST, &endpoints::messages(customer), session).json(&message)).await
    }

    /// Says that the user has read a message.
    pub async fn message_read(
        &self,
        session: &SessionToken,
        customer: &CustomerId,
        message: Uuid,
    ) -> Result<(), CallError> {
        nothing(self.call(Method::POST, &endpoints::message_read(customer, message), session)).await
    }

    /// Has the bank send a one-time code to a secondary identifier.
    pub async fn secondary_id_code(
        &self,
        session: &SessionToken,
        customer: &CustomerId,
        question: SecondaryIdQuestion,
    ) -> Result<(), CallError> {
        let path = endpoints::secondary_id_code(customer);
        nothing(self.call(Method::POST, &path, session).json(&question)).await
    }

    /// The newest release of the client program; `None`: the bank hands out none.
    pub async fn release(&self) -> Result<Option<SignedRelease>, CallError> {
        match json(self.request(Method::GET, endpoints::RELEASE).timeout(CALL)).await {
            Ok(release) => Ok(Some(release)),
            Err(CallError::Refused(problem)) if problem.code == ProblemCode::ReleaseUnknown => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The bytes of a release's file, as they come.
    pub async fn release_file(
        &self,
        name: &str,
    ) -> Result<BoxStream<'static, Result<Vec<u8>, CallError>>, CallError> {
        // As it is: an installer does not get smaller, and its size is known.
        let request = self
            .request(Method::GET, &endpoints::release_file(name))
            .header(reqwest::header::ACCEPT_ENCODING, "identity");
        let response = accepted(send(request).await?).await?;
        let bytes = response.bytes_stream().map(|chunk| chunk.map_err(|e| transport(&e)));
        Ok(until_silent(bytes).map(|chunk| chunk.map(|bytes| bytes.to_vec())).boxed())
    }

    /// Asks for new certificates; idempotent by the document's id and bytes.
    pub async fn renew(
        &self,
        session: &SessionToken,
        request: RenewalRequest,
    ) -> Result<RenewalAnswer, CallError> {
        json(self.call(Method::POST, endpoints::RENEWALS, session).json(&request)).await
    }

    /// Says that a renewal's certificates are in the token.
    pub async fn renewal_done(&self, session: &SessionToken, id: Uuid) -> Result<(), CallError> {
        nothing(self.call(Method::POST, &endpoints::renewal_done(id), session)).await
    }

    /// Hints of changes, until the connection ends.
    pub async fn events(
        &self,
        session: &SessionToken,
    ) -> Result<BoxStream<'static, Result<Event, CallError>>, CallError> {
        let request = self
            .request(Method::GET, endpoints::EVENTS)
            .bearer_auth(&session.0)
            .header(reqwest::header::ACCEPT, "text/event-stream");
        let response = accepted(send(request).await?).await?;
        let bytes = response.bytes_stream().map(|chunk| chunk.map_err(|e| transport(&e)));
        let events = until_silent(bytes).eventsource().map(|event| match event {
            Ok(event) => parse(event.data.as_bytes()),
            Err(EventStreamError::Transport(error)) => Err(error),
            Err(error) => Err(CallError::Nonsense(error.to_string())),
        });
        Ok(events.boxed())
    }
}

fn with_cursor(request: RequestBuilder, since: Option<&Cursor>) -> RequestBuilder {
    match since {
        Some(cursor) => request.query(&[(endpoints::AFTER, cursor.as_str())]),
        None => request,
    }
}
