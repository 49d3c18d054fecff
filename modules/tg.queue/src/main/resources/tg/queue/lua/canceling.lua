-- Cancels jobs that have not ended, or asks their workers to.
-- Part: put before the scripts that say so; after base.lua, lanes.lua, ends.lua, deferring.lua, telling.lua
-- and places.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: a job must not be claimed between the look and the removal.

-- One that runs, by the epoch that runs it and its value there.
local function ask_to_cancel(queue, id, epoch, value)
  local attempt = string.match(value, '^%d+')
  redis.call('SADD', PREFIX .. '/x/' .. epoch, queue .. '/' .. id .. '/' .. attempt)
  call_worker(epoch)
  return true
end

-- One that does not run.
local function cancel_resting(base, id, envelope, tries, keep)
  if redis.call('HDEL', base .. 'j', id) == 0 then
    return false
  end
  local job = opened(envelope)
  leave_place(base, id, job)
  redis.call('HDEL', base .. 'c', id)
  drop_terms(base, id, job)
  local counts, reason = tries_of(tries)
  local record = record_of((counts or '0:0:0') .. ':0:', reason, envelope)
  keep_records(base, 'canceled', tonumber(job.keep) or keep, { id, record })
  count(base, 'canceled', 1)
  return true
end
