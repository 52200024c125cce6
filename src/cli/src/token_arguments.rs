//! The command line of `token`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What can be done with the token. No PIN and no Code is an argument: see `--pin-fd`.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// What is in the reader: state, tries left, certificates and their days left.
    Status,
    /// Readers that are plugged in.
    Readers,
    /// Change the PIN: asks for the old and the new one.
    PinChange,
    /// Set the first PIN of a token that has none yet.
    PinSet,
    /// Unblock by telephone: prints CSN and Random, asks for the bank's Code and a new PIN.
    Unblock,
    /// Renew both certificates at the bank, or go on with a renewal that was cut off.
    Renew,
    /// Choose the token to use from now on; with `--bank` for that bank alone.
    Use {
        /// Which.
        #[command(flatten)]
        which: Which,
        /// Label or serial number of the module's token; otherwise the first with certificates.
        #[arg(long, requires = "module", conflicts_with_all = ["any", "reader", "file"])]
        label: Option<String>,
    },
}

/// Exactly one token.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Which {
    /// A card in any reader.
    #[arg(long)]
    pub any: bool,
    /// A card in the reader of this exact name.
    #[arg(long)]
    pub reader: Option<String>,
    /// A token behind this PKCS#11 module.
    #[arg(long, value_name = "PATH")]
    pub module: Option<PathBuf>,
    /// A key file.
    #[arg(long, value_name = "PATH")]
    pub file: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use crate::arguments::{Arguments, Command};
    use crate::token_arguments::TokenCommand;

    fn parsed(line: &str) -> Option<(TokenCommand, Option<String>)> {
        let arguments = Arguments::try_parse_from(line.split(' ')).ok()?;
        match arguments.command {
            Command::Token { command } => Some((command, arguments.reader)),
            _ => None,
        }
    }

    #[test]
    fn exactly_one_token_is_chosen() {
        assert!(parsed("cli token use").is_none());
        assert!(parsed("cli token use --any --file x").is_none());
        assert!(parsed("cli token use --file x --label y").is_none());
        let (with_label, _) = parsed("cli token use --module m --label y").unwrap();
        assert!(matches!(with_label, TokenCommand::Use { label: Some(label), .. } if label == "y"));
        let (reader, _) = parsed("cli token use --reader R").unwrap();
        assert!(matches!(reader, TokenCommand::Use { which, .. } if which.reader.as_deref() == Some("R")));
        let (_, global) = parsed("cli token status --reader R").unwrap();
        assert_eq!(global.as_deref(), Some("R"));
    }

    #[test]
    fn no_pin_and_no_code_is_an_argument() {
        for line in ["token pin-change 123456", "token pin-set 123456", "token unblock 5E21", "token renew 1"]
        {
            assert!(parsed(&format!("cli {line}")).is_none(), "{line}");
        }
    }
}
