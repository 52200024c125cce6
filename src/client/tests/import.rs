//! Files of orders into a store: what is wrong with a file as a whole is never taken by a choice that means its rows.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests stop at the first surprise

mod fixture;

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Utc};
use client::{
    AttentionKind, AuditEvent, Client, ClientError, Deed, ImportChoice, ImportError, PackageFilter, Page,
    Preview,
};
use client::{PackageChoice, SheetBody, texts};
use domain::{Calendar, Explain, FieldProblem, Money, OrderDraft, OrderType, key};
use fixture::{BANK, OWN, Office, account};
use protocol::ServerInfo;
use store::bank::SnapshotKind;

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

#[tokio::test]
async fn the_same_file_is_taken_twice_only_on_purpose() {
    let office = Office::new();
    let client = office.open();
    let file = pain("71120", "71120", &["58420", "12700"]);
    let preview = previewed(&client, &office, &file).await;
    assert!(preview.earlier.is_none() && preview.is_clean());
    let first = client.take_import(&preview, ImportChoice::All).await.unwrap();
    // A preview that was made before the other one was taken does not slip through.
    let late = client.take_import(&preview, ImportChoice::All).await;
    assert!(matches!(late, Err(ClientError::Import(ImportError::TakenBefore))), "{late:?}");

    let same = previewed(&client, &office, &file).await;
    let earlier = same.earlier.clone().unwrap();
    assert_eq!((earlier.file.as_str(), earlier.same_bytes), ("utalasok.xml", true));
    assert!(!same.is_clean() && same.least_choice().is_none());
    assert_eq!(same.obstacle(ImportChoice::All), Some(ImportError::TakenBefore));
    // The bookkeeping program writes it anew: other bytes, another order of rows, the same payments.
    let anew = previewed(&client, &office, &pain("71120", "71120", &["12700", "58420"])).await;
    assert_eq!(anew.earlier.as_ref().map(|earlier| earlier.same_bytes), Some(false));
    let other = previewed(&client, &office, &pain("71121", "71121", &["12701", "58420"])).await;
    assert_eq!(other.earlier, None);

    let same = previewed(&client, &office, &file).await;
    let second = client.take_import(&same.again(), ImportChoice::All).await.unwrap();
    let sheet = client.signing_sheet(second.packages[0]).await.unwrap();
    let SheetBody::Payments(payments) = sheet.body else { panic!("payments") };
    let doubles = payments.attention.iter().filter(
        |item| matches!(&item.kind, AttentionKind::AlsoPrepared { package } if package == "utalasok"),
    );
    assert_eq!(doubles.count(), 2, "{:?}", payments.attention);

    // What was thrown away will not be paid.
    for package in first.packages.into_iter().chain(second.packages) {
        client.delete_package(package).await.unwrap();
    }
    assert_eq!(previewed(&client, &office, &file).await.earlier, None);
}

#[tokio::test]
async fn a_file_whose_package_was_split_is_known_all_the_same() {
    let office = Office::new();
    let client = office.open();
    let file = pain("71120", "71120", &["58420", "12700"]);
    let preview = previewed(&client, &office, &file).await;
    let imported = client.take_import(&preview, ImportChoice::All).await.unwrap().packages[0];
    let parts = client.split_package(imported).await.unwrap();
    assert_eq!(parts.len(), 2);
    let same = previewed(&client, &office, &file).await;
    assert_eq!(same.obstacle(ImportChoice::All), Some(ImportError::TakenBefore));
    let anew = previewed(&client, &office, &pain("71120", "71120", &["12700", "58420"])).await;
    assert_eq!(anew.obstacle(ImportChoice::All), Some(ImportError::TakenBefore));
    // One of its payments is here yet; without any the file would be the first one again.
    client.delete_package(parts[0]).await.unwrap();
    assert!(previewed(&client, &office, &file).await.earlier.is_some());
    client.delete_package(parts[1]).await.unwrap();
    assert_eq!(previewed(&client, &office, &file).await.earlier, None);
}

#[tokio::test]
async fn a_file_whose_orders_were_moved_to_other_packages_is_known_all_the_same() {
    let office = Office::new();
    let client = office.open();
    let file = pain("58420", "58420", &["58420"]);
    let preview = previewed(&client, &office, &file).await;
    let imported = client.take_import(&preview, ImportChoice::All).await.unwrap().packages[0];
    let order = client.package(imported).await.unwrap().orders[0].order.id();
    let draft = client.order_draft(order).await.unwrap();
    let moved = client.save_order(draft.clone(), PackageChoice::New, Some(order)).await.unwrap().package;
    assert_ne!(moved, imported);
    let same = previewed(&client, &office, &file).await;
    assert_eq!(same.obstacle(ImportChoice::All), Some(ImportError::TakenBefore));
    let again = client.save_order(draft, PackageChoice::New, Some(order)).await.unwrap().package;
    assert!(previewed(&client, &office, &file).await.earlier.is_some(), "moved twice");
    client.delete_package(again).await.unwrap();
    assert_eq!(previewed(&client, &office, &file).await.earlier, None);
}

