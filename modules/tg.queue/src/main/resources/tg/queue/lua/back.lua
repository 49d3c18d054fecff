-- Sends jobs back whose attempt has ended without an end of the job.
-- Part: put before the scripts that say so; after base.lua, lanes.lua, ends.lua, running.lua
-- and expiring.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: a job must be in exactly one place.
-- Tries without a reason keep the one that is remembered.
local function with_reason(base, id, tries)
  if string.find(tries, '^%d+:%d+:%d+:') then
    return tries
  end
  local _, reason = tries_of(redis.call('HGET', base .. 'c', id))
  return tries .. ':' .. (reason or '')
end

-- What is remembered of a job that goes back; one that was not started knows of no new attempt.
local function remembered(base, id, tries, how)
  if how == 'u' then
    return redis.call('HGET', base .. 'c', id) or '0:0:0:'
  end
  return with_reason(base, id, tries)
end

-- An attempt ends and the job goes back: to the head of its lane, to its tail, or to scheduled.
-- how: t tail or scheduled, h head, p head with the group closed, u head as if never started.
local function put_back(queue, base, id, envelope, entry, tries)
  local job = opened(envelope)
  if job.flags >= 8 then
    note_expiry(base, id, job, entry.how ~= 'u')
  end
  if entry.how ~= 'u' then
    redis.call('HSET', base .. 'c', id, with_reason(base, id, tries))
  end
  local delay = entry.delay
  if entry.how == 'p' and job.group ~= '' then
    close_group(base, job.group, delay)
  elseif entry.how ~= 'h' and entry.how ~= 'u' and delay > 0 then
    redis.call('ZADD', base .. 'd', NOW + delay, id)
    touched[queue] = true
    return
  end
  local ring = ring_of(queue, job.priority)
  if entry.how == 't' then
    add_tail(ring, job.group, id)
  else
    add_head(ring, job.group, id)
  end
end

local function cancel_instead(base, id, envelope, remembered, keep)
  local job = opened(envelope)
  local own = job.keep
  drop_terms(base, id, job)
  local tries, reason = tries_of(remembered)
  redis.call('HDEL', base .. 'j', id)
  redis.call('HDEL', base .. 'c', id)
  keep_records(base, 'canceled', tonumber(own) or keep, { id, record_of(tries .. ':0:', reason, envelope) })
  count(base, 'canceled', 1)
end
