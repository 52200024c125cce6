//! No number, account or name that matters is ever cut: every place, in both languages, at every size of the window that
//! people have.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use client::texts::Language;
use domain::PackageState;
use domain::submission::{OrderState, SubmissionState};
use iced::advanced::widget::operation::{Focusable, Scrollable};
use iced::advanced::widget::{Id, Operation};
use iced::keyboard::key::Named;
use iced::{Rectangle, Size, Vector};

use super::program_tests::Program;
use crate::design::figure::figure;
use crate::design::label::{self, cuts};
use crate::design::room::LEAST;
use crate::design::{spacing, text};
use crate::navigation::Place;
use crate::screen::driver::fixture::Office;

/// The largest amount that a package of the largest orders has in life.
const LARGE: i64 = 98_765_432_100;

/// Screens that people have, in pixels, and how large they let things be.
const SCREENS: [(f32, f32); 3] = [(1280.0, 720.0), (1366.0, 768.0), (1920.0, 1080.0)];
const SCALES: [f32; 4] = [1.0, 1.25, 1.5, 2.0];

/// Sizes of the window in logical pixels, each once.
fn sizes() -> Vec<Size> {
    let mut sizes: Vec<Size> = Vec::new();
    for scale in SCALES {
        for (width, height) in SCREENS {
            let size = Size::new((width / scale).floor(), (height / scale).floor());
            if !sizes.contains(&size) {
                sizes.push(size);
            }
        }
    }
    sizes
}

/// Texts whose widgets have less room than they need, or that stand beyond what is seen of them.
#[derive(Default)]
struct Squeezed {
    /// What of the window can be seen, by width; of a scrolled place, what scrolling can bring.
    seen: Option<(f32, f32)>,
    found: BTreeSet<String>,
}

impl Operation for Squeezed {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        let seen = self.seen;
        operate(self);
        self.seen = seen;
    }

    fn scrollable(
        &mut self,
        _: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        _: Vector,
        _: &mut dyn Scrollable,
    ) {
        self.seen = Some((bounds.x.min(content.x), (bounds.x + bounds.width).max(content.x + content.width)));
    }

    fn text(&mut self, _: Option<&Id>, bounds: Rectangle, text: &str) {
        let one_line = [text::TINY, text::HINT, text::BODY, text::MONO, text::DETAIL_TITLE, text::BIG_NUMBER];
        let role = one_line.into_iter().find(|role| (role.line - bounds.height).abs() < 0.5);
        // Of a text of several lines every word fits, or it would be broken inside.
        let needs = role.map_or(0.0, |role| label::width(figure(text).unwrap_or_default(), role));
        let beyond = self
            .seen
            .is_some_and(|(left, right)| bounds.x < left - 0.5 || bounds.x + bounds.width > right + 0.5);
        if beyond {
            self.found.insert(format!("beyond the edge: {text}"));
        } else if figure(text).is_some() && needs > bounds.width + 1.0 {
            self.found.insert(text.to_owned());
        }
    }
}

impl Program {
    /// Figures that are not whole in the window of that size.
    fn cut(&mut self, size: Size) -> BTreeSet<String> {
        let lost = |(text, left): (String, usize)| {
            figure(&text).is_some_and(|figure| figure.len() > left).then_some(text)
        };
        let lost: Vec<String> = self.shortened(size).into_iter().filter_map(lost).collect();
        let mut squeezed = Squeezed { seen: Some((0.0, size.width)), ..Squeezed::default() };
        self.walk(&mut squeezed);
        squeezed.found.into_iter().chain(lost).collect()
    }

    /// Where a stop of that name stands.
    fn bounds_of(&mut self, name: &'static str) -> Option<Rectangle> {
        struct Find(Id, Option<Rectangle>);
        impl Operation for Find {
            fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
                operate(self);
            }
            fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, _: &mut dyn Focusable) {
                if id == Some(&self.0) {
                    self.1 = Some(bounds);
                }
            }
        }
        let mut find = Find(Id::new(name), None);
        self.walk(&mut find);
        find.1
    }

    /// All texts that were cut in the window of that size, with how much was left of each.
    fn shortened(&mut self, size: Size) -> Vec<(String, usize)> {
        self.resize(size);
        let _ = cuts::take();
        self.draw();
        cuts::take()
    }
}

/// How often each text was cut.
fn counted(cut: Vec<(String, usize)>) -> BTreeMap<String, usize> {
    cut.into_iter().fold(BTreeMap::new(), |mut counted, (text, _)| {
        *counted.entry(text).or_default() += 1;
        counted
    })
}

/// Packages of large sums in every list.
fn office() -> Office {
    let office = Office::new();
    let payees = [
        ("Őrségi Faipari és Kereskedelmi Zártkörűen Működő Részvénytársaság", 1, LARGE),
        ("Üveges Bt.", 2, LARGE),
    ];
    let _ = office.package("Novemberi szállítók és bérleti díjak", &payees);
    let gone = office.package("Elküldött csomag", &payees);
    office.sent(gone, SubmissionState::Received, PackageState::Sent, TimeDelta::minutes(9));
    let refused = office.package("Visszautasított csomag", &payees);
    office.sent(refused, SubmissionState::Received, PackageState::Rejected, TimeDelta::minutes(19));
    office.decided(
        refused,
        OrderState::At(domain::submission::ItemState::Rejected),
        Some("insufficient-funds"),
    );
    office
}

#[test]
fn no_number_is_cut_in_any_place_size_and_language() {
    use clap::ValueEnum;
    let office = office();
    let mut program = Program::start(office.path(), &["--no-token"]);
    program.key(Named::Escape);
    let mut found = Vec::new();
    for language in [Language::En, Language::Hu] {
        program.speak(language);
        for place in Place::value_variants() {
            program.open(*place);
            // The first of a list is open beside it, or the first thing to press.
            program.key(Named::ArrowDown);
            for size in sizes() {
                let Size { width, height } = size;
                let cut = program.cut(size).into_iter();
                found.extend(cut.map(|text| format!("{place:?} {language:?} {width}×{height}: {text}")));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn nothing_at_all_is_cut_of_what_is_signed() {
    let office = office();
    let mut program = Program::start(office.path(), &["--no-token"]);
    program.key(Named::Escape);
    let mut found = Vec::new();
    for language in [Language::En, Language::Hu] {
        program.speak(language);
        program.open(Place::Prepared);
        program.key(Named::ArrowDown);
        let behind: Vec<_> = sizes().into_iter().map(|size| counted(program.shortened(size))).collect();
        program.key(Named::F8);
        assert!(program.window().has_sheet(), "{:?}", program.texts());
        for (size, behind) in sizes().into_iter().zip(behind) {
            let Size { width, height } = size;
            let all = counted(program.shortened(size)).into_iter();
            // A place is never lower than it can be read; in a lower window it is scrolled.
            let lowest = height.max(LEAST.height + spacing::TOP_BAR);
            let buttons = program.bounds_of("signing-cancel");
            assert!(
                buttons.is_some_and(|it| it.height >= 30.0 && it.y + it.height <= lowest),
                "{language:?} {width}×{height}: the buttons stand at {buttons:?}"
            );
            let more = all.filter(|(text, times)| *times > behind.get(text).copied().unwrap_or_default());
            found.extend(more.map(|(text, _)| format!("{language:?} {width}×{height}: {text}")));
        }
        program.key(Named::Escape);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
