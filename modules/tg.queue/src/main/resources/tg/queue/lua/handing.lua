-- Hands claimed jobs to an epoch.
-- Part: put before the scripts that say so; after base.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: a job that left its lane is in a running hash.
-- A replace key is free again once its job runs.
local function free_keys(base, keys, owners)
  if #keys == 0 then
    return
  end
  local gone = {}
  for i, id in ipairs(fields(base .. 'u', keys)) do
    if id == owners[i] then
      gone[#gone + 1] = keys[i]
    end
  end
  many('HDEL', base .. 'u', gone)
end

-- Adds to the answer: queue, how many, and for each its id, envelope and tries before this attempt.
local function hand_out(queue, base, ids, step, answer)
  local counted = redis.call('EXISTS', base .. 'c') == 1 and fields(base .. 'c', ids) or {}
  local running_values, keys, owners, n = {}, {}, {}, 0
  local units = { [0] = '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' }
  local tens = ''
  local header = #answer + 2
  answer[header - 1] = queue
  answer[header] = 0
  local at = header
  local envelopes = fields(base .. 'j', ids)
  for i = 1, #ids do
    local envelope = envelopes[i]
    if envelope then
      local id, tries = ids[i], counted[i] or ''
      local attempt = tries == '' and '1' or (string.match(tries, '^%d+') + 1)
      running_values[2 * n + 1] = id
      running_values[2 * n + 2] = attempt .. ':' .. tens .. units[n % 10] .. step.mark
      n = n + 1
      if n % 10 == 0 then
        tens = tostring(n / 10)
      end
      answer[at + 1], answer[at + 2], answer[at + 3] = id, envelope, tries
      at = at + 3
      local flags = string.byte(envelope, 14)
      if flags >= PLAIN_START and flags % 8 >= 4 then
        keys[#keys + 1], owners[#owners + 1] = opened(envelope).key, id
      end
    end
  end
  answer[header] = n
  many('HSET', base .. 'f/' .. step.epoch, running_values)
  free_keys(base, keys, owners)
  return n
end
