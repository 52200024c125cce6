//! Whose a partner or template is: common to all customers of the store, or one customer's own.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{Partner, PartnerId, Scope, Template, TemplateId};
use store::{partners, templates};

use crate::change::Change;
use crate::client::Client;
use crate::error::Result;

type Conn = store::Connection;
/// Whose a record is, if it is one that is seen.
type ScopeOf<I> = fn(&Conn, Scope, I) -> store::Result<Option<Scope>>;

/// How records of a kind are kept.
struct Kept<R, I> {
    scope: ScopeOf<I>,
    set_scope: fn(&Conn, Scope, I, Scope) -> store::Result<()>,
    save: fn(&Conn, Scope, &R, DateTime<Utc>) -> store::Result<()>,
}

const PARTNERS: Kept<Partner, PartnerId> =
    Kept { scope: partners::scope, set_scope: partners::set_scope, save: partners::save };
const TEMPLATES: Kept<Template, TemplateId> =
    Kept { scope: templates::scope, set_scope: templates::set_scope, save: templates::save };

impl Client {
    /// Which of these partners are the customer's own.
    pub async fn own_partners(&self, ids: Vec<PartnerId>) -> Result<BTreeSet<PartnerId>> {
        self.own(ids, PARTNERS.scope).await
    }

    /// Which of these templates are the customer's own.
    pub async fn own_templates(&self, ids: Vec<TemplateId>) -> Result<BTreeSet<TemplateId>> {
        self.own(ids, TEMPLATES.scope).await
    }

    /// Saves a partner, new or changed, as the customer's own or as a common one.
    ///
    /// # Errors
    /// [`crate::ClientError::NoCustomer`] for an own one where no customer is known.
    pub async fn save_partner_as(&self, partner: Partner, is_own: bool) -> Result<()> {
        self.save_as(partner.id, partner, is_own, PARTNERS).await
    }

    /// Saves a template, new or changed, as the customer's own or as a common one.
    ///
    /// # Errors
    /// [`crate::ClientError::NoCustomer`] for an own one where no customer is known.
    pub async fn save_template_as(&self, template: Template, is_own: bool) -> Result<()> {
        self.save_as(template.id, template, is_own, TEMPLATES).await
    }

    async fn own<I: Copy + Ord + Send + 'static>(
        &self,
        ids: Vec<I>,
        scope: ScopeOf<I>,
    ) -> Result<BTreeSet<I>> {
        let seen_by = self.seen_by();
        self.read(move |conn| {
            let mut own = BTreeSet::new();
            for id in ids {
                if matches!(scope(conn, seen_by, id)?, Some(Scope::Own(_))) {
                    own.insert(id);
                }
            }
            Ok(own)
        })
        .await
    }

    async fn save_as<R: Send + 'static, I: Copy + Send + 'static>(
        &self,
        id: I,
        record: R,
        is_own: bool,
        kept: Kept<R, I>,
    ) -> Result<()> {
        self.recording()?;
        let scope = if is_own { Scope::Own(self.customer_key()?) } else { Scope::Common };
        let (seen_by, now) = (self.seen_by(), self.now());
        self.write(move |tx| {
            if (kept.scope)(tx, seen_by, id)?.is_some() {
                (kept.set_scope)(tx, seen_by, id, scope)?;
            }
            Ok((kept.save)(tx, scope, &record, now)?)
        })
        .await?;
        self.announce_to_all(&Change::MasterData);
        Ok(())
    }
}
