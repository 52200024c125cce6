### Errors, warnings and reasons: the key is the code. What happened, what was kept, what to do.

## Fields
field-debit-account = Account to debit
field-payer-name = Payer's name
field-target = Account or identifier
field-account = Account
field-own-target = Own account to credit
field-beneficiary-name = Payee's name
field-country = Country
field-amount = Amount
field-value-date = Value date
field-instant = Instant transfer
field-urgency = VIBER
field-narrative = Narrative
field-document-number = Document number
field-legal-code = Legal code
field-own-reference = Own reference
field-change = Change
field-missing = Must be filled.
field-not-own-account = Not an account of the customer. Choose one of the list.
field-not-huf-account = The account is not kept in forints; a domestic transfer needs a forint account.
field-may-not-record = You may not record orders on this account. Rights can be changed in self-administration.
field-foreign-account = This account is kept abroad; a domestic transfer cannot pay it.
field-same-account = Payer and payee are the same account.
field-secondary-needs-instant = Only an instant transfer can go to a secondary identifier: tick "instant transfer".
field-name-with-secondary = With a secondary identifier the name must stay empty.
field-date-with-instant = An instant transfer has no value date.
field-above-instant-limit = Instant transfers go up to { $limit } HUF.
field-viber-with-instant = An instant transfer cannot ask for VIBER.
field-date-past = This day has passed.
field-not-banking-day = Not a banking day. Choose another day.
field-beyond-calendar = The bank's calendar ends with { $year }; a later day cannot be chosen yet.
field-too-far-ahead =
    { $days ->
        [one] At most { $days } day ahead.
       *[other] At most { $days } days ahead.
    }
field-not-own-target = Between own accounts only another forint account of the customer can be credited: choose it from the list.
field-qualifies-as-instant = This qualifies as an instant transfer (up to { $limit } HUF, without a later value date), so VIBER cannot be asked for: go on as a domestic transfer.
field-no-secondary-id = A VIBER transfer goes to an account only, not to a secondary identifier.
field-authority-unknown = The authority table has not come from the bank yet. Log in and try again; the order is kept.
field-not-a-change = This is no change of the service.
label-own-account = Own account
order-hct-name = Domestic transfer in forints
order-hve-name = Transfer between own accounts
order-vib-name = VIBER transfer
order-adm-name = Self-administration
fields-wrong = { $count ->
    [one] One field needs mending. What was typed is kept.
   *[other] { $count } fields need mending. What was typed is kept.
}

## Help for fields
field-debit-account-help = The customer's forint account that the money leaves.
field-payer-name-help = If it differs from the account holder's; the bank may overwrite it.
field-target-help = Account number, IBAN or secondary identifier (phone number, e-mail address, tax number).
field-account-help = Account number or IBAN: a secondary identifier can only be paid by a domestic transfer.
field-own-target-help = The customer's other forint account that the money goes to.
field-beneficiary-name-help = As the payee's account is held; leave it empty with a secondary identifier.
field-country-help = The country's two letters, for instance HU; for statistics.
field-amount-help = Whole forints, for instance 1,250,000 or 1.25M.
field-value-date-help = For instance 11.30, +3, fri; empty: as soon as possible.
field-instant-help = Within seconds, around the clock, up to the bank's limit.
field-urgency-help = During the day, one by one, in the central bank's system.
field-narrative-help = Text for the payee, at most 140 characters.
field-document-number-help = Number of your own paper, at most 6 characters.
field-legal-code-help = Statistical code, at most 3 characters.
field-own-reference-help = Your own reference, passed on to the payee; at most 35 characters.
field-change-help = A change of the service; made on the pages of self-administration.

## Texts, accounts, identifiers
text-empty = Must not be empty.
text-too-long =
    { $found ->
        [one] { $found } character; at most { $max } fit.
       *[other] { $found } characters; at most { $max } fit.
    }
text-character = Banks do not take this character: “{ $character }”.
account-character = This character cannot stand in an account number: “{ $character }”.
account-length =
    { $digits ->
        [one] { $digits } digit; an account number has 16 or 24.
       *[other] { $digits } digits; an account number has 16 or 24.
    }
