use signature::SignatureError;

use super::super::builder::ManagementKey;
use super::super::chip::Chip;
use super::super::holder::{CSN, Holder, PIN};
use super::super::{CardBuilder, CardKind, VirtualCard};

const SELECT: &str = "00a4040009a0000003080000100000";
const KEY: [u8; 24] = [0x33; 24];

/// The bare chip, without a reader.
struct Desk {
    chip: Chip,
}

impl Desk {
    fn new(order: impl FnOnce(CardBuilder) -> CardBuilder) -> Self {
        let holder = Holder::p256().unwrap();
        let order = order(VirtualCard::builder(CardKind::Piv));
        let chip = Chip::new(order.piv(holder.login, holder.signing));
        let mut desk = Self { chip };
        assert!(desk.say(SELECT).ends_with("9000"));
        desk
    }

    fn renewable() -> Self {
        Self::new(|order| order.management_key(ManagementKey::Tdes(KEY)))
    }

    fn say(&mut self, command: &str) -> String {
        hex::encode(self.chip.execute(&hex::decode(command).unwrap()))
    }

    fn secret(&mut self, header: &str, parts: &[&str]) -> String {
        let data: String = parts.iter().map(|part| format!("{:f<16}", hex::encode(part))).collect();
        self.say(&format!("{header}{:02x}{data}", data.len() / 2))
    }

    /// Mutual authentication with the key, as Yubico's tools do it.
    fn authenticate(&mut self, key: ManagementKey) -> Result<(), String> {
        let (cipher, algorithm) = (key.cipher(), key.algorithm());
        let length = cipher.block_len();
        let answer = self.say(&format!("0087{algorithm:02x}9b047c02800000"));
        let secret = hex::decode(&answer[8..8 + 2 * length]).map_err(|_| answer)?;
        let witness = hex::encode(cipher.decrypt(&secret));
        let template = format!("80{length:02x}{witness}81{length:02x}{}", "77".repeat(length));
        let inner = template.len() / 2;
        let command = format!("0087{algorithm:02x}9b{:02x}7c{inner:02x}{template}00", inner + 2);
        let answer = self.say(&command);
        let proof = hex::encode(cipher.encrypt(&vec![0x77; length]));
        if answer == format!("7c{:02x}82{length:02x}{proof}9000", length + 2) { Ok(()) } else { Err(answer) }
    }

    fn sign(&mut self, slot: u8) -> String {
        self.say(&format!("008711{slot:02x}267c2482008120{}00", "5a".repeat(32)))
    }
}

#[test]
fn metadata_tells_a_transport_pin_until_it_is_changed_or_unblocked() {
    for change in ["00240080", "002c0080"] {
        let mut desk = Desk::new(|order| order.new_card().pin("123456").puk("87654321"));
        assert_eq!(desk.say("00f7008000"), "0101ff05010106020505".to_owned() + "9000");
        assert_eq!(desk.say("00f7008100"), "0101ff050100060205059000");
        assert_eq!(desk.secret("00200080", &["000000"]), "63c4");
        assert_eq!(desk.say("00f7008000"), "0101ff050101060205049000");
        let proof = if change == "00240080" { "123456" } else { "87654321" };
        assert_eq!(desk.secret(change, &[proof, "271828"]), "9000");
        assert_eq!(desk.say("00f7008000"), "0101ff050100060205059000");
        assert_eq!(desk.secret("00200080", &["271828"]), "9000");
    }
}

#[test]
fn the_puk_is_counted_changed_and_blocked() {
    let mut desk = Desk::new(|order| order);
    assert_eq!(desk.secret("00240081", &["00000000", "87654321"]), "63c4");
    assert_eq!(desk.chip.counters().puk, Some(4));
    assert_eq!(desk.secret("00240081", &["12345678", "87654321"]), "9000");
    assert_eq!(desk.chip.counters().puk, Some(5));
    for left in (1..5).rev() {
        assert_eq!(desk.secret("002c0080", &["12345678", "112233"]), format!("63c{left}"));
    }
    assert_eq!(desk.secret("002c0080", &["12345678", "112233"]), "6983");
    assert_eq!(desk.secret("002c0080", &["87654321", "112233"]), "6983");
    assert_eq!(desk.say("00f7008100"), "0101ff050100060205009000");
    assert_eq!(desk.secret("00200080", &[PIN]), "9000");
}

