//! The command line of `kapocs`.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use client::texts::Language;
use client::{ClientError, TokenConfig};

use crate::folders::Folders;
use crate::navigation::Place;
use crate::preferences::{self, Preferences};
use crate::screen::gallery::Page;

/// The corporate banking client.
#[derive(Debug, Clone, Parser)]
#[command(name = "kapocs", version)]
#[allow(clippy::struct_excessive_bools)] // each is a flag of its own
pub struct Arguments {
    /// A package file (.kapocs) to open.
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Folder of the data; otherwise that of KAPOCS_DATA, of a portable program, or the system's usual one.
    #[arg(long)]
    pub data: Option<PathBuf>,
    /// Keep everything in `kapocs-data` beside the program, as does a file `kapocs.portable` there.
    #[arg(long, conflicts_with_all = ["data", "demo"])]
    pub portable: bool,
    /// Key file of a software token.
    #[arg(long, group = "token")]
    pub token_file: Option<PathBuf>,
    /// Name of the card reader; any reader if not given.
    #[arg(long, group = "token")]
    pub reader: Option<String>,
    /// Use no token.
    #[arg(long, group = "token")]
    pub no_token: bool,
    /// Show a made-up company with a bank of its own on this machine.
    #[arg(long)]
    pub demo: bool,
    /// Folder that keeps the demo; a throw-away one if not given.
    #[arg(long, requires = "demo")]
    pub demo_data: Option<PathBuf>,
    /// Rules of the demo's bank, or of several with a comma between them.
    #[arg(long, requires = "demo", default_value = "kh")]
    pub profile: String,
    /// Who uses the demo: a name or the bank's number; the first who may sign if not given.
    #[arg(long, requires = "demo")]
    pub user: Option<String>,
    /// Log in at start with the demo's own PIN.
    #[arg(long, requires = "demo")]
    pub auto_login: bool,
    /// Language; the one chosen last if not given.
    #[arg(long, value_enum)]
    pub lang: Option<Lang>,
    /// Size of everything: 1 is 100 %.
    #[arg(long)]
    pub scale: Option<f32>,
    /// Colours.
    #[arg(long, value_enum)]
    pub theme: Option<Colours>,
    /// Place to open.
    #[arg(long, value_enum)]
    pub screen: Option<Place>,
    /// Show every piece of the window's design instead of the program: overview, form, lists, pieces, long, or a
    /// state of the token's place such as token-blocked.
    #[arg(long, value_name = "PAGE", num_args = 0..=1, default_missing_value = "overview")]
    pub gallery: Option<Page>,
    /// Print the time to the first frame and the memory in use as JSON, then end.
    #[arg(long)]
    pub bench_first_frame: bool,
}

/// The languages by their codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Magyar.
    Hu,
    /// English.
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Hu => Self::Hu,
            Lang::En => Self::En,
        }
    }
}

/// The palettes by their short names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colours {
    /// Ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
    /// White and yellow on black.
    Contrast,
}

impl From<Colours> for preferences::Colours {
    fn from(colours: Colours) -> Self {
        match colours {
            Colours::Light => Self::Light,
            Colours::Dark => Self::Dark,
            Colours::Contrast => Self::HighContrast,
        }
    }
}

impl Arguments {
    /// Where the files of this run lie.
    ///
    /// # Errors
    /// See [`Folders::of`] and [`Folders::of_demo`].
    pub fn folders(&self) -> Result<Folders, ClientError> {
        if self.demo {
            return Folders::of_demo(self.demo_data.clone(), self.data.clone());
        }
        Folders::of(self.data.clone(), self.portable)
    }

    /// What the user prefers, with what the command line says instead.
    #[must_use]
    pub fn before(&self, mut preferences: Preferences) -> Preferences {
        if let Some(lang) = self.lang {
            preferences.language = lang.into();
        }
        if let Some(colours) = self.theme {
            preferences.colours = colours.into();
        }
        if let Some(scale) = self.scale {
            preferences.scale = (scale.clamp(1.0, 2.0) * 100.0).round() as u16;
        }
        preferences
    }

    /// The token that was asked for, if one was.
    #[must_use]
    pub fn token(&self) -> Option<TokenConfig> {
        match (&self.token_file, &self.reader, self.no_token) {
            (Some(file), ..) => Some(TokenConfig::Software(file.clone())),
            (_, Some(reader), _) => Some(TokenConfig::Pcsc { reader: Some(reader.clone()) }),
            (_, _, true) => Some(TokenConfig::None),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(std::iter::once("kapocs").chain(line.split_whitespace()))
    }

    #[test]
    fn the_demos_pin_is_never_used_outside_the_demo() {
        assert!(parse("--auto-login").is_err());
        assert!(parse("--demo --auto-login --screen journal --lang en --theme contrast").is_ok());
    }

    #[test]
    fn one_token_at_most() {
        assert!(parse("--no-token --reader X").is_err());
        assert_eq!(parse("--no-token").unwrap().token(), Some(TokenConfig::None));
        assert_eq!(
            parse("--reader X").unwrap().token(),
            Some(TokenConfig::Pcsc { reader: Some("X".to_owned()) })
        );
        assert_eq!(parse("").unwrap().token(), None);
    }
}
