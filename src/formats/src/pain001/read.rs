//! The strict reader of what [`super::write`] writes, for documents that are signed.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::secondary_id::SecondaryIdKind;
use domain::text::CountryCode;
use domain::{
    AccountNumber, Beneficiary, Currency, CustomerId, Iban, Money, Narrative, OrderId, PackageId,
    SecondaryId, Timing, Transfer, Urgency,
};
use uuid::Uuid;

use super::vocabulary::{DOCUMENT_NUMBER_TYPE, INSTANT, NAMESPACE_09, NOT_PROVIDED, VIBER, proxy_type};
use super::write::{day, timestamp};
use crate::strict::Strict;
use crate::{FormatError, Result};

/// What the document around the message says; the message must agree.
pub(crate) struct Expected<'a> {
    pub(crate) id: PackageId,
    pub(crate) created: DateTime<Utc>,
    pub(crate) customer: &'a CustomerId,
    pub(crate) customer_name: &'a str,
}

/// Reads a `Document` element; every order must be there once, and every count and sum be right.
pub(crate) fn read_document(xml: &mut Strict<'_>, expected: &Expected<'_>) -> Result<Vec<Transfer>> {
    let namespace = xml.open_with("Document", &["xmlns"])?;
    if namespace.first().map(String::as_str) != Some(NAMESPACE_09) {
        return Err(FormatError::Value { line: xml.line(), element: "Document" });
    }
    xml.open("CstmrCdtTrfInitn")?;
    let mut reader = Reader { xml, expected, orders: Vec::new(), ids: HashSet::new() };
    let declared = reader.group_header()?;
    while reader.xml.is_next("PmtInf")? {
        reader.payment_information()?;
    }
    declared.compare(&reader.orders)?;
    if reader.orders.is_empty() {
        return Err(FormatError::NoOrders);
    }
    let orders = reader.orders;
    xml.close()?;
    xml.close()?;
    Ok(orders)
}

/// `NbOfTxs` and `CtrlSum`.
struct Declared {
    count: String,
    sum: String,
}

impl Declared {
    fn compare(&self, orders: &[Transfer]) -> Result<()> {
        let found = orders.len().to_string();
        if found != self.count {
            return Err(FormatError::CountMismatch { declared: self.count.clone(), found });
        }
        let found = super::write::sum(&orders.iter().collect::<Vec<_>>())?.amount().to_string();
        if found != self.sum {
            return Err(FormatError::SumMismatch { declared: self.sum.clone(), found });
        }
        Ok(())
    }
}

struct Reader<'r, 'a> {
    xml: &'r mut Strict<'a>,
    expected: &'r Expected<'r>,
    orders: Vec<Transfer>,
    ids: HashSet<OrderId>,
}

/// What all transactions of a `PmtInf` share.
struct Shared {
    debit_account: AccountNumber,
    timing: Timing,
    urgency: Urgency,
}

impl Reader<'_, '_> {
    fn group_header(&mut self) -> Result<Declared> {
        self.xml.open("GrpHdr")?;
        self.xml.fixed("MsgId", &self.expected.id.0.simple().to_string())?;
        self.xml.fixed("CreDtTm", &timestamp(&self.expected.created))?;
        let declared = self.declared()?;
        self.xml.open("InitgPty")?;
        self.xml.fixed("Nm", self.expected.customer_name)?;
        for element in ["Id", "OrgId", "Othr"] {
            self.xml.open(element)?;
        }
        self.xml.fixed("Id", self.expected.customer.as_str())?;
        for _ in 0..5 {
            self.xml.close()?;
        }
        Ok(declared)
    }

    fn declared(&mut self) -> Result<Declared> {
        Ok(Declared { count: self.xml.leaf("NbOfTxs")?, sum: self.xml.leaf("CtrlSum")? })
    }