account-check-first-block = The first eight digits are wrong: the check digit does not fit.
account-check-second-block = The second block is wrong: the check digit does not fit.
account-all-zero = All zeros are no account number.
account-part-zero = After the number of the bank there are only zeros: this is no account number. A spreadsheet leaves this of one that it took for a number and rounded: ask for the original.
iban-form = Not an IBAN.
iban-length = IBANs of this country have { $expected } characters, this one has { $found }.
iban-check = The IBAN's check digits do not fit.
phone-form = Not a phone number; write it as +36 30 123 4567.
phone-country = Only numbers of the European Economic Area can be identifiers.
phone-not-mobile = Not a Hungarian mobile number (20, 30, 31, 50 or 70).
email-form = Not an e-mail address.
tax-form = Not a tax number or tax id.
tax-check = The check digit does not fit.
target-empty = Type an account number, an IBAN or a secondary identifier.
target-unknown = Neither an account number, an IBAN nor a secondary identifier.
entry-empty = Must not be empty.
entry-amount = Not an amount.
entry-date = Not a date.
money-currency = Unknown currency.
money-decimals = More decimals than this currency allows; forints are paid whole.
money-not-positive = The amount must be greater than zero.
money-too-large = The amount is too large.
money-mixed = Amounts of two currencies cannot be added.
partner-no-target = A partner needs an account or a secondary identifier.
partner-account-twice = The same account stands twice.
partner-mixed-targets = A partner has either accounts or one secondary identifier.

## Packages
package-withdraw-first = The package can no longer be changed. Withdraw it first; its signatures will be dropped.
package-check-first = The package must be checked before it can be signed.
package-no-check = This bank's packages are not checked; it can be signed.
package-not-signed = The package is not fully signed yet.
package-already-signed = The package is fully signed already.
package-being-sent = The package is being sent. We wait for the bank's answer.
package-at-the-bank = The package is at the bank and cannot be changed from here.
package-shared = The package is in the shared area.
package-closed = The package is closed and can no longer be changed.
package-nothing-to-withdraw = There is nothing to withdraw.
package-impossible = This cannot be done with the package now.
package-empty = The package has no orders.
package-name = The package cannot have that name: { $why }
package-other-header = The order does not fit this package: another debit account or instant mark.
package-too-many-orders =
    { $max ->
        [one] A package takes one order only.
       *[other] A package takes at most { $max } orders.
    }
package-never-seen = The bank did not get the package. We have it, signed; it can be sent again.
signatures-missing = It has { $have } of the { $need } signatures that it needs. Ask the other signers for those that are missing.
may-not-sign = You have no right to sign this package.
signed-already = You have signed this package already.
recorded-again-already = The refused orders have been recorded again already. Nothing has changed; open that package.
may-not-record = You may not record or change orders on this account. Nothing has changed.
may-not-handle = You have no right to record or sign on the accounts of this package. Nothing has changed.
cover-short = Not enough cover ({ $account }, { $date }): { $available } available, { $needed } needed for this, { $missing } missing.
cover-short-reserved = Not enough cover ({ $account }, { $date }): { $available } available, of which { $reserved } is signed, planned or due already; { $needed } needed for this, { $missing } missing.
changed-since-shown = The package changed after it was shown. Nothing was signed; look at it again.
receipt-invalid = The bank's receipt does not prove that it has the package. We do not send it again; we ask the bank.
receipt-other-bytes = The bank has this package with another content: it was sent changed from another seat. What is here is not executed. Look at the package that was sent before you record anything again.

