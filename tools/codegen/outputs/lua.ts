import type { Rational } from "../rational.ts";
import { isExact, toNumber } from "../rational.ts";
import { plainLine } from "./comment.ts";

/** A Lua string literal. */
export function luaString(text: string): string {
  return `"${plainLine(text).replace(/[\\"]/g, "\\$&")}"`;
}

/** What every printed dissector has in front: readers that show one value and return the offset behind it. */
export const LUA_READERS = `local experts = {
  malformed = ProtoExpert.new(proto.name .. ".malformed", "Malformed", expert.group.MALFORMED, expert.severity.ERROR),
  refused = ProtoExpert.new(proto.name .. ".refused", "Refused value", expert.group.PROTOCOL, expert.severity.WARN),
}
proto.fields = f
proto.experts = experts

-- By filter name: readers of records. By name: readers of what bytes fields of the engine carry.
local read, inside = {}, {}

local UNREADABLE = {}

-- Ends the reading of a message: its bytes are none that our encoders write.
local function fail(buf, at, tree, text)
  local first = math.min(at, buf:len() - 1)
  tree:add_tvb_expert_info(experts.malformed, buf(first), text)
  error(UNREADABLE, 0)
end

-- Says that a value is one that our decoders refuse, and goes on.
local function complain(item, text)
  item:add_proto_expert_info(experts.refused, text)
end

local function need(buf, at, bytes, tree, what)
  if at + bytes > buf:len() then
    fail(buf, at, tree, string.format("%s takes %d bytes, %d are left", what, bytes, math.max(buf:len() - at, 0)))
  end
end

-- Up to 32 bits that begin at a bit of the byte at \`at\`, lowest bit first.
local function bits(buf, at, bit, width)
  local first, last = math.floor(bit / 8), math.floor((bit + width - 1) / 8)
  local value = 0
  for byte = last, first, -1 do
    value = value * 256 + buf(at + byte, 1):uint()
  end
  return math.floor(value / 2 ^ (bit % 8)) % 2 ^ width
end

local function bits_range(buf, at, bit, width)
  local first, last = math.floor(bit / 8), math.floor((bit + width - 1) / 8)
  return buf(at + first, last - first + 1)
end

local function signed(value, width)
  return value < 2 ^ (width - 1) and value or value - 2 ^ width
end

local function show_flag(buf, at, bit, tree, field)
  return tree:add(field, bits_range(buf, at, bit, 1), bits(buf, at, bit, 1) == 1)
end

local function show_bits(buf, at, bit, width, tree, field, is_signed)
  local value = bits(buf, at, bit, width)
  return tree:add(field, bits_range(buf, at, bit, width), math.floor(is_signed and signed(value, width) or value))
end

local function show_angle(buf, at, bit, width, tree, field)
  local item = show_bits(buf, at, bit, width, tree, field, false)
  item:append_text(string.format(" (%.2f°)", bits(buf, at, bit, width) * 360 / 2 ^ width))
end

local function show_member(buf, at, bit, width, tree, field, is_signed, names)
  local value = bits(buf, at, bit, width)
  local item = show_bits(buf, at, bit, width, tree, field, is_signed)
  if names[math.floor(is_signed and signed(value, width) or value)] == nil then complain(item, "no member of its enum") end
end

-- value = min + raw × numerator / denominator
local function show_quantized(buf, at, bit, width, tree, field, values, min, numerator, denominator)
  local raw = bits(buf, at, bit, width)
  local item = tree:add(field, bits_range(buf, at, bit, width), min + raw * numerator / denominator)
  item:append_text(string.format(" (raw %d)", raw))
  if raw >= values then complain(item, string.format("raw %d is over %d", raw, values - 1)) end
end

local function number(buf, at, tree, field, bytes)
  need(buf, at, bytes, tree, "a number")
  return at + bytes, tree:add_le(field, buf(at, bytes))
end

local function flag(buf, at, tree, field)
  need(buf, at, 1, tree, "a bool")
  local value = buf(at, 1):uint()
  local item = tree:add(field, buf(at, 1), value ~= 0)
  if value > 1 then complain(item, string.format("%d is no bool", value)) end
  return at + 1, item
end

local function member(buf, at, tree, field, bytes, is_signed, names)
  local next, item = number(buf, at, tree, field, bytes)
  local value = is_signed and buf(at, bytes):le_int() or buf(at, bytes):le_uint()
  if names[value] == nil then complain(item, string.format("%d is no member of its enum", value)) end
  return next, item
end

-- Where the first byte that is no UTF-8 stands in \`text\`, or nil.
local function bad_utf8(text)
  local at = 1
  while at <= #text do
    local lead, second = text:byte(at, at + 1)
    local length = lead < 0x80 and 1 or lead < 0xc2 and 0 or lead < 0xe0 and 2 or lead < 0xf0 and 3 or lead < 0xf5 and 4 or 0
    if length == 0 or at + length - 1 > #text then return at end
    for follower = at + 1, at + length - 1 do
      local byte = text:byte(follower)
      if byte < 0x80 or byte > 0xbf then return at end
    end
    local too_long = lead == 0xe0 and second < 0xa0 or lead == 0xf0 and second < 0x90
    local too_far = lead == 0xed and second > 0x9f or lead == 0xf4 and second > 0x8f
    if too_long or too_far then return at end
    at = at + length
  end
end

-- A length or count in front of something, 1, 2 or 4 bytes, and the offset behind it.
local function prefix(buf, at, tree, bytes, bound, what)
  need(buf, at, bytes, tree, "the length of " .. what)
  local length = buf(at, bytes):le_uint()
  if length > bound then fail(buf, at, tree, string.format("%s of %d, over its bound of %d", what, length, bound)) end
  return length, at + bytes
end

local function show_text(buf, at, from, length, tree, field)
  local raw = length == 0 and "" or buf(from, length):raw()
  local value = length == 0 and "" or buf(from, length):string(ENC_UTF_8)
  local item = tree:add(field, buf(at, math.max(from + length - at, 1)), value)
  if bad_utf8(raw) then complain(item, "not UTF-8") end
  return item
end

local function text(buf, at, tree, field, prefix_bytes, bound)
  local length, from = prefix(buf, at, tree, prefix_bytes, bound, "a string")
  need(buf, from, length, tree, "a string")
  return from + length, show_text(buf, at, from, length, tree, field)
end

local function chars(buf, at, tree, field, count)
  need(buf, at, count, tree, "a char array")
  local first_nul = buf(at, count):raw():find("\\0", 1, true)
  return at + count, show_text(buf, at, at, first_nul and first_nul - 1 or count, tree, field)
end

local function show_blob(buf, from, length, tree, field, inside)
  local item = tree:add(field, buf(from, length))
  if inside ~= nil and length > 0 then inside(buf(from, length):tvb(), item) end
  return item
end

local function blob(buf, at, tree, field, prefix_bytes, bound, inside)
  local length, from = prefix(buf, at, tree, prefix_bytes, bound, "bytes")
  need(buf, from, length, tree, "bytes")
  return from + length, show_blob(buf, from, length, tree, field, inside)
end

-- All bytes up to the end of the message.
local function rest(buf, at, tree, field, bound, inside)
  local length = buf:len() - at
  if length > bound then fail(buf, at, tree, string.format("a rest of %d, over its bound of %d", length, bound)) end
  return buf:len(), show_blob(buf, at, length, tree, field, inside)
end

local function record(buf, at, tree, field, read)
  need(buf, at, 1, tree, "a record")
  local item = tree:add(field, buf(at))
  local next = read(buf, at, item)
  item:set_len(next - at)
  return next, item
end

local function elements(buf, at, from, count, tree, field, element)
  local item = tree:add(field, buf(at))
  item:append_text(string.format(" [%d]", count))
  local next = from
  for index = 0, count - 1 do
    local shown
    next, shown = element(buf, next, item)
    shown:prepend_text(string.format("[%d] ", index))
  end
  item:set_len(next - at)
  return next, item
end

local function array(buf, at, tree, field, count, bytes_min, element)
  need(buf, at, count * bytes_min, tree, "an array")
  return elements(buf, at, at, count, tree, field, element)
end

local function list(buf, at, tree, field, prefix_bytes, bound, bytes_min, element)
  local count, from = prefix(buf, at, tree, prefix_bytes, bound, "a list")
  need(buf, from, count * bytes_min, tree, string.format("a list of %d", count))
  return elements(buf, at, from, count, tree, field, element)
end
`;

/** A number as a Lua expression, worked out in doubles. */
export function luaDouble(value: Rational): string {
  if (isExact(value)) return String(toNumber(value));
  return `(${String(value.numerator)} / ${String(value.denominator)})`;
}
