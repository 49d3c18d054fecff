-- Finds a job, wherever it is.
-- Part: put before the scripts that say so; after base.lua, ends.lua and places.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: a job that moves must be found in one place.

-- Nothing; or finished, failed or canceled, record; or waiting, envelope, tries; or scheduled, envelope,
-- tries, due ms; or deferred, envelope, tries, then what it waits for; or running, envelope, tries, epoch,
-- value. Beside the list is the bucket of a record.
local function found(base, id)
  local envelope = redis.call('HGET', base .. 'j', id)
  if not envelope then
    local record, kind, bucket = find_ended(base, id)
    return record and { kind, record, bucket = bucket } or {}
  end
  local tries = redis.call('HGET', base .. 'c', id) or ''
  local due = redis.call('ZSCORE', base .. 'd', id)
  if due then
    return { 'scheduled', envelope, tries, due }
  end
  if redis.call('ZSCORE', base .. 'df', id) then
    return { 'deferred', envelope, tries, unpack(redis.call('SMEMBERS', base .. 'on/' .. id)) }
  end
  local epoch, value = holder(base, id)
  if epoch then
    return { 'running', envelope, tries, epoch, value }
  end
  return { 'waiting', envelope, tries }
end
