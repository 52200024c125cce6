//! Partners and templates from one seat to another, through files: the use cases and the command line.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use client::Deed;
use client::PARTNERS_FILE_NAME as FILE_NAME;
use client::Page;
use client::PartnerFormat;
use client::{
    Choices, Client, ClientError, Options, PartnerChoices, PartnerPreview, Resolution, TokenConfig,
};
use domain::Explain;
use domain::{Partner, Template};
use harness::house::{program, text};
use harness::master_data::{partner, template};
use harness::story::run;
use serde_json::Value;
use tempfile::TempDir;

/// A seat without a bank: partners need none.
fn seat(folder: &Path) -> Client {
    Client::open(Options { data: folder.to_owned(), token: TokenConfig::None }).unwrap()
}

async fn filled(folder: &Path, partners: u32, templates: u32) -> Client {
    let client = seat(folder);
    let (partners, templates) =
        ((0..partners).map(partner).collect(), (0..templates).map(template).collect());
    client.save_master_data(partners, templates).await.unwrap();
    client
}

async fn kept(client: &Client) -> (Vec<Partner>, Vec<Template>) {
    let (mut partners, _) = client.partners(String::new(), Page::ALL).await.unwrap();
    let mut templates = client.templates(String::new(), Page::ALL).await.unwrap();
    partners.sort_by_key(|p| p.id);
    templates.sort_by_key(|t| t.id);
    (partners, templates)
}

fn all(preview: &PartnerPreview) -> PartnerChoices {
    PartnerChoices {
        partners: Choices::all(&preview.partners, true, true),
        templates: Choices::all(&preview.templates, true, true),
    }
}

fn code(error: &ClientError) -> &'static str {
    error.code()
}

#[test]
fn everything_arrives_at_another_seat_and_both_logs_tell_of_it() {
    run(async {
        let folder = TempDir::new().unwrap();
        let from = filled(&folder.path().join("from"), 40, 6).await;
        let written =
            from.export_partners(folder.path().to_owned(), PartnerFormat::Dat, false).await.unwrap();
        assert_eq!(written.path, folder.path().join(FILE_NAME));
        assert_eq!((written.partners, written.templates), (40, 6));
        let into = seat(&folder.path().join("into"));
        let preview = into.preview_partners(written.path.clone()).await.unwrap();
        assert_eq!((preview.partners.new.len(), preview.templates.new.len()), (40, 6));
        let taken = into.take_partners(&preview, all(&preview)).await.unwrap();
        assert_eq!((taken.new_partners, taken.new_templates, taken.left), (40, 6, 0));
        assert_eq!(kept(&into).await, kept(&from).await);
        assert!(into.preview_partners(written.path).await.unwrap().is_settled());
        let told = async |client: &Client| client.audit(Page::ALL).await.unwrap()[0].event.clone();
        assert_eq!(told(&from).await.deed.name(), "partners-exported");
        let imported = told(&into).await.deed;
        assert!(matches!(imported, Deed::PartnersImported { new_partners: 40, .. }), "{imported:?}");
        assert!(into.check_audit().await.unwrap() > 0);
    });
}

#[test]
fn an_existing_file_is_replaced_only_on_demand_and_nothing_half_is_left() {
    run(async {
        let folder = TempDir::new().unwrap();
        let client = filled(&folder.path().join("data"), 3, 1).await;
        for (format, target) in [
            (PartnerFormat::Dat, folder.path().to_owned()),
            (PartnerFormat::Csv, folder.path().join("p.csv")),
            (PartnerFormat::Xlsx, folder.path().join("p.xlsx")),
            (PartnerFormat::Vcard, folder.path().join("p.vcf")),
        ] {
            let path = client.export_partners(target.clone(), format, false).await.unwrap().path;
            std::fs::write(&path, "somebody's own").unwrap();
            let refused = client.export_partners(target.clone(), format, false).await.unwrap_err();
            assert_eq!(code(&refused), "file-exists");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), "somebody's own");
            let _ = client.export_partners(target, format, true).await.unwrap();
            let preview = client.preview_partners(path).await.unwrap();
            assert_eq!((preview.format, preview.partners.same), (format, 3));
        }
        let lost = client.export_partners(folder.path().join("no/such"), PartnerFormat::Dat, false).await;
        assert_eq!(code(&lost.unwrap_err()), "file-error");
        let names: Vec<String> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert!(names.iter().all(|name| !name.ends_with(".part")), "{names:?}");
    });
}

