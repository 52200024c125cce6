### States of packages and orders in words.

state-in-shared-area = in the shared area
bank-state-none = with us
bank-state-sending = awaiting the bank's answer
bank-state-received = received
bank-state-waiting = waiting
bank-state-queued = queued for cover
bank-state-in-execution = being executed
bank-state-executed = executed
bank-state-rejected = rejected
expected-seconds = within { $count } seconds
expected-hours = within { $count } hours
expected-at-once = booked by the bank at once
expected-never = the bank does not execute it this way
today-at = today { $time }
tomorrow-at = tomorrow { $time }
day-at = { $date } { $time }
