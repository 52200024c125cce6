//! Problems, reasons and warnings of the domain in the reader's language.

use chrono::NaiveDate;
use domain::Explain;

use crate::doors::browser::format;
use crate::doors::http::texts::Texts;

/// A problem, reason or warning of the domain in words.
pub(super) fn explain(texts: &Texts, what: &impl Explain) -> String {
    let args = what.args();
    let worded: Vec<(&str, String)> =
        args.into_iter().map(|(name, value)| (name, readable(texts, name, value))).collect();
    let args: Vec<(&str, &str)> = worded.iter().map(|(name, value)| (*name, value.as_str())).collect();
    texts.with(what.code(), &args)
}

fn readable(texts: &Texts, name: &str, value: String) -> String {
    match name {
        "date" => value.parse::<NaiveDate>().map_or(value, |date| format::day(texts, date)),
        "limit" => format::grouped(texts, &value),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use domain::FieldProblem;

    use super::*;
    use crate::doors::browser::texts;

    #[test]
    fn reasons_have_readable_values() {
        let problem = FieldProblem::AboveInstantLimit { limit: "20000000".to_owned() };
        let text = explain(texts::of(None), &problem);
        assert!(text.contains("20\u{a0}000\u{a0}000"), "{text}");
        assert!(explain(texts::of(Some("en")), &problem).contains("20,000,000"));
    }
}
