#![allow(clippy::unwrap_used, clippy::panic)] // tests stop at the first surprise

use clap::{CommandFactory, Parser};

use super::*;
use crate::arguments::{Arguments, Command as Chosen};

fn wanted(arguments: &[&str]) -> WantedOrder {
    let line = ["kapocs-cli", "order"].iter().chain(arguments);
    match Arguments::try_parse_from(line).unwrap().command {
        Chosen::Order(order) => order.wanted(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_type_of_payment_has_a_subcommand_with_its_fields() {
    Arguments::command().debug_assert();
    for kind in types() {
        let command = command(kind);
        for field in kind.fields() {
            assert!(command.get_arguments().any(|argument| argument.get_long() == Some(field.key)));
        }
    }
}

#[test]
fn a_type_takes_its_own_fields_and_no_others() {
    let order = wanted(&["hve", "--target", "x", "--amount", "1,25M", "--new-package"]);
    assert_eq!(
        order.draft,
        OrderDraft::new(OrderType::Hve).with(key::TARGET, "x").with(key::AMOUNT, "1,25M")
    );
    assert!(order.new_package && order.package.is_none());
    let line = ["kapocs-cli", "order", "hve", "--beneficiary-name", "x"];
    assert!(Arguments::try_parse_from(line).is_err());
}

#[test]
fn the_short_spelling_is_a_domestic_transfer() {
    let order = wanted(&["--to", "x", "--amount", "1000", "--name", "Őrségi Kft.", "--instant"]);
    let expected = OrderDraft::default()
        .with(key::TARGET, "x")
        .with(key::AMOUNT, "1000")
        .with(key::BENEFICIARY_NAME, "Őrségi Kft.")
        .with_tick(key::INSTANT, true);
    assert_eq!(order.draft, expected);
    assert_eq!(
        wanted(&[
            "hct",
            "--target",
            "x",
            "--amount",
            "1000",
            "--beneficiary-name",
            "Őrségi Kft.",
            "--instant"
        ])
        .draft,
        expected
    );
    assert!(Arguments::try_parse_from(["kapocs-cli", "order", "--amount", "1000"]).is_err(), "to whom?");
}
