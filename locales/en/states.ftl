### States of packages and orders in words.

state-in-shared-area = in the shared area
bank-state-none = no news
bank-state-sending = awaiting the answer
bank-state-received = received
bank-state-waiting = pending
bank-state-queued = queued for cover
bank-state-in-execution = being executed
bank-state-executed = executed
bank-state-rejected = refused
expected-seconds =
    { $count ->
        [one] within { $count } second
       *[other] within { $count } seconds
    }
expected-hours =
    { $count ->
        [one] within { $count } hour
       *[other] within { $count } hours
    }
expected-at-once = booked by the bank at once
expected-never = the bank does not execute it this way
today-at = today { $time }
tomorrow-at = tomorrow { $time }
day-at = { $date } { $time }
