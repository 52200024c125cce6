//! The main job, end to end: a client with its store, a token, and the reference bank over TLS.

use client::ImportError;
use std::collections::BTreeSet;

use client::{ClientError, ImportChoice, Pacing, PackageChoice, Pin, TokenConfig, TokenError};
use domain::routing::Route;
use domain::submission::SubmissionState;
use domain::{Explain, Money, PackageState, key};
use harness::house::{House, PIN, available, draft, payee, reaches, record, sign};
use harness::pcscd::{Pcscd, isolated};
use harness::story::{FINAL, card_of, run};
use serde_json::json;

#[test]
fn an_instant_order_signed_by_card_is_executed_and_booked() {
    isolated("an_instant_order_signed_by_card_is_executed_and_booked", || {
        run(async {
            let house = House::start("kh").await;
            let service = Pcscd::start().unwrap();
            let _card = card_of(&house, "Kovács", &service);
            let client = house.client_with("client", TokenConfig::Pcsc { reader: None }).await;
            client.token_status().wait_for(|s| s.info().is_some()).await.unwrap();
            let _ = client.log_in(Pin::new(PIN), false).await.unwrap();
            client.sync().await.unwrap();
            let before = available(&client, house.account(0)).await;

            let order = (draft(house.account(0), 1_250_000)).with_tick(key::INSTANT, true);
            let check = client.check_order(order.clone(), PackageChoice::New, None).await.unwrap();
            assert_eq!(check.decision.unwrap().route, Route::Instant);
            let package = record(&client, order).await;
            assert_eq!(sign(&client, package).await, PackageState::Signed);
            assert_eq!(client.send_one(package).await.unwrap(), SubmissionState::Received);
            assert_eq!(reaches(&client, package, &FINAL).await, PackageState::Completed);

            let after = available(&client, house.account(0)).await;
            assert_eq!(before.checked_sub(after).unwrap(), Money::huf(1_250_000));
            let seen = house.inspect(package).await;
            assert_eq!(
                (&seen["executed"], &seen["bookings"], &seen["receipts"]),
                (&json!(1), &json!(1), &json!(1))
            );
            assert!(house.ledger_is_balanced().await);
            let detail = client.sent_package(package).await.unwrap();
            assert!(detail.receipt.is_some());
            let told = detail.timeline.iter().filter(|entry| entry.code == "timeline-received").count();
            assert_eq!(told, 1, "the story tells the receipt once, whoever heard of it first");
        });
    });
}

#[test]
fn an_uncovered_instant_order_is_refused_and_can_be_sent_again() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("client", "Kovács").await;
        let account = house.account(1);
        let have = available(&client, account).await;
        house.fund(account, Money::huf(1_000).checked_sub(have).unwrap()).await;

        let package = record(&client, (draft(account, 400_000)).with_tick(key::INSTANT, true)).await;
        let _ = sign(&client, package).await;
        assert_eq!(client.send_one(package).await.unwrap(), SubmissionState::Received);
        assert_eq!(reaches(&client, package, &FINAL).await, PackageState::Rejected);
        let detail = client.sent_package(package).await.unwrap();
        let status = detail.orders[0].status.as_ref().unwrap();
        assert_eq!(status.reason.as_deref(), Some("reject-no-cover"));

        house.fund(account, Money::huf(1_000_000)).await;
        let again = client.record_rejected_again(package).await.unwrap();
        assert_ne!(again, package);
        let _ = sign(&client, again).await;
        assert_eq!(client.send_one(again).await.unwrap(), SubmissionState::Received);
        assert_eq!(reaches(&client, again, &FINAL).await, PackageState::Completed);
        assert_eq!(house.inspect(package).await["executed"], json!(0));
    });
}

#[test]
fn two_signers_sign_one_package() {
    run(async {
        let house = House::start("kh").await;
        let anna = house.logged_in("client", "Kovács").await;
        let package = record(&anna, draft(house.account(0), 6_000_000)).await;
        assert_eq!(sign(&anna, package).await, PackageState::PartlySigned);
        assert!(matches!(anna.send_one(package).await, Err(ClientError::Package(_))));
        let sheet = anna.signing_sheet(package).await.unwrap();
        let twice = anna.sign(package, sheet.head.fingerprint, Pin::new(PIN), false).await;
        assert!(matches!(twice, Err(ClientError::SignedAlready)));
        anna.log_out().await;
        drop(anna);

        // The same workstation, another token.
        let peter = house.reopened("client", "Nagy").await;
        let sheet = peter.signing_sheet(package).await.unwrap();
        assert_eq!((sheet.head.signature_number, sheet.head.signatures_needed), (2, 2));
        assert_eq!(sign(&peter, package).await, PackageState::Signed);
        assert_eq!(peter.send_one(package).await.unwrap(), SubmissionState::Received);
        assert_eq!(reaches(&peter, package, &FINAL).await, PackageState::Completed);
        let signers: BTreeSet<String> =
            peter.sent_package(package).await.unwrap().signatures.into_iter().map(|s| s.name).collect();
        assert_eq!(signers.len(), 2);
    });
}

