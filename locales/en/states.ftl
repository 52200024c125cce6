### States of packages and orders in words.

state-recorded = recorded
state-checked = checked
state-partly-signed = partly signed
state-signed = signed
state-sending = awaiting the bank's answer
state-sent = sent
state-completed = executed
state-partly-rejected = partly rejected
state-rejected = rejected
state-in-shared-area = in the shared area
state-taken-over = taken over
state-deleted = deleted
bank-state-none = with us
bank-state-sending = awaiting the bank's answer
bank-state-received = received
bank-state-processing = in progress
bank-state-executed = executed
bank-state-rejected = rejected
