//! A table asks only for what it shows, however many rows there are.
#![allow(clippy::unwrap_used)] // helpers of tests stop at the first surprise

use std::cell::Cell as Counter;
use std::time::Instant;

use desktop::design::table::{self, Cell, Pick, Rows, Selection, column};
use desktop::design::{Element, Theme, font};
use iced::{Event, Point, mouse};
use iced_test::Simulator;

struct Many<'a> {
    asked: &'a Counter<usize>,
}

impl Rows for Many<'_> {
    fn count(&self) -> usize {
        100_000
    }

    fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        self.asked.set(self.asked.get() + 1);
        Cell::text(format!("{row}/{column}"))
    }
}

fn list<'a>(asked: &'a Counter<usize>, selection: &'a Selection) -> Element<'a, Pick> {
    let columns = (0..6).map(|id| column(id, format!("oszlop {id}")).fill(1));
    table::table(columns, Many { asked }).selection(selection).on_pick(|pick| pick).into()
}

/// 720 px hold the header and a little more than 25 rows of 27 px.
const ON_SCREEN: usize = 26 * 6;

#[test]
fn a_hundred_thousand_rows_cost_one_screenful() {
    let (asked, selection) = (Counter::new(0), Selection::of(50_000));
    let mut ui = Simulator::with_size(font::settings(), (1280.0, 720.0), list(&asked, &selection));
    ui.point_at(Point::new(200.0, 200.0));
    let lines = mouse::ScrollDelta::Lines { x: 0.0, y: -1.0 };
    let started = Instant::now();
    for _ in 0..100 {
        ui.simulate([Event::Mouse(mouse::Event::WheelScrolled { delta: lines })]);
    }
    println!("scrolling: {:?} an event", started.elapsed() / 100);
    let before = asked.get();
    ui.snapshot(&Theme::LIGHT).unwrap();
    let drawn = asked.get() - before;
    // The picture is drawn once or twice, never a row that is not seen.
    assert!((ON_SCREEN - 6..=2 * (ON_SCREEN + 6)).contains(&drawn), "{drawn} cells were asked for");
}

#[test]
fn the_cursor_is_scrolled_into_sight_and_the_wheel_moves_on() {
    let (asked, selection) = (Counter::new(0), Selection::of(50_000));
    let mut ui = Simulator::with_size(font::settings(), (1280.0, 720.0), list(&asked, &selection));
    assert!(ui.find("0/0").is_ok(), "at first the table stands at its top");
    ui.point_at(Point::new(200.0, 200.0));
    ui.simulate([Event::Mouse(mouse::Event::CursorMoved { position: Point::new(200.0, 200.0) })]);
    assert!(ui.find("50000/0").is_ok() && ui.find("0/0").is_err());
    let lines = mouse::ScrollDelta::Lines { x: 0.0, y: -20.0 };
    ui.simulate([Event::Mouse(mouse::Event::WheelScrolled { delta: lines })]);
    assert!(ui.find("50050/0").is_ok() && ui.find("50000/0").is_err());
}