## Connection and login
no-bank = No bank is set up yet. Open the connection file that your bank gave you.
not-offered-by-this-connection = Not available over this connection: { $what }. { $instead }
capability-login = logging in with a token
capability-login-instead = The bank expects no login this way; recording works without one.
capability-submit = sending packages
capability-submit-instead = The package stayed here as it was. Send it over another connection of the bank, or export it and upload it on the bank's own pages.
capability-accounts = balances and transactions
capability-accounts-instead = You find them on the bank's own pages.
capability-shared-area = the shared area
capability-shared-area-instead = The package stayed here as it was. You can hand it over in a package file.
capability-administration = self-administration
capability-administration-instead = Rights are changed at a branch or on the bank's own pages.
capability-messages = messages with the bank
capability-messages-instead = The message was not sent. Write on the bank's own pages, or call the bank.
capability-information = asking for the bank's rules
capability-information-instead = The rules known last stay in force.
capability-releases = new versions of the program
capability-releases-instead = Ask for the new version where you got the program from.
capability-renewal = renewing certificates
capability-renewal-instead = The token was not touched. A branch of the bank issues new certificates.
capability-events = being told of changes at once
capability-events-instead = News comes with the next sync.
no-rules = The bank's rules are not known yet. Connect to the bank once.
not-logged-in = Not logged in. Recording works without; log in to send.
no-customer = No customer is known yet: log in once, or ask the bank for rights.
nothing-named = Nothing has this name: “{ $asked }”. Nothing has changed.
several-named = { $count } have this in their names: “{ $asked }” ({ $names }). Give the whole name; nothing has changed.
template-other-type = The template “{ $name }” starts orders of type { $code }. Name that type; nothing has changed.
record-not-found = This is no longer there. Refresh the list.
certificate-unusable = The token's certificate cannot be used. Nothing was sent; ask your bank for a new certificate.
certificate-not-for-login = The token's login certificate is not made for logging in. The PIN was not used; ask your bank for another token.
certificate-not-for-signing = The token's signing certificate is not made for signing orders. The PIN was not used; ask your bank for another token.
connection-file = The connection file cannot be read. Nothing has changed; ask your bank for a new one.
choice-which-bank = Several banks could be meant: { $choices }. Nothing was done. Say which one (on the command line: --bank NAME).
choice-no-such-bank = No connection is called "{ $asked }". There are: { $choices }. Nothing was done. Choose one of them.
choice-which-customer = Several customers could be meant: { $choices }. Nothing was done. Say which one (on the command line: --customer NUMBER or NAME, with --bank NAME if needed).
choice-no-such-customer = There is no customer "{ $asked }". There are: { $choices }. Nothing was done. Choose one of them.
connection-paused = This connection is paused or archived, so its bank is not called. Its data here are whole. Take the connection into use again, then log in.
file-error = The file could not be read or written: { $path }. Check that it is there, that you may use it and that there is room.
file-exists = There is a file of that name already: { $path }. It was not overwritten.
demo-failed = The demo cannot be started. Your data was not touched.
internal-error = An internal error happened. Your data is kept; start the program again.
bank-unreachable = The bank cannot be reached now. Nothing is lost; try again later.
bank-untrusted = The server is not the bank that the connection file names. Nothing was sent; tell your administrator and the bank.
bank-answer-lost = The bank's answer did not arrive. We do not send again; we ask as soon as we can.
bank-nonsense = The bank's answer cannot be understood. Your data is kept; try again later, and tell the bank if it happens again.
bank-problem-unknown = The bank refused for a reason that this version does not know. Update the program.
login-challenge-expired = Logging in took too long. Try again.
login-challenge-replayed = This login was used before. Try again.
login-challenge-unknown = The bank does not know this login request. Try again.
login-wrong-server = Another server stands between this computer and the bank. Do not log in; tell your administrator and the bank.
login-clock-skew = This computer's clock is off by more than five minutes. Set it and try again.
login-statement-invalid = The bank did not understand the login. Update the program.
login-signature-invalid = The login's signature is wrong. Try again.
login-certificate-untrusted = The token's certificate was not issued by this bank. Use the token of this bank.
login-certificate-expired = The token's login certificate is not valid. Renew it.
login-certificate-revoked = The token's certificate was revoked. Call the bank.
login-not-an-authentication-key = Log in with the token's login key, not with the signing key.
login-user-unknown = The bank does not know this user. Call the bank.
login-user-locked = The bank has locked the user after many failed attempts. Call the bank.
client-outdated = This version is too old for the bank: it can neither log in nor send. Your data are kept. Update the program.
session-expired = The session has ended. Log in again; nothing is lost.
package-document-invalid = The bank says that the package is no valid document. It stays here; tell the bank.
package-sums-disagree = The bank says that the package's sums do not fit its orders. It stays here; tell the bank.
package-id-mismatch = The package's identifier is not the one that the bank expects. It stays here; tell the bank.
package-id-conflict = The bank has another package of this identifier. It did not take this one; call the bank.
package-attempt-void = This attempt reached the bank too late; it was not taken. We have the package; it can be sent again.
package-order-duplicate = One order is at the bank already, in another package. It did not take this one; take that order out of it.
package-unsigned = The package has no signature. Sign it and send it again.
package-signature-invalid = The bank says that a signature does not belong to this package. Withdraw it and sign again.
package-signature-wrong-key = Packages are signed with the signing key, never with the login key.
package-signer-certificate = A signer's certificate is not valid. Withdraw the package and have it signed with a valid one.
package-signer-unknown = A signer is not a user of this customer. Withdraw the package and have somebody else sign it.
package-authority-missing = The signers together may not sign for this amount. Ask for another signature.
package-against-rules = The bank's rules do not allow such a package.
package-unknown = The bank has not seen this package.
account-unknown = The package debits an account that is not the customer's or cannot be debited.
secondary-id-unknown = This secondary identifier is not registered. If you know the account, pay to that.
value-date-invalid = The bank did not take a value date, nor the package. Change the date and send it again.
target-not-own = A transfer between own accounts can go only to another forint account of the customer; the bank did not take the package. Choose another account, or record it as a domestic transfer.
qualifies-as-instant = A VIBER order of the package qualifies as an instant transfer, so the bank did not take it. Record it as a domestic transfer.
not-permitted = You have no right for this.
not-found = The bank does not have this. Refresh the list.
cursor-invalid = The program downloads the data anew; nothing is lost.
request-invalid = The bank did not understand the request. Update the program.
rate-limited = Too many requests in a short time. Nothing is lost; wait a little and try again.
payload-too-large = The package is larger than the bank takes. Split it.
internal = Something failed at the bank. Whether it took effect is unknown; we ask.
reject-no-cover = There was not enough cover, and no money moved. Fund the account and record the order again.
reject-account-closed = The payee's account is closed. Ask them for another one.
reject-account-unknown = The payee's bank does not know the account. Check the account number.
reject-timeout = The payee's bank did not answer within 20 seconds; the money was set free.
reject-secondary-id-unknown = The secondary identifier is not registered. If you know the account, pay to that.
reject-no-route = The bank cannot execute it this way.
reject-debit-blocked = The account cannot be debited.
reject-instant-outage = Instant payments are down for the moment. No money moved; send it later, or with a later value date.
reject-no-cover-short = no cover
reject-account-closed-short = account closed
reject-account-unknown-short = account unknown
reject-timeout-short = no answer in time
reject-secondary-id-unknown-short = identifier not registered
reject-no-route-short = not possible this way
reject-debit-blocked-short = account blocked for debits
reject-instant-outage-short = instant payments down

