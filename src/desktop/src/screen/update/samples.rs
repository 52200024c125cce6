//! Made-up states of the sheet.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{NaiveDate, Utc};
use clap::ValueEnum;
use client::ClientError;
use client::update::{Downloaded, Fetched, ReleaseError, Update, UpdateState};
use client::update::{ReleaseFile, ReleaseManifest};

use super::{Stage, Updating};

/// A state of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Sample {
    /// No sheet, only the notice above the place.
    Notice,
    /// No sheet, and the bank takes this version no more.
    Old,
    /// What is new.
    Offer,
    /// Bytes come.
    Loading,
    /// The file is here and is the one that was signed.
    Ready,
    /// What is typed would be lost.
    Asking,
    /// The file is not the one that was signed.
    Failed,
    /// The bank takes this version no more.
    Blocked,
    /// The same, and there is nothing that could be brought.
    Nothing,
}

/// A version of which a release is here.
#[must_use]
pub(crate) fn newer() -> UpdateState {
    let hungarian = [
        "A csomaglista tízezer megbízásnál is azonnal szűr.",
        "Új: a kivonatok egyszerre több számlára is letölthetők.",
        "Javítva: a jogcímkód sablonból is átkerül a megbízásba.",
    ];
    let english = [
        "The list of packages filters ten thousand orders at once.",
        "New: statements of several accounts can be downloaded together.",
        "Mended: the legal code is taken over from templates.",
    ];
    let notes = |lines: [&str; 3]| lines.map(str::to_owned).to_vec();
    let file = ReleaseFile {
        name: "kapocs-0.2.0-windows-x86_64.exe".to_owned(),
        size: 14_680_064,
        sha256: "5e".repeat(32),
    };
    let manifest = ReleaseManifest {
        kind: ReleaseManifest::KIND.to_owned(),
        serial: 7,
        expires: Utc::now(),
        version: "0.2.0".to_owned(),
        released: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap_or_default(),
        notes: [("hu".to_owned(), notes(hungarian)), ("en".to_owned(), notes(english))].into(),
        files: [("windows-x86_64".to_owned(), file.clone())].into(),
    };
    UpdateState::Newer { version: "0.2.0".to_owned(), update: Ok(Box::new(Update { manifest, file })) }
}

/// The same where the bank takes this version no more.
#[must_use]
pub(crate) fn too_old(nothing: bool) -> UpdateState {
    let minimum = "0.2.0".to_owned();
    match newer() {
        UpdateState::Newer { update, .. } if !nothing => UpdateState::TooOld { minimum, update },
        _ => UpdateState::TooOld { minimum, update: Err(ReleaseError::NoFile) },
    }
}

/// Its file, as if it had been brought here.
#[must_use]
pub(crate) fn fetched() -> Fetched {
    let file = newer().update().map(|update| update.file.clone());
    let name = file.as_ref().map(|file| file.name.clone()).unwrap_or_default();
    let empty = ReleaseFile { name: String::new(), size: 0, sha256: String::new() };
    Fetched::at(PathBuf::from("updates").join(name), file.unwrap_or(empty))
}

impl Sample {
    /// What is known of updates.
    #[must_use]
    pub fn state(self) -> UpdateState {
        match self {
            Self::Old | Self::Blocked => too_old(false),
            Self::Nothing => too_old(true),
            _ => newer(),
        }
    }

    /// The sheet, if one is shown.
    #[must_use]
    pub fn sheet(self) -> Option<Updating> {
        let stage = match self {
            Self::Notice | Self::Old => return None,
            Self::Offer | Self::Blocked | Self::Nothing => Stage::Offer,
            Self::Loading => Stage::Loading(Downloaded { bytes: 6_291_456, of: 14_680_064 }, None),
            Self::Ready => Stage::Ready(fetched()),
            Self::Asking => Stage::Asking(fetched()),
            Self::Failed => Stage::Failed(Arc::new(ClientError::Release(ReleaseError::Hash))),
        };
        Some(Updating { state: self.state(), stage, installs: true })
    }
}
