-- Adds jobs: reads them from ARGV and collects them; lanes.lua writes the lanes.
-- Part: put before the scripts that say so; after base.lua, lanes.lua, ends.lua, keys.lua, expiring.lua
-- deferring.lua and keeping.lua.
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

-- Writes what was collected; what comes later can see it.
local function write_envelopes()
  for _, queue in ipairs(envelope_order) do
    if #envelopes[queue] > 0 then
      many('HSET', base_of(queue) .. 'j', envelopes[queue])
      tell('waiting', base_of(queue), envelopes[queue], 1)
    end
  end
  envelopes, envelope_order = {}, {}
end

local function add_one(queue, base, priority, group, new)
  local envelope = NOW_TEXT .. new.envelope
  added[queue] = (added[queue] or 0) + 1
  take_keys(base, new)
  local job = new.options and opened(envelope)
  if job then
    write_envelopes()
    note_expiry(base, new.id, job, false)
    if deferred(queue, base, new.id, envelope, job) then
      return
    end
  end
  redis.call('HSET', base .. 'j', new.id, envelope)
  if new.due and new.due > NOW then
    redis.call('ZADD', base .. 'd', new.due, new.id)
    tell('scheduled', base, { new.id }, 0)
    if redis.call('ZRANGE', base .. 'd', 0, 0)[1] == new.id then
      touched[queue] = true
    end
  else
    add_tail(ring_of(queue, priority), group, new.id)
    tell('waiting', base, { new.id }, 0)
  end
end

-- Reads one job of a run whose options are not empty. Returns it and the place of the next.
local function read_one(at, options)
  local new = { id = ARGV[at], envelope = ARGV[at + 1] }
  at = at + 2
  for option in string.gmatch(options, '.') do
    if option == 'n' then
      new.named = true
    elseif option == 'o' then
      new.options = true
    elseif option == 'a' then
      new.due = tonumber(ARGV[at])
    elseif option == 'd' then
      new.due = tonumber(ARGV[at]) + NOW
    else
      new[option] = ARGV[at]
    end
    if option == 't' then
      new.window = ARGV[at + 1]
      at = at + 1
    end
    at = (option == 'n' or option == 'o') and at or at + 1
  end
  return new, at
end

-- How many arguments a job of a run has.
local function width_of(options)
  if options == 'x' then
    return 1
  end
  local _, values = string.gsub(options, '[gadkqft]', '')
  return 2 + values + (string.find(options, 't', 1, true) and 1 or 0)
end

-- Reads one run: jobs of one lane with the same options. Options is a set of letters: n named, o has
-- options to be looked at; and with a value for each job: a at (ms), d delay (ms), k replace key, q key
-- until the start, f key until the end, t key and window (ms). Or it is g alone: then each job brings its
-- group. Or x alone: then the queue is another partition, and each entry a parcel.
local function read_run(at, allowed, number)
  local owner, queue, priority, group = tonumber(ARGV[at]), ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
  local options, size = ARGV[at + 4], tonumber(ARGV[at + 5])
  at = at + 6
  if options == 'x' then
    if allowed(owner) then
      keep_parcels(queue, at, size)
    end
    return at + size, number + size
  end
  if not allowed(owner) then
    return at + size * width_of(options), number + size
  end
  if options == '' then
    local list, tail = envelopes_of(queue), tail_of(ring_of(queue, priority), group)
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
    local list, ring = envelopes_of(queue), ring_of(queue, priority)
    local to = #list
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
    local new
    new, at = read_one(at, options)
    local other = other_than(queue, base, new)
    if other then
      existing[#existing + 1] = 'I' .. (number + i) .. '=' .. other
    else
      add_one(queue, base, priority, group, new)
    end
  end
  return at, number + size
end

local function write_added()
  write_envelopes()
  for queue, size in pairs(added) do
    count(base_of(queue), 'added', size)
  end
end
