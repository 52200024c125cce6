use domain::authority::{WebAccess, WebDevice};
use formats::package_document::to_bytes;
use signature::issue::UserCertificate;
use signature::{PrivateKey, Purpose};

use chrono::TimeDelta;
use domain::UserId;
use protocol::CustomerAccess;

use super::*;
use crate::ground::slow_hash::SlowHash;
use crate::people::approvals::LIFE;
use crate::people::virtual_cards::VirtualCard;
use crate::people::{customers, users};
use crate::testing::{SIGNER_A, World};

const CODE: &str = "258036";

/// A signer with a card, and a package that waits for the signature.
struct Scene {
    world: World,
    access: CustomerAccess,
    user: UserId,
    key: PrivateKey,
    package: PackageId,
    document: Vec<u8>,
}

impl Scene {
    fn new() -> Self {
        let world = World::new("kh");
        let user: UserId = SIGNER_A.parse().unwrap();
        let now = world.bank.clock.now();
        let keys = [PrivateKey::generate_p256(), PrivateKey::generate_p256()];
        let certificate = |kind, key: &PrivateKey| {
            let authority = &world.bank.identity.authority;
            let end = authority.certificate().not_after();
            authority.issue_user("Aláíró", SIGNER_A, kind, &key.public_key_der().unwrap(), now, end).unwrap()
        };
        let card = VirtualCard {
            id: "card".to_owned(),
            user: user.clone(),
            label: "Teszt".to_owned(),
            login: certificate(UserCertificate::Login, &keys[0]),
            signing: certificate(UserCertificate::Signing, &keys[1]),
            state: CardState::Active,
            registered: now,
            last_login: None,
        };
        world.read(|db| virtual_cards::add(db, &card, &SlowHash::of(CODE)?));
        let mut access = world.read(|db| customers::find(db, &world.customer)).unwrap();
        access.authority.web.enabled = true;
        access.authority.web.users.push(WebAccess {
            user: user.clone(),
            login: WebDevice::VirtualCard,
            signing: WebDevice::VirtualCard,
        });
        let order = world.order(10_000, world.payee("11773016", "2000"));
        let content = world.content(vec![order]);
        let document = to_bytes(&content).unwrap();
        let [_, key] = keys;
        Self { world, access, user, key, package: content.header.id, document }
    }

    fn approver(&self) -> Approver<'_> {
        Approver { access: &self.access, user: &self.user, card: "card", session: [1; 32] }
    }

    fn begin(&self, code: &str) -> Result<Begun, &'static str> {
        let shown = Sha256::digest(&self.document).into();
        begin(&self.world.bank, &self.approver(), self.package, &self.document, shown, code)
            .map_err(|problem| problem.code)
    }

    fn finish(
        &self,
        approver: &Approver<'_>,
        ticket: &str,
        signature: &[u8],
    ) -> Result<Approved, &'static str> {
        let bank = &self.world.bank;
        finish(bank, approver, self.package, ticket, signature).map_err(|e| e.code)
    }

    fn sign(&self, begun: &Begun) -> Vec<u8> {
        self.key.sign_digest(&Sha256::digest(&begun.attributes).into()).unwrap()
    }
}

#[test]
fn an_approval_gives_a_signature_like_any_other_and_only_once() {
    let scene = Scene::new();
    let begun = scene.begin(CODE).unwrap();
    let signature = scene.sign(&begun);
    let approved = scene.finish(&scene.approver(), &begun.ticket, &signature).unwrap();
    let now = scene.world.bank.clock.now();
    let digest = Sha256::digest(&scene.document).into();
    let trust = scene.world.bank.trust().unwrap();
    let verified =
        signature::verify(approved.cms.as_slice(), digest, &trust, Purpose::Document, now).unwrap();
    assert_eq!(verified.signer.user_id().as_deref(), Some(SIGNER_A));
    assert_eq!(
        scene.finish(&scene.approver(), &begun.ticket, &signature).err(),
        Some(codes::APPROVAL_UNKNOWN),
        "used"
    );
    // A second later the bytes to sign are others.
    scene.world.pass(1000);
    let next = scene.begin(CODE).unwrap();
    assert_eq!(
        scene.finish(&scene.approver(), &next.ticket, &signature).err(),
        Some("package-signature-invalid"),
        "the signature of another approval"
    );
}

#[test]
fn nobody_else_can_end_an_approval_nor_when_its_minute_is_over() {
    let scene = Scene::new();
    let begun = scene.begin(CODE).unwrap();
    let signature = scene.sign(&begun);
    let other = Approver { session: [2; 32], ..scene.approver() };
    assert_eq!(scene.finish(&other, &begun.ticket, &signature).err(), Some(codes::APPROVAL_UNKNOWN));
    let begun = scene.begin(CODE).unwrap();
    let signature = scene.sign(&begun);
    let later = scene.world.bank.clock.now() + LIFE + TimeDelta::seconds(1);
    scene.world.bank.set_clock(crate::ground::time::ClockSetting::starting(later, false)).unwrap();
    assert_eq!(
        scene.finish(&scene.approver(), &begun.ticket, &signature).err(),
        Some(codes::APPROVAL_UNKNOWN)
    );
    let begun = scene.begin(CODE).unwrap();
    let signature = scene.sign(&begun);
    scene.world.read(|db| virtual_cards::set_state(db, "card", CardState::Suspended));
    assert_eq!(scene.finish(&scene.approver(), &begun.ticket, &signature).err(), Some(codes::CARD_CLOSED));
    assert_eq!(scene.begin(CODE).err(), Some(codes::CARD_CLOSED));
}

#[test]
fn five_wrong_personal_codes_at_signing_lock_the_user() {
    let scene = Scene::new();
    for _ in 0..5 {
        assert_eq!(scene.begin("147258").err(), Some(codes::PERSONAL_CODE_WRONG));
    }
    assert_eq!(scene.begin(CODE).err(), Some("login-user-locked"));
    assert!(scene.world.read(|db| users::find(db, SIGNER_A)).unwrap().locked);
}

#[test]
fn only_what_was_shown_and_only_by_those_who_may() {
    let mut scene = Scene::new();
    let (bank, approver) = (&scene.world.bank, scene.approver());
    let attempt = |package, document: &[u8], shown| {
        begin(bank, &approver, package, document, shown, CODE).err().map(|problem| problem.code)
    };
    assert_eq!(attempt(scene.package, &scene.document, [0; 32]), Some(codes::DOCUMENT_CHANGED));
    let hash = |document: &[u8]| Sha256::digest(document).into();
    let other = PackageId(scene.world.uuid());
    assert_eq!(attempt(other, &scene.document, hash(&scene.document)), Some("package-id-mismatch"));
    assert_eq!(attempt(scene.package, b"<x/>", hash(b"<x/>")), Some("package-document-invalid"));
    assert_eq!(attempt(scene.package, &scene.document, hash(&scene.document)), None);
    let user = &scene.user;
    scene.access.authority.rights.iter_mut().filter(|right| right.user == *user).for_each(|r| r.sign = None);
    assert_eq!(scene.begin(CODE).err(), Some("not-permitted"));
    scene.access.authority.web.users.clear();
    assert_eq!(scene.begin(CODE).err(), Some(codes::SIGNING_NOT_ENABLED));
}
