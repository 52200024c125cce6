//! Keeping the program up to date: what the bank demands, what the signed manifest offers, and bringing it here.
//!
//! The bank's word ([`crate::bank::ProgramVersions`]) says what it takes and knows; only the manifest that the key of the
//! connection file has signed says what is brought. The manifest is asked for even when the bank knows nothing newer:
//! its end shows when newer ones are being withheld.

mod fetch;
mod manifest;

use crate::connection::file::file_of;
use crate::state::{OpenSession, locked};
use chrono::{DateTime, Utc};
use domain::{ConnectionKey, Explain};
use protocol::release::Version;
pub use protocol::release::{ReleaseFile, ReleaseManifest};

pub use fetch::{Downloaded, Fetched, HAS_INSTALLER, tidy};
pub use manifest::{ReleaseError, Seen, believe};

use crate::bank::{Capability, ProgramVersions};
use crate::change::Change;
use crate::client::Client;
use crate::error::{ClientError, Result};

/// Key of the setting that remembered the newest manifest seen when a store had one bank; it still counts for that bank
/// until its connection has one of its own.
const SEEN: &str = "release-seen";
/// The connection that the one bank of an older store became.
const ONLY_BANK: ConnectionKey = ConnectionKey(1);
/// Key of the setting that remembers when the bank was asked last.
const CHECKED: &str = "release-checked";
/// The target of this program in a manifest.
pub const TARGET: &str = if cfg!(windows) { "windows-x86_64" } else { "linux-x86_64" };
/// Version of this program.
pub const OWN: &str = env!("CARGO_PKG_VERSION");

/// What an update would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// The release.
    pub manifest: ReleaseManifest,
    /// The file for this system.
    pub file: ReleaseFile,
}

/// What can be brought here, or why nothing.
pub type Offer = std::result::Result<Box<Update>, ReleaseError>;

/// How this program stands beside what the bank takes and offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UpdateState {
    /// The newest that is known.
    Newest {
        /// Why that may not be the truth: somebody may be keeping newer releases from us.
        doubt: Option<ReleaseError>,
    },
    /// There is a newer one; this one still works.
    Newer {
        /// Its version.
        version: String,
        /// What can be brought here, or why not.
        update: Offer,
    },
    /// The bank takes this one no more.
    TooOld {
        /// The oldest that it takes.
        minimum: String,
        /// What can be brought here, or why not.
        update: Offer,
    },
}

impl UpdateState {
    /// What can be brought here, if something can.
    pub fn update(&self) -> Option<&Update> {
        match self {
            Self::Newest { .. } => None,
            Self::Newer { update, .. } | Self::TooOld { update, .. } => update.as_deref().ok(),
        }
    }

    /// Why nothing can be brought, or why this state may not be the truth.
    pub fn trouble(&self) -> Option<&ReleaseError> {
        match self {
            Self::Newest { doubt } => doubt.as_ref(),
            Self::Newer { update, .. } | Self::TooOld { update, .. } => update.as_ref().err(),
        }
    }

    /// Whether the bank takes this program no more.
    pub fn is_too_old(&self) -> bool {
        matches!(self, Self::TooOld { .. })
    }
}

/// Key of the setting that remembers the newest manifest seen at a connection: each bank counts its own.
fn seen_key(connection: ConnectionKey) -> String {
    format!("{SEEN}/{connection}")
}

fn seen(conn: &store::Connection, connection: ConnectionKey) -> Result<Option<Seen>> {
    match store::settings::get(conn, &seen_key(connection))? {
        None if connection == ONLY_BANK => Ok(store::settings::get(conn, SEEN)?),
        seen => Ok(seen),
    }
}

/// Forgets what was seen at a connection that is another bank's from now on, or nobody's.
pub(crate) fn forget_seen(tx: &store::Connection, connection: ConnectionKey) -> Result<()> {
    if connection == ONLY_BANK {
        store::settings::remove(tx, SEEN)?;
    }
    Ok(store::settings::remove(tx, &seen_key(connection))?)
}

/// How a program of version `own` stands, by the bank's word and the manifest that is believed.
pub fn judge(
    own: &str,
    policy: &ProgramVersions,
    manifest: std::result::Result<ReleaseManifest, ReleaseError>,
) -> UpdateState {
    let version = |text: &str| text.parse::<Version>().ok();
    let own = version(own);
    if let Some(minimum) = version(&policy.minimum).filter(|minimum| Some(*minimum) > own) {
        return UpdateState::TooOld {
            minimum: policy.minimum.clone(),
            update: manifest.and_then(|m| offer(m, minimum)),
        };
    }
    let offered = manifest.as_ref().ok().and_then(|m| version(&m.version));
    match version(&policy.latest).max(offered).filter(|newest| Some(*newest) > own) {
        Some(newest) => UpdateState::Newer {
            version: newest.to_string(),
            update: manifest.and_then(|m| offer(m, newest)),
        },
        None => UpdateState::Newest { doubt: manifest.err().filter(ReleaseError::is_suspicious) },
    }
}

