//! Every encoding in which Hungarian programs write tables is found by its words.

use proptest::prelude::*;

use super::*;

fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    let mut bytes = Vec::new();
    encoding.encode(text, &mut bytes).unwrap();
    bytes
}

fn read(bytes: &[u8]) -> (String, ReadAs) {
    let decoded = decode(bytes).unwrap();
    (decoded.text.into_owned(), decoded.read_as)
}

const TEXT: &str = "Rövid név;Számlaszám\nŐrségi Faipari Kft.;1\nTűzkő Bt.;2\n";

#[test]
fn hungarian_texts_are_read_in_the_encodings_that_programs_write() {
    for encoding in [Encoding::Utf8, Encoding::Windows1250, Encoding::Cp852] {
        let (text, read_as) = read(&encoded(TEXT, encoding));
        assert_eq!((text.as_str(), read_as.encoding, read_as.doubtful), (TEXT, encoding, false));
    }
    // The Hungarian letters stand in the same places.
    assert_eq!(read(&encoded(TEXT, Encoding::Latin2)).0, TEXT);
    assert_eq!(read(&encoded("Pék és Fia", Encoding::Latin9)).0, "Pék és Fia");
    assert_eq!(read(b"\xef\xbb\xbfa").0, "a");
}

#[test]
fn utf_16_is_read_with_and_without_its_mark() {
    for encoding in [Encoding::Utf16Le, Encoding::Utf16Be] {
        let bytes = encoded(TEXT, encoding);
        assert_eq!(read(&bytes).0, TEXT);
        let marked = encoded(&format!("\u{feff}{TEXT}"), encoding);
        let (text, read_as) = read(&marked);
        assert_eq!((text.as_str(), read_as.encoding), (TEXT, encoding));
        assert!(beginning(&marked).starts_with("Rövid név"));
        let cut = decode(&marked[..marked.len() - 1]).unwrap_err();
        assert_eq!(cut, FormatError::InvalidBytes { line: 3, encoding: encoding.name() });
    }
}

#[test]
fn a_no_break_space_between_digits_is_no_letter() {
    // Bytes of windows-1250; in CP852 each space would be an "á" and "Pék" would be "PÚk".
    let text = "Partner;IBAN;Forgalom\nPék Kft.;11773016-23456718;1\u{a0}250\u{a0}000 Ft\nSzűcs Bt.;1;2\u{a0}250\u{a0}000\n";
    let (found, read_as) = read(&encoded(text, Encoding::Windows1250));
    assert_eq!(found, text);
    assert_eq!((read_as.encoding, read_as.doubtful), (Encoding::Windows1250, false));
    assert_eq!(read_as.sample, "Pék, Szűcs");
    // Nothing but such spaces: then windows-1250 is right, since they are nothing in CP852.
    let spaces = "Partner;IBAN\nAlfa;10400126\u{a0}76543212\n";
    assert_eq!(read(&encoded(spaces, Encoding::Windows1250)).0, spaces);
}

#[test]
fn a_guess_that_could_be_another_is_told() {
    // One byte that is a letter in both: "ű" is 0xFB in windows-1250 and in CP852.
    let (text, read_as) = read(b"n\xfbg");
    assert_eq!((text.as_str(), read_as.doubtful, read_as.sample.as_str()), ("nűg", true, "nűg"));
    assert!(read(b"a\xf0b").1.doubtful, "no Hungarian letter in either");
}

#[test]
fn a_closing_end_of_file_of_dos_is_passed_over() {
    assert_eq!(read(b"a;b\r\n1;2\r\n\x1a").0, "a;b\r\n1;2\r\n");
    let (text, _) = read(&[encoded(TEXT, Encoding::Windows1250), vec![0x1a, 0x1a]].concat());
    assert_eq!(text, TEXT);
}

#[test]
fn what_is_no_text_is_refused_with_its_line() {
    let line = |bytes: &[u8]| decode(bytes).unwrap_err().line();
    assert_eq!(line(b"\xef\xbb\xbfa\nb\xff"), Some(2));
    // 0x81 is no character in windows-1250 and more letters speak for that encoding.
    assert_eq!(line(b"b\xe9r n\xe9v\n\n\x81"), Some(3));
    // A lone surrogate.
    assert_eq!(line(b"\xff\xfea\0\x00\xd8"), Some(1));
}

proptest! {
    #[test]
    fn words_come_back_from_either_encoding(
        words in proptest::collection::vec("[A-ZÁÉÍÓÖŐÚÜŰ][a-záéíóöőúüű]{2,12}", 6..30)
    ) {
        let text = words.join(" ");
        for encoding in SINGLE_BYTE {
            let decoded = decode(&encoded(&text, encoding)).unwrap().text.into_owned();
            // Words with a letter or two that both encodings have say nothing.
            let telling = text.chars().filter(|c| HUNGARIAN.contains(*c)).count();
            if telling > 8 {
                prop_assert_eq!(&decoded, &text);
            }
        }
    }

    #[test]
    fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _: Result<Decoded<'_>> = decode(&bytes);
        let _: String = beginning(&bytes);
    }
}
