//! The Kapocs protocol, call by call: TLS with the connection file's authority only, no redirects, limits on time
//! everywhere.

use crate::client::CLIENT_NAME;
use std::sync::Arc;
use std::time::Duration;

use domain::{CustomerId, PackageId};
use eventsource_stream::{EventStreamError, Eventsource};
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt};
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

use crate::bank::{Answer, Bank, BankError, ChallengeAnswer};
use crate::connection::kapocs::transport::{
    accepted, body, json, leaf_fingerprint, nothing, parse, send, transport, until_silent,
};

/// Time for a connection to come about.
const CONNECT: Duration = Duration::from_secs(10);
/// An unused connection is let go after so long: before the bank does it (20 s), so that no call meets its end.
const IDLE: Duration = Duration::from_secs(10);
/// Time for a whole call; a package of 10,000 orders passes a slow line in less.
const CALL: Duration = Duration::from_secs(60);

/// One bank over HTTPS.
pub struct HttpBank {
    client: reqwest::Client,
    base_url: String,
}

impl HttpBank {
    /// A bank by its connection file.
    ///
    /// # Errors
    /// [`BankError::Untrusted`] when the file's authority cannot be read.
    pub fn new(connection: &ConnectionFile) -> Result<Self, BankError> {
        let untrusted = |e: &dyn std::fmt::Display| BankError::Untrusted(e.to_string());
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

impl Bank for HttpBank {
    fn info(&self) -> Answer<'_, ServerInfo> {
        json(self.request(Method::GET, endpoints::INFO).timeout(CALL)).boxed()
    }

    fn challenge<'a>(&'a self, user: &'a domain::UserId) -> Answer<'a, ChallengeAnswer> {
        async move {
            let request = self
                .request(Method::POST, endpoints::CHALLENGE)
                .timeout(CALL)
                .json(&ChallengeRequest { user: user.clone() });
            let response = accepted(send(request).await?).await?;
            let server_certificate = leaf_fingerprint(&response)?;
            let challenge: Challenge = parse(&body(response).await?)?;
            Ok(ChallengeAnswer { challenge, origin: self.base_url.clone(), server_certificate })
        }
        .boxed()
    }

    fn login(&self, request: LoginRequest) -> Answer<'_, Session> {
        json(self.request(Method::POST, endpoints::LOGIN).timeout(CALL).json(&request)).boxed()
    }

    fn logout<'a>(&'a self, session: &'a SessionToken) -> Answer<'a, ()> {
        nothing(self.call(Method::DELETE, endpoints::SESSION, session)).boxed()
    }

