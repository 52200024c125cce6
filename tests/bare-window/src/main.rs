//! The least window that iced can open: one text, the same renderer and size as ours. `cargo xtask bench` and
//! `cargo xtask windows --test` start it beside `kapocs --bench-first-frame`; it prints the same line and ends. A
//! package of its own, so that it is built for Windows without the tests.

#[allow(dead_code)] // the tests also measure the peak
#[path = "../../src/memory.rs"]
mod memory;

use std::time::Instant;

use iced::widget::text;
use iced::{Element, Size, Subscription, Task};

struct Bare {
    begun: Instant,
}

#[derive(Clone, Copy, Debug)]
struct Drawn;

impl Bare {
    fn update(&mut self, _: Drawn) -> Task<Drawn> {
        let milliseconds = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let memory = memory::resident().map(|bytes| bytes / 1024);
        println!("{}", serde_json::json!({ "first_frame_ms": milliseconds, "resident_kib": memory }));
        iced::exit()
    }

    fn view(&self) -> Element<'_, Drawn> {
        text("Kapocs").into()
    }

    fn subscription(&self) -> Subscription<Drawn> {
        iced::window::frames().map(|_| Drawn)
    }
}

fn main() -> iced::Result {
    let begun = Instant::now();
    iced::application(move || Bare { begun }, Bare::update, Bare::view)
        .subscription(Bare::subscription)
        .window_size(Size::new(1280.0, 720.0))
        .run()
}
