//! The OpenAPI 3.1 document of the protocol, from the types and the table of calls.

use utoipa::openapi::path::{HttpMethod, OperationBuilder, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, Required, ResponseBuilder, ResponsesBuilder};
use utoipa::{OpenApi as _, PartialSchema};

use crate::problem::PROBLEM_MEDIA_TYPE;
use crate::release::{ReleaseManifest, SignedRelease};
use crate::shared_schema::SharedPackage;
use crate::{
    AccountList, Challenge, ChallengeRequest, CustomerAccess, Event, LoginDevice, LoginRequest,
    LoginStatement, MessagePage, PackageChanges, PackageStatus, Problem, ReceiptBody, RenewalAnswer,
    RenewalRequest, SecondaryIdAnswer, SecondaryIdQuestion, ServerInfo, Session, SharePackage, SharedContent,
    SharedList, SignedReceipt, SubmitPackage, TakePackage, TransactionPage, WithdrawPackage, WriteMessage,
    endpoints as at,
};

const JSON: &str = "application/json";
const SESSION: &str = "session";

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Kapocs bank protocol",
        description = "What an installed Kapocs client and a bank say to each other.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    components(schemas(
        AccountList,
        Challenge,
        ChallengeRequest,
        CustomerAccess,
        Event,
        LoginRequest,
        MessagePage,
        PackageChanges,
        PackageStatus,
        Problem,
        ReceiptBody,
        ReleaseManifest,
        RenewalAnswer,
        RenewalRequest,
        SecondaryIdAnswer,
        SecondaryIdQuestion,
        ServerInfo,
        Session,
        SharePackage,
        SharedContent,
        SharedList,
        SharedPackage,
        SignedReceipt,
        SignedRelease,
        SubmitPackage,
        TakePackage,
        TransactionPage,
        WithdrawPackage,
        WriteMessage,
    ))
)]
struct Types;

/// One call of the protocol.
struct Call {
    method: HttpMethod,
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    body: Option<&'static str>,
    answer: Answer,
    public: bool,
    paged: bool,
}

