//! How a self-administration order looks while it is filled in.

use client::admin::{right_words, web_device};
use domain::authority::WebDevice;
use iced::widget::space;
use iced::{Alignment, Length};

use super::Message;
use super::form::{Form, Input, RightRow, WebRow};
use crate::design::text::Inked;
use crate::design::theme::Tone;
use crate::design::{
    Column, Container, Element, Row, banner, button, check, field, panel, select, spacing, text,
};
use crate::go::AdminKind;
use crate::tr;

/// The name by which focus finds the form's first control.
pub(super) const FIRST: &str = "admin-first";
/// Width of fields and lists.
const FIELD: f32 = 420.0;
/// Width of the words before radio buttons.
const WORDS: f32 = 260.0;

/// The form with its buttons.
pub(super) fn view<'a>(form: &'a Form, busy: bool) -> Element<'a, Message> {
    let head = Column::new()
        .spacing(spacing::XS)
        .push(text::detail_title(form.kind.label()))
        .push(text::hint(form.kind.help()).dim());
    let mut content = Column::new().spacing(spacing::M).push(subject(form));
    content = match form.kind {
        AdminKind::InternetBanking => content.push(internet_banking(form)),
        AdminKind::UserData if form.subject.is_some() => content.push(user_data(form)),
        AdminKind::UserRights | AdminKind::NewAccount if form.subject.is_some() => content.push(rights(form)),
        AdminKind::Device => content.push(device(form)),
        AdminKind::RegisterId => content.push(register(form)),
        _ => content,
    };
    let problem = form
        .problem
        .as_ref()
        .map(|why| banner::banner(Tone::Bad, tr!("admin-cannot-save"), why.as_str(), None));
    let buttons = Row::new()
        .spacing(spacing::S)
        .push(
            button::primary(tr!("save"))
                .id("admin-save")
                .shortcut("Ctrl+S")
                .on_press_maybe((!busy).then_some(Message::Save)),
        )
        .push(
            button::secondary(tr!("cancel")).id("admin-form-cancel").shortcut("Esc").on_press(Message::Leave),
        );
    Column::new()
        .spacing(spacing::M)
        .push(head)
        .push(panel::rule())
        .push(Container::new(panel::scroll(content)).height(Length::Fill))
        .push(problem)
        .push(buttons)
        .into()
}

/// What the order is about: a user, a new account, a device, an identifier.
fn subject(form: &Form) -> Option<Element<'_, Message>> {
    let label = match form.kind {
        AdminKind::InternetBanking | AdminKind::RegisterId => return None,
        AdminKind::UserData | AdminKind::UserRights | AdminKind::ClearErrors => tr!("admin-user"),
        AdminKind::NewAccount => tr!("admin-new-account"),
        AdminKind::Device => tr!("admin-device"),
        AdminKind::ConfirmId | AdminKind::DeleteId => tr!("admin-identifier"),
    };
    let list = select::select(label, form.subjects(), form.subject)
        .id(FIRST)
        .placeholder(tr!("admin-choose-one"))
        .on_select(|index| Message::Input(Input::Subject(index)))
        .width(Length::Fixed(FIELD));
    Some(list.into())
}

fn tick(label: String, on: bool, id: String, input: impl Fn(bool) -> Input) -> Element<'static, Message> {
    check::checkbox(label, on).id(id).on_toggle(|on| Message::Input(input(on))).into()
}

fn internet_banking(form: &Form) -> Element<'_, Message> {
    let enabled = check::checkbox(tr!("admin-web-enable"), form.enabled)
        .id(FIRST)
        .on_toggle(|on| Message::Input(Input::Enabled(on)));
    let mut users = Column::new().spacing(spacing::S);
    for (index, row) in form.web.iter().enumerate() {
        users = users.push(web_user(form, index, row)).push(panel::rule());
    }
    Column::new()
        .spacing(spacing::M)
        .push(enabled)
        .push(text::hint(tr!("admin-web-note")).dim())
        .push(
            Column::new()
                .spacing(spacing::XS)
                .push(text::header(tr!("admin-web-users")).dim())
                .push(panel::rule())
                .push(users),
        )
        .into()
}

fn web_user<'a>(form: &'a Form, index: usize, row: &'a WebRow) -> Element<'a, Message> {
    let now = form.overview.table.web_access(&row.user);
    let now = tr!("admin-web-now", login = web_device(now.login), signing = web_device(now.signing));
    let name =
        tick(row.name.clone(), row.ticked, format!("admin-web-{index}"), move |on| Input::Tick(index, on));
    let head = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(name)
        .push(space::horizontal())
        .push(text::hint(now).dim());
    let mut column = Column::new().spacing(spacing::S).padding(spacing::LINE).push(head);
    if row.ticked {
        let login = devices("login", index, row.login, true, move |device| Input::Login(index, device));
        let signing = devices("signing", index, row.signing, row.login != WebDevice::None, move |device| {
            Input::Signing(index, device)
        });
        column = column
            .push(choice(tr!("admin-web-login"), tr!("admin-web-login-help"), login))
            .push(choice(tr!("admin-web-signing"), tr!("admin-web-signing-help"), signing));
    }
    column.into()
}

/// What is chosen, and for which customers it holds, before the radio buttons.
fn choice<'a>(label: String, help: String, radios: Element<'a, Message>) -> Element<'a, Message> {
    let words = Column::new().push(text::body(label)).push(text::hint(help).dim());
    Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .padding(spacing::INSET)
        .push(words.width(Length::Fixed(WORDS)))
        .push(radios)
        .into()
}

