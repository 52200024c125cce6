//! What a control around one child hands on to it, so that each control writes only what is its own.
//!
//! [`around!`] is for a control with a state of its own and the child below it; [`through!`] for one that has none and
//! stands in the tree in its child's place.

/// The state of a control and its one child, with as many of these handed on: `layout`, `operate`, `draw`, `mouse`.
macro_rules! around {
    ($child:ident, $state:ty $(, $part:ident)*) => {
        fn tag(&self) -> iced::advanced::widget::tree::Tag {
            iced::advanced::widget::tree::Tag::of::<$state>()
        }

        fn state(&self) -> iced::advanced::widget::tree::State {
            iced::advanced::widget::tree::State::new(<$state>::default())
        }

        fn children(&self) -> Vec<iced::advanced::widget::Tree> {
            vec![iced::advanced::widget::Tree::new(&self.$child)]
        }

        fn diff(&self, tree: &mut iced::advanced::widget::Tree) {
            tree.diff_children(std::slice::from_ref(&self.$child));
        }

        $($crate::design::wrapped::part!($part, $child);)*
    };
}

/// One of the parts of [`around!`].
macro_rules! part {
    (layout, $child:ident) => {
        fn size(&self) -> iced::Size<iced::Length> {
            self.$child.as_widget().size()
        }

        fn layout(
            &mut self,
            tree: &mut iced::advanced::widget::Tree,
            renderer: &$crate::design::Renderer,
            limits: &iced::advanced::layout::Limits,
        ) -> iced::advanced::layout::Node {
            let node = self.$child.as_widget_mut().layout(&mut tree.children[0], renderer, limits);
            iced::advanced::layout::Node::with_children(node.size(), vec![node])
        }
    };
    (operate, $child:ident) => {
        fn operate(
            &mut self,
            tree: &mut iced::advanced::widget::Tree,
            layout: iced::advanced::Layout<'_>,
            renderer: &$crate::design::Renderer,
            operation: &mut dyn iced::advanced::widget::Operation,
        ) {
            let child = layout.child(0);
            operation.traverse(&mut |operation| {
                self.$child.as_widget_mut().operate(&mut tree.children[0], child, renderer, operation);
            });
        }
    };
    (draw, $child:ident) => {
        fn draw(
            &self,
            tree: &iced::advanced::widget::Tree,
            renderer: &mut $crate::design::Renderer,
            theme: &$crate::design::Theme,
            style: &iced::advanced::renderer::Style,
            layout: iced::advanced::Layout<'_>,
            cursor: iced::advanced::mouse::Cursor,
            viewport: &iced::Rectangle,
        ) {
            let child = layout.child(0);
            self.$child.as_widget().draw(&tree.children[0], renderer, theme, style, child, cursor, viewport);
        }
    };
    (mouse, $child:ident) => {
        fn mouse_interaction(
            &self,
            tree: &iced::advanced::widget::Tree,
            layout: iced::advanced::Layout<'_>,
            cursor: iced::advanced::mouse::Cursor,
            viewport: &iced::Rectangle,
            renderer: &$crate::design::Renderer,
        ) -> iced::advanced::mouse::Interaction {
            let child = layout.child(0);
            self.$child.as_widget().mouse_interaction(&tree.children[0], child, cursor, viewport, renderer)
        }
    };
}

/// Everything of the child's that makes no difference to a control that has no state of its own.
macro_rules! through {
    ($child:tt) => {
        fn tag(&self) -> iced::advanced::widget::tree::Tag {
            self.$child.as_widget().tag()
        }

        fn state(&self) -> iced::advanced::widget::tree::State {
            self.$child.as_widget().state()
        }

        fn children(&self) -> Vec<iced::advanced::widget::Tree> {
            self.$child.as_widget().children()
        }

        fn diff(&self, tree: &mut iced::advanced::widget::Tree) {
            self.$child.as_widget().diff(tree);
        }

        fn size(&self) -> iced::Size<iced::Length> {
            self.$child.as_widget().size()
        }

        fn size_hint(&self) -> iced::Size<iced::Length> {
            self.$child.as_widget().size_hint()
        }

        fn layout(
            &mut self,
            tree: &mut iced::advanced::widget::Tree,
            renderer: &$crate::design::Renderer,
            limits: &iced::advanced::layout::Limits,
        ) -> iced::advanced::layout::Node {
            self.$child.as_widget_mut().layout(tree, renderer, limits)
        }
    };
}

pub(in crate::design) use {around, part, through};
