//! A button that opens a list of actions: "Továbbiak ▾", "Export ▾".

use iced::advanced::widget::{Id, Tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, mouse, overlay};
use iced::keyboard;
use iced::{Event, Rectangle, Vector};

use super::choices::{Choice, Keyed, ListState, Popup};
use super::pressable::is_press;
use super::wrapped::around;
use super::{Element, Renderer, Theme, button};

/// A button with a list of actions.
pub struct Menu<'a, M> {
    label: String,
    choices: Vec<Choice>,
    on_choose: Box<dyn Fn(usize) -> M + 'a>,
    id: Option<Id>,
}

/// A menu of labelled actions; details are shortcuts.
pub fn menu<'a, M>(
    label: impl Into<String>,
    actions: impl IntoIterator<Item = impl Into<Choice>>,
    on_choose: impl Fn(usize) -> M + 'a,
) -> Menu<'a, M> {
    Menu {
        label: format!("{} ▾", label.into()),
        choices: actions.into_iter().map(Into::into).collect(),
        on_choose: Box::new(on_choose),
        id: None,
    }
}

impl<M> Menu<'_, M> {
    /// The name by which focus and tests find it.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }
}

struct Control<'a, M> {
    button: Element<'a, ()>,
    choices: Vec<Choice>,
    on_choose: Box<dyn Fn(usize) -> M + 'a>,
}

impl<M> Widget<M, Theme, Renderer> for Control<'_, M> {
    around!(button, ListState, layout, operate, draw, mouse);

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        let list = tree.state.downcast_mut::<ListState>();
        if list.open
            && let Event::Keyboard(keyboard::Event::KeyPressed { key, .. }) = event
        {
            match list.key(key, self.choices.len()) {
                Keyed::Chosen(line) => shell.publish((self.on_choose)(line)),
                Keyed::Used => {}
                Keyed::Ignored => list.close(),
            }
            shell.capture_event();
            shell.request_redraw();
            return;
        }
        if list.open && is_press(event) && cursor.is_over(layout.bounds()) {
            list.close();
            shell.capture_event();
            shell.request_redraw();
            return;
        }
        let mut presses = Vec::new();
        let mut inner = Shell::new(&mut presses);
        self.button.as_widget_mut().update(
            &mut tree.children[0],
            event,
            layout.child(0),
            cursor,
            renderer,
            clipboard,
            &mut inner,
            viewport,
        );
        let pressed = !inner.is_empty();
        if inner.is_event_captured() {
            shell.capture_event();
        }
        shell.request_redraw_at(inner.redraw_request());
        if pressed {
            let by_key = matches!(event, Event::Keyboard(_));
            tree.state.downcast_mut::<ListState>().open_at(by_key.then_some(0), self.choices.len());
            shell.request_redraw();
        }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        _renderer: &Renderer,
        _viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        let list = tree.state.downcast_mut::<ListState>();
        if !list.open {
            return None;
        }
        let popup = Popup {
            anchor: layout.bounds() + translation,
            choices: &self.choices,
            selected: None,
            state: list,
            on_choose: self.on_choose.as_ref(),
            fit: true,
        };
        Some(popup.overlay())
    }
}

impl<'a, M: 'a> From<Menu<'a, M>> for Element<'a, M> {
    fn from(menu: Menu<'a, M>) -> Self {
        let mut opener = button::secondary(menu.label).on_press(());
        if let Some(id) = menu.id {
            opener = opener.id(id);
        }
        Self::new(Control { button: opener.into(), choices: menu.choices, on_choose: menu.on_choose })
    }
}
