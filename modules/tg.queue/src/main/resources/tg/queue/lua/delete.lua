-- Forgets an ended job.
-- Uses: base, lanes, ends, expiring, deferring, telling, places, reviving
-- KEYS[1] prefix string
-- ARGV[1] request name: of this call
-- ARGV[2] queue name
-- ARGV[3] id name
-- Returns: 1 when it was there, else 0.
-- Atomicity: the job must not be requeued between the look and the removal.
local before = answered(ARGV[1])
if before then
  return tonumber(before)
end
local base = base_of(ARGV[2])
local record, _, bucket = find_ended(base, ARGV[3])
if not record then
  return 0
end
forget(base, ARGV[3], bucket)
write_events()
return tonumber(answer_once(ARGV[1], '1'))
