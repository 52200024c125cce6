//! Two simple pictures: a balance over time with its forecast, and money in and out by week.

use iced::widget::canvas::{self, Canvas, Path, Stroke, path, stroke};
use iced::{Length, Pixels, Point, Rectangle, Size, mouse};

use super::picture::Kept;
use super::{Element, Renderer, Theme, font, text};

/// A balance over time; the values are evenly spaced (a day each).
pub struct Line {
    values: Vec<f32>,
    forecast: Vec<f32>,
    today: String,
}

/// A line of what was, dashed from today on; `today` is the word beside the marker.
pub fn line<'a, M: 'a>(
    values: Vec<f32>,
    forecast: Vec<f32>,
    today: impl Into<String>,
    height: impl Into<Length>,
) -> Element<'a, M> {
    Canvas::new(Line { values, forecast, today: today.into() }).width(Length::Fill).height(height).into()
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|value| value.to_bits()).collect()
}

fn scale(values: impl Iterator<Item = f32> + Clone) -> (f32, f32) {
    let low = values.clone().fold(f32::INFINITY, f32::min);
    let high = values.fold(f32::NEG_INFINITY, f32::max);
    if high > low {
        return (low, high);
    }
    // A part of the value, not a unit: one forint beside a hundred million is nothing in an f32.
    let low = if low.is_finite() { low } else { 0.0 };
    let room = (low.abs() * 0.1).max(1.0);
    (low - room, low + room)
}

impl Line {
    fn points(&self, size: Size) -> (Vec<Point>, Vec<Point>) {
        let all = self.values.iter().chain(&self.forecast).copied();
        let (low, high) = scale(all);
        let steps = (self.values.len() + self.forecast.len()).saturating_sub(1).max(1) as f32;
        let top = 16.0;
        let point = |index: usize, value: f32| {
            let y = top + (high - value) / (high - low) * (size.height - top - 6.0);
            Point::new(1.0 + index as f32 / steps * (size.width - 2.0), y)
        };
        let was: Vec<Point> = self.values.iter().enumerate().map(|(i, v)| point(i, *v)).collect();
        let from = was.len();
        let mut will: Vec<Point> = was.last().copied().into_iter().collect();
        will.extend(self.forecast.iter().enumerate().map(|(i, v)| point(from + i, *v)));
        (was, will)
    }
}

fn along(points: &[Point]) -> Option<Path> {
    let (first, rest) = points.split_first()?;
    let mut builder = path::Builder::new();
    builder.move_to(*first);
    rest.iter().for_each(|point| builder.line_to(*point));
    Some(builder.build())
}

impl<M> canvas::Program<M, Theme, Renderer> for Line {
    type State = Kept;

    fn draw(
        &self,
        kept: &Kept,
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<canvas::Geometry<Renderer>> {
        let p = &theme.palette;
        let size = bounds.size();
        let shows = (bits(&self.values), bits(&self.forecast), &self.today, super::picture::look(theme));
        kept.draw(shows, renderer, size, |frame| {
            let (was, will) = self.points(size);
            if let Some(now) = was.last() {
                let marker = Path::line(
                    Point::new(now.x.round() + 0.5, 0.0),
                    Point::new(now.x.round() + 0.5, size.height),
                );
                frame.stroke(&marker, Stroke::default().with_color(p.line).with_width(1.0));
                frame.fill_text(canvas::Text {
                    content: self.today.clone(),
                    position: Point::new(now.x + 6.0, 0.0),
                    color: p.dim,
                    size: Pixels(text::TINY.size),
                    font: font::REGULAR,
                    ..canvas::Text::default()
                });
            }
            let pen = Stroke {
                line_join: stroke::LineJoin::Round,
                line_cap: stroke::LineCap::Round,
                ..Stroke::default().with_color(p.accent).with_width(2.0)
            };
            if let Some(path) = along(&was) {
                frame.stroke(&path, pen);
            }
            if let Some(path) = along(&will) {
                let dashes = canvas::LineDash { segments: &[4.0, 5.0], offset: 0 };
                frame.stroke(&path, Stroke { line_dash: dashes, ..pen });
            }
        })
    }
}

/// Money in and out of one week.
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    /// Its name: the Monday.
    pub name: String,
    /// In, not negative.
    pub inflow: f32,
    /// Out, not negative.
    pub outflow: f32,
}

struct Bars {
    weeks: Vec<Week>,
}

/// Bars up for money in and down for money out, a pair a week, with the weeks' names below.
pub fn bars<'a, M: 'a>(weeks: Vec<Week>, height: impl Into<Length>) -> Element<'a, M> {
    Canvas::new(Bars { weeks }).width(Length::Fill).height(height).into()
}

impl<M> canvas::Program<M, Theme, Renderer> for Bars {
    type State = Kept;

    fn draw(
        &self,
        kept: &Kept,
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<canvas::Geometry<Renderer>> {
        let p = &theme.palette;
        let Some(count) = std::num::NonZeroUsize::new(self.weeks.len()) else { return Vec::new() };
        let sums = self.weeks.iter().map(|week| (week.inflow.to_bits(), week.outflow.to_bits(), &week.name));
        let shows = (sums.collect::<Vec<_>>(), super::picture::look(theme));
        kept.draw(shows, renderer, bounds.size(), |frame| {
            let up = self.weeks.iter().map(|week| week.inflow).fold(0.0, f32::max);
            let down = self.weeks.iter().map(|week| week.outflow).fold(0.0, f32::max);
            let names = text::TINY.line + 2.0;
            let room = bounds.height - names - 2.0;
            let unit = room / (up + down).max(f32::EPSILON);
            let zero = (up * unit).round() + 1.0;
            let each = bounds.width / count.get() as f32;
            let bar = (each / 2.0 - 4.0).clamp(2.0, 34.0);
            for (index, week) in self.weeks.iter().enumerate() {
                let left = index as f32 * each + (each - 2.0 * bar - 4.0) / 2.0;
                let (inflow, outflow) = (week.inflow * unit, week.outflow * unit);
                let rounded = |x: f32, y: f32, height: f32| {
                    Path::rounded_rectangle(Point::new(x, y), Size::new(bar, height), 2.0.into())
                };
                frame.fill(&rounded(left, zero - inflow, inflow), p.accent);
                frame.fill(&rounded(left + bar + 4.0, zero + 1.0, outflow), p.outflow);
                frame.fill_text(canvas::Text {
                    content: week.name.clone(),
                    position: Point::new(left, bounds.height - text::TINY.line),
                    color: p.dim,
                    size: Pixels(text::TINY.size),
                    font: font::REGULAR,
                    ..canvas::Text::default()
                });
            }
            let line = Path::line(Point::new(0.0, zero + 0.5), Point::new(bounds.width, zero + 0.5));
            frame.stroke(&line, Stroke::default().with_color(p.line).with_width(1.0));
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_balance_that_stands_still_is_a_level_line() {
        for values in [vec![48_210_456.0; 5], vec![0.0; 5], vec![-48_210_456.0]] {
            let line = Line { values, forecast: vec![], today: String::new() };
            let (was, _) = line.points(Size::new(300.0, 100.0));
            assert!(was.iter().all(|point| point.x.is_finite() && point.y.is_finite()), "{was:?}");
            assert!(was.iter().all(|point| (point.y - was[0].y).abs() < 0.5));
        }
    }
}
