//! Authority table ("hitelesítési tábla"): who may see, dispose and sign, and how many must sign what.
//!
//! Banks do not publish their class models, so this one is ours: versioned, sent by the bank, replaceable.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::account::AccountNumber;
use crate::contact::{EmailAddress, MobileNumber};
use crate::customer::Account;
use crate::ids::UserId;
use crate::money::Money;
use crate::order::{OrderType, Signing};
use crate::package::SignatureProgress;
use crate::secondary_id::SecondaryId;

/// Letter or short name of a class of signers, for instance `A`.
pub type SignatureClass = String;

/// What one user may do with one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRight {
    /// Whose right.
    pub user: UserId,
    /// On which account.
    pub account: AccountNumber,
    /// See balance and history.
    pub view: bool,
    /// Record orders.
    pub dispose: bool,
    /// Sign, in this class; `None`: may not sign.
    pub sign: Option<SignatureClass>,
}

/// How many signatures a debit needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningRule {
    /// For this account; `None`: for every account.
    pub account: Option<AccountNumber>,
    /// When the package's total debit on the account is above this amount of the account's currency.
    pub above: Decimal,
    /// Number of different signers.
    pub signatures: u8,
    /// How many of them must be of a class, at least.
    #[serde(default)]
    pub classes: BTreeMap<SignatureClass, u8>,
}

/// A user of the table, with the name to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizedUser {
    /// The user.
    pub id: UserId,
    /// Full name.
    pub name: String,
    /// How the bank reaches the user.
    #[serde(default)]
    pub contact: UserContact,
    /// Tokens and virtual chip cards.
    #[serde(default)]
    pub devices: Vec<UserDevice>,
    /// Failed logins that count ("hibapontok").
    #[serde(default)]
    pub error_points: u32,
    /// Locked out by too many of them.
    #[serde(default)]
    pub locked: bool,
}

impl AuthorizedUser {
    /// A user of whom only number and name are known.
    pub fn new(id: UserId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            contact: UserContact::default(),
            devices: Vec::new(),
            error_points: 0,
            locked: false,
        }
    }
}

/// How the bank reaches a user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserContact {
    /// Mobile number.
    pub phone: Option<MobileNumber>,
    /// E-mail address.
    pub email: Option<EmailAddress>,
    /// Whether the bank sends notices of packages there.
    pub notify: bool,
}

/// Something that a user signs with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserDevice {
    /// The bank's identifier: a token's CSN, a virtual chip card's number.
    pub id: String,
    /// Token or virtual chip card.
    pub kind: DeviceKind,
    /// Name to show, for instance the browser that holds a virtual card.
    pub label: String,
    /// Suspended devices neither log in nor sign.
    pub suspended: bool,
}

/// Kinds of signing devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// Chip card or USB token.
    Token,
    /// Keys in a browser.
    VirtualCard,
}

/// The device with which a user does something in the web client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WebDevice {
    /// None: the user does not do it in the web client.
    #[default]
    None,
    /// A virtual chip card. Tokens stay with the installed client: browsers do not reach them without an add-on.
    VirtualCard,
}

/// What one user may do in the web client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebAccess {
    /// Who.
    pub user: UserId,
    /// Logging in; the same at every customer of the user.
    pub login: WebDevice,
    /// Signing for this customer.
    pub signing: WebDevice,
}

/// The web client ("Internet banking szolgáltatás") of one customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebService {
    /// Whether the customer uses it.
    pub enabled: bool,
    /// Users with any setting.
    pub users: Vec<WebAccess>,
}

/// How many signatures a self-administration package needs. Ours: no bank's public text says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdministrationRule {
    /// Different signers, each with a class on some account of the customer.
    pub signatures: u8,
    /// At least so many of a class.
    #[serde(default)]
    pub classes: BTreeMap<SignatureClass, u8>,
}

impl Default for AdministrationRule {
    fn default() -> Self {
        Self { signatures: 1, classes: BTreeMap::new() }
    }
}

