-- Turns of groups that have no rules of their own.
-- Part: put before the scripts that say so; after base.lua, lanes.lua, running.lua and popping.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: an id leaves its lane and is in the running hash of an epoch in one step.

-- One job of each of these groups, up to so many. Returns how many groups that took.
local function single_jobs(groups, lanes, cache, ask, most, into, leave, again)
  local counts, changed, left = cache.counts, cache.changed, cache.left
  local call, prefix, limit = redis.call, lanes.prefix, ask.limit
  local n, stay = #into, #again
  local full = n + most
  for i = 1, #groups do
    local group = groups[i]
    local count = counts[group]
    if count and count >= limit then
      park(lanes.base, lanes.priority, group)
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
      if n == full then
        return i
      end
    end
  end
  return #groups
end

-- One job of each group, in the order of the turns: as the turn below, for less. Groups that have none
-- are made up for by those behind them, as long as there are such.
local function single_turn(queue, ring, groups, lanes, ask, into)
  local leave, again, had = {}, {}, 0
  local before = #into
  while #groups > 0 do
    local most = ask.want - (#into - before)
    had = had + single_jobs(groups, lanes, running_of(queue, groups), ask, most, into, leave, again)
    most = ask.want - (#into - before)
    groups = most > 0 and redis.call('LRANGE', ring, had, had + math.max(most, 16) - 1) or {}
  end
  return leave, again, #into - before, had
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
