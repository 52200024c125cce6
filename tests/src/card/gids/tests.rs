use std::io::Read;

use signature::Certificate;

use super::super::chip::Chip;
use super::super::cipher::BlockKey;
use super::super::holder::{CSN, Holder, PIN};
use super::super::{CardKind, DEFAULT_ADMIN_KEY, VirtualCard};

const SELECT: &str = "00a404000ba00000039742544659020100";
const CHALLENGE: &str = "00870000047c02810000";

/// The bare chip, without a reader.
struct Desk {
    holder: Holder,
    chip: Chip,
}

impl Desk {
    fn new(holder: Holder, new_card: bool, signing_first: bool) -> Self {
        let mut order = VirtualCard::builder(CardKind::Gids);
        if new_card {
            order = order.new_card();
        }
        if signing_first {
            order = order.signing_first();
        }
        let chip = Chip::new(order.gids(holder.login.clone(), holder.signing.clone()));
        let mut desk = Self { holder, chip };
        assert_eq!(desk.say(SELECT), "61124f0ba00000039742544659020173034001c09000");
        desk
    }

    fn used() -> Self {
        Self::new(Holder::p256().unwrap(), false, false)
    }

    fn say(&mut self, command: &str) -> String {
        hex::encode(self.chip.execute(&hex::decode(command).unwrap()))
    }

    /// A command with data, and its answer without 9000.
    fn ask(&mut self, header: &str, data: &[u8]) -> Vec<u8> {
        let length = u8::try_from(data.len()).unwrap();
        let mut answer = self.say(&format!("{header}{length:02x}{}00", hex::encode(data)));
        let mut out = vec![];
        loop {
            let (part, status) = answer.split_at(answer.len() - 4);
            out.extend(hex::decode(part).unwrap());
            match status.split_at(2) {
                ("61", left) => answer = self.say(&format!("00c00000{left}")),
                status => {
                    assert_eq!(status, ("90", "00"), "{header}");
                    return out;
                }
            }
        }
    }

    fn pin(&mut self, header: &str, pins: &[&str]) -> String {
        let data = hex::encode(pins.concat());
        self.say(&format!("{header}{:02x}{data}", data.len() / 2))
    }

    /// The status word for the code that belongs to a fresh challenge, changed by `spoil`.
    fn code(&mut self, spoil: u8, between: Option<&str>) -> String {
        let answer = self.say(CHALLENGE);
        let Some(challenge) = answer.strip_prefix("7c0a8108") else { return answer };
        let challenge = hex::decode(&challenge[..16]).unwrap();
        let mut code = BlockKey::tdes(&DEFAULT_ADMIN_KEY).encrypt(&challenge);
        code[7] ^= spoil;
        if let Some(between) = between {
            self.say(between);
        }
        self.say(&format!("008700000c7c0a8208{}", hex::encode(code)))
    }

    /// The file's contents, found through the masterfile as a client does.
    fn file(&mut self, directory: &str, name: &str) -> Option<Vec<u8>> {
        let text =
            |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap().trim_end_matches('\0').to_owned();
        let tree = self.ask("00cba000", &[0x5c, 0x02, 0xdf, 0x1f]);
        assert_eq!(tree[..3], [0xdf, 0x1f, 0x81]);
        assert_eq!(tree[4], 1);
        let record = tree[5..]
            .chunks(28)
            .find(|record| text(&record[..9]) == directory && text(&record[9..18]) == name)?;
        let header = format!("00cb{:02x}{:02x}", record[25], record[24]);
        let answer = self.ask(&header, &[0x5c, 0x02, record[21], record[20]]);
        let (contents, rest) = super::tlv::contents(&answer[2..]).unwrap();
        assert!(rest.is_empty());
        Some(contents.to_vec())
    }
}