enum Answer {
    Json(&'static str),
    Nothing,
    Events,
    File,
}

const fn get(path: &'static str, id: &'static str, summary: &'static str, answer: &'static str) -> Call {
    Call {
        method: HttpMethod::Get,
        path,
        id,
        summary,
        body: None,
        answer: Answer::Json(answer),
        public: false,
        paged: false,
    }
}

const CALLS: [Call; 26] = [
    Call { public: true, ..get(at::INFO, "info", "The bank's rules, calendar and clock", "ServerInfo") },
    Call {
        method: HttpMethod::Post,
        body: Some("ChallengeRequest"),
        public: true,
        ..get(
            at::CHALLENGE,
            "challenge",
            "32 bytes that nobody can guess, for one login within a minute",
            "Challenge",
        )
    },
    Call {
        method: HttpMethod::Post,
        body: Some("LoginRequest"),
        public: true,
        ..get(at::LOGIN, "login", "Log in with a signed statement", "Session")
    },
    Call {
        public: true,
        ..get(
            at::RELEASE,
            "release",
            "The newest release of the client program: a `ReleaseManifest` as text, with its signature",
            "SignedRelease",
        )
    },
    Call {
        public: true,
        answer: Answer::File,
        ..get(at::RELEASE_FILE, "release_file", "A file that a release's manifest names", "SignedRelease")
    },
    get(at::SESSION, "session", "The running session; keeps it awake", "Session"),
    Call {
        method: HttpMethod::Delete,
        answer: Answer::Nothing,
        ..get(at::SESSION, "logout", "End the session", "Session")
    },
    get(at::CUSTOMER, "customer", "The customer and its authority table today", "CustomerAccess"),
    get(at::ACCOUNTS, "accounts", "Accounts and balances", "AccountList"),
    Call {
        paged: true,
        ..get(at::TRANSACTIONS, "transactions", "Booked transactions after a cursor", "TransactionPage")
    },
    Call {
        paged: true,
        ..get(at::PACKAGES, "packages", "Packages changed after a cursor", "PackageChanges")
    },
    get(at::PACKAGE, "package", "One package, or `package-unknown`: never seen", "PackageStatus"),
    Call {
        method: HttpMethod::Put,
        body: Some("SubmitPackage"),
        ..get(at::PACKAGE, "submit", "Send a package, any number of times with one effect", "SignedReceipt")
    },
    get(at::SHARED, "shared", "What waits in the shared area, and what left it lately", "SharedList"),
    get(at::SHARED_PACKAGE, "shared_package", "A parked package with its document", "SharedContent"),
    Call {
        method: HttpMethod::Put,
        body: Some("SharePackage"),
        ..get(
            at::SHARED_PACKAGE,
            "share",
            "Park a package, any number of times with one effect",
            "SharedPackage",
        )
    },
    Call {
        method: HttpMethod::Post,
        body: Some("TakePackage"),
        ..get(at::SHARED_TAKE, "take", "Take a parked package over; exactly one claim wins", "SharedContent")
    },
    Call {
        method: HttpMethod::Post,
        body: Some("WithdrawPackage"),
        ..get(at::SHARED_WITHDRAW, "withdraw", "Take one's own parked package back", "SharedPackage")
    },
    Call { paged: true, ..get(at::MESSAGES, "messages", "Messages after a cursor", "MessagePage") },
    Call {
        method: HttpMethod::Post,
        body: Some("WriteMessage"),
        answer: Answer::Nothing,
        ..get(at::MESSAGES, "write_message", "Write to the bank", "MessagePage")
    },
    Call {
        method: HttpMethod::Post,
        answer: Answer::Nothing,
        ..get(at::MESSAGE_READ, "message_read", "The user has read a message", "MessagePage")
    },
    Call {
        method: HttpMethod::Post,
        body: Some("SecondaryIdQuestion"),
        answer: Answer::Nothing,
        ..get(
            at::SECONDARY_ID_CODE,
            "secondary_id_code",
            "Send a one-time code to an identifier",
            "SecondaryIdAnswer",
        )
    },
    Call {
        method: HttpMethod::Post,
        body: Some("SecondaryIdQuestion"),
        ..get(at::SECONDARY_ID_LOOKUP, "secondary_id", "Whether an identifier exists", "SecondaryIdAnswer")
    },
    Call {
        method: HttpMethod::Post,
        body: Some("RenewalRequest"),
        ..get(at::RENEWALS, "renew", "New certificates for two new keys, with one effect", "RenewalAnswer")
    },
    Call {
        method: HttpMethod::Post,
        answer: Answer::Nothing,
        ..get(at::RENEWAL_DONE, "renewal_done", "The new certificates are in the token", "RenewalAnswer")
    },
    Call {
        answer: Answer::Events,
        paged: true,
        ..get(at::EVENTS, "events", "Server-sent events; `Last-Event-ID` or `after` catches up", "Event")
    },
];

/// The OpenAPI 3.1 document; the committed copy is `assets/openapi.json`.
pub fn openapi() -> OpenApi {
    let mut document = Types::openapi();
    document.info.version = format!("{}.0.0", crate::PROTOCOL_VERSION);
    document.info.description = Some(format!(
        "What an installed Kapocs client and a bank say to each other. Login statements are signed in the \
         canonical form of seven lines that starts with `{}`; sessions travel as `Authorization: Bearer`.\n\n\
         Example of a statement:\n\n```\n{}```",
        crate::LOGIN_PREFIX,
        String::from_utf8_lossy(&example_statement().to_bytes()),
    ));
    if let Some(components) = document.components.as_mut() {
        components.add_security_scheme(
            SESSION,
            SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build()),
        );
    }
    for call in &CALLS {
        document.paths.add_path_operation(call.path, vec![call.method.clone()], operation(call));
    }
    document
}

fn operation(call: &Call) -> utoipa::openapi::path::Operation {
    let answer = match call.answer {
        Answer::Json(schema) => ResponseBuilder::new().description(schema).content(JSON, content(schema)),
        Answer::Nothing => ResponseBuilder::new().description("Done"),
        Answer::Events => {
            ResponseBuilder::new().description("Stream").content("text/event-stream", content("Event"))
        }
        Answer::File => ResponseBuilder::new()
            .description("The file's bytes")
            .content("application/octet-stream", ContentBuilder::new().build()),
    };
    let status = if matches!(call.answer, Answer::Nothing) { "204" } else { "200" };
    let refusal = ResponseBuilder::new()
        .description("Refusal (RFC 9457)")
        .content(PROBLEM_MEDIA_TYPE, content("Problem"));
    let mut operation = OperationBuilder::new()
        .operation_id(Some(call.id))
        .summary(Some(call.summary))
        .responses(ResponsesBuilder::new().response(status, answer).response("default", refusal).build());
    for parameter in parameters(call) {
        operation = operation.parameter(parameter);
    }
    if let Some(schema) = call.body {
        let body = RequestBodyBuilder::new().content(JSON, content(schema)).required(Some(Required::True));
        operation = operation.request_body(Some(body.build()));
    }
    if !call.public {
        operation = operation.security(SecurityRequirement::new(SESSION, Vec::<String>::new()));
    }
    operation.build()
}

