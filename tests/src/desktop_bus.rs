//! A desktop for one test: a private D-Bus on which notifications are taken down and a settings portal says which
//! colours the user wants.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use zbus::zvariant::{OwnedValue, Value};
use zbus::{Connection, fdo};

const NOTIFICATIONS: &str = "/org/freedesktop/Notifications";
const PORTAL: &str = "/org/freedesktop/portal/desktop";
const SETTINGS: &str = "org.freedesktop.portal.Settings";
const APPEARANCE: &str = "org.freedesktop.appearance";
const PATIENCE: Duration = Duration::from_secs(20);

/// A notification as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Who says it.
    pub program: String,
    /// Name of the program's icon.
    pub icon: String,
    /// The first line.
    pub summary: String,
    /// The rest.
    pub body: String,
    /// Name of the program's `.desktop` file.
    pub desktop_entry: Option<String>,
}

/// The running bus with both services; ends with its owner.
pub struct DesktopBus {
    folder: tempfile::TempDir,
    daemon: Child,
    connection: Connection,
    told: Arc<Mutex<Vec<Told>>>,
}

struct Notifications(Arc<Mutex<Vec<Told>>>);

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    #[allow(clippy::too_many_arguments)] // the specification's
    fn notify(
        &self,
        app_name: String,
        _replaces_id: u32,
        app_icon: String,
        summary: String,
        body: String,
        _actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        _expire_timeout: i32,
    ) -> u32 {
        let entry = hints.get("desktop-entry").and_then(|value| value.downcast_ref::<String>().ok());
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.push(Told { program: app_name, icon: app_icon, summary, body, desktop_entry: entry });
        u32::try_from(told.len()).unwrap_or(u32::MAX)
    }
}

/// The portal's settings by their keys.
struct Portal(HashMap<String, u32>);

#[zbus::interface(name = "org.freedesktop.portal.Settings")]
impl Portal {
    /// A variant in a variant, as the real portal answers.
    fn read(&self, namespace: &str, key: &str) -> fdo::Result<Value<'static>> {
        let known = self.0.get(key).filter(|_| namespace == APPEARANCE);
        let value = known.ok_or_else(|| fdo::Error::Failed("no such setting".to_owned()))?;
        Ok(Value::Value(Box::new(Value::U32(*value))))
    }
}

impl DesktopBus {
    /// Starts the bus and its services.
    ///
    /// # Panics
    /// When dbus-daemon is not installed or does not come up.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the bus");
        let socket = folder.path().join("bus");
        let configuration = folder.path().join("bus.conf");
        let rules = format!(
            r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#,
            socket.display()
        );
        fs::write(&configuration, rules).expect("the bus can be described");
        let daemon = Command::new("dbus-daemon")
            .arg("--nofork")
            .arg(format!("--config-file={}", configuration.display()))
            .stdin(Stdio::null())
            .spawn()
            .expect("dbus-daemon starts");
        let start = Instant::now();
        while !socket.exists() {
            assert!(start.elapsed() < PATIENCE, "the bus does not come up");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let told = Arc::new(Mutex::new(Vec::new()));
        let connection = serve(&address(&folder), &told).await.expect("the services are on the bus");
        Self { folder, daemon, connection, told }
    }

    /// Where programs find the bus: their `DBUS_SESSION_BUS_ADDRESS`.
    pub fn address(&self) -> String {
        address(&self.folder)
    }

    /// What was told so far.
    pub fn told(&self) -> Vec<Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The user sets the appearance: `color-scheme` (0 none, 1 dark, 2 light) or `contrast` (0 none, 1 high).
    ///
    /// # Panics
    /// When the bus is gone.
    pub async fn set(&self, key: &str, value: u32) {
        let server = self.connection.object_server();
        let portal = server.interface::<_, Portal>(PORTAL).await.expect("the portal is there");
        portal.get_mut().await.0.insert(key.to_owned(), value);
        let change = (APPEARANCE, key, Value::U32(value));
        let told = self.connection.emit_signal(None::<&str>, PORTAL, SETTINGS, "SettingChanged", &change);
        told.await.expect("the bus is there");
    }
}

impl Drop for DesktopBus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

fn address(folder: &tempfile::TempDir) -> String {
    let path: PathBuf = folder.path().join("bus");
    format!("unix:path={}", path.display())
}

async fn serve(address: &str, told: &Arc<Mutex<Vec<Told>>>) -> zbus::Result<Connection> {
    zbus::connection::Builder::address(address)?
        .name("org.freedesktop.Notifications")?
        .name("org.freedesktop.portal.Desktop")?
        .serve_at(NOTIFICATIONS, Notifications(Arc::clone(told)))?
        .serve_at(PORTAL, Portal(HashMap::new()))?
        .build()
        .await
}