#[test]
fn plain_and_foreign_cards_know_nothing_beyond_their_standard() {
    let mut plain = Desk::new(CardBuilder::plain);
    for command in ["00f7008000", "00fd000000", "0047009a05ac03800111", "00f69a82", "00db3fff055c035fc105"] {
        assert_eq!(plain.say(command), "6d00", "{command}");
    }
    let mut usual = Desk::new(|order| order);
    assert_eq!(usual.say("00fd000000"), "6d00");
    assert_eq!(usual.say("00cb3fff055c035fff0000"), "6a82");
    let mut foreign = Chip::new(super::super::chip::Foreign);
    assert_eq!(hex::encode(foreign.execute(&hex::decode(SELECT).unwrap())), "6a82");
    assert_eq!(hex::encode(foreign.execute(&[0, 0x20, 0, 0x80])), "6d00");
}

#[test]
fn only_the_pin_opens_the_management_key_and_only_that_makes_changes() {
    let mut desk = Desk::renewable();
    assert_eq!(desk.say("00fd000000"), "0507009000");
    assert_eq!(desk.say("00f8000000"), format!("{}9000", hex::encode(&CSN[..4])));
    assert_eq!(desk.say("00f7009b00"), "010103020200010501009000");
    assert_eq!(desk.say("00cb3fff055c035fff0000"), "530580038101029000");
    assert_eq!(desk.say("00cb3fff055c035fc10900"), "6982");
    for refused in ["0047008205ac03800111", "00f69a82", "00db3fff095c035fc10d5302700000"] {
        assert_eq!(desk.say(refused), "6982", "{refused}");
    }
    assert_eq!(desk.secret("00200080", &[PIN]), "9000");
    assert_eq!(desk.say("00cb3fff055c035fc10900"), format!("531c881a8918{}9000", hex::encode(KEY)));
}

#[test]
fn management_keys_of_every_kind_authenticate_and_wrong_ones_do_not() {
    for key in [ManagementKey::Tdes(KEY), ManagementKey::Aes192(KEY), ManagementKey::Aes256([0x44; 32])] {
        let mut desk = Desk::new(|order| order.management_key(key));
        assert_eq!(desk.authenticate(key), Ok(()));
        let wrong = match key {
            ManagementKey::Tdes(_) => ManagementKey::Tdes([0x35; 24]),
            ManagementKey::Aes192(_) => ManagementKey::Aes192([1; 24]),
            ManagementKey::Aes256(_) => ManagementKey::Aes256([1; 32]),
        };
        assert_eq!(desk.authenticate(wrong), Err("6982".to_owned()));
        assert_eq!(desk.say("00f69a82"), "6982");
        // The other way: the card's challenge, encrypted.
        let header = format!("0087{:02x}9b", key.algorithm());
        let challenge = desk.say(&format!("{header}047c02810000"));
        let length = key.cipher().block_len();
        let challenge = hex::decode(&challenge[8..8 + 2 * length]).unwrap();
        let response = hex::encode(key.cipher().encrypt(&challenge));
        let inner = length + 2;
        assert_eq!(
            desk.say(&format!("{header}{:02x}7c{inner:02x}82{length:02x}{response}", inner + 2)),
            "9000"
        );
        assert_eq!(desk.say("00f69a82"), "6a88");
    }
    let mut desk = Desk::renewable();
    assert_eq!(desk.say("0087089b047c02800000"), "6a80");
    assert_eq!(desk.say("0087039b067c0480020102"), "6a80");
}

