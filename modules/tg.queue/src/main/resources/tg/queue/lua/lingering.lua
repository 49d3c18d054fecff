-- Finds jobs that have been running for long, the longest first.
-- Uses: base, places
-- KEYS[1] prefix string
-- ARGV[1] queue name
-- ARGV[2] time ms: running for at least that long
-- ARGV[3] limit count
-- Returns: for each job its id, and then what find.lua gives for a running one.
-- Atomicity: the list is of one instant.
local base, before = base_of(ARGV[1]), NOW - tonumber(ARGV[2])
local found = {}
for _, epoch in ipairs(epochs()) do
  local all = redis.call('HGETALL', base .. 'f/' .. epoch)
  for i = 1, #all, 2 do
    local since = tonumber(string.match(all[i + 1], ':(%d+)$') or NOW)
    if all[i] ~= '#' and since <= before then
      found[#found + 1] = { id = all[i], epoch = epoch, value = all[i + 1], since = since }
    end
  end
end
table.sort(found, function(a, b)
  return a.since < b.since or (a.since == b.since and a.id < b.id)
end)
local rows = {}
for i = 1, math.min(#found, tonumber(ARGV[3])) do
  local job = found[i]
  local envelope = redis.call('HGET', base .. 'j', job.id)
  if envelope then
    local tries = redis.call('HGET', base .. 'c', job.id) or ''
    rows[#rows + 1] = { job.id, 'running', envelope, tries, job.epoch, job.value }
  end
end
return rows
