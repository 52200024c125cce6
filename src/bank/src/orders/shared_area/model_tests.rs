//! The shared area against a model: random hands, in any order, with every claim that ever existed.

use chrono::{DateTime, Utc};
use domain::PackageId;
use proptest::prelude::*;
use protocol::{
    Base64Bytes, Channel, ProblemCode, SharePackage, SubmitPackage, TakePackage, WithdrawPackage,
};
use sha2::{Digest, Sha256};
use signature::Purpose;
use uuid::Uuid;

use super::tests::{ask, park};
use super::{take, withdraw};
use crate::ground::error::Refusal;
use crate::testing::{CLERK, SIGNER_A, SIGNER_B, World};

const USERS: [&str; 3] = [CLERK, SIGNER_A, SIGNER_B];

/// What somebody does; numbers pick among everything that exists by then.
#[derive(Clone, Debug)]
enum Step {
    Put { user: usize, claim: usize, signed: bool, days: u32 },
    Take { user: usize, handover: usize, claim: Option<usize> },
    Withdraw { user: usize, handover: usize },
    Submit { claim: usize },
    Pass { hours: i64 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let user = 0..USERS.len();
    let number = 0..1000usize;
    let step = prop_oneof![
        4 => (user.clone(), number.clone(), any::<bool>(), 0..4u32)
            .prop_map(|(user, claim, signed, days)| Step::Put { user, claim, signed, days }),
        5 => (user.clone(), number.clone(), prop::option::weighted(0.3, number.clone()))
            .prop_map(|(user, handover, claim)| Step::Take { user, handover, claim }),
        2 => (user, number.clone()).prop_map(|(user, handover)| Step::Withdraw { user, handover }),
        1 => number.prop_map(|claim| Step::Submit { claim }),
        2 => (1..50i64).prop_map(|hours| Step::Pass { hours }),
    ];
    prop::collection::vec(step, 1..40)
}

/// How a handing over stands in the model.
#[derive(Clone, Debug, PartialEq)]
enum Stay {
    Waiting,
    Taken(Uuid),
    Withdrawn,
    Expired,
}

struct Parked {
    by: &'static str,
    prior: Option<Uuid>,
    expires: DateTime<Utc>,
    signatures: Vec<Base64Bytes>,
    stay: Stay,
}

struct Model<'w> {
    world: &'w World,
    id: PackageId,
    document: Base64Bytes,
    /// Newest last.
    parked: Vec<(Uuid, Parked)>,
    /// Every claim that ever existed; `None` is the maker's.
    claims: Vec<Option<Uuid>>,
    sent: bool,
}

/// Who may do something with the package now.
#[derive(Debug, PartialEq)]
enum Holder {
    Nobody,
    Claim(Option<Uuid>),
}

