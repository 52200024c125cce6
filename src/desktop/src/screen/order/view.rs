//! The place of the form: title and package above, what was restored, fields and buttons, and the cards beside.

use std::collections::BTreeSet;

use client::{ListedPackage, PackageChoice};
use domain::{FieldProblem, key};
use iced::widget::space;
use iced::{Alignment, Length};

use super::fields;
use super::save::SAVE_CHANGES;
use super::{After, Message, OrderForm, Trouble};
use crate::design::choices::Choice;
use crate::design::text::{self, Inked};
use crate::design::theme::{Ink, Tone};
use crate::design::{Column, Element, Row, aim, banner, button, empty, modal, panel, pill, select, spacing};
use crate::desk::Desk;
use crate::texts::explain;
use crate::tr;

/// Width of the list of packages in the title line.
const PACKAGES: f32 = 300.0;
/// Width of the question before changes are left.
const QUESTION: f32 = 520.0;

impl OrderForm {
    pub(super) fn page<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let Some(rules) = &desk.rules else {
            return panel::page(empty::empty(tr!("order-no-rules"), tr!("order-no-rules-help"), None));
        };
        let kind = self.kept.draft.order_type;
        let title = match (self.kept.editing, self.kept.copied) {
            (Some(_), _) => tr!("order-title-edit"),
            (None, Some(_)) => tr!("order-title-copy"),
            (None, None) => fields::kind_name(kind),
        };
        let title =
            panel::title_line(title, Some(pill::pill(Tone::Neutral, kind.code())), Some(self.package()));
        let form = Column::new().spacing(spacing::L).push(self.fields(rules)).push(self.buttons());
        let body = Row::new().spacing(spacing::L).push(panel::panel(form)).push(self.side(rules));
        let mut column = Column::new().spacing(spacing::M);
        for notice in self.notices() {
            column = column.push(notice);
        }
        let all = Column::new().spacing(spacing::M).push(title).push(panel::scroll(column.push(body)));
        let sheet = self.leaves.then(|| self.question());
        aim::aimed(
            modal::modal(panel::page(all), sheet.map(|sheet| desk.headed(sheet)), Some(Message::Stay)),
            &self.aim,
        )
    }

    /// The question before changes of a recorded order are left.
    fn question(&self) -> Element<'_, Message> {
        let buttons = Row::new()
            .spacing(spacing::M)
            .align_y(Alignment::Center)
            .push(space::horizontal())
            .push(
                button::secondary(tr!("order-stay")).id("order-stay").shortcut("Esc").on_press(Message::Stay),
            )
            .push(button::danger(tr!("order-discard")).id("order-discard").on_press(Message::Discard))
            .push(
                button::primary(tr!("save"))
                    .id(SAVE_CHANGES)
                    .shortcut("Enter")
                    .on_press(Message::Save(After::Package)),
            );
        Column::new()
            .spacing(spacing::L)
            .width(Length::Fixed(QUESTION))
            .push(text::page_title(tr!("order-leave-title")))
            .push(text::body(tr!("order-leave-help")))
            .push(buttons)
            .into()
    }

    fn notices(&self) -> Vec<Element<'_, Message>> {
        let mut notices = Vec::new();
        if let Some(trouble) = &self.trouble {
            let words = match trouble {
                Trouble::Client(error) => explain(&**error),
                Trouble::Partner(problem) => explain(problem),
            };
            notices.push(banner::banner(Tone::Bad, tr!("order-trouble"), words, None));
        }
        if self.kept.copied.is_some() {
            let words = tr!("order-copied-help");
            notices.push(banner::banner(Tone::Care, tr!("order-copied"), words, None));
        }
        if self.restored {
            let clear = button::link(tr!("order-start-blank")).id("order-clear").on_press(Message::Clear);
            let words = tr!("order-restored-help");
            notices.push(banner::banner(Tone::Accent, tr!("order-restored"), words, Some(clear.into())));
        }
        let waiting = self.offered().len();
        if waiting > 0 {
            let back = button::link(tr!("order-put-back")).id("order-put-back").on_press(Message::PutBack);
            let (title, words) = (tr!("order-aside", count = waiting), tr!("order-aside-help"));
            notices.push(banner::banner(Tone::Accent, title, words, Some(back.into())));
        }
        notices
    }

    /// Packages into which the order as typed can go.
    pub(super) fn package_choices(&self) -> Vec<&ListedPackage> {
        let draft = self.kept.order_draft();
        let debit = draft.get(key::DEBIT_ACCOUNT);
        let fits = |package: &&ListedPackage| {
            package.header.order_type == draft.order_type
                && package.header.debit_account.is_some_and(|account| account.to_string() == debit)
                && package.header.instant == draft.values.ticked(key::INSTANT)
                || Some(package.header.id) == self.kept.package
        };
        self.lists.packages.iter().filter(fits).collect()
    }

    /// The first line of the list: where the order goes by itself, once that is known.
    fn automatic_package(&self) -> Choice {
        let check = self.answer.as_ref().and_then(|answer| answer.check.as_ref().ok());
        let check =
            check.filter(|check| check.decision.is_some() && self.kept.choice() == PackageChoice::Auto);
        let Some(check) = check else { return Choice::from(tr!("order-package-auto")) };
        let (name, before) = match &check.joins {
            Some((_, name, before)) => (name.clone(), *before),
            None => (tr!("order-package-new"), 0),
        };
        let orders = before + 1;
        Choice::new(tr!("order-package-auto-to", name = name), tr!("order-package-items", count = orders))
    }

    fn package(&self) -> Element<'_, Message> {
        let packages = self.package_choices();
        let auto = self.automatic_package();
        let mut choices = vec![auto, Choice::new(tr!("order-package-new"), "")];
        choices.extend(packages.iter().map(|package| {
            Choice::new(package.header.name.to_string(), tr!("order-package-items", count = package.count))
        }));
        let chosen = match self.kept.package {
            Some(id) => packages.iter().position(|package| package.header.id == id).map(|at| at + 2),
            None => Some(usize::from(self.kept.new_package)),
        };
        let list = select::select("", choices, chosen)
            .id("order-package")
            .on_select(Message::Package)
            .width(Length::Fixed(PACKAGES));
        Row::new()
            .spacing(spacing::S)
            .align_y(Alignment::Center)
            .push(text::body(tr!("order-package")).dim())
            .push(list)
            .push(text::tiny("Ctrl+K").dim())
            .into()
    }

    fn buttons(&self) -> Element<'_, Message> {
        let ready = self.began && !self.leaving.is_last();
        let save = |after| ready.then_some(Message::Save(after));
        Row::new()
            .spacing(spacing::S)
            .align_y(Alignment::Center)
            .push(
                button::primary(tr!("save"))
                    .id("order-save")
                    .shortcut("Ctrl+S")
                    .on_press_maybe(save(After::Package)),
            )
            .push(
                button::secondary(tr!("order-save-next"))
                    .id("order-save-next")
                    .shortcut("Ctrl+Enter")
                    .on_press_maybe(save(After::Next)),
            )
            .push(button::secondary(tr!("order-sign")).id("order-sign").on_press_maybe(save(After::Sign)))
            .push(self.waiting())
            .into()
    }

    /// How many fields wait: to be mended, else to be filled.
    fn waiting(&self) -> Element<'_, Message> {
        let wrong: BTreeSet<&str> = self
            .problems
            .iter()
            .filter(|p| p.problem != FieldProblem::Missing || self.problem(p.field).is_some())
            .map(|p| p.field)
            .collect();
        let missing: BTreeSet<&str> = self.problems.iter().map(|p| p.field).collect();
        let (words, ink) = match (wrong.len(), missing.len()) {
            (0, 0) => (String::new(), Ink::Dim),
            (0, count) => (tr!("order-fields-missing", count = count), Ink::Dim),
            (count, _) => (tr!("order-fields-wrong", count = count), Ink::Care),
        };
        text::hint(words).ink(ink).width(Length::Fill).align_x(Alignment::End).into()
    }
}
