//! Whose a partner or template is: common to all customers of the store, or one customer's own.

use std::collections::BTreeSet;

use domain::{Partner, PartnerId, Scope, Template, TemplateId};

use crate::change::Change;
use crate::client::Client;
use crate::error::Result;

impl Client {
    /// Which of these partners are the customer's own.
    pub async fn own_partners(&self, ids: Vec<PartnerId>) -> Result<BTreeSet<PartnerId>> {
        let seen_by = self.seen_by();
        self.read(move |conn| {
            let mut own = BTreeSet::new();
            for id in ids {
                if matches!(store::partners::scope(conn, seen_by, id)?, Some(Scope::Own(_))) {
                    own.insert(id);
                }
            }
            Ok(own)
        })
        .await
    }

    /// Which of these templates are the customer's own.
    pub async fn own_templates(&self, ids: Vec<TemplateId>) -> Result<BTreeSet<TemplateId>> {
        let seen_by = self.seen_by();
        self.read(move |conn| {
            let mut own = BTreeSet::new();
            for id in ids {
                if matches!(store::templates::scope(conn, seen_by, id)?, Some(Scope::Own(_))) {
                    own.insert(id);
                }
            }
            Ok(own)
        })
        .await
    }

    /// Saves a partner, new or changed, as the customer's own or as a common one.
    ///
    /// # Errors
    /// [`crate::ClientError::NoCustomer`] for an own one where no customer is known.
    pub async fn save_partner_as(&self, partner: Partner, is_own: bool) -> Result<()> {
        self.recording()?;
        let (seen_by, scope, now) = (self.seen_by(), self.scope_of_record(is_own)?, self.now());
        self.write(move |tx| {
            if store::partners::scope(tx, seen_by, partner.id)?.is_some() {
                store::partners::set_scope(tx, seen_by, partner.id, scope)?;
            }
            Ok(store::partners::save(tx, scope, &partner, now)?)
        })
        .await?;
        self.announce_to_all(&Change::MasterData);
        Ok(())
    }

    /// Saves a template, new or changed, as the customer's own or as a common one.
    ///
    /// # Errors
    /// [`crate::ClientError::NoCustomer`] for an own one where no customer is known.
    pub async fn save_template_as(&self, template: Template, is_own: bool) -> Result<()> {
        self.recording()?;
        let (seen_by, scope, now) = (self.seen_by(), self.scope_of_record(is_own)?, self.now());
        self.write(move |tx| {
            if store::templates::scope(tx, seen_by, template.id)?.is_some() {
                store::templates::set_scope(tx, seen_by, template.id, scope)?;
            }
            Ok(store::templates::save(tx, scope, &template, now)?)
        })
        .await?;
        self.announce_to_all(&Change::MasterData);
        Ok(())
    }

    fn scope_of_record(&self, is_own: bool) -> Result<Scope> {
        Ok(if is_own { Scope::Own(self.customer_key()?) } else { Scope::Common })
    }
}
