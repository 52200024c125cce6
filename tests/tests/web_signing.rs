//! Signing in the browser: a package that the installed client put into the shared area is taken over, shown from its
//! own bytes, signed with the virtual chip card, and sent; and whoever lacks the key, the code or the right document
//! signs nothing.

use std::path::Path;
use std::process::Command;

use chrono::Utc;
use client::Client;
use domain::PackageId;
use harness::browser::Browser;
use harness::house::{House, draft, record};
use harness::web_user::{self as user, PERSONAL_CODE};
use serde_json::json;
use sha2::{Digest, Sha256};
use signature::{Purpose, TrustStore};

const CLERK: &str = "Szabó";
const SIGNER: &str = "Kovács";

/// A house whose clerk has put a package into the shared area, and the signer's browser on its signing page.
struct Scene {
    house: House,
    _client: Client,
    browser: Browser,
    package: PackageId,
}

impl Scene {
    async fn new() -> Self {
        let house = House::start("kh").await;
        let client = house.logged_in("client", CLERK).await;
        let package = record(&client, draft(house.account(0), 1_250_000)).await;
        let _ = client.share_package(package, None).await.expect("the package is in the shared area");
        let browser = Browser::start().await;
        user::arrive(&browser, &house, SIGNER).await;
        browser.open(&format!("{}/packages", house.web())).await;
        browser.press("Átvesz").await;
        browser.arrives_at(&format!("/packages/{package}")).await;
        let scene = Self { house, _client: client, browser, package };
        scene.open_signing().await;
        scene
    }

    async fn open_signing(&self) {
        self.browser.open(&format!("{}/packages/{}/sign", self.house.web(), self.package)).await;
        let _ = self.browser.find("#personal-code").await;
    }

    async fn sign(&self, personal_code: &str) {
        self.browser.fill("#personal-code", personal_code).await;
        self.browser.click("form[data-approve] button[type=submit]").await;
    }

    fn query(&self, sql: &str) -> Vec<Vec<u8>> {
        let path = self.house.bank_folder().join("bank.sqlite");
        let db = rusqlite::Connection::open(path).expect("the bank's database");
        let mut query = db.prepare(sql).expect("a query");
        let rows = query.query_map([self.package.to_string()], |row| row.get(0)).expect("rows");
        rows.map(|row| row.expect("a row")).collect()
    }

    fn signatures(&self) -> Vec<Vec<u8>> {
        self.query("SELECT cms FROM web_package_signature WHERE package = ?1 ORDER BY position")
    }

    fn document(&self) -> Vec<u8> {
        self.query("SELECT document FROM web_package WHERE id = ?1").remove(0)
    }
}

/// Whether openssl takes the signature over the content, as CAdES.
fn openssl_accepts(ca_pem: &str, content: &[u8], signature: &[u8]) -> bool {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, bytes: &[u8]| {
        let path: &Path = folder.path();
        std::fs::write(path.join(name), bytes).expect("a file");
    };
    write("ca.pem", ca_pem.as_bytes());
    write("content", content);
    write("sig.p7s", signature);
    let arguments = "cms -verify -cades -binary -inform DER -in sig.p7s -content content -CAfile ca.pem \
        -purpose any -out out";
    let output =
        Command::new("openssl").args(arguments.split_whitespace()).current_dir(folder.path()).output();
    output.expect("openssl runs").status.success()
}

#[tokio::test]
async fn what_is_shown_is_signed_like_any_package_and_executed() {
    let scene = Scene::new().await;
    let browser = &scene.browser;
    browser.sees("1\u{a0}250\u{a0}000\u{a0}Ft").await;
    let content = formats::package_document::read(&scene.document()).expect("a document");
    let payment = content.orders[0].transfer().expect("a payment");
    browser.sees(&payment.beneficiary.label()).await;
    browser.sees(&payment.beneficiary.target()).await;
    let wished = if payment.timing == domain::Timing::Instant { "azonnali" } else { "amint lehet" };
    browser.sees(wished).await;
    let fingerprint =
        browser.run("return document.querySelector('[data-shown=fingerprint]').innerText", vec![]);
    let fingerprint = fingerprint.await.as_str().expect("a fingerprint").replace([' ', '\n'], "");
    assert_eq!(fingerprint, hex::encode(Sha256::digest(scene.document())));
    browser.axe().await;

    browser.tab_to("#personal-code").await;
    browser.keys(PERSONAL_CODE).await;
    browser.enter().await;
    browser.sees("A csomagot aláírta").await;
    let [cms]: [Vec<u8>; 1] = scene.signatures().try_into().expect("one signature");
    let document = scene.document();
    let ca = harness::person::connection(&scene.house).ca_pem;
    assert!(openssl_accepts(&ca, &document, &cms));
    let changed = [document.as_slice(), b" "].concat();
    assert!(!openssl_accepts(&ca, &changed, &cms));
    let trust = TrustStore::from_pem(&ca).expect("the bank's authority");
    let digest = Sha256::digest(&document).into();
    let verified = signature::verify(&cms, digest, &trust, Purpose::Document, Utc::now());
    let signer = verified.expect("our own verifier takes it").signer;
    assert_eq!(signer.user_id(), Some(user::number(&scene.house, SIGNER)));
    assert_eq!(signer.not_after(), trust.anchors()[0].not_after(), "it ends with the bank's authority");

    browser.press("Beküldés").await;
    browser.arrives_at(&format!("/sent/{}", scene.package)).await;
    for _ in 0..100 {
        if scene.house.inspect(scene.package).await["executed"] == json!(1) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    panic!("never executed: {}", scene.house.inspect(scene.package).await);
}

#[tokio::test]
async fn a_session_signs_nothing_in_a_browser_without_the_key() {
    let scene = Scene::new().await;
    // The session stays, the browser's keys go: as for somebody who has stolen nothing but the session.
    let forget = "await new Promise((done, fail) => {
            const gone = indexedDB.deleteDatabase('kapocs-virtual-card');
            Object.assign(gone, { onsuccess: done, onerror: fail, onblocked: fail });
        });
        return true;";
    let _ = scene.browser.run_async(forget, vec![]).await;
    let thief = &scene.browser;
    thief.open(&format!("{}/packages/{}/sign", scene.house.web(), scene.package)).await;
    thief.fill("#personal-code", PERSONAL_CODE).await;
    thief.click("form[data-approve] button[type=submit]").await;
    thief.sees("nincs ebben a böngészőben").await;
    // Another key does not help either, even with the code: the bank wants the card's.
    let forge = "const card = await import('/script/card.js');
        const { bytesOf, post } = await import('/script/bank.js');
        const { fromBase64, sha256, toBase64, toHex } = await import('/script/bytes.js');
        const path = `/approval/${given[0]}`;
        const hash = toHex(await sha256(await bytesOf(`${path}/document`)));
        const begun = await post(`${path}/begin`, { sha256: hash, personal_code: given[1] });
        const pair = await card.makeKeys();
        const signature = toBase64(await card.sign(pair, fromBase64(begun.attributes)));
        const send = () => post(`${path}/finish`, { ticket: begun.ticket, signature });
        return [await send().catch(error => error.code), await send().catch(error => error.code)];";
    let arguments = vec![json!(scene.package.to_string()), json!(PERSONAL_CODE)];
    let refused = thief.run_async(forge, arguments).await;
    assert_eq!(refused, json!(["package-signature-invalid", "web-approval-unknown"]), "and each only once");
    assert!(scene.signatures().is_empty());
}

