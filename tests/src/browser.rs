//! A real browser before the bank's pages: headless Chromium, driven by WebDriver.
//!
//! Each browser has a profile folder of its own, so two of them share neither cookies nor the keys of a virtual
//! chip card. A profile outlives its browser, as a person's does.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

/// How long a page may take to show what a test waits for.
const PATIENCE: Duration = Duration::from_secs(15);
/// axe-core 4.14.1 (MPL-2.0, licence beside it).
const AXE: &str = include_str!("../assets/axe/axe.min.js");

/// What a browser keeps on its disk: cookies and keys.
#[derive(Clone)]
pub struct Profile(Arc<TempDir>);

impl Default for Profile {
    fn default() -> Self {
        Self(Arc::new(tempfile::tempdir().expect("a temporary folder")))
    }
}

/// A running browser with one window.
pub struct Browser {
    client: Client,
    session: String,
    driver: Child,
    port: u16,
    _profile: Profile,
}

impl Browser {
    /// Starts a browser that has never seen anything, 1280×800.
    ///
    /// # Panics
    /// When Chromium or its driver is not installed (`cargo xtask setup`).
    pub async fn start() -> Self {
        Self::start_with(&Profile::default()).await
    }

    /// Starts a browser on a profile; only one at a time can.
    ///
    /// # Panics
    /// As [`start`](Self::start).
    pub async fn start_with(profile: &Profile) -> Self {
        let mut driver = Command::new("/usr/bin/chromedriver")
            .args(["--port=0", "--log-level=SEVERE"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts: install chromium-driver");
        let port = port_of(&mut driver);
        let arguments = [
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--no-first-run".to_owned(),
            "--force-device-scale-factor=1".to_owned(),
            "--hide-scrollbars".to_owned(),
            format!("--user-data-dir={}", profile.0.path().display()),
        ];
        let wanted = json!({
            "acceptInsecureCerts": true,
            "goog:chromeOptions": { "binary": "/usr/bin/chromium", "args": arguments },
        });
        let Value::Object(capabilities) = wanted else { panic!("an object") };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("the browser starts");
        let session = client.session_id().await.expect("a session").expect("an open session");
        let browser = Self { client, session, driver, port, _profile: profile.clone() };
        browser.resize(1280, 800).await;
        browser
    }

    /// WebDriver itself, for what has no word here.
    pub fn driver(&self) -> &Client {
        &self.client
    }

    /// Makes the page's own area so large.
    pub async fn resize(&self, width: u32, height: u32) {
        self.client.set_window_size(width, height).await.expect("a window size");
        let inner = self.run("return [innerWidth, innerHeight]", vec![]).await;
        let of = |n: usize| u32::try_from(inner[n].as_u64().unwrap_or_default()).unwrap_or_default();
        let (width, height) = (2 * width - of(0), 2 * height - of(1));
        self.client.set_window_size(width, height).await.expect("a window size");
    }

    /// Opens an address.
    pub async fn open(&self, address: &str) {
        self.client.goto(address).await.expect("the page opens");
    }

    /// The address of the page.
    pub async fn address(&self) -> String {
        self.client.current_url().await.expect("an address").to_string()
    }

    /// Everything that can be read on the page.
    pub async fn text(&self) -> String {
        let text = self.run("return document.body ? document.body.innerText : ''", vec![]).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the page's text contains this.
    ///
    /// # Panics
    /// When it never does.
    pub async fn sees(&self, text: &str) {
        let start = Instant::now();
        while !self.text().await.contains(text) {
            assert!(
                start.elapsed() < PATIENCE,
                "`{text}` does not appear at {}:\n{}",
                self.address().await,
                self.text().await
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until the page's address ends so.
    ///
    /// # Panics
    /// When it never does.
    pub async fn arrives_at(&self, path: &str) {
        let start = Instant::now();
        while !self.address().await.ends_with(path) {
            assert!(
                start.elapsed() < PATIENCE,
                "{} is not {path}:\n{}",
                self.address().await,
                self.text().await
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The first visible element of a CSS selector, once it is there.
    ///
    /// # Panics
    /// When it never is.
    pub async fn find(&self, css: &str) -> Element {
        self.wait_for(Locator::Css(css), css).await
    }

    /// Clicks on the first visible element of a CSS selector.
    pub async fn click(&self, css: &str) {
        self.find(css).await.click().await.expect("a click");
    }

    /// Clicks on a button, link or label by its text.
    ///
    /// # Panics
    /// When there is none.
    pub async fn press(&self, text: &str) {
        let path =
            format!("//*[self::button or self::a or self::label][contains(normalize-space(.), \"{text}\")]");
        self.wait_for(Locator::XPath(&path), text).await.click().await.expect("a click");
    }

    /// Replaces what stands in a field.
    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.clear().await.expect("an empty field");
        field.send_keys(text).await.expect("typing");
    }

    /// Chooses from a list by the option's value, as a person would: what listens to changes hears of it.
    ///
    /// # Panics
    /// When there is no such option.
    pub async fn choose(&self, css: &str, value: &str) {
        self.find(css).await.select_by_value(value).await.expect("the option");
    }

    /// Types into whatever has the focus.
    pub async fn keys(&self, text: &str) {
        self.client.active_element().await.expect("a focus").send_keys(text).await.expect("typing");
    }

    /// Presses Tab until the element of a CSS selector has the focus.
    ///
    /// # Panics
    /// When the keyboard does not get there.
    pub async fn tab_to(&self, css: &str) {
        for _ in 0..60 {
            self.keys(&char::from(Key::Tab).to_string()).await;
            let script = "return document.activeElement.matches(arguments[0])";
            if self.run(script, vec![json!(css)]).await == json!(true) {
                return;
            }
        }
        panic!("Tab never reaches {css}");
    }

    /// Presses Enter.
    pub async fn enter(&self) {
        self.keys(&char::from(Key::Enter).to_string()).await;
    }

    /// Runs a script in the page and gives what it returns.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.expect("the script runs")
    }

    /// The same with the body of an async function.
    ///
    /// # Panics
    /// When it throws.
    pub async fn run_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        let script = format!(
            "const [...given] = arguments; const done = given.pop();
             (async () => {{ {script} }})().then(value => done({{ value }}), error => done({{ error: String(error) }}));"
        );
        let answer = self.client.execute_async(&script, arguments).await.expect("the script runs");
        assert!(answer["error"].is_null(), "{}", answer["error"]);
        answer["value"].clone()
    }

    /// Gives a file field a file, as the file dialog would.
    pub async fn choose_file(&self, css: &str, file: &Path) {
        let field = self.client.find(Locator::Css(css)).await.expect("a file field");
        field.send_keys(&file.display().to_string()).await.expect("a file");
    }

    /// Draws the whole page into a PNG file.
    pub async fn screenshot(&self, path: &Path) {
        let bytes = self.client.screenshot().await.expect("a picture");
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).expect("a folder for the picture");
        }
        std::fs::write(path, bytes).expect("the picture's file");
    }

    /// Checks the page with axe-core.
    ///
    /// # Panics
    /// With every violation, the rule's help and the elements.
    pub async fn axe(&self) {
        let _ = self.run(AXE, vec![]).await;
        let violations = self.run_async(
            "return (await axe.run(document, { resultTypes: ['violations'] })).violations;",
            vec![],
        );
        let violations = violations.await;
        let mut report = String::new();
        for violation in violations.as_array().expect("violations") {
            let _ = writeln!(report, "{}: {}", violation["id"], violation["help"]);
            for node in violation["nodes"].as_array().expect("nodes") {
                let _ = writeln!(report, "    {} {}", node["html"], node["failureSummary"]);
            }
        }
        assert!(report.is_empty(), "{} is not axe-clean:\n{report}", self.address().await);
    }

    async fn wait_for(&self, locator: Locator<'_>, name: &str) -> Element {
        let start = Instant::now();
        loop {
            for element in self.client.find_all(locator).await.unwrap_or_default() {
                if element.is_displayed().await.unwrap_or(false) {
                    return element;
                }
            }
            assert!(
                start.elapsed() < PATIENCE,
                "no `{name}` at {}:\n{}",
                self.address().await,
                self.text().await
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

impl Drop for Browser {
    /// Ends the browser by its own driver, then the driver.
    fn drop(&mut self) {
        let end = || -> std::io::Result<()> {
            let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
            stream.set_read_timeout(Some(PATIENCE))?;
            write!(
                stream,
                "DELETE /session/{} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n",
                self.session, self.port
            )?;
            let _ = stream.read(&mut [0; 256])?;
            Ok(())
        };
        let _ = end();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The port on which a driver says that it listens.
fn port_of(driver: &mut Child) -> u16 {
    let lines = BufReader::new(driver.stdout.take().expect("piped")).lines();
    lines
        .map_while(Result::ok)
        .find_map(|line| line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok())
        .expect("chromedriver says its port")
}
