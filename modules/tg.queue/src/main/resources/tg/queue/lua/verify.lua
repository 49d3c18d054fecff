-- Looks at a slice of a queue for what does not fit together. Changes nothing.
-- Uses: base, places, elsewhere
-- KEYS[1] prefix string
-- ARGV[1] queue name
-- ARGV[2] part name: open, scheduled, deferred, groups, ring, parked or lanes
-- ARGV[3] cursor: 0 at the beginning, then what the slice before gave; of lanes it belongs to the first
-- ARGV[4] most count: of the slice
-- ARGV[5..] place name: of ring the priority; of lanes each priority/group
-- Returns: the next cursor, 0 after the last; a list: of open and lanes ids, each with its lane, of groups
-- those with running jobs, of ring and parked lanes; a list of differences, each a kind, a name and what is
-- wrong; how many were looked at; of lanes how many are done.
-- Atomicity: what one slice compares is of one instant.
local base, part, cursor, most = base_of(ARGV[1]), ARGV[2], ARGV[3], tonumber(ARGV[4])
local items, wrong = {}, {}

local function differs(kind, name, what)
  local n = #wrong
  wrong[n + 1], wrong[n + 2], wrong[n + 3] = kind, name, what
end

local function without_job(ids, where)
  for _, id in ipairs(ids) do
    if redis.call('HEXISTS', base .. 'j', id) == 0 then
      differs('WITHOUT_JOB', id, where)
    end
  end
end

local function open_jobs()
  local page = redis.call('HSCAN', base .. 'j', cursor, 'COUNT', most)
  local ids, lanes = {}, {}
  for i = 1, #page[2], 2 do
    ids[#ids + 1] = page[2][i]
    local priority, group = string.match(page[2][i + 1], '^.(.)([^/]*)', 14)
    lanes[#ids] = priority .. '/' .. group
  end
  for i, places in ipairs(elsewhere(base, ids)) do
    if places == 0 then
      items[#items + 1], items[#items + 2] = ids[i], lanes[i]
    elseif places > 1 then
      differs('TWICE', ids[i], 'scheduled, deferred or running more than once')
    end
  end
  return page[1], #ids
end

-- From the end: what leaves at the front meanwhile moves nothing.
local function sorted_jobs(key, where)
  local seen = tonumber(cursor)
  local ids = redis.call('ZRANGE', key, -seen - most, -seen - 1)
  without_job(ids, where)
  return #ids < most and 0 or seen + #ids, #ids
end

local function running_groups()
  local page = redis.call('HSCAN', base .. 'run', cursor, 'COUNT', most)
  for i = 1, #page[2], 2 do
    if page[2][i] ~= '#' and tonumber(page[2][i + 1]) ~= 0 then
      items[#items + 1] = page[2][i]
    end
  end
  return page[1], #page[2] / 2
end

local function ring(priority)
  local seen = tonumber(cursor)
  local groups = redis.call('LRANGE', base .. 'r/' .. priority, -seen - most, -seen - 1)
  for i, group in ipairs(groups) do
    items[i] = priority .. '/' .. group
  end
  return #groups < most and 0 or seen + #groups, #groups
end

local function parked()
  local page = redis.call('HSCAN', base .. 'park', cursor, 'COUNT', most)
  for i = 1, #page[2], 2 do
    local group = page[2][i]
    for priority in string.gmatch(page[2][i + 1], '%d') do
      items[#items + 1] = priority .. '/' .. group
    end
    local running = tonumber(redis.call('HGET', base .. 'run', group) or '0')
    if running == 0 and not redis.call('ZSCORE', base .. 'shut', group) then
      differs('NO_TURN', group, 'parked, though none of its jobs runs and it is not closed')
    end
  end
  return page[1], #page[2] / 2
end

local function lane_slice(lane, ids)
  local names, counts, seen = {}, elsewhere(base, ids), {}
  for i, id in ipairs(ids) do
    names[i] = lane .. '/' .. id
  end
  local ghosts, jobs = fields(base .. 'gh', names), {}
  for i, id in ipairs(ids) do
    if ghosts[i] then
      -- It may have come back, and be here a second time.
      if counts[i] == 0 and redis.call('HEXISTS', base .. 'j', id) == 1 then
        items[#items + 1], items[#items + 2] = id, lane
      end
    else
      jobs[#jobs + 1] = id
      items[#items + 1], items[#items + 2] = id, lane
      if seen[id] or counts[i] > 0 then
        differs('TWICE', id, seen[id] and 'twice in lane ' .. lane or 'in lane ' .. lane .. ' and elsewhere')
      end
      seen[id] = true
    end
  end
  without_job(jobs, 'in lane ' .. lane)
  local priority, group = string.match(lane, '^(%d)/(.*)$')
  if #ids > 0 and redis.call('SISMEMBER', base .. 'm/' .. priority, group) == 0
    and not string.find(redis.call('HGET', base .. 'park', group) or '', priority, 1, true) then
    differs('NO_TURN', lane, 'a lane with jobs, neither in its ring nor parked')
  end
end

local at, sum = 5, 0
if part == 'lanes' then
  local seen = tonumber(cursor)
  while ARGV[at] and sum < most do
    local ids = redis.call('LRANGE', base .. 'w/' .. ARGV[at], -seen - (most - sum), -seen - 1)
    local whole = #ids < most - sum
    lane_slice(ARGV[at], ids)
    seen, sum, at = whole and 0 or seen + #ids, sum + math.max(1, #ids), whole and at + 1 or at
  end
  cursor = seen
elseif part == 'open' then
  cursor, sum = open_jobs()
elseif part == 'groups' then
  cursor, sum = running_groups()
elseif part == 'ring' then
  cursor, sum = ring(ARGV[at])
elseif part == 'parked' then
  cursor, sum = parked()
else
  cursor, sum = sorted_jobs(base .. (part == 'deferred' and 'df' or 'd'), part)
end
return { tostring(cursor), items, wrong, sum, at - 5 }
