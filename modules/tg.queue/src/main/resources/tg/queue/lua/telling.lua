-- Tells whom the end of a job concerns: jobs that wait for it, and clients.
-- Part: put before the scripts that say so; after base.lua, lanes.lua, ends.lua and deferring.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: a job that waits for others is told of each end once, or it would start twice or never.
local MOST_TOLD = 100
-- Whether something is left to later scripts.
local more_to_tell = false

-- Tells a job of the end of one it depends on. Returns whether it goes on waiting for that.
local function tell_job(queue, id, parent, kind)
  local base = base_of(queue)
  local envelope = redis.call('HGET', base .. 'j', id)
  if not envelope or not redis.call('ZSCORE', base .. 'df', id) then
    return false
  end
  local job = opened(envelope)
  if suffices(job, kind) then
    if redis.call('SREM', base .. 'on/' .. id, parent) == 1
      and redis.call('EXISTS', base .. 'on/' .. id) == 0 then
      release(queue, base, id, job)
    end
    return false
  elseif option(job, 'failing') == 'keep' then
    return true
  end
  cancel_deferred(base, id, envelope, job, string.gsub(parent, '%+', '/') .. ', on which it depends, ended as ' .. kind)
  return false
end

local function tell_client(client, name)
  local ear = PREFIX .. '/ear/' .. client
  redis.call('RPUSH', ear, name)
  redis.call('PEXPIRE', ear, 60000)
end

-- Tells whom the end of a job concerns, at most so many. Returns how many.
local function tell_of(finish, most)
  local base, id = finish.base, finish.id
  local queue, key = queue_of(base), base .. 'by/' .. id
  local members = redis.call('ZRANGEBYSCORE', key, '-inf', '(inf', 'LIMIT', 0, most)
  local gone = {}
  for _, member in ipairs(members) do
    local other, other_id = string.match(member, '^c/([^/]*)/(.*)$')
    if not other then
      tell_client(string.sub(member, 3), queue .. '/' .. id)
      gone[#gone + 1] = member
    elseif tell_job(other, other_id, queue .. '+' .. id, finish.kind) then
      redis.call('ZADD', key, 'inf', member)
    else
      gone[#gone + 1] = member
    end
  end
  many('ZREM', key, gone)
  if redis.call('ZCOUNT', key, '-inf', '(inf') > 0 then
    redis.call('RPUSH', PREFIX .. '/fan', queue .. '/' .. id .. '/' .. finish.kind .. '/' .. finish.keep)
    more_to_tell = true
    return #members
  end
  if redis.call('EXISTS', key) == 0 then
    redis.call('ZREM', base .. 'by', id)
  else
    redis.call('PEXPIRE', key, finish.keep + 1)
    redis.call('ZADD', base .. 'by', NOW + finish.keep + 1, id)
  end
  let_by_expire(base)
  return #members
end

-- Tells of all ends of this script, as far as they concern somebody, and of those they cause. What is too
-- much for one script is left to later ones.
local function tell_dependents()
  local told, at = 0, 1
  while at <= #ended do
    local finish = ended[at]
    if redis.call('ZSCORE', finish.base .. 'by', finish.id) then
      told = told + tell_of(finish, math.max(0, MOST_TOLD - told))
    end
    at = at + 1
  end
  ended = {}
end

-- Takes up what an earlier script left.
local function tell_later()
  local left = redis.call('LPOP', PREFIX .. '/fan', 10) or {}
  more_to_tell = #left == 10
  for _, name in ipairs(left) do
    local queue, id, kind, keep = string.match(name, '^([^/]*)/([^/]*)/([^/]*)/(.*)$')
    ended[#ended + 1] = { base = base_of(queue), kind = kind, id = id, keep = tonumber(keep) }
  end
end

-- A job that had ended begins anew: who kept waiting for it waits for its next end.
local function reborn(base, id)
  if redis.call('ZSCORE', base .. 'by', id) then
    for _, member in ipairs(redis.call('ZRANGEBYSCORE', base .. 'by/' .. id, 'inf', 'inf')) do
      redis.call('ZADD', base .. 'by/' .. id, NOW, member)
      concerns(base, id, member)
    end
  end
end
