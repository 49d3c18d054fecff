-- Counts the jobs of a queue, or of one group of it.
-- Uses: base, ends, places
-- KEYS[1] prefix string
-- ARGV[1] queue name
-- ARGV[2] group name; empty for the whole queue
-- Returns: waiting, scheduled, running, finished, failed, canceled, deferred.
-- Atomicity: the numbers are of one instant.
local base, group = base_of(ARGV[1]), ARGV[2]
if group ~= '' then
  local waiting = 0
  for priority = 0, 3 do
    local lane = priority .. '/' .. group
    waiting = waiting + redis.call('LLEN', base .. 'w/' .. lane)
      - (redis.call('HGET', base .. 'gh', lane) or 0)
  end
  local running = tonumber(redis.call('HGET', base .. 'run', group)) or 0
  return { waiting, 0, running, 0, 0, 0, 0 }
end
local scheduled, deferred, running = redis.call('ZCARD', base .. 'd'), redis.call('ZCARD', base .. 'df'), 0
for _, epoch in ipairs(epochs()) do
  running = running + holds(base, epoch)
end
local answer = { redis.call('HLEN', base .. 'j') - scheduled - deferred - running, scheduled, running }
for i, kind in ipairs({ 'finished', 'failed', 'canceled' }) do
  local sum = 0
  for _, bucket in ipairs(buckets(base, kind)) do
    sum = sum + redis.call('HLEN', bucket)
  end
  answer[3 + i] = sum
end
answer[7] = deferred
return answer
