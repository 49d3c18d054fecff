-- Looks at a slice of a queue for jobs of a kind. Changes nothing.
-- Uses: base, ends, places, elsewhere, finding, sifting, selecting
-- KEYS[1] prefix string
-- ARGV[1] queue name
-- ARGV[2] what name: rows or count
-- ARGV[3..] selection: see selecting.lua
-- Returns: where the next slice begins (place, space, cursor), empty after the last; how many were picked; how
-- many were looked at; their bytes; then, if asked for, of each picked one its id and what finding.lua says.
-- Atomicity: the slice is of one instant.
local slice = select_slice(base_of(ARGV[1]), 3)
local answer = { slice.next, #slice.picked, slice.looked, slice.bytes }
if ARGV[2] == 'rows' then
  for _, row in ipairs(slice.picked) do
    answer[#answer + 1] = { row.id, unpack(row) }
  end
end
return answer
