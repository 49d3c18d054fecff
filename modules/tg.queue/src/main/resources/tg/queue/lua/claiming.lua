-- Claims jobs of a queue by priority and by turns of its groups.
-- Part: put before the scripts that say so; after base.lua, lanes.lua, running.lua, handing.lua and
-- popping.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: an id leaves its lane and is in the running hash of an epoch in one step.

-- One job of each group, in the order of the turns: as the turn below, for less.
local function single_turn(groups, lanes, cache, limit, priority, into)
  local counts, changed, left = cache.counts, cache.changed, cache.left
  local call, prefix = redis.call, lanes.prefix
  local leave, again, n = {}, {}, #into
  local before, stay = n, 0
  for i = 1, #groups do
    local group = groups[i]
    local count = counts[group]
    if count and count >= limit then
      park(lanes.base, priority, group)
      leave[#leave + 1] = group
    else
      local id = call('LPOP', prefix .. group)
      if id then
        n, stay = n + 1, stay + 1
        into[n] = id
        again[stay] = group
      else
        leave[#leave + 1] = group
      end
      if count then
        changed[group] = true
        left[group] = not id
        counts[group] = id and count + 1 or count
      end
    end
  end
  return leave, again, n - before
end

-- The turn of each group, with room for so many of its jobs.
local function wide_turn(groups, lanes, cache, ask, priority, into)
  local counts, changed, left = cache.counts, cache.changed, cache.left
  local room = math.floor(ask.want / #groups)
  local closed = ask.closed and redis.call('ZMSCORE', lanes.base .. 'shut', unpack(groups)) or {}
  local lists, leave, again, found = {}, {}, {}, 0
  for i, group in ipairs(groups) do
    local free = group == '' and room or math.min(room, ask.limit - counts[group])
    if closed[i] or free <= 0 then
      park(lanes.base, priority, group, closed[i])
      leave[#leave + 1] = group
    else
      local lane = lanes.prefix .. group
      local ids = pop(lanes.base, lane, free, ask.ghosts)
      local size = #ids
      lists[#lists + 1] = ids
      found = found + size
      local leaves = used_up(lane, size, free, #groups)
      local list = leaves and leave or again
      list[#list + 1] = group
      if group ~= '' then
        counts[group] = counts[group] + size
        changed[group] = true
        left[group] = leaves
      end
    end
  end
  interleaved(lists, into)
  return leave, again, found
end

-- One turn of every group at the front of the ring. Returns how many ids it found; nil when the ring
-- is empty.
local function turn(queue, base, priority, ask, into)
  local ring = base .. 'r/' .. priority
  local groups = redis.call('LRANGE', ring, 0, ask.want - 1)
  if #groups == 0 then
    return nil
  end
  local cache = running_of(queue, groups)
  local lanes = { base = base, prefix = base .. 'w/' .. priority .. '/' }
  local simple = #groups > 4 and 2 * #groups > ask.want and not ask.closed and not ask.ghosts
  local leave, again, found
  if simple then
    leave, again, found = single_turn(groups, lanes, cache, ask.limit, priority, into)
  else
    leave, again, found = wide_turn(groups, lanes, cache, ask, priority, into)
  end
  many('SREM', base .. 'm/' .. priority, leave)
  -- When all had their turn and all have more, the order is what it was.
  if #leave > 0 or redis.call('LLEN', ring) > #groups then
    redis.call('LTRIM', ring, #groups, -1)
    many('RPUSH', ring, again)
  end
  return found
end

local function claim(queue, step, answer, closed)
  local base = base_of(queue)
  local ids = {}
  local ask = {
    want = step.want,
    limit = step.limit,
    closed = closed,
    ghosts = redis.call('EXISTS', base .. 'gh') == 1,
  }
  for priority = 0, 3 do
    while ask.want > 0 do
      local found = turn(queue, base, priority, ask, ids)
      if not found then
        break
      end
      ask.want = ask.want - found
    end
  end
  if #ids > 0 then
    step.want = step.want - hand_out(queue, base, ids, step, answer)
  end
end
