//! The bank's telephone operator: a browser before the pages of the operator desk.

use std::collections::BTreeMap;

use reqwest::header::{COOKIE, SET_COOKIE};
use reqwest::{Client, RequestBuilder, StatusCode};

use crate::house::House;

/// The operator, with the page that is shown.
pub struct Operator {
    client: Client,
    base: String,
    cookies: BTreeMap<String, String>,
    page: String,
}

impl Operator {
    /// Sits down at the house's desk and logs in.
    pub async fn at(house: &House) -> Self {
        let authority = crate::person::connection(house).ca_pem;
        let authority = reqwest::Certificate::from_pem(authority.as_bytes()).expect("the bank's authority");
        let client = Client::builder()
            .tls_certs_only([authority])
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a browser");
        let mut operator = Self { client, base: house.desk(), cookies: BTreeMap::new(), page: String::new() };
        operator.get("/login").await;
        let (name, password) = (&house.demo["operator"]["name"], &house.demo["operator"]["password"]);
        let form = [("operator", name.as_str()), ("password", password.as_str())]
            .map(|(field, value)| (field, value.expect("the operator is described")));
        assert_eq!(operator.post("/login", &form).await, StatusCode::SEE_OTHER, "{}", operator.page);
        operator.get("/").await;
        operator
    }

    /// Identifies a caller by number and e-PIN.
    pub async fn identify(&mut self, user: &str, epin: &str) -> bool {
        let known = self.post("/identify", &[("user", user), ("epin", epin)]).await == StatusCode::SEE_OTHER;
        if known {
            self.get("/caller").await;
        }
        known
    }

    /// Types what was heard and reads the Code, as the page groups it; `None` when the page refuses.
    pub async fn code(&mut self, csn: &str, random: &str) -> Option<String> {
        if self.post("/code", &[("csn", csn), ("random", random)]).await != StatusCode::OK {
            return None;
        }
        let (_, rest) = self.page.split_once("id=\"code\">")?;
        rest.split('<').next().map(str::to_owned)
    }

    /// Notes what became of the Code: `done`, … as the page's buttons say.
    pub async fn result(&mut self, result: &str) {
        let (csn, number) = (self.value("csn"), self.value("number"));
        let form = [("csn", csn.as_str()), ("number", number.as_str()), ("result", result)];
        assert_eq!(self.post("/result", &form).await, StatusCode::OK, "{}", self.page);
    }

    /// Value of a hidden field of the page.
    fn value(&self, name: &str) -> String {
        let field = format!("name=\"{name}\" value=\"");
        let rest = self.page.split_once(&field).map(|(_, rest)| rest).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    async fn get(&mut self, path: &str) {
        let request = self.client.get(format!("{}{path}", self.base));
        let _ = self.send(request).await;
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> StatusCode {
        let escaped = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let csrf = self.value("csrf");
        let body: Vec<String> = [("csrf", csrf.as_str())]
            .iter()
            .chain(fields)
            .map(|(name, value)| format!("{name}={}", escaped(value)))
            .collect();
        let request = self
            .client
            .post(format!("{}{path}", self.base))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.join("&"));
        self.send(request).await
    }

    async fn send(&mut self, request: RequestBuilder) -> StatusCode {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let response = request.header(COOKIE, cookies.join("; ")).send().await.expect("the desk answers");
        for line in response.headers().get_all(SET_COOKIE) {
            let pair = line.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                let _ = self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let status = response.status();
        self.page = response.text().await.unwrap_or_default();
        status
    }
}
