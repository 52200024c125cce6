### Texts of the command line.

cli-pin-prompt = PIN
cli-connected = Connected to { $bank }; customers: { $count }
cli-synced = Synced.
cli-account = Account
cli-number = Number
cli-booked = Booked
cli-available = Available
cli-partner = Partner
cli-target = Account or identifier
cli-partners-total = { $shown } of { $total } partners
cli-partners-imported = { $count } partners taken.
cli-partners-exported = Written: { $partners } partners and { $templates } templates to { $path }
cli-partners-counts = { $what }: { $new } new, { $changed } changed, { $same } unchanged, { $conflicting } in conflict
cli-partners-partners = Partners
cli-partners-templates = Templates
cli-partners-taken = { $count } records taken, { $left } left behind.
cli-partners-nothing-taken = Nothing was taken.
cli-recorded = Recorded in "{ $name }", { $count } orders
cli-route = Execution
cli-preview = { $good } good orders ({ $total }), { $bad } bad
cli-line = line { $line }
cli-imported = { $count } orders taken, { $total } in all; { $left } left behind.
cli-package = Package
cli-name = Name
cli-orders = Orders
cli-total = Total
cli-state = State
cli-signatures = Signatures: { $have } of { $need }
cli-signed = Signed "{ $name }" ({ $have } of { $need })
cli-exported = Written to { $path }
cli-deleted = { $count } packages deleted.
cli-removed = The order was removed.
cli-uncertain = The bank's answer did not arrive. Do not send again; the command "status" asks the bank.
cli-new-pin-prompt = New PIN
cli-new-pin-again = New PIN once more
cli-code-prompt = Code
cli-untouched = Left untouched: “{ $name }”
cli-pin-set = The new PIN holds.
cli-unblock-tell =
    Call the bank's customer service and read out:
      CSN     { $csn }
      Random  { $random }
    Leave the token where it is. Then type the Code that you hear.
cli-unblocked = The token is unblocked, the new PIN holds.
cli-renewed = The new certificates are in the token; valid until { $until }.
cli-renewal-keys = The token makes new keys; this may take up to a minute…
cli-renewal-request = Signing the request…
cli-renewal-bank = The bank issues the certificates…
cli-renewal-install = The certificates go into the token…
cli-reader-with-card = { $name } (with a card)
cli-token-chosen = This token is used from now on.
cli-token-reader = Reader: { $name }
cli-token-csn = CSN: { $csn }
cli-token-tries = PIN tries: { $left } / { $max }
cli-token-certificate = { $purpose }: { $holder } ({ $issuer }), valid until { $to }, { $days } days left
cli-token-certificate-login = Login certificate
cli-token-certificate-signing = Signing certificate
cli-token-starting = The token has not answered yet.
cli-token-not-configured = No token is configured.
cli-token-no-service = The smart card service (PC/SC) is not running on this computer.
cli-token-no-reader = No reader or USB token is plugged in.
cli-token-no-card = The reader is empty.
cli-token-foreign-card = The card in the reader is no bank token.
cli-token-new = New token: it has no PIN of its own yet (“token pin-set” or “token pin-change”).
cli-token-in-use = The token can be used.
cli-token-software = Software token (key file), can be used.
cli-token-blocked = The token is blocked; “token unblock” can unblock it.
cli-token-dead = The token is blocked for good; ask your bank for a new one.
cli-token-failed = The token cannot be used.
cli-admin-table = Authority table, version { $version }; self-administration needs { $need } signature(s); may sign: { $names }
cli-admin-web = {"  "}Internet banking – login: { $login }, signing: { $signing }
cli-admin-new-account = Waits to be added: { $account }
cli-admin-id = Secondary identifier: { $id } → { $account }, to be confirmed by { $day }
cli-code-sent = The bank has sent the one-time code to { $id }
cli-message-bank = Bank
cli-message-sent = The bank has the message.
cli-message-waits = The message is kept; it is sent again when connected.
demo-bank-runs = The demo bank ({ $profile }) runs here, over TLS.
demo-logged-in = Logged in with the token: { $user }
demo-partner = Partner chosen: { $name } ({ $total } found)
demo-recorded = Order recorded, package "{ $name }"
demo-signed = The package's bytes were signed by { $user }
demo-sent = Sent; the bank's signed receipt has arrived.
demo-balances = Balances after execution:

demo-web-client = The web client: { $address }
demo-operator-desk = The operator desk's pages: { $address } (name: { $name })

# Shared area
cli-shared-put = Put by
cli-shared-waiting = waiting
cli-shared-taken-by = taken over by { $by }
cli-shared-withdrawn = withdrawn
cli-shared-expired = expired
cli-shared-taken = Taken over: “{ $name }”, valid signatures: { $count }
cli-shared-awaited = The bank’s answer was lost. Do not repeat it; the next “shared” or “sync” command asks the bank.
