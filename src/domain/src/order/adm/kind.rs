//! Self-administration as an order type: its one field is the change, made by an editor of its own.

use super::{AdminAction, AdminOrder, Circumstances, SecondaryIdStep};
use crate::ids::OrderId;
use crate::order::field::{FieldError, FieldProblem, FieldSpec, Input, Need, Place, Values, key};
use crate::order::{CheckContext, Face, Kind, Label, OrderDraft, OrderType};

impl Kind for AdminOrder {
    const FIELDS: &'static [FieldSpec] =
        &[FieldSpec::new(key::CHANGE, Input::Custom, Place::Main, Need::Always)];

    fn check(values: &Values, id: OrderId, context: &CheckContext<'_>) -> Result<Self, Vec<FieldError>> {
        let wrong = |problem| vec![FieldError { field: key::CHANGE, problem }];
        if values.is_empty(key::CHANGE) {
            return Err(wrong(FieldProblem::Missing));
        }
        let action = values.change().ok_or_else(|| wrong(FieldProblem::Change))?;
        let table = context.authority.ok_or_else(|| wrong(FieldProblem::AuthorityUnknown))?;
        if !context.may_administer() {
            return Err(wrong(FieldProblem::MayNotRecord));
        }
        let around = Circumstances { accounts: context.accounts, today: context.today };
        action.check(table, &around).map_err(|e| wrong(e.into()))?;
        Ok(Self { id, action })
    }

    fn values(&self) -> Values {
        Values::of_change(&self.action)
    }

    fn id(&self) -> OrderId {
        self.id
    }

    fn face(&self) -> Face {
        let (target, payee) = match &self.action {
            AdminAction::InternetBanking { .. } => (String::new(), None),
            AdminAction::UserData { user, .. }
            | AdminAction::UserRights { user, .. }
            | AdminAction::ClearErrorPoints { user } => (user.to_string(), None),
            AdminAction::Device { device, .. } => (device.clone(), None),
            AdminAction::NewAccount { account, .. } => (account.to_string(), Some(account.digits24())),
            AdminAction::SecondaryId { id, .. } => (id.to_string(), Some(id.value().to_owned())),
        };
        Face {
            label: Label::Words(self.action.text_key()),
            target,
            debit: None,
            amount: None,
            day: None,
            text: String::new(),
            payee,
            references: String::new(),
        }
    }
}

impl Values {
    /// The form of a self-administration order that makes the change.
    pub fn of_change(action: &AdminAction) -> Self {
        // An action is made of names, numbers and lists of them: it has no form that JSON cannot say.
        Self::default().with(key::CHANGE, serde_json::to_string(action).unwrap_or_default())
    }

    /// The change that stands in the form, if one does.
    pub fn change(&self) -> Option<AdminAction> {
        serde_json::from_str(self.get(key::CHANGE)).ok()
    }
}

impl OrderDraft {
    /// The draft of a self-administration order that makes the change.
    pub fn of_change(action: &AdminAction) -> Self {
        Self { values: Values::of_change(action), ..Self::new(OrderType::Adm) }
    }
}

impl AdminAction {
    /// Key of the text that names such orders.
    pub fn text_key(&self) -> &'static str {
        match self {
            Self::InternetBanking { .. } => "admin-kind-internet-banking",
            Self::UserData { .. } => "admin-kind-user-data",
            Self::UserRights { .. } => "admin-kind-user-rights",
            Self::NewAccount { .. } => "admin-kind-new-account",
            Self::Device { .. } => "admin-kind-device",
            Self::ClearErrorPoints { .. } => "admin-kind-clear-errors",
            Self::SecondaryId { step: SecondaryIdStep::Register { .. }, .. } => "admin-kind-register-id",
            Self::SecondaryId { step: SecondaryIdStep::Confirm, .. } => "admin-kind-confirm-id",
            Self::SecondaryId { step: SecondaryIdStep::Delete, .. } => "admin-kind-delete-id",
        }
    }
}