/// Changes what the server answers to `begin`, as a server would that shows one thing and has another signed.
const HOSTILE_ATTRIBUTES: &str = "const send = window.fetch;
    window.finished = 0;
    window.fetch = async (path, options) => {
        if (path.endsWith('/finish')) window.finished += 1;
        const response = await send(path, options);
        if (!path.endsWith('/begin') || !response.ok) return response;
        const begun = await response.json();
        const bytes = Uint8Array.from(atob(begun.attributes), c => c.charCodeAt(0));
        const hash = document.querySelector('[data-shown=fingerprint]').innerText.replace(/\\s/g, '');
        const first = hash.slice(0, 4).match(/../g).map(two => parseInt(two, 16));
        const at = bytes.findIndex((byte, n) => byte === first[0] && bytes[n + 1] === first[1]);
        bytes[at] ^= 1;
        const attributes = btoa(String.fromCharCode(...bytes));
        return new Response(JSON.stringify({ ...begun, attributes }), { status: 200 });
    };";

/// Changes the document on its way to the browser.
const HOSTILE_DOCUMENT: &str = "const form = document.querySelector('[data-approve]');
    const fresh = form.cloneNode(true);
    form.replaceWith(fresh);
    const send = window.fetch;
    window.fetch = async (path, options) => {
        const response = await send(path, options);
        if (!path.endsWith('/document')) return response;
        const text = await response.text();
        return new Response(text.replaceAll('1250000', '1250'), { status: 200 });
    };
    const approve = await import('/script/approve.js');
    await approve.start(fresh);
    return fresh.querySelector('[data-shown=total]').innerText;";

#[tokio::test]
async fn another_document_than_the_one_shown_is_not_signed() {
    let scene = Scene::new().await;
    let _ = scene.browser.run(HOSTILE_ATTRIBUTES, vec![]).await;
    scene.sign(PERSONAL_CODE).await;
    scene.browser.sees("már nem az, amit megmutattunk").await;
    assert_eq!(scene.browser.run("return window.finished", vec![]).await, json!(0), "the key was not used");

    scene.open_signing().await;
    let shown = scene.browser.run_async(HOSTILE_DOCUMENT, vec![]).await;
    assert_eq!(shown, json!("1\u{a0}250\u{a0}Ft"), "the user sees what the bytes say");
    scene.sign(PERSONAL_CODE).await;
    scene.browser.sees("már nem az, amit megmutattunk").await;
    assert!(scene.signatures().is_empty());
}

#[tokio::test]
async fn wrong_personal_codes_at_signing_lock_and_a_suspended_card_does_not_sign() {
    let scene = Scene::new().await;
    for _ in 0..2 {
        scene.sign("147258").await;
        scene.browser.sees("A személyes kód hibás").await;
        scene.open_signing().await;
    }
    user::set_cards(&scene.house, SIGNER, "suspended").await;
    scene.sign(PERSONAL_CODE).await;
    scene.browser.sees("A munkamenet lejárt").await;
    user::set_cards(&scene.house, SIGNER, "active").await;
    user::log_in(&scene.browser, &scene.house).await;
    // The login forgave the two; five more lock.
    scene.open_signing().await;
    for n in 1..=5 {
        scene.sign("147258").await;
        scene.browser.sees("A személyes kód hibás").await;
        if n < 5 {
            scene.open_signing().await;
        }
    }
    scene.sign(PERSONAL_CODE).await;
    scene.browser.sees("A munkamenet lejárt").await;
    user::try_to_log_in(&scene.browser, &scene.house, PERSONAL_CODE).await;
    scene.browser.sees("zárolta").await;
    assert!(scene.signatures().is_empty());
}

#[tokio::test]
async fn who_may_not_sign_on_the_web_does_not() {
    let scene = Scene::new().await;
    user::enable(&scene.house, SIGNER, false).await;
    scene.sign(PERSONAL_CODE).await;
    scene.browser.sees("a webes aláírás nincs engedélyezve").await;
    assert!(scene.signatures().is_empty());
}
