//! Stable names of enums: in stores, in files and on the wire. A name never changes once it was written.

/// Gives an enum without fields its stable names: `ALL` in the order written here, `name()` and `from_name()`.
///
/// A variant that is left out does not compile. The visibility before the enum's name is that of all three.
#[macro_export]
macro_rules! names {
    ($visible:vis $enum:ident { $($variant:ident = $name:literal,)+ }) => {
        impl $enum {
            /// All of them.
            $visible const ALL: [Self; [$($name),+].len()] = [$(Self::$variant),+];

            /// Stable name in the store, in files and on the wire.
            $visible fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// The one of that name.
            $visible fn from_name(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|one| one.name() == name)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use crate::package::PackageState;
    use crate::routing::Route;
    use crate::secondary_id::SecondaryIdKind;
    use crate::submission::{ItemState, SubmissionState};

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Side {
        Debit,
        Credit,
    }

    names!(Side { Debit = "debit", Credit = "credit", });

    #[test]
    fn every_value_is_found_by_its_name_and_nothing_by_another() {
        assert_eq!(Side::ALL, [Side::Debit, Side::Credit]);
        for side in Side::ALL {
            assert_eq!(Side::from_name(side.name()), Some(side));
        }
        assert_eq!(Side::from_name("Debit"), None);
    }

    fn agree<T: Copy + Serialize>(all: &[T], name: impl Fn(T) -> &'static str) {
        for one in all {
            assert_eq!(serde_json::to_value(one).unwrap(), name(*one));
        }
    }

    #[test]
    fn the_store_and_the_wire_know_a_value_by_the_same_name() {
        agree(&PackageState::ALL, PackageState::name);
        agree(&Route::ALL, Route::name);
        agree(&SecondaryIdKind::ALL, SecondaryIdKind::name);
        agree(&ItemState::ALL, ItemState::name);
        assert_eq!(SubmissionState::NeverSeen.name(), "never_seen");
    }
}
