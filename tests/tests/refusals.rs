//! What the bank refuses, each with its own code: things that the client itself never does, done with its keys
//! over the same HTTPS.

use chrono::{TimeDelta, Utc};
use client::{CallError, ClientError, HttpBank, Options, Pin, TokenConfig};
use domain::{CustomerId, Explain, OrderType, PackageHeader, PackageId, Transfer, UserId};
use formats::package_document::{PackageContent, to_bytes};
use harness::house::{House, PIN, draft, record, sign};
use harness::orders;
use harness::person::{Person, cms, connection, refused};
use harness::story::run;
use protocol::{ConnectionFile, LoginStatement, ProblemCode, Session, SignedReceipt, SubmitPackage};
use serde_json::{Value, json};
use signature::PrivateKey;
use signature::issue::CertificateAuthority;
use uuid::Uuid;

#[test]
fn a_server_of_another_authority_gets_nothing() {
    run(async {
        let house = House::start("kh").await;
        let other = CertificateAuthority::generate("Another authority", Utc::now()).unwrap();
        let file = ConnectionFile { ca_pem: other.certificate().to_pem().unwrap(), ..connection(&house) };
        let bank = HttpBank::new(&file).unwrap();
        assert!(matches!(bank.info().await, Err(CallError::Untrusted(_))));
        let user: UserId = "10000003".parse().unwrap();
        assert!(matches!(bank.challenge(&user).await, Err(CallError::Untrusted(_))));

        // The client does not even keep such a file.
        let path = house.client_folder("other.toml");
        std::fs::write(&path, toml::to_string(&file).unwrap()).unwrap();
        let token = TokenConfig::Software(house.key_file("Nagy"));
        let options = Options { data: house.client_folder("client"), token };
        let client = client::Client::open(options).unwrap();
        let error = client.connect(&path).await.unwrap_err();
        assert_eq!(error.code(), "bank-untrusted");
        assert!(matches!(client.log_in(Pin::new(PIN), false).await, Err(ClientError::NoBank)));
    });
}

#[test]
fn a_bank_whose_certificate_was_exchanged_gets_no_package() {
    run(async {
        let mut house = House::start("kh").await;
        let client = house.logged_in("client", "Nagy").await;
        let package = record(&client, draft(house.account(0), 1_000)).await;
        let _ = sign(&client, package).await;
        house.kill();
        // Somebody else listens there now, with a certificate of an authority of their own.
        let from = Utc::now() - TimeDelta::days(1);
        let authority = CertificateAuthority::generate("Another authority", from).unwrap();
        let key = PrivateKey::generate_p256();
        let spki = key.public_key_der().unwrap();
        let certificate =
            authority.issue_server(&["localhost"], &spki, from, from + TimeDelta::days(9)).unwrap();
        let folder = house.bank_folder();
        std::fs::write(folder.join("server.pem"), certificate.to_pem().unwrap()).unwrap();
        std::fs::write(folder.join("server.pk8"), key.to_pkcs8_der().unwrap().as_slice()).unwrap();
        house.run().await;

        let _ = client.send_one(package).await.unwrap();
        let seen = house.inspect(package).await;
        assert_eq!(seen["arrivals"], json!([]), "nothing left for a server that is not the bank");
        assert_eq!(client.recover().await.unwrap_err().code(), "bank-untrusted");
    });
}

#[test]
fn a_login_that_is_not_meant_for_this_bank_now_is_refused() {
    run(async {
        let house = House::start("kh").await;
        let peter = Person::of(&house, "Nagy");
        let other_server = peter.refused_with(|s| s.server_certificate = [7; 32]).await;
        assert_eq!(other_server, ProblemCode::LoginWrongServer);
        let other_origin = peter.refused_with(|s| s.origin = "https://localhost:1".to_owned()).await;
        assert_eq!(other_origin, ProblemCode::LoginWrongServer);
        let unknown = peter.refused_with(|s| s.challenge = [9; 32]).await;
        assert_eq!(unknown, ProblemCode::LoginChallengeUnknown);
        let late = peter.refused_with(|s| s.time += TimeDelta::minutes(6)).await;
        assert_eq!(late, ProblemCode::LoginClockSkew);
        let early = peter.refused_with(|s| s.time -= TimeDelta::minutes(6)).await;
        assert_eq!(early, ProblemCode::LoginClockSkew);
        let old = peter.refused_with(|s| s.client = "kapocs 0.0.9".to_owned()).await;
        assert_eq!(old, ProblemCode::ClientOutdated);

        // Another user's challenge is none of ours.
        let anna = Person::of(&house, "Kovács");
        let theirs = Person::statement(&anna.challenge().await);
        let stolen = peter.bank.login(Person::request(&peter.login, &theirs)).await;
        assert_eq!(refused(stolen), ProblemCode::LoginChallengeUnknown);
        assert!(peter.log_in().await.is_ok());
    });
}

