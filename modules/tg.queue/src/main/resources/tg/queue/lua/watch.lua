-- Asks to be told of the ends of jobs.
-- Uses: base, lanes, ends, deferring
-- KEYS[1] prefix string
-- ARGV[1] client name: of its list of ends, ear/client
-- ARGV[2..] queue and id of each job
-- Returns: for each job -1 when it has not ended, 0 when it is not known, 1 when it has ended.
-- Atomicity: a job that ends between the look and the request would never be told of.
local answer = {}
for at = 2, #ARGV, 2 do
  local base, id = base_of(ARGV[at]), ARGV[at + 1]
  if redis.call('HEXISTS', base .. 'j', id) == 1 then
    concerns(base, id, 'w/' .. ARGV[1])
    answer[#answer + 1] = -1
  else
    answer[#answer + 1] = find_ended(base, id) and 1 or 0
  end
end
return answer