    fn payment_information(&mut self) -> Result<()> {
        self.xml.open("PmtInf")?;
        self.xml.leaf("PmtInfId")?;
        self.xml.fixed("PmtMtd", "TRF")?;
        let declared = self.declared()?;
        let (instant, urgency) = self.payment_type()?;
        let timing = self.requested(instant)?;
        self.xml.open("Dbtr")?;
        self.xml.fixed("Nm", self.expected.customer_name)?;
        self.xml.close()?;
        self.xml.open("DbtrAcct")?;
        self.xml.open("Id")?;
        let debit_account = self.iban()?;
        self.xml.close()?;
        self.xml.close()?;
        for element in ["DbtrAgt", "FinInstnId", "ClrSysMmbId"] {
            self.xml.open(element)?;
        }
        self.xml.fixed("MmbId", &debit_account.routing_code())?;
        for _ in 0..3 {
            self.xml.close()?;
        }
        let shared = Shared { debit_account, timing, urgency };
        let before = self.orders.len();
        while self.xml.is_next("CdtTrfTxInf")? {
            let order = self.transaction(&shared)?;
            if !self.ids.insert(order.id) {
                return Err(FormatError::DuplicateOrder { id: order.id.to_string() });
            }
            self.orders.push(order);
        }
        declared.compare(&self.orders[before..])?;
        if self.orders.len() == before {
            return Err(FormatError::Missing { line: self.xml.line(), element: "CdtTrfTxInf" });
        }
        self.xml.close()
    }

    fn payment_type(&mut self) -> Result<(bool, Urgency)> {
        if !self.xml.is_next("PmtTpInf")? {
            return Ok((false, Urgency::Normal));
        }
        self.xml.open("PmtTpInf")?;
        let viber = self.xml.is_next("InstrPrty")?;
        if viber {
            self.xml.fixed("InstrPrty", "HIGH")?;
            self.xml.open("SvcLvl")?;
            self.xml.fixed("Prtry", VIBER)?;
            self.xml.close()?;
        }
        let instant = !viber || self.xml.is_next("LclInstrm")?;
        if instant {
            self.xml.open("LclInstrm")?;
            self.xml.fixed("Cd", INSTANT)?;
            self.xml.close()?;
        }
        self.xml.close()?;
        Ok((instant, if viber { Urgency::Viber } else { Urgency::Normal }))
    }

    fn requested(&mut self, instant: bool) -> Result<Timing> {
        self.xml.open("ReqdExctnDt")?;
        let timing = if instant || self.xml.is_next("DtTm")? {
            self.xml.fixed("DtTm", &timestamp(&self.expected.created))?;
            if instant { Timing::Instant } else { Timing::Soon }
        } else {
            let date = self.xml.value("Dt", read_day, |date| day(*date))?;
            Timing::On { date }
        };
        self.xml.close()?;
        Ok(timing)
    }

    fn iban(&mut self) -> Result<AccountNumber> {
        self.xml.value(
            "IBAN",
            |text| text.parse::<Iban>().ok()?.hungarian_account(),
            |account| account.iban().as_str().to_owned(),
        )
    }

    fn transaction(&mut self, shared: &Shared) -> Result<Transfer> {
        self.xml.open("CdtTrfTxInf")?;
        self.xml.open("PmtId")?;
        let id = self.xml.value(
            "InstrId",
            |text| Uuid::try_parse(text).ok().map(OrderId),
            |id| id.0.simple().to_string(),
        )?;
        let own_reference = self.reference(id)?;
        self.xml.close()?;
        let amount = self.amount()?;
        let payer_name = if self.xml.is_next("UltmtDbtr")? {
            self.xml.open("UltmtDbtr")?;
            let name = self.parsed("Nm")?;
            self.xml.close()?;
            Some(name)
        } else {
            None
        };
        let (beneficiary, beneficiary_country) = self.creditor()?;
        let legal_code = if self.xml.is_next("RgltryRptg")? {
            self.xml.open("RgltryRptg")?;
            self.xml.open("Dtls")?;
            let code = self.parsed("Cd")?;
            self.xml.close()?;
            self.xml.close()?;
            Some(code)
        } else {
            None
        };
        let (narrative, document_number) = self.remittance()?;
        self.xml.close()?;
        Ok(Transfer {
            id,
            debit_account: shared.debit_account,
            payer_name,
            beneficiary,
            beneficiary_country,
            amount,
            timing: shared.timing,
            urgency: shared.urgency,
            narrative,
            document_number,
            legal_code,
            own_reference,
        })
    }

    /// A leaf whose text is the normal form of a domain value.
    fn parsed<T: std::str::FromStr + Into<String> + Clone>(&mut self, element: &'static str) -> Result<T> {
        self.xml.value(element, |text| text.parse::<T>().ok(), |value| value.clone().into())
    }

