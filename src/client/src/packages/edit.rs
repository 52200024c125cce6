//! Moving a prepared package by hand: its name, its day, checking, withdrawing, deleting.

use chrono::NaiveDate;
use domain::package::{PackageEvent, apply};
use domain::{FieldError, PackageHeader, PackageId, key};

use crate::change::Change;
use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::packages::moves::transition;
use crate::packages::rights::{may_handle, may_record};

impl Client {
    /// Gives the package another name.
    pub async fn rename_package(&self, id: PackageId, name: String) -> Result<()> {
        let name = name.parse().map_err(ClientError::PackageName)?;
        self.edit_header(id, move |header| header.name = name).await
    }

    /// Plans the day on which the package is to be sent.
    ///
    /// # Errors
    /// [`ClientError::Fields`] for a day that is over or beyond the bank's calendar.
    pub async fn plan_package(&self, id: PackageId, day: Option<NaiveDate>) -> Result<()> {
        let rules = self.rules().await?;
        if let Some(problem) = day.and_then(|day| rules.may_plan(day).err()) {
            return Err(ClientError::Fields(vec![FieldError { field: key::VALUE_DATE, problem }]));
        }
        self.edit_header(id, move |header| header.scheduled = day).await
    }

    async fn edit_header(
        &self,
        id: PackageId,
        edit: impl FnOnce(&mut PackageHeader) + Send + 'static,
    ) -> Result<()> {
        self.recording()?;
        let scope = self.scope()?;
        self.write_of(scope.customer, move |tx| {
            let rules = scope.rules(tx)?;
            may_record(tx, &rules, id)?;
            let package = store::packages::get(tx, id)?;
            let _ = apply(package.state, PackageEvent::Edit, &rules.profile.packages)?;
            let mut header = package.header;
            edit(&mut header);
            Ok(store::packages::update_header(tx, &header, scope.now)?)
        })
        .await?;
        self.announce(Change::Packages);
        Ok(())
    }

    /// Marks the package as checked by a second pair of eyes.
    pub async fn check_package(&self, id: PackageId) -> Result<()> {
        self.move_package(id, PackageEvent::Check).await
    }

    /// One step back; drops the signatures of the step that is left.
    pub async fn withdraw_package(&self, id: PackageId) -> Result<()> {
        self.move_package(id, PackageEvent::Withdraw).await
    }

    /// Deletes a package that has not been sent.
    pub async fn delete_package(&self, id: PackageId) -> Result<()> {
        self.move_package(id, PackageEvent::Delete).await
    }

    async fn move_package(&self, id: PackageId, event: PackageEvent) -> Result<()> {
        self.recording()?;
        let scope = self.scope()?;
        self.write_of(scope.customer, move |tx| {
            let rules = scope.rules(tx)?;
            if event == PackageEvent::Delete {
                may_record(tx, &rules, id)?;
            } else {
                may_handle(tx, &rules, id)?;
            }
            let _ = transition(tx, &rules, id, event)?;
            Ok(())
        })
        .await?;
        self.announce(Change::Packages);
        Ok(())
    }
}
