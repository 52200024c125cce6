//! `import` as scripts meet it: what is wrong with a file stands first, and only the switch that names it takes the file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../client/tests/fixture/mod.rs"]
mod fixture;

use std::path::PathBuf;
use std::process::{Command, Output};

use fixture::{OWN, Office, account};
use serde_json::Value;

/// Two orders of 71 120 forints, and what the file says of them in its header and in its only group.
fn pain(header: &str, group: &str) -> String {
    let order = |amount: &str| {
        format!(
            "<CdtTrfTxInf><Amt><InstdAmt Ccy=\"HUF\">{amount}</InstdAmt></Amt><Cdtr><Nm>Alfa Kft.</Nm></Cdtr>\
             <CdtrAcct><Id><Othr><Id>{}</Id></Othr></Id></CdtrAcct></CdtTrfTxInf>\n",
            account(1).digits()
        )
    };
    format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.03\"><CstmrCdtTrfInitn><GrpHdr>\
         <NbOfTxs>2</NbOfTxs><CtrlSum>{header}</CtrlSum></GrpHdr><PmtInf><PmtMtd>TRF</PmtMtd>\
         <CtrlSum>{group}</CtrlSum><DbtrAcct><Id><Othr><Id>{OWN}</Id></Othr></Id></DbtrAcct>\n{}{}\
         </PmtInf></CstmrCdtTrfInitn></Document>\n",
        order("58420"),
        order("12700")
    )
}

struct Desk {
    office: Office,
    file: PathBuf,
}

impl Desk {
    fn with(contents: impl AsRef<[u8]>) -> Self {
        let office = Office::new();
        let file = office.path().join("utalasok.xml");
        std::fs::write(&file, contents).unwrap();
        Self { office, file }
    }

    fn run(&self, before: &[&str], command: &[&str], switches: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_kapocs-cli"))
            .args(before)
            .arg("--data")
            .arg(self.office.path())
            .args(command)
            .arg(&self.file)
            .args(switches)
            .output()
            .expect("kapocs-cli runs")
    }

    fn json(&self, command: &[&str], switches: &[&str]) -> (Option<i32>, Value) {
        let output = self.run(&["--json", "--lang", "en"], command, switches);
        let value = serde_json::from_slice(&output.stdout);
        (
            output.status.code(),
            value.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr))),
        )
    }

    fn text(&self, language: &str, command: &[&str]) -> String {
        let output = self.run(&["--lang", language], command, &[]);
        String::from_utf8(output.stdout).unwrap().replace('\u{a0}', " ")
    }
}

#[test]
fn other_totals_stand_first_with_both_figures() {
    for (header, group, words) in [
        ("99999", "71120", "A fájl fejléce 99 999 végösszeget"),
        ("71120", "71119", "A fájl 1. csoportja (PmtInf) 71 119 összeget"),
    ] {
        let desk = Desk::with(pain(header, group));
        let text = desk.text("hu", &["import"]);
        let first = text.lines().next().unwrap().replace(['\u{2068}', '\u{2069}', '\u{202f}'], "");
        assert!(first.starts_with(words) && first.contains("71 120"), "{text}");
        assert!(text.contains("--despite-totals"), "{text}");
    }
}

#[test]
fn other_totals_are_taken_only_by_the_switch_that_names_them() {
    let desk = Desk::with(pain("99999", "71120"));
    for switches in [&[][..], &["--only-good"]] {
        let (code, value) = desk.json(&["import"], switches);
        assert_eq!((code, &value["refused"]["code"]), (Some(3), &Value::from("import-totals-differ")));
        assert!(value["taken"].is_null());
        assert_eq!(value["consistent"], false);
        let sum = &value["totals"][1];
        assert_eq!((&sum["of"], &sum["kept"]), (&Value::from("sum"), &Value::from(false)));
        assert_eq!((&sum["declared"], &sum["found"]), (&Value::from("99999"), &Value::from("71120")));
    }
    let (code, value) = desk.json(&["import"], &["--despite-totals"]);
    assert_eq!((code, &value["taken"]["orders"]), (Some(0), &Value::from(2)));
}

#[test]
fn a_file_that_ends_in_the_middle_is_taken_by_no_switch() {
    let whole = pain("71120", "71120");
    let desk = Desk::with(&whole[..whole.rfind("<CdtTrfTxInf>").unwrap() + 40]);
    for switches in [&[][..], &["--only-good"], &["--only-good", "--despite-totals"]] {
        let (code, value) = desk.json(&["import"], switches);
        assert_eq!((code, &value["refused"]["code"]), (Some(3), &Value::from("import-incomplete")));
        assert_eq!((&value["complete"], &value["good"]), (&Value::from(false), &Value::from(1)));
        assert!(value["taken"].is_null());
    }
}

#[test]
fn a_table_says_in_which_encoding_it_was_read() {
    // "Pék Kft." and "Szűcs Bt." in windows-1250, with no-break spaces among the digits.
    let table = b"Partner;IBAN\r\nP\xe9k Kft.;11773016\xa011111018\r\nSz\xfbcs Bt.;10402142\xa000000103\r\n";
    let desk = Desk::with(table);
    let (code, value) = desk.json(&["partners", "import"], &[]);
    assert_eq!(code, Some(0));
    assert_eq!(
        (&value["encoding"], &value["encoding_doubtful"]),
        (&Value::from("windows-1250"), &Value::from(false))
    );
    assert_eq!(value["partners"]["new"][0]["short_name"], "Pék Kft.");
    let text = desk.text("hu", &["partners", "import"]);
    assert!(text.lines().next().unwrap().contains("Pék, Szűcs"), "{text}");
    // One letter that two encodings have in common tells nothing.
    let doubtful = Desk::with(b"Partner;IBAN\r\nSz\xfbcs Bt.;11773016-11111018\r\n");
    assert_eq!(doubtful.json(&["partners", "import"], &[]).1["encoding_doubtful"], true);
}