#[test]
fn a_kdb_package_of_two_goes_intraday_and_the_client_said_so() {
    run(async {
        // Monday morning: banks are open.
        let house = House::start_at("kdb", Some("2026-11-23T08:00:00Z")).await;
        let client = house.logged_in("client", "Kovács").await;
        let first =
            client.save_order(draft(house.account(0), 100_000), PackageChoice::New, None).await.unwrap();
        let into = PackageChoice::Into(first.package);
        let second = draft(house.account(0), 200_000);
        let check = client.check_order(second.clone(), into, None).await.unwrap();
        let said = check.decision.unwrap();
        assert_eq!(said.route, Route::Intraday);
        assert_eq!(said.reasons[0].code(), "reason-batch-never-instant");
        assert_eq!(check.alone.unwrap().route, Route::Instant);
        let _ = client.save_order(second, into, None).await.unwrap();
        let detail = client.package(first.package).await.unwrap();
        assert_eq!(detail.faster_alone, 2);

        let _ = sign(&client, first.package).await;
        assert_eq!(client.send_one(first.package).await.unwrap(), SubmissionState::Received);
        tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
        house.advance(2 * 3600).await;
        // Two hours without a word end the session.
        let _ = client.log_in(Pin::new(PIN), false).await.unwrap();
        assert_eq!(reaches(&client, first.package, &FINAL).await, PackageState::Completed);
        let sent = client.sent_package(first.package).await.unwrap();
        let routes: BTreeSet<_> =
            sent.orders.iter().filter_map(|o| Some(o.status.as_ref()?.route?.name())).collect();
        assert_eq!(routes, BTreeSet::from(["intraday"]));
    });
}

#[test]
fn kdb_packages_paced_one_by_one_stay_instant() {
    run(async {
        let house = House::start("kdb").await;
        let client = house.logged_in("client", "Kovács").await;
        let mut packages = Vec::new();
        for amount in [10_000, 20_000] {
            let package = record(&client, draft(house.account(0), amount)).await;
            let _ = sign(&client, package).await;
            packages.push(package);
        }
        for outcome in client.send(packages.clone(), Pacing::OneByOne).await {
            assert_eq!(outcome.result.unwrap(), SubmissionState::Received);
        }
        for package in packages {
            assert_eq!(reaches(&client, package, &FINAL).await, PackageState::Completed);
            let sent = client.sent_package(package).await.unwrap();
            assert_eq!(sent.orders[0].status.as_ref().unwrap().route, Some(Route::Instant));
        }
    });
}

#[test]
fn a_wrong_pin_tells_the_tries_left_and_loses_nothing() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("client", "Kovács").await;
        let package = record(&client, draft(house.account(0), 5_000)).await;
        let sheet = client.signing_sheet(package).await.unwrap();
        let wrong =
            client.sign(package, sheet.head.fingerprint, Pin::new("999999"), false).await.unwrap_err();
        assert!(matches!(wrong, ClientError::Token(TokenError::PinWrong { left: 4 })), "{wrong}");
        assert_eq!(client.package(package).await.unwrap().state, PackageState::Recorded);
        let right = client.sign(package, sheet.head.fingerprint, Pin::new(PIN), false).await.unwrap();
        assert_eq!(right.state, PackageState::Signed);
    });
}

#[test]
fn an_imported_file_gives_its_good_rows_and_lists_the_bad() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("client", "Kovács").await;
        let path = house.client_folder("import.xml");
        std::fs::write(&path, pain_with_a_bad_row(&house)).unwrap();
        let preview = client.preview_import(path.clone()).await.unwrap();
        assert_eq!((preview.good, preview.bad, preview.is_clean()), (2, 1, false));
        let bad = &preview.bad_rows[0];
        assert_eq!((bad.position, bad.fields[0].code()), (2, "account-check-second-block"));
        assert!(bad.line > 1);
        let all = client.take_import(&preview, ImportChoice::All).await;
        assert!(matches!(all, Err(ClientError::Import(ImportError::NotClean))));
        let none = client.packages(client::PackageFilter::Prepared, String::new(), client::Page::ALL).await;
        assert!(none.unwrap().is_empty(), "nothing is half imported");

        let report = client.take_import(&preview, ImportChoice::OnlyGood).await.unwrap();
        assert_eq!((report.orders, report.left_behind, report.packages.len()), (2, 1, 1));
        assert_eq!(report.total, Money::huf(3_000));
        let _ = sign(&client, report.packages[0]).await;
        assert_eq!(client.send_one(report.packages[0]).await.unwrap(), SubmissionState::Received);

        // A file that changed after its preview is not taken.
        std::fs::write(&path, pain_with_a_bad_row(&house).replace("1000", "9000")).unwrap();
        let changed = client.take_import(&preview, ImportChoice::OnlyGood).await;
        assert!(matches!(changed, Err(ClientError::Import(ImportError::FileChanged))));
    });
}

fn pain_with_a_bad_row(house: &House) -> String {
    let row = |n: u32, account: &str, amount: u32| {
        format!(
            "<CdtTrfTxInf><PmtId><EndToEndId>R{n}</EndToEndId></PmtId>\n\
             <Amt><InstdAmt Ccy=\"HUF\">{amount}</InstdAmt></Amt>\n\
             <Cdtr><Nm>Őrségi Faipari Zrt.</Nm></Cdtr>\n\
             <CdtrAcct><Id><Othr><Id>{account}</Id></Othr></Id></CdtrAcct>\n\
             <RmtInf><Ustrd>F-2026/{n}</Ustrd></RmtInf></CdtTrfTxInf>\n"
        )
    };
    let good = payee().digits();
    let debit = house.account(0).iban();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.03\"><CstmrCdtTrfInitn>\n\
         <GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-21T10:00:00</CreDtTm><NbOfTxs>3</NbOfTxs>\
         <InitgPty><Nm>Minta</Nm></InitgPty></GrpHdr>\n\
         <PmtInf><PmtInfId>P1</PmtInfId><PmtMtd>TRF</PmtMtd><Dbtr><Nm>Minta</Nm></Dbtr>\
         <DbtrAcct><Id><IBAN>{debit}</IBAN></Id></DbtrAcct>\n{}{}{}</PmtInf></CstmrCdtTrfInitn></Document>\n",
        row(1, &good, 1000),
        row(2, "1177301611111019", 500),
        row(3, &good, 2000),
        debit = debit.as_str(),
    )
}