    fn reference(&mut self, id: OrderId) -> Result<Option<domain::text::OwnReference>> {
        let text = self.xml.leaf("EndToEndId")?;
        if text == NOT_PROVIDED || text == id.0.simple().to_string() {
            return Ok(None);
        }
        self.xml
            .exact("EndToEndId", &text, |t| t.parse().ok(), |r: &domain::text::OwnReference| r.to_string())
            .map(Some)
    }

    fn amount(&mut self) -> Result<Money> {
        self.xml.open("Amt")?;
        let currency = self.xml.open_with("InstdAmt", &["Ccy"])?;
        let text = self.xml.text()?;
        let read = |text: &str| Money::payment(text.parse().ok()?, Currency::HUF).ok();
        let amount = self.xml.exact("InstdAmt", &text, read, |money| money.amount().to_string())?;
        if currency.first().map(String::as_str) != Some(Currency::HUF.code()) {
            return Err(FormatError::Value { line: self.xml.line(), element: "InstdAmt" });
        }
        self.xml.close()?;
        Ok(amount)
    }

    fn creditor(&mut self) -> Result<(Beneficiary, Option<CountryCode>)> {
        let mut name = None;
        let mut country = None;
        if self.xml.is_next("Cdtr")? {
            self.xml.open("Cdtr")?;
            if self.xml.is_next("Nm")? {
                name = Some(self.parsed("Nm")?);
            }
            if self.xml.is_next("PstlAdr")? {
                self.xml.open("PstlAdr")?;
                country = Some(self.parsed("Ctry")?);
                self.xml.close()?;
            }
            self.xml.close()?;
        }
        self.xml.open("CdtrAcct")?;
        self.xml.open("Id")?;
        let beneficiary = match name {
            Some(name) => {
                let number = self.iban()?;
                self.xml.close()?;
                Beneficiary::Account { name, number }
            }
            None if self.xml.is_next("IBAN")? => {
                let number = self.iban()?;
                self.xml.close()?;
                Beneficiary::OwnAccount { number }
            }
            None => {
                self.xml.open("Othr")?;
                self.xml.fixed("Id", NOT_PROVIDED)?;
                self.xml.close()?;
                self.xml.close()?;
                Beneficiary::SecondaryId { id: self.proxy()? }
            }
        };
        self.xml.close()?;
        Ok((beneficiary, country))
    }

    fn proxy(&mut self) -> Result<SecondaryId> {
        self.xml.open("Prxy")?;
        self.xml.open("Tp")?;
        let element = if self.xml.is_next("Cd")? { "Cd" } else { "Prtry" };
        let kind = self.xml.value(
            element,
            |text| SecondaryIdKind::ALL.into_iter().find(|kind| proxy_type(*kind) == (element, text)),
            |kind| proxy_type(*kind).1.to_owned(),
        )?;
        self.xml.close()?;
        let id = self.xml.value("Id", |text| SecondaryId::parse(kind, text), |id| id.value().to_owned())?;
        self.xml.close()?;
        Ok(id)
    }

    fn remittance(&mut self) -> Result<(Narrative, Option<domain::text::DocumentNumber>)> {
        if !self.xml.is_next("RmtInf")? {
            return Ok((Narrative::default(), None));
        }
        self.xml.open("RmtInf")?;
        let has_narrative = self.xml.is_next("Ustrd")?;
        let narrative: Narrative = if has_narrative { self.parsed("Ustrd")? } else { Narrative::default() };
        if has_narrative && narrative.is_empty() {
            return Err(FormatError::Value { line: self.xml.line(), element: "Ustrd" });
        }
        let mut number = None;
        if !has_narrative || self.xml.is_next("Strd")? {
            for element in ["Strd", "RfrdDocInf", "Tp", "CdOrPrtry"] {
                self.xml.open(element)?;
            }
            self.xml.fixed("Prtry", DOCUMENT_NUMBER_TYPE)?;
            self.xml.close()?;
            self.xml.close()?;
            number = Some(self.parsed("Nb")?);
            self.xml.close()?;
            self.xml.close()?;
        }
        self.xml.close()?;
        Ok((narrative, number))
    }
}

/// ISO date of four digits of year.
pub(crate) fn read_day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|date| day(*date) == text)
}
