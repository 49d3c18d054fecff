-- Cancels a job that has not ended, or asks its worker to.
-- Uses: base, lanes, ends, deferring, telling, places
-- KEYS[1] prefix string
-- ARGV[1] request name: of this call
-- ARGV[2] queue name
-- ARGV[3] id name
-- ARGV[4] keep ms: of canceled jobs that do not say themselves
-- Returns: CANCELED, REQUESTED or TOO_LATE.
-- Atomicity: a job must not be claimed between the look and the removal.
local base, id = base_of(ARGV[2]), ARGV[3]
local before = answered(ARGV[1])
if before then
  return before
end
local envelope = redis.call('HGET', base .. 'j', id)
if not envelope then
  return 'TOO_LATE'
end
local epoch, value = holder(base, id)
if epoch then
  local attempt = string.match(value, '^%d+')
  redis.call('SADD', PREFIX .. '/x/' .. epoch, ARGV[2] .. '/' .. id .. '/' .. attempt)
  call_worker(epoch)
  return 'REQUESTED'
end
local job = opened(envelope)
leave_place(base, id, job)
local tries = redis.call('HGET', base .. 'c', id) or '0:0:0:'
redis.call('HDEL', base .. 'j', id)
redis.call('HDEL', base .. 'c', id)
drop_terms(base, id, job)
local counts, reason = tries_of(tries)
local record = record_of(counts .. ':0:', reason, envelope)
keep_records(base, 'canceled', tonumber(job.keep) or tonumber(ARGV[4]), { id, record })
count(base, 'canceled', 1)
tell_dependents()
write_lanes()
for queue in pairs(touched) do
  ring_bell(queue)
end
return answer_once(ARGV[1], 'CANCELED')
