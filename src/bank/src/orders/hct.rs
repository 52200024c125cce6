//! HCT: domestic transfers. What holds for every transfer is all that holds for them.

use super::part::{CarryOut, Part};
use super::{payee, transfer};

pub(super) const PART: Part = Part {
    accept: |judging, content| transfer::accept(judging, content, |_, _, _| Ok(())),
    is_secret: false,
    carry_out: CarryOut::Engines(|db, rules, _, transfer| payee::answer(db, rules, transfer)),
};
