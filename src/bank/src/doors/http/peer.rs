//! Where a call comes from, as far as limits are concerned.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::doors::places::network;

/// The caller's address; of an IPv6 address its network, which is one caller's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub IpAddr);

impl Peer {
    pub(crate) fn of(address: IpAddr) -> Self {
        Self(network(address))
    }
}

/// Calls that came by no connection of [`crate::doors::server`] count as one caller's.
impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().copied().unwrap_or(Self(Ipv4Addr::UNSPECIFIED.into())))
    }
}
