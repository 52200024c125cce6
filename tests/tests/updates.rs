//! Updates of the program, against the real bank over TLS: the normal way, and everything that somebody between the
//! bank's release key and this machine could try.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use client::policy::Policy;
use client::update::{Downloaded, Fetched, OWN, ReleaseError, UpdateState};
use client::{CallError, Client, ClientError, Connection, ExportFormat, HttpBank, Options, Pin, TokenConfig};
use domain::{Explain, PackageState, UserId};
use harness::command_line::{Cli, answer, code, error};
use harness::house::{House, PIN, draft, record, sign};
use harness::person::connection;
use harness::releases::Releases;
use harness::story::{run, runtime};
use protocol::ProblemCode;
use tokio::sync::watch;

/// An "installer" that notes how it was started, long enough to come in several pieces.
fn installer(mark: &str) -> Vec<u8> {
    let script = format!("#!/bin/sh\necho \"$1\" > \"$0.started\"\n# {mark}\n");
    format!("{script}{}", "# padding\n".repeat(40_000)).into_bytes()
}

async fn trouble(client: &Client) -> ReleaseError {
    let state = client.update_state().await.unwrap();
    state.trouble().unwrap_or_else(|| panic!("nothing is wrong with {state:?}")).clone()
}

async fn fetch(client: &Client, folder: &Path) -> Result<Fetched, ClientError> {
    let state = client.update_state().await.unwrap();
    let update = state.update().expect("an update").clone();
    client.download_update(&update, folder, watch::channel(Downloaded::default()).0).await
}