#[test]
fn a_challenge_is_good_once_and_for_a_minute() {
    run(async {
        let house = House::start("kh").await;
        let peter = Person::of(&house, "Nagy");
        let request = Person::request(&peter.login, &Person::statement(&peter.challenge().await));
        assert!(peter.bank.login(request.clone()).await.is_ok());
        let again = peter.bank.login(request).await;
        assert_eq!(refused(again), ProblemCode::LoginChallengeReplayed);

        let answer = peter.challenge().await;
        house.advance(61).await;
        let mut statement = Person::statement(&answer);
        statement.time += TimeDelta::seconds(61);
        let expired = peter.bank.login(Person::request(&peter.login, &statement)).await;
        assert_eq!(refused(expired), ProblemCode::LoginChallengeExpired);
    });
}

#[test]
fn a_login_needs_the_right_key_of_the_right_authority() {
    run(async {
        let house = House::start("kh").await;
        let peter = Person::of(&house, "Nagy");
        let statement = Person::statement(&peter.challenge().await);
        let by_signing_key = peter.bank.login(Person::request(&peter.signing, &statement)).await;
        assert_eq!(refused(by_signing_key), ProblemCode::LoginNotAnAuthenticationKey);

        let mut request = Person::request(&peter.login, &statement);
        request.statement = LoginStatement { challenge: [1; 32], ..statement }.to_bytes().into();
        assert_eq!(refused(peter.bank.login(request).await), ProblemCode::LoginSignatureInvalid);

        let other = CertificateAuthority::generate("Another authority", Utc::now()).unwrap();
        let impostor = Person::certified(&house, &other, peter.user.as_str());
        assert_eq!(refused(impostor.log_in().await), ProblemCode::LoginCertificateUntrusted);

        let authority = bank_authority(&house);
        let stranger = Person::certified(&house, &authority, "99999999");
        assert_eq!(refused(stranger.log_in().await), ProblemCode::LoginUserUnknown);
    });
}

#[test]
fn a_revoked_card_and_a_locked_user_do_not_come_in() {
    run(async {
        let house = House::start("kh").await;
        let (anna, peter) = (Person::of(&house, "Kovács"), Person::of(&house, "Nagy"));
        let session = peter.log_in().await.unwrap();
        let sha256 = hex::encode(anna.login.1.fingerprint());
        let _ = house.control(reqwest::Method::POST, "/revocations", json!({ "sha256": sha256 })).await;
        assert_eq!(refused(anna.log_in().await), ProblemCode::LoginCertificateRevoked);

        lock(&house, &peter.user, true).await;
        assert_eq!(refused(peter.log_in().await), ProblemCode::LoginUserLocked);
        let customer = &session.customers[0].customer.id;
        let accounts = peter.bank.accounts(&session.token, customer).await;
        assert_eq!(refused(accounts), ProblemCode::LoginUserLocked, "an open session ends too");
        lock(&house, &peter.user, false).await;
        assert!(peter.log_in().await.is_ok());

        // Five statements for another server lock as well; nobody else's attempts do.
        for _ in 0..5 {
            let code = peter.refused_with(|s| s.server_certificate = [7; 32]).await;
            assert_eq!(code, ProblemCode::LoginWrongServer);
        }
        assert_eq!(refused(peter.log_in().await), ProblemCode::LoginUserLocked);
    });
}

async fn lock(house: &House, user: &UserId, locked: bool) {
    let path = format!("/users/{user}/lock");
    let _ = house.control(reqwest::Method::PUT, &path, json!({ "locked": locked })).await;
}

/// The bank's own authority, from its folder.
fn bank_authority(house: &House) -> CertificateAuthority {
    let pem = std::fs::read_to_string(house.bank_folder().join("ca.pem")).unwrap();
    CertificateAuthority::from_pem(&pem).unwrap()
}

/// A session and packages made by hand.
struct Sender<'a> {
    house: &'a House,
    person: Person,
    session: Session,
    customer: CustomerId,
    next: std::cell::Cell<u64>,
}

impl<'a> Sender<'a> {
    async fn of(house: &'a House, name: &str) -> Self {
        let person = Person::of(house, name);
        let session = person.log_in().await.unwrap();
        let customer = session.customers[0].customer.id.clone();
        Self { house, person, session, customer, next: std::cell::Cell::new(1) }
    }

    /// The document of a new package with one order.
    fn document(&self, amount: i64) -> (PackageId, Vec<u8>) {
        self.document_of(OrderType::Hct, |plain| Transfer { amount: domain::Money::huf(amount), ..plain })
    }

