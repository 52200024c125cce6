//! Running the bank of a data folder: network, engines, control interface, until it is told to end.

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use super::faults::Faults;
use super::{api, browser, control, desk, server};
use crate::bank::{Bank, blocking};
use crate::ground::error::{BankError, Result};
use crate::ground::folder::{Folder, Taken};
use crate::ground::random;
use crate::orders::engine;
use crate::pruning;

/// So long a bank waits for the one before it on its folder to end.
const PATIENCE: Duration = Duration::from_secs(3);
const PATIENCE_STEP: Duration = Duration::from_millis(50);
/// What has had its time is looked for so often.
const PRUNE_EVERY: Duration = Duration::from_secs(3_600);
/// What was written is brought into the database's file so often.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(1);
/// The engines look around at least so often, whatever they were told.
const LOOK_EVERY: Duration = Duration::from_secs(1);

#[derive(Clone, Debug)]
pub struct Options {
    pub data: PathBuf,
    /// HTTPS port on loopback; 0 picks a free one.
    pub port: u16,
    /// Port of the control interface; 0 picks a free one.
    pub control_port: u16,
    /// HTTPS port of the operator desk; 0 picks a free one.
    pub desk_port: u16,
    /// HTTPS port of the web client; 0 picks a free one.
    pub web_port: u16,
    /// Where to say that the bank listens.
    pub ready_file: Option<PathBuf>,
    /// End when standard input closes: a bank that was started by a program ends with it.
    pub end_with_stdin: bool,
}

/// What the bank says once it listens, as one line of JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ready {
    /// HTTPS port.
    pub port: u16,
    /// Port of the control interface.
    pub control_port: u16,
    /// The control interface's token.
    pub control_token: String,
    /// HTTPS port of the operator desk.
    pub desk_port: u16,
    /// HTTPS port of the web client.
    #[serde(default)]
    pub web_port: u16,
    pub pid: u32,
    /// Origin, the same as in the connection file.
    pub base_url: String,
}

/// Serves until SIGTERM, Ctrl-C, or the end of standard input if that was asked for.
///
/// # Errors
/// [`BankError::InUse`] when another bank serves the folder; [`BankError`] when it holds no bank or a port is taken.
pub async fn serve(options: &Options) -> Result<()> {
    let folder = Folder::new(&options.data);
    let _taken = take(&folder).await?;
    let bank = Arc::new(Bank::open(&folder)?);
    let faults = Arc::new(Faults::default());
    let config = server::tls_config(&bank.identity)?;
    let listener = listen(options.port).await?;
    let control_listener = listen(options.control_port).await?;
    let desk_listener = listen(options.desk_port).await?;
    let web_listener = listen(options.web_port).await?;
    let ready = Ready {
        port: port(&listener)?,
        control_port: port(&control_listener)?,
        control_token: random::token(),
        desk_port: port(&desk_listener)?,
        web_port: port(&web_listener)?,
        pid: std::process::id(),
        base_url: format!("https://localhost:{}", port(&listener)?),
    };
    bank.set_origin(&ready.base_url);
    bank.set_web_origin(&format!("https://localhost:{}", ready.web_port));
    let mut connection = folder.read_connection()?;
    connection.base_url.clone_from(&ready.base_url);
    folder.write_connection(&connection)?;
    announce(options, &ready)?;

    let control_router = control::router(Arc::clone(&bank), Arc::clone(&faults), &ready.control_token);
    tokio::select! {
        () = server::serve(desk_listener, config.clone(), desk::router(Arc::clone(&bank), Arc::clone(&faults))) => {}
        () = server::serve(web_listener, config.clone(), browser::router(Arc::clone(&bank))) => {}
        () = server::serve(listener, config, api::router(Arc::clone(&bank), faults)) => {}
        () = engines(&bank) => {}
        () = checkpoints(&bank) => {}
        () = tidy(&bank) => {}
        ended = async { axum::serve(control_listener, control_router).await } => {
            ended.map_err(BankError::io("control interface"))?;
        }
        () = told_to_end(options.end_with_stdin) => {}
    }
    Ok(())
}

/// Takes the folder before anything in it is read or written. A bank that is just ending is waited for.
async fn take(folder: &Folder) -> Result<Taken> {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        if let Some(taken) = folder.take()? {
            return Ok(taken);
        }
        if tokio::time::Instant::now() >= deadline {
            return Err(BankError::InUse { folder: folder.path().display().to_string() });
        }
        tokio::time::sleep(PATIENCE_STEP).await;
    }
}

async fn listen(port: u16) -> Result<TcpListener> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpListener::bind(address).await.map_err(BankError::io(format!("listening on {address}")))
}

fn port(listener: &TcpListener) -> Result<u16> {
    Ok(listener.local_addr().map_err(BankError::io("local address"))?.port())
}

fn announce(options: &Options, ready: &Ready) -> Result<()> {
    let line = serde_json::to_string(ready).map_err(|e| BankError::data("ready", e))?;
    if let Some(path) = &options.ready_file {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = path.parent().map(std::path::Path::to_path_buf).unwrap_or_default();
        Folder::new(folder).write(&name, line.as_bytes())?;
    }
    // Whoever started the bank may not listen to it; its customers are served all the same.
    let mut output = std::io::stdout().lock();
    if let Err(error) = writeln!(output, "{line}").and_then(|()| output.flush()) {
        tracing::warn!(%error, "nobody reads what the bank says of itself");
    }
    Ok(())
}

/// Runs the engines: whenever something is due, something changed or the clock was set.
async fn engines(bank: &Arc<Bank>) {
    loop {
        let next = match blocking(bank, engine::turn).await {
            Ok(next) => next,
            Err(error) => {
                tracing::error!(code = error.code(), %error, "engine step failed, tried again");
                None
            }
        };
        let wait = next
            .filter(|_| bank.clock.is_running())
            .map_or(LOOK_EVERY, |next| (next - bank.clock.now()).to_std().unwrap_or_default())
            .min(LOOK_EVERY);
        let _ = tokio::time::timeout(wait, bank.wake.notified()).await;
    }
}

/// Brings the database's log into its file, while the bank goes on.
async fn checkpoints(bank: &Arc<Bank>) {
    loop {
        tokio::time::sleep(CHECKPOINT_EVERY).await;
        if let Err(error) = blocking(bank, Bank::checkpoint).await {
            tracing::error!(code = error.code(), %error, "checkpoint failed, tried again");
        }
    }
}

/// Prunes what has had its time, now and then.
async fn tidy(bank: &Arc<Bank>) {
    loop {
        if let Err(error) = blocking(bank, |bank| pruning::prune(bank, pruning::moment(bank))).await {
            tracing::error!(code = error.code(), %error, "pruning failed, tried again later");
        }
        tokio::time::sleep(PRUNE_EVERY).await;
    }
}

async fn told_to_end(with_stdin: bool) {
    let stdin_closed = async {
        let mut byte = [0; 256];
        let mut stdin = tokio::io::stdin();
        while matches!(stdin.read(&mut byte).await, Ok(read) if read > 0) {}
    };
    let asked = async {
        #[cfg(unix)]
        if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
        let _ = tokio::signal::ctrl_c().await;
    };
    tokio::select! {
        () = stdin_closed, if with_stdin => {}
        () = asked => {}
    }
}