#[test]
fn files_tell_serial_number_containers_and_certificates_without_a_pin() {
    for signing_first in [false, true] {
        let mut desk = Desk::new(Holder::p256().unwrap(), false, signing_first);
        assert_eq!(desk.file("", "cardid").unwrap(), CSN);
        assert_eq!(desk.say("00cba012045c02df2000"), format!("df2010{}9000", hex::encode(CSN)));
        let map = desk.file("mscp", "cmapfile").unwrap();
        assert_eq!(map.len(), 2 * 86);
        let sizes: Vec<_> = map.chunks(86).map(|record| (record[80] & 1, &record[82..86])).collect();
        let (names, expected) = match signing_first {
            false => (["kxc00", "ksc01"], [(1, &[0, 0, 0, 1][..]), (1, &[0, 1, 0, 0])]),
            true => (["kxc01", "ksc00"], [(1, &[0, 1, 0, 0][..]), (1, &[0, 0, 0, 1])]),
        };
        assert_eq!(sizes, expected);
        let certificates = [desk.holder.login.1.clone(), desk.holder.signing.1.clone()];
        for (name, certificate) in names.into_iter().zip(certificates) {
            let stored = desk.file("mscp", name).unwrap();
            let mut der = vec![];
            flate2::read::ZlibDecoder::new(&stored[4..]).read_to_end(&mut der).unwrap();
            assert_eq!(stored[..2], [1, 0]);
            assert_eq!(usize::from(u16::from_le_bytes([stored[2], stored[3]])), der.len());
            assert_eq!(Certificate::from_der(&der).unwrap(), certificate);
        }
        assert_eq!(desk.file("mscp", "kxc07"), None);
    }
}

#[test]
fn what_is_not_there_or_not_allowed_is_refused() {
    let mut desk = Desk::used();
    for (command, refusal) in [
        ("00cba099045c02df2000", "6a82"),
        ("00cba010045c02df7700", "6a88"),
        ("00cb3fff045c027f7300", "6a88"),
        ("00cba013045c02df2000", "6982"),
        ("00cba014045c02df2000", "6982"),
        ("00dba01004df220101", "6982"),
        ("002000810431323334", "6a88"),
        ("00a4000c02b099", "6a82"),
        ("00a4040007a0000000030000", "6a82"),
        ("00ee0000", "6d00"),
    ] {
        assert_eq!(desk.say(command), refusal, "{command}");
    }
    desk.chip.reset();
    assert_eq!(desk.say("00200080"), "6985");
}

#[test]
fn the_pin_writes_its_files_and_not_the_administrator_s() {
    let mut desk = Desk::used();
    assert_eq!(desk.pin("00200080", &[PIN]), "9000");
    assert_eq!(desk.say("00dba01005df22020102"), "9000");
    assert_eq!(desk.say("00cba010045c02df2200"), "df220201029000");
    assert_eq!(desk.say("00dba01204df200101"), "6982");
    assert_eq!(desk.say("00dba01004df2205"), "6700");
    assert_eq!(desk.say("00dba01003df2205"), "6a80");
    assert_eq!(desk.say("00200082"), "9000");
    assert_eq!(desk.say("00dba01004df220101"), "6982");
}

#[test]
fn wrong_pins_are_counted_and_the_fifth_blocks() {
    let mut desk = Desk::used();
    assert_eq!(desk.say("00cb3fff045c027f7100"), "7f71069701059301059000");
    assert_eq!(desk.say("00200080"), "63c5");
    assert_eq!(desk.pin("00200080", &["123"]), "63c5");
    assert_eq!(desk.pin("00200080", &["12345678901234567"]), "63c5");
    for left in (0..5).rev() {
        assert_eq!(desk.pin("00200080", &["000000"]), format!("63c{left}"));
        assert_eq!(desk.chip.counters().pin, left);
        if left == 2 {
            assert_eq!(desk.pin("00200080", &[PIN]), "9000");
            assert_eq!(desk.say("00200080"), "63c5");
            for _ in 0..3 {
                desk.pin("00200080", &["000000"]);
            }
        }
    }
    assert_eq!(desk.pin("00200080", &[PIN]), "6983");
    assert_eq!(desk.say("00200080"), "6983");
    assert_eq!(desk.pin("00240080", &[PIN, "112233"]), "6983");
    assert_eq!(desk.say("00cb3fff045c027f7100"), "7f71069701009301059000");
}

