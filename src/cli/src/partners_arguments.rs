//! The command line of `partners`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use client::PartnerFormat;

/// Searching, or one of the commands.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct PartnersArguments {
    /// What to do; otherwise search.
    #[command(subcommand)]
    pub command: Option<PartnersCommand>,
    /// Search.
    #[command(flatten)]
    pub search: SearchArguments,
    /// Import partners from a JSON list.
    #[arg(long)]
    pub import: Option<PathBuf>,
}

/// What to search for.
#[derive(Debug, Args)]
pub struct SearchArguments {
    /// Words to search for.
    pub text: Vec<String>,
    /// Rows at most.
    #[arg(long, default_value_t = 50)]
    pub limit: u32,
}

/// What can be done with partners.
#[derive(Debug, Subcommand)]
pub enum PartnersCommand {
    /// Partners that fit a search, by short name.
    List(SearchArguments),
    /// Write all partners; PARTNERS.DAT carries the templates too.
    Export {
        /// Folder for PARTNERS.DAT, file for the other formats.
        target: PathBuf,
        /// The format.
        #[arg(long, value_enum, default_value_t = PartnersFormat::Dat)]
        format: PartnersFormat,
        /// Replace an existing file.
        #[arg(long)]
        replace: bool,
    },
    /// Compare a file (PARTNERS.DAT, CSV, XLSX, vCard) with what is kept; take nothing without --take.
    Import {
        /// The file.
        file: PathBuf,
        /// What is taken, all or nothing; records in conflict never are.
        #[arg(long, value_enum, value_delimiter = ',')]
        take: Vec<Take>,
    },
}

/// Formats of partners.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum PartnersFormat {
    /// PARTNERS.DAT, with the templates.
    Dat,
    /// A table as text.
    Csv,
    /// A workbook.
    Xlsx,
    /// Business cards.
    Vcard,
}

impl From<PartnersFormat> for PartnerFormat {
    fn from(format: PartnersFormat) -> Self {
        match format {
            PartnersFormat::Dat => Self::Dat,
            PartnersFormat::Csv => Self::Csv,
            PartnersFormat::Xlsx => Self::Xlsx,
            PartnersFormat::Vcard => Self::Vcard,
        }
    }
}

/// Which records of a file are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Take {
    /// Those that are not kept yet.
    New,
    /// Those that differ from the kept ones.
    Changed,
}