    fn accounts<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
    ) -> Answer<'a, Vec<protocol::AccountInfo>> {
        async move {
            let list: AccountList =
                json(self.call(Method::GET, &endpoints::accounts(customer), session)).await?;
            Ok(list.accounts)
        }
        .boxed()
    }

    fn transactions<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        since: Option<&'a Cursor>,
    ) -> Answer<'a, TransactionPage> {
        let request = self.call(Method::GET, &endpoints::transactions(customer), session);
        json(with_cursor(request, since)).boxed()
    }

    fn submit<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        package: PackageId,
        body: SubmitPackage,
    ) -> Answer<'a, SignedReceipt> {
        json(self.call(Method::PUT, &endpoints::package(customer, package), session).json(&body)).boxed()
    }

    fn package<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        package: PackageId,
        void: Option<Uuid>,
    ) -> Answer<'a, Option<PackageStatus>> {
        async move {
            let request = self.call(Method::GET, &endpoints::package(customer, package), session);
            let request = match void {
                Some(attempt) => request.query(&[(endpoints::VOID, attempt.to_string())]),
                None => request,
            };
            match json(request).await {
                Ok(status) => Ok(Some(status)),
                Err(BankError::Refused(problem)) if problem.code == ProblemCode::PackageUnknown => Ok(None),
                Err(error) => Err(error),
            }
        }
        .boxed()
    }

    fn packages<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        since: Option<&'a Cursor>,
    ) -> Answer<'a, PackageChanges> {
        let request = self.call(Method::GET, &endpoints::packages(customer), session);
        json(with_cursor(request, since)).boxed()
    }

    fn customer<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
    ) -> Answer<'a, CustomerAccess> {
        json(self.call(Method::GET, &endpoints::customer(customer), session)).boxed()
    }

    fn shared<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
    ) -> Answer<'a, Vec<SharedPackage>> {
        async move {
            let list: SharedList =
                json(self.call(Method::GET, &endpoints::shared(customer), session)).await?;
            Ok(list.packages)
        }
        .boxed()
    }

    fn shared_package<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        package: PackageId,
    ) -> Answer<'a, Option<SharedContent>> {
        async move {
            match json(self.call(Method::GET, &endpoints::shared_package(customer, package), session)).await {
                Ok(content) => Ok(Some(content)),
                Err(BankError::Refused(problem)) if problem.code == ProblemCode::SharedUnknown => Ok(None),
                Err(error) => Err(error),
            }
        }
        .boxed()
    }

    fn share<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        package: PackageId,
        body: SharePackage,
    ) -> Answer<'a, SharedPackage> {
        let path = endpoints::shared_package(customer, package);
        json(self.call(Method::PUT, &path, session).json(&body)).boxed()
    }

    fn take<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        package: PackageId,
        body: TakePackage,
    ) -> Answer<'a, SharedContent> {
        json(self.call(Method::POST, &endpoints::shared_take(customer, package), session).json(&body)).boxed()
    }

    fn withdraw<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        package: PackageId,
        body: WithdrawPackage,
    ) -> Answer<'a, SharedPackage> {
        let path = endpoints::shared_withdraw(customer, package);
        json(self.call(Method::POST, &path, session).json(&body)).boxed()
    }

    fn messages<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        since: Option<&'a Cursor>,
    ) -> Answer<'a, MessagePage> {
        json(with_cursor(self.call(Method::GET, &endpoints::messages(customer), session), since)).boxed()
    }

    fn write_message<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        message: WriteMessage,
    ) -> Answer<'a, ()> {
        nothing(self.call(Method::POST, &endpoints::messages(customer), session).json(&message)).boxed()
    }

    fn message_read<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        message: Uuid,
    ) -> Answer<'a, ()> {
        nothing(self.call(Method::POST, &endpoints::message_read(customer, message), session)).boxed()
    }

    fn secondary_id_code<'a>(
        &'a self,
        session: &'a SessionToken,
        customer: &'a CustomerId,
        question: SecondaryIdQuestion,
    ) -> Answer<'a, ()> {
        let path = endpoints::secondary_id_code(customer);
        nothing(self.call(Method::POST, &path, session).json(&question)).boxed()
    }

    fn release(&self) -> Answer<'_, Option<SignedRelease>> {
        async move {
            match json(self.request(Method::GET, endpoints::RELEASE).timeout(CALL)).await {
                Ok(release) => Ok(Some(release)),
                Err(BankError::Refused(problem)) if problem.code == ProblemCode::ReleaseUnknown => Ok(None),
                Err(error) => Err(error),
            }
        }
        .boxed()
    }

    fn release_file<'a>(
        &'a self,
        name: &'a str,
    ) -> Answer<'a, BoxStream<'static, Result<Vec<u8>, BankError>>> {
        async move {
            // As it is: an installer does not get smaller, and its size is known.
            let request = self
                .request(Method::GET, &endpoints::release_file(name))
                .header(reqwest::header::ACCEPT_ENCODING, "identity");
            let response = accepted(send(request).await?).await?;
            let bytes = response.bytes_stream().map(|chunk| chunk.map_err(|e| transport(&e)));
            Ok(until_silent(bytes).map(|chunk| chunk.map(|bytes| bytes.to_vec())).boxed())
        }
        .boxed()
    }

    fn renew<'a>(&'a self, session: &'a SessionToken, request: RenewalRequest) -> Answer<'a, RenewalAnswer> {
        json(self.call(Method::POST, endpoints::RENEWALS, session).json(&request)).boxed()
    }

    fn renewal_done<'a>(&'a self, session: &'a SessionToken, id: Uuid) -> Answer<'a, ()> {
        nothing(self.call(Method::POST, &endpoints::renewal_done(id), session)).boxed()
    }

    fn events<'a>(
        &'a self,
        session: &'a SessionToken,
    ) -> Answer<'a, BoxStream<'static, Result<Event, BankError>>> {
        async move {
            let request = self
                .request(Method::GET, endpoints::EVENTS)
                .bearer_auth(&session.0)
                .header(reqwest::header::ACCEPT, "text/event-stream");
            let response = accepted(send(request).await?).await?;
            let bytes = response.bytes_stream().map(|chunk| chunk.map_err(|e| transport(&e)));
            let events = until_silent(bytes).eventsource().map(|event| match event {
                Ok(event) => parse(event.data.as_bytes()),
                Err(EventStreamError::Transport(error)) => Err(error),
                Err(error) => Err(BankError::Nonsense(error.to_string())),
            });
            Ok(events.boxed())
        }
        .boxed()
    }
}

fn with_cursor(request: RequestBuilder, since: Option<&Cursor>) -> RequestBuilder {
    match since {
        Some(cursor) => request.query(&[(endpoints::AFTER, cursor.as_str())]),
        None => request,
    }
}
