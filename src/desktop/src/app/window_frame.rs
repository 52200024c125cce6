//! Where the window stands: its size and place are kept beside the store when it closes and taken up at the next start.
//!
//! A file and not a setting of the store: the window opens before the store does. Sizes and places are in logical
//! pixels of the system, whatever size the user has chosen for the window's content.
//!
//! Ours: a place is taken up if the title bar would be on the first screen; iced tells where no other screen is, and a
//! window that nobody can see is worse than one in the middle. A window larger than its screen is made to fit.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use iced::window::{self, Id, Position};
use iced::{Point, Size, Task};
use serde::{Deserialize, Serialize};

/// The size of a first start.
const FIRST: Size = Size::new(1280.0, 720.0);
/// The smallest size: 1366 × 768 at 125 % leaves 1092 × 542 between taskbar and title bar.
const SMALLEST: Size = Size::new(1040.0, 540.0);
/// The largest one that is believed.
const LARGEST: f32 = 20_000.0;
/// What title bar and taskbar take of a screen's height.
const BARS: f32 = 72.0;
/// As much of the title bar must be on the screen, to take hold of it.
const HOLD: Size = Size::new(160.0, 48.0);

/// Where the window stood.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Stand {
    width: f32,
    height: f32,
    /// Unknown where the system does not tell (Wayland).
    place: Option<(f32, f32)>,
    maximized: bool,
}

impl Default for Stand {
    fn default() -> Self {
        Self { width: FIRST.width, height: FIRST.height, place: None, maximized: false }
    }
}

impl Stand {
    /// Where it stood when it was closed; as at a first start when that is not known.
    #[must_use]
    pub(crate) fn read(data: &Path) -> Self {
        let text = match std::fs::read_to_string(file(data)) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Self::default(),
            Err(error) => {
                tracing::warn!(%error, "the window's last place cannot be read");
                return Self::default();
            }
        };
        serde_json::from_str::<Self>(&text).ok().and_then(Self::sane).unwrap_or_default()
    }

    /// Keeps it; a window that stands elsewhere at the next start is no reason to disturb anybody.
    fn write(self, data: &Path) {
        let kept = serde_json::to_string(&self).map_err(std::io::Error::from);
        if let Err(error) = kept.and_then(|text| std::fs::write(file(data), text)) {
            tracing::warn!(%error, "the window's place cannot be kept");
        }
    }

    /// With what cannot be put right taken away.
    fn sane(self) -> Option<Self> {
        let within = |number: f32| number.is_finite() && number.abs() <= LARGEST;
        let place = self.place.filter(|(x, y)| within(*x) && within(*y));
        let (width, height) = (self.width.max(SMALLEST.width), self.height.max(SMALLEST.height));
        (within(self.width) && within(self.height)).then_some(Self { width, height, place, ..self })
    }

    /// How the window is to be opened. `factor`: the user's size of everything, by which iced multiplies the first
    /// size.
    #[must_use]
    pub(crate) fn settings(self, factor: f32) -> window::Settings {
        let position = match self.place {
            // iced takes a function without surroundings; a process opens one window.
            Some((x, y)) => {
                PLACE.get_or_init(|| Point::new(x, y));
                Position::SpecificWith(|size, screen| on_screen(PLACE.get().copied(), size, screen))
            }
            None => Position::Default,
        };
        window::Settings {
            size: Size::new(self.width / factor, self.height / factor),
            min_size: Some(SMALLEST),
            maximized: self.maximized,
            position,
            exit_on_close_request: false,
            ..window::Settings::default()
        }
    }
}

static PLACE: OnceLock<Point> = OnceLock::new();

/// The place, or the middle of the screen for one from which nobody could drag the window.
fn on_screen(place: Option<Point>, size: Size, screen: Size) -> Point {
    let within = |from: f32, length: f32, room: f32, hold: f32| from + length >= hold && from <= room - hold;
    match place {
        Some(place)
            if within(place.x, size.width, screen.width, HOLD.width)
                && place.y >= 0.0
                && place.y <= screen.height - HOLD.height =>
        {
            place
        }
        _ => Point::new(
            ((screen.width - size.width) / 2.0).max(0.0),
            ((screen.height - size.height) / 2.0).max(0.0),
        ),
    }
}

