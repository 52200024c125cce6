//! Every answer of a bank that the client reads: the first byte says which; what is taken says the same when it is
//! written again.
#![no_main]

use std::fmt::Debug;

use libfuzzer_sys::fuzz_target;
use protocol::release::SignedRelease;
use protocol::{
    AccountList, Challenge, Event, MessagePage, PackageChanges, PackageStatus, Problem, RenewalAnswer,
    SecondaryIdAnswer, ServerInfo, Session, SharedContent, SharedList, SharedPackage, SignedReceipt, TransactionPage,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

const READERS: [fn(&[u8]); 16] = [
    comes_back::<ServerInfo>,
    comes_back::<Challenge>,
    comes_back::<Session>,
    comes_back::<AccountList>,
    comes_back::<TransactionPage>,
    comes_back::<SignedReceipt>,
    comes_back::<PackageStatus>,
    comes_back::<PackageChanges>,
    comes_back::<SharedList>,
    comes_back::<SharedPackage>,
    comes_back::<SharedContent>,
    comes_back::<MessagePage>,
    comes_back::<SecondaryIdAnswer>,
    comes_back::<SignedRelease>,
    comes_back::<RenewalAnswer>,
    |bytes| {
        comes_back::<Problem>(bytes);
        comes_back::<Event>(bytes);
    },
];

fn comes_back<T: DeserializeOwned + Serialize + PartialEq + Debug>(bytes: &[u8]) {
    let Ok(answer) = serde_json::from_slice::<T>(bytes) else { return };
    let written = serde_json::to_vec(&answer).expect("an answer is JSON");
    assert_eq!(serde_json::from_slice::<T>(&written).expect("our own JSON"), answer);
}

fuzz_target!(|bytes: &[u8]| {
    if let Some((kind, bytes)) = bytes.split_first() {
        READERS[usize::from(*kind) % READERS.len()](bytes);
    }
});
