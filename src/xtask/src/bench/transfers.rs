//! A file of made-up transfers, written without any code of the product: every version of it reads the same bytes.

use std::io::{self, BufWriter, Write};
use std::path::Path;

/// The first fifteen digits of the payees' accounts count up from here.
const PAYEES: u64 = 100_000_000_000_000;

/// Writes `count` transfers from an account as pain.001.001.09.
pub fn write(path: &Path, debit: &str, count: u64) -> io::Result<()> {
    let amount = |n: u64| 1_000 + n * 37 % 250_000;
    let total: u64 = (0..count).map(amount).sum();
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    let totals = format!("<NbOfTxs>{count}</NbOfTxs><CtrlSum>{total}</CtrlSum>");
    write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"><CstmrCdtTrfInitn>\n\
         <GrpHdr><MsgId>BENCH</MsgId><CreDtTm>2026-11-21T10:00:00</CreDtTm>{totals}\
         <InitgPty><Nm>Kapocs Minta Kft.</Nm></InitgPty></GrpHdr>\n\
         <PmtInf><PmtInfId>1</PmtInfId><PmtMtd>TRF</PmtMtd>{totals}\
         <ReqdExctnDt><DtTm>2026-11-21T10:00:00</DtTm></ReqdExctnDt>\
         <Dbtr><Nm>Kapocs Minta Kft.</Nm></Dbtr>\
         <DbtrAcct><Id><Othr><Id>{debit}</Id></Othr></Id></DbtrAcct><DbtrAgt><FinInstnId/></DbtrAgt>\n"
    )?;
    for n in 0..count {
        writeln!(
            out,
            "<CdtTrfTxInf><PmtId><EndToEndId>SZ-2026-{n:06}</EndToEndId></PmtId>\
             <Amt><InstdAmt Ccy=\"HUF\">{}</InstdAmt></Amt>\
             <Cdtr><Nm>Őrségi Szállító {} Kft.</Nm></Cdtr>\
             <CdtrAcct><Id><IBAN>{}</IBAN></Id></CdtrAcct>\
             <RmtInf><Ustrd>2026/{n:06} számla, gépalkatrész &amp; szállítás</Ustrd></RmtInf></CdtTrfTxInf>",
            amount(n),
            n % 5_000,
            iban(&account(n % 5_000)),
        )?;
    }
    writeln!(out, "</PmtInf></CstmrCdtTrfInitn></Document>")?;
    out.flush()
}

/// The check digit of a Hungarian account's part: 9, 7, 3, 1 by turns make a whole ten.
fn check_digit(digits: &str) -> u64 {
    let weighted = digits.bytes().zip([9, 7, 3, 1].into_iter().cycle());
    let sum: u64 = weighted.map(|(digit, weight)| u64::from(digit - b'0') * weight).sum();
    (10 - sum % 10) % 10
}

/// An account of 24 digits at a bank that exists.
fn account(n: u64) -> String {
    let (bank, number) = ("1177301", (PAYEES + n).to_string());
    format!("{bank}{}{number}{}", check_digit(bank), check_digit(&number))
}

/// Its IBAN: `HU00` at the end, as figures, modulo 97.
fn iban(account: &str) -> String {
    let figures = format!("{account}173000");
    let rest = figures.bytes().fold(0, |rest, digit| (rest * 10 + u64::from(digit - b'0')) % 97);
    format!("HU{:02}{account}", 98 - rest)
}

#[cfg(test)]
mod tests {
    use super::{account, check_digit, iban};

    #[test]
    fn accounts_carry_the_digits_that_banks_check() {
        assert_eq!((check_digit("1040214"), check_digit("000000000000001")), (2, 7));
        assert_eq!(iban("104021420000000000000017"), "HU33104021420000000000000017");
        assert_eq!(account(7).len(), 24);
    }
}
