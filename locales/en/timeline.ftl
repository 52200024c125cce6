# A package's story: the key is `timeline-` and the audit log's action, the variables are its data.

timeline-package-state = { $to ->
    [completed] The bank executed every order
    [partly_rejected] The bank refused some of the orders
    [rejected] The bank refused every order
   *[other] The state of the package changed
}
timeline-package-signed = Signed by { $user } ({ $have }/{ $need })
timeline-sending = Sending began, the intent is on record
timeline-received = The bank took it and confirmed, receipt number { $sequence }
timeline-answer-lost = The connection broke before the bank’s answer
timeline-package-not-received = The bank does not have the package. { $code }
timeline-recorded-again = The refused orders were recorded again in a new package
timeline-admin-recorded = The order was recorded
timeline-package-split = The package was split into { $packages } packages
timeline-package-split-off = Split off from the package { $name }
timeline-sharing = Putting into the shared area began, with { $signatures } signatures
timeline-shared = The package is in the shared area
timeline-share-refused = The bank did not put it into the shared area. { $code }
timeline-shared-answer-lost = The connection broke before the bank’s answer (shared area)
timeline-withdrawing-shared = Withdrawing from the shared area began
timeline-withdraw-refused = The bank did not withdraw it from the shared area. { $code }
timeline-taken-over-elsewhere = Taken over by { $by } { $channel ->
    [web] in the web client
   *[client] in the installed client
}
timeline-shared-returned = { $why ->
    [expired] Its time in the shared area ended, it is here again
   *[withdrawn] Withdrawn from the shared area, it is here again
}
timeline-taking-over = Taking over began
timeline-taken-over = Taken over from the shared area: put there by { $from }, with { $signatures } valid signatures
timeline-take-refused = The bank did not hand it over. { $code }
timeline-sent-changed = Whoever took it over sent it changed
timeline-changed-decided = The bank decided on the changed package: { $executed } orders executed, { $rejected } refused
timeline-package-file-written = Saved to the package file { $file }, with { $signatures } signatures
timeline-package-file-taken = Taken from the package file { $file }, with { $signatures } valid signatures
timeline-imported = Imported from the file { $file }, { $orders } orders
