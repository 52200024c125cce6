# Errors of the local database: what happened, what is safe, what to do. Hungarian: ../hu/store.ftl

store-file = The program cannot reach the file or folder of its data ({ $path }). Nothing was changed. Check that the folder exists and that you may use it, then start the program again.
store-missing = The database was here and is gone or empty: { $path }. No new one was made and nothing was touched. To restore the latest backup, first move the files beside it that end in “-wal” and “-shm” into another folder, and keep them: they belong to what is missing and would spoil the backup. To begin with an empty store, choose another folder.
store-not-a-database = This file is not the program's database: { $path }. We did not touch it. Choose another file or restore it from a backup.
store-not-ours = This file is another program's database: { $path }. We did not touch it. Choose another file.
store-damaged = The database is damaged ({ $path }). We left it as it is, so that it can be rescued. Copy it together with the file beside it that ends in “-wal”, then restore the latest backup. What you have sent to the bank is at the bank.
store-damaged-in-use = The database was found damaged while working. The last action did not happen; what is at the bank is safe. Close the program, copy the data folder and restore the latest backup.
store-newer = A newer version of the program made this database (schema { $found }, this version knows { $known }). We did not touch it. Install the newer version of the program.
store-in-use = Another instance of the program is using this database (process { $pid }). Nothing was changed. Go on in that window, or close it.
store-disk-full = The disk is full. The last action did not happen, earlier data are whole. Make room and repeat it.
store-read-only = The database cannot be written. The last action did not happen, earlier data are whole. Check the rights of the file and the folder.
store-busy = Another process held the database too long. The last action did not happen, earlier data are whole. Repeat it a little later.
store-not-found = What was asked for is no longer in the database. Nothing was changed. Refresh the list.
store-exists = This is in the database already, so it was not recorded again. The existing one was not changed.
store-state-changed = The item's state has changed meanwhile. The action did not happen, nothing is lost. Look at its present state and decide again.
store-content-changed = The package's content has changed since the document to sign was made. Nothing was signed. Open the package again and check its new content.
store-total-too-large = The package's total would be larger than a payment file can carry (15 digits). The order was not added, the package was not changed. Split it into several packages.
store-mixed-currency = One record holds amounts of several currencies, so it was not taken. Earlier data are whole. If it happens again, tell the bank's customer service.
store-connection-busy = The bank of this connection still owes an answer, so it cannot be archived now. Nothing was changed. Refresh, wait for the answer, then try again.
store-connection-kept = Something was recorded or asked of the bank under this connection, so its data are kept and it cannot be removed. Nothing was changed. Archive it: its data are kept, but lists no longer show them.
store-audit-broken = The event log was changed outside the program: from entry { $entry } on it cannot be trusted. Other data were not changed. Copy the data folder and tell your security officer.
store-rule = A rule of the database forbade the change. Nothing was changed. If it happens again, send the log file to whoever runs your computers.
store-value = The database holds a value that the program does not understand. Nothing was changed. Restore the latest backup, or send the log file to whoever runs your computers.
store-internal = An internal error happened in handling the database. The last action did not happen, earlier data are whole. Start the program again.
store-sqlite = An unexpected error happened in the database. The last action did not happen, earlier data are whole. Start the program again; if it happens again, send the log file to whoever runs your computers.