fn file(data: &Path) -> PathBuf {
    data.join("window.json")
}

/// Makes a window fit its screen that is larger. `factor` as in [`Stand::settings`].
pub(crate) fn fit<M: Send + 'static>(id: Id, factor: f32) -> Task<M> {
    window::monitor_size(id).then(move |screen| {
        let Some(screen) = screen else { return Task::none() };
        window::size(id).then(move |size| {
            let smaller = fitting(size * factor, screen);
            if smaller == size * factor { Task::none() } else { window::resize(id, smaller * (1.0 / factor)) }
        })
    })
}

/// The size that fits. Exactly the screen's is left: then the screen is the window's alone, with no bars.
fn fitting(size: Size, screen: Size) -> Size {
    if size == screen {
        return size;
    }
    Size::new(size.width.min(screen.width), size.height.min((screen.height - BARS).max(SMALLEST.height)))
}

/// Keeps where the window stands, then closes it. A maximised window keeps the size that it had before.
pub(crate) fn keep_and_close<M: Send + 'static>(id: Id, factor: f32, data: PathBuf) -> Task<M> {
    let asked = window::size(id).then(move |size| {
        window::position(id).then(move |place| {
            window::is_maximized(id).map(move |maximized| (size * factor, place, maximized))
        })
    });
    asked.then(move |(size, place, maximized)| {
        let before = Stand::read(&data);
        let stand = if maximized {
            Stand { maximized, ..before }
        } else {
            let place = place.map(|place| (place.x, place.y));
            Stand { width: size.width, height: size.height, place, maximized }
        };
        stand.write(&data);
        window::close(id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: Size = Size::new(1920.0, 1080.0);

    #[test]
    fn a_place_is_kept_and_read() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Stand::read(folder.path()), Stand::default());
        let stand = Stand { width: 1100.0, height: 800.0, place: Some((30.0, 40.0)), maximized: true };
        stand.write(folder.path());
        assert_eq!(Stand::read(folder.path()), stand);
        let settings = stand.settings(1.25);
        assert_eq!(settings.size * 1.25, Size::new(1100.0, 800.0));
        assert!(settings.maximized && !settings.exit_on_close_request);
    }

    #[test]
    fn nonsense_is_a_first_start_and_too_small_is_made_larger() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["", "{}", r#"{"width":1e30,"height":700,"place":null,"maximized":false}"#] {
            std::fs::write(file(folder.path()), text).unwrap();
            assert_eq!(Stand::read(folder.path()), Stand::default(), "{text}");
        }
        std::fs::write(file(folder.path()), r#"{"width":3,"height":4,"place":[9e9,1],"maximized":false}"#)
            .unwrap();
        let read = Stand::read(folder.path());
        assert_eq!((read.width, read.height, read.place), (SMALLEST.width, SMALLEST.height, None));
    }

    #[test]
    fn a_place_that_is_on_no_screen_any_more_becomes_the_middle() {
        let size = Size::new(1280.0, 720.0);
        let middle = Point::new(320.0, 180.0);
        for (place, expected) in [
            (Point::new(100.0, 50.0), Point::new(100.0, 50.0)),
            (Point::new(-1000.0, 50.0), Point::new(-1000.0, 50.0)),
            (Point::new(-1200.0, 50.0), middle),
            (Point::new(2500.0, 50.0), middle),
            (Point::new(100.0, -40.0), middle),
            (Point::new(100.0, 1070.0), middle),
        ] {
            assert_eq!(on_screen(Some(place), size, SCREEN), expected);
        }
        assert_eq!(on_screen(None, size, Size::new(1000.0, 600.0)), Point::ORIGIN);
    }

    #[test]
    fn a_small_screen_gets_a_window_that_fits() {
        // 1366 × 768 at 125 %.
        let screen = Size::new(1092.8, 614.4);
        let fitted = fitting(FIRST, screen);
        assert!(fitted.width <= screen.width && fitted.height + BARS <= screen.height + 0.1, "{fitted:?}");
        assert!(fitted.width >= SMALLEST.width && fitted.height >= SMALLEST.height);
        assert_eq!(fitting(FIRST, SCREEN), FIRST);
        assert_eq!(fitting(FIRST, FIRST), FIRST);
    }
}
