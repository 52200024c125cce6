//! A release's manifest: what is taken says the same when it is written again, and its files stay in their folder.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use protocol::release::{ReleaseManifest, Version};

fuzz_target!(|text: &str| {
    if let Ok(version) = text.parse::<Version>() {
        assert_eq!(version.to_string(), text);
    }
    let Ok(manifest) = ReleaseManifest::parse(text) else { return };
    assert!(manifest.version.parse::<Version>().is_ok());
    for file in manifest.files.values() {
        let path = Path::new("folder").join(&file.name);
        assert_eq!(path.parent(), Some(Path::new("folder")));
        assert_eq!(path.components().count(), 2);
    }
    let written = serde_json::to_string(&manifest).expect("a manifest is JSON");
    assert_eq!(ReleaseManifest::parse(&written), Ok(manifest));
});
