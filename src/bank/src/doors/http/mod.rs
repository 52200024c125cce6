//! What the doors share of HTTP: cookies, tokens of forms, refusals as answers, how long a call may take, texts.

pub(crate) mod cookie;
pub(crate) mod form;
pub(crate) mod patience;
pub(crate) mod problem;
pub(crate) mod texts;
