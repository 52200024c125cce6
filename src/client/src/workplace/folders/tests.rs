use super::*;

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn of(&self, wanted: &Wanted, variable: Option<&str>) -> Result<Folders, FolderError> {
        let system = ProjectDirs::from_path(PathBuf::from("kapocs-test"));
        let surroundings = Surroundings {
            program: Some(self.0.path().to_owned()),
            variable: variable.map(OsString::from),
            system,
        };
        Folders::among(wanted, surroundings)
    }

    fn mark(&self) {
        std::fs::write(self.0.path().join(MARKER), "").unwrap();
    }

    fn portable(&self) -> PathBuf {
        self.0.path().join(PORTABLE)
    }
}

fn data(path: &str) -> Wanted {
    Wanted { data: Some(PathBuf::from(path)), portable: false }
}

const PORTABLE_WANTED: Wanted = Wanted { data: None, portable: true };

#[test]
fn data_cache_and_logs_have_each_their_own_place() {
    let folders = Place::new().of(&Wanted::default(), None).unwrap();
    assert!(!folders.portable);
    let all = [&folders.data, &folders.cache, &folders.logs];
    for one in all {
        assert!(all.iter().filter(|other| other.starts_with(one)).count() == 1, "{one:?} holds another");
    }
}

#[test]
fn a_named_folder_goes_before_everything_and_keeps_all() {
    let place = Place::new();
    place.mark();
    let folders = place.of(&data("/somewhere/Ágnes Őz"), Some("/else")).unwrap();
    assert_eq!(folders, Folders::around(Path::new("/somewhere/Ágnes Őz")));
    assert!(folders.logs.starts_with(&folders.data) && folders.cache.starts_with(&folders.data));
    assert!(!place.portable().exists());
}

#[test]
fn a_relative_folder_is_made_absolute_once() {
    assert!(Folders::around(Path::new("here")).data.is_absolute());
}

#[test]
fn the_switch_the_variable_and_the_marker_in_this_order() {
    let place = Place::new();
    assert_eq!(place.of(&Wanted::default(), Some("/else")).unwrap().data, Path::new("/else"));
    assert!(!place.of(&Wanted::default(), Some("")).unwrap().portable, "an empty variable names nothing");
    place.mark();
    assert_eq!(place.of(&Wanted::default(), Some("/else")).unwrap().data, Path::new("/else"));
    let marked = place.of(&Wanted::default(), None).unwrap();
    assert_eq!((marked.data.as_path(), marked.portable), (place.portable().as_path(), true));
    assert_eq!(place.of(&PORTABLE_WANTED, Some("/else")).unwrap(), marked);
    let left: Vec<_> = std::fs::read_dir(place.portable()).unwrap().collect();
    assert!(left.is_empty(), "the probe is left behind: {left:?}");
}

#[test]
fn a_portable_program_that_cannot_write_beside_itself_says_so_and_goes_nowhere_else() {
    let place = Place::new();
    std::fs::write(place.portable(), "a file where the folder should be").unwrap();
    let refused = place.of(&PORTABLE_WANTED, None).unwrap_err();
    let FolderError::Portable { path, reason } = &refused else { panic!("{refused:?}") };
    assert_eq!(path, &place.portable().display().to_string());
    assert!(!reason.is_empty());
}

#[test]
fn nobodys_home_is_an_error() {
    let nothing = || Surroundings { program: None, variable: None, system: None };
    assert_eq!(Folders::among(&Wanted::default(), nothing()), Err(FolderError::NoHome));
    assert_eq!(Folders::among(&PORTABLE_WANTED, nothing()), Err(FolderError::NoHome));
}