/// Fetching must fail, and nothing may be left.
async fn refused(client: &Client, folder: &Path) -> ReleaseError {
    let error = fetch(client, folder).await.unwrap_err();
    let left: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.is_empty(), "{left:?}");
    match error {
        ClientError::Release(error) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_new_version_is_found_brought_verified_and_started() {
    run(async {
        let house = House::start("kh").await;
        let releases = Releases(&house);
        let client = house.client("client", "Nagy").await;
        assert_eq!(client.update_state().await.unwrap(), UpdateState::Newest { doubt: None });
        let content = installer("0.2.0");
        releases.add("0.2.0", &content);

        let state = client.update_state().await.unwrap();
        assert!(matches!(&state, UpdateState::Newer { version, .. } if version == "0.2.0"));
        let update = state.update().unwrap();
        assert_eq!(update.manifest.notes_in("hu"), ["Gyorsabb"]);
        assert!(client.updates_checked().await.unwrap().is_some());

        let folder = house.client_folder("updates");
        let (sender, mut progress) = watch::channel(Downloaded::default());
        let fetched = client.download_update(update, &folder, sender).await.unwrap();
        let size = content.len() as u64;
        assert_eq!(*progress.borrow_and_update(), Downloaded { bytes: size, of: size });
        assert_eq!(std::fs::read(fetched.path()).unwrap(), content);
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "no half file stays");

        // What is here already is not brought again.
        house.keep_failing("cut_connection", "GET", "/release/files").await;
        assert_eq!(fetch(&client, &folder).await.unwrap(), fetched);
        house.clear_faults().await;

        let started = fetched.path().with_extension("exe.started");
        std::fs::set_permissions(fetched.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        fetched.start().unwrap();
        for _ in 0..200 {
            if std::fs::read_to_string(&started).is_ok_and(|text| text == "/RESTART\n") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(std::fs::read_to_string(&started).unwrap(), "/RESTART\n");

        // Somebody changes it between the check and the start: it does not run.
        std::fs::remove_file(&started).unwrap();
        std::fs::write(fetched.path(), installer("9.9.9")).unwrap();
        assert_eq!(fetched.start(), Err(ReleaseError::Hash));
        std::fs::write(fetched.path(), "#!/bin/sh\n").unwrap();
        assert!(matches!(fetched.start(), Err(ReleaseError::Size { .. })));
        std::fs::remove_file(fetched.path()).unwrap();
        std::os::unix::fs::symlink(house.client_folder("setup.exe"), fetched.path()).unwrap();
        assert_eq!(
            fetched.start(),
            Err(ReleaseError::Hash),
            "a link to the right bytes is somebody's doing too"
        );
        assert!(!started.exists());
        // And it is brought anew in place of the link.
        let again = fetch(&client, &folder).await.unwrap();
        assert!(std::fs::symlink_metadata(again.path()).unwrap().is_file());

        client::update::tidy(&folder);
        assert!(!folder.exists());
    });
}

#[test]
fn an_older_manifest_a_second_one_of_the_same_number_and_none_at_all_are_refused() {
    run(async {
        let house = House::start("kh").await;
        let releases = Releases(&house);
        let client = house.client("client", "Nagy").await;
        releases.add("0.2.0", b"two");
        assert!(client.update_state().await.unwrap().update().is_some());
        releases.add("0.3.0", b"three");
        assert_eq!(client.update_state().await.unwrap().update().unwrap().manifest.version, "0.3.0");

        releases.hand_out(1);
        assert_eq!(trouble(&client).await, ReleaseError::Rollback { seen: 2, found: 1 });
        let fresh = house.client("fresh", "Nagy").await;
        assert!(fresh.update_state().await.unwrap().update().is_some(), "who has not seen more believes it");

        let twin = releases.manifest(2, "0.4.0", "kapocs-0.4.0.exe", b"four").to_string();
        releases.sign(2, &twin);
        assert_eq!(trouble(&client).await, ReleaseError::SerialUsed(2));
        std::fs::remove_file(releases.path("current")).unwrap();
        assert_eq!(trouble(&client).await, ReleaseError::Withheld);
        // A refused manifest is not remembered: the next honest one is taken.
        let next = releases.manifest(3, "0.5.0", "kapocs-0.5.0.exe", b"five").to_string();
        releases.sign(3, &next);
        assert_eq!(client.update_state().await.unwrap().update().unwrap().manifest.version, "0.5.0");
    });
}

#[test]
fn a_release_that_is_held_back_is_noticed_when_its_manifest_expires() {
    run(async {
        let house = House::start("kh").await;
        let releases = Releases(&house);
        let client = house.client("client", "Nagy").await;
        releases.add(OWN, b"this one");
        assert_eq!(client.update_state().await.unwrap(), UpdateState::Newest { doubt: None });
        house.advance(31 * 24 * 3600).await;
        assert!(matches!(trouble(&client).await, ReleaseError::Expired(_)));
        assert_eq!(client.update_state().await.unwrap().code(), "update-doubtful");

        let (data, key) = (house.bank_folder(), releases.key());
        let [data, key] = [&data, &key].map(|path| path.to_str().unwrap());
        let renewed = releases.run(&["renew", "--data", data, "--key", key, "--days", "60"]);
        assert!(renewed.status.success());
        assert_eq!(client.update_state().await.unwrap(), UpdateState::Newest { doubt: None });
    });
}

#[test]
fn only_the_key_of_the_connection_file_is_believed() {
    run(async {
        let house = House::start("kh").await;
        let releases = Releases(&house);
        let client = house.client("client", "Nagy").await;
        releases.add("0.2.0", b"two");
        releases.add("0.3.0", b"three");
        let [manifest, signature] =
            ["2/manifest.json", "2/manifest.json.minisig"].map(|name| releases.path(name));
        let (text, signed) =
            (std::fs::read_to_string(&manifest).unwrap(), std::fs::read_to_string(&signature).unwrap());

        // Every single changed byte, at some places.
        for at in [0, text.len() / 3, text.len() / 2, text.len() - 1] {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            std::fs::write(&manifest, &bytes).unwrap();
            assert_eq!(trouble(&client).await, ReleaseError::Signature, "byte {at}");
        }
        std::fs::write(&manifest, &text).unwrap();
        for other in ["", "nonsense", &signed[..signed.len() / 2]] {
            std::fs::write(&signature, other).unwrap();
            assert_eq!(trouble(&client).await, ReleaseError::Signature);
        }
        std::fs::copy(releases.path("1/manifest.json.minisig"), &signature).unwrap();
        assert_eq!(trouble(&client).await, ReleaseError::Signature, "another manifest's signature");
        std::fs::write(&signature, &signed).unwrap();
        assert!(client.update_state().await.unwrap().update().is_some());

        // The bank changes its key: who has the old connection file believes nothing, who takes the new one does.
        let (other, data) = (house.client_folder("other.key"), house.bank_folder());
        let [other, data] = [&other, &data].map(|path| path.to_str().unwrap());
        let refused = releases.run(&["key", releases.key().to_str().unwrap(), "--no-password"]);
        assert!(!refused.status.success(), "a key that is there is never written over");
        assert!(releases.run(&["key", other, "--no-password", "--data", data]).status.success());
        let demo_key = releases.key();
        let wrong = releases.try_add("0.4.0", b"four", demo_key.to_str().unwrap());
        assert!(!wrong.status.success(), "a key that no client knows is told to the operator");
        assert!(releases.try_add("0.4.0", b"four", other).status.success());
        assert!(releases.run(&["check", "--data", data]).status.success());
        assert_eq!(trouble(&client).await, ReleaseError::Signature);
        let _ = client.connect(&house.connection_file()).await.unwrap();
        assert_eq!(client.update_state().await.unwrap().update().unwrap().manifest.version, "0.4.0");

        // No key, and one that is none.
        for (key, expected) in [(None, ReleaseError::NoKey), (Some("RWR".to_owned()), ReleaseError::Key)] {
            let mut file = connection(&house);
            file.release_key = key;
            let path = house.client_folder("connection.toml");
            std::fs::write(&path, toml::to_string(&file).unwrap()).unwrap();
            let _ = client.connect(&path).await.unwrap();
            assert_eq!(trouble(&client).await, expected);
        }
    });
}

#[test]
fn a_file_that_is_not_the_manifests_leaves_nothing_behind() {
    run(async {
        let house = House::start("kh").await;
        let releases = Releases(&house);
        let client = house.client("client", "Nagy").await;
        let (two, three) = (installer("0.2.0"), installer("0.3.0"));
        releases.add("0.2.0", &two);
        releases.add("0.3.0", &three);
        let state = client.update_state().await.unwrap();
        let file = releases.path("files").join(&state.update().unwrap().file.name);
        let folder = house.client_folder("updates");

        house.fault("cut_midway", "GET", "/release/files").await;
        assert!(matches!(refused(&client, &folder).await, ReleaseError::Broken(_)));
        std::fs::write(&file, &three[..three.len() / 2]).unwrap();
        assert!(matches!(refused(&client, &folder).await, ReleaseError::Size { .. }));
        std::fs::write(&file, [&three[..], b"x"].concat()).unwrap();
        assert!(matches!(refused(&client, &folder).await, ReleaseError::Size { .. }));
        let mut other = three.clone();
        *other.last_mut().unwrap() ^= 1;
        std::fs::write(&file, &other).unwrap();
        assert_eq!(refused(&client, &folder).await, ReleaseError::Hash);
        // The file of the release before under this manifest: the two are of one length.
        assert_eq!(two.len(), three.len());
        std::fs::write(&file, &two).unwrap();
        assert_eq!(refused(&client, &folder).await, ReleaseError::Hash);
        std::fs::remove_file(&file).unwrap();
        let gone = fetch(&client, &folder).await.unwrap_err();
        assert_eq!(gone.code(), "release-unknown");
        std::fs::write(&file, &three).unwrap();
        assert_eq!(std::fs::read(fetch(&client, &folder).await.unwrap().path()).unwrap(), three);
    });
}

#[test]
fn even_the_right_key_cannot_make_the_program_do_everything() {
    run(async {
        let house = House::start("kh").await;
        let releases = Releases(&house);
        let client = house.client("client", "Nagy").await;
        let right = releases.manifest(1, "0.2.0", "kapocs.exe", b"two");
        let target = client::update::TARGET;
        let mut serial = 1;
        let mut hand_out = |change: &dyn Fn(&mut serde_json::Value)| {
            let mut manifest = right.clone();
            manifest["serial"] = serial.into();
            change(&mut manifest);
            releases.sign(serial, &manifest.to_string());
            serial += 1;
        };
        for name in ["../kapocs.exe", "/tmp/kapocs.exe", "..", ".bashrc", "a\\b.exe", "NUL", ""] {
            hand_out(&|m: &mut serde_json::Value| m["files"][target]["name"] = name.into());
            assert!(matches!(trouble(&client).await, ReleaseError::Form(_)), "{name}");
        }
        hand_out(&|m: &mut serde_json::Value| m["kind"] = "kapocs-package".into());
        assert!(matches!(trouble(&client).await, ReleaseError::Form(_)));
        hand_out(&|m: &mut serde_json::Value| m["version"] = "newest".into());
        assert!(matches!(trouble(&client).await, ReleaseError::Form(_)));
        hand_out(&|m: &mut serde_json::Value| m["files"] = serde_json::json!({}));
        assert_eq!(trouble(&client).await, ReleaseError::NoFile);
        // Never back to an older version, whatever its serial.
        hand_out(&|m: &mut serde_json::Value| m["version"] = "0.0.9".into());
        assert_eq!(client.update_state().await.unwrap(), UpdateState::Newest { doubt: None });
        // The server alone, which anybody may hold, brings nothing that is not signed.
        releases.demand("0.1.0", Some("0.9.0")).await;
        assert!(matches!(trouble(&client).await, ReleaseError::Behind { .. }));
        releases.demand("0.1.0", None).await;
        hand_out(&|_: &mut serde_json::Value| {});
        assert!(client.update_state().await.unwrap().update().is_some());
    });
}

#[test]
fn a_program_that_is_too_old_does_no_banking_and_keeps_its_data() {
    run(async {
        let house = House::start("kh").await;
        let releases = Releases(&house);
        let client = house.logged_in("client", "Nagy").await;
        let package = record(&client, draft(house.account(0), 1_000)).await;
        let _ = sign(&client, package).await;
        let peter = harness::person::Person::of(&house, "Nagy");
        let session = peter.log_in().await.unwrap();
        let bank = HttpBank::new(&connection(&house)).unwrap();
        let customer = session.customers[0].customer.id.clone();

        releases.demand("9.0.0", None).await;
        // The bank refuses by itself: sessions that are open, new ones, everything but what an old program needs.
        let outdated = |answer: Result<(), CallError>| match answer {
            Err(CallError::Refused(problem)) => assert_eq!(problem.code, ProblemCode::ClientOutdated),
            other => panic!("{other:?}"),
        };
        outdated(bank.accounts(&session.token, &customer).await.map(drop));
        outdated(bank.messages(&session.token, &customer, None).await.map(drop));
        outdated(bank.events(&session.token).await.map(drop));
        let user: UserId = peter.user.clone();
        outdated(bank.challenge(&user).await.map(drop));
        assert_eq!(bank.info().await.unwrap().client.minimum, "9.0.0");
        assert!(bank.release().await.unwrap().is_none());
        assert!(bank.logout(&session.token).await.is_ok());

        // The client notices, ends its session and asks for no PIN.
        let failed = client.sync().await.unwrap_err();
        assert_eq!(failed.code(), "client-outdated");
        assert_eq!(*client.connection().borrow(), Connection::LoggedOut);
        let state = client.update_state().await.unwrap();
        assert!(state.is_too_old() && state.update().is_none());
        assert_eq!(client.outdated().as_deref(), Some("9.0.0"));
        let login = client.log_in(Pin::new("000000"), false).await.unwrap_err();
        assert!(matches!(&login, ClientError::Outdated { minimum } if minimum == "9.0.0"));
        assert_eq!(login.code(), "client-outdated");
        assert!(matches!(client.send_one(package).await, Err(ClientError::NotLoggedIn)));

        // Without the bank it is still known; and everything can be read and written to files.
        house.keep_failing("cut_connection", "GET", "/info").await;
        assert!(client.update_state().await.unwrap().is_too_old());
        house.clear_faults().await;
        assert_eq!(client.package(package).await.unwrap().state, PackageState::Signed);
        let out = house.client_folder("orders.xml");
        let _ = client.export_package(package, ExportFormat::Pain001, out.clone()).await.unwrap();
        assert!(out.exists());

        // The demand is taken back.
        releases.demand("0.1.0", None).await;
        let _ = client.log_in(Pin::new(PIN), false).await.unwrap();
        assert_eq!(client.outdated(), None);
    });
}

#[test]
fn an_administrator_can_switch_updates_off_but_not_the_banks_demand() {
    run(async {
        let house = House::start("kh").await;
        let releases = Releases(&house);
        releases.add("0.2.0", b"two");
        let options = Options { data: house.client_folder("client"), token: TokenConfig::None };
        let policy = Policy { updates: false, ..Policy::default() };
        let client = Client::open_under(options, Ok(policy)).unwrap();
        let _ = client.connect(&house.connection_file()).await.unwrap();
        let state = client.update_state().await.unwrap();
        assert!(matches!(&state, UpdateState::Newer { version, .. } if version == "0.2.0"));
        assert_eq!((state.trouble(), state.update()), (Some(&ReleaseError::Off), None));
        releases.demand("0.2.0", None).await;
        assert!(client.update_state().await.unwrap().is_too_old());
    });
}

#[test]
fn the_command_line_tells_by_its_exit_code_and_brings_the_file() {
    let runtime = runtime();
    let house = runtime.block_on(House::start("kh"));
    let releases = Releases(&house);
    let cli = Cli { house: &house, data: house.client_folder("cli"), user: "Nagy" };
    let file = house.connection_file();
    let _ = answer(&cli.run(&["connect", file.to_str().unwrap()]));

    let newest = answer(&cli.run(&["update", "check"]));
    assert_eq!((newest["state"].as_str(), newest["own"].as_str()), (Some("newest"), Some(OWN)));
    let nothing = cli.run(&["update", "download", "--to", "."]);
    assert_eq!((code(&nothing), error(&nothing)["code"].as_str()), (10, Some("release-unknown")));

    releases.add("0.2.0", b"two");
    let newer = cli.run(&["update", "check"]);
    assert_eq!(code(&newer), 8);
    let told: serde_json::Value = serde_json::from_slice(&newer.stdout).unwrap();
    assert_eq!((told["version"].as_str(), told["update"]["serial"].as_u64()), (Some("0.2.0"), Some(1)));
    let folder = house.client_folder("here");
    let brought = answer(&cli.run(&["update", "download", "--to", folder.to_str().unwrap()]));
    assert_eq!(std::fs::read(brought["path"].as_str().unwrap()).unwrap(), b"two");

    runtime.block_on(releases.demand("0.2.0", None));
    assert_eq!(code(&cli.run(&["update", "check"])), 9);
    let login = cli.run(&["sync"]);
    assert_eq!((code(&login), error(&login)["code"].as_str()), (9, Some("client-outdated")));
    runtime.block_on(releases.demand("0.1.0", None));
    std::fs::write(releases.path("1/manifest.json"), "{}").unwrap();
    assert_eq!(code(&cli.run(&["update", "check"])), 10);
}
