-- Counts again how many jobs of each group run, and compares the rings with their members.
-- Uses: base, places
-- KEYS[1] prefix string
-- ARGV[1] queue name
-- ARGV[2] most count: of running jobs and of groups of a ring that are looked at one by one
-- ARGV[3] most bytes: of the envelopes read
-- ARGV[4..] group name: of which the count is compared, besides those that have running jobs
-- Returns: how many groups were counted, or -1 when too much runs; then for each difference a kind, a name
-- and what is wrong.
-- Atomicity: in a busy queue numbers of two instants differ always.
local base, most, most_bytes = base_of(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local answer = { -1 }

local function differs(kind, name, what)
  local n = #answer
  answer[n + 1], answer[n + 2], answer[n + 3] = kind, name, what
end

-- How many run of each group; nil when that is too much.
local function counted()
  local sum, bytes, all, counts = 0, 0, epochs(), {}
  for _, epoch in ipairs(all) do
    sum = sum + holds(base, epoch)
  end
  if sum > most then
    return nil
  end
  for _, epoch in ipairs(all) do
    local ids = redis.call('HKEYS', base .. 'f/' .. epoch)
    for from = 1, #ids, 50 do
      for i, envelope in ipairs(fields(base .. 'j', { unpack(ids, from, math.min(from + 49, #ids)) })) do
        local id = ids[from + i - 1]
        if envelope then
          local group = string.match(envelope, '^..([^/]*)', 14)
          counts[group] = (counts[group] or 0) + 1
          bytes = bytes + #envelope
        elseif id ~= '#' then
          differs('WITHOUT_JOB', id, 'running')
        end
      end
      if bytes > most_bytes then
        return nil
      end
    end
  end
  return counts
end

local function compare(counts)
  local groups = {}
  for i = 4, #ARGV do
    counts[ARGV[i]] = counts[ARGV[i]] or 0
  end
  for group in pairs(counts) do
    if group ~= '' then
      groups[#groups + 1] = group
    end
  end
  for i, value in ipairs(fields(base .. 'run', groups)) do
    local recorded = tonumber(value or '0')
    if recorded ~= counts[groups[i]] then
      differs('RUNNING', groups[i], recorded .. ' recorded, ' .. counts[groups[i]] .. ' run')
    end
  end
  return #groups
end

local function compare_ring(priority)
  local ring, members = base .. 'r/' .. priority, base .. 'm/' .. priority
  local size, known = redis.call('LLEN', ring), redis.call('SCARD', members)
  if math.max(size, known) > most then
    if size ~= known then
      differs('RING', tostring(priority), size .. ' groups take turns, ' .. known .. ' are known to')
    end
    return
  end
  local seen = {}
  for _, group in ipairs(redis.call('LRANGE', ring, 0, -1)) do
    if seen[group] then
      differs('RING', priority .. '/' .. group, 'takes two turns')
    end
    seen[group] = true
  end
  for _, group in ipairs(redis.call('SMEMBERS', members)) do
    if not seen[group] then
      differs('RING', priority .. '/' .. group, 'takes no turns, though it is known to')
    end
    seen[group] = nil
  end
  for group in pairs(seen) do
    differs('RING', priority .. '/' .. group, 'takes turns, and is not known to')
  end
end

local counts = counted()
if counts then
  answer[1] = compare(counts)
end
for priority = 0, 3 do
  compare_ring(priority)
end
return answer
