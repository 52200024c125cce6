-- When each customer was synced last: a connection whose first customer has been here for long may get a second one, to
-- which everything is new.
ALTER TABLE customers ADD COLUMN last_sync INTEGER;

-- Whoever was synced has cursors.
UPDATE customers SET last_sync = (SELECT n.last_sync FROM connections n WHERE n.key = customers.connection)
WHERE EXISTS (SELECT 1 FROM cursors c WHERE c.customer = customers.key);

ALTER TABLE connections DROP COLUMN last_sync;
