-- Knows which attempts should be canceled.
-- Part: put before the scripts that say so; after base.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: none of its own.
-- Requests to cancel attempts which the epoch no longer holds are forgotten.
local function requests(epoch)
  local asked = PREFIX .. '/x/' .. epoch
  local open = {}
  for _, name in ipairs(redis.call('SMEMBERS', asked)) do
    local queue, id, attempt = string.match(name, '^([^/]*)/([^/]*)/(.*)$')
    local value = redis.call('HGET', base_of(queue) .. 'f/' .. epoch, id)
    if value and string.find(value, attempt .. ':', 1, true) == 1 then
      open[#open + 1] = name
    else
      redis.call('SREM', asked, name)
    end
  end
  return open
end
