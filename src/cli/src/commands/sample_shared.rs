//! The shared area as two seats of the company leave it: for looking at the window, after [`super::sample`].

use client::Page;
use client::{Client, ClientError, PackageChoice, Pin, Result};
use domain::partner::PartnerTarget;
use domain::{AccountNumber, Currency, OrderDraft, PackageId, Partner, key};

/// Records, signs and hands over at both seats.
pub async fn fill(here: &Client, other: &Client, pin: &str) -> Result<()> {
    let (mut partners, _) = here.partners(String::new(), Page::first(40)).await?;
    // Payees by secondary identifier are paid instantly only, which is another kind of package.
    partners.retain(|partner| matches!(partner.target, PartnerTarget::Accounts { .. }));
    let accounts = here.accounts().await?;
    let debit = accounts.iter().find(|a| a.account.currency == Currency::HUF).ok_or(ClientError::NotFound)?;
    let seat = Seat { partners, debit: debit.account.number };

    // From the other seat: one half signed, one not at all.
    let wages = seat
        .package(
            other,
            "Novemberi alvállalkozók",
            &[
                (12, 3_480_000, "TIG-2026/118"),
                (13, 2_150_300, "TIG-2026/121"),
                (14, 4_240_000, "TIG-2026/122"),
            ],
        )
        .await?;
    sign(other, wages, pin).await?;
    let _ = other.share_package(wages, None).await?;
    let services = seat
        .package(other, "Rezsi, december", &[(15, 214_600, "2026/12 áram"), (16, 98_300, "2026/12 víz")])
        .await?;
    let _ = other.share_package(services, None).await?;

    // From here: one that waits, one that was taken over there.
    let paper = seat.package(here, "Irodaszerek", &[(17, 86_400, "SZ-2026/4410")]).await?;
    let _ = here.share_package(paper, None).await?;
    let print =
        seat.package(here, "Nyomdai munkák", &[(18, 640_000, "NY-1182"), (19, 125_500, "NY-1190")]).await?;
    sign(here, print, pin).await?;
    let _ = here.share_package(print, None).await?;
    other.sync_shared().await?;
    let waiting = other.shared_area().await?.into_iter().find(|line| line.shared.package == print);
    let _ = other.take_over(waiting.ok_or(ClientError::NotFound)?.shared.handover).await?;
    here.sync_shared().await
}

/// Whom packages pay, from which account.
struct Seat {
    partners: Vec<Partner>,
    debit: AccountNumber,
}

impl Seat {
    async fn package(&self, client: &Client, name: &str, orders: &[(usize, u32, &str)]) -> Result<PackageId> {
        let mut package = None;
        for (partner, amount, narrative) in orders {
            let draft = OrderDraft::default()
                .with(key::DEBIT_ACCOUNT, self.debit.to_string())
                .with(key::AMOUNT, amount.to_string())
                .with(key::NARRATIVE, *narrative);
            let draft = match self.partners.get(partner % self.partners.len().max(1)) {
                Some(partner) => draft.for_partner(partner, 0),
                None => draft,
            };
            let choice = package.map_or(PackageChoice::New, PackageChoice::Into);
            package = Some(client.save_order(draft, choice, None).await?.package);
        }
        let package = package.ok_or(ClientError::EmptyPackage)?;
        client.rename_package(package, name.to_owned()).await?;
        Ok(package)
    }
}

async fn sign(client: &Client, package: PackageId, pin: &str) -> Result<()> {
    let sheet = client.signing_sheet(package).await?;
    let _ = client.sign(package, sheet.head.fingerprint, Pin::new(pin), false).await?;
    Ok(())
}
