use super::*;

struct Desk {
    folder: tempfile::TempDir,
    releases: Releases,
    signer: Signer,
    now: DateTime<Utc>,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (text, _) = new_key(Protection::Nothing).unwrap();
        Self {
            releases: Releases::of(&Folder::new(folder.path())),
            signer: Signer::of(&text, None).unwrap(),
            now: "2026-11-22T09:00:00Z".parse().unwrap(),
            folder,
        }
    }

    fn draft(&self, version: &str, content: &str) -> Draft {
        let setup = self.folder.path().join("setup.exe");
        fs::write(&setup, content).unwrap();
        Draft {
            version: version.parse().unwrap(),
            days: 30,
            notes: [("hu".to_owned(), vec!["Gyorsabb".to_owned()])].into(),
            files: [("windows-x86_64".to_owned(), setup)].into(),
        }
    }

    fn add(&self, version: &str, content: &str) -> Result<ReleaseManifest> {
        self.releases.add(&self.draft(version, content), &self.signer, self.now)
    }

    fn problems(&self) -> Vec<String> {
        self.releases.problems(Some(&self.signer.public()), self.now).unwrap()
    }
}

#[test]
fn releases_rise_and_what_was_handed_out_stays() {
    let desk = Desk::new();
    assert!(desk.releases.newest().unwrap().is_none());
    assert!(desk.releases.renew(30, &desk.signer, desk.now).is_err());
    let first = desk.add("0.2.0", "one").unwrap();
    assert_eq!((first.serial, first.files["windows-x86_64"].size), (1, 3));
    assert_eq!(first.expires, desk.now + TimeDelta::days(30));
    assert!(desk.add("0.2.0", "another").is_err(), "the same version with other bytes");
    assert!(desk.add("0.1.9", "older").is_err());
    assert_eq!(desk.releases.manifest().unwrap().unwrap(), first, "what failed hands nothing out");
    assert_eq!(desk.add("0.3.0", "two").unwrap().serial, 2);
    let again = desk.releases.renew(60, &desk.signer, desk.now).unwrap();
    assert_eq!((again.serial, again.version.as_str()), (3, "0.3.0"));
    assert_eq!(desk.releases.serials().unwrap(), [1, 2, 3]);
    assert_eq!(desk.releases.manifest_of(1).unwrap(), first);
    let old = desk.releases.file("kapocs-0.2.0-windows-x86_64.exe").unwrap();
    assert_eq!(fs::read(old).unwrap(), b"one");
    assert_eq!(desk.problems(), [""; 0]);
}

#[test]
fn what_no_client_could_take_is_not_made() {
    let desk = Desk::new();
    let draft = desk.draft("0.2.0", "one");
    let refused = |draft: Draft| desk.releases.add(&draft, &desk.signer, desk.now).is_err();
    assert!(refused(Draft { days: 0, ..draft.clone() }));
    assert!(refused(Draft { days: MOST_DAYS + 1, ..draft.clone() }));
    assert!(refused(Draft { files: BTreeMap::new(), ..draft.clone() }));
    let file = draft.files["windows-x86_64"].clone();
    assert!(refused(Draft { files: [("../windows".to_owned(), file)].into(), ..draft.clone() }));
    assert!(refused(desk.draft("0.2.0", "")), "an empty file");
    assert!(desk.releases.newest().unwrap().is_none());
}

#[test]
fn the_check_finds_what_clients_would_refuse() {
    let desk = Desk::new();
    assert_eq!(desk.problems().len(), 1);
    let manifest = desk.add("0.2.0", "one").unwrap();
    assert_eq!(desk.problems(), [""; 0]);
    let other = new_key(Protection::Nothing).unwrap().1;
    for key in [Some(other.as_str()), Some("nonsense"), None] {
        assert_eq!(desk.releases.problems(key, desk.now).unwrap().len(), 1);
    }
    let later = desk.now + TimeDelta::days(30);
    assert_eq!(desk.releases.problems(Some(&desk.signer.public()), later).unwrap().len(), 1);
    let file = desk.releases.file(&manifest.files["windows-x86_64"].name).unwrap();
    fs::write(&file, "two").unwrap();
    assert_eq!(desk.problems().len(), 1);
    fs::remove_file(file).unwrap();
    assert_eq!(desk.problems().len(), 1);
}

#[test]
fn only_plain_names_are_handed_out() {
    let desk = Desk::new();
    let _ = desk.add("0.2.0", "one").unwrap();
    assert!(desk.releases.file("kapocs-0.2.0-windows-x86_64.exe").is_some());
    for name in ["", ".", "..", "../current", "../1/manifest.json", "nothing.exe", "/etc/passwd"] {
        assert_eq!(desk.releases.file(name), None, "{name}");
    }
}

#[test]
fn a_key_file_with_a_password_opens_with_it_only() {
    let (text, public) = new_key(Protection::Password("titok".to_owned())).unwrap();
    assert_eq!(Signer::of(&text, Some("titok".to_owned())).unwrap().public(), public);
    assert!(Signer::of(&text, Some("mas".to_owned())).is_err());
    assert!(Signer::of("nonsense", Some(String::new())).is_err());
}
