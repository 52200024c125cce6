//! Prepared packages by their buttons: recording, changing, the shared area, sending.

use axum::http::StatusCode;
use protocol::SharePackage;
use sha2::{Digest, Sha256};

use super::*;
use crate::doors::browser::packages;
use crate::orders::examined::Signatures;
use crate::orders::shared_area::tests as seats;
use crate::people::users;
use crate::testing::SIGNER_B;

/// Parks a package by the installed client, signed by one; gives its id and the handing over.
fn park(world: &World, forints: i64, signer: Option<&str>) -> (PackageId, String) {
    let content = world.content(vec![world.order(forints, world.payee("11773016", "1111"))]);
    let package = world.signed(&content, signer.as_slice());
    let wish = SharePackage {
        handover: world.uuid(),
        claim: None,
        document: package.document,
        signatures: package.signatures,
        expires: None,
    };
    seats::park(world, CLERK, protocol::Channel::Client, content.header.id, &wish).unwrap();
    (content.header.id, wish.handover.to_string())
}

/// Adds a user's signature over the stored bytes, as the approval does.
fn sign(seat: &Seat, user: &str, package: PackageId) {
    let world = &seat.world;
    let web = protocol::Channel::Web;
    let document =
        seats::ask(world, user, web, |db, _, asker| packages::document_of(db, asker, package)).unwrap();
    let (over, cms) = (Sha256::digest(&document).into(), [world.sign(user, false, &document)]);
    let signatures = Signatures::verified(over, &cms, &world.bank.trust().unwrap(), world.bank.clock.now());
    seats::ask(world, user, web, |db, context, asker| {
        packages::add_signature(db, context, asker, package, &signatures)
    })
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parked_package_is_taken_over_signed_and_sent() {
    let world = world();
    world.fund(world.main(), 10_000_000);
    // So much needs two signatures; the first was made by card.
    let (package, handover) = park(&world, 6_000_000, Some(SIGNER_A));
    let seat = Seat::of(&world, SIGNER_B);
    let (_, page) = seat.get("/packages").await;
    assert!(page.contains("Átvesz") && page.contains("ügyfélprogramból"), "{page}");
    let (status, _, location) =
        seat.post(&format!("/packages/{package}/take"), &[("handover", &handover)]).await;
    assert_eq!((status, location), (StatusCode::SEE_OTHER, format!("/packages/{package}")));
    let (_, page) = seat.get(&format!("/packages/{package}")).await;
    assert!(
        page.contains("A csomagot átvettük") && page.contains(&format!("/packages/{package}/sign")),
        "{page}"
    );
    sign(&seat, SIGNER_B, package);
    let (_, page) = seat.get("/packages").await;
    assert!(!page.contains("Átvesz") && page.contains("aláírt 2/2"), "{page}");
    let (status, _, location) = seat.post(&format!("/packages/{package}/send"), &[]).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, format!("/sent/{package}").as_str()));
    let (_, page) = seat.get(&location).await;
    assert!(page.contains("A csomagot beküldtük") && page.contains("Próba Kft."), "{page}");
    world.pass(60_000);
    let (_, page) = seat.get("/sent").await;
    assert!(page.contains("teljesült"), "{page}");
    world.check_invariants();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_loser_is_told_who_was_faster_and_when() {
    let world = world();
    let (package, handover) = park(&world, 4_200, None);
    let (first, second) = (Seat::of(&world, SIGNER_A), Seat::of(&world, SIGNER_B));
    let take = format!("/packages/{package}/take");
    let (_, _, location) = first.post(&take, &[("handover", &handover)]).await;
    assert_eq!(location, format!("/packages/{package}"));
    let (_, _, location) = second.post(&take, &[("handover", &handover)]).await;
    assert_eq!(location, "/packages");
    let (_, page) = second.get("/packages").await;
    let winner = world.read(|db| users::find(db, SIGNER_A)).unwrap().user.name;
    assert!(page.contains(&winner) && page.contains("2026.\u{a0}11.\u{a0}23. 10:05"), "{page}");
    assert!(page.contains("A csomagot azóta más átvette.") && !page.contains("{$user}"), "{page}");
    let log = world.read(|db| crate::orders::shared_area::log::of_package(db, package, 10));
    assert_eq!(log[0].outcome, "shared-taken-over");
    assert_eq!(log[0].user.as_deref(), Some(SIGNER_B));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_an_order_stands_beside_its_fields_and_nothing_is_saved() {
    let world = world();
    let seat = Seat::of(&world, CLERK);
    let fields = [
        ("debit-account", ""),
        ("target", "10032000-06055951"),
        ("amount", "sok"),
        ("value-date", "2026-11-22"),
        ("narrative", "Bérleti díj"),
        ("action", "save"),
    ];
    let (status, page, _) = seat.post("/order/HCT", &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains(r#"id="target-error">A második számlablokk hibás"#), "{page}");
    assert!(
        page.contains(r#"value="sok""#) && page.contains(r#"value="Bérleti díj""#),
        "what was typed is kept"
    );
    assert!(page.contains("4 mezőt kell javítani"), "{page}");
    let (_, page) = seat.get("/packages").await;
    assert!(page.contains("Nincs előkészített csomag."), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_route_is_said_before_the_order_is_saved() {
    let world = world();
    let seat = Seat::of(&world, CLERK);
    let (account, payee) = (world.main().to_string(), world.payee("11773016", "1111").to_string());
    let mut fields = vec![
        ("debit-account", account.as_str()),
        ("target", &payee),
        ("beneficiary-name", "Próba Kft."),
        ("amount", "1,25M"),
        ("action", "check"),
    ];
    let (status, page, _) = seat.post("/order/HCT", &fields).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("azonnali") && page.contains("egymillió-kétszázötvenezer"), "{page}");
    fields.push(("value-date", "+1"));
    let (_, page, _) = seat.post("/order/HCT", &fields).await;
    assert!(
        page.contains("napközbeni") && page.contains("Későbbi értéknapot adott meg: 2026.\u{a0}11.\u{a0}24."),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_drops_signatures_says_so_before_and_after() {
    let world = world();
    let clerk = Seat::of(&world, CLERK);
    let package = clerk.record("12500", "Novemberi számlák").await;
    let path = format!("/packages/{package}");
    sign(&clerk, SIGNER_A, package);
    let (_, page) = clerk.get(&path).await;
    assert!(page.contains("A csomagon 1 aláírás van"), "{page}");
    clerk.post(&format!("{path}/rename"), &[("name", "Decemberi számlák")]).await;
    let (_, page) = clerk.get(&path).await;
    assert!(page.contains("1 aláírás elveszett") && page.contains("Decemberi számlák"), "{page}");
    clerk.post(&format!("{path}/schedule"), &[("day", "holnapután")]).await;
    let (_, page) = clerk.get(&path).await;
    assert!(page.contains("notice bad"), "{page}");
    clerk.post(&format!("{path}/schedule"), &[("day", "2026-11-30")]).await;
    let (_, page) = clerk.get(&path).await;
    assert!(page.contains("2026.\u{a0}11.\u{a0}30."), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_added_changed_and_taken_out_and_the_package_goes_with_the_last() {
    let world = world();
    let clerk = Seat::of(&world, CLERK);
    let package = clerk.record("12500", "Számlák").await;
    let (account, payee) = (world.main().to_string(), world.payee("11773016", "1111").to_string());
    let id = package.to_string();
    let mut fields = vec![
        ("debit-account", account.as_str()),
        ("target", &payee),
        ("beneficiary-name", "Második Bt."),
        ("amount", "700"),
        ("package", &id),
        ("action", "save-new"),
    ];
    let (_, _, location) = clerk.post("/order/HCT", &fields).await;
    assert_eq!(location, format!("/order/HCT?package={package}"));
    let (_, page) = clerk.get(&format!("/packages/{package}")).await;
    assert!(page.contains("13\u{a0}200"), "{page}");
    let change = values(&page, "href").into_iter().find(|href| href.contains("order=")).unwrap();
    let (_, form) = clerk.get(&change.replace("&amp;", "&")).await;
    let order = change.rsplit('=').next().unwrap().to_owned();
    assert!(form.contains("Megbízás módosítása") && form.contains(&order), "{form}");
    fields.extend([("order", order.as_str())]);
    fields[3] = ("amount", "800");
    fields[5] = ("action", "save");
    clerk.post("/order/HCT", &fields).await;
    let (_, page) = clerk.get(&format!("/packages/{package}")).await;
    assert!(page.contains("800\u{a0}Ft") && page.contains("(2)"), "{page}");
    for action in values(&page, "action").iter().filter(|action| action.ends_with("/remove")) {
        clerk.post(action, &[]).await;
    }
    let (_, page) = clerk.get("/packages").await;
    assert!(page.contains("Az utolsó megbízással a csomag is törlődött"), "{page}");
    assert!(page.contains("Nincs előkészített csomag."), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_goes_to_the_shared_area_and_comes_back() {
    let world = world();
    let clerk = Seat::of(&world, CLERK);
    let package = clerk.record("12500", "Számlák").await;
    let path = format!("/packages/{package}");
    let (_, _, location) = clerk.post(&format!("{path}/share"), &[("until", "2027-11-23")]).await;
    assert_eq!(location, path);
    let (_, page) = clerk.get(&path).await;
    assert!(page.contains("notice bad"), "a year is too long: {page}");
    let (_, _, location) = clerk.post(&format!("{path}/share"), &[("until", "2026-12-01")]).await;
    assert_eq!(location, "/packages");
    let (_, page) = clerk.get("/packages").await;
    assert!(page.contains("webes felületről") && page.contains("Visszavonás"), "{page}");
    let (_, page) = clerk.get(&path).await;
    assert!(
        page.contains("a közös területen van") && !page.contains("/rename"),
        "locked while it waits: {page}"
    );
    let (_, _, location) = clerk.post(&format!("{path}/rename"), &[("name", "Más")]).await;
    assert_eq!(location, path);
    clerk.post(&format!("{path}/withdraw"), &[]).await;
    let (_, page) = clerk.get(&path).await;
    assert!(page.contains("visszavontuk") && page.contains("/rename") && page.contains("Számlák"), "{page}");
    clerk.post(&format!("{path}/delete"), &[]).await;
    let (_, page) = clerk.get("/packages").await;
    assert!(page.contains("A csomagot töröltük"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_type_has_a_form_of_its_own_and_what_is_offered_nowhere_has_none() {
    let world = world();
    let seat = Seat::of(&world, CLERK);
    for code in ["HCT", "HVE", "VIB"] {
        let (status, page) = seat.get(&format!("/order/{code}")).await;
        assert_eq!(status, StatusCode::OK, "{code}");
        assert!(
            page.contains(&format!(r#"action="/order/{code}""#)) && page.contains("/order/VIB"),
            "{page}"
        );
    }
    let (_, page) = seat.get("/order/HVE").await;
    assert!(!page.contains(r#"name="beneficiary-name""#), "nobody is named between own accounts: {page}");
    let targets = page.split(r#"<select id="target""#).nth(1).unwrap().split("</select>").next().unwrap();
    assert!(targets.contains("Bérszámla") && !targets.contains("EUR"), "{targets}");
    for code in ["ADM", "XYZ"] {
        assert_eq!(seat.get(&format!("/order/{code}")).await.0, StatusCode::NOT_FOUND, "{code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_between_own_accounts_is_recorded_and_shown_without_a_name() {
    let world = world();
    let seat = Seat::of(&world, CLERK);
    let (from, to) = (world.main().to_string(), world.accounts[1].number.to_string());
    let mut fields = vec![
        ("debit-account", from.as_str()),
        ("target", &from),
        ("amount", "5000"),
        ("narrative", "Bérekre"),
        ("action", "save"),
    ];
    let (status, page, _) = seat.post("/order/HVE", &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains(r#"id="target-error">A terhelt és a kedvezményezett számla ugyanaz."#), "{page}");
    fields[1] = ("target", &to);
    let (_, _, location) = seat.post("/order/HVE", &fields).await;
    let (_, page) = seat.get(&location).await;
    assert!(page.contains(&to) && page.contains("5\u{a0}000") && page.contains("Bérekre"), "{page}");
    let (_, list) = seat.get("/packages").await;
    assert!(list.contains("HVE"), "{list}");
    let change = values(&page, "href").into_iter().find(|href| href.contains("order=")).unwrap();
    let (_, form) = seat.get(&change.replace("&amp;", "&")).await;
    assert!(form.contains(r#"action="/order/HVE""#), "an order is changed as what it is: {form}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viber_order_that_qualifies_as_instant_leads_to_a_domestic_transfer_with_everything_typed() {
    let world = world_of("kdb");
    let seat = Seat::of(&world, CLERK);
    let (account, payee) = (world.main().to_string(), world.payee("11773016", "1111").to_string());
    let mut fields = vec![
        ("debit-account", account.as_str()),
        ("target", &payee),
        ("beneficiary-name", "Próba Kft."),
        ("amount", "700000"),
        ("narrative", "Sürgős számla"),
        ("own-reference", "SZ-7"),
        ("action", "save"),
    ];
    let (status, page, _) = seat.post("/order/VIB", &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("azonnali átutalásnak minősül") && page.contains(r#"value="turn:HCT""#), "{page}");
    fields[6] = ("action", "turn:HCT");
    let (status, page, _) = seat.post("/order/VIB", &fields).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains(r#"action="/order/HCT""#), "{page}");
    assert!(page.contains("azonnali átutalásnak minősül"), "it says why: {page}");
    for kept in [payee.as_str(), "Próba Kft.", "700000", "Sürgős számla", "SZ-7"] {
        assert!(page.contains(&format!(r#"value="{kept}""#)), "{kept}: {page}");
    }
    fields[3] = ("amount", "25000000");
    fields[6] = ("action", "check");
    let (status, page, _) = seat.post("/order/VIB", &fields).await;
    assert!(status == StatusCode::OK && !page.contains("turn:HCT"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_of_any_type_starts_an_order_of_that_type() {
    let world = world();
    let seat = Seat::of(&world, CLERK);
    let to = world.accounts[2].number.to_string();
    let fields = [("name", "Adóra"), ("target", to.as_str()), ("amount", "9000")];
    let (_, _, location) = seat.post("/templates/new?code=HVE", &fields).await;
    let (_, list) = seat.get(&location).await;
    let use_it = values(&list, "href").into_iter().find(|href| href.contains("?template=")).unwrap();
    let (_, form) = seat.get(&use_it).await;
    assert!(form.contains(r#"action="/order/HVE""#) && form.contains(r#"value="9000""#), "{form}");
}
