//! A seat of the demo company that talks to the bank's shared area with its keys and without our client: hundreds of
//! them at once, each on a connection of its own, asking again and again until the bank has answered.

use std::time::Duration;

use chrono::Utc;
use client::{CallError, HttpBank};
use domain::{Beneficiary, CustomerId, Money, OrderId, OrderType, PackageHeader, PackageId, Transfer};
use formats::package_document::{PackageContent, to_bytes};
use protocol::{
    Problem, ProblemCode, Session, SharePackage, SharedContent, SharedPackage, SignedReceipt, SubmitPackage,
    TakePackage, WithdrawPackage,
};
use uuid::Uuid;

use crate::house::{House, payee};
use crate::orders;
use crate::person::{Person, cms, connection};

/// An answer that is certain.
pub type Said<T> = Result<T, Box<Problem>>;

/// How often a call is tried; the bank may be off for some seconds meanwhile.
const TRIES: u32 = 1_000;

/// A logged-in user on a connection of its own.
pub struct Seat {
    bank: HttpBank,
    session: Session,
    /// The demo company.
    pub customer: CustomerId,
}

/// A package as a seat holds it.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// Which.
    pub id: PackageId,
    /// Its bytes.
    pub document: Vec<u8>,
    /// Signatures over them.
    pub signatures: Vec<Vec<u8>>,
    /// The claim that holds it.
    pub claim: Option<Uuid>,
}

impl Seat {
    /// Logs in.
    pub async fn of(house: &House, person: &Person) -> Self {
        let session = person.log_in().await.expect("the login works");
        let customer = session.customers[0].customer.id.clone();
        let bank = HttpBank::new(&connection(house)).expect("a demo bank in order");
        Self { bank, session, customer }
    }

    /// The same session on another connection.
    pub fn beside(&self, house: &House) -> Self {
        let bank = HttpBank::new(&connection(house)).expect("a demo bank in order");
        Self { bank, session: self.session.clone(), customer: self.customer.clone() }
    }

    /// The user's name.
    pub fn name(&self) -> &str {
        &self.session.user.name
    }

    /// A new package of one order, signed by these people.
    pub fn parcel(&self, house: &House, amount: i64, signers: &[&Person]) -> Parcel {
        let account = house.account(0);
        let beneficiary =
            Beneficiary::Account { name: "Őrségi Faipari Zrt.".parse().expect("a name"), number: payee() };
        let order = Transfer {
            id: OrderId(Uuid::new_v4()),
            debit_account: account,
            amount: Money::huf(amount),
            beneficiary,
            ..orders::plain_order(1)
        };
        let header = PackageHeader {
            id: PackageId(Uuid::new_v4()),
            customer: self.customer.clone(),
            name: "Közös".parse().expect("a name"),
            order_type: OrderType::Hct,
            debit_account: Some(account),
            instant: false,
            scheduled: None,
        };
        let id = header.id;
        let customer_name = self.session.customers[0].customer.name.clone();
        let content = PackageContent {
            header,
            customer_name,
            created: Utc::now(),
            orders: vec![OrderType::Hct.of_transfer(order).expect("a domestic transfer")],
        };
        let document = to_bytes(&content).expect("a document");
        let signatures = signers.iter().map(|person| cms(&person.signing, &document, Utc::now())).collect();
        Parcel { id, document, signatures, claim: None }
    }

    /// Parks a package.
    ///
    /// # Errors
    /// The bank's refusal.
    pub async fn share(
        &self,
        parcel: &Parcel,
        handover: Uuid,
        expires: Option<chrono::NaiveDate>,
    ) -> Said<SharedPackage> {
        let wish = SharePackage {
            handover,
            claim: parcel.claim,
            document: parcel.document.clone().into(),
            signatures: parcel.signatures.iter().cloned().map(Into::into).collect(),
            expires,
        };
        let call = || self.bank.share(&self.session.token, &self.customer, parcel.id, wish.clone());
        until_answered(call).await
    }

    /// Takes a package over.
    ///
    /// # Errors
    /// The bank's refusal.
    pub async fn take(&self, package: PackageId, handover: Uuid, claim: Uuid) -> Said<SharedContent> {
        let wish = TakePackage { handover, claim };
        until_answered(|| self.bank.take(&self.session.token, &self.customer, package, wish.clone())).await
    }

    /// Withdraws a package.
    ///
    /// # Errors
    /// The bank's refusal.
    pub async fn withdraw(&self, package: PackageId, handover: Uuid) -> Said<SharedPackage> {
        let wish = WithdrawPackage { handover };
        until_answered(|| self.bank.withdraw(&self.session.token, &self.customer, package, wish.clone()))
            .await
    }

    /// Sends a package, always as the same attempt.
    ///
    /// # Errors
    /// The bank's refusal.
    pub async fn submit(&self, parcel: &Parcel, attempt: Uuid) -> Said<SignedReceipt> {
        let body = SubmitPackage {
            attempt,
            claim: parcel.claim,
            document: parcel.document.clone().into(),
            signatures: parcel.signatures.iter().cloned().map(Into::into).collect(),
        };
        let call = || self.bank.submit(&self.session.token, &self.customer, parcel.id, body.clone());
        until_answered(call).await
    }

    /// What is in the shared area.
    pub async fn shared(&self) -> Vec<SharedPackage> {
        until_answered(|| self.bank.shared(&self.session.token, &self.customer)).await.expect("a list")
    }

    /// The bank's hints of changes.
    pub async fn events(
        &self,
    ) -> impl futures_util::Stream<Item = Result<protocol::Event, CallError>> + use<> {
        self.bank.events(&self.session.token).await.expect("an event stream")
    }
}

/// A package as its taker holds it.
pub fn taken(content: &SharedContent, claim: Uuid) -> Parcel {
    Parcel {
        id: content.shared.package,
        document: content.document.as_slice().to_vec(),
        signatures: content.signatures.iter().map(|cms| cms.as_slice().to_vec()).collect(),
        claim: Some(claim),
    }
}

/// Asks until the bank says yes or no: answers get lost, the bank fails inside or is off for a while.
async fn until_answered<T, F>(call: impl Fn() -> F) -> Said<T>
where
    F: Future<Output = Result<T, CallError>>,
{
    let mut last = None;
    for _ in 0..TRIES {
        match call().await {
            Ok(value) => return Ok(value),
            Err(CallError::Refused(problem)) if problem.code != ProblemCode::Internal => return Err(problem),
            Err(error) => last = Some(error),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the bank never answered: {last:?}");
}
