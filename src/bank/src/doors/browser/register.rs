//! Registering a virtual chip card: the browser makes two keys, proves that it has them, and the bank issues their
//! certificates for a user whom the activation code names.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use chrono::TimeDelta;
use domain::{User, UserId};
use maud::html;
use protocol::{Base64Bytes, ProblemCode};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use signature::issue::UserCertificate;
use signature::{Certificate, KeyAlgorithm};
use uuid::Uuid;

use super::guard;
use super::problem::{WebProblem, codes};
use super::shell::{self, Shell};
use super::statements::Registration;
use super::visitor::Anybody;
use crate::bank::{Bank, blocking_in};
use crate::doors::http::cookie;
use crate::doors::http::peer::Peer;
use crate::ground::lanes::Lane;
use crate::ground::random;
use crate::ground::slow_hash::SlowHash;
use crate::ground::tries::{Tries, Who};
use crate::people::users;
use crate::people::virtual_cards::{self, CardState, CodeProblem, MAX_LABEL, VirtualCard};

/// Activation codes that come from one address within [`WINDOW`]: whoever guesses is held up, and nobody else.
const FROM_ADDRESS: u32 = 20;
const WINDOW: TimeDelta = TimeDelta::minutes(15);

/// The tries of the last quarter of an hour.
pub(super) struct Codes(Tries);

impl Default for Codes {
    fn default() -> Self {
        Self(Tries::new(FROM_ADDRESS, WINDOW))
    }
}

/// What a browser sends.
#[derive(Deserialize)]
pub(super) struct Request {
    card: Uuid,
    user: String,
    code: String,
    label: String,
    personal_code: String,
    login_key: Base64Bytes,
    signing_key: Base64Bytes,
    login_proof: Base64Bytes,
    signing_proof: Base64Bytes,
}

pub(super) async fn show(Anybody(call): Anybody) -> Response {
    let texts = call.texts;
    let token = random::token();
    let body = html! {
        section.panel.slim {
            noscript { (shell::notice(false, &texts.text("web-needs-script"))) }
            p { (texts.text("web-register-intro")) }
            form data-register method="post"
                data-text-network=(texts.text("web-script-network"))
                data-text-key=(texts.text("web-script-key"))
                data-text-codes-differ=(texts.text("web-register-codes-differ")) {
                label for="user" { (texts.text("web-register-user")) }
                input id="user" name="user" inputmode="numeric" autocomplete="username" maxlength="8" required;
                label for="code" { (texts.text("web-register-code")) }
                input.code id="code" name="code" autocomplete="one-time-code" spellcheck="false"
                    autocapitalize="characters" maxlength="20" required aria-describedby="code-hint";
                p.hint id="code-hint" { (texts.text("web-register-code-hint")) }
                label for="label" { (texts.text("web-register-label")) }
                input id="label" name="label" autocomplete="off" maxlength=(MAX_LABEL) required
                    value=(texts.text("web-register-label-default"));
                label for="personal-code" { (texts.text("web-register-personal-code")) }
                input id="personal-code" name="personal-code" type="password" inputmode="numeric"
                    autocomplete="new-password" maxlength="12" required aria-describedby="personal-code-hint";
                p.hint id="personal-code-hint" { (texts.text("web-register-personal-code-hint")) }
                label for="personal-code-again" { (texts.text("web-register-personal-code-again")) }
                input id="personal-code-again" name="personal-code-again" type="password" inputmode="numeric"
                    autocomplete="new-password" maxlength="12" required;
                p.notice.bad role="alert" data-error hidden {}
                button.primary type="submit" { (texts.text("web-register-submit")) }
            }
            div data-done hidden {
                p.notice.good role="status" { (texts.text("web-register-done")) }
                p { a.button.primary href="/login" { (texts.text("web-register-to-login")) } }
            }
        }
        p.hint.slim { (texts.text("web-register-help")) " " a href="/login" { (texts.text("web-register-to-login")) } }
    };
    let page =
        shell::page(&Shell::new(texts).with_form_token(&token), &texts.text("web-register-title"), body);
    cookie::set(page, guard::FORM, &token)
}

pub(super) async fn register(
    State(bank): State<Arc<Bank>>,
    Extension(codes): Extension<Arc<Codes>>,
    Peer(address): Peer,
    Anybody(call): Anybody,
    Json(request): Json<Request>,
) -> Response {
    // A slip of the keyboard costs nothing.
    let formed = match formed(&request) {
        Ok(formed) => formed,
        Err(problem) => return problem.json(call.texts),
    };
    // Whoever has had enough tries takes no place among the slow hashes.
    let who = Who::of(&["address", &address.to_string()]);
    if codes.0.begin(who, bank.clock.now()).is_none() {
        return WebProblem::from(ProblemCode::RateLimited).json(call.texts);
    }
    match blocking_in(&bank, Lane::SlowHash, move |bank| issue(bank, &request, &formed)).await {
        Ok(()) => {
            codes.0.forgive(who);
            Json(serde_json::json!({})).into_response()
        }
        Err(problem) => problem.json(call.texts),
    }
}

/// What can be told of a request without asking the bank.
struct Formed {
    label: String,
    user: UserId,
    code: String,
}

fn formed(request: &Request) -> Result<Formed, WebProblem> {
    let label = request.label.trim();
    if label.is_empty() || label.chars().count() > MAX_LABEL || label.chars().any(char::is_control) {
        return Err(WebProblem::new(codes::LABEL));
    }
    let user: UserId = request.user.trim().parse().map_err(|_| WebProblem::new(codes::ACTIVATION_WRONG))?;
    let code = virtual_cards::normalize(&request.code).map_err(code_problem)?;
    if !virtual_cards::is_good_code(&request.personal_code, user.as_str()) {
        return Err(WebProblem::new(codes::PERSONAL_CODE_WEAK));
    }
    Ok(Formed { label: label.to_owned(), user, code })
}

