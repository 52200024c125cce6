# A package's story: the key is `timeline-` and the audit log's action, the variables are its data.

timeline-package-state = { $to ->
    [completed] The bank executed every order
    [partly_rejected] The bank refused some of the orders
    [rejected] The bank refused every order
   *[other] The state of the package changed
}
timeline-package-signed = Signed by { $user } ({ $have }/{ $need })
timeline-sending = Sending began
timeline-received = The bank took it and confirmed (receipt number { $sequence })
timeline-answer-lost = The connection broke before the bank’s answer
timeline-package-not-received = The bank does not have the package. { $code }
timeline-recorded-again = The refused orders were recorded again in a new package
timeline-admin-recorded = The order was recorded
timeline-package-split = { $packages ->
    [one] The package was split into one package
   *[other] The package was split into { $packages } packages
}
timeline-package-split-off = Split off from the package { $name }
timeline-order-moved-here = An order came here from the package { $name }
timeline-sharing = { $signatures ->
    [0] Putting into the shared area began, without a signature
    [one] Putting into the shared area began, with one signature
   *[other] Putting into the shared area began, with { $signatures } signatures
}
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
timeline-taken-over = { $signatures ->
    [0] Taken over from the shared area: put there by { $from }, without a signature
    [one] Taken over from the shared area: put there by { $from }, with one valid signature
   *[other] Taken over from the shared area: put there by { $from }, with { $signatures } valid signatures
}
timeline-take-refused = The bank did not hand it over. { $code }
timeline-sent-changed = Sent from another seat, changed
timeline-changed-decided = The bank decided on the changed package: executed { $executed }, refused { $rejected }
timeline-package-file-written = { $signatures ->
    [0] Saved to a package file, without a signature: { $file }
    [one] Saved to a package file, with one signature: { $file }
   *[other] Saved to a package file, with { $signatures } signatures: { $file }
}
timeline-package-file-taken = { $signatures ->
    [0] Taken from a package file, without a signature: { $file }
    [one] Taken from a package file, with one valid signature: { $file }
   *[other] Taken from a package file, with { $signatures } valid signatures: { $file }
}
timeline-imported = Imported from the file { $file }, { $orders } orders
