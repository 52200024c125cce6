//! The window put together: the frame around the open place, the sheet above it, what floats; and what it listens to.

use iced::Subscription;

use super::sheets::Sheet;
use super::{Message, Window, top};
use crate::app::{events, instance};
use crate::design::aim;
use crate::design::modal::{beside, held, modal};
use crate::design::{Element, frame, room};
use crate::house::Bank;

impl Window {
    pub(crate) fn view(&self) -> Element<'_, Message> {
        let visit = self.visit;
        let place = if self.desk.client.may_view() || self.place.is_open() {
            self.screen.view(&self.desk).map(move |message| Message::Screen(visit, message))
        } else {
            top::closed()
        };
        let place = room::room(held(aim::aimed(place, &self.aim), self.coming.is_some()));
        let covered = self.screen.has_sheet();
        let update = self.update_notice().map(|notice| notice.map(Message::Update));
        let notice = update.or_else(|| self.login_notice());
        let window = frame::frame(
            beside(top::bar(self), covered),
            beside(top::navigation(self), covered),
            frame::below_notice(notice.map(|notice| beside(notice, covered)), place),
            beside(top::status(self), covered),
        );
        let sheet = self.sheet.as_ref().map(|sheet| sheet.view(&self.facts.house));
        let leave = self.sheet.as_ref().map(Sheet::leave);
        self.toasts.over(modal(window, sheet, leave), Message::Toast)
    }

    /// What the client tells, and the clock of floating messages; nothing while nothing happens.
    pub(crate) fn subscription(&self) -> Subscription<Message> {
        Subscription::batch([
            self.heard(),
            self.started
                .instance
                .as_ref()
                .map_or_else(Subscription::none, instance::calls)
                .map(Message::Called),
            self.screen
                .subscription()
                .with(self.visit)
                .map(|(visit, message)| Message::Screen(visit, message)),
            self.toasts.subscription().map(Message::Toast),
            events::focus().map(Message::Focused),
            self.updates_due(),
            // Nobody's idle time is counted while nobody is logged in.
            if self.facts.house.banks.iter().any(Bank::is_open) || self.connection.user().is_some() {
                events::touches().map(|()| Message::Touched)
            } else {
                Subscription::none()
            },
        ])
    }
}
