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
cli-partners-total = Partners: { $total }, of these { $shown } shown
cli-partners-imported =
    { $count ->
        [one] One partner taken.
       *[other] { $count } partners taken.
    }
cli-partners-exported = Written to { $path }: partners { $partners }, templates { $templates }
cli-partners-counts = { $what }: { $new } new, { $changed } changed, { $same } unchanged, { $conflicting } in conflict
cli-partners-partners = Partners
cli-partners-templates = Templates
cli-partners-taken =
    { $count ->
        [one] One record taken, { $left } left behind.
       *[other] { $count } records taken, { $left } left behind.
    }
cli-partners-nothing-taken = Nothing was taken.
cli-recorded =
    { $count ->
        [one] Recorded in “{ $name }”, { $count } order
       *[other] Recorded in “{ $name }”, { $count } orders
    }
cli-route = Execution
cli-preview = Good orders: { $good } ({ $total }), bad: { $bad }
cli-line = line { $line }
cli-imported =
    { $count ->
        [one] { $count } order taken, { $total } in all; { $left } left behind.
       *[other] { $count } orders taken, { $total } in all; { $left } left behind.
    }
cli-only-good = To take the good rows: --only-good
cli-despite-totals = To take it in spite of the difference: --despite-totals
cli-taken-before = This file has been taken before: "{ $file }", { $at }.
cli-again = To take it a second time: --again
cli-read-as = Encoding: { $encoding }, read like this: { $sample }
cli-read-as-doubtful = Encoding: { $encoding }, but that is not certain. See whether it was read right: { $sample }. If not, save the file in UTF-8.
cli-package = Package
cli-name = Name
cli-orders = Orders
cli-total = Total
cli-state = State
cli-signatures = Signatures: { $have } of { $need }
cli-signed = Signed “{ $name }” ({ $have } of { $need })
cli-exported = Written to { $path }
cli-deleted =
    { $count ->
        [one] One package deleted.
       *[other] { $count } packages deleted.
    }
cli-removed = The order was removed.
cli-split = The orders are in packages of their own ({ $count }):
cli-log-whole = The event log is whole ({ $count } entries): none was changed outside the program.
cli-due-waiting = the bank executes it: { $when }
cli-due-queued = waits for cover; the bank looks again: { $when }
cli-uncertain = The bank's answer did not arrive. Do not send again; the command “status” asks the bank.
output-lost = What there was to print could not be written. The work is done and nothing is lost; the commands “status” and “packages” show it again.
cli-last-try = To try it nevertheless, add --last-try.
cli-technical = Technical details: { $said }
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
cli-token-certificate =
    { $days ->
        [one] { $purpose }: { $holder } ({ $issuer }), valid until { $to }, one day left
       *[other] { $purpose }: { $holder } ({ $issuer }), valid until { $to }, { $days } days left
    }
cli-token-certificate-login = Login certificate
cli-token-certificate-signing = Signing certificate
cli-token-starting = The token has not answered yet.
cli-token-not-configured = No token is set up.
cli-token-no-service = The smart card service (PC/SC) is not running on this computer.
cli-token-no-reader = No reader or USB token is plugged in.
cli-token-no-card = There is no card in the reader.
cli-token-foreign-card = The card in the reader is no bank token.
cli-token-new = New token: it has no PIN of its own yet (“token pin-set” or “token pin-change”).
cli-token-in-use = The token can be used.
cli-token-software = Software token (key file), can be used.
cli-token-unfit = The token cannot be used to log in.
cli-token-blocked = The token is blocked; “token unblock” can unblock it.
cli-token-dead = The token is blocked for good; ask your bank for a new one.
cli-token-failed = The token cannot be used.
cli-admin-table =
    { $need ->
        [one] Authority table, version { $version }; self-administration needs one signature; may sign: { $names }
       *[other] Authority table, version { $version }; self-administration needs { $need } signatures; may sign: { $names }
    }
cli-admin-web = {"  "}Internet banking – login: { $login }, signing: { $signing }
cli-admin-new-account = Waits to be added: { $account }
cli-admin-id = Secondary identifier: { $id } → { $account }, to be confirmed by { $day }
cli-code-sent = The bank has sent the one-time code to { $id }
cli-message-bank = Bank
cli-message-sent = The bank has the message.
cli-message-waits = The message is kept; it is sent again when connected.
demo-bank-runs = The demo bank runs on this computer, over an encrypted connection ({ $profile }).
demo-logged-in = Logged in with the token: { $user }
demo-partner = Partner chosen: { $name } ({ $total } found)
demo-recorded = Order recorded, package “{ $name }”
demo-signed = The package was signed by { $user }
demo-sent = Sent; the bank's signed receipt has arrived.
demo-balances = Balances after execution:
demo-customers = Customers in one database:
demo-same-company = the same company ({ $number })

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

cli-store-file = Database
cli-store-data = Folder of the data
cli-store-cache = Files that can be fetched again
cli-store-logs = Logs
cli-store-readable = This version can read the database (schema { $schema }, this version knows up to { $known }).
cli-store-none = There is no database yet: { $path }
cli-policy-none = The administrator has set nothing ({ $place }).
cli-policy-place = Where it stands
cli-policy-authority = Allowed certificate authority (SHA-256)
cli-policy-any = any
cli-policy-connection = Connection file for the first start
cli-policy-updates = The program updates itself
cli-policy-on = yes
cli-policy-off = no
cli-update-own = This program: { $version }
cli-update-file = Can be downloaded: { $name } ({ $bytes } bytes)
cli-update-downloaded = Downloaded, the same as in the signed manifest: { $path }
cli-package-written = The package was saved to a file: { $path }
cli-package-taken =
    { $dropped ->
        [0] Taken: “{ $name }”, valid signatures: { $signatures }.
       *[other] Taken: “{ $name }”, valid signatures: { $signatures }, invalid ones left out: { $dropped }.
    }
cli-package-name = Package
cli-package-customer = Customer
cli-package-count = Orders
cli-package-signer = Valid signature
cli-package-invalid = Invalid signature
cli-package-obstacle = Cannot be taken
cli-connection = Connection
cli-customers = Customers
cli-last-sync = Last sync
cli-customer = Customer
cli-bank = Bank
cli-connection-active = in use
cli-connection-paused = paused
cli-connection-archived = archived
cli-connection-added = New connection: { $name }
cli-connection-renamed = Its name now: { $name }
cli-connection-left = { $name }: paused. Its data are kept and shown; its bank is not called.
cli-connection-resumed = { $name }: in use again.
cli-connection-put-away = { $name }: archived. Its data are kept, but lists do not show them.
cli-connection-removed = { $name }: removed with what its bank had told. No order was recorded under it.
