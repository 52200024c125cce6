//! Hostile and huge files: a clear error, the good rows, and memory that does not grow.

use std::io::{self, BufRead, BufReader, Read};

use formats::import::{ImportRow, import};
use formats::{Detected, FormatError, detect, pain001};
use harness::memory::peak;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.03\"><CstmrCdtTrfInitn><PmtInf>\
    <DbtrAcct><Id><IBAN>HU42117730161111101800000000</IBAN></Id></DbtrAcct>\n";
const ROW: &str = "<CdtTrfTxInf><PmtId><EndToEndId>A</EndToEndId></PmtId><Amt><InstdAmt Ccy=\"HUF\">1</InstdAmt></Amt>\
    <Cdtr><Nm>Szállító Kft.</Nm></Cdtr><CdtrAcct><Id><IBAN>HU42117730161111101800000000</IBAN></Id></CdtrAcct>\
    <RmtInf><Ustrd>számla</Ustrd></RmtInf></CdtTrfTxInf>\n";
const TAIL: &str = "</PmtInf></CstmrCdtTrfInitn></Document>\n";
const TWO_GIGABYTES: u64 = 2 << 30;

/// A text, then another one again and again up to a length, then a last one; never in memory at once.
struct Endless {
    head: io::Cursor<String>,
    piece: &'static [u8],
    at: usize,
    left: u64,
    tail: io::Cursor<String>,
    given: u64,
}

impl Endless {
    fn new(head: &str, piece: &'static str, bytes: u64, tail: &str) -> Self {
        Self {
            head: io::Cursor::new(head.to_owned()),
            piece: piece.as_bytes(),
            at: 0,
            left: bytes,
            tail: io::Cursor::new(tail.to_owned()),
            given: 0,
        }
    }
}

impl Read for Endless {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut count = self.head.read(out)?;
        if count == 0 && self.left > 0 {
            for byte in out.iter_mut() {
                if self.left == 0 {
                    break;
                }
                *byte = self.piece[self.at];
                self.at = (self.at + 1) % self.piece.len();
                self.left -= 1;
                count += 1;
            }
        }
        if count == 0 {
            count = self.tail.read(out)?;
        }
        self.given += count as u64;
        Ok(count)
    }
}

/// Rows, the error, and how many bytes were read before it.
fn refused(mut file: Endless) -> (Vec<ImportRow>, FormatError, u64) {
    let mut rows = Vec::new();
    let error = import(BufReader::new(&mut file), &mut |row| rows.push(row)).expect_err("a refusal");
    (rows, error, file.given)
}

#[test]
fn a_line_of_two_gigabytes_ends_early_wherever_it_stands() {
    let text_starts = [
        ("<PmtInfId>", "x"),
        ("<PmtInfId attribute=\"", "x"),
        ("<PmtInfId ", "a=\"b\" "),
        ("<", "x"),
        ("<!-- ", "< "),
        ("<![CDATA[", "x"),
        ("<?target ", "x"),
        ("<PmtInfId>", "&amp;"),
        ("<PmtInfId>", "&#65;"),
        ("<PmtInfId>&", "x"),
        ("<PmtInfId>", "<!-- -->x"),
        ("", " "),
    ];
    for (start, piece) in text_starts {
        let head = format!("{HEAD}{ROW}{start}");
        let (rows, error, given) = refused(Endless::new(&head, piece, TWO_GIGABYTES, TAIL));
        let limited = matches!(error, FormatError::TooLong { line: 3 | 4, .. } | FormatError::NotXml { .. });
        assert!(limited, "{start}{piece}: {error}");
        assert_eq!(rows.len(), 1, "{start}{piece}");
        assert!(given < 2 << 20, "{start}{piece}: {given} bytes were read");
    }
}

#[test]
fn two_gigabytes_that_never_become_xml_end_early() {
    for (head, piece) in
        [("", "x"), ("", " "), ("", "\u{feff}"), ("<?xml ", " "), ("<!DOCTYPE a ", "x"), ("", "<a>")]
    {
        let (rows, error, given) = refused(Endless::new(head, piece, TWO_GIGABYTES, ""));
        assert!(rows.is_empty() && given < 2 << 20, "{head}{piece}: {error} after {given}");
    }
}