/// A secondary identifier registered for one of the customer's accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisteredId {
    /// The identifier.
    pub id: SecondaryId,
    /// The account that it stands for.
    pub account: AccountNumber,
    /// Must be confirmed by this day, or it lapses (yearly [K&H AFR]).
    pub confirm_by: chrono::NaiveDate,
}

/// Everything that decides who may do what for one customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorityTable {
    /// Rises with every change at the bank.
    pub version: u32,
    /// Everybody who has any right.
    pub users: Vec<AuthorizedUser>,
    /// Rights by user and account.
    pub rights: Vec<AccountRight>,
    /// Rules; of those that apply to a debit, the one with the highest `above` counts.
    pub rules: Vec<SigningRule>,
    /// Signatures that self-administration needs.
    #[serde(default)]
    pub administration: AdministrationRule,
    /// The web client.
    #[serde(default)]
    pub web: WebService,
    /// Accounts that the bank has opened and nobody has taken into the service.
    #[serde(default)]
    pub new_accounts: Vec<Account>,
    /// The customer's own secondary identifiers.
    #[serde(default)]
    pub secondary_ids: Vec<RegisteredId>,
}

/// How far a package is with its signatures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningStatus {
    /// None, partial or complete.
    pub progress: SignatureProgress,
    /// Signatures that count, over all accounts the largest need.
    pub have: u8,
    /// Signatures needed: those that are there and do not meet a demanded class are not enough.
    pub need: u8,
}

impl AuthorityTable {
    /// The right of a user on an account.
    pub fn right(&self, user: &UserId, account: AccountNumber) -> Option<&AccountRight> {
        self.rights.iter().find(|r| r.user == *user && r.account == account)
    }

    /// Whether the user may record orders that debit the account.
    pub fn may_dispose(&self, user: &UserId, account: AccountNumber) -> bool {
        self.right(user, account).is_some_and(|r| r.dispose)
    }

    /// Whether the bank has told who may do what. An empty table forbids nothing: it only is not here yet.
    pub fn is_known(&self) -> bool {
        !self.users.is_empty()
    }

    /// Whether the user may record or sign orders on the account.
    pub fn handles(&self, user: &UserId, account: AccountNumber) -> bool {
        self.right(user, account).is_some_and(|right| right.dispose || right.sign.is_some())
    }

    /// Whether the user may record changes of the service: whoever records or signs on some account may.
    pub fn may_administer(&self, user: &UserId) -> bool {
        self.rights.iter().any(|right| right.user == *user && (right.dispose || right.sign.is_some()))
    }

    /// Whether the user may sign for every one of the accounts.
    pub fn may_sign(&self, user: &UserId, accounts: impl IntoIterator<Item = AccountNumber>) -> bool {
        accounts.into_iter().all(|a| self.right(user, a).is_some_and(|r| r.sign.is_some()))
    }

    /// The rule that a debit falls under; without any, one signature is needed.
    fn rule(&self, account: AccountNumber, debit: Decimal) -> Option<&SigningRule> {
        self.rules
            .iter()
            .filter(|r| r.account.is_none_or(|a| a == account) && debit > r.above)
            .max_by(|a, b| a.above.cmp(&b.above).then(a.account.is_some().cmp(&b.account.is_some())))
    }

    /// Judges `signers` against the total debited per account. Signers without the right do not count.
    pub fn judge(
        &self,
        debits: &BTreeMap<AccountNumber, Money>,
        signers: &BTreeSet<UserId>,
    ) -> SigningStatus {
        let mut complete = true;
        let mut any = false;
        let (mut have, mut need) = (u8::MAX, 0);
        for (account, debit) in debits {
            let classes: Vec<&str> =
                signers.iter().filter_map(|user| self.right(user, *account)?.sign.as_deref()).collect();
            let counted = u8::try_from(classes.len()).unwrap_or(u8::MAX);
            let rule = self.rule(*account, debit.amount());
            let missing = rule.map_or(0, |r| {
                missing(&r.classes, |class| classes.iter().filter(|own| **own == class).count())
            });
            let needed = rule.map_or(1, |r| r.signatures.max(1)).max(counted.saturating_add(missing));
            complete &= counted >= needed;
            any |= counted > 0;
            have = have.min(counted);
            need = need.max(needed);
        }
        let progress = match (complete && !debits.is_empty(), any) {
            (true, _) => SignatureProgress::Complete,
            (false, true) => SignatureProgress::Partial,
            (false, false) => SignatureProgress::None,
        };
        SigningStatus { progress, have: if debits.is_empty() { 0 } else { have }, need: need.max(1) }
    }