/// The way of a renewal: new keys beside the old ones, their certificates, and the move.
#[test]
fn new_keys_sign_beside_the_old_ones_and_then_take_their_place() {
    let mut desk = Desk::renewable();
    desk.authenticate(ManagementKey::Tdes(KEY)).unwrap();
    for (command, refusal) in [
        ("0047008005ac03800111", "6a88"),
        ("0047008205ac03800114", "6a80"),
        ("0047008203800111", "6a80"),
        ("0047008208ac06800111aa0105", "6a80"),
    ] {
        assert_eq!(desk.say(command), refusal, "{command}");
    }
    let login = desk.say("0047008205ac0380011100");
    assert!(login.starts_with("7f494386410") && login.ends_with("9000"), "{login}");
    let signing = desk.say("0047008308ac06800111aa010300");
    let point = &signing[10..10 + 130];
    assert_eq!(desk.say("00f7008300"), format!("01011102020301030101044386 41{point}9000").replace(' ', ""));
    assert_eq!(desk.sign(0x82), "6982");
    assert_eq!(desk.secret("00200080", &[PIN]), "9000");
    assert!(desk.sign(0x82).ends_with("9000"));
    assert_eq!(desk.sign(0x83), "6982");
    assert_eq!(desk.secret("00200080", &[PIN]), "9000");
    assert!(desk.sign(0x83).ends_with("9000"));
    assert_eq!(desk.say("00db3fff0d5c035fc10d5306700171fe0000"), "9000");
    assert_eq!(desk.say("00cb3fff055c035fc10d00"), "5306700171fe00009000");
    assert_eq!(desk.say("00f69c83"), "9000");
    assert_eq!(desk.say("00f69c83"), "6a88");
    assert_eq!(desk.say("00f68082"), "6a88");
    assert_eq!(desk.sign(0x83), "6a88");
    assert_eq!(desk.say("00f7009c00"), format!("010111020203010301010443{}{point}9000", "8641"));
    assert_eq!(desk.say("00db3fff075c035fc10d5300"), "9000");
    assert_eq!(desk.say("00cb3fff055c035fc10d00"), "6a82");
    assert_eq!(desk.say("00f6ff82"), "9000");
    assert_eq!(desk.say("00f7008200"), "6a88");
    assert!(desk.say(SELECT).ends_with("9000"));
    assert_eq!(desk.say("0047008205ac0380011100"), "6982");
}

#[test]
fn rsa_keys_are_made_too_and_sign() {
    let mut desk = Desk::renewable();
    desk.authenticate(ManagementKey::Tdes(KEY)).unwrap();
    let answer =
        desk.chip.execute(&hex::decode("0047008208ac068001 07aa010200000000".replace(' ', "")).unwrap());
    assert_eq!(answer, [0x67, 0x00]);
    let mut answer = desk.chip.execute(&hex::decode("00470082000008ac06800107aa01020000").unwrap());
    assert_eq!(answer.split_off(answer.len() - 2), [0x90, 0x00]);
    assert_eq!(answer[..9], [0x7f, 0x49, 0x82, 0x01, 0x09, 0x81, 0x82, 0x01, 0x00]);
    desk.secret("00200080", &[PIN]);
    let block = [&[0, 1][..], &[0xff; 252], &[0, 7]].concat();
    let command =
        [&hex::decode("0087078200010a7c82010682008182 0100".replace(' ', "")).unwrap()[..], &block, &[0, 0]]
            .concat();
    let signature = desk.chip.execute(&command);
    assert_eq!((signature.len(), &signature[..4]), (4 + 4 + 256 + 2, &[0x7c, 0x82, 0x01, 0x04][..]));
}

#[test]
fn orders_end_in_cards() -> Result<(), SignatureError> {
    let holder = Holder::p256()?;
    let file = holder.key_file()?;
    let card = VirtualCard::builder(CardKind::Piv).renewable().from_key_file(&file, PIN)?;
    assert_eq!((card.tries_left(), card.puk_tries_left(), card.admin_tries_left()), (5, Some(5), None));
    assert_eq!(card.verify_count(), 0);
    assert!(VirtualCard::builder(CardKind::Piv).from_key_file(&file, "000000").is_err());
    assert_eq!(VirtualCard::foreign().puk_tries_left(), None);
    Ok(())
}
