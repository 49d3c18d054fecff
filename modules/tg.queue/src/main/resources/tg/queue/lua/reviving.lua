-- Puts ended jobs back to waiting, or forgets them.
-- Part: put before the scripts that say so; after base.lua, lanes.lua, ends.lua, expiring.lua, deferring.lua,
-- telling.lua and places.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: a job must be in exactly one place.
local function revive(queue, id, record, bucket)
  local base = base_of(queue)
  if redis.call('HDEL', bucket, id) == 0 then
    return false
  end
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
  add_tail(ring_of(queue, job.priority), job.group, id)
  count(base, 'requeued', 1)
  tell('waiting', base, { id }, 0)
  return true
end

local function write_revived(queue)
  write_lanes()
  ring_bell(queue)
  write_events()
end

local function forget(base, id, bucket)
  if redis.call('HDEL', bucket, id) == 0 then
    return false
  end
  redis.call('UNLINK', base .. 'side/' .. id)
  tell('deleted', base, { id }, 0)
  return true
end
