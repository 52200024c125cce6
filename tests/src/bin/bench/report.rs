//! The table: printed line by line, so that a long run shows how far it is.

use crate::samples::Samples;

/// What a figure is measured in.
#[derive(Clone, Copy, Debug)]
pub enum Unit {
    /// Seconds; shown in the unit that suits.
    Seconds,
    /// Bytes, shown in binary megabytes.
    Bytes,
    /// One measure by another.
    Ratio,
}

impl Unit {
    fn show(self, value: f64) -> String {
        match self {
            Self::Seconds if value == 0.0 => "0 ms".to_owned(),
            Self::Seconds if value < 0.000_1 => format!("{:.1} µs", value * 1e6),
            Self::Seconds if value < 0.1 => format!("{:.2} ms", value * 1e3),
            Self::Seconds => format!("{value:.3} s"),
            Self::Bytes => format!("{:.1} MB", value / 1_048_576.0),
            Self::Ratio => format!("{value:.2} ×"),
        }
    }
}

/// The table that is being printed.
pub struct Report {
    aims: u32,
    missed: Vec<String>,
}

impl Report {
    /// Prints the head.
    pub fn begin() -> Self {
        println!("{}", machine());
        if cfg!(debug_assertions) {
            println!("A debug build: these figures mean nothing. Build with --release.");
        }
        println!("{:<52}{:>11}{:>25}{:>11}{:>10}", "", "median", "lowest – highest", "aim", "of aim");
        Self { aims: 0, missed: Vec::new() }
    }

    /// A heading above the lines that follow.
    pub fn section(&self, title: &str) {
        println!("\n{title}");
    }

    /// A figure without an aim.
    pub fn figure(&self, name: &str, unit: Unit, samples: &Samples) {
        println!("  {name:<50}{:>11}{:>25}", unit.show(samples.median()), spread(unit, samples));
    }

    /// A figure that should be at most `aim`.
    pub fn aimed(&mut self, name: &str, unit: Unit, samples: &Samples, aim: f64) {
        let median = samples.median();
        let is_met = median <= aim;
        let share = if aim > 0.0 { format!("{:.2}", median / aim) } else { "–".to_owned() };
        println!(
            "  {name:<50}{:>11}{:>25}{:>11}{share:>10}  {}",
            unit.show(median),
            spread(unit, samples),
            unit.show(aim),
            if is_met { "ok" } else { "MISSED" },
        );
        self.aims += 1;
        if !is_met {
            self.missed.push(name.to_owned());
        }
    }

    /// A sentence below the figures that it is about.
    pub fn note(&self, text: &str) {
        println!("  {text}");
    }

    /// Prints how many aims were met.
    pub fn end(&self) {
        println!("\n{} of {} aims met.", self.aims as usize - self.missed.len(), self.aims);
        for name in &self.missed {
            println!("  missed: {name}");
        }
        println!("{}", machine());
    }
}

fn spread(unit: Unit, samples: &Samples) -> String {
    let (low, high) = (unit.show(samples.lowest()), unit.show(samples.highest()));
    if low == high { String::new() } else { format!("{low} – {high}") }
}

/// Cores and load, so that a reader can judge the noise.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().filter(|load| !load.is_empty()).unwrap_or("?");
    format!("{cores} cores, load {load} (average of the last minute)")
}
