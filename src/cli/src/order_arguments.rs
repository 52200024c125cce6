//! Recording an order on the command line: one subcommand for each type of payment, made of the type's own fields, and
//! the short spelling of domestic transfers that scripts rely on.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, Subcommand};
use client::texts;
use domain::order::Input;
use domain::{OrderDraft, OrderType, PackageId, key};

/// A new order.
#[derive(Debug, Args)]
pub struct OrderArguments {
    /// The type and its fields.
    #[command(subcommand)]
    typed: Option<TypedOrder>,
    #[command(flatten)]
    short: ShortOrder,
}

/// What is to be recorded, and where.
#[derive(Debug)]
pub struct WantedOrder {
    /// The form as far as it is typed.
    pub draft: OrderDraft,
    /// The partner of that name.
    pub partner: Option<String>,
    /// The template of that name.
    pub template: Option<String>,
    /// The package that it goes into.
    pub package: Option<PackageId>,
    /// Whether it goes into a new one.
    pub new_package: bool,
}

impl OrderArguments {
    /// The order, whichever way it was spelled.
    pub fn wanted(self) -> WantedOrder {
        let (draft, destination) = match self.typed {
            Some(typed) => (typed.draft, typed.destination),
            None => self.short.draft(),
        };
        let Destination { partner, template, package, new_package } = destination;
        WantedOrder { draft, partner, template, package, new_package }
    }
}

/// Whom and where: the same for every type.
#[derive(Debug, Args)]
struct Destination {
    /// The partner of that short name, or the only one whose short name holds the text; fills account and name.
    #[arg(long)]
    partner: Option<String>,
    /// The template of that name, or the only one whose name holds the text; fills what is not given here.
    #[arg(long)]
    template: Option<String>,
    /// Put it into this package.
    #[arg(long, conflicts_with = "new_package")]
    package: Option<PackageId>,
    /// Put it into a new package.
    #[arg(long)]
    new_package: bool,
}

/// A domestic HUF transfer in short.
#[derive(Debug, Args)]
struct ShortOrder {
    /// Account to debit; otherwise the first forint account.
    #[arg(long, default_value = "")]
    debit: String,
    /// Payee's account, IBAN or secondary identifier; or use --partner.
    #[arg(long, required_unless_present_any = ["partner", "template"])]
    to: Option<String>,
    /// Payee's name.
    #[arg(long, default_value = "")]
    name: String,
    /// Amount, as typed in the window ("1 250 000", "1,25M").
    #[arg(long, required_unless_present = "template")]
    amount: Option<String>,
    /// Narrative.
    #[arg(long, default_value = "")]
    narrative: String,
    /// Value date.
    #[arg(long, default_value = "")]
    date: String,
    /// Document number.
    #[arg(long, default_value = "")]
    document_number: String,
    /// Own reference.
    #[arg(long, default_value = "")]
    reference: String,
    /// Tick "azonnali átutalás".
    #[arg(long)]
    instant: bool,
    /// Ask for VIBER.
    #[arg(long)]
    viber: bool,
    #[command(flatten)]
    destination: Destination,
}

impl ShortOrder {
    fn draft(self) -> (OrderDraft, Destination) {
        let draft = OrderDraft::default()
            .with(key::DEBIT_ACCOUNT, self.debit)
            .with(key::TARGET, self.to.unwrap_or_default())
            .with(key::BENEFICIARY_NAME, self.name)
            .with(key::AMOUNT, self.amount.unwrap_or_default())
            .with(key::NARRATIVE, self.narrative)
            .with(key::VALUE_DATE, self.date)
            .with(key::DOCUMENT_NUMBER, self.document_number)
            .with(key::OWN_REFERENCE, self.reference)
            .with_tick(key::INSTANT, self.instant)
            .with_tick(key::URGENCY, self.viber);
        (draft, self.destination)
    }
}

/// An order of a named type, an argument for each field of its form.
#[derive(Debug)]
struct TypedOrder {
    draft: OrderDraft,
    destination: Destination,
}

/// The types that are typed field by field; changes of the service have commands of their own.
fn types() -> impl Iterator<Item = OrderType> {
    OrderType::ALL.iter().copied().filter(|kind| kind.is_payment())
}

/// The subcommand's name: the type's code in small letters.
fn name(kind: OrderType) -> String {
    kind.code().to_ascii_lowercase()
}

fn command(kind: OrderType) -> Command {
    let arguments = kind.fields().iter().map(|field| {
        let help = [field.label_key(), field.help_key()].map(|key| texts::text(&key, &[])).join(": ");
        let argument = Arg::new(field.key).long(field.key).help(help);
        match field.input {
            Input::Tick => argument.action(ArgAction::SetTrue),
            _ => argument.action(ArgAction::Set),
        }
    });
    let command = Command::new(name(kind))
        .about(texts::text(&kind.text_key("name"), &[]))
        .alias(kind.code())
        .args(arguments);
    Destination::augment_args(command)
}

impl Subcommand for TypedOrder {
    fn augment_subcommands(command_line: Command) -> Command {
        command_line.subcommands(types().map(command))
    }

    fn augment_subcommands_for_update(command_line: Command) -> Command {
        Self::augment_subcommands(command_line)
    }

    fn has_subcommand(wanted: &str) -> bool {
        types().any(|kind| name(kind) == wanted)
    }
}

impl FromArgMatches for TypedOrder {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let known = |(name, typed): (&str, _)| name.parse::<OrderType>().ok().map(|kind| (kind, typed));
        let (kind, typed): (OrderType, &ArgMatches) = matches
            .subcommand()
            .and_then(known)
            .ok_or_else(|| clap::Error::new(clap::error::ErrorKind::MissingSubcommand))?;
        let mut draft = OrderDraft::new(kind);
        for field in kind.fields() {
            match field.input {
                Input::Tick => draft.values.tick(field.key, typed.get_flag(field.key)),
                _ => {
                    let text = typed.get_one::<String>(field.key).cloned();
                    draft.values.set(field.key, text.unwrap_or_default());
                }
            }
        }
        Ok(Self { draft, destination: Destination::from_arg_matches(typed)? })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

#[cfg(test)]
#[path = "order_arguments_tests.rs"]
mod tests;
