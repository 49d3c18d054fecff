-- Forgets an ended job.
-- Uses: base, ends, places
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
local record, _, bucket = find_ended(base_of(ARGV[2]), ARGV[3])
if not record then
  return 0
end
redis.call('HDEL', bucket, ARGV[3])
redis.call('UNLINK', base_of(ARGV[2]) .. 'side/' .. ARGV[3])
return tonumber(answer_once(ARGV[1], '1'))
