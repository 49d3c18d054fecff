-- Answers a step that was applied before.
-- Part: put before the scripts that say so; after base.lua and requests.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: the jobs that the epoch still holds are of one instant.

-- What a step that was applied before is answered.
local function repeated(epoch, number, queues, stale_before, news)
  local answer = {}
  local mark = ':' .. number .. ':'
  for _, queue in ipairs(queues) do
    local base = base_of(queue)
    local all = redis.call('HGETALL', base .. 'f/' .. epoch)
    local mine = {}
    for i = 1, #all, 2 do
      local place = string.match(all[i + 1], '^%d+:(%d+)' .. mark)
      if place then
        mine[#mine + 1] = { id = all[i], place = tonumber(place) }
      end
    end
    table.sort(mine, function(a, b) return a.place < b.place end)
    answer[#answer + 1] = queue
    answer[#answer + 1] = #mine
    for _, job in ipairs(mine) do
      answer[#answer + 1] = job.id
      answer[#answer + 1] = redis.call('HGET', base .. 'j', job.id)
      answer[#answer + 1] = redis.call('HGET', base .. 'c', job.id) or ''
    end
  end
  local positions = {}
  for position in string.gmatch(stale_before or '', '%d+') do
    positions[#positions + 1] = tonumber(position)
  end
  return { 'REPEATED', NOW, 1, -1, news, positions, requests(epoch), answer }
end