fn parameters(call: &Call) -> Vec<Parameter> {
    let parameter = |name: &str, place: ParameterIn, required: Required, text: &str| {
        ParameterBuilder::new()
            .name(name)
            .parameter_in(place)
            .required(required)
            .description(Some(text))
            .schema(Some(String::schema()))
            .build()
    };
    let mut all = Vec::new();
    if call.path.contains("{customer}") {
        all.push(parameter(
            "customer",
            ParameterIn::Path,
            Required::True,
            "The bank's number of the customer",
        ));
    }
    if call.path.contains("{package}") {
        all.push(parameter("package", ParameterIn::Path, Required::True, "The client's UUID of the package"));
    }
    if call.path.contains("{message}") {
        all.push(parameter("message", ParameterIn::Path, Required::True, "The message's UUID"));
    }
    if call.path.contains("{renewal}") {
        all.push(parameter("renewal", ParameterIn::Path, Required::True, "The id of the renewal document"));
    }
    if call.path.contains("{file}") {
        all.push(parameter("file", ParameterIn::Path, Required::True, "The file's name in the manifest"));
    }
    if call.paged {
        all.push(parameter(
            at::AFTER,
            ParameterIn::Query,
            Required::False,
            "Cursor; without it, from the start (events: from now)",
        ));
        if !matches!(call.answer, Answer::Events) {
            all.push(parameter(at::LIMIT, ParameterIn::Query, Required::False, "Largest number of rows"));
        }
    }
    if call.id == "package" {
        all.push(parameter(
            at::VOID,
            ParameterIn::Query,
            Required::False,
            "An attempt that the bank must not take any more if it has not taken the package yet",
        ));
    }
    all
}

fn content(schema: &str) -> utoipa::openapi::Content {
    ContentBuilder::new().schema(Some(Ref::from_schema_name(schema))).build()
}

fn example_statement() -> LoginStatement {
    LoginStatement {
        origin: "https://bank.example:8443".to_owned(),
        server_certificate: [0x5e; 32],
        challenge: [0xc4; 32],
        time: chrono::DateTime::UNIX_EPOCH,
        client: "kapocs 0.1.0".to_owned(),
        device: LoginDevice::Card,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Set to write the committed copy anew: `KAPOCS_WRITE_OPENAPI=1 cargo test -p kapocs-protocol openapi`.
    const WRITE: &str = "KAPOCS_WRITE_OPENAPI";

    #[test]
    fn the_committed_document_is_the_types() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/openapi.json");
        let generated = openapi().to_pretty_json().unwrap() + "\n";
        if std::env::var_os(WRITE).is_some() {
            std::fs::write(&path, &generated).unwrap();
        }
        assert!(std::fs::read_to_string(path).unwrap() == generated, "run again with {WRITE}=1");
    }

    #[test]
    fn refusals_are_documented_by_their_names_on_the_wire() {
        let document = serde_json::to_value(openapi()).unwrap();
        let schemas = &document["components"]["schemas"];
        let listed: Vec<&str> = schemas["ProblemCode"]["enum"]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| name.as_str().unwrap())
            .collect();
        let sent: Vec<serde_json::Value> = crate::ProblemCode::ALL
            .iter()
            .map(|code| serde_json::to_value(Problem::new(*code)).unwrap()["code"].clone())
            .collect();
        assert_eq!(listed, sent);
        let refers = schemas["Problem"]["properties"]["code"].to_string();
        assert!(refers.contains("#/components/schemas/ProblemCode"), "{refers}");
        // The kind: no name in the document is one of Rust's.
        for (schema, description) in schemas.as_object().unwrap() {
            for name in
                description["enum"].as_array().into_iter().flatten().filter_map(serde_json::Value::as_str)
            {
                assert!(!name.starts_with(char::is_uppercase), "{schema}: {name}");
            }
        }
    }

    #[test]
    fn every_reference_has_its_schema() {
        let document = serde_json::to_value(openapi()).unwrap();
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        let schemas = document["components"]["schemas"].as_object().unwrap();
        let text = document.to_string();
        let names: Vec<&str> =
            text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(names.len() > 20);
        for name in names {
            assert!(schemas.contains_key(name), "{name}");
        }
    }
}
