-- Looks up a job.
-- Uses: base, ends, places
-- KEYS[1] prefix string
-- ARGV[1] queue name
-- ARGV[2] id name
-- Returns: nothing; or finished, failed or canceled, record; or waiting, envelope, tries; or
-- scheduled, envelope, tries, due ms; or deferred, envelope, tries, then what it waits for; or running,
-- envelope, tries, epoch, value.
-- Atomicity: a job that moves must be found in one place.
local base, id = base_of(ARGV[1]), ARGV[2]
local envelope = redis.call('HGET', base .. 'j', id)
if not envelope then
  local record, kind = find_ended(base, id)
  return record and { kind, record } or {}
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
