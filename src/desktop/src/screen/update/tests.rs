use client::update::ReleaseError;

use super::samples::Sample;
use super::*;
use crate::screen::sample::Office;

fn around(office: &Office, loses: bool) -> Around<'_> {
    Around { client: &office.shared.client, folder: PathBuf::from("updates"), loses }
}
