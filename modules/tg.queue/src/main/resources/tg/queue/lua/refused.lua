-- Counts outcomes that a worker refused itself, because they were of an epoch that had ended.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] outcomes count
-- Returns: 1.
-- Atomicity: none needed; a repetition after a lost answer counts twice.
count(PREFIX .. '/', 'stale', tonumber(ARGV[1]))
return 1
