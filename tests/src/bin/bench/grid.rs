//! A table of 100,000 rows in a window of 1280×720: what a message costs and what a scrolled frame costs.
//!
//! Everything is done that iced does in a real window, down to the pixels: only what differs from the last frame is
//! painted, as on a screen. That matters: a table whose texts are clipped wrongly is fast when its picture is painted
//! whole and takes a third of a second a step when it is not.

use std::time::Instant;

use desktop::design::table::{self, Cell, Pick, Rows, Selection, column};
use desktop::design::theme::Tone;
use desktop::design::{Element, Renderer, Theme, font};
use harness::orders::plain_order;
use iced::advanced::graphics::{Viewport, damage};
use iced::advanced::{clipboard, renderer};
use iced::{Event, Pixels, Point, Rectangle, Size, mouse};
use iced_runtime::UserInterface;
use iced_runtime::user_interface::Cache;
use iced_tiny_skia::Layer;

use crate::Outcome;
use crate::report::{Report, Unit};
use crate::samples::Samples;

const ROWS: usize = 100_000;
const MESSAGES: usize = 1_000;
const FRAMES: usize = 300;
const SIZE: Size = Size::new(1280.0, 720.0);

/// Names, accounts, sums and narratives, as a list of orders holds them.
struct Orders(Vec<[String; 4]>);

impl Orders {
    fn make() -> Self {
        let texts = |n| {
            let order = plain_order(n);
            let amount = format!("{} Ft", order.amount.amount());
            [order.beneficiary.label(), order.beneficiary.target(), amount, order.narrative.to_string()]
        };
        Self((0..ROWS as u64).map(texts).collect())
    }

    fn view<'a>(&'a self, selection: &'a Selection) -> Element<'a, Pick> {
        let columns = [
            column(0, "Payee").fill(3).sortable(None),
            column(1, "Account").fill(3),
            column(2, "Amount").fixed(130.0).right().sortable(Some(table::Order::Descending)),
            column(3, "Narrative").fill(4),
            column(4, "State").fixed(120.0),
        ];
        table::table(columns, Shown(&self.0)).selection(selection).on_pick(|pick| pick).into()
    }
}

struct Shown<'a>(&'a [[String; 4]]);

impl Rows for Shown<'_> {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        match self.0[row].get(column) {
            Some(name) if column == 0 => Cell::strong(name),
            Some(text) => Cell::text(text),
            None if row.is_multiple_of(3) => Cell::pill(Tone::Good, "executed"),
            None => Cell::dim("received"),
        }
    }
}

/// Measures the section.
pub fn measure(report: &mut Report) -> Outcome {
    report.section("A table of 100,000 rows, 1280×720");
    for file in font::FILES {
        let system = iced::advanced::graphics::text::font_system();
        system.write().map_err(|_| "the fonts are locked")?.load_font(file.into());
    }
    let orders = Orders::make();
    let mut renderer = Renderer::new(font::REGULAR, Pixels(13.0));
    let messages = messages(&orders, &mut renderer)?;
    report.aimed("a message: view, diff, layout, event", Unit::Seconds, &messages, 0.000_2);
    let frames = frames(&orders, &mut renderer)?;
    report.aimed("a scrolled frame: event, draw, paint", Unit::Seconds, &frames, 0.016);
    report.figure("    the slowest of twenty", Unit::Seconds, &Samples::of([frames.p95()])?);
    Ok(())
}

/// Each message selects another row.
fn messages(orders: &Orders, renderer: &mut Renderer) -> Outcome<Samples> {
    let mut selection = Selection::default();
    let mut cache = Cache::default();
    let mut times = Vec::with_capacity(MESSAGES);
    let mut messages = Vec::new();
    for n in 0..MESSAGES {
        selection.apply(Pick::Only(n * 97 % ROWS));
        let begun = Instant::now();
        let mut interface: UserInterface<'_, Pick, Theme, Renderer> =
            UserInterface::build(orders.view(&selection), SIZE, cache, renderer);
        // What follows every message: the table brings the chosen row into sight.
        let redraw = Event::Window(iced::window::Event::RedrawRequested(begun));
        let cursor = mouse::Cursor::Unavailable;
        let _ = interface.update(&[redraw], cursor, renderer, &mut clipboard::Null, &mut messages);
        times.push(begun.elapsed());
        cache = interface.into_cache();
    }
    Ok(Samples::of_times(times)?)
}

/// Each frame is one notch of the wheel further.
fn frames(orders: &Orders, renderer: &mut Renderer) -> Outcome<Samples> {
    let selection = Selection::of(5);
    let mut interface: UserInterface<'_, Pick, Theme, Renderer> =
        UserInterface::build(orders.view(&selection), SIZE, Cache::default(), renderer);
    let at = Point::new(640.0, 360.0);
    let cursor = mouse::Cursor::Available(at);
    let mut screen = Screen::new()?;
    let mut messages = Vec::new();
    let mut times = Vec::with_capacity(FRAMES);
    for n in 0..=FRAMES {
        let before = screen.pixels.clone();
        let event = match n {
            0 => mouse::Event::CursorMoved { position: at },
            _ => mouse::Event::WheelScrolled { delta: mouse::ScrollDelta::Lines { x: 0.0, y: -1.0 } },
        };
        let begun = Instant::now();
        let redraw = Event::Window(iced::window::Event::RedrawRequested(begun));
        for event in [Event::Mouse(event), redraw] {
            let _ = interface.update(&[event], cursor, renderer, &mut clipboard::Null, &mut messages);
        }
        let style = renderer::Style { text_color: Theme::LIGHT.palette.text };
        interface.draw(renderer, &Theme::LIGHT, &style, cursor);
        screen.paint(renderer)?;
        // The first frame fills the caches of a window that has just been opened.
        if n > 0 {
            times.push(begun.elapsed());
        }
        if before == screen.pixels {
            return Err("a notch of the wheel moved nothing".into());
        }
    }
    Ok(Samples::of_times(times)?)
}

/// A window's pixels and what was drawn on them last.
struct Screen {
    pixels: Vec<u8>,
    mask: tiny_skia::Mask,
    layers: Option<Vec<Layer>>,
    viewport: Viewport,
}

impl Screen {
    fn new() -> Outcome<Self> {
        let (width, height) = (SIZE.width as u32, SIZE.height as u32);
        Ok(Self {
            pixels: vec![0; width as usize * height as usize * 4],
            mask: tiny_skia::Mask::new(width, height).ok_or("a mask")?,
            layers: None,
            viewport: Viewport::with_physical_size(Size::new(width, height), 1.0),
        })
    }

    /// Paints what has changed, as iced's window does.
    fn paint(&mut self, renderer: &mut Renderer) -> Outcome {
        let whole = Rectangle::with_size(self.viewport.logical_size());
        let changed = match &self.layers {
            Some(last) => damage::diff(last, renderer.layers(), |layer| vec![layer.bounds], Layer::damage),
            None => vec![whole],
        };
        self.layers = Some(renderer.layers().to_vec());
        let changed = damage::group(changed, whole);
        let (width, height) = (self.viewport.physical_width(), self.viewport.physical_height());
        let mut pixels =
            tiny_skia::PixmapMut::from_bytes(&mut self.pixels, width, height).ok_or("a picture")?;
        let background = Theme::LIGHT.palette.background;
        renderer.draw(&mut pixels, &mut self.mask, &self.viewport, &changed, background);
        Ok(())
    }
}
