-- Looks at the jobs that this partition keeps for others.
-- Uses: base
-- KEYS[1] prefix string
-- Returns: for each partition that they are for: its index, and then number and job, with a space
-- between.
-- Atomicity: none of its own.
local all = {}
for _, to in ipairs(redis.call('SMEMBERS', PREFIX .. '/outs')) do
  local list = redis.call('LRANGE', PREFIX .. '/out/' .. to, 0, 99)
  if #list > 0 then
    table.insert(list, 1, to)
    all[#all + 1] = list
  end
end
return all
