-- Puts jobs into lanes and lanes into their rings; everything is collected and written at once.
-- Part: put before the scripts that say so; after base.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: a lane with jobs must be in its ring, or parked.
local lanes, lane_order = {}, {}
local joins, join_order = {}, {}
local touched = {}

local function lane_of(queue, priority, group)
  local key = base_of(queue) .. 'w/' .. priority .. '/' .. group
  local lane = lanes[key]
  if not lane then
    lane = { key = key, queue = queue, priority = priority, group = group, tail = {} }
    lanes[key] = lane
    lane_order[#lane_order + 1] = lane
  end
  return lane
end

local function add_head(lane, id)
  lane.head = lane.head or {}
  lane.head[#lane.head + 1] = id
end

-- A group joins the end of its ring, if it is not in it.
local function join(queue, priority, group)
  local ring = base_of(queue) .. 'r/' .. priority
  local list = joins[ring]
  if not list then
    list = {}
    joins[ring] = list
    join_order[#join_order + 1] = ring
  end
  list[#list + 1] = group
  touched[queue] = true
end

local function turn_after_last(ring)
  local last = redis.call('ZRANGE', ring, -1, -1, 'WITHSCORES')
  return (tonumber(last[2]) or 0) + 1
end

local function write_joins()
  for _, ring in ipairs(join_order) do
    local turn = turn_after_last(ring)
    local members = {}
    for i, group in ipairs(joins[ring]) do
      members[2 * i - 1] = turn + i - 1
      members[2 * i] = group
    end
    for from = 1, #members, 1000 do
      redis.call('ZADD', ring, 'NX', unpack(members, from, math.min(from + 999, #members)))
    end
  end
  joins, join_order = {}, {}
end

local function write_lanes()
  for _, lane in ipairs(lane_order) do
    local head, tail = lane.head or {}, lane.tail
    local length = 0
    if #head > 0 then
      local reversed = {}
      for i = #head, 1, -1 do
        reversed[#reversed + 1] = head[i]
      end
      length = many('LPUSH', lane.key, reversed)
    end
    if #tail == 1 then
      length = redis.call('RPUSH', lane.key, tail[1])
    elseif #tail > 1 then
      length = many('RPUSH', lane.key, tail)
    end
    if length == #head + #tail then
      join(lane.queue, lane.priority, lane.group)
    end
    touched[lane.queue] = true
  end
  lanes, lane_order = {}, {}
  write_joins()
end

-- Parked groups wait for the end of a closure; without them nobody needs to know once it is over.
local function let_shut_expire(base)
  if redis.call('EXISTS', base .. 'park') == 0 then
    local last = redis.call('ZRANGE', base .. 'shut', -1, -1, 'WITHSCORES')
    if last[2] then
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

-- Moves what is due: scheduled jobs to their lanes, closed groups back to their rings. Returns when
-- the next is due, or nil, and whether
-- some group is still closed.
local function promote(queue)
  local base = base_of(queue)
  local next_due
  local first = redis.call('ZRANGE', base .. 'd', 0, 0, 'WITHSCORES')
  if first[2] and tonumber(first[2]) <= NOW then
    local ids = redis.call('ZRANGEBYSCORE', base .. 'd', '-inf', NOW, 'LIMIT', 0, 500)
    redis.call('ZREM', base .. 'd', unpack(ids))
    for i, envelope in ipairs(fields(base .. 'j', ids)) do
      if envelope then
        local job = opened(envelope)
        local tail = lane_of(queue, job.priority, job.group).tail
        tail[#tail + 1] = ids[i]
      end
    end
    first = redis.call('ZRANGE', base .. 'd', 0, 0, 'WITHSCORES')
  end
  next_due = tonumber(first[2])
  local shut = redis.call('ZRANGE', base .. 'shut', 0, 0, 'WITHSCORES')
  if shut[2] and tonumber(shut[2]) <= NOW then
    local groups = redis.call('ZRANGEBYSCORE', base .. 'shut', '-inf', NOW, 'LIMIT', 0, 500)
    redis.call('ZREM', base .. 'shut', unpack(groups))
    unpark(queue, base, groups)
    shut = redis.call('ZRANGE', base .. 'shut', 0, 0, 'WITHSCORES')
  end
  if shut[2] and (not next_due or tonumber(shut[2]) < next_due) then
    next_due = tonumber(shut[2])
  end
  return next_due, shut[1] ~= nil
end
