//! Nothing of another customer, or of an account that the visitor may not see, stands on any page.

use axum::http::StatusCode;

use super::*;
use crate::testing::SIGNER_B;

/// All pages that show something of packages, accounts, partners.
fn pages(package: PackageId) -> Vec<String> {
    let mut pages: Vec<String> =
        ["/", "/history", "/packages", "/sent", "/authority", "/approve", "/approve/transactions"]
            .map(str::to_owned)
            .into();
    pages.extend(["/approve/packages", "/orders/new", "/partners"].map(str::to_owned));
    pages.push(format!("/packages/{package}"));
    pages.push(format!("/sent/{package}"));
    pages.push(format!("/approve/packages/{package}"));
    pages
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_account_holds_is_hidden_from_who_may_not_see_it() {
    let world = world();
    world.fund(world.main(), 7_654_321);
    let clerk = Seat::of(&world, CLERK);
    let prepared = clerk.record("12345", "Titkos előkészített").await;
    let sent = world.send(vec![world.order(54_321, world.payee("11773016", "2222"))]);
    let account = world.main();
    clerk.set_right(account, CLERK, false, false);
    for package in [prepared, sent] {
        for path in pages(package) {
            let (_, page) = clerk.get(&path).await;
            for secret in
                ["Titkos", "7\u{a0}654\u{a0}321", "12\u{a0}345", "54\u{a0}321", &account.to_string()]
            {
                assert!(!page.contains(secret), "{path} shows {secret}: {page}");
            }
        }
        assert_eq!(clerk.get(&format!("/packages/{package}")).await.0, StatusCode::NOT_FOUND);
        assert_eq!(clerk.get(&format!("/approve/packages/{package}")).await.0, StatusCode::NOT_FOUND);
        assert_eq!(clerk.get(&format!("/sent/{package}")).await.0, StatusCode::NOT_FOUND);
    }
    let (status, _) = clerk.get(&format!("/history?account={}", account.digits24())).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    for what in ["rename", "schedule", "delete", "share", "send", "withdraw"] {
        let fields = [("name", "Más"), ("day", ""), ("until", "")];
        clerk.post(&format!("/packages/{prepared}/{what}"), &fields).await;
    }
    clerk.set_right(account, CLERK, true, true);
    let (_, page) = clerk.get(&format!("/packages/{prepared}")).await;
    assert!(page.contains("Titkos előkészített") && page.contains("/rename"), "nothing was done: {page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_customer_s_data_is_not_there() {
    let world = world();
    world.fund(world.main(), 7_654_321);
    let clerk = Seat::of(&world, CLERK);
    let package = clerk.record("12345", "Titkos előkészített").await;
    clerk
        .post(
            "/partners/new",
            &[("short_name", "Titkos partner"), ("name", "X"), ("targets", "11773016-11111018")],
        )
        .await;
    let others = other_customer(&world);
    let stranger = Seat::at(&world, CLERK, &others);
    let (_, page) = stranger.get("/").await;
    assert!(page.contains("Másik Kft."), "{page}");
    for path in pages(package) {
        let (_, page) = stranger.get(&path).await;
        for secret in ["Titkos", "7\u{a0}654\u{a0}321", "12\u{a0}345"] {
            assert!(!page.contains(secret), "{path} shows {secret}: {page}");
        }
    }
    stranger.post(&format!("/packages/{package}/delete"), &[]).await;
    assert_eq!(clerk.get(&format!("/packages/{package}")).await.0, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_record_neither_records_nor_changes_partners() {
    let world = world();
    let clerk = Seat::of(&world, CLERK);
    let package = clerk.record("12345", "Számlák").await;
    let accounts: Vec<AccountNumber> = world.accounts.iter().map(|account| account.number).collect();
    for account in accounts {
        clerk.set_right(account, CLERK, true, false);
    }
    assert_eq!(clerk.get("/orders/new").await.0, StatusCode::FORBIDDEN);
    for path in ["/order/HCT", "/partners/new", "/templates/new"] {
        let fields =
            [("short_name", "X"), ("name", "X"), ("targets", "11773016-11111018"), ("action", "save")];
        assert_eq!(clerk.post(path, &fields).await.0, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(clerk.upload("/partners/import", &clerk.form_token, b"x").await.0, StatusCode::FORBIDDEN);
    let (_, page) = clerk.get(&format!("/packages/{package}")).await;
    assert!(!page.contains("/rename") && !page.contains("/remove") && page.contains("Számlák"), "{page}");
    clerk.post(&format!("/packages/{package}/delete"), &[]).await;
    assert_eq!(clerk.get(&format!("/packages/{package}")).await.0, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_is_offered_only_to_whose_web_signing_is_by_virtual_card() {
    let world = world();
    let package = Seat::of(&world, CLERK).record("12345", "Számlák").await;
    let signer = Seat::of(&world, SIGNER_B);
    let sign = format!("/packages/{package}/sign");
    assert!(signer.get(&format!("/packages/{package}")).await.1.contains(&sign));
    world.read(|db| {
        let mut access = customers::find(db, &world.customer)?.unwrap();
        for user in &mut access.authority.web.users {
            user.signing = WebDevice::None;
        }
        customers::set_authority(db, &world.customer, &access.authority)
    });
    assert!(!signer.get(&format!("/packages/{package}")).await.1.contains(&sign));
    let (_, page) = signer.get("/approve/packages").await;
    assert!(page.contains("Nincs aláírásra váró csomag."), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_below_approve_records_and_nothing_there_leads_to_recording() {
    let world = world();
    world.fund(world.main(), 1_000_000);
    let package = Seat::of(&world, CLERK).record("12345", "Számlák").await;
    let manager = Seat::of(&world, crate::testing::SIGNER_A);
    let (mut seen, mut waiting) = (BTreeSet::new(), vec!["/approve".to_owned()]);
    // The frame leads out to the full client; the pages themselves never do.
    let frame = ["/", "/customers", "/web.css", "/icon.svg", "#content"];
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let (status, page) = manager.get(&path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        for href in values(&page, "href") {
            let href = href.replace("&amp;", "&");
            if frame.contains(&href.as_str()) || href.starts_with("/language/") {
                continue;
            }
            assert!(href.starts_with("/approve"), "{path} leads to {href}");
            waiting.push(href.clone());
        }
        for action in values(&page, "action") {
            let harmless =
                action == "/logout" || action == "/approve/transactions" || action.ends_with("/send");
            assert!(harmless, "{path} sends a form to {action}");
        }
    }
    assert!(seen.contains(&format!("/approve/packages/{package}")));
    for what in ["take", "rename", "schedule", "share", "delete", "withdraw", "orders/new", "import"] {
        for path in [format!("/approve/packages/{package}/{what}"), format!("/approve/{what}")] {
            assert_eq!(manager.post(&path, &[("name", "Más")]).await.0, StatusCode::NOT_FOUND, "{path}");
        }
    }
}
