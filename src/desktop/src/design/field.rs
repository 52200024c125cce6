//! Fields of forms: label above, frame, and one line below that helps, warns or says what is wrong.
//!
//! ```ignore
//! field::text(tr!("order-narrative"), &self.narrative)
//!     .on_input(Message::Narrative)
//!     .trailing("33 / 140")
//!     .care("…")
//! ```

use std::rc::Rc;

use iced::advanced::widget::Id;
use iced::widget::{TextInput, text_input};
use iced::{Length, padding};

use super::choices::Choice;
use super::input::{Input, OnChoose, Typed};
use super::text::{self, Inked};
use super::theme::{Ink, Tone};
use super::{Column, Element, Renderer, Row, Theme, spacing};

/// The line below a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub tone: Tone,
    pub text: String,
}

/// Rewrites what was typed when the field is left; none leaves it.
type Group<'a> = Box<dyn Fn(&str) -> Option<String> + 'a>;

/// A field that is being put together.
pub struct Field<'a, M> {
    label: String,
    value: &'a str,
    placeholder: String,
    id: Option<Id>,
    secure: bool,
    on_input: Option<Rc<dyn Fn(String) -> M + 'a>>,
    on_enter: Option<M>,
    on_blur: Option<M>,
    group: Option<Group<'a>>,
    trailing: Option<Element<'a, M>>,
    note: Option<Note>,
    width: Length,
    suggestions: Vec<Choice>,
    on_suggestion: Option<OnChoose<'a, M>>,
}

/// A line of text under a label.
pub fn text<'a, M>(label: impl Into<String>, value: &'a str) -> Field<'a, M> {
    Field {
        label: label.into(),
        value,
        placeholder: String::new(),
        id: None,
        secure: false,
        on_input: None,
        on_enter: None,
        on_blur: None,
        group: None,
        trailing: None,
        note: None,
        width: Length::Fill,
        suggestions: Vec::new(),
        on_suggestion: None,
    }
}

/// A PIN or password: shown as dots.
pub fn secure<'a, M>(label: impl Into<String>, value: &'a str) -> Field<'a, M> {
    Field { secure: true, ..text(label, value) }
}

/// An amount as it is typed, with its currency at the end; see [`Field::group`].
pub fn amount<'a, M: 'a>(label: impl Into<String>, raw: &'a str, currency: &'a str) -> Field<'a, M> {
    Field { trailing: Some(text::hint(currency).dim().into()), ..text(label, raw) }
}

/// A search box without a label.
pub fn search<'a, M>(placeholder: impl Into<String>, value: &'a str) -> Field<'a, M> {
    Field { placeholder: placeholder.into(), width: Length::Fixed(260.0), ..text("", value) }
}

