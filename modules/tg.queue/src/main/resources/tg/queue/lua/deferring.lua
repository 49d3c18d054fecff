-- Lets jobs wait for the end of others.
-- Part: put before the scripts that say so; after base.lua, lanes.lua and ends.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: a job that waits for others must be known to each of them, or it would wait for ever.

-- An index in which nothing is open ends with its last entry.
local function let_by_expire(base)
  redis.call('ZREMRANGEBYSCORE', base .. 'by', '-inf', NOW)
  local last = redis.call('ZRANGE', base .. 'by', -1, -1, 'WITHSCORES')
  if last[2] and last[2] ~= 'inf' then
    redis.call('PEXPIREAT', base .. 'by', string.format('%.0f', last[2]))
  end
end

-- What wants to know of the end is in q/Q/by/ID: c/queue/id a job that depends on it, w/client a client
-- that waits. q/Q/by has the ids that have such, with the instant at which it is over: of jobs that have
-- not ended there is none.
local function concerns(base, id, member, until_ms)
  redis.call('ZADD', base .. 'by/' .. id, 'NX', NOW, member)
  if until_ms then
    redis.call('ZADD', base .. 'by/' .. id, 'inf', member)
    redis.call('PEXPIREAT', base .. 'by/' .. id, until_ms)
    redis.call('ZADD', base .. 'by', 'NX', until_ms, id)
    let_by_expire(base)
  else
    redis.call('PERSIST', base .. 'by/' .. id)
    redis.call('ZADD', base .. 'by', '+inf', id)
    redis.call('PERSIST', base .. 'by')
  end
end

-- Makes a job wait, or be scheduled, that waits for no other job any more.
local function release(queue, base, id, job)
  redis.call('ZREM', base .. 'df', id)
  redis.call('UNLINK', base .. 'on/' .. id)
  local due = tonumber(option(job, 'at')) or NOW + (tonumber(option(job, 'delay')) or 0)
  if due > NOW then
    redis.call('ZADD', base .. 'd', due, id)
    touched[queue] = true
  else
    add_tail(ring_of(queue, job.priority), job.group, id)
  end
end

local function cancel_deferred(base, id, envelope, job, reason)
  redis.call('ZREM', base .. 'df', id)
  redis.call('UNLINK', base .. 'on/' .. id)
  redis.call('HDEL', base .. 'j', id)
  drop_terms(base, id, job)
  local keep = tonumber(job.keep) or tonumber(option(job, 'kept')) or 3600000
  keep_records(base, 'canceled', keep, { id, record_of('0:0:0:0:', reason, envelope) })
  count(base, 'canceled', 1)
end

-- Whether the end of a job is what the job that depends on it needs.
local function suffices(job, kind)
  return kind == 'finished' or option(job, 'failing') == 'run'
end

-- Whether a new job must wait for others; then they know of it. Nor is it added when one of them ended
-- in a way that cancels it: then it is in its registry at once.
local function deferred(queue, base, id, envelope, job)
  local unmet, until_ms = {}, {}
  for name in string.gmatch(option(job, 'after') or '', '[^,]+') do
    local other, parent = string.match(name, '^([^+]*)%+(.*)$')
    local other_base = base_of(other)
    if redis.call('HEXISTS', other_base .. 'j', parent) == 1 then
      unmet[#unmet + 1] = name
    else
      local _, kind, bucket = find_ended(other_base, parent)
      if not suffices(job, kind) and option(job, 'failing') == 'keep' then
        unmet[#unmet + 1] = name
        until_ms[name] = bucket and string.match(bucket, '/(%d+)%.%d+$') or '0'
      elseif not suffices(job, kind) then
        cancel_deferred(base, id, envelope, job, other .. '/' .. parent
          .. (kind and ', on which it depends, ended as ' .. kind or ', on which it depends, is not known'))
        return true
      end
    end
  end
  if #unmet == 0 then
    return false
  end
  redis.call('HSET', base .. 'j', id, envelope)
  redis.call('ZADD', base .. 'df', NOW, id)
  many('SADD', base .. 'on/' .. id, unmet)
  for _, name in ipairs(unmet) do
    local other, parent = string.match(name, '^([^+]*)%+(.*)$')
    if until_ms[name] ~= '0' then
      concerns(base_of(other), parent, 'c/' .. queue .. '/' .. id, until_ms[name])
    end
  end
  return true
end
