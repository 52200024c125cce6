//! The one partner or template that a script names: never "the first that fits", for money goes there.

use domain::search::fold;
use domain::{Partner, Template};
use store::Page;

use crate::client::Client;
use crate::error::{ClientError, Result};

/// Names that an error shows; with more than these the text was no name.
const SHOWN: usize = 5;

impl Client {
    /// The partner of that short name, letters' case and accents aside; or the only one whose short name holds the text.
    pub async fn partner_named(&self, name: &str) -> Result<Partner> {
        let (found, _) = self.partners(name.to_owned(), Page::ALL).await?;
        the_one(name, found, |partner| partner.short_name.as_str())
    }

    /// The template of that name, letters' case and accents aside; or the only one whose name holds the text.
    pub async fn template_named(&self, name: &str) -> Result<Template> {
        let found = self.templates(name.to_owned(), Page::ALL).await?;
        the_one(name, found, |template| template.name.as_str())
    }
}

/// What is named exactly so goes before what only holds the text: "Papír" is not "Papír Nagyker".
fn the_one<T>(asked: &str, mut found: Vec<T>, name: impl Fn(&T) -> &str) -> Result<T> {
    let wanted = fold(asked.trim());
    // The search also looks into accounts and narratives, by which nobody is named.
    found.retain(|one| fold(name(one)).contains(&wanted));
    let exact: Vec<usize> = (0..found.len()).filter(|&at| fold(name(&found[at])) == wanted).collect();
    match (exact.as_slice(), found.len()) {
        (&[at], _) => Ok(found.swap_remove(at)),
        ([], 1) => Ok(found.swap_remove(0)),
        (_, 0) => Err(ClientError::NothingNamed { asked: asked.to_owned() }),
        _ => {
            let names = found.iter().take(SHOWN).map(|one| name(one).to_owned()).collect();
            Err(ClientError::SeveralNamed { asked: asked.to_owned(), names, count: found.len() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(asked: &str, names: &[&'static str]) -> Result<&'static str> {
        the_one(asked, names.to_vec(), |name| name)
    }

    #[test]
    fn an_exact_name_goes_before_one_that_holds_it() {
        assert_eq!(chosen("papír", &["Papír Nagyker", "PAPIR"]).ok(), Some("PAPIR"));
        assert_eq!(chosen(" nagyker ", &["Papír Nagyker"]).ok(), Some("Papír Nagyker"));
    }

    #[test]
    fn of_several_none_is_taken_and_the_error_names_them() {
        for names in [["Papír Bolt", "Papír Nagyker"], ["Papír", "Papir"]] {
            match chosen("papír", &names) {
                Err(ClientError::SeveralNamed { names: told, count: 2, .. }) => assert_eq!(told, names),
                other => assert!(other.is_err(), "{other:?}"),
            }
        }
    }

    #[test]
    fn what_was_found_by_something_else_than_its_name_is_not_meant() {
        assert!(matches!(chosen("11773016", &["Papír"]), Err(ClientError::NothingNamed { .. })));
        assert!(matches!(chosen("", &[]), Err(ClientError::NothingNamed { .. })));
    }
}
