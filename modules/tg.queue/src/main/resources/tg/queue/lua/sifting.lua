-- Sifts jobs: which are of a kind, and where to look for more.
-- Part: put before the scripts that say so; after base.lua.
-- KEYS[1] prefix string
-- ARGV is read from where the caller says: see selecting.lua.
-- Returns: nothing; it defines locals.
-- Atomicity: none of its own.
local function filter_of(at)
  local function given(i)
    local value = ARGV[at + i]
    return value ~= '' and value or nil
  end
  local before = tonumber(given(7)) or math.huge
  local age = tonumber(given(8))
  return {
    kind = given(4),
    group = given(5),
    since = tonumber(given(6)) or -math.huge,
    before = age and math.min(before, NOW - age + 1) or before,
  }
end

-- An envelope begins at from.
local function fits(filter, text, from, time)
  if time < filter.since or time >= filter.before then
    return false
  elseif not filter.kind and not filter.group then
    return true
  end
  local group, kind = string.match(text, '^([^/]*)/([^/]*)/', from + 15)
  return (not filter.kind or kind == filter.kind) and (not filter.group or group == filter.group)
end

local function added_at(envelope)
  return tonumber(string.sub(envelope, 1, 13))
end

-- Where places of a registry are several (buckets, epochs): the first that is not before the given one.
local function place_from(names, from)
  table.sort(names)
  for i, name in ipairs(names) do
    if name >= from then
      return name, names[i + 1]
    end
  end
  return nil
end

local function pick(slice, id, row)
  row.id = id
  slice.picked[#slice.picked + 1] = row
end

local function see(slice, text)
  slice.looked = slice.looked + 1
  slice.bytes = slice.bytes + #text
end

-- Goes on in this place, or in the next one, or ends.
local function go_on(slice, place, cursor, next_place)
  if cursor ~= '0' then
    slice.next = place .. ' ' .. cursor
  elseif next_place then
    slice.next = next_place .. ' 0'
  end
end
