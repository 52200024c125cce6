//! What signatures are made for.

/// What a signature is for; each purpose takes only certificates made for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A user's login statement: authentication certificate.
    Login,
    /// A user's signature on a package: a certificate that binds its holder.
    Document,
    /// The bank's word that it has something: a certificate that binds its holder and names no user,
    /// so that no user's signature can pass for the bank's.
    Receipt,
}
