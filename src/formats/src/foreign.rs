//! Files that people take for files of payments: named for what they are, since "not XML" helps nobody.

/// What a file is instead of a file of payments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Foreign {
    /// It has no content.
    Empty,
    /// A spreadsheet program's own file, or another archive.
    Workbook,
    /// A page to print.
    Pdf,
    /// Records of fixed length that begin with `PAYORD`, as Electra reads them too [G04].
    Payord,
    /// Lines of cells, such as a bank's CSV.
    Table,
    /// Any other text.
    Text,
}

impl Foreign {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Empty => "format-empty",
            Self::Workbook => "format-workbook",
            Self::Pdf => "format-pdf",
            Self::Payord => "format-payord",
            Self::Table => "format-table",
            Self::Text => "format-no-payments",
        }
    }
}

/// What a file is whose beginning shows that it is no XML at all.
pub(crate) fn of_beginning(beginning: &[u8]) -> Option<Foreign> {
    let bytes = beginning.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(beginning).trim_ascii_start();
    match bytes {
        [] => return Some(Foreign::Empty),
        [b'<', ..] => return None,
        [b'P', b'K', 3, 4, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..] => return Some(Foreign::Workbook),
        _ if bytes.starts_with(b"%PDF") => return Some(Foreign::Pdf),
        _ if bytes.starts_with(b"PAYORD") => return Some(Foreign::Payord),
        // UTF-16 has zeros; the reader of XML knows it.
        _ if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || bytes.contains(&0) => {
            return None;
        }
        _ => {}
    }
    let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let cells = |separator: u8| line.iter().filter(|&&byte| byte == separator).count();
    // One comma is a sentence's, one semicolon or tab already a table's.
    let table = cells(b';') > 0 || cells(b'\t') > 0 || cells(b',') > 1;
    Some(if table { Foreign::Table } else { Foreign::Text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_for_what_it_is() {
        for (beginning, kind) in [
            (&b" \r\n"[..], Some(Foreign::Empty)),
            (b"PK\x03\x04\x14\0\0", Some(Foreign::Workbook)),
            (b"%PDF-1.7", Some(Foreign::Pdf)),
            (b"PAYORD000001DO", Some(Foreign::Payord)),
            (b"\xef\xbb\xbf10402142;Kov\xe1cs;1000\r\n", Some(Foreign::Table)),
            (b"debit,credit,amount\n", Some(Foreign::Table)),
            (b"Tisztelt Ugyfelunk, mellekelten kuldjuk\n", Some(Foreign::Text)),
            (b"\n <HUFTransactions>", None),
            (b"\xef\xbb\xbf<Document/>", None),
            (b"<\0D\0o\0c\0", None),
            (b"\xff\xfe<\0D\0", None),
        ] {
            assert_eq!(of_beginning(beginning), kind, "{}", String::from_utf8_lossy(beginning));
        }
    }
}
