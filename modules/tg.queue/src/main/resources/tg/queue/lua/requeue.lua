-- Puts an ended job back to waiting.
-- Uses: base, lanes, ends, expiring, deferring, telling, places
-- KEYS[1] prefix string
-- ARGV[1] request name: of this call
-- ARGV[2] queue name
-- ARGV[3] id name
-- Returns: 1 when it was there, else 0.
-- Atomicity: a job must be in exactly one place.
local base, id = base_of(ARGV[2]), ARGV[3]
local before = answered(ARGV[1])
if before then
  return tonumber(before)
end
local record, _, bucket = find_ended(base, id)
if not record then
  return 0
end
redis.call('HDEL', bucket, id)
local reason, attempt, text, from = string.match(record, '^%d+:(%d+):(%d+):%d+:%d+:(%d+):()')
local envelope = string.sub(record, from + text + reason)
local job = opened(envelope)
-- Times of its own begin anew.
if job.flags >= 8 then
  envelope = NOW_TEXT .. string.sub(envelope, 14)
  note_expiry(base, id, opened(envelope), false)
end
redis.call('HSET', base .. 'j', id, envelope)
reborn(base, id)
if attempt ~= '0' then
  redis.call('HSET', base .. 'c', id, attempt .. ':0:0:')
end
if redis.call('PERSIST', base .. 'side/' .. id) == 1 then
  redis.call('SADD', base .. 'side', id)
end
add_tail(ring_of(ARGV[2], job.priority), job.group, id)
write_lanes()
ring_bell(ARGV[2])
count(base, 'requeued', 1)
return tonumber(answer_once(ARGV[1], '1'))
