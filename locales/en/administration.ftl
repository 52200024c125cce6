### Self-administration and messages: words that both window and command line use.

## What an order does; its package gets this name too
admin-title-internet-banking = Internet banking service request
admin-title-user-data = User data: { $name }
admin-title-user-rights = Rights: { $name }
admin-title-user-delete = Delete user: { $name }
admin-title-new-account = New account: { $account }
admin-title-device-suspend = Suspend device: { $name }
admin-title-device-enable = Enable device: { $name }
admin-title-clear-errors = Clear error points: { $name }
admin-title-id-register = Register secondary identifier: { $id }
admin-title-id-confirm = Confirm secondary identifier: { $id }
admin-title-id-delete = Delete secondary identifier: { $id }

## What changes
admin-line-web = Internet banking for the customer
admin-line-web-login = { $name }: login (at every customer)
admin-line-web-signing = { $name }: signing (this customer only)
admin-line-phone = Mobile phone
admin-line-email = E-mail address
admin-line-notify = Notices of packages
admin-line-account = Account: { $account }
admin-line-errors = Error points
admin-line-id = { $id } → { $account }
admin-right-none = no right
admin-right-view = view
admin-right-dispose = record
admin-right-sign = sign ({ $class })
admin-web-none = May not use it
admin-web-virtual-card = Virtual chip card
admin-account-new = not in the service
admin-account-taken = in the service
admin-errors = { $count }
admin-errors-locked = { $count }, the user is locked
admin-id-none = not registered
admin-id-registered = registered, valid for a year
admin-id-confirmed = confirmed, valid for another year
admin-id-until = registered until { $day }

## Errors
message-empty = A message needs a subject and a text.
message-too-long = { $found } characters; the bank takes { $max } at most.