#[test]
fn an_entity_bomb_is_not_lit() {
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY lol \"lol\">\
        <!ENTITY lol2 \"&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;\">\
        <!ENTITY xxe SYSTEM \"file:///etc/passwd\">]>\n";
    for root in [
        "<HUFTransactions><Transaction><Amount Currency=\"HUF\">&lol2;</Amount></Transaction></HUFTransactions>",
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\">&xxe;</Document>",
    ] {
        let error = import(format!("{bomb}{root}").as_bytes(), &mut |_| {}).expect_err("a refusal");
        assert_eq!(error, FormatError::Dtd { line: 2 });
        assert!(formats::package_document::read(format!("{bomb}{root}").as_bytes()).is_err());
    }
    let undeclared = format!("{HEAD}<PmtInfId>&lol;</PmtInfId>{TAIL}");
    let error = import(undeclared.as_bytes(), &mut |_| {}).expect_err("a refusal");
    assert_eq!(error, FormatError::Entity { line: 3, name: "lol".to_owned() });
}

#[test]
fn nesting_without_end_is_refused() {
    let (_, error, given) = refused(Endless::new(HEAD, "<a>", TWO_GIGABYTES, ""));
    assert!(matches!(error, FormatError::TooDeep { line: 3, .. }), "{error}");
    assert!(given < 1 << 20);
}

#[test]
fn a_row_of_endless_lines_is_refused() {
    let head = format!("{HEAD}<CdtTrfTxInf><RmtInf>");
    let (_, error, given) = refused(Endless::new(&head, "<Ustrd>x</Ustrd>\n", TWO_GIGABYTES, TAIL));
    assert!(matches!(error, FormatError::TooLong { .. }), "{error}");
    assert!(given < 2 << 20);
}

#[test]
fn a_row_of_endless_strange_elements_does_not_grow() {
    let before = peak();
    let head = format!("{HEAD}<CdtTrfTxInf>");
    let tail = format!("</CdtTrfTxInf>{TAIL}");
    let strange = "<Purp><Cd>A</Cd></Purp><Cdtr><Nm>B</Nm></Cdtr><Cdtr><Nm>C</Nm></Cdtr>";
    let mut rows = Vec::new();
    let file = Endless::new(&head, strange, strange.len() as u64 * 50_000, &tail);
    import(BufReader::new(file), &mut |row| rows.push(row)).expect("a file");
    assert_eq!(rows.len(), 1);
    assert!(rows[0].problems.len() <= 40 && rows[0].warnings.len() <= 40);
    assert_flat(before);
}

/// At most a few megabytes more than before; the tests of this file run side by side.
fn assert_flat(before: Option<u64>) {
    if let (Some(before), Some(after)) = (before, peak()) {
        assert!(after - before < 12 << 20, "{before} -> {after}");
    }
}

#[test]
fn memory_does_not_grow_with_the_file() {
    let count = 300_000;
    let before = peak();
    let file = Endless::new(HEAD, ROW, ROW.len() as u64 * count, TAIL);
    let mut rows = 0;
    let mut last_line = 0;
    let end = import(BufReader::new(file), &mut |row| {
        rows += 1;
        last_line = row.line;
        assert_eq!(row.position, rows);
        assert!(row.problems.is_empty());
    })
    .expect("a file");
    assert_eq!((u64::from(rows), u64::from(end.rows)), (count, count));
    assert_eq!(last_line, count + 2);
    assert_flat(before);
}

#[test]
fn a_reader_that_breaks_gives_its_rows_and_its_words() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the stick was pulled out"))
        }
    }
    let file = format!("{HEAD}{}{ROW}", ROW.repeat(200)).into_bytes();
    let mut rows = 0;
    let error =
        import(BufReader::new(file.as_slice().chain(Broken)), &mut |_| rows += 1).expect_err("an error");
    assert_eq!(error, FormatError::Io("the stick was pulled out".to_owned()));
    assert_eq!(rows, 201);
}

#[test]
fn a_format_is_known_without_taking_a_byte() {
    let file = format!("{HEAD}{TAIL}");
    let mut reader = BufReader::new(file.as_bytes());
    assert_eq!(detect(&mut reader), Ok(Detected::Pain001 { version: formats::PainVersion::V03 }));
    assert_eq!(reader.fill_buf().expect("bytes"), file.as_bytes());
    assert_eq!(detect(&mut &b"<HUFTransactions/>"[..]), Ok(Detected::ElectraXml));
    assert_eq!(detect(&mut &b"<Package xmlns=\"urn:kapocs:package:1\"/>"[..]), Ok(Detected::PackageDocument));
    for unknown in ["", "név;számla;összeg", "<Document/>", "<a", "\u{0}\u{1}"] {
        assert_eq!(detect(&mut unknown.as_bytes()), Ok(Detected::Unknown), "{unknown}");
    }
    assert!(matches!(pain001::import(&b""[..], &mut |_| {}), Err(FormatError::NotXml { line: 1 })));
}
