//! TLS and the accept loop. Our own, so that one connection can be cut without touching the others.

use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::version::{TLS12, TLS13};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::faults::Scissors;
use super::http::peer::Peer;
use super::places::Places;
use super::stall::Patient;
use crate::ground::error::Result;
use crate::ground::folder::Identity;

/// A TLS handshake may take so long.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
/// A request's head must be there so long after the connection began or the last answer ended: also the life of an idle
/// connection. Our clients let go of theirs earlier.
const HEAD_TIMEOUT: Duration = Duration::from_secs(20);
/// A caller may take nothing of its answer for so long. (How long a body may take: [`super::http::body`].)
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
/// Pause after the system refused a connection (out of descriptors), so that the loop does not spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// TLS 1.3 and 1.2 with the bank's certificate.
///
/// # Errors
/// [`crate::ground::error::BankError`] for a certificate and key that do not fit.
pub(crate) fn tls_config(identity: &Identity) -> Result<ServerConfig> {
    let certificate = CertificateDer::from(identity.server_certificate.to_der().to_vec());
    let key = PrivatePkcs8KeyDer::from(identity.server_key.to_pkcs8_der()?.to_vec());
    let mut config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(&[&TLS13, &TLS12])?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key.into())?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// Serves until the future is dropped.
pub(crate) async fn serve(listener: TcpListener, config: ServerConfig, router: Router) {
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let places = Arc::new(Places::default());
    while let Some(place) = places.free().await {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // An address that has enough is not answered: to tell it would take what it is not to have.
                let Some(counted) = places.from(peer.ip()) else { continue };
                let (acceptor, router) = (acceptor.clone(), router.clone());
                tokio::spawn(async move {
                    let router = router.layer(Extension(place)).layer(Extension(Peer::of(peer.ip())));
                    connection(stream, &acceptor, router).await;
                    drop(counted);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

async fn connection(stream: TcpStream, acceptor: &TlsAcceptor, router: Router) {
    // Answers are small and somebody waits for each of them.
    let _ = stream.set_nodelay(true);
    let stream = Patient::new(stream, WRITE_TIMEOUT);
    let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE_TIMEOUT, acceptor.accept(stream)).await else {
        return;
    };
    let scissors = Scissors::default();
    let service = TowerToHyperService::new(router.layer(Extension(scissors.clone())));
    let talk = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        ended = talk => if let Err(error) = ended { tracing::debug!(%error, "connection ended early") },
        () = scissors.0.notified() => {}
    }
}