## Import
import-not-clean = The file has bad rows. Nothing was taken. Take only the good ones, or have the file mended.
import-incomplete = The file cannot be read to its end, so nothing of it was taken, not even the good rows: nobody knows what is missing. Get the file again.
import-totals-differ = The file does not hold what it says of itself, so nothing was taken. Get it again; if you have checked every order, you can take it in spite of the difference, but you have to say so.
import-nothing-good = The file has no row that can be taken. Nothing was taken.
import-file-changed = The file changed after the preview. Nothing was taken; open it again.
import-taken-before = This file has been taken before. Nothing has changed; take it again only if it really is to be paid twice.
import-sum-too-large = The sum of the rows is too large. Nothing was taken.
partners-kept-changed = Partners or templates changed since the preview. Nothing was taken; open the file again.
partners-nothing-chosen = Nothing is chosen that could be taken.
partners-chosen-twice = Two chosen records would take the place of the same partner or template. Leave one out. Nothing was taken.
partners-choice-impossible = The choice does not fit this file. Nothing was taken; open the file again.

# A partner or template of the file clashes with what is kept
clash-target-elsewhere = This account or identifier already belongs to another partner here.
clash-other-kind = The same one is of another kind here: a secondary identifier instead of accounts, or the other way round.
clash-name-of-several = Several have this name here, and it is not clear which one this is.
clash-twice-in-file = An earlier record of the file belongs to the same one.

