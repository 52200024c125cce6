//! Challenges: what a login statement must sign, good once, for one user, for a minute.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use domain::UserId;
use protocol::{Challenge, Problem, ProblemCode};
use rand_core::{OsRng, RngCore};

/// Life of a challenge.
const CHALLENGE_LIFE: TimeDelta = TimeDelta::seconds(60);
/// How long used and old challenges are remembered, to tell "again" and "too late" from "never given".
const MEMORY: TimeDelta = TimeDelta::minutes(10);
/// Challenges that one user can have in memory.
const PER_USER: usize = 60;
/// Challenges in memory altogether.
const ALTOGETHER: usize = 20_000;
/// Challenges given in the last minutes. They live in memory only: after a restart clients ask anew.
#[derive(Debug, Default)]
pub struct Challenges(Mutex<HashMap<[u8; 32], Given>>);

#[derive(Clone, Debug)]
struct Given {
    user: UserId,
    at: DateTime<Utc>,
    used: bool,
}

impl Challenges {
    /// A new challenge. Unknown users get one too, so that nobody learns who exists.
    ///
    /// # Errors
    /// `rate-limited`.
    pub fn give(&self, user: &UserId, now: DateTime<Utc>) -> std::result::Result<Challenge, Box<Problem>> {
        let mut given = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        given.retain(|_, g| now - g.at < MEMORY);
        let of_user = given.values().filter(|g| g.user == *user).count();
        if of_user >= PER_USER || given.len() >= ALTOGETHER {
            let refusal = Problem { retry_seconds: Some(60), ..Problem::new(ProblemCode::RateLimited) };
            return Err(Box::new(refusal));
        }
        let mut challenge = [0; 32];
        OsRng.fill_bytes(&mut challenge);
        given.insert(challenge, Given { user: user.clone(), at: now, used: false });
        Ok(Challenge {
            challenge: challenge.to_vec().into(),
            expires: now + CHALLENGE_LIFE,
            server_time: now,
        })
    }

    /// Uses up a challenge, whatever comes of the login.
    pub fn take(
        &self,
        challenge: &[u8; 32],
        user: &UserId,
        now: DateTime<Utc>,
    ) -> std::result::Result<(), ProblemCode> {
        let mut given = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = given
            .get_mut(challenge)
            .filter(|entry| entry.user == *user)
            .ok_or(ProblemCode::LoginChallengeUnknown)?;
        if std::mem::replace(&mut entry.used, true) {
            return Err(ProblemCode::LoginChallengeReplayed);
        }
        if now - entry.at > CHALLENGE_LIFE {
            return Err(ProblemCode::LoginChallengeExpired);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_is_good_once_for_one_user_within_a_minute() {
        let challenges = Challenges::default();
        let (user, other): (UserId, UserId) = ("10000001".parse().unwrap(), "10000002".parse().unwrap());
        let now = Utc::now();
        let take = |of: &Challenge, user: &UserId, at| {
            challenges.take(of.challenge.as_slice().try_into().unwrap(), user, at)
        };
        let first = challenges.give(&user, now).unwrap();
        assert_eq!(take(&first, &other, now), Err(ProblemCode::LoginChallengeUnknown));
        assert_eq!(take(&first, &user, now), Ok(()));
        assert_eq!(take(&first, &user, now), Err(ProblemCode::LoginChallengeReplayed));
        let late = challenges.give(&user, now).unwrap();
        assert_eq!(take(&late, &user, now + TimeDelta::seconds(61)), Err(ProblemCode::LoginChallengeExpired));
        let unknown = [1; 32];
        assert_eq!(challenges.take(&unknown, &user, now), Err(ProblemCode::LoginChallengeUnknown));
    }

    #[test]
    fn too_many_challenges_are_refused_for_a_while() {
        let challenges = Challenges::default();
        let user: UserId = "10000001".parse().unwrap();
        let now = Utc::now();
        for _ in 0..PER_USER {
            challenges.give(&user, now).unwrap();
        }
        assert_eq!(challenges.give(&user, now).unwrap_err().code, ProblemCode::RateLimited);
        assert!(challenges.give(&user, now + MEMORY).is_ok());
    }
}