    /// The document of a new package of a type with one order made of a plain one.
    fn document_of(
        &self,
        order_type: OrderType,
        make: impl Fn(Transfer) -> Transfer,
    ) -> (PackageId, Vec<u8>) {
        let n = self.next.replace(self.next.get() + 1);
        let account = self.house.account(0);
        let plain = orders::plain_order(n);
        let order = make(Transfer {
            id: domain::OrderId(Uuid::new_v4()),
            debit_account: account,
            amount: domain::Money::huf(1_000),
            ..plain
        });
        let id = PackageId(Uuid::new_v4());
        let header = PackageHeader {
            id,
            customer: self.customer.clone(),
            name: "Kézzel".parse().unwrap(),
            order_type,
            debit_account: Some(account),
            instant: false,
            scheduled: None,
        };
        let customer_name = self.session.customers[0].customer.name.clone();
        let content = PackageContent {
            header,
            customer_name,
            created: Utc::now(),
            orders: vec![order_type.of_transfer(order).expect("a payment of the type")],
        };
        (id, to_bytes(&content).unwrap())
    }

    async fn submit(
        &self,
        id: PackageId,
        document: Vec<u8>,
        signatures: Vec<Vec<u8>>,
    ) -> Result<SignedReceipt, CallError> {
        let signatures = signatures.into_iter().map(Into::into).collect();
        let body =
            SubmitPackage { attempt: Uuid::new_v4(), claim: None, document: document.into(), signatures };
        self.person.bank.submit(&self.session.token, &self.customer, id, body).await
    }

    /// What the bank says to a package; that it took nothing is checked too.
    async fn refused(&self, id: PackageId, document: Vec<u8>, signatures: Vec<Vec<u8>>) -> ProblemCode {
        let code = refused(self.submit(id, document, signatures).await);
        let seen: Value = self.house.inspect(id).await;
        assert_eq!((&seen["receipts"], &seen["orders"]), (&json!(0), &json!(0)));
        assert_eq!(seen["arrivals"], json!([code.name()]));
        code
    }
}

#[test]
fn a_package_signature_must_be_of_the_signing_key_over_these_bytes() {
    run(async {
        let house = House::start("kh").await;
        let sender = Sender::of(&house, "Nagy").await;
        let (login, signing) = (&sender.person.login, &sender.person.signing);

        let (id, document) = sender.document(1_000);
        let by_login_key = cms(login, &document, Utc::now());
        let code = sender.refused(id, document, vec![by_login_key]).await;
        assert_eq!(code, ProblemCode::PackageSignatureWrongKey);

        // One letter of the narrative is another one; the document is as valid as before.
        let (id, document) = sender.document(1_000);
        let signature = cms(signing, &document, Utc::now());
        let text = String::from_utf8(document).unwrap();
        let changed = text.replace("köszönjük", "köszönjuk").into_bytes();
        assert_ne!(changed, text.into_bytes());
        let code = sender.refused(id, changed, vec![signature]).await;
        assert_eq!(code, ProblemCode::PackageSignatureInvalid);

        let (id, document) = sender.document(1_000);
        assert_eq!(sender.refused(id, document, vec![]).await, ProblemCode::PackageUnsigned);

        let (id, document) = sender.document(1_000);
        let signature = cms(signing, &document, Utc::now());
        let receipt = sender.submit(id, document, vec![signature]).await.unwrap();
        assert_eq!(receipt.read().unwrap().package, id);
    });
}

#[test]
fn signers_must_be_known_and_enough() {
    run(async {
        let house = House::start("kh").await;
        let sender = Sender::of(&house, "Nagy").await;
        let anna = Person::of(&house, "Kovács");

        // Above five million two must sign, one of them of class A.
        let (id, document) = sender.document(6_000_000);
        let peters = cms(&sender.person.signing, &document, Utc::now());
        let code = sender.refused(id, document.clone(), vec![peters.clone()]).await;
        assert_eq!(code, ProblemCode::PackageAuthorityMissing);
        let twice = refused(sender.submit(id, document.clone(), vec![peters.clone(), peters.clone()]).await);
        assert_eq!(twice, ProblemCode::PackageAuthorityMissing, "the same signer twice is one signer");
        let annas = cms(&anna.signing, &document, Utc::now());
        assert!(sender.submit(id, document, vec![peters, annas]).await.is_ok());

        let stranger = Person::certified(&house, &bank_authority(&house), "99999999");
        let (id, document) = sender.document(1_000);
        let theirs = cms(&stranger.signing, &document, Utc::now());
        assert_eq!(sender.refused(id, document, vec![theirs]).await, ProblemCode::PackageSignerUnknown);

        let other = CertificateAuthority::generate("Another authority", Utc::now()).unwrap();
        let impostor = Person::certified(&house, &other, sender.person.user.as_str());
        let (id, document) = sender.document(1_000);
        let theirs = cms(&impostor.signing, &document, Utc::now());
        assert_eq!(sender.refused(id, document, vec![theirs]).await, ProblemCode::PackageSignerCertificate);

        let (id, document) = sender.document(1_000);
        let signature = cms(&sender.person.signing, &document, Utc::now());
        let sha256 = hex::encode(sender.person.signing.1.fingerprint());
        let _ = house.control(reqwest::Method::POST, "/revocations", json!({ "sha256": sha256 })).await;
        let code = sender.refused(id, document, vec![signature]).await;
        assert_eq!(code, ProblemCode::PackageSignerCertificate);
    });
}

