//! The scripts of the web client against the Rust that they must agree with: what is shown of a document, what a key
//! may sign, and how a signature is written.

use chrono::Utc;
use domain::{Beneficiary, Order, OrderType, Timing, Transfer, Urgency};
use formats::package_document::{PackageContent, summary, to_bytes};
use harness::browser::Browser;
use harness::card::holder::Holder;
use harness::house::House;
use harness::orders;
use protocol::Base64Bytes;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use signature::prepare;

/// Reads a document as the approval does; `null` when the script refuses it.
const READ: &str = "const { read } = await import('/script/document.js');
    const { fromBase64 } = await import('/script/bytes.js');
    let content;
    try { content = read(fromBase64(given[0])); } catch { return null; }
    const sums = map => Object.fromEntries([...map].map(([key, sum]) => [key, String(sum)]));
    return { ...content, totals: sums(content.totals), debits: sums(content.debits),
        orders: content.orders.map(order => ({ ...order, amount: String(order.amount) })) };";

const BIND: &str = "const { bind } = await import('/script/attributes.js');
    const { fromBase64 } = await import('/script/bytes.js');
    return given[0].map(([der, hash]) => {
        try { return bind(fromBase64(der), fromBase64(hash)); } catch { return false; }
    });";

const SIGN: &str = "const card = await import('/script/card.js');
    const { toBase64, utf8 } = await import('/script/bytes.js');
    const pair = await card.makeKeys();
    const signatures = [];
    for (let n = 0; n < given[0]; n += 1) {
        signatures.push(toBase64(await card.sign(pair, utf8(`message ${n}`))));
    }
    return { key: toBase64(await card.publicKey(pair)), signatures };";

async fn page() -> (House, Browser) {
    let house = House::start("kh").await;
    let browser = Browser::start().await;
    browser.open(&format!("{}/login", house.web())).await;
    (house, browser)
}

fn base64(bytes: &[u8]) -> Value {
    serde_json::to_value(Base64Bytes::from(bytes.to_vec())).expect("base64")
}

fn bytes(value: &Value) -> Vec<u8> {
    serde_json::from_value::<Base64Bytes>(value.clone()).expect("base64").as_slice().to_vec()
}

fn shown(order: &Order) -> Value {
    let order = order.transfer().expect("a transfer");
    let (name, account) = match &order.beneficiary {
        Beneficiary::Account { name, number } => (name.to_string(), number.to_string()),
        Beneficiary::OwnAccount { number } => (String::new(), number.to_string()),
        // Whoever gave only a secondary identifier sees only that.
        Beneficiary::SecondaryId { id } => (String::new(), id.value().to_owned()),
    };
    let day = match order.timing {
        Timing::On { date } => Some(date.to_string()),
        Timing::Soon | Timing::Instant => None,
    };
    json!({
        "name": name,
        "account": account,
        "amount": order.amount.minor_units().to_string(),
        "currency": order.amount.currency().code(),
        "debited": order.debit_account.to_string(),
        "narrative": order.narrative.to_string(),
        "isInstant": order.timing == Timing::Instant,
        "isViber": order.urgency == Urgency::Viber,
        "day": day,
    })
}

fn read_by_script(content: &PackageContent) -> Value {
    let sums = summary(content).expect("sums");
    let totals: serde_json::Map<_, _> = sums
        .total
        .iter()
        .map(|sum| (sum.currency().code().to_owned(), json!(sum.minor_units().to_string())))
        .collect();
    let debits: serde_json::Map<_, _> = sums
        .debits
        .iter()
        .map(|(account, sum)| {
            (format!("{account} {}", sum.currency().code()), json!(sum.minor_units().to_string()))
        })
        .collect();
    json!({
        "id": content.header.id.to_string(),
        "name": content.header.name.as_str(),
        "type": content.header.order_type.code(),
        "planned": content.header.scheduled.map(|day| day.to_string()),
        "totals": totals,
        "debits": debits,
        "orders": content.orders.iter().map(shown).collect::<Vec<_>>(),
    })
}

#[tokio::test]
async fn what_the_script_shows_is_what_the_document_says() {
    let (_house, browser) = page().await;
    for orders in [1, 500] {
        let content = orders::package((0..orders).map(orders::varied_order).collect());
        let document = to_bytes(&content).expect("a document");
        let read = browser.run_async(READ, vec![base64(&document)]).await;
        assert_eq!(read, read_by_script(&content));
    }
}

