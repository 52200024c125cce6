//! The window's icon, from the same file that the installer and the Windows program carry.

use iced::window::Icon;

const FILE: &[u8] = include_bytes!("../../../../assets/icon/kapocs.ico");
/// Side of the picture that is taken: taskbars scale it down.
const SIDE: u32 = 64;
/// Bytes of an ICO's directory head, of each entry, and of a BITMAPINFOHEADER.
const HEAD: usize = 6;
const ENTRY: usize = 16;
const BITMAP_HEAD: usize = 40;

/// The icon; none if the file has no such picture (a test says that it has).
pub(crate) fn icon() -> Option<Icon> {
    iced::window::icon::from_rgba(pixels(FILE)?, SIDE, SIDE).ok()
}

/// The picture of that side as RGBA, top row first. ICO keeps 32-bit bitmaps as BGRA, bottom row first.
fn pixels(file: &[u8]) -> Option<Vec<u8>> {
    let number = |at: usize, length: usize| -> Option<usize> {
        let bytes = file.get(at..at + length)?;
        Some(bytes.iter().rev().fold(0, |sum, byte| (sum << 8) | usize::from(*byte)))
    };
    let side = usize::try_from(SIDE).ok()?;
    let entry = (0..number(4, 2)?)
        .map(|index| HEAD + index * ENTRY)
        .find(|at| number(*at, 1) == Some(side) && number(at + 6, 2) == Some(32))?;
    let begin = number(entry + 12, 4)? + BITMAP_HEAD;
    let rows = file.get(begin..begin + side * side * 4)?.chunks_exact(side * 4).rev();
    let swapped = rows.flat_map(|row| row.chunks_exact(4)).flat_map(|p| [p[2], p[1], p[0], p[3]]);
    Some(swapped.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icon_is_in_the_file_and_upright() {
        assert!(icon().is_some());
        let pixels = pixels(FILE).unwrap();
        let at = |x: usize, y: usize| &pixels[(y * 64 + x) * 4..(y * 64 + x) * 4 + 4];
        assert_eq!(at(0, 0)[3], 0, "the corners are rounded");
        assert_eq!(at(32, 4)[3], 255);
        // Petrol, not its blue and red in each other's place.
        assert!(at(32, 4)[2] > at(32, 4)[0], "{:?}", at(32, 4));
    }

    #[test]
    fn a_file_without_the_picture_gives_none() {
        assert_eq!(pixels(&[]), None);
        assert_eq!(pixels(&FILE[..2000]), None);
    }
}
