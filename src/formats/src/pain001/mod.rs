//! ISO 20022 credit transfer initiation: `pain.001.001.09` out, `.001.03` and `.001.09` in.
//!
//! # How payments stand in pain.001 (mapping version 1)
//!
//! The standard leaves room where Hungarian banks publish no rule, so these places are ours. They are all
//! valid by ISO's own schema; `assets/schema/pain.001.001.09-hct.xsd` is the strict subset that we write.
//! One `PmtInf` holds neighbouring orders that agree in account, timing and urgency; the order of the
//! orders never changes.
//!
//! | field | place | note |
//! | --- | --- | --- |
//! | package id | `GrpHdr/MsgId` | 32 hexadecimal digits |
//! | created | `GrpHdr/CreDtTm` | UTC |
//! | customer | `GrpHdr/InitgPty`, `PmtInf/Dbtr/Nm` | name; the bank's number in `InitgPty/Id/OrgId/Othr/Id` |
//! | debit account | `PmtInf/DbtrAcct/Id/IBAN` | its first 8 digits again in `DbtrAgt/FinInstnId/ClrSysMmbId/MmbId` |
//! | timing: on a day | `PmtInf/ReqdExctnDt/Dt` | |
//! | timing: soon, instant | `PmtInf/ReqdExctnDt/DtTm` | the time of creation: from now on |
//! | timing: instant | `PmtInf/PmtTpInf/LclInstrm/Cd` = `INST` | |
//! | VIBER | `PmtInf/PmtTpInf/InstrPrty` = `HIGH` and `SvcLvl/Prtry` = `VIBER` | |
//! | order id | `PmtId/InstrId` | 32 hexadecimal digits |
//! | own reference | `PmtId/EndToEndId` | an order without one carries its own id again, so that each has a different one; it and `NOTPROVIDED`, which documents had before, mean none |
//! | amount | `Amt/InstdAmt` | HUF, whole |
//! | payer's name | `UltmtDbtr/Nm` | only if it differs from the customer's |
//! | payee's name, country | `Cdtr/Nm`, `Cdtr/PstlAdr/Ctry` | |
//! | payee's account | `CdtrAcct/Id/IBAN` | an own account stands without `Cdtr/Nm` |
//! | secondary identifier | `CdtrAcct/Prxy` | `Id/Othr/Id` = `NOTPROVIDED` beside it, since version 9 demands an `Id`; `Tp/Cd` = `TELE` or `EMAL`, `Tp/Prtry` = `HU-TAX-NUMBER` or `HU-TAX-ID` |
//! | legal code | `RgltryRptg/Dtls/Cd` | |
//! | narrative | `RmtInf/Ustrd` | one, at most 140 |
//! | document number | `RmtInf/Strd/RfrdDocInf/Nb` | with `Tp/CdOrPrtry/Prtry` = `BIZONYLATSZAM` |

mod element;
mod import;
mod instruction;
mod read;
mod vocabulary;
mod write;

pub use import::import;
pub(crate) use read::{Expected, read_day, read_document};
pub(crate) use vocabulary::{NAMESPACE_03, NAMESPACE_09};
pub use write::{Message, write, write_document};
pub(crate) use write::{check, check_order, day, is_writable_name, is_writable_time, timestamp};

#[cfg(test)]
mod tests;
