-- Knows when jobs expire that have a deadline, or a limit to their waiting.
-- Part: put before the scripts that say so; after base.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: none of its own.

-- When the waiting for the first start is over, or nil.
local function start_by(job)
  local ttl, at = string.match(option(job, 'ttl') or '', '^(%d+)@?(%d*)$')
  return ttl and math.max(job.added, tonumber(at) or 0) + ttl or nil
end

local function deadline_of(job)
  local deadline = option(job, 'deadline')
  return deadline and job.added + deadline or nil
end

-- Remembers when the job expires, which depends on whether it has been started.
local function note_expiry(base, id, job, started)
  local first, last = not started and start_by(job) or nil, deadline_of(job)
  local expires = first and last and math.min(first, last) or first or last
  if expires then
    redis.call('ZADD', base .. 'exp', expires, id)
  else
    redis.call('ZREM', base .. 'exp', id)
  end
end
