//! The letter's story [K&H token]: five wrong PINs, a call, CSN and Random read aloud, a Code
//! typed, a new PIN; over a real card service, with the bank's real operator desk at the other end.

use client::{Client, ClientError, Pin, TokenConfig, TokenError, TokenStatus};
use domain::unblock::spoken;
use harness::card::{CardKind, VirtualCard};
use harness::house::{House, PIN};
use harness::operator::Operator;
use harness::pcscd::{Pcscd, isolated};
use harness::story::run;

const WRONG: &str = "735190";
const NEW: &str = "482957";

/// A card as the bank made it for a user, in the reader, and a client that has it.
async fn blocked(house: &House, service: &Pcscd, kind: CardKind, name: &str) -> (VirtualCard, Client) {
    let secrets = house.card_secrets(house.user(name)["csn"].as_str().unwrap());
    let (mut csn, mut admin_key) = ([0; 16], [0; 24]);
    hex::decode_to_slice(secrets["csn"].as_str().unwrap(), &mut csn).unwrap();
    hex::decode_to_slice(secrets["admin_key"].as_str().unwrap(), &mut admin_key).unwrap();
    let order = VirtualCard::builder(kind).csn(csn).admin_key(admin_key);
    let pem = std::fs::read_to_string(house.key_file(name)).unwrap();
    let mut card = order.puk(secrets["puk"].as_str().unwrap()).from_key_file(&pem, PIN).unwrap();
    card.insert(service.slot()).unwrap();
    let client = house.client_with(name, TokenConfig::Pcsc { reader: None }).await;
    client.token_status().wait_for(|status| status.info().is_some()).await.unwrap();
    for left in [4, 3, 2, 1] {
        let refused = client.log_in(Pin::new(WRONG), false).await;
        assert!(matches!(refused, Err(ClientError::Token(TokenError::PinWrong { left: l })) if l == left));
    }
    let last = client.log_in(Pin::new(PIN), false).await;
    assert!(matches!(last, Err(ClientError::Token(TokenError::LastTry))), "the last try wants a word");
    let fifth = client.log_in(Pin::new(WRONG), true).await;
    assert!(matches!(fifth, Err(ClientError::Token(TokenError::PinBlocked))));
    client.token_status().wait_for(|status| matches!(status, TokenStatus::Blocked(_))).await.unwrap();
    (card, client)
}

async fn story(kind: CardKind, name: &str) {
    let house = House::start("kh").await;
    let service = Pcscd::start().unwrap();
    let (card, client) = blocked(&house, &service, kind, name).await;
    let question = client.start_unblock().await.unwrap();
    let (csn, random) = (spoken(&question.csn), spoken(&question.random));

    let mut operator = Operator::at(&house).await;
    let user = house.user(name).clone();
    assert!(!operator.identify(user["id"].as_str().unwrap(), "000000").await, "a wrong e-PIN");
    assert!(operator.identify(user["id"].as_str().unwrap(), user["epin"].as_str().unwrap()).await);
    let slip = random.replacen(|c: char| c.is_ascii_digit(), "F", 1);
    assert_eq!(operator.code(&csn, &slip).await, None, "a slip of the tongue is noticed at the bank");
    let code = operator.code(&csn, &random).await.unwrap();

    let sent = card.verify_count();
    let mistyped = code.replacen(|c: char| c.is_ascii_digit(), "E", 1);
    for slip in [mistyped.as_str(), &code[..8], ""] {
        let refused = client.unblock(slip, Pin::new(NEW)).await;
        assert!(matches!(refused, Err(ClientError::UnblockCode(_))), "{refused:?}");
    }
    let easy = client.unblock(&code, Pin::new("111111")).await;
    assert!(matches!(easy, Err(ClientError::PinRule(_))), "{easy:?}");
    assert_eq!(card.verify_count(), sent, "none of that reached the card");

    client.unblock(&code, Pin::new(NEW)).await.unwrap();
    operator.result("done").await;
    assert_eq!(card.tries_left(), 5);
    let old = client.log_in(Pin::new(PIN), false).await;
    assert!(matches!(old, Err(ClientError::Token(TokenError::PinWrong { left: 4 }))), "{old:?}");
    let _ = client.log_in(Pin::new(NEW), false).await.unwrap();
    client.sync().await.unwrap();
    let again = client.unblock(&code, Pin::new(NEW)).await;
    assert!(matches!(again, Err(ClientError::Token(TokenError::UnblockLapsed))), "a Code serves once");
}

/// The first demo user whose card is of that kind.
async fn holder(kind: &str) -> String {
    let house = House::start("kh").await;
    let users = house.demo["users"].as_array().unwrap();
    let user = users.iter().find(|user| user["card_kind"] == kind).expect("a user with such a card");
    user["name"].as_str().unwrap().to_owned()
}

#[test]
fn a_blocked_gids_card_is_freed_by_telephone() {
    isolated("a_blocked_gids_card_is_freed_by_telephone", || {
        run(async { story(CardKind::Gids, &holder("gids").await).await });
    });
}

#[test]
fn a_blocked_piv_card_is_freed_by_telephone() {
    isolated("a_blocked_piv_card_is_freed_by_telephone", || {
        run(async { story(CardKind::Piv, &holder("piv").await).await });
    });
}
