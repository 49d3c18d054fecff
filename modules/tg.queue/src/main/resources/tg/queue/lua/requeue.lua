-- Puts an ended job back to waiting.
-- Uses: base, lanes, ends, expiring, deferring, telling, places, reviving
-- KEYS[1] prefix string
-- ARGV[1] request name: of this call
-- ARGV[2] queue name
-- ARGV[3] id name
-- Returns: 1 when it was there, else 0.
-- Atomicity: a job must be in exactly one place.
local before = answered(ARGV[1])
if before then
  return tonumber(before)
end
local record, _, bucket = find_ended(base_of(ARGV[2]), ARGV[3])
if not record then
  return 0
end
revive(ARGV[2], ARGV[3], record, bucket)
write_revived(ARGV[2])
return tonumber(answer_once(ARGV[1], '1'))
