//! The store from outside: where it lies, and whether this program can read it. The installer asks before it replaces
//! anything.

use client::Result;
use client::{ClientError, SCHEMA_VERSION, StoreError};
use serde_json::json;

use crate::arguments::{Arguments, StoreCommand};
use crate::context::folders;
use crate::exit::Code;
use crate::{output, tr};

pub fn run(arguments: &Arguments, command: &StoreCommand) -> Result<Code> {
    let folders = folders(arguments)?;
    let path = client::store_path(&folders.data);
    match command {
        StoreCommand::Path => {
            let value = json!({
                "store": path, "data": folders.data, "cache": folders.cache, "logs": folders.logs,
                "portable": folders.portable,
            });
            let rows = [
                (tr!("cli-store-file"), &path),
                (tr!("cli-store-data"), &folders.data),
                (tr!("cli-store-cache"), &folders.cache),
                (tr!("cli-store-logs"), &folders.logs),
            ];
            let rows: Vec<_> = rows.map(|(what, path)| vec![what, path.display().to_string()]).into();
            output::answer(arguments.json, &value, output::table(&rows, &[]));
            Ok(Code::Done)
        }
        StoreCommand::Check => match client::schema_of_store(&path) {
            Ok(schema) => {
                let value = json!({ "store": path, "schema": schema, "known": SCHEMA_VERSION });
                let line = match schema {
                    Some(schema) => tr!("cli-store-readable", schema = schema, known = SCHEMA_VERSION),
                    None => tr!("cli-store-none", path = path.display().to_string()),
                };
                output::answer(arguments.json, &value, [line]);
                Ok(Code::Done)
            }
            // Only this must stop an installation: a damaged store is the same to every version.
            Err(error @ ClientError::Store(StoreError::Newer { .. })) => Err(error),
            Err(error) => {
                output::failure(arguments.json, &error);
                Ok(Code::Other)
            }
        },
    }
}