    /// Whether the user may sign packages of that type that debit these accounts.
    pub fn may_sign_package(
        &self,
        order_type: OrderType,
        user: &UserId,
        accounts: impl IntoIterator<Item = AccountNumber>,
    ) -> bool {
        match order_type.signing() {
            Signing::ByDebit => self.may_sign(user, accounts),
            Signing::Administration => self.rights.iter().any(|r| r.user == *user && r.sign.is_some()),
        }
    }

    /// Judges `signers` of a package of that type: payments by what they debit, self-administration by its own rule.
    pub fn judge_package(
        &self,
        order_type: OrderType,
        debits: &BTreeMap<AccountNumber, Money>,
        signers: &BTreeSet<UserId>,
    ) -> SigningStatus {
        match order_type.signing() {
            Signing::ByDebit => self.judge(debits, signers),
            Signing::Administration => self.judge_administration(signers),
        }
    }

    fn judge_administration(&self, signers: &BTreeSet<UserId>) -> SigningStatus {
        let has_class = |user: &UserId, class: Option<&str>| {
            self.rights.iter().any(|right| {
                right.user == *user
                    && right.sign.as_deref().is_some_and(|own| class.is_none_or(|class| class == own))
            })
        };
        let of_class = |class: &str| signers.iter().filter(|user| has_class(user, Some(class))).count();
        let have =
            u8::try_from(signers.iter().filter(|user| has_class(user, None)).count()).unwrap_or(u8::MAX);
        let missing = missing(&self.administration.classes, of_class);
        let need = self.administration.signatures.max(1).max(have.saturating_add(missing));
        let progress = match (have >= need, have > 0) {
            (true, _) => SignatureProgress::Complete,
            (false, true) => SignatureProgress::Partial,
            (false, false) => SignatureProgress::None,
        };
        SigningStatus { progress, have, need }
    }

    /// The user's settings in the web client.
    pub fn web_access(&self, user: &UserId) -> WebAccess {
        let none = || WebAccess { user: user.clone(), login: WebDevice::None, signing: WebDevice::None };
        self.web.users.iter().find(|access| access.user == *user).cloned().unwrap_or_else(none)
    }

    /// The users who could still add a signature that counts on every account.
    pub fn missing_signers<'a>(
        &'a self,
        order_type: OrderType,
        debits: &'a BTreeMap<AccountNumber, Money>,
        signers: &'a BTreeSet<UserId>,
    ) -> impl Iterator<Item = &'a AuthorizedUser> {
        self.users.iter().filter(move |u| {
            !signers.contains(&u.id) && self.may_sign_package(order_type, &u.id, debits.keys().copied())
        })
    }
}

