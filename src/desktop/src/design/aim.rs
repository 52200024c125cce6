//! Where a screen wants the caret, said in its view: the keyboard moves it there before it looks at the next key. A task
//! that moves the focus would come after keys that were pressed meanwhile.

use std::any::Any;
use std::sync::atomic::{AtomicU64, Ordering};

use iced::Rectangle;
use iced::advanced::widget::{Id, Operation, Tree, operation::Focusable, tree};
use iced::advanced::{Layout, Widget};

use super::wrapped::part;
use super::{Element, Renderer, Theme};

/// Where the caret shall be; part of a screen's state. Each new aim is reached once: the user may go on from there.
#[derive(Debug, Clone, Default)]
pub struct Aim {
    wanted: Option<Wanted>,
    number: u64,
}

/// Where an aim leads.
#[derive(Debug, Clone)]
enum Wanted {
    /// To a named stop, now.
    At(Id),
    /// To a named stop as soon as it is there, until then to the first one; until a key is pressed there.
    Begin(Option<Id>),
}

impl Aim {
    /// The caret shall go to a named stop.
    pub fn at(&mut self, id: impl Into<Id>) {
        self.anew(Wanted::At(id.into()));
    }

    /// A place has been opened: its named stop, or its first one, shall have the focus, unless something in it takes it
    /// by itself.
    pub fn begin(&mut self, id: Option<&'static str>) {
        self.anew(Wanted::Begin(id.map(Id::new)));
    }

    fn anew(&mut self, wanted: Wanted) {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        *self = Self { wanted: Some(wanted), number: NEXT.fetch_add(1, Ordering::Relaxed) };
    }
}

/// A piece of the window in which the caret shall be somewhere.
pub fn aimed<'a, M: 'a>(content: impl Into<Element<'a, M>>, aim: &Aim) -> Element<'a, M> {
    Element::new(Aimed { content: content.into(), aim: aim.clone() })
}

struct Aimed<'a, M> {
    content: Element<'a, M>,
    aim: Aim,
}

/// The aim that was last heard of, and where it leads until somebody goes there.
struct Heard {
    number: u64,
    wanted: Option<Wanted>,
}

/// Takes the aims of a window; the last one counts.
#[derive(Default)]
pub(super) struct Aims(Option<Id>);

impl Aims {
    pub(super) fn into_wanted(self) -> Option<Id> {
        self.0
    }
}

impl Operation for Aims {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Any) {
        let Some(heard) = state.downcast_mut::<Heard>() else { return };
        if let Some(Wanted::At(id)) = &heard.wanted {
            self.0 = Some(id.clone());
            heard.wanted = None;
        }
    }
}

/// Looks for the stop with which an opened place begins: its named one, or as long as that is not there the first.
#[derive(Default)]
pub(super) struct Beginning {
    wanted: Option<Option<Id>>,
    is_inside: bool,
    stops: isize,
    focused: Option<isize>,
    first: Option<isize>,
    named: Option<isize>,
}

impl Beginning {
    /// The stop that shall take the focus, counted from the first of the window; none where something else has it.
    pub(super) fn stop(&self) -> Option<isize> {
        let stop = self.named.or(self.first);
        let is_free = self.focused.is_none() || self.focused == self.first;
        stop.filter(|_| is_free && stop != self.focused)
    }
}

impl Operation for Beginning {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        // What is traversed next after the aim was heard of is what it is about.
        let enters = self.wanted.is_some() && !self.is_inside;
        self.is_inside |= enters;
        operate(self);
        if enters {
            (self.is_inside, self.wanted) = (false, None);
        }
    }

    fn focusable(&mut self, id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        if let Some(wanted) = self.wanted.as_ref().filter(|_| self.is_inside) {
            let here = Some(self.stops);
            self.focused = self.focused.or(here.filter(|_| state.is_focused()));
            self.first = self.first.or(here);
            let is_it = wanted.is_some() && id == wanted.as_ref();
            self.named = self.named.or(here.filter(|_| is_it));
        }
        self.stops += 1;
    }

    fn custom(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Any) {
        let heard = state.downcast_ref::<Heard>().and_then(|heard| heard.wanted.as_ref());
        if let Some(Wanted::Begin(id)) = heard {
            self.wanted = Some(id.clone());
        }
    }
}

/// The place has begun.
pub(super) struct Begun;

impl Operation for Begun {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Any) {
        if let Some(heard) = state.downcast_mut::<Heard>()
            && matches!(heard.wanted, Some(Wanted::Begin(_)))
        {
            heard.wanted = None;
        }
    }
}

impl<M> Widget<M, Theme, Renderer> for Aimed<'_, M> {
    part!(children, content);
    part!(layout, content);
    part!(update, content);
    part!(draw, content);
    part!(mouse, content);
    part!(overlay, content);

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Heard>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Heard { number: self.aim.number, wanted: self.aim.wanted.clone() })
    }

    fn diff(&self, tree: &mut Tree) {
        let heard = tree.state.downcast_mut::<Heard>();
        if heard.number != self.aim.number {
            *heard = Heard { number: self.aim.number, wanted: self.aim.wanted.clone() };
        }
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        operation.custom(None, layout.bounds(), tree.state.downcast_mut::<Heard>());
        let child = layout.child(0);
        operation.traverse(&mut |operation| {
            self.content.as_widget_mut().operate(&mut tree.children[0], child, renderer, operation);
        });
    }
}