#[tokio::test]
async fn the_payments_of_last_month_are_no_double_but_its_file_is() {
    let office = Office::new();
    let client = office.open();
    let file = pain("71120", "71120", &["58420", "12700"]);
    let preview = previewed(&client, &office, &file).await;
    let now = client.take_import(&preview, ImportChoice::All).await.unwrap().packages[0];
    client.delete_package(now).await.unwrap();
    let story = office.behind(|of| store::audit::about(of, &now.to_string(), Page::ALL).unwrap());
    let taken = story.into_iter().find(|entry| matches!(entry.event.deed, Deed::Imported { .. }));
    drop(client);
    let before = office.package("Bérek", &[("Alfa Kft.", 1, 58_420)]);
    let client = office.open();
    for (days, known) in [(26, false), (24, true)] {
        let event = AuditEvent {
            at: client.now() - TimeDelta::days(days),
            subject: Some(before.to_string()),
            ..taken.clone().unwrap().event
        };
        let _ = office.behind(|of| store::audit::append(of, &event).unwrap());
        let same = previewed(&client, &office, &file).await;
        assert_eq!(same.earlier.map(|earlier| earlier.same_bytes), Some(true));
        let anew = previewed(&client, &office, &pain("71120", "71120", &["12700", "58420"])).await;
        assert_eq!(anew.earlier.is_some(), known, "{days} days");
    }
}

#[tokio::test]
async fn an_order_joins_no_imported_package_by_itself() {
    let office = Office::new();
    let client = office.open();
    let preview = previewed(&client, &office, &pain("71120", "71120", &["58420", "12700"])).await;
    let imported = client.take_import(&preview, ImportChoice::All).await.unwrap().packages[0];
    let draft = |sum: &str| {
        OrderDraft::new(OrderType::Hct)
            .with(key::DEBIT_ACCOUNT, OWN)
            .with(key::BENEFICIARY_NAME, "Őrségi Faipari Zrt.")
            .with(key::TARGET, account(2).to_string())
            .with(key::AMOUNT, sum)
    };
    let first = client.save_order(draft("1000"), PackageChoice::Auto, None).await.unwrap();
    assert_ne!(first.package, imported);
    // The imported one is touched again, so that it is the latest.
    client.rename_package(imported, "Bérek".to_owned()).await.unwrap();
    let second = client.save_order(draft("2000"), PackageChoice::Auto, None).await.unwrap();
    assert_eq!((second.package, second.orders), (first.package, 2));
    let asked = client.save_order(draft("3000"), PackageChoice::Into(imported), None).await.unwrap();
    assert_eq!((asked.package, asked.orders), (imported, 3));
}

/// An Electra file of one order that wants to be sent on a day.
fn electra(day: NaiveDate, target: u32) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<HUFTransactions><ScheduledDate>{day}</ScheduledDate>\
         <Transaction><Originator><Account><AccountNumber>{OWN}</AccountNumber></Account></Originator>\
         <Beneficiary><Name>Alfa Kft.</Name><Account><AccountNumber>{}</AccountNumber></Account></Beneficiary>\
         <Amount Currency=\"HUF\">{}</Amount></Transaction></HUFTransactions>\n",
        account(target),
        1000 + target
    )
}

#[tokio::test]
async fn the_day_on_which_a_file_wants_to_be_sent_is_planned() {
    let office = Office::new();
    let client = office.open();
    let rules = client.rules().await.unwrap();
    let (soon, past) = (rules.calendar.next_banking_day(rules.today()), rules.today() - Days::new(7));
    for (target, day, planned) in [(1, soon, Some(soon)), (2, past, None)] {
        let preview = previewed(&client, &office, &electra(day, target)).await;
        assert_eq!((preview.good, preview.scheduled), (1, planned), "{:?}", preview.end);
        let taken = client.take_import(&preview, ImportChoice::All).await.unwrap();
        assert_eq!(client.package(taken.packages[0]).await.unwrap().header.scheduled, planned);
    }
}

/// A day of a year that the calendar was not made for, whenever this test runs.
fn after_the_exact_years(calendar: &Calendar, today: NaiveDate) -> NaiveDate {
    let last = calendar.years.last().copied().unwrap().max(today.year());
    NaiveDate::from_ymd_opt(last + 1, 1, 4).unwrap()
}

/// A bank that tells its holidays of every year has a calendar without an end.
#[tokio::test]
async fn a_package_is_planned_for_a_year_after_the_exact_calendar() {
    let office = Office::new();
    let id = office.package("Kicsi", &[("Őrségi Kft.", 1, 1000)]);
    let client = office.open();
    let rules = client.rules().await.unwrap();
    let january = after_the_exact_years(&rules.calendar, rules.today());
    client.plan_package(id, Some(january)).await.unwrap();
    assert_eq!(client.package(id).await.unwrap().header.scheduled, Some(january));
}

#[tokio::test]
async fn a_day_beyond_the_calendar_of_a_bank_without_such_holidays_is_refused_with_words() {
    let office = Office::new();
    let id = office.package("Kicsi", &[("Őrségi Kft.", 1, 1000)]);
    let client = office.open();
    let rules = client.rules().await.unwrap();
    let (beyond, year) =
        (after_the_exact_years(&rules.calendar, rules.today()), *rules.calendar.years.last().unwrap());
    office.behind(|of| {
        let mut server =
            store::bank::snapshot_of::<ServerInfo>(of, SnapshotKind::Server).unwrap().unwrap().value;
        (server.calendar.yearly, server.calendar.easter) = (Vec::new(), Vec::new());
        store::bank::save_snapshot(of, BANK, SnapshotKind::Server, &server, Utc::now()).unwrap();
    });
    let refused = client.plan_package(id, Some(beyond)).await;
    let Err(ClientError::Fields(problems)) = refused else { panic!("{refused:?}") };
    assert_eq!(problems[0].problem, FieldProblem::BeyondCalendar { year });
    assert!(texts::explain(&problems[0]).contains(&year.to_string()));
}
