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