/// How many signatures of demanded classes are still to come, by how many of a class there are.
fn missing(demanded: &BTreeMap<SignatureClass, u8>, of_class: impl Fn(&str) -> usize) -> u8 {
    let lacking = demanded.iter().map(|(class, n)| usize::from(*n).saturating_sub(of_class(class)));
    u8::try_from(lacking.sum::<usize>()).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn account() -> AccountNumber {
        "10400023-53656565-85691020".parse().unwrap()
    }

    fn user(n: usize) -> UserId {
        format!("1000000{n}").parse().unwrap()
    }

    fn table() -> AuthorityTable {
        let right = |n, sign: Option<&str>| AccountRight {
            user: user(n),
            account: account(),
            view: true,
            dispose: true,
            sign: sign.map(str::to_owned),
        };
        AuthorityTable {
            version: 1,
            users: (1..=4).map(|n| AuthorizedUser::new(user(n), format!("U{n}"))).collect(),
            rights: vec![right(1, None), right(2, Some("A")), right(3, Some("B")), right(4, Some("B"))],
            rules: vec![
                SigningRule { account: None, above: Decimal::ZERO, signatures: 1, classes: BTreeMap::new() },
                SigningRule {
                    account: None,
                    above: Decimal::from(5_000_000),
                    signatures: 2,
                    classes: [("A".to_owned(), 1)].into(),
                },
            ],
            administration: AdministrationRule { signatures: 1, classes: [("A".to_owned(), 1)].into() },
            ..AuthorityTable::default()
        }
    }

    fn judge(amount: i64, signers: &[usize]) -> SignatureProgress {
        let debits = [(account(), Money::huf(amount))].into();
        table().judge(&debits, &signers.iter().map(|n| user(*n)).collect()).progress
    }

    #[test]
    fn small_debits_need_one_signature_large_ones_two_with_a_class() {
        assert_eq!(judge(5_000_000, &[3]), SignatureProgress::Complete);
        assert_eq!(judge(5_000_001, &[3]), SignatureProgress::Partial);
        assert_eq!(judge(5_000_001, &[3, 4]), SignatureProgress::Partial);
        assert_eq!(judge(5_000_001, &[2, 4]), SignatureProgress::Complete);
        assert_eq!(judge(100, &[1]), SignatureProgress::None);
    }

    #[test]
    fn self_administration_goes_by_its_own_rule() {
        let judge = |signers: &[usize]| {
            let signers = signers.iter().map(|n| user(*n)).collect();
            table().judge_package(OrderType::Adm, &BTreeMap::new(), &signers).progress
        };
        assert_eq!(judge(&[1]), SignatureProgress::None);
        assert_eq!(judge(&[3]), SignatureProgress::Partial);
        assert_eq!(judge(&[2]), SignatureProgress::Complete);
        let need = |signers: &[usize]| {
            let signers = signers.iter().map(|n| user(*n)).collect();
            let status = table().judge_package(OrderType::Adm, &BTreeMap::new(), &signers);
            (status.have, status.need)
        };
        // A signature of class A is demanded: after one of class B another one is needed.
        assert_eq!([need(&[]), need(&[3]), need(&[2]), need(&[2, 3])], [(0, 1), (1, 2), (1, 1), (2, 2)]);
        assert!(table().may_sign_package(OrderType::Adm, &user(3), []));
        assert!(!table().may_sign_package(OrderType::Adm, &user(1), []));
    }

    #[test]
    fn a_signer_without_the_right_on_one_account_is_not_enough() {
        let other: AccountNumber = "11773016-11111018".parse().unwrap();
        let debits = [(account(), Money::huf(10)), (other, Money::huf(10))].into();
        let status = table().judge(&debits, &[user(2)].into());
        assert_eq!(status.progress, SignatureProgress::Partial);
        assert!(!table().may_sign(&user(2), debits.keys().copied()));
    }

    proptest! {
        #[test]
        fn complete_is_what_has_as_many_as_it_needs(amount in 1i64..20_000_000, signers in prop::collection::vec(1usize..5, 0..4)) {
            let debits = [(account(), Money::huf(amount))].into();
            let signers: BTreeSet<UserId> = signers.into_iter().map(user).collect();
            for order_type in [OrderType::Hct, OrderType::Adm] {
                let status = table().judge_package(order_type, &debits, &signers);
                prop_assert_eq!(status.progress == SignatureProgress::Complete, status.have >= status.need);
            }
        }

        #[test]
        fn more_signers_never_make_it_worse(amount in 1i64..20_000_000, signers in prop::collection::vec(1usize..5, 0..4), more in 1usize..5) {
            let rank = |p| match p { SignatureProgress::None => 0, SignatureProgress::Partial => 1, SignatureProgress::Complete => 2 };
            let before = rank(judge(amount, &signers));
            let mut larger = signers.clone();
            larger.push(more);
            prop_assert!(rank(judge(amount, &larger)) >= before);
        }

        #[test]
        fn a_larger_debit_never_needs_fewer(amount in 1i64..20_000_000, more in 0i64..20_000_000) {
            let need = |a| table().judge(&[(account(), Money::huf(a))].into(), &BTreeSet::new()).need;
            prop_assert!(need(amount + more) >= need(amount));
        }
    }
}