#[tokio::test]
async fn the_script_refuses_documents_that_contradict_themselves() {
    let (_house, browser) = page().await;
    let content = orders::package((0..3).map(orders::plain_order).collect());
    let good = String::from_utf8(to_bytes(&content).expect("a document")).expect("text");
    let total = summary(&content).expect("sums").total[0].amount().to_string();
    let amount = content.orders[0].transfer().expect("a transfer").amount.amount().to_string();
    let is_read = async |text: &str| !browser.run_async(READ, vec![base64(text.as_bytes())]).await.is_null();
    assert!(is_read(&good).await);
    let last = good.rfind("<CdtTrfTxInf>").expect("an order");
    let end = good[last..].find("</CdtTrfTxInf>").expect("its end") + last + "</CdtTrfTxInf>".len();
    let wrong = [
        good.replacen("<Count>3", "<Count>2", 1),
        good.replacen(&format!(">{total}</Total>"), ">1</Total>", 1),
        good.replacen(&format!(">{total}</Debit>"), ">1</Debit>", 1),
        good.replacen(&format!("\"HUF\">{amount}</InstdAmt>"), "\"HUF\">1</InstdAmt>", 1),
        good.replacen("Ccy=\"HUF\"", "Ccy=\"EUR\"", 1),
        format!("{}{}", &good[..last], &good[end..]),
        good.replace("urn:kapocs:package:1", "urn:kapocs:package:2"),
        good.replace("pain.001.001.09", "pain.001.001.03"),
        good.replace("</Package>", ""),
        good.replacen("<Header>", "<Header/><Header>", 1),
        good.replacen("HU", "XX", 99),
        good.replacen("<OrderType>HCT", "<OrderType>ADM", 1),
        good.replacen("<OrderType>HCT", "<OrderType>HVE", 1),
        String::new(),
    ];
    for (n, text) in wrong.iter().enumerate() {
        assert_ne!(*text, good, "{n} changes nothing");
        assert!(!is_read(text).await, "{n}");
    }
}

#[tokio::test]
async fn the_script_shows_a_transfer_between_own_accounts_without_a_name_and_no_other_one() {
    let (_house, browser) = page().await;
    let mut content = orders::package((0..1).map(orders::plain_order).collect());
    let transfer = content.orders[0].transfer().expect("a transfer").clone();
    let own = Beneficiary::OwnAccount { number: orders::account(2) };
    let between = OrderType::Hve.of_transfer(Transfer { beneficiary: own, ..transfer });
    content.header.order_type = OrderType::Hve;
    content.orders = vec![between.expect("a transfer between own accounts")];
    let good = String::from_utf8(to_bytes(&content).expect("a document")).expect("text");
    let read = browser.run_async(READ, vec![base64(good.as_bytes())]).await;
    assert_eq!(read, read_by_script(&content));
    for other in ["HCT", "VIB"] {
        let text = good.replacen("<OrderType>HVE", &format!("<OrderType>{other}"), 1);
        assert_ne!(text, good);
        let read = browser.run_async(READ, vec![base64(text.as_bytes())]).await;
        assert!(read.is_null(), "{other} names its payee");
    }
}

#[tokio::test]
async fn a_key_signs_only_attributes_that_bind_the_shown_hash() {
    let (_house, browser) = page().await;
    let holder = Holder::p256().expect("a holder");
    let (hash, other): ([u8; 32], [u8; 32]) =
        (Sha256::digest("shown").into(), Sha256::digest("other").into());
    let attributes =
        prepare(&holder.signing.1, hash, Utc::now()).expect("attributes").to_be_signed().to_vec();
    let place = attributes.windows(32).position(|window| window == hash).expect("the hash stands there");
    let mut cases = vec![json!([base64(&attributes), base64(&hash)])];
    // Every byte changed, every truncation, and honest attributes for another document.
    for n in 0..attributes.len() {
        let mut changed = attributes.clone();
        changed[n] ^= 0x41;
        cases.push(json!([base64(&changed), base64(&hash)]));
        cases.push(json!([base64(&attributes[..n]), base64(&hash)]));
    }
    let longer = [attributes.as_slice(), &[0]].concat();
    cases.push(json!([base64(&longer), base64(&hash)]));
    cases.push(json!([base64(&attributes), base64(&other)]));
    let judged = browser.run_async(BIND, vec![Value::from(cases)]).await;
    let judged: Vec<bool> = serde_json::from_value(judged).expect("answers");
    assert!(judged[0], "the honest one");
    assert!(judged[judged.len() - 2..].iter().all(|bound| !bound));
    for n in 0..attributes.len() {
        assert!(!judged[2 + 2 * n], "cut off at {n}");
        if (place..place + 32).contains(&n) {
            assert!(!judged[1 + 2 * n], "another hash passes at {n}");
        }
    }
    // Tags, lengths and names of the attributes are checked, too; only values that the server may choose (time,
    // certificate) can differ.
    let free = (0..attributes.len()).filter(|n| judged[1 + 2 * n]).count();
    assert!(free < attributes.len() - 32 - 60, "{free} of {} bytes are not looked at", attributes.len());
}

#[tokio::test]
async fn signatures_of_a_browser_are_written_as_der_wants_them() {
    let (_house, browser) = page().await;
    let holder = Holder::p256().expect("a holder");
    // Enough that numbers with leading zero bytes and with a high first bit are among them.
    let count = 1500;
    let signed = browser.run_async(SIGN, vec![json!(count)]).await;
    let certificate = holder
        .authority
        .issue_user(
            "Teszt",
            "10000001",
            signature::issue::UserCertificate::Signing,
            &bytes(&signed["key"]),
            Utc::now(),
            holder.signing.1.not_after(),
        )
        .expect("a certificate for the browser's key");
    let signatures = signed["signatures"].as_array().expect("signatures");
    assert_eq!(signatures.len(), count);
    let mut lengths = std::collections::BTreeSet::new();
    for (n, signature) in signatures.iter().enumerate() {
        let signature = bytes(signature);
        let digest = Sha256::digest(format!("message {n}")).into();
        assert!(certificate.verifies(&digest, &signature), "{n}: {}", hex::encode(&signature));
        let _ = lengths.insert(signature.len());
    }
    assert!(lengths.len() >= 4, "{lengths:?}");
}
