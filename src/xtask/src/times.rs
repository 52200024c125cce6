//! Where the time of a test run goes.

use std::fmt;
use std::time::{Duration, Instant};

/// What a run may take on two cores, in minutes: warm, and on a fresh machine with everything still to be built.
const BUDGET: [u64; 2] = [25, 60];

/// The steps so far, and how long each took.
pub struct Steps {
    begun: Instant,
    taken: Vec<(&'static str, Duration)>,
}

impl Steps {
    pub fn begin() -> Self {
        Self { begun: Instant::now(), taken: Vec::new() }
    }

    pub fn take<T>(&mut self, name: &'static str, step: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let done = step();
        self.taken.push((name, begun.elapsed()));
        done
    }
}

impl fmt::Display for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "── time of each step")?;
        for (name, time) in &self.taken {
            writeln!(f, "{:>9.1} s  {name}", time.as_secs_f64())?;
        }
        let all = self.begun.elapsed().as_secs_f64();
        let [warm, cold] = BUDGET;
        writeln!(
            f,
            "{all:>9.1} s  altogether, {:.1} min; the budget on two cores is {warm} min, {cold} min on a fresh machine",
            all / 60.0
        )
    }
}

/// How long a test took.
#[derive(Clone, Debug, PartialEq)]
pub struct Timed {
    pub name: String,
    /// The program that it is in.
    pub binary: String,
    pub seconds: f64,
}

/// The slowest tests of a JUnit report, the slowest first.
pub fn slowest(report: &str, count: usize) -> Vec<Timed> {
    let mut tests: Vec<Timed> = report.split("<testcase ").skip(1).filter_map(timed).collect();
    tests.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
    tests.truncate(count);
    tests
}

fn timed(case: &str) -> Option<Timed> {
    let head = case.split('>').next()?;
    let attribute = |name: &str| {
        let from = head.split(&format!("{name}=\"")).nth(1)?;
        from.split('"').next().map(str::to_owned)
    };
    Some(Timed {
        // `classname` ends with `name` too, so the first attribute is asked for by its place.
        name: head.strip_prefix("name=\"")?.split('"').next()?.to_owned(),
        binary: attribute("classname")?,
        seconds: attribute(" time")?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::slowest;

    #[test]
    fn the_slowest_of_a_report_come_first() {
        let report = r#"<testsuites name="nextest-run" tests="3" time="9.0">
            <testsuite name="kapocs-bank" tests="2">
                <testcase name="a::quick" classname="kapocs-bank" timestamp="2026-11-28T19:00:00.000+00:00" time="0.010"/>
                <testcase name="a::slow" classname="kapocs-bank" timestamp="2026-11-28T19:00:00.000+00:00" time="7.500">
                    <failure message="a &lt; b"></failure></testcase>
            </testsuite>
            <testsuite name="kapocs-tests::torture"><testcase name="short" classname="kapocs-tests::torture" time="3"/>
            </testsuite></testsuites>"#;
        let found: Vec<_> = slowest(report, 2).into_iter().map(|t| (t.name, t.binary, t.seconds)).collect();
        let expected = [("a::slow", "kapocs-bank", 7.5), ("short", "kapocs-tests::torture", 3.0)];
        assert_eq!(found, expected.map(|(name, binary, time)| (name.to_owned(), binary.to_owned(), time)));
    }
}
