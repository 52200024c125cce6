//! Challenges: what a login statement must sign, good once, for one user, for a minute.
//!
//! The bank keeps nothing of a challenge that it has given: its time and the bank's seal over time and user stand in
//! it. So strangers may ask for as many as they like, in anybody's name, and take nothing from anybody. Only used ones
//! are remembered, and using one takes the user's own key: the limit is by proof, never by a name that anybody can say.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use domain::UserId;
use hmac::{Hmac, Mac};
use protocol::{Challenge, ProblemCode};
use rand_core::{OsRng, RngCore};
use sha2::Sha256;

use crate::ground::database::time;

/// Life of a challenge.
const CHALLENGE_LIFE: TimeDelta = TimeDelta::seconds(60);
/// How long used challenges are remembered, to tell "again" from "too late".
const MEMORY: TimeDelta = TimeDelta::minutes(10);
/// Challenges that one user's key can use up within [`MEMORY`]: a script that logs in every second.
const PER_USER: usize = 600;
/// Where the parts of a challenge end, in bytes: milliseconds since 1970, random bytes, the seal.
const TIME: usize = 8;
const RANDOM: usize = 16;
const LENGTH: usize = 32;
/// Keeps the seal of this use and version apart from any other.
const PREFIX: &[u8] = b"kapocs-challenge-v1:";

/// Gives challenges and takes them once. The key of the seals lives in memory only: after a restart clients ask anew.
#[derive(Debug)]
pub struct Challenges {
    key: [u8; 64],
    used: Mutex<HashMap<[u8; LENGTH], Use>>,
}

#[derive(Clone, Debug)]
struct Use {
    user: UserId,
    at: DateTime<Utc>,
}

impl Default for Challenges {
    fn default() -> Self {
        let mut key = [0; 64];
        OsRng.fill_bytes(&mut key);
        Self { key, used: Mutex::default() }
    }
}

impl Challenges {
    /// A new challenge. Unknown users get one too, so that nobody learns who exists.
    pub fn give(&self, user: &UserId, now: DateTime<Utc>) -> Challenge {
        let mut challenge = [0; LENGTH];
        challenge[..TIME].copy_from_slice(&now.timestamp_millis().to_be_bytes());
        OsRng.fill_bytes(&mut challenge[TIME..RANDOM]);
        let seal = self.seal(&challenge[..RANDOM], user).finalize().into_bytes();
        challenge[RANDOM..].copy_from_slice(&seal[..LENGTH - RANDOM]);
        Challenge { challenge: challenge.to_vec().into(), expires: now + CHALLENGE_LIFE, server_time: now }
    }

    /// Uses up a challenge, whatever comes of the login. Only for a user whose key has signed it.
    pub fn take(
        &self,
        challenge: &[u8; LENGTH],
        user: &UserId,
        now: DateTime<Utc>,
    ) -> std::result::Result<(), ProblemCode> {
        let given = self.given(challenge, user).ok_or(ProblemCode::LoginChallengeUnknown)?;
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.retain(|_, known| now - known.at < MEMORY);
        if used.contains_key(challenge) {
            return Err(ProblemCode::LoginChallengeReplayed);
        }
        if used.values().filter(|known| known.user == *user).count() >= PER_USER {
            return Err(ProblemCode::RateLimited);
        }
        used.insert(*challenge, Use { user: user.clone(), at: now });
        if now - given > CHALLENGE_LIFE {
            return Err(ProblemCode::LoginChallengeExpired);
        }
        Ok(())
    }

    /// When this bank has given the challenge to the user; `None`: it never did.
    fn given(&self, challenge: &[u8; LENGTH], user: &UserId) -> Option<DateTime<Utc>> {
        let (told, seal) = challenge.split_at(RANDOM);
        self.seal(told, user).verify_truncated_left(seal).ok()?;
        let millis = told.first_chunk::<TIME>()?;
        time(i64::from_be_bytes(*millis)).ok()
    }

    fn seal(&self, told: &[u8], user: &UserId) -> Hmac<Sha256> {
        let mut seal = <Hmac<Sha256> as Mac>::new((&self.key).into());
        seal.update(PREFIX);
        seal.update(told);
        seal.update(user.as_str().as_bytes());
        seal
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn users() -> (UserId, UserId) {
        ("10000001".parse().unwrap(), "10000002".parse().unwrap())
    }

    fn bytes(of: &Challenge) -> [u8; LENGTH] {
        of.challenge.as_slice().try_into().unwrap()
    }

    #[test]
    fn a_challenge_is_good_once_for_one_user_within_a_minute() {
        let challenges = Challenges::default();
        let (user, other) = users();
        let now = Utc::now();
        let take = |of: &Challenge, user: &UserId, at| challenges.take(&bytes(of), user, at);
        let first = challenges.give(&user, now);
        assert_eq!(take(&first, &other, now), Err(ProblemCode::LoginChallengeUnknown));
        assert_eq!(take(&first, &user, now), Ok(()));
        assert_eq!(take(&first, &user, now), Err(ProblemCode::LoginChallengeReplayed));
        let late = challenges.give(&user, now);
        assert_eq!(take(&late, &user, now + TimeDelta::seconds(61)), Err(ProblemCode::LoginChallengeExpired));
        assert_ne!(bytes(&first), bytes(&late));
    }

    #[test]
    fn what_the_bank_has_not_given_is_unknown() {
        let challenges = Challenges::default();
        let (user, _) = users();
        let now = Utc::now();
        let mut changed = bytes(&challenges.give(&user, now));
        for byte in 0..LENGTH {
            changed[byte] ^= 1;
            assert_eq!(challenges.take(&changed, &user, now), Err(ProblemCode::LoginChallengeUnknown));
            changed[byte] ^= 1;
        }
        assert_eq!(challenges.take(&changed, &user, now), Ok(()));
        let of_another_bank = bytes(&Challenges::default().give(&user, now));
        assert_eq!(challenges.take(&of_another_bank, &user, now), Err(ProblemCode::LoginChallengeUnknown));
    }

    #[test]
    fn strangers_who_ask_in_a_users_name_lock_nobody_out() {
        let challenges = Challenges::default();
        let (user, other) = users();
        let now = Utc::now();
        for _ in 0..20_001 {
            let _ = challenges.give(&user, now);
        }
        for user in [user, other] {
            let given = challenges.give(&user, now);
            assert_eq!(challenges.take(&bytes(&given), &user, now), Ok(()));
        }
    }

    #[test]
    fn a_key_that_logs_in_without_end_must_wait_and_stops_nobody_else() {
        let challenges = Challenges::default();
        let (user, other) = users();
        let now = Utc::now();
        let log_in = |user: &UserId, now| challenges.take(&bytes(&challenges.give(user, now)), user, now);
        for _ in 0..PER_USER {
            assert_eq!(log_in(&user, now), Ok(()));
        }
        assert_eq!(log_in(&user, now), Err(ProblemCode::RateLimited));
        assert_eq!(log_in(&other, now), Ok(()));
        assert_eq!(log_in(&user, now + MEMORY), Ok(()));
    }
}
