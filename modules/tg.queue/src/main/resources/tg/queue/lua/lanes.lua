-- Puts jobs into lanes and lanes into their rings; everything is collected and written at once.
-- Part: put before the scripts that say so; after base.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: a lane with jobs must be in its ring, or parked.
local rings, ring_order = {}, {}
local touched = {}

-- The lanes of a priority. What is to be added is in heads and tails by group, in the order of the
-- groups; a lone id is kept as it is, because most lanes get one.
local function ring_of(queue, priority)
  local key = base_of(queue) .. 'r/' .. priority
  local ring = rings[key]
  if not ring then
    ring = {
      key = key,
      members = base_of(queue) .. 'm/' .. priority,
      queue = queue,
      lanes = base_of(queue) .. 'w/' .. priority .. '/',
      order = {},
      heads = {},
      tails = {},
      joins = {},
    }
    rings[key] = ring
    ring_order[#ring_order + 1] = ring
  end
  return ring
end

-- What is to be added to a lane, as a list.
local function tail_of(ring, group)
  local tail = ring.tails[group]
  if type(tail) ~= 'table' then
    if not tail then
      ring.order[#ring.order + 1] = group
    end
    tail = { tail }
    ring.tails[group] = tail
  end
  return tail
end

local function add_tail(ring, group, id)
  local tails = ring.tails
  local tail = tails[group]
  if not tail then
    tails[group] = id
    ring.order[#ring.order + 1] = group
  elseif type(tail) == 'string' then
    tails[group] = { tail, id }
  else
    tail[#tail + 1] = id
  end
end

local function add_head(ring, group, id)
  local head = ring.heads[group]
  if not head then
    head = {}
    ring.heads[group] = head
    tail_of(ring, group)
  end
  head[#head + 1] = id
end

-- A group joins the end of its ring, if it is not in it.
local function join(queue, priority, group)
  local joins = ring_of(queue, priority).joins
  joins[#joins + 1] = group
  touched[queue] = true
end

-- Of the groups, each once, those that are not in the ring.
local function outside(ring, groups)
  local new, seen = {}, {}
  for from = 1, #groups, 1000 do
    local to = math.min(from + 999, #groups)
    for i, inside in ipairs(redis.call('SMISMEMBER', ring.members, unpack(groups, from, to))) do
      local group = groups[from + i - 1]
      if inside == 0 and not seen[group] then
        seen[group] = true
        new[#new + 1] = group
      end
    end
  end
  return new
end

local function write_joins(ring)
  local new = outside(ring, ring.joins)
  many('SADD', ring.members, new)
  many('RPUSH', ring.key, new)
end

-- The latest of the head is the first.
local function push_head(lane, head)
  local reversed = {}
  for i = #head, 1, -1 do
    reversed[#reversed + 1] = head[i]
  end
  return many('LPUSH', lane, reversed)
end

local function write_ring(ring)
  local heads, tails, joins = ring.heads, ring.tails, ring.joins
  local any_head = next(heads) ~= nil
  local order, prefix, call = ring.order, ring.lanes, redis.call
  for i = 1, #order do
    local group = order[i]
    local lane, tail = prefix .. group, tails[group]
    local size, length = 1, 0
    if type(tail) == 'string' and not any_head then
      length = call('RPUSH', lane, tail)
    else
      tail = type(tail) == 'string' and { tail } or tail
      local head = heads[group] or {}
      size = #head + #tail
      length = #head > 0 and push_head(lane, head) or 0
      length = #tail > 0 and many('RPUSH', lane, tail) or length
    end
    if length == size then
      joins[#joins + 1] = group
    end
  end
  if #ring.order > 0 then
    touched[ring.queue] = true
  end
  if #joins > 0 then
    write_joins(ring)
  end
end

local function write_lanes()
  for _, ring in ipairs(ring_order) do
    write_ring(ring)
  end
  rings, ring_order = {}, {}
end
