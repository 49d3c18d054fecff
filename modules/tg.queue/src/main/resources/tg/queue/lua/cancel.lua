-- Cancels a job that has not ended, or asks its worker to.
-- Uses: base, lanes, ends, deferring, telling, places, finishing, canceling
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
  ask_to_cancel(ARGV[2], id, epoch, value)
  return 'REQUESTED'
end
cancel_resting(base, id, envelope, redis.call('HGET', base .. 'c', id), tonumber(ARGV[4]))
finish()
return answer_once(ARGV[1], 'CANCELED')
