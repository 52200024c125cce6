//! What the doors share of HTTP: bodies and how long a call may take, cookies, tokens of forms, refusals as answers,
//! event streams, texts.

pub(crate) mod body;
pub(crate) mod cookie;
pub(crate) mod form;
pub(crate) mod patience;
pub(crate) mod peer;
pub(crate) mod problem;
pub(crate) mod streams;
pub(crate) mod texts;