#[test]
fn an_attempt_that_the_client_was_told_never_came_is_refused_when_it_comes() {
    run(async {
        let house = House::start("kh").await;
        let sender = Sender::of(&house, "Nagy").await;
        let (id, document) = sender.document(1_000);
        let signature = cms(&sender.person.signing, &document, Utc::now());
        let attempt = Uuid::new_v4();
        let body = |attempt| SubmitPackage {
            attempt,
            claim: None,
            document: document.clone().into(),
            signatures: vec![signature.clone().into()],
        };
        let (bank, token) = (&sender.person.bank, &sender.session.token);
        assert_eq!(bank.package(token, &sender.customer, id, Some(attempt)).await.unwrap(), None);
        let late = bank.submit(token, &sender.customer, id, body(attempt)).await;
        assert_eq!(refused(late), ProblemCode::PackageAttemptVoid);
        assert_eq!(bank.package(token, &sender.customer, id, None).await.unwrap(), None);
        assert!(bank.submit(token, &sender.customer, id, body(Uuid::new_v4())).await.is_ok());
        // A question after the fact voids nothing.
        assert!(bank.package(token, &sender.customer, id, Some(attempt)).await.unwrap().is_some());
    });
}

#[test]
fn an_id_belongs_to_one_document_for_ever() {
    run(async {
        let house = House::start("kh").await;
        let sender = Sender::of(&house, "Nagy").await;
        let (id, document) = sender.document(1_000);
        let signature = cms(&sender.person.signing, &document, Utc::now());
        let first = sender.submit(id, document.clone(), vec![signature.clone()]).await.unwrap();
        let again = sender.submit(id, document.clone(), vec![signature]).await.unwrap();
        assert_eq!(first, again, "the same bytes get the same receipt");

        let other = String::from_utf8(document).unwrap().replace("Kézzel", "Másként").into_bytes();
        let signature = cms(&sender.person.signing, &other, Utc::now());
        let conflict = refused(sender.submit(id, other, vec![signature]).await);
        assert_eq!(conflict, ProblemCode::PackageIdConflict);
        let seen = house.inspect(id).await;
        assert_eq!((&seen["receipts"], &seen["orders"]), (&json!(1), &json!(1)));
    });
}

#[test]
fn a_transfer_between_own_accounts_to_a_stranger_is_refused() {
    run(async {
        let house = House::start("kh").await;
        let sender = Sender::of(&house, "Nagy").await;
        let signing = &sender.person.signing;
        for number in [harness::house::payee(), orders::account(7)] {
            let (id, document) = sender.document_of(OrderType::Hve, |plain| Transfer {
                beneficiary: domain::Beneficiary::OwnAccount { number },
                ..plain
            });
            let signature = cms(signing, &document, Utc::now());
            assert_eq!(sender.refused(id, document, vec![signature]).await, ProblemCode::TargetNotOwn);
        }
    });
}

#[test]
fn a_viber_transfer_that_qualifies_as_instant_is_refused() {
    run(async {
        let house = House::start("kdb").await;
        let sender = Sender::of(&house, "Nagy").await;
        let signing = &sender.person.signing;
        let (id, document) =
            sender.document_of(OrderType::Vib, |plain| Transfer { urgency: domain::Urgency::Viber, ..plain });
        let signature = cms(signing, &document, Utc::now());
        assert_eq!(sender.refused(id, document, vec![signature]).await, ProblemCode::QualifiesAsInstant);
    });
}

#[test]
fn a_document_that_calls_its_orders_another_type_is_refused() {
    run(async {
        let house = House::start("kh").await;
        let sender = Sender::of(&house, "Nagy").await;
        let (id, document) = sender.document(1_000);
        let text = String::from_utf8(document).unwrap();
        for other in ["HVE", "VIB"] {
            let relabelled =
                text.replacen("<OrderType>HCT<", &format!("<OrderType>{other}<"), 1).into_bytes();
            let signature = cms(&sender.person.signing, &relabelled, Utc::now());
            let code = sender.submit(id, relabelled, vec![signature]).await;
            assert_eq!(refused(code), ProblemCode::PackageDocumentInvalid);
        }
    });
}