## Routes: reasons and warnings
route-instant = instant
route-instant-paced = instant, paced
route-intraday = intraday
route-viber = VIBER
route-refused = not possible
reason-sent-alone = Meets every condition and is sent alone.
reason-each-on-its-own = Meets every condition, and the bank judges each order by itself.
reason-ticked-batch = Sent with others but marked instant: the bank paces it in the instant system. Sent alone it would take seconds.
reason-batch-not-ticked = Sent with others and not marked instant. Alone or marked it would be instant.
reason-batch-never-instant = Sent with others; this bank executes such orders intraday. One by one they would be instant.
reason-above-instant-limit = Above the limit of instant transfers, { $limit } HUF.
reason-value-dated = A later value date was given: { $date }. An instant transfer has no value date.
reason-viber-asked = VIBER was asked for and is possible here.
reason-after-cut-off = Today's cut-off ({ $time }) has passed.
reason-not-banking-day = Today is not a banking day.
reason-secondary-needs-instant = Only an instant transfer can go to a secondary identifier. Send it alone.
warning-viber-not-possible = VIBER is not possible here: the order qualifies as instant, or the bank does not offer it.
warning-one-instant-among-others = Only one order of the package could be instant. The bank's rule can be read in two ways; it is surely instant only in a package of its own.
warning-many-packages-of-many = Several packages of several orders are sent at once. The bank gives no rule for that; we expect the slower way.
warning-calendar-unknown = The banking days of { $year } are not final yet: we reckon with the public holidays of every year, and days that will be moved have not been published. The day may therefore change; the order can be recorded all the same.

## Signatures
signature-malformed = The signature cannot be read.
signature-unsupported-algorithm = The signature uses a method that we do not accept.
signature-not-detached = The signature has a wrong form.
signature-signer-count = The signature does not have exactly one signer.
signature-unsupported-signer-identifier = The signer is named in a wrong way.
signature-certificate-missing = The signer's certificate is missing.
signature-attributes-missing = Required attributes are missing.
signature-attribute-not-single = An attribute stands more than once.
signature-content-type = The signature is for another kind of content.
signature-content-changed = The content changed after it was signed.
signature-certificate-mismatch = The signature refers to another certificate.
signature-invalid = The signature is not valid.
signature-purpose-forbidden = This certificate must not sign this.
signature-encoding = The signature cannot be made.
certificate-untrusted = The certificate was not issued by a trusted authority.
certificate-issuer-not-entitled = The certificate's issuer may not issue certificates.
certificate-signature-invalid = The certificate's signature is wrong.
certificate-critical-extension = The certificate has an unknown critical extension.
certificate-not-yet-valid = The certificate is not valid yet.
certificate-expired = The certificate has expired.
certificate-revoked = The certificate was revoked.
key-mismatch = Key and certificate do not belong together.
key-operation = The key cannot be used.
key-file-incomplete = The key file is incomplete.
key-file-parameters = The key file's encryption is not acceptable.
key-file-pin-wrong = Wrong PIN.

## Token
token-not-configured = No token is set up.
token-no-service = The computer's smart card service (PC/SC) is not running. On Windows it starts by itself when the token is plugged in; if it is, pull it out and plug it in again. On Linux the service pcscd must be started. The program notices by itself when it runs.
token-service-disabled = The Windows service “Smart Card” (SCardSvr) is disabled, so the token cannot be seen. Ask your administrator to set its startup type to “Manual”; the program then notices by itself.
token-remote-session = You are working in a remote desktop session and no reader is visible there. Leave the token in your own computer and allow smart cards in the remote desktop settings, or work directly on the computer the token is plugged into.
token-no-reader = No token is plugged in. Plug it in and try again.
token-no-card = There is no card in the reader. Insert it and try again.
token-foreign-card = This card is no bank token. Insert the bank's token.
token-reader-busy = Another program uses the reader. Close it and try again.
token-removed = The token was pulled out. Packages are kept; plug it in and try again.
token-reset = Another program reset the token. Try again.
token-another-card = This is another token than the one that you logged in with. Log in again with it.
token-pin-wrong =
    { $left ->
        [one] Wrong PIN. One try is left. Nothing is lost.
       *[other] Wrong PIN. { $left } tries are left. Nothing is lost.
    }