fn issue(bank: &Bank, request: &Request, formed: &Formed) -> Result<(), WebProblem> {
    let (now, Formed { label, user, code }) = (bank.clock.now(), formed);
    // The code is tried before anything else is told; the slow hashes stand outside the transactions.
    let (kept, known) = bank.read(|db| -> Result<_, WebProblem> {
        Ok((virtual_cards::kept(db, user.as_str())?, users::find(db, user.as_str())?))
    })?;
    kept.judge(code, now)?.map_err(code_problem)?;
    let known = known.ok_or_else(|| WebProblem::new(codes::ACTIVATION_WRONG))?;
    let card = certify(bank, request, known.user, code)?;
    let personal_code = SlowHash::of(&request.personal_code)?;
    bank.write(|db| {
        let is_new = !virtual_cards::has_key(db, [&card.login, &card.signing])?
            && virtual_cards::find(db, &card.id)?.is_none();
        if !is_new {
            return Err(WebProblem::new(codes::KEYS));
        }
        if !virtual_cards::use_up(db, user.as_str(), &kept)? {
            return Err(WebProblem::new(codes::ACTIVATION_USED));
        }
        virtual_cards::add(db, &VirtualCard { label: label.clone(), ..card }, &personal_code)?;
        Ok(())
    })
}

/// The card with its two certificates, if its keys are two, of the right kind, and proven. Whether they are new is
/// asked where the card is kept.
///
/// They end with the bank's own authority: that is as near as X.509 comes to "its certificate does not expire".
fn certify(
    bank: &Bank,
    request: &Request,
    User { id: user, name }: User,
    code: &str,
) -> Result<VirtualCard, WebProblem> {
    let now = bank.clock.now();
    let bad_keys = || WebProblem::new(codes::KEYS);
    let end = bank.identity.authority.certificate().not_after();
    let certificate = |kind, key: &Base64Bytes| -> Result<Certificate, WebProblem> {
        let authority = &bank.identity.authority;
        authority
            .issue_user(&name, user.as_str(), kind, key.as_slice(), now, end)
            .ok()
            .filter(|certificate| certificate.key_algorithm() == KeyAlgorithm::P256)
            .ok_or_else(bad_keys)
    };
    let login = certificate(UserCertificate::Login, &request.login_key)?;
    let signing = certificate(UserCertificate::Signing, &request.signing_key)?;
    let id = request.card.to_string();
    let statement = Registration {
        origin: &bank.web_origin(),
        card: &id,
        user: user.as_str(),
        code_sha256: Sha256::digest(code).into(),
        login_sha256: Sha256::digest(request.login_key.as_slice()).into(),
        signing_sha256: Sha256::digest(request.signing_key.as_slice()).into(),
    };
    let proven = |certificate: &Certificate, key: &str, proof: &Base64Bytes| {
        certificate.verifies(&Sha256::digest(statement.to_bytes(key)).into(), proof.as_slice())
    };
    let are_two = login.public_key_der()? != signing.public_key_der()?;
    let is_proven =
        proven(&login, "login", &request.login_proof) && proven(&signing, "signing", &request.signing_proof);
    if !are_two || !is_proven {
        return Err(bad_keys());
    }
    Ok(VirtualCard {
        id,
        user,
        label: String::new(),
        login,
        signing,
        state: CardState::Active,
        registered: now,
        last_login: None,
    })
}

fn code_problem(problem: CodeProblem) -> WebProblem {
    WebProblem::new(match problem {
        CodeProblem::Mistyped => codes::ACTIVATION_MISTYPED,
        CodeProblem::Wrong => codes::ACTIVATION_WRONG,
        CodeProblem::Expired => codes::ACTIVATION_EXPIRED,
        CodeProblem::Used => codes::ACTIVATION_USED,
    })
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Request, StatusCode};
    use tower::ServiceExt;

    use super::*;
    use crate::people::virtual_cards::NewCode;
    use crate::testing::{CLERK, World};

    #[tokio::test(flavor = "multi_thread")]
    async fn an_address_tries_so_many_codes_and_a_slip_costs_nothing() {
        let bank = World::new("kh").bank;
        bank.set_web_origin("https://localhost:1");
        let router = crate::doors::browser::router(Arc::clone(&bank));
        let ask = async |code: &str| {
            let body = serde_json::json!({
                "card": Uuid::new_v4(), "user": CLERK, "code": code, "label": "Teszt", "personal_code": "258036",
                "login_key": "", "signing_key": "", "login_proof": "", "signing_proof": "",
            });
            let request = Request::post("/register")
                .header("origin", "https://localhost:1")
                .header("cookie", "__Host-web-form=token")
                .header("x-csrf", "token")
                .header("content-type", "application/json")
                .body(Body::from(body.to_string()))
                .unwrap();
            router.clone().oneshot(request).await.unwrap().status()
        };
        for _ in 0..2 * FROM_ADDRESS {
            assert_ne!(ask("AAAA-AAAA-AAAA").await, StatusCode::TOO_MANY_REQUESTS);
        }
        let wrong = NewCode::make().unwrap().spoken;
        for _ in 0..FROM_ADDRESS {
            assert_ne!(ask(&wrong).await, StatusCode::TOO_MANY_REQUESTS);
        }
        assert_eq!(ask(&wrong).await, StatusCode::TOO_MANY_REQUESTS);
    }
}
