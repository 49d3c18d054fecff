-- Makes waiting what is due.
-- Part: put before the scripts that say so; after base.lua and lanes.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: a job must be in exactly one place, a lane with jobs in its ring or parked.

-- Parked groups wait for the end of a closure; without them nobody needs to know once it is over.
local function let_shut_expire(base)
  if redis.call('EXISTS', base .. 'park') == 0 then
    local last = redis.call('ZRANGE', base .. 'shut', -1, -1, 'WITHSCORES')
    if last[2] == 'inf' then
      redis.call('PERSIST', base .. 'shut')
    elseif last[2] then
      redis.call('PEXPIREAT', base .. 'shut', string.format('%.0f', last[2] + 1000))
    end
  end
end

-- Groups that were parked join their rings again.
local function unpark(queue, base, groups)
  local parked = fields(base .. 'park', groups)
  local found = {}
  for i, group in ipairs(groups) do
    if parked[i] then
      found[#found + 1] = group
      for priority in string.gmatch(parked[i], '%d') do
        join(queue, priority, group)
      end
    end
  end
  if #found > 0 then
    many('HDEL', base .. 'park', found)
    let_shut_expire(base)
  end
end

local function any_waiting(base)
  local ring = base .. 'r/'
  return redis.call('EXISTS', ring .. '0', ring .. '1', ring .. '2', ring .. '3') > 0
end

-- Queues of which more is due than could join; and those in which nothing has a time of its own.
local overdue, timeless = {}, {}

-- How many due jobs join those that wait: as many as a claim takes, but few enough that the step stays short;
-- and half of that when others wait already, so that a million of them that are due at once leave room for
-- fresh ones.
local function due_at_once(base, want, odd)
  if not any_waiting(base) then
    return math.min(50, math.max(16, want))
  end
  return want == 1 and (odd and 1 or 0) or math.min(50, math.floor(want / 2))
end

-- Moves what is due: scheduled jobs to their lanes, closed groups back to their rings. Returns when
-- the next is due, or nil, and whether
-- some group is still closed.
local function promote(queue, want, odd)
  local base = base_of(queue)
  timeless[queue] = redis.call('EXISTS', base .. 'd', base .. 'shut', base .. 'exp') == 0
  if timeless[queue] then
    return nil, false
  end
  local next_due
  local first = redis.call('ZRANGE', base .. 'd', 0, 0, 'WITHSCORES')
  if first[2] and tonumber(first[2]) <= NOW then
    local ids = redis.call('ZRANGEBYSCORE', base .. 'd', '-inf', NOW, 'LIMIT', 0, due_at_once(base, want, odd))
    many('ZREM', base .. 'd', ids)
    if #ids > 0 then
      tell('waiting', base, ids, 0)
    end
    for i, envelope in ipairs(fields(base .. 'j', ids)) do
      if envelope then
        local job = opened(envelope)
        add_tail(ring_of(queue, job.priority), job.group, ids[i])
      end
    end
    first = redis.call('ZRANGE', base .. 'd', 0, 0, 'WITHSCORES')
  end
  next_due = tonumber(first[2])
  overdue[queue] = next_due ~= nil and next_due <= NOW
  if overdue[queue] then
    next_due = nil
  end
  local shut = redis.call('ZRANGE', base .. 'shut', 0, 0, 'WITHSCORES')
  if shut[2] and tonumber(shut[2]) <= NOW then
    local groups = redis.call('ZRANGEBYSCORE', base .. 'shut', '-inf', NOW, 'LIMIT', 0, 500)
    redis.call('ZREM', base .. 'shut', unpack(groups))
    unpark(queue, base, groups)
    shut = redis.call('ZRANGE', base .. 'shut', 0, 0, 'WITHSCORES')
  end
  if shut[2] and shut[2] ~= 'inf' and (not next_due or tonumber(shut[2]) < next_due) then
    next_due = tonumber(shut[2])
  end
  return next_due, shut[1] ~= nil
end
