-- Looks up a job.
-- Uses: base, ends, places, finding
-- KEYS[1] prefix string
-- ARGV[1] queue name
-- ARGV[2] id name
-- Returns: what finding.lua says.
-- Atomicity: a job that moves must be found in one place.
return found(base_of(ARGV[1]), ARGV[2])
