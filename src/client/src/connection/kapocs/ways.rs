//! What the Kapocs protocol offers to the use cases: everything.

use domain::shared::SharedPackage;
use domain::{CustomerId, PackageId, SecondaryId};
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt};
use protocol::{
    LoginDevice, LoginRequest, LoginStatement, RenewalDocument, RenewalRequest, SecondaryIdQuestion,
    SharePackage, SubmitPackage, TakePackage, WithdrawPackage, WriteMessage,
};
use token::TokenKind;
use uuid::Uuid;

use super::error::{asking, renewing, sharing, submitting};
use super::http::HttpBank;
use super::{renewal, values};
use crate::bank::{
    Access, AccountNow, Accounts, Administration, Answer, BankError, BankInfo, BankMessage, Booking, Changes,
    Cursor, Event, Events, Information, Issued, Login, LoginAs, LoginQuestion, MessageText, Messages,
    PackageStatus, ParkedPackage, PutPackage, Releases, Renewal, RenewalWish, Session, SessionKey,
    SharedArea, SignedPackage, SignedReceipt, SignedRelease, Submit,
};

impl Information for HttpBank {
    fn info(&self) -> Answer<'_, BankInfo> {
        async move { Ok(values::info(self.info().await.map_err(asking)?)) }.boxed()
    }
}

impl Login for HttpBank {
    fn question(&self, who: LoginAs) -> Answer<'_, LoginQuestion> {
        async move {
            let answer = self.challenge(&who.user).await.map_err(asking)?;
            let challenge = answer.challenge.challenge.as_slice().try_into();
            let bank_time = answer.challenge.server_time;
            let statement = LoginStatement {
                origin: answer.origin,
                server_certificate: answer.server_certificate,
                challenge: challenge
                    .map_err(|_| BankError::Nonsense("challenge of a wrong length".to_owned()))?,
                // Our clock may be wrong; the bank has just told its own.
                time: bank_time,
                client: who.program,
                device: match who.device {
                    TokenKind::Card => LoginDevice::Card,
                    TokenKind::Software => LoginDevice::Software,
                },
            };
            Ok(LoginQuestion { statement: statement.to_bytes(), bank_time })
        }
        .boxed()
    }

    fn log_in(&self, statement: Vec<u8>, signature: Vec<u8>) -> Answer<'_, Session> {
        let request = LoginRequest { statement: statement.into(), signature: signature.into() };
        async move { Ok(values::session(self.login(request).await.map_err(asking)?)) }.boxed()
    }

    fn log_out<'a>(&'a self, session: &'a SessionKey) -> Answer<'a, ()> {
        async move { self.logout(&values::token(session)).await.map_err(asking) }.boxed()
    }

    fn access<'a>(&'a self, session: &'a SessionKey, customer: &'a CustomerId) -> Answer<'a, Access> {
        async move {
            let access = self.customer(&values::token(session), customer).await.map_err(asking)?;
            Ok(values::access(access))
        }
        .boxed()
    }
}

impl Submit for HttpBank {
    fn submit<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        package: PackageId,
        content: SignedPackage,
    ) -> Answer<'a, SignedReceipt> {
        let body = SubmitPackage {
            attempt: content.attempt,
            claim: content.claim,
            document: content.document.into(),
            signatures: content.signatures.into_iter().map(Into::into).collect(),
        };
        async move {
            let answer = self.submit(&values::token(session), customer, package, body).await;
            Ok(values::receipt(answer.map_err(submitting)?))
        }
        .boxed()
    }

    fn status<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        package: PackageId,
        void: Option<Uuid>,
    ) -> Answer<'a, Option<PackageStatus>> {
        async move {
            let answer = self.package(&values::token(session), customer, package, void).await;
            let status = answer.map_err(asking)?;
            status.map(|status| values::status(status, customer, Some(package))).transpose()
        }
        .boxed()
    }

    fn changed<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        since: Option<&'a Cursor>,
    ) -> Answer<'a, Changes<PackageStatus>> {
        async move {
            let since = values::cursor(since);
            let answer = self.packages(&values::token(session), customer, since.as_ref()).await;
            values::statuses(answer.map_err(asking)?, customer)
        }
        .boxed()
    }
}

impl Accounts for HttpBank {
    fn accounts<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
    ) -> Answer<'a, Vec<AccountNow>> {
        async move {
            let accounts = self.accounts(&values::token(session), customer).await.map_err(asking)?;
            Ok(accounts.into_iter().map(values::account).collect())
        }
        .boxed()
    }

    fn transactions<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        since: Option<&'a Cursor>,
    ) -> Answer<'a, Changes<Booking>> {
        async move {
            let since = values::cursor(since);
            let answer = self.transactions(&values::token(session), customer, since.as_ref()).await;
            Ok(values::bookings(answer.map_err(asking)?))
        }
        .boxed()
    }
}