fn devices(
    what: &str,
    index: usize,
    chosen: WebDevice,
    card_possible: bool,
    input: impl Fn(WebDevice) -> Input,
) -> Element<'static, Message> {
    let radio = |device, name: &str| {
        let radio =
            check::radio(web_device(device), chosen == device).id(format!("admin-{what}-{index}-{name}"));
        if device == WebDevice::None || card_possible {
            radio.on_press(Message::Input(input(device)))
        } else {
            radio
        }
    };
    Row::new()
        .spacing(spacing::XL)
        .push(radio(WebDevice::None, "none"))
        .push(radio(WebDevice::VirtualCard, "card"))
        .into()
}

fn user_data(form: &Form) -> Element<'_, Message> {
    let phone = field::text(tr!("admin-phone"), &form.phone)
        .id("admin-phone")
        .on_input(|typed| Message::Input(Input::Phone(typed)))
        .on_enter(Message::Save)
        .placeholder("+36 30 123 4567")
        .width(Length::Fixed(FIELD));
    let email = field::text(tr!("admin-email"), &form.email)
        .id("admin-email")
        .on_input(|typed| Message::Input(Input::Email(typed)))
        .on_enter(Message::Save)
        .width(Length::Fixed(FIELD));
    Column::new()
        .spacing(spacing::M)
        .push(phone)
        .push(email)
        .push(tick(tr!("admin-notify"), form.notify, "admin-notify".to_owned(), Input::Notify))
        .into()
}

fn rights(form: &Form) -> Element<'_, Message> {
    let classes = form.overview.classes();
    let title = match form.kind {
        AdminKind::NewAccount => tr!("admin-rights-of-users"),
        _ => tr!("admin-rights-on-accounts"),
    };
    let mut column = Column::new().push(text::header(title).dim()).push(panel::rule());
    for (index, row) in form.rights.iter().enumerate() {
        column = column.push(right(form, index, row, &classes)).push(panel::rule());
    }
    let mut content = Column::new().spacing(spacing::M).push(column);
    if form.kind == AdminKind::UserRights {
        content = content.push(text::hint(tr!("admin-rights-none-help")).dim());
    }
    content.into()
}

fn right<'a>(form: &'a Form, index: usize, row: &'a RightRow, classes: &[String]) -> Element<'a, Message> {
    let number = row.number.as_ref().map(|number| text::hint(number.as_str()).dim());
    let now = tr!("admin-right-now", right = right_words(form.overview.table.right(&row.user, row.account)));
    let label = Column::new()
        .width(Length::Fill)
        .push(text::strong(row.label.as_str()))
        .push(number)
        .push(text::hint(now).dim());
    let signs = std::iter::once(tr!("admin-sign-none"))
        .chain(classes.iter().map(|class| tr!("admin-sign-class", class = class.as_str())));
    let class = select::select("", signs, Some(row.class.map_or(0, |class| class + 1)))
        .id(format!("admin-class-{index}"))
        .on_select(move |choice| Message::Input(Input::Class(index, choice)))
        .width(Length::Fixed(150.0));
    let view =
        tick(tr!("admin-view"), row.view, format!("admin-view-{index}"), move |on| Input::View(index, on));
    let dispose = tick(tr!("admin-dispose"), row.dispose, format!("admin-dispose-{index}"), move |on| {
        Input::Dispose(index, on)
    });
    Row::new()
        .spacing(spacing::L)
        .padding(spacing::LINE)
        .align_y(Alignment::Center)
        .push(label)
        .push(view)
        .push(dispose)
        .push(class)
        .into()
}

fn device(form: &Form) -> Option<Element<'_, Message>> {
    match form.action() {
        Ok(domain::AdminAction::Device { suspend: true, .. }) => {
            Some(text::body(tr!("admin-device-will-suspend")).into())
        }
        Ok(_) => Some(text::body(tr!("admin-device-will-enable")).into()),
        Err(_) => None,
    }
}

fn register(form: &Form) -> Element<'_, Message> {
    let accounts = form.overview.accounts.iter().map(|a| format!("{} · {}", a.name, a.number));
    let account = select::select(tr!("admin-account"), accounts, form.account)
        .id(FIRST)
        .placeholder(tr!("admin-choose-one"))
        .on_select(|index| Message::Input(Input::Account(index)))
        .width(Length::Fixed(FIELD));
    let mut identifier = field::text(tr!("admin-identifier"), &form.identifier)
        .id("admin-identifier")
        .on_input(|typed| Message::Input(Input::Identifier(typed)))
        .on_enter(Message::Save)
        .width(Length::Fixed(FIELD));
    identifier = match (form.identifier.trim().is_empty(), form.typed_id()) {
        (true, _) => identifier.hint(tr!("admin-identifier-help")),
        (false, Ok(id)) => identifier.hint(tr!("admin-understood", id = id.to_string())),
        (false, Err(why)) => identifier.care(why),
    };
    let mut content = Column::new().spacing(spacing::M).push(account).push(identifier);
    if form.wants_code() {
        let code = field::text(tr!("admin-code"), &form.code)
            .id("admin-code")
            .on_input(|typed| Message::Input(Input::Code(typed)))
            .on_enter(Message::Save)
            .width(Length::Fixed(160.0));
        let ask = button::secondary(tr!("admin-send-code")).id("admin-send-code").on_press(Message::SendCode);
        content = content.push(Row::new().spacing(spacing::M).align_y(Alignment::End).push(code).push(ask));
        content = match &form.sent {
            Some(Ok(words)) => content.push(text::hint(words.as_str()).good()),
            Some(Err(words)) => content.push(text::hint(words.as_str()).bad()),
            None => content.push(text::hint(tr!("admin-code-help")).dim()),
        };
    }
    content.into()
}
