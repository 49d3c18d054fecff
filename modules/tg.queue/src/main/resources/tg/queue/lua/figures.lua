-- Measures a queue.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] queue name
-- ARGV[2] most count: of the lanes of each priority, and of those that may not run now, in which the
-- oldest job is sought
-- Returns: added, finished, failed, canceled, workers, oldest ms or -1.
-- Atomicity: the numbers are of one instant.
local base, most = base_of(ARGV[1]), tonumber(ARGV[2])
local answer = {}
for i, total in ipairs(redis.call('HMGET', base .. 'n', 'added', 'finished', 'failed', 'canceled')) do
  answer[i] = tonumber(total) or 0
end
local workers = 0
for _, epoch in ipairs(redis.call('ZRANGEBYSCORE', PREFIX .. '/lease', NOW, '+inf')) do
  workers = workers + redis.call('EXISTS', base .. 'f/' .. epoch)
end

local oldest
local function look(priority, group)
  local id = redis.call('LINDEX', base .. 'w/' .. priority .. '/' .. group, 0)
  local envelope = id and redis.call('HGET', base .. 'j', id)
  local added = envelope and tonumber(string.sub(envelope, 1, 13))
  if added and (not oldest or added < oldest) then
    oldest = added
  end
end

for priority = 0, 3 do
  for _, group in ipairs(redis.call('LRANGE', base .. 'r/' .. priority, 0, most - 1)) do
    look(priority, group)
  end
end
local parked = redis.call('HSCAN', base .. 'park', '0', 'COUNT', most)[2]
for i = 1, #parked, 2 do
  for priority in string.gmatch(parked[i + 1], '%d') do
    look(priority, parked[i])
  end
end
answer[5] = workers
answer[6] = oldest and math.max(0, NOW - oldest) or -1
return answer