#[test]
fn a_choice_is_taken_whole_or_not_at_all() {
    run(async {
        let folder = TempDir::new().unwrap();
        let from = filled(&folder.path().join("from"), 6, 2).await;
        let into = filled(&folder.path().join("into"), 3, 1).await;
        let mut changed = partner(0);
        changed.note = "itt más".to_owned();
        into.save_partner(changed.clone()).await.unwrap();
        // Somebody else has the account of partner 4.
        let mut thief = partner(4);
        thief.id = into.new_partner_id();
        thief.short_name = "Más Néven Kft.".parse().unwrap();
        into.save_partner(thief.clone()).await.unwrap();
        let path =
            from.export_partners(folder.path().to_owned(), PartnerFormat::Dat, false).await.unwrap().path;
        let preview = into.preview_partners(path.clone()).await.unwrap();
        assert_eq!(preview.partners.same, 2);
        assert_eq!(preview.partners.changed[0].existing, changed);
        assert_eq!(preview.partners.changed[0].incoming, partner(0));
        assert_eq!(preview.partners.conflicting[0].with, [thief]);
        assert_eq!(preview.partners.new, [partner(3), partner(5)]);

        // What changes here meanwhile spoils the preview, and nothing is taken.
        let before = kept(&into).await;
        let mut meanwhile = partner(1);
        meanwhile.note = "közben".to_owned();
        into.save_partner(meanwhile.clone()).await.unwrap();
        let refused = into.take_partners(&preview, all(&preview)).await.unwrap_err();
        assert_eq!(code(&refused), "partners-kept-changed");
        assert_eq!(kept(&into).await.0.len(), before.0.len());

        let preview = into.preview_partners(path).await.unwrap();
        let mut choices = PartnerChoices::default();
        assert_eq!(
            code(&into.take_partners(&preview, choices.clone()).await.unwrap_err()),
            "partners-nothing-chosen"
        );
        choices.partners.changed = [7].into();
        assert_eq!(
            code(&into.take_partners(&preview, choices.clone()).await.unwrap_err()),
            "partners-choice-impossible"
        );
        choices.partners.changed = [0].into();
        choices.partners.conflicting = [(0, Resolution::AsNew)].into();
        let taken = into.take_partners(&preview, choices).await.unwrap();
        assert_eq!((taken.new_partners, taken.changed_partners, taken.left), (1, 1, 4));
        assert_eq!(into.partner(partner(0).id).await.unwrap(), partner(0));
        assert_eq!(into.partner(partner(4).id).await.unwrap(), partner(4));
        assert_eq!(into.partner(partner(1).id).await.unwrap(), meanwhile);
    });
}

#[test]
fn a_file_damaged_anywhere_changes_nothing() {
    run(async {
        let folder = TempDir::new().unwrap();
        let from = filled(&folder.path().join("from"), 30, 4).await;
        let path =
            from.export_partners(folder.path().to_owned(), PartnerFormat::Dat, false).await.unwrap().path;
        let good = std::fs::read(&path).unwrap();
        let into = seat(&folder.path().join("into"));
        // 13 and the file's length share no factor worth speaking of, so every kind of line is met.
        for at in (0..good.len()).step_by(13) {
            let mut bad = good.clone();
            bad[at] ^= 0x04;
            std::fs::write(&path, &bad).unwrap();
            let Err(ClientError::Format(error)) = into.preview_partners(path.clone()).await else {
                panic!("byte {at} was taken");
            };
            assert!(error.line().is_some(), "byte {at}: {error}");
        }
        assert_eq!(kept(&into).await, (Vec::new(), Vec::new()));
    });
}

fn cli(data: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(program("kapocs-cli"));
    let _ = command.args(["--json", "--lang", "en", "--data"]).arg(data).args(arguments);
    command.stdin(Stdio::null()).output().unwrap()
}

fn json(output: &Output, exit: i32) -> Value {
    assert_eq!(output.status.code(), Some(exit), "{}", String::from_utf8_lossy(&output.stderr));
    let stream = if output.stdout.is_empty() { &output.stderr } else { &output.stdout };
    serde_json::from_slice(stream).unwrap()
}

#[test]
fn a_script_moves_partners_and_sees_what_would_happen_first() {
    let folder = TempDir::new().unwrap();
    let (from, into) = (folder.path().join("from"), folder.path().join("into"));
    run(async { drop(filled(&from, 12, 2).await) });
    let target = text(folder.path());
    let written = json(&cli(&from, &["partners", "export", target]), 0);
    assert_eq!((&written["partners"], &written["templates"]), (&12.into(), &2.into()));
    let file = PathBuf::from(written["path"].as_str().unwrap());
    let refused = json(&cli(&from, &["partners", "export", target]), 3);
    assert_eq!(refused["error"]["code"], "file-exists");
    let _ = json(&cli(&from, &["partners", "export", target, "--replace"]), 0);

    let dry = json(&cli(&into, &["partners", "import", text(&file)]), 0);
    assert_eq!(dry["partners"]["new"].as_array().unwrap().len(), 12);
    assert!(dry["taken"].is_null());
    let taken = json(&cli(&into, &["partners", "import", text(&file), "--take", "new,changed"]), 0);
    assert_eq!((&taken["taken"]["new_partners"], &taken["taken"]["new_templates"]), (&12.into(), &2.into()));
    let listed = json(&cli(&into, &["partners", "list", "faipari"]), 0);
    assert_eq!(listed["total"], 2);

    let table = folder.path().join("p.csv");
    std::fs::write(&table, "név;számlaszám\nRossz;123\n").unwrap();
    let bad = json(&cli(&into, &["partners", "import", text(&table)]), 3);
    assert_eq!((&bad["refused"][0]["line"], &bad["refused"][0]["column"]), (&2.into(), &"accounts".into()));
    std::fs::write(&file, "KAPOCS-PARTNERS\t9\n").unwrap();
    let newer = json(&cli(&into, &["partners", "import", text(&file), "--take", "new"]), 3);
    assert_eq!(newer["error"]["code"], "format-unknown-version");
}

#[test]
fn seeds_of_the_fuzz_targets_are_valid() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds");
    let seed = |name: &str| std::fs::read(seeds.join(name)).unwrap();
    assert_eq!(
        formats::partners_dat::read(seed("partners_dat/small.dat").as_slice()).unwrap().partners.len(),
        3
    );
    for name in ["partners_table/small.csv", "partners_table/small.vcf"] {
        assert_eq!(formats::partners::read(&seed(name)).unwrap().1.partners.len(), 3, "{name}");
    }
    assert!(protocol::RenewalDocument::parse(&seed("renewal_document/small.txt")).is_ok());
    assert!(signature::CertificateRequest::from_der(&seed("certificate_request/p256.der")).is_ok());
}