impl SharedArea for HttpBank {
    fn list<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
    ) -> Answer<'a, Vec<SharedPackage>> {
        async move { self.shared(&values::token(session), customer).await.map_err(sharing) }.boxed()
    }

    fn look<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        package: PackageId,
    ) -> Answer<'a, Option<ParkedPackage>> {
        async move {
            let answer = self.shared_package(&values::token(session), customer, package).await;
            Ok(answer.map_err(sharing)?.map(values::parked))
        }
        .boxed()
    }

    fn put<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        package: PackageId,
        content: PutPackage,
    ) -> Answer<'a, SharedPackage> {
        let body = SharePackage {
            handover: content.handover,
            claim: content.claim,
            document: content.document.into(),
            signatures: content.signatures.into_iter().map(Into::into).collect(),
            expires: content.expires,
        };
        async move { self.share(&values::token(session), customer, package, body).await.map_err(sharing) }
            .boxed()
    }

    fn take<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        package: PackageId,
        handover: Uuid,
        claim: Uuid,
    ) -> Answer<'a, ParkedPackage> {
        async move {
            let body = TakePackage { handover, claim };
            let answer = self.take(&values::token(session), customer, package, body).await;
            Ok(values::parked(answer.map_err(sharing)?))
        }
        .boxed()
    }

    fn withdraw<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        package: PackageId,
        handover: Uuid,
    ) -> Answer<'a, SharedPackage> {
        async move {
            let body = WithdrawPackage { handover };
            self.withdraw(&values::token(session), customer, package, body).await.map_err(sharing)
        }
        .boxed()
    }
}

impl Messages for HttpBank {
    fn messages<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        since: Option<&'a Cursor>,
    ) -> Answer<'a, Changes<BankMessage>> {
        async move {
            let since = values::cursor(since);
            let answer = self.messages(&values::token(session), customer, since.as_ref()).await;
            Ok(values::messages(answer.map_err(asking)?))
        }
        .boxed()
    }

    fn write<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        id: Uuid,
        text: MessageText,
    ) -> Answer<'a, ()> {
        async move {
            let message = WriteMessage { id, subject: text.subject, body: text.body };
            self.write_message(&values::token(session), customer, message).await.map_err(asking)
        }
        .boxed()
    }

    fn was_read<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        message: Uuid,
    ) -> Answer<'a, ()> {
        async move { self.message_read(&values::token(session), customer, message).await.map_err(asking) }
            .boxed()
    }
}

impl Administration for HttpBank {
    fn send_code<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        id: SecondaryId,
    ) -> Answer<'a, ()> {
        async move {
            let question = SecondaryIdQuestion { id };
            self.secondary_id_code(&values::token(session), customer, question).await.map_err(asking)
        }
        .boxed()
    }
}

impl Releases for HttpBank {
    fn release(&self) -> Answer<'_, Option<SignedRelease>> {
        async move {
            let release = self.release().await.map_err(asking)?;
            Ok(release.map(|r| SignedRelease { manifest: r.manifest, signature: r.signature }))
        }
        .boxed()
    }

    fn file<'a>(&'a self, name: &'a str) -> Answer<'a, BoxStream<'static, Result<Vec<u8>, BankError>>> {
        async move {
            let chunks = self.release_file(name).await.map_err(asking)?;
            Ok(chunks.map(|chunk| chunk.map_err(asking)).boxed())
        }
        .boxed()
    }
}

impl Renewal for HttpBank {
    fn document(&self, wish: &RenewalWish) -> Vec<u8> {
        let wish = wish.clone();
        let document = RenewalDocument {
            id: wish.id,
            user: wish.user,
            csn: wish.csn,
            time: wish.time,
            old_signing: wish.old_signing,
            login_request: wish.login_request,
            signing_request: wish.signing_request,
        };
        document.to_bytes()
    }

    fn renew<'a>(
        &'a self,
        session: &'a SessionKey,
        document: Vec<u8>,
        signature: Vec<u8>,
    ) -> Answer<'a, Issued> {
        async move {
            let request = RenewalRequest { document: document.into(), signature: signature.into() };
            let answer = self.renew(&values::token(session), request).await;
            Ok(renewal::issued(answer.map_err(renewing)?))
        }
        .boxed()
    }

    fn done<'a>(&'a self, session: &'a SessionKey, id: Uuid) -> Answer<'a, ()> {
        async move { self.renewal_done(&values::token(session), id).await.map_err(renewing) }.boxed()
    }
}

impl Events for HttpBank {
    fn events<'a>(
        &'a self,
        session: &'a SessionKey,
    ) -> Answer<'a, BoxStream<'static, Result<Event, BankError>>> {
        async move {
            let events = self.events(&values::token(session)).await.map_err(asking)?;
            Ok(events.map(|event| event.map(values::event).map_err(asking)).boxed())
        }
        .boxed()
    }
}