impl<'a, M: Clone + 'a> Field<'a, M> {
    /// The message of a change; without it the field is disabled.
    #[must_use]
    pub fn on_input(mut self, message: impl Fn(String) -> M + 'a) -> Self {
        self.on_input = Some(Rc::new(message));
        self
    }

    /// The message of Enter. Without it Enter goes on to the window, which moves to the next field.
    #[must_use]
    pub fn on_enter(mut self, message: M) -> Self {
        self.on_enter = Some(message);
        self
    }

    /// The message of leaving the field.
    #[must_use]
    pub fn on_blur(mut self, message: M) -> Self {
        self.on_blur = Some(message);
        self
    }

    /// Rewrites the text when the field is left ("1250000" to "1 250 000"); none leaves it as it is.
    #[must_use]
    pub fn group(mut self, group: impl Fn(&str) -> Option<String> + 'a) -> Self {
        self.group = Some(Box::new(group));
        self
    }

    /// The name by which focus and tests find the input.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// What is shown while the field is empty.
    #[must_use]
    pub fn placeholder(mut self, placeholder: impl Into<String>) -> Self {
        self.placeholder = placeholder.into();
        self
    }

    /// A dim note inside the field at its end.
    #[must_use]
    pub fn trailing(mut self, note: impl Into<String>) -> Self {
        self.trailing = Some(text::hint(note.into()).dim().into());
        self
    }

    /// The line below, of any tone.
    #[must_use]
    pub fn note(mut self, note: Option<Note>) -> Self {
        self.note = note;
        self
    }

    fn with_note(self, tone: Tone, text: impl Into<String>) -> Self {
        self.note(Some(Note { tone, text: text.into() }))
    }

    /// A dim line below.
    #[must_use]
    pub fn hint(self, text: impl Into<String>) -> Self {
        self.with_note(Tone::Neutral, text)
    }

    /// A line below that says what is still missing or unusual.
    #[must_use]
    pub fn care(self, text: impl Into<String>) -> Self {
        self.with_note(Tone::Care, text)
    }

    /// A line below that says what is wrong.
    #[must_use]
    pub fn error(self, text: impl Into<String>) -> Self {
        self.with_note(Tone::Bad, text)
    }

    /// The width; fills its column by itself.
    #[must_use]
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    /// What fits the typed text, offered below; arrows and Enter choose.
    #[must_use]
    pub fn suggestions(mut self, choices: Vec<Choice>, on_choose: impl Fn(usize) -> M + 'a) -> Self {
        self.suggestions = choices;
        self.on_suggestion = Some(Box::new(on_choose));
        self
    }

    /// Puts the ▾ of a calendar at the end, behind the note if there is one.
    pub(super) fn calendar_mark(mut self) -> Self {
        let mark = text::body("▾").dim();
        self.trailing = Some(match self.trailing {
            Some(note) => Row::new().spacing(spacing::S).push(note).push(mark).into(),
            None => mark.into(),
        });
        self
    }

    pub(super) fn into_parts(mut self) -> (String, Input<'a, M>, Option<Note>, Length) {
        let mut input: TextInput<'a, M, Theme, Renderer> = text_input(&self.placeholder, self.value)
            .size(text::BODY.size)
            .line_height(iced::advanced::text::LineHeight::Absolute(text::BODY.line.into()))
            .font(text::BODY.font)
            .padding(padding::all(0))
            .secure(self.secure)
            .width(Length::Fill);
        if let Some(id) = self.id.take() {
            input = input.id(id);
        }
        let enabled = self.on_input.is_some();
        // Several letters and the key that leaves the field may come before the window is built anew; what is left is
        // then another text than the one the field was built with.
        let typed = Typed::default();
        if let Some(on_input) = self.on_input.clone() {
            let typed = typed.clone();
            input = input.on_input(move |value| {
                typed.replace(Some(value.clone()));
                on_input(value)
            });
        }
        if let Some(message) = self.on_enter.take() {
            input = input.on_submit(message);
        }
        let (value, group, on_input, left) = (self.value, self.group, self.on_input, self.on_blur);
        let known = typed.clone();
        let on_blur = move || {
            let typed = known.borrow();
            let value = typed.as_deref().unwrap_or(value);
            let grouped = group.as_ref().and_then(|group| group(value)).filter(|grouped| grouped != value);
            match (grouped, &on_input) {
                (Some(grouped), Some(on_input)) => Some(on_input(grouped)),
                _ => left.clone(),
            }
        };
        let framed = Input {
            input: input.into(),
            trailing: self.trailing,
            tone: self.note.as_ref().map_or(Tone::Neutral, |note| note.tone),
            on_blur: Some(Box::new(on_blur)),
            suggestions: self.suggestions,
            on_suggestion: self.on_suggestion,
            enabled,
            value: self.value,
            typed,
        };
        (self.label, framed, self.note, self.width)
    }
}

/// The ink of a note's tone.
#[must_use]
pub fn note_ink(tone: Tone) -> Ink {
    match tone {
        Tone::Neutral => Ink::Dim,
        Tone::Accent => Ink::Accent,
        Tone::Good => Ink::Good,
        Tone::Care => Ink::Care,
        Tone::Bad => Ink::Bad,
    }
}

/// Puts a label above and a note below any control.
pub fn labelled<'a, M: 'a>(
    label: impl Into<String>,
    control: impl Into<Element<'a, M>>,
    note: Option<Note>,
    width: impl Into<Length>,
) -> Element<'a, M> {
    let label = label.into();
    let mut column = Column::new().spacing(spacing::XS).width(width);
    if !label.is_empty() {
        column = column.push(text::hint(label).dim());
    }
    column = column.push(control);
    if let Some(note) = note {
        column = column.push(text::hint(note.text).ink(note_ink(note.tone)));
    }
    column.into()
}

impl<'a, M: Clone + 'a> From<Field<'a, M>> for Element<'a, M> {
    fn from(field: Field<'a, M>) -> Self {
        let (label, input, note, width) = field.into_parts();
        labelled(label, input, note, width)
    }
}