#[test]
fn the_pin_is_changed_at_the_old_one_s_length() {
    let mut desk = Desk::used();
    assert_eq!(desk.pin("00240080", &["000000", "11223344"]), "63c4");
    assert_eq!(desk.pin("00240080", &[PIN, "112"]), "6700");
    assert_eq!(desk.pin("00240080", &[PIN, "11223344"]), "9000");
    assert_eq!(desk.pin("00200080", &[PIN]), "63c4");
    assert_eq!(desk.pin("00200080", &["11223344"]), "9000");
    assert_eq!(desk.pin("00240080", &["11223344", "5566"]), "9000");
    assert_eq!(desk.pin("00200080", &["5566"]), "9000");
}

#[test]
fn a_new_card_takes_its_first_pin_and_is_then_put_into_use() {
    let mut desk = Desk::new(Holder::p256().unwrap(), true, false);
    assert_eq!(desk.say("00200080"), "9000");
    assert_eq!(desk.pin("002c0280", &["112233"]), "6986");
    assert_eq!(desk.say(CHALLENGE), "6986");
    assert_eq!(desk.say("00440000"), "6985");
    assert_eq!(desk.say("002241b60680011c840181"), "9000");
    assert_eq!(desk.say(&format!("002a9e9a20{}", "00".repeat(32))), "6985");
    assert_eq!(desk.pin("00240180", &["123"]), "6700");
    assert_eq!(desk.pin("00240180", &["112233"]), "9000");
    assert_eq!(desk.say("00200080"), "9000");
    assert_eq!(desk.say("00a4000c023fff"), "9000");
    assert_eq!(desk.say("00440000"), "9000");
    assert_eq!(desk.say("00200080"), "63c5");
    assert_eq!(desk.pin("00240180", &["445566"]), "6982");
    assert_eq!(desk.pin("00200080", &["112233"]), "9000");
    assert_eq!(desk.pin("00240180", &["445566"]), "9000");
    assert_eq!(desk.pin("00200080", &["445566"]), "9000");
}

#[test]
fn a_right_code_unblocks_once() {
    let mut desk = Desk::used();
    for _ in 0..5 {
        desk.pin("00200080", &["000000"]);
    }
    assert_eq!(desk.say(CHALLENGE), "6985");
    assert_eq!(desk.say("002281a403830181"), "6a80");
    assert_eq!(desk.say("002281a403830180"), "9000");
    assert_eq!(desk.pin("002c0280", &["112233"]), "6982");
    assert_eq!(desk.code(0, None), "9000");
    assert_eq!(desk.pin("002c0280", &["112"]), "6700");
    assert_eq!(desk.pin("002c0280", &["112233"]), "9000");
    assert_eq!(desk.pin("002c0280", &["445566"]), "6982");
    assert_eq!(desk.pin("00200080", &["112233"]), "9000");
}

#[test]
fn a_challenge_is_lost_with_any_other_command_and_costs_nothing_then() {
    let mut desk = Desk::used();
    desk.say("002281a403830180");
    for between in ["00cba012045c02df2000", "00200080", "002281a403830180", "00ee0000", CHALLENGE] {
        let refusal = if between == CHALLENGE { "6982" } else { "6985" };
        assert_eq!(desk.code(0, Some(between)), refusal, "{between}");
    }
    assert_eq!(desk.code(0, Some(SELECT)), "6985");
    assert_eq!(desk.chip.counters().admin, Some(4));
}

#[test]
fn wrong_codes_are_counted_and_the_fifth_ends_the_administrator() {
    let mut desk = Desk::used();
    desk.say("002281a403830180");
    for left in [4, 3] {
        assert_eq!(desk.code(1, None), "6982");
        assert_eq!(desk.chip.counters().admin, Some(left));
        // The same code again finds no challenge.
        assert_eq!(desk.say(&format!("008700000c7c0a8208{}", "00".repeat(8))), "6985");
    }
    assert_eq!(desk.code(0, None), "9000");
    assert_eq!(desk.chip.counters().admin, Some(5));
    for _ in 0..5 {
        assert_eq!(desk.code(1, None), "6982");
    }
    assert_eq!(desk.code(0, None), "6983");
    desk.chip.reset();
    desk.say(SELECT);
    desk.say("002281a403830180");
    assert_eq!(desk.say(CHALLENGE), "6983");
}

