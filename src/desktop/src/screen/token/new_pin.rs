//! A new PIN while it is typed: its rules, each ticked as it is met, and the confirmation that opens only then.

use domain::pin::{self, PinForm, PinRules};
use iced::Length;

use crate::design::field::Note;
use crate::design::theme::Tone;
use crate::design::{Column, Element, field, spacing, text, tick};
use crate::screen::typed::TypedPin;
use crate::tr;
use text::Inked;

/// By what a new PIN is judged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judge<'a> {
    /// What the token can hold.
    pub form: PinForm,
    /// What the bank forbids.
    pub rules: PinRules,
    /// The PIN that it replaces, where one is typed.
    pub old: Option<&'a str>,
    /// The token's serial number.
    pub csn: &'a str,
}

#[derive(Debug, Default)]
pub(crate) struct NewPin {
    pub new: TypedPin,
    /// The new PIN once more.
    pub again: TypedPin,
}

/// How the two fields are shown: their names and messages.
pub(crate) struct Fields<M> {
    /// Name of the first field.
    pub new_id: &'static str,
    /// Name of the second field.
    pub again_id: &'static str,
    /// Why the first field is closed, or none when it is open.
    pub closed: Option<String>,
    /// Typed in the first field.
    pub on_new: fn(TypedPin) -> M,
    /// Typed in the second field.
    pub on_again: fn(TypedPin) -> M,
    /// Enter in the second field.
    pub on_enter: M,
}

impl NewPin {
    /// Whether the new PIN meets every rule.
    #[must_use]
    pub(crate) fn is_good(&self, judge: Judge<'_>) -> bool {
        pin::is_good(judge.form, judge.rules, self.new.shown(), judge.old, judge.csn)
    }

    /// Whether it is good and was typed the same twice.
    #[must_use]
    pub(crate) fn is_confirmed(&self, judge: Judge<'_>) -> bool {
        self.is_good(judge) && self.new == self.again
    }

    /// The two fields, to stand side by side.
    pub(crate) fn fields<'a, M: Clone + 'a>(
        &'a self,
        judge: Judge<'_>,
        how: Fields<M>,
    ) -> [Element<'a, M>; 2] {
        let (on_new, on_again) = (how.on_new, how.on_again);
        let mut new = field::secure(tr!("new-pin"), self.new.shown()).id(how.new_id);
        let mut again = field::secure(tr!("new-pin-again"), self.again.shown()).id(how.again_id);
        let open = how.closed.is_none();
        match how.closed {
            None => new = new.on_input(move |typed| on_new(TypedPin::new(typed))),
            Some(why) => new = new.hint(why),
        }
        if open && self.is_good(judge) {
            again = again
                .on_input(move |typed| on_again(TypedPin::new(typed)))
                .on_enter(how.on_enter)
                .note(self.told());
        } else if open {
            again = again.hint(tr!("new-pin-again-closed"));
        }
        let width = Length::FillPortion(3);
        [new.width(width).into(), again.width(width).into()]
    }

    /// What is said below the second field while it is open.
    fn told(&self) -> Option<Note> {
        let (new, again) = (self.new.shown(), self.again.shown());
        let note = |tone, text| Some(Note { tone, text });
        match new.strip_prefix(again) {
            Some("") => note(Tone::Good, tr!("new-pin-again-same")),
            Some(_) if again.is_empty() => note(Tone::Neutral, tr!("new-pin-again-open")),
            Some(rest) => {
                let left = rest.chars().count();
                note(Tone::Neutral, tr!("new-pin-again-left", count = left))
            }
            None => note(Tone::Bad, tr!("new-pin-again-differs")),
        }
    }

    /// The rules, each with a tick when it is met.
    pub(crate) fn rules<'a, M: 'a>(&self, judge: Judge<'_>) -> Element<'a, M> {
        let judged = pin::judge(judge.form, judge.rules, self.new.shown(), judge.old, judge.csn);
        let lines = judged.into_iter().map(|(rule, met)| {
            let word = if met { tr!("new-pin-rule-met") } else { tr!("new-pin-rule-open") };
            tick::tick(met, client::texts::pin_rule(rule), word)
        });
        let title = text::hint(tr!("new-pin-rules")).dim();
        Column::new().spacing(spacing::TICKS).push(title).extend(lines).into()
    }
}
