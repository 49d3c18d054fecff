-- Adds jobs: reads them from ARGV and collects them; lanes.lua writes the lanes.
-- Part: put before the scripts that say so; after base.lua, lanes.lua and ends.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: an envelope must exist as long as its id is in a lane or scheduled.
local envelopes, envelope_order, added = {}, {}, {}
local existing = {}

local function envelopes_of(queue)
  local list = envelopes[queue]
  if not list then
    list = {}
    envelopes[queue] = list
    envelope_order[#envelope_order + 1] = queue
  end
  return list
end

local function known(base, id)
  return redis.call('HEXISTS', base .. 'j', id) == 1 or find_ended(base, id) ~= nil
end

-- Gives the job that waits under the key this one's type, headers and payload. Returns its id, or nil.
local function replaced(queue, base, key, envelope)
  local id = redis.call('HGET', base .. 'u', key)
  local old = id and redis.call('HGET', base .. 'j', id)
  if not old then
    return nil
  end
  local new = NOW_TEXT .. envelope
  local was, is = opened(old), opened(new)
  local flags = string.char(48 + was.flags - was.flags % 4 + was.flags % 2 + (is.flags % 4 >= 2 and 2 or 0))
  redis.call('HSET', base .. 'j', id,
    string.sub(old, 1, 13) .. flags .. was.priority .. was.group .. '/' .. is.kind .. '/' .. was.keep
      .. '/' .. was.key .. '/' .. is.headers .. was.options .. string.sub(new, is.rest))
  return id
end

-- Keeps jobs for another partition until somebody takes them there: relay of parcels.lua, receive.lua
-- and received.lua. Numbers grow with the clock and with each other.
local function keep_parcels(to, at, size)
  local sent, list = PREFIX .. '/sent', {}
  local number = math.max(tonumber(redis.call('HGET', sent, to)) or 0, NOW * 1000)
  for i = 1, size do
    list[i] = string.format('%.0f', number + i) .. ' ' .. ARGV[at + i - 1]
  end
  many('RPUSH', PREFIX .. '/out/' .. to, list)
  redis.call('SADD', PREFIX .. '/outs', to)
  redis.call('HSET', sent, to, string.format('%.0f', number + size))
  redis.call('PEXPIRE', sent, 34560000000)
end

-- Reads one run: jobs of one lane with the same options. Options is a set of letters: n named,
-- k replace key, a at (ms), d delay (ms); the last three add a value to each job. Or it is g alone:
-- then each job brings its group. Or x alone: then the queue is a partition, and each entry a parcel.
local function read_run(at, allowed, number)
  local owner, queue, priority, group = tonumber(ARGV[at]), ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
  local options, size = ARGV[at + 4], tonumber(ARGV[at + 5])
  at = at + 6
  local wide = options == 'g' and 3 or (options == '' or options == 'n') and 2 or (2 + #string.gsub(options, 'n', ''))
  if options == 'x' then
    if allowed(owner) then
      keep_parcels(queue, at, size)
    end
    return at + size, number + size
  end
  local list = envelopes_of(queue)
  if not allowed(owner) then
    return at + size * wide, number + size
  end
  if options == '' then
    local tail = tail_of(ring_of(queue, priority), group)
    local from, to = #tail, #list
    for i = 1, size do
      tail[from + i] = ARGV[at]
      list[to + 2 * i - 1] = ARGV[at]
      list[to + 2 * i] = NOW_TEXT .. ARGV[at + 1]
      at = at + 2
    end
    added[queue] = (added[queue] or 0) + size
    return at, number + size
  end
  if options == 'g' then
    local ring, to = ring_of(queue, priority), #list
    for i = 1, size do
      add_tail(ring, ARGV[at + 2], ARGV[at])
      list[to + 2 * i - 1] = ARGV[at]
      list[to + 2 * i] = NOW_TEXT .. ARGV[at + 1]
      at = at + 3
    end
    added[queue] = (added[queue] or 0) + size
    return at, number + size
  end
  local base = base_of(queue)
  for i = 1, size do
    local id, envelope, extra = ARGV[at], ARGV[at + 1], at + 2
    local due, key
    for option in string.gmatch(options, '[kad]') do
      if option == 'k' then
        key = ARGV[extra]
      else
        due = tonumber(ARGV[extra]) + (option == 'd' and NOW or 0)
      end
      extra = extra + 1
    end
    at = at + wide
    local other = string.find(options, 'n') and known(base, id) and id
    other = other or key and replaced(queue, base, key, envelope)
    if other then
      existing[#existing + 1] = 'I' .. (number + i) .. '=' .. other
    else
      redis.call('HSET', base .. 'j', id, NOW_TEXT .. envelope)
      if key then
        redis.call('HSET', base .. 'u', key, id)
      end
      if due and due > NOW then
        redis.call('ZADD', base .. 'd', due, id)
        if redis.call('ZRANGE', base .. 'd', 0, 0)[1] == id then
          touched[queue] = true
        end
      else
        add_tail(ring_of(queue, priority), group, id)
      end
      added[queue] = (added[queue] or 0) + 1
    end
  end
  return at, number + size
end

local function write_added()
  for _, queue in ipairs(envelope_order) do
    if #envelopes[queue] > 0 then
      many('HSET', base_of(queue) .. 'j', envelopes[queue])
    end
    count(base_of(queue), 'added', added[queue] or 0)
  end
end
