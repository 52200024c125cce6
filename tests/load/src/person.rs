//! People with the demo's key files: they log in and make signed packages as the programs do.

use chrono::{DateTime, SubsecRound, Utc};
use domain::{
    AccountNumber, Beneficiary, Customer, Money, OrderId, OrderType, PackageHeader, PackageId, Partner,
    Timing, Transfer, Urgency, UserId,
};
use formats::package_document::{PackageContent, to_bytes};
use protocol::{
    Challenge, ChallengeRequest, LoginDevice, LoginRequest, LoginStatement, Session, SubmitPackage,
    endpoints as at,
};
use reqwest::Client;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use signature::keyfile::{KeyFile, KeySlot};
use signature::{Certificate, PrivateKey};
use uuid::Uuid;

use crate::{Bank, Result};

/// The demo's PIN.
const PIN: &str = "123456";
/// The demo's signer whose keys are quick.
const SIGNER: &str = "users/10000003-nagy-peter.pem";
/// The demo's clerk, who is another customer's user here.
const NEIGHBOUR: &str = "users/10000001-szabo-reka.pem";

/// A signer with unlocked keys.
pub(crate) struct Person {
    user: UserId,
    login: (PrivateKey, Certificate),
    signing: (PrivateKey, Certificate),
    server: [u8; 32],
    payee: Beneficiary,
}

/// A package that is ready to be sent.
pub(crate) struct Parcel {
    pub(crate) path: String,
    pub(crate) body: Vec<u8>,
}

impl Person {
    /// The signer who sends packages.
    pub(crate) fn of(bank: &Bank) -> Result<Self> {
        Self::with(bank, SIGNER)
    }

    /// Somebody of another customer.
    pub(crate) fn of_neighbour(bank: &Bank) -> Result<Self> {
        Self::with(bank, NEIGHBOUR)
    }

    fn with(bank: &Bank, key_file: &str) -> Result<Self> {
        let keys = KeyFile::parse(&std::fs::read_to_string(bank.file(key_file))?)?;
        let slot = |slot| -> Result<_> { Ok((keys.unlock(PIN, slot)?, keys.certificate(slot).clone())) };
        let (login, signing) = (slot(KeySlot::Login)?, slot(KeySlot::Signing)?);
        let partners: Vec<Partner> = serde_json::from_slice(&std::fs::read(bank.file("partners.json"))?)?;
        let payee = partners.first().and_then(|partner| partner.target.usual_beneficiary());
        Ok(Self {
            user: login.1.user_id().ok_or("no user in the certificate")?.parse().map_err(|_| "no user")?,
            server: Certificate::from_pem(&std::fs::read_to_string(bank.file("server.pem"))?)?.fingerprint(),
            payee: payee.ok_or("no partner with an account")?,
            login,
            signing,
        })
    }

    /// Opens a session.
    pub(crate) async fn log_in(&self, bank: &Bank, client: &Client) -> Result<Session> {
        let wish = ChallengeRequest { user: self.user.clone() };
        let challenge: Challenge = read(client.post(bank.api(at::CHALLENGE)).json(&wish)).await?;
        let statement = LoginStatement {
            origin: bank.origin().to_owned(),
            server_certificate: self.server,
            challenge: challenge.challenge.as_slice().try_into()?,
            time: Utc::now(),
            client: "kapocs 0.1.0".to_owned(),
            device: LoginDevice::Software,
        };
        let bytes = statement.to_bytes();
        let signature = sign(&self.login, &bytes)?.into();
        let request = LoginRequest { statement: bytes.into(), signature };
        read(client.post(bank.api(at::LOGIN)).json(&request)).await
    }

    /// A package of one small order of the session's first customer, signed.
    pub(crate) fn parcel(&self, session: &Session) -> Result<Parcel> {
        let access = session.customers.first().ok_or("no customer")?;
        let account = access.authority.rights.first().ok_or("no right")?.account;
        let id = PackageId(Uuid::now_v7());
        let content = self.content(&access.customer, account, id)?;
        let document = to_bytes(&content)?;
        let signatures = vec![sign(&self.signing, &document)?.into()];
        let package =
            SubmitPackage { attempt: Uuid::new_v4(), claim: None, document: document.into(), signatures };
        Ok(Parcel { path: at::package(&access.customer.id, id), body: serde_json::to_vec(&package)? })
    }

    fn content(&self, customer: &Customer, account: AccountNumber, id: PackageId) -> Result<PackageContent> {
        let order = Transfer {
            id: OrderId(Uuid::now_v7()),
            debit_account: account,
            payer_name: None,
            beneficiary: self.payee.clone(),
            beneficiary_country: None,
            amount: Money::huf(1),
            timing: Timing::Soon,
            urgency: Urgency::Normal,
            narrative: "Próba".parse().map_err(|_| "a narrative")?,
            document_number: None,
            legal_code: None,
            own_reference: None,
        };
        Ok(PackageContent {
            header: PackageHeader {
                id,
                customer: customer.id.clone(),
                name: "Próba".parse().map_err(|_| "a name")?,
                order_type: OrderType::Hct,
                debit_account: Some(account),
                instant: false,
                scheduled: None,
            },
            customer_name: customer.name.clone(),
            created: whole_millis(Utc::now()),
            orders: OrderType::Hct.of_transfer(order).into_iter().collect(),
        })
    }
}

fn sign((key, certificate): &(PrivateKey, Certificate), content: &[u8]) -> Result<Vec<u8>> {
    let pending = signature::prepare(certificate, Sha256::digest(content).into(), Utc::now())?;
    let raw = key.sign_digest(&pending.digest())?;
    Ok(pending.finish(&raw, &[])?)
}

/// Documents tell milliseconds.
fn whole_millis(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(3)
}

/// A good answer's content.
pub(crate) async fn read<T: DeserializeOwned>(request: reqwest::RequestBuilder) -> Result<T> {
    let response = request.send().await?;
    let status = response.status();
    let text = response.text().await?;
    if !status.is_success() {
        return Err(format!("{status}: {text}").into());
    }
    Ok(serde_json::from_str(&text)?)
}
