//! Files of orders into a store: what is wrong with a file as a whole is never taken by a choice that means its rows.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests stop at the first surprise

mod fixture;

use client::{Client, ClientError, ImportChoice, ImportError, PackageFilter, Page, Preview, texts};
use domain::{Explain, Money};
use fixture::{OWN, Office, account};

/// A pain.001 of these amounts that declares two orders and this sum in its header, and this one in its only group.
fn pain(header: &str, group: &str, amounts: &[&str]) -> String {
    let order = |amount: &&str| {
        format!(
            "<CdtTrfTxInf><Amt><InstdAmt Ccy=\"HUF\">{amount}</InstdAmt></Amt><Cdtr><Nm>Alfa Kft.</Nm></Cdtr>\
             <CdtrAcct><Id><Othr><Id>{}</Id></Othr></Id></CdtrAcct></CdtTrfTxInf>\n",
            account(1).digits()
        )
    };
    let orders: String = amounts.iter().map(order).collect();
    format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.03\"><CstmrCdtTrfInitn><GrpHdr>\
         <NbOfTxs>{}</NbOfTxs><CtrlSum>{header}</CtrlSum></GrpHdr><PmtInf><PmtMtd>TRF</PmtMtd>\
         <CtrlSum>{group}</CtrlSum><DbtrAcct><Id><Othr><Id>{OWN}</Id></Othr></Id></DbtrAcct>\n\
         {orders}</PmtInf></CstmrCdtTrfInitn></Document>\n",
        amounts.len()
    )
}

async fn previewed(client: &Client, office: &Office, contents: &str) -> Preview {
    let path = office.path().join("utalasok.xml");
    std::fs::write(&path, contents).unwrap();
    client.preview_import(path).await.unwrap()
}

async fn refused(client: &Client, preview: &Preview, choice: ImportChoice) -> ImportError {
    let error = client.take_import(preview, choice).await.unwrap_err();
    let ClientError::Import(error) = error else { panic!("{error}") };
    let stored = client.packages(PackageFilter::Prepared, String::new(), Page::ALL).await.unwrap();
    assert!(stored.is_empty(), "nothing is half imported");
    error
}

const CHOICES: [ImportChoice; 4] = [
    ImportChoice::All,
    ImportChoice::OnlyGood,
    ImportChoice::AllDespiteTotals,
    ImportChoice::OnlyGoodDespiteTotals,
];

#[tokio::test]
async fn a_file_that_ends_in_the_middle_is_taken_by_no_choice() {
    let office = Office::new();
    let client = office.open();
    let whole = pain("300001", "300001", &["100000", "100001", "100000"]);
    let cut = &whole[..whole.rfind("<CdtTrfTxInf>").unwrap() + 40];
    let preview = previewed(&client, &office, cut).await;
    assert_eq!((preview.good, preview.bad, preview.is_clean()), (2, 0, false));
    assert_eq!(preview.least_choice(), None);
    for choice in CHOICES {
        assert_eq!(refused(&client, &preview, choice).await, ImportError::Incomplete);
    }
    assert_ne!(texts::explain(&ImportError::Incomplete), ImportError::Incomplete.code());
}

#[tokio::test]
async fn other_totals_are_accepted_only_by_a_choice_that_names_them() {
    let office = Office::new();
    let client = office.open();
    for (header, group, code) in
        [("99999", "71120", "import-sum-broken"), ("71120", "71119", "import-group-sum-broken")]
    {
        let preview = previewed(&client, &office, &pain(header, group, &["58420", "12700"])).await;
        let broken: Vec<_> = preview.end.as_ref().unwrap().broken().map(Explain::code).collect();
        assert_eq!(broken, [code]);
        for choice in [ImportChoice::All, ImportChoice::OnlyGood] {
            assert_eq!(refused(&client, &preview, choice).await, ImportError::TotalsDiffer);
        }
        assert_eq!(preview.least_choice(), Some(ImportChoice::AllDespiteTotals));
    }
    let preview = previewed(&client, &office, &pain("99999", "99999", &["58420", "12700"])).await;
    let report = client.take_import(&preview, ImportChoice::AllDespiteTotals).await.unwrap();
    assert_eq!((report.orders, report.total), (2, Money::huf(71_120)));
}

#[tokio::test]
async fn bad_rows_and_other_totals_are_two_things_to_accept() {
    let office = Office::new();
    let client = office.open();
    let preview = previewed(&client, &office, &pain("99999", "71120", &["58420", "12700", "0"])).await;
    assert_eq!((preview.good, preview.bad), (2, 1));
    for (choice, obstacle) in [
        (ImportChoice::All, ImportError::TotalsDiffer),
        (ImportChoice::OnlyGood, ImportError::TotalsDiffer),
        (ImportChoice::AllDespiteTotals, ImportError::NotClean),
    ] {
        assert_eq!(refused(&client, &preview, choice).await, obstacle);
    }
    assert_eq!(preview.least_choice(), Some(ImportChoice::OnlyGoodDespiteTotals));
    let report = client.take_import(&preview, ImportChoice::OnlyGoodDespiteTotals).await.unwrap();
    assert_eq!((report.orders, report.left_behind), (2, 1));
}