impl Model<'_> {
    fn holder(&self) -> Holder {
        match self.parked.last() {
            None => Holder::Claim(None),
            Some((_, last)) => match last.stay {
                Stay::Waiting => Holder::Nobody,
                Stay::Taken(claim) => Holder::Claim(Some(claim)),
                Stay::Withdrawn | Stay::Expired => Holder::Claim(last.prior),
            },
        }
    }

    /// Why whoever names the claim may not act, if so.
    fn objection(&self, claim: Option<Uuid>) -> Option<ProblemCode> {
        match self.holder() {
            Holder::Nobody => Some(ProblemCode::PackageInSharedArea),
            Holder::Claim(held) if held == claim => None,
            Holder::Claim(_) => Some(ProblemCode::PackageHeldElsewhere),
        }
    }

    fn put(&mut self, user: &'static str, claim: usize, signed: bool, days: u32) {
        let claim = self.claims[claim % self.claims.len()];
        let now = self.world.bank.clock.now();
        let signatures = if signed {
            vec![self.world.sign(SIGNER_A, false, self.document.as_slice())]
        } else {
            Vec::new()
        };
        let last = crate::ground::time::local(now).date() + chrono::Days::new(days.into());
        let wish = SharePackage {
            handover: self.world.uuid(),
            claim,
            document: self.document.clone(),
            signatures: signatures.clone(),
            expires: Some(last),
        };
        let answer = park(self.world, user, Channel::Client, self.id, &wish);
        let expected = if self.sent { Some(ProblemCode::PackageAlreadySent) } else { self.objection(claim) };
        match answer {
            Ok(parked) => {
                assert_eq!(expected, None);
                let parked = Parked {
                    by: user,
                    prior: claim,
                    expires: parked.expires,
                    signatures,
                    stay: Stay::Waiting,
                };
                self.parked.push((wish.handover, parked));
            }
            Err(problem) => assert_eq!(Some(problem.code), expected),
        }
    }

    fn take(&mut self, user: &'static str, handover: usize, claim: Option<usize>) {
        if self.parked.is_empty() {
            return;
        }
        let index = handover % self.parked.len();
        // A new claim, or one that won something before.
        let known: Vec<Uuid> = self.claims.iter().flatten().copied().collect();
        let claim = claim.and_then(|n| known.get(n % known.len().max(1)).copied());
        let claim = claim.unwrap_or_else(|| self.world.uuid());
        let is_used = known.contains(&claim);
        let (handover, parked) = &mut self.parked[index];
        let wish = TakePackage { handover: *handover, claim };
        let answer = ask(self.world, user, Channel::Web, |db, _, asker| take(db, asker, self.id, &wish));
        let expected = match parked.stay {
            Stay::Taken(winner) if winner == claim => None,
            Stay::Taken(_) => Some(ProblemCode::SharedTakenOver),
            Stay::Withdrawn => Some(ProblemCode::SharedWithdrawn),
            Stay::Expired => Some(ProblemCode::SharedExpired),
            Stay::Waiting if is_used => Some(ProblemCode::RequestInvalid),
            Stay::Waiting => None,
        };
        match answer {
            Ok(content) => {
                assert_eq!(expected, None);
                assert_eq!(content.document, self.document);
                assert_eq!(content.signatures, parked.signatures);
                parked.stay = Stay::Taken(claim);
                if !is_used {
                    self.claims.push(Some(claim));
                }
                let digest = Sha256::digest(content.document.as_slice()).into();
                for cms in &content.signatures {
                    let (trust, now) = (self.world.bank.identity.trust(), self.world.bank.clock.now());
                    signature::verify(cms.as_slice(), digest, &trust, Purpose::Document, now).unwrap();
                }
            }
            Err(problem) => assert_eq!(Some(problem.code), expected),
        }
    }

    fn withdraw(&mut self, user: &'static str, handover: usize) {
        if self.parked.is_empty() {
            return;
        }
        let index = handover % self.parked.len();
        let (handover, parked) = &mut self.parked[index];
        let wish = WithdrawPackage { handover: *handover };
        let answer =
            ask(self.world, user, Channel::Client, |db, _, asker| withdraw(db, asker, self.id, &wish));
        let expected = match parked.stay {
            _ if parked.by != user => Some(ProblemCode::SharedNotYours),
            Stay::Taken(_) => Some(ProblemCode::SharedTakenOver),
            Stay::Waiting | Stay::Withdrawn | Stay::Expired => None,
        };
        assert_eq!(answer.as_ref().err().map(|problem| problem.code), expected);
        if expected.is_none() && parked.stay == Stay::Waiting {
            parked.stay = Stay::Withdrawn;
        }
    }

    fn submit(&mut self, claim: usize) {
        let claim = self.claims[claim % self.claims.len()];
        let signatures = vec![self.world.sign(SIGNER_A, false, self.document.as_slice())];
        let document = self.document.clone();
        let package = SubmitPackage { attempt: self.world.uuid(), claim, document, signatures };
        let expected = if self.sent { None } else { self.objection(claim) };
        match self.world.submit_as(self.id, &package) {
            Ok(_) => {
                assert_eq!(expected, None);
                self.sent = true;
            }
            Err(Refusal::Problem(problem)) => assert_eq!(Some(problem.code), expected),
            Err(Refusal::Failure(error)) => panic!("{error}"),
        }
    }

    fn pass(&mut self, hours: i64) {
        self.world.pass(hours * 3_600_000);
        let now = self.world.bank.clock.now();
        for (_, parked) in &mut self.parked {
            if parked.stay == Stay::Waiting && parked.expires <= now {
                parked.stay = Stay::Expired;
            }
        }
    }

    fn step(&mut self, step: &Step) {
        match *step {
            Step::Put { user, claim, signed, days } => self.put(USERS[user], claim, signed, days),
            Step::Take { user, handover, claim } => self.take(USERS[user], handover, claim),
            Step::Withdraw { user, handover } => self.withdraw(USERS[user], handover),
            Step::Submit { claim } => self.submit(claim),
            Step::Pass { hours } => self.pass(hours),
        }
    }

    /// What must hold after every step, asked of the database itself.
    fn check(&self) {
        let (waiting, orders, bookings) = self.world.read(|db| {
            let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0));
            Ok((
                count("SELECT COUNT(*) FROM shared_package WHERE state = 'waiting'")?,
                count("SELECT COUNT(*) FROM item")?,
                count("SELECT COUNT(*) FROM booking WHERE package IS NOT NULL")?,
            ))
        });
        assert_eq!(waiting, i64::from(self.holder() == Holder::Nobody));
        assert_eq!(orders, i64::from(self.sent));
        assert!(bookings <= orders);
        // Never two holders: of all claims that ever were, at most one may send.
        if !self.sent {
            let holders = self.claims.iter().filter(|claim| self.is_let(**claim)).count();
            assert_eq!(holders, usize::from(self.holder() != Holder::Nobody));
        }
    }

    fn is_let(&self, claim: Option<Uuid>) -> bool {
        let now = self.world.bank.clock.now();
        let held = self.world.bank.write(|db| super::holds(db, &self.world.customer, self.id, claim, now));
        held.map_err(|_: Refusal| ()).is_ok()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn there_is_one_holder_and_one_execution_whatever_hands_do(steps in steps()) {
        let world = World::new("kh");
        world.fund(world.main(), 1_000_000);
        let content = world.content(vec![world.order(1_000, world.payee("117", ""))]);
        let document = world.signed(&content, &[]).document;
        let mut model = Model {
            world: &world,
            id: content.header.id,
            document,
            parked: Vec::new(),
            claims: vec![None],
            sent: false,
        };
        for step in &steps {
            model.step(step);
            model.check();
        }
        world.check_invariants();
    }
}