/// The manifest's file for this system, if its version is the one that is wanted or newer.
fn offer(manifest: ReleaseManifest, wanted: Version) -> Offer {
    if manifest.version.parse::<Version>().ok() < Some(wanted) {
        return Err(ReleaseError::Behind { wanted: wanted.to_string(), offered: manifest.version });
    }
    match manifest.files.get(TARGET).cloned() {
        Some(file) => Ok(Box::new(Update { manifest, file })),
        None => Err(ReleaseError::NoFile),
    }
}

impl Client {
    /// Asks the bank which versions it takes, and for the signed manifest. When the bank takes this program no more,
    /// the session ends: the bank would refuse every further call.
    ///
    /// # Errors
    /// [`ClientError::Bank`] when the bank does not answer. A manifest that is not believed is no error here: it
    /// stands in the answer, because the bank's demand holds all the same; and so does a demand that was heard before
    /// when the bank cannot be reached now.
    pub async fn update_state(&self) -> Result<UpdateState> {
        self.offers(Capability::Releases)?;
        let policy = match (self.refresh_rules().await, self.outdated()) {
            (Ok(info), _) => info.client,
            (Err(ClientError::Bank(error)), Some(minimum)) => {
                return Ok(UpdateState::TooOld { minimum, update: Err(error.into()) });
            }
            (Err(error), _) => return Err(error),
        };
        let manifest = self.newest_release().await?;
        let state = judge(OWN, &policy, manifest);
        self.set_setting(CHECKED, self.now()).await?;
        if let Some(trouble) = state.trouble() {
            tracing::warn!(code = trouble.code(), error = %trouble, "no release of the program is taken");
        }
        if state.is_too_old() {
            self.end_session().await;
        }
        Ok(state)
    }

    /// When the bank was last asked for updates.
    pub async fn updates_checked(&self) -> Result<Option<DateTime<Utc>>> {
        self.setting(CHECKED).await
    }

    /// The oldest version that the bank takes, as last heard, when this program is older.
    pub fn outdated(&self) -> Option<String> {
        let policy = locked(&self.side.bank.client_policy).clone()?;
        let version = |text: &str| text.parse::<Version>().ok();
        (version(&policy.minimum) > version(OWN)).then_some(policy.minimum)
    }

    /// Looks whether the bank takes this program before anything is asked of the user.
    ///
    /// # Errors
    /// [`ClientError::Outdated`].
    pub(crate) async fn is_taken(&self) -> Result<()> {
        if self.outdated().is_some() {
            // The demand may have been taken back.
            let _ = self.refresh_rules().await?;
        }
        match self.outdated() {
            Some(minimum) => Err(ClientError::Outdated { minimum }),
            None => Ok(()),
        }
    }

    /// Notes that the bank of a session has refused this program as too old.
    pub(crate) fn refused_as_outdated(&self, session: &OpenSession) {
        let _: bool = self.session_is_over(session);
        self.announce(Change::Outdated);
    }

    /// The newest manifest that is believed. Remembers it.
    async fn newest_release(&self) -> Result<std::result::Result<ReleaseManifest, ReleaseError>> {
        if !self.may_update() {
            return Ok(Err(ReleaseError::Off));
        }
        let connection = self.connection_key()?;
        let Some(key) = self.read(move |conn| file_of(conn, connection)).await?.release_key else {
            return Ok(Err(ReleaseError::NoKey));
        };
        let seen = self.read(move |conn| seen(conn, connection)).await?;
        let release = match self.bank()?.releases()?.release().await {
            Ok(Some(release)) => release,
            Ok(None) if seen.is_some_and(|seen| seen.key == key.trim()) => {
                return Ok(Err(ReleaseError::Withheld));
            }
            Ok(None) => return Ok(Err(ReleaseError::NoRelease)),
            Err(error) => return Ok(Err(error.into())),
        };
        // Both clocks must still be before its end: whoever holds manifests back for the bank could also tell the
        // time for it, and a clock of this machine that is slow must not be the only judge.
        let now = self.now().max(Utc::now());
        match believe(&release, &key, seen.as_ref(), now) {
            Ok((manifest, seen)) => {
                self.write(move |tx| Ok(store::settings::set(tx, &seen_key(connection), &seen)?)).await?;
                Ok(Ok(manifest))
            }
            Err(error) => Ok(Err(error)),
        }
    }
}

