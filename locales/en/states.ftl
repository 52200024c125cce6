### States of packages and orders in words.

state-in-shared-area = in the shared area
bank-state-none = with us
bank-state-sending = awaiting the bank's answer
bank-state-received = received
bank-state-processing = in progress
bank-state-executed = executed
bank-state-rejected = rejected