token-pin-wrong-uncounted = Wrong PIN. This token does not tell how many tries are left. Too many wrong ones block it.
token-pin-blocked = The token is blocked: the PIN was wrong too often. Call the bank.
token-last-try = This is the last try: if it is wrong, the token is blocked. The PIN was not sent; we try it only if you confirm that.
token-pin-format = A PIN has 6 to 8 digits. No try was used.
token-pin-outcome-unknown = The connection broke after the PIN was sent. Look at the tries left before you try again.
token-key-missing = The token lacks the key or certificate that is needed. Turn to the bank.
token-unsupported-key = The token's kind of key is not supported. Ask your bank for another token.
token-card-refused = The token refused to do it. Nothing is lost; pull it out, plug it in and try again.
token-card-answer = The token's answer makes no sense. Nothing is lost; pull it out, plug it in and try again.
token-reader-error = The reader reported an error. Nothing is lost; pull it out, plug it in and try again.
token-file = The key file cannot be read or written. Check that it is there and that you may use it.
token-key-file = The key file's content is wrong. Ask your bank for a new one.
token-internal = An internal error in handling the token. Try again.
token-stopped = Handling the token has stopped. Start the program again.
token-unsupported = This token cannot do that.
token-pin-not-set = The token has no PIN of its own yet. Set it first.
token-new-pin-refused = The token did not accept the new PIN; the old one still holds.
token-unblock-lapsed = The Random is no longer valid: the token was pulled out, another program used it, or 15 minutes went by. Ask for a new Random and read that out. No try was spent.
token-unblock-code-wrong = The token did not accept the Code. Ask for a new Random and read that out.
token-unblock-dead = The token has no unblocking tries left and can never be unblocked again. Ask your bank for a new token.
token-puk-not-replaced = The new PIN holds, but the token's unblocking code was not replaced. Tell the bank's clerk: "the PUK was not replaced".
token-module = The token's vendor module (PKCS#11) reports an error. Nothing is lost; check where the module is and try again.
unblock-too-short =
    { $missing ->
        [one] { $missing } character to go.
       *[other] { $missing } characters to go.
    }
unblock-too-long = Too many characters.
unblock-character = It contains a character that cannot stand there.
unblock-check = The check characters do not fit: a slip, or the Code belongs to another token or an older Random. No try was spent.
unblock-unsupported = This token cannot be unblocked by telephone.

## New PIN, locking
pin-rules = The new PIN does not meet the rules: { $rules }. The token has not seen it, no try was used.
pin-rule-length = { $min }–{ $max } characters
pin-rule-digits = digits only
pin-rule-repeats = not one repeated character
pin-rule-runs = no four ascending or descending digits in a row
pin-rule-not-old = not the old PIN
pin-rule-csn = no part of the token's serial number (CSN)
login-needed-to-record = At this bank orders can be recorded only while logged in. What you typed is kept.
login-needed-to-view = At this bank data can be seen only while logged in.
package-not-signable = “{ $name }” cannot be signed, so no package was signed and no PIN was sent. { $why }
locked-idle = The program locked itself because nobody used it for a while. Nothing is lost; log in again.
locked-absolute = The longest time for one login is over. Nothing is lost; log in again.
locked-removed = The token was pulled, so the program locked itself. Nothing is lost; put it back and log in again.
renewal-not-yet = The certificates cannot be renewed yet; the bank allows it only in the weeks before they end.
renewal-too-late = The signing certificate has ended, so nothing can be asked for with it. Ask your bank for a new token.
renewal-unsupported = This token cannot make new keys. Ask your bank for a new token before the certificates end.
renewal-impossible = The certificates cannot be renewed now: no token is in the reader.
pins-differ = The two new PINs differ. Nothing was sent.
pin-set-already = This token has a PIN already. To change it, the old one is needed too.

# Shared area, self-administration, messages: the bank's refusals
package-in-shared-area = The package is in the shared area: it must be taken over or withdrawn first.
package-held-elsewhere = Somebody else has taken the package over since; this copy can no longer be sent. Nothing happened.
package-already-sent = The bank has received the package already, so it cannot be put into the shared area.
shared-unknown = This package is not in the shared area.
shared-taken-over = Somebody else has taken the package over since. Nothing happened here.
shared-withdrawn = Whoever put the package into the shared area has withdrawn it.
shared-expired = The package's time in the shared area is over; it is back with whoever put it there.
shared-not-yours = Only the user who put the package into the shared area can withdraw it.
shared-type-not-taken = Packages of this type cannot be put into the shared area.
shared-expiry-invalid = The last day given is past or too far ahead.
shared-taken-by = { $user } has already taken the package over { $channel ->
    [web] in the web client
   *[client] in the installed client
}, { $at }. Nothing happened here.
shared-awaited = We wait for the bank’s answer about this package. It is asked for as soon as the bank can be reached; there is nothing to do.
shared-copy-here = This package is open here too. Delete the copy here first, then it can be taken over.
shared-account-elsewhere = The package debits an account ({ $account }) that belongs to another bank or customer here. It was not taken: it stays where it was. Ask whoever prepared it whether the account is right; if it is, tell whoever runs your computers.
shared-order-here = One of the package’s orders already stands in another package here. Taking it over would pay it twice; the package stays in the shared area.
shared-damaged = What came from the shared area is not what the bank says of it. It was not taken over; tell the bank.
admin-order-invalid = The self-administration order cannot take effect. Nothing has changed.
one-time-code-invalid = The one-time code is wrong, used or too old. Ask for a new one.
message-invalid = The message's subject or text is empty or too long. It was not sent; mend it and send it again.

