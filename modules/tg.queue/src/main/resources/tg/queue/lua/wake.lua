-- Wakes the worker of an epoch.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] epoch name
-- Returns: 1.
-- Atomicity: the wake-up must expire if nobody takes it.
call_worker(ARGV[1])
return 1