#[test]
fn machines_authenticate_each_other() {
    let mut desk = Desk::used();
    let key = BlockKey::tdes(&DEFAULT_ADMIN_KEY);
    desk.say("0022c1a403830180");
    for (padding, refused) in [(0x81, true), (0x80, false)] {
        let answer = desk.ask("00870000", &[&[0x7c, 0x12, 0x81, 0x10][..], &[9; 16]].concat());
        assert_eq!(answer[..4], [0x7c, 0x12, 0x81, 0x10]);
        let card = &answer[4..];
        let plain = [card, &[9; 16], &[1, 2, 3, 4, 5, 6, 7, padding]].concat();
        let command = [&[0x7c, 0x2a, 0x82, 0x28][..], &key.encrypt_cbc(&plain)].concat();
        if refused {
            assert_eq!(desk.say(&format!("008700002c{}00", hex::encode(command))), "6982");
        } else {
            let answer = desk.ask("00870000", &command);
            assert_eq!(answer[..4], [0x7c, 0x2a, 0x82, 0x28]);
            assert_eq!(key.decrypt_cbc(&answer[4..])[..32], [&[9; 16][..], card].concat());
        }
    }
    assert_eq!(desk.pin("002c0280", &["112233"]), "9000");
}

#[test]
fn keys_sign_after_the_pin() {
    let mut desk = Desk::used();
    let digest = [0x5a; 32];
    let sign = format!("002a9e9a20{}00", hex::encode(digest));
    assert_eq!(desk.say(&sign), "6985");
    for refused in ["002241b60680011c840183", "002241b6068001578401 81", "002241b6038401 81"] {
        assert_eq!(desk.say(&refused.replace(' ', "")), "6a80");
    }
    assert_eq!(desk.say("002241b60680011c840182"), "9000");
    assert_eq!(desk.say(&sign), "6982");
    assert_eq!(desk.pin("00200080", &[PIN]), "9000");
    for _ in 0..2 {
        assert_eq!(desk.ask("002a9e9a", &digest).len(), 64);
    }
    assert_eq!(desk.say("002a9e9a010000"), "6700");
    let public = desk.ask("00cb3fff", &[0x70, 0x08, 0x84, 0x01, 0x82, 0xa5, 0x03, 0x7f, 0x49, 0x80]);
    assert!(desk.holder.signing.0.public_key_der().unwrap().ends_with(&public[5..]));
    assert_eq!(desk.say("00cb3fff0a7008840183a5037f498000"), "6a88");
}

#[test]
fn rsa_keys_pad_here_or_there() {
    let mut desk = Desk::new(Holder::rsa().unwrap(), false, false);
    desk.pin("00200080", &[PIN]);
    let info = hex::decode("3031300d060960864801650304020105000420").unwrap();
    let info = [&info[..], &[7; 32]].concat();
    desk.say("002241b606800157840181");
    let padded_here = desk.ask("002a9e9a", &info);
    assert_eq!(padded_here.len(), 256);
    assert!(desk.holder.login.1.verifies(&[7; 32], &padded_here));
    assert_eq!(desk.say(&format!("002a9e9af6{}00", "11".repeat(246))), "6700");
    desk.say("002241b606800117840181");
    let block = [&[0, 1], &[0xff; 202][..], &[0], &info].concat();
    let command = [&hex::decode("002a9e9a000100").unwrap()[..], &block, &[0, 0]].concat();
    let padded_there = desk.chip.execute(&command);
    assert_eq!(padded_there[..256], padded_here);
}

#[test]
fn a_key_file_makes_a_card() {
    let holder = Holder::p256().unwrap();
    let card = VirtualCard::builder(CardKind::Gids).from_key_file(&holder.key_file().unwrap(), PIN).unwrap();
    assert_eq!((card.tries_left(), card.puk_tries_left(), card.admin_tries_left()), (5, None, Some(5)));
    assert!(
        VirtualCard::builder(CardKind::Gids).from_key_file(&holder.key_file().unwrap(), "000000").is_err()
    );
}
