//! What a control around one child hands on to it, so that each control writes only what is its own.
//!
//! [`around!`] is for a control with a state of its own and the child below it, [`part!`] for one that hands on only
//! some of it; [`through!`] is for one that has no state and stands in the tree in its child's place; [`parts!`] is for
//! one with several children in a list.

/// The state of a control and its one child, with as many of these handed on: `layout`, `operate`, `update`, `draw`,
/// `mouse`, `overlay`.
macro_rules! around {
    ($child:ident, $state:ty $(, $part:ident)*) => {
        fn tag(&self) -> iced::advanced::widget::tree::Tag {
            iced::advanced::widget::tree::Tag::of::<$state>()
        }

        fn state(&self) -> iced::advanced::widget::tree::State {
            iced::advanced::widget::tree::State::new(<$state>::default())
        }

        fn diff(&self, tree: &mut iced::advanced::widget::Tree) {
            tree.diff_children(std::slice::from_ref(&self.$child));
        }

        $crate::design::wrapped::part!(children, $child);
        $($crate::design::wrapped::part!($part, $child);)*
    };
}

/// One of the parts of [`around!`].
macro_rules! part {
    (children, $child:ident) => {
        fn children(&self) -> Vec<iced::advanced::widget::Tree> {
            vec![iced::advanced::widget::Tree::new(&self.$child)]
        }
    };
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
    (update, $child:ident) => {
        fn update(
            &mut self,
            tree: &mut iced::advanced::widget::Tree,
            event: &iced::Event,
            layout: iced::advanced::Layout<'_>,
            cursor: iced::advanced::mouse::Cursor,
            renderer: &$crate::design::Renderer,
            clipboard: &mut dyn iced::advanced::Clipboard,
            shell: &mut iced::advanced::Shell<'_, M>,
            viewport: &iced::Rectangle,
        ) {
            let (tree, child) = (&mut tree.children[0], layout.child(0));
            let widget = self.$child.as_widget_mut();
            widget.update(tree, event, child, cursor, renderer, clipboard, shell, viewport);
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
    (overlay, $child:ident) => {
        fn overlay<'b>(
            &'b mut self,
            tree: &'b mut iced::advanced::widget::Tree,
            layout: iced::advanced::Layout<'b>,
            renderer: &$crate::design::Renderer,
            viewport: &iced::Rectangle,
            translation: iced::Vector,
        ) -> Option<iced::advanced::overlay::Element<'b, M, $crate::design::Theme, $crate::design::Renderer>>
        {
            let (tree, child) = (&mut tree.children[0], layout.child(0));
            self.$child.as_widget_mut().overlay(tree, child, renderer, viewport, translation)
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

/// The children of a control that keeps them in a list, and what it hands on to each of them alike: `operate`, `draw`.
macro_rules! parts {
    ($parts:ident $(, $part:ident)*) => {
        fn children(&self) -> Vec<iced::advanced::widget::Tree> {
            self.$parts.iter().map(iced::advanced::widget::Tree::new).collect()
        }

        fn diff(&self, tree: &mut iced::advanced::widget::Tree) {
            tree.diff_children(&self.$parts);
        }

        $($crate::design::wrapped::parts!(@$part $parts);)*
    };
    (@operate $parts:ident) => {
        fn operate(
            &mut self,
            tree: &mut iced::advanced::widget::Tree,
            layout: iced::advanced::Layout<'_>,
            renderer: &$crate::design::Renderer,
            operation: &mut dyn iced::advanced::widget::Operation,
        ) {
            operation.traverse(&mut |operation| {
                let trees = self.$parts.iter_mut().zip(&mut tree.children);
                for ((part, tree), layout) in trees.zip(layout.children()) {
                    part.as_widget_mut().operate(tree, layout, renderer, operation);
                }
            });
        }
    };
    (@draw $parts:ident) => {
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
            for ((part, tree), layout) in self.$parts.iter().zip(&tree.children).zip(layout.children()) {
                part.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
            }
        }
    };
}

pub(in crate::design) use {around, part, parts, through};
