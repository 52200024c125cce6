//! The card's end of the wire, with the test as its reader.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use super::holder::Holder;
use super::*;

const SELECT: [u8; 16] = [0, 0xa4, 4, 0, 11, 0xa0, 0, 0, 3, 8, 0, 0, 0x10, 0, 1, 0];
const VERIFY_WRONG: [u8; 13] = [0, 0x20, 0, 0x80, 8, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0xff, 0xff];

/// A card and the reader that it is in.
fn plugged(mut card: VirtualCard) -> (VirtualCard, TcpStream) {
    let reader = TcpListener::bind("127.0.0.1:0").unwrap();
    card.insert(reader.local_addr().unwrap()).unwrap();
    let (wire, _) = reader.accept().unwrap();
    (card, wire)
}

/// Says something; `None` when the card is gone.
fn say(wire: &mut TcpStream, message: &[u8]) -> Option<Vec<u8>> {
    let length = u16::try_from(message.len()).unwrap().to_be_bytes();
    wire.write_all(&[&length[..], message].concat()).ok()?;
    let mut length = [0; 2];
    wire.read_exact(&mut length).ok()?;
    let mut answer = vec![0; usize::from(u16::from_be_bytes(length))];
    wire.read_exact(&mut answer).ok()?;
    Some(answer)
}

#[test]
fn answers_to_reset_have_right_check_bytes_and_differ() {
    let (token, mut token_wire) = plugged(Holder::p256().unwrap().card().unwrap());
    let (foreign, mut foreign_wire) = plugged(VirtualCard::foreign());
    let answers = [&mut token_wire, &mut foreign_wire].map(|wire| say(wire, &[4]).unwrap());
    assert_ne!(answers[0], answers[1]);
    for answer in answers {
        assert_eq!(answer[1..].iter().fold(0, |check, byte| check ^ byte), 0, "{answer:02x?}");
    }
    drop((token, foreign));
}

#[test]
fn secrets_are_counted_when_they_arrive_and_never_logged() {
    let (card, mut wire) = plugged(Holder::p256().unwrap().card().unwrap());
    say(&mut wire, &SELECT).unwrap();
    assert_eq!(say(&mut wire, &[0, 0x20, 0, 0x80]).unwrap(), [0x63, 0xc5]);
    assert_eq!(card.verify_count(), 0);
    assert_eq!(say(&mut wire, &VERIFY_WRONG).unwrap(), [0x63, 0xc4]);
    card.act_when(|step| if step.moment == Moment::Arrived { Action::Pull } else { Action::Go });
    assert_eq!(say(&mut wire, &VERIFY_WRONG), None);
    assert_eq!((card.verify_count(), card.tries_left()), (2, 4));
    assert!(!card.log().concat().contains("3030"), "{:?}", card.log());
}

#[test]
fn answers_can_be_replaced_lost_and_late() {
    let (card, mut wire) = plugged(Holder::p256().unwrap().card().unwrap());
    say(&mut wire, &SELECT).unwrap();
    card.act_when(|step| match step.moment {
        Moment::Arrived => Action::Answer(vec![0x6f, 0x00]),
        _ => Action::Go,
    });
    assert_eq!(say(&mut wire, &VERIFY_WRONG).unwrap(), [0x6f, 0x00]);
    assert_eq!(card.tries_left(), 5);
    card.act_when(|step| match step.moment {
        Moment::Executed => Action::Answer(vec![0x63]),
        _ => Action::Go,
    });
    assert_eq!(say(&mut wire, &VERIFY_WRONG).unwrap(), [0x63]);
    assert_eq!(card.tries_left(), 4);
    card.act_when(|_| Action::Wait(Duration::from_millis(1)));
    assert_eq!(say(&mut wire, &VERIFY_WRONG).unwrap(), [0x63, 0xc3]);
    card.pull_when(|step| step.instruction == 0x20 && step.moment == Moment::Executed);
    assert_eq!(say(&mut wire, &VERIFY_WRONG), None);
    assert_eq!(card.tries_left(), 2);
}