/// What a state means for the person, as a code with its text.
impl Explain for UpdateState {
    fn code(&self) -> &'static str {
        match self {
            Self::Newest { doubt: None } => "update-newest",
            Self::Newest { doubt: Some(_) } => "update-doubtful",
            Self::Newer { .. } => "update-newer",
            Self::TooOld { .. } => "update-too-old",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Newest { .. } => Vec::new(),
            Self::Newer { version, .. } => vec![("version", version.clone())],
            Self::TooOld { minimum, .. } => vec![("version", minimum.clone())],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(minimum: &str, latest: &str) -> ProgramVersions {
        ProgramVersions { minimum: minimum.to_owned(), latest: latest.to_owned() }
    }

    fn manifest(version: &str, target: &str) -> ReleaseManifest {
        let file = ReleaseFile { name: "kapocs.exe".to_owned(), size: 1, sha256: "00".repeat(32) };
        ReleaseManifest {
            kind: ReleaseManifest::KIND.to_owned(),
            serial: 1,
            expires: Utc::now(),
            version: version.to_owned(),
            released: Utc::now().date_naive(),
            notes: [].into(),
            files: [(target.to_owned(), file)].into(),
        }
    }

    #[test]
    fn each_bank_counts_its_own_releases_and_the_first_one_begins_where_the_store_was() {
        let folder = tempfile::tempdir().unwrap();
        let store = store::Store::open(&folder.path().join("kapocs.sqlite")).unwrap();
        let serial = |serial| Seen { key: "key".to_owned(), serial, sha256: String::new() };
        let (first, second) = (ConnectionKey(1), ConnectionKey(2));
        let of = |key| store.read_with(|conn| seen(conn, key)).unwrap();
        store.write(move |tx| store::settings::set(tx, SEEN, &serial(3))).unwrap();
        assert_eq!((of(first), of(second)), (Some(serial(3)), None), "no bank inherits another one's");
        store.write(move |tx| store::settings::set(tx, &seen_key(first), &serial(7))).unwrap();
        assert_eq!((of(first), of(second)), (Some(serial(7)), None));
        store.write_with(move |tx| forget_seen(tx, first)).unwrap();
        assert_eq!(of(first), None, "another bank in its place begins anew");
    }

    #[test]
    fn the_newest_of_both_words_counts() {
        let ask = |latest: &str, version: &str| {
            judge("0.2.0", &policy("0.1.0", latest), Ok(manifest(version, TARGET)))
        };
        assert_eq!(ask("0.2.0", "0.2.0"), UpdateState::Newest { doubt: None });
        assert_eq!(ask("0.1.0", "0.1.9"), UpdateState::Newest { doubt: None });
        // The signed manifest alone is enough, whatever the server says; a server alone brings nothing.
        for latest in ["0.2.0", "0.10.0", "nonsense"] {
            assert_eq!(ask(latest, "0.10.0").update().unwrap().manifest.version, "0.10.0");
        }
        let behind = ask("0.10.0", "0.9.0");
        assert!(matches!(&behind, UpdateState::Newer { version, .. } if version == "0.10.0"));
        assert!(matches!(behind.trouble(), Some(ReleaseError::Behind { .. })));
    }

    #[test]
    fn a_demand_holds_whatever_the_manifest_is() {
        let ask = |manifest| judge("0.2.0", &policy("0.3.0", "0.3.0"), manifest);
        assert!(ask(Ok(manifest("0.3.1", TARGET))).update().is_some());
        assert_eq!(ask(Ok(manifest("0.3.1", "beos"))).trouble(), Some(&ReleaseError::NoFile));
        for error in [ReleaseError::NoKey, ReleaseError::Signature] {
            assert_eq!(ask(Err(error.clone())).trouble(), Some(&error));
        }
        let older = ask(Ok(manifest("0.2.9", TARGET)));
        assert!(older.is_too_old() && older.update().is_none());
    }

    #[test]
    fn only_what_smells_of_meddling_makes_the_newest_doubtful() {
        let doubt = |error| judge("0.2.0", &policy("0.1.0", "0.2.0"), Err(error)).trouble().is_some();
        assert!(doubt(ReleaseError::Expired(Utc::now())) && doubt(ReleaseError::Signature));
        assert!(doubt(ReleaseError::Withheld) && doubt(ReleaseError::SerialUsed(3)));
        assert!(!doubt(ReleaseError::NoKey) && !doubt(ReleaseError::NoRelease) && !doubt(ReleaseError::Off));
    }
}
