-- Knows which open jobs are not in a lane.
-- Part: put before the scripts that say so; after base.lua and places.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: the places are of one instant.
-- In how many places outside the lanes each id is.
local function elsewhere(base, ids)
  local places = {}
  for i = 1, #ids do
    places[i] = 0
  end
  for _, key in ipairs({ base .. 'd', base .. 'df' }) do
    for from = 1, #ids, 1000 do
      local scores = redis.call('ZMSCORE', key, unpack(ids, from, math.min(from + 999, #ids)))
      for i, score in ipairs(scores) do
        places[from + i - 1] = places[from + i - 1] + (score and 1 or 0)
      end
    end
  end
  for _, epoch in ipairs(epochs()) do
    for i, value in ipairs(fields(base .. 'f/' .. epoch, ids)) do
      places[i] = places[i] + (value and 1 or 0)
    end
  end
  return places
end
