# The bank's web client: texts of its pages. Some of the errors stand in errors.ftl.

## Frame
web-title = Kapocs web
web-skip = Skip to content
web-other-language = Magyar
web-needs-script = The web client keeps its keys in the browser and cannot work without JavaScript. Allow it on this page.
web-script-network = The bank cannot be reached. Nothing is lost; check the connection and try again.
web-script-key = The browser could not use the keys. A virtual chip card does not work in a private window or with storage switched off.
web-problem-title = This did not work
web-problem-back = Back to the first page
web-customer-change = Choose another customer

## Navigation
web-nav-label = Main menu
web-nav-accounts = Accounts
web-nav-overview = Overview
web-nav-orders = Orders
web-nav-packages = Prepared packages
web-nav-new-order = New order
web-nav-sent = Sent orders
web-nav-data = Master data and settings
web-nav-partners = Partners
web-nav-messages = Messages
web-nav-card = Virtual chip card
web-nav-approve = Approval
web-nav-full = Full client
web-nav-exit = Log out

## Login
web-login-title = Log in
web-login-no-card = There is no virtual chip card in this browser yet. Register one with the activation code from your bank.
web-login-register = Register a virtual chip card
web-login-card = Virtual chip card
web-login-submit = Log in
web-login-other-card = Register another virtual chip card
web-login-help = The bank never asks for the personal code by telephone. The fifth wrong code locks the user.
web-personal-code = Personal code
web-last-login = Last login: { $at }
web-last-login-never = This is your first login.

## Choice of the customer
web-customers-title = Choose a customer

## Registration
web-register-title = Register a virtual chip card
web-register-intro = This browser makes and keeps the card's two keys; they cannot be taken away from here, another browser needs another card. The card is free of charge and its certificate does not expire as long as the bank's authority lives.
web-register-user = User identifier (8 digits)
web-register-code = Activation code
web-register-code-hint = Your bank's service gives it to you; it is good for 24 hours and once. For instance: 7K2M-9QXD-4TBH
web-register-label = Name of the card
web-register-label-default = Office computer
web-register-personal-code = Personal code
web-register-personal-code-hint = 6 to 12 digits. Not one repeated digit, no four consecutive ones (1234, 9876), and no part of the identifier. The bank asks for it at login and at each signature.
web-register-personal-code-again = Personal code once more
web-register-codes-differ = The two personal codes differ.
web-register-submit = Register
web-register-done = The virtual chip card is ready. From now on you log in and sign with it in this browser.
web-register-to-login = Go to the login
web-register-help = If you already have a card in this browser:

## Own cards
web-card-title = Virtual chip cards
web-card-intro = These browsers can log in and sign in your name.
web-card-label = Name
web-card-registered = Registered
web-card-last-login = Last login
web-card-state = State
web-card-action = Action
web-card-this = (this browser)
web-card-state-active = in use
web-card-state-suspended = suspended
web-card-state-withdrawn = withdrawn
web-card-suspend = Suspend
web-card-suspend-hint = A suspended card can neither log in nor sign from that moment on. A self-administration order or the bank's service enables it again.
web-card-suspended = This card is suspended: { $label }.

## Approval
web-approve-title = Sign
web-approve-back = Back to the package
web-approve-intro = The browser has read these data out of the very document that is signed; the signature covers these amounts and payees.
web-approve-total = Total
web-approve-type = Type
web-approve-count = Orders
web-approve-debits = Debited accounts
web-approve-fingerprint = Fingerprint of the document (SHA-256)
web-approve-payees = Payees
web-approve-payee = Payee
web-approve-account = Account or secondary identifier
web-approve-amount = Amount
web-approve-when = Execution
web-approve-soon = as soon as possible
web-approve-cover-help = The bank refuses an instant order without cover; the others wait until there is cover.
web-approve-first = { $count ->
    [one] First payment: one payee has never had money from this customer. Check the account number.
   *[other] First payments: { $count } payees have never had money from this customer. Check the account numbers.
}
web-approve-narrative = Narrative
web-approve-more = The other orders, too
web-approve-submit = Sign
web-approve-done = You have signed the package.
web-approve-no-key = The key of this card is not in this browser, so it cannot sign here.
web-approve-unreadable = The document cannot be read without contradiction and so cannot be signed. Tell the bank.

## What the web client refuses
web-form-stale = The form has expired or did not come from this page. Nothing happened; start again.
web-activation-mistyped = The activation code is mistyped: its check characters do not fit. This does not count as a wrong try.
web-activation-wrong = The identifier or the activation code is wrong. After five wrong tries the code is void and the bank must give another.
web-activation-expired = The 24 hours of the activation code are over. Ask the bank for another.
web-activation-used = A card was registered with this activation code before. If it was not you, call the bank at once.
web-personal-code-weak = This personal code does not meet the rules. Choose another one.
web-personal-code-wrong = The personal code is wrong. That is an error point; the fifth locks the user.
web-card-label-bad = Give the card a name of at most 40 characters.
web-card-keys = The bank did not take the browser's keys. Try again.
web-card-unknown = The bank does not know this virtual chip card. Register another one.
web-card-closed = This virtual chip card is suspended or withdrawn.
web-not-enabled = The web client is not enabled for any of your customers. A self-administration order (internet banking service) asks for it.
web-signing-not-enabled = Signing on the web is not enabled for you with this customer.
web-document-changed = The package has changed meanwhile and is not the one that was shown. It was neither signed nor handed on; open it again and look it over.
web-approval-unknown = The approval's time is over, or it was used. Nothing was signed; start again.