## Self-administration orders: why they cannot take effect
admin-nothing-changes = This order would change nothing: everything is set this way already.
admin-repeated = Two orders of the package are about the same thing. Delete one of them, or send it in a package of its own.
admin-unknown-user = User { $user } is not in the customer's authority table.
admin-unknown-account = Account { $account } is not the customer's, or not in the service yet.
admin-not-new = Account { $account } is not among the new ones. Somebody may have taken it in since.
admin-unknown-device = The user has no such device: { $device }.
admin-unknown-class = The customer has no class of signers “{ $class }”. The branch can introduce a new class.
admin-user-twice = User { $user } stands in the order twice.
admin-account-twice = Account { $account } stands in the order twice.
admin-foreign-right = One of the rights belongs to another user or account than the order is about.
admin-empty-right = The line of user { $user } for account { $account } allows nothing. Tick at least one right, or take the line out.
admin-nobody = Nobody would see the new account { $account }. Give at least one user the right to view it.
admin-no-signer-left = After the change nobody could sign a self-administration order. Leave enough signers with working devices; anything further only the branch can do.
admin-web-disabled = The order switches the web client off, but would let user { $user } in. Take the user out, or enable the service.
admin-signing-without-login = User { $user } can sign in the web client only if allowed to log in there.
admin-login-without-right = User { $user } has no right at this customer and could do nothing in the web client.
admin-signing-without-right = User { $user } has no right to sign at this customer.
admin-nowhere-to-notify = Notices to user { $user } have nowhere to go. Enter a telephone number or an e-mail address.
admin-not-forints = Account { $account } is not kept in forints; no secondary identifier can stand for it.
admin-registered = This secondary identifier is registered already, for account { $account }. Delete it first if it is to stand for another account.
admin-not-registered = This secondary identifier is not registered for account { $account }.
admin-not-own = This is not the tax number or tax id that the bank holds of the customer. Only the branch can register another one.
admin-shared-user = The user works for other customers of the bank, too. What belongs to the user everywhere – telephone, devices, lock – is not the company's to change: the user signs a new telephone or the suspension of a device, the rest the bank's telephone service does.
admin-code-missing = Telephone numbers and e-mail addresses are registered with the one-time code that is sent there. Ask for the code and enter it.
admin-code-form = The one-time code has six digits.
admin-code-not-needed = Tax numbers and tax ids need no code.

# Program updates
release-unknown = The bank hands out no update.
release-no-key = The connection file names no update key, so the program cannot be updated from here. Ask your administrator or the bank for the new version.
release-key = The update key of the connection file cannot be read. Ask the bank for a new connection file.
release-signature = The update's signature does not hold: it is not from whom the connection file names, or was changed on the way. Nothing was downloaded.
release-form = The update's description cannot be read. Nothing was downloaded.
release-rollback = The update on offer is older than one that this program has seen. Nothing was downloaded.
release-expired = The update's description has expired ({ $at }); somebody may be holding a newer one back. Nothing was downloaded.
release-no-file = The bank hands out no installer for this system. Get the new version from your administrator or the system's package manager.
release-size = The downloaded file has { $found } bytes and should have { $expected }. It was deleted.
release-hash = The downloaded file is not the one that the update's description names. It was deleted.
release-start = The installer did not start. Your data is kept; try again, or tell your administrator.
release-off = The administrator of this machine has switched updates off. Ask them for the new version.
release-withheld = The bank hands out no update now although it did before; somebody may be withholding one. Tell the bank.
release-serial-used = Two different updates carry the same number; one of them is not from this bank. Nothing was downloaded. Tell the bank.
release-behind = The bank speaks of version { $wanted }, but the signed update is only { $offered }. Nothing was downloaded; try again later.
release-broken = The download broke off, and what had come was deleted. Start again.
update-newest = This is the newest version.
update-doubtful = This seems to be the newest version, but the source of updates cannot be trusted.
update-newer = New version: { $version }
update-too-old = The bank takes only version { $version } or newer.
