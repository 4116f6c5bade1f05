-- Wireshark dissector of outputs 4. Printed by Tickwire; do not edit.
--
-- tshark -X lua_script:outputs.lua -O outputs -r capture.pcapng
-- or put it into Wireshark's folder of personal Lua plugins. A WebSocket is known by its subprotocol. Where
-- it has none, by the server's port: -o outputs.port:8080; and where its handshake was not captured,
-- Wireshark must be told that it is one: -d tcp.port==8080,websocket

local proto = Proto("outputs", "outputs 4")
local NAME, VERSION_MIN, VERSION = "outputs", 2, 4

local LANES = { [0] = "control", [1] = "realtime", [2] = "event", [3] = "bulk", [4] = "stream", [6] = "handshake" }
local PARTS = { [0] = "whole", [1] = "first", [2] = "middle", [3] = "last" }

local names = {
  ["outputs.Side"] = { [0] = "NORTH", [1] = "EAST", [4] = "SOUTH" },
  ["outputs.Trend"] = { [-1] = "FALLING", [0] = "LEVEL", [1] = "RISING" },
}

local f = {
  frame = ProtoField.none("outputs.frame", "frame"),
  frame_lane = ProtoField.uint8("outputs.frame.lane", "travels on", base.DEC, LANES),
  frame_part = ProtoField.uint8("outputs.frame.part", "part", base.DEC, PARTS),
  frame_bytes = ProtoField.bytes("outputs.frame.bytes", "bytes of a message"),
  ack = ProtoField.uint32("outputs.ack", "ack", base.DEC),
  ack_hold = ProtoField.double("outputs.ack.hold", "held, ms"),
  transfer = ProtoField.uint8("outputs.transfer", "transfer", base.DEC),
  transfer_bytes = ProtoField.bytes("outputs.transfer.bytes", "blocks and hashes"),
  opcode = ProtoField.uint8("outputs.opcode", "opcode", base.DEC),
  message = ProtoField.string("outputs.message", "message"),
  lane = ProtoField.string("outputs.lane", "lane"),
  from = ProtoField.string("outputs.from", "from"),
  ["outputs.some_struct.username"] = ProtoField.new("username", "outputs.some_struct.username", ftypes.STRING, nil, base.NONE, nil, ""),
  ["outputs.some_struct.id"] = ProtoField.new("id", "outputs.some_struct.id", ftypes.UINT16, nil, base.DEC, nil, ""),
  ["outputs.some_struct.scores"] = ProtoField.new("scores", "outputs.some_struct.scores", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.some_struct.scores.item"] = ProtoField.new("scores", "outputs.some_struct.scores.item", ftypes.FLOAT, nil, base.NONE, nil, ""),
  ["outputs.numbers.a"] = ProtoField.new("a", "outputs.numbers.a", ftypes.BOOLEAN, nil, base.NONE, nil, ""),
  ["outputs.numbers.b"] = ProtoField.new("b", "outputs.numbers.b", ftypes.UINT8, nil, base.DEC, nil, ""),
  ["outputs.numbers.c"] = ProtoField.new("c", "outputs.numbers.c", ftypes.INT8, nil, base.DEC, nil, ""),
  ["outputs.numbers.d"] = ProtoField.new("d", "outputs.numbers.d", ftypes.UINT16, nil, base.DEC, nil, ""),
  ["outputs.numbers.e"] = ProtoField.new("e", "outputs.numbers.e", ftypes.INT16, nil, base.DEC, nil, ""),
  ["outputs.numbers.f"] = ProtoField.new("f", "outputs.numbers.f", ftypes.UINT32, nil, base.DEC, nil, ""),
  ["outputs.numbers.g"] = ProtoField.new("g", "outputs.numbers.g", ftypes.INT32, nil, base.DEC, nil, ""),
  ["outputs.numbers.h"] = ProtoField.new("h", "outputs.numbers.h", ftypes.UINT64, nil, base.DEC, nil, ""),
  ["outputs.numbers.i"] = ProtoField.new("i", "outputs.numbers.i", ftypes.INT64, nil, base.DEC, nil, ""),
  ["outputs.numbers.j"] = ProtoField.new("j", "outputs.numbers.j", ftypes.FLOAT, nil, base.NONE, nil, ""),
  ["outputs.numbers.k"] = ProtoField.new("k", "outputs.numbers.k", ftypes.DOUBLE, nil, base.NONE, nil, ""),
  ["outputs.numbers.side"] = ProtoField.new("side", "outputs.numbers.side", ftypes.UINT8, names["outputs.Side"], base.DEC, nil, ""),
  ["outputs.numbers.trends"] = ProtoField.new("trends", "outputs.numbers.trends", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.numbers.trends.item"] = ProtoField.new("trends", "outputs.numbers.trends.item", ftypes.INT8, names["outputs.Trend"], base.DEC, nil, ""),
  ["outputs.numbers.many"] = ProtoField.new("many", "outputs.numbers.many", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.numbers.many.item"] = ProtoField.new("many", "outputs.numbers.many.item", ftypes.INT64, nil, base.DEC, nil, ""),
  ["outputs.numbers.flags"] = ProtoField.new("flags", "outputs.numbers.flags", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.numbers.flags.item"] = ProtoField.new("flags", "outputs.numbers.flags.item", ftypes.BOOLEAN, nil, base.NONE, nil, ""),
  ["outputs.bits.on"] = ProtoField.new("on", "outputs.bits.on", ftypes.BOOLEAN, nil, base.NONE, nil, ""),
  ["outputs.bits.small"] = ProtoField.new("small", "outputs.bits.small", ftypes.INT32, nil, base.DEC, nil, ""),
  ["outputs.bits.aim"] = ProtoField.new("aim", "outputs.bits.aim", ftypes.UINT32, nil, base.DEC, nil, ""),
  ["outputs.bits.wide"] = ProtoField.new("wide", "outputs.bits.wide", ftypes.UINT32, nil, base.DEC, nil, ""),
  ["outputs.bits.speed"] = ProtoField.new("speed", "outputs.bits.speed", ftypes.DOUBLE, nil, base.NONE, nil, ""),
  ["outputs.bits.odd"] = ProtoField.new("odd", "outputs.bits.odd", ftypes.DOUBLE, nil, base.NONE, nil, ""),
  ["outputs.bits.side"] = ProtoField.new("side", "outputs.bits.side", ftypes.UINT32, names["outputs.Side"], base.DEC, nil, ""),
  ["outputs.bits.trend"] = ProtoField.new("trend", "outputs.bits.trend", ftypes.INT32, names["outputs.Trend"], base.DEC, nil, ""),
  ["outputs.bits.deep"] = ProtoField.new("deep", "outputs.bits.deep", ftypes.INT32, nil, base.DEC, nil, ""),
  ["outputs.bits.last"] = ProtoField.new("last", "outputs.bits.last", ftypes.UINT8, nil, base.DEC, nil, ""),
  ["outputs.bits.full"] = ProtoField.new("full", "outputs.bits.full", ftypes.UINT32, nil, base.DEC, nil, ""),
  ["outputs.bits.tail"] = ProtoField.new("tail", "outputs.bits.tail", ftypes.UINT32, nil, base.DEC, nil, ""),
  ["outputs.awkward.register"] = ProtoField.new("register", "outputs.awkward.register", ftypes.UINT8, nil, base.DEC, nil, ""),
  ["outputs.awkward.signed"] = ProtoField.new("signed", "outputs.awkward.signed", ftypes.UINT8, nil, base.DEC, nil, ""),
  ["outputs.awkward.signed_"] = ProtoField.new("signed_", "outputs.awkward.signed_", ftypes.UINT8, nil, base.DEC, nil, ""),
  ["outputs.awkward.opcode"] = ProtoField.new("opcode", "outputs.awkward.opcode", ftypes.UINT8, nil, base.DEC, nil, ""),
  ["outputs.awkward.auto"] = ProtoField.new("auto", "outputs.awkward.auto", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.health.amount"] = ProtoField.new("amount", "outputs.health.amount", ftypes.UINT8, nil, base.DEC, nil, ""),
  ["outputs.health.kind"] = ProtoField.new("kind", "outputs.health.kind", ftypes.UINT8, nil, base.DEC, nil, ""),
  ["outputs.ammo.amount"] = ProtoField.new("amount", "outputs.ammo.amount", ftypes.UINT16, nil, base.DEC, nil, ""),
  ["outputs.row.name"] = ProtoField.new("name", "outputs.row.name", ftypes.STRING, nil, base.NONE, nil, ""),
  ["outputs.row.score"] = ProtoField.new("score", "outputs.row.score", ftypes.UINT32, nil, base.DEC, nil, ""),
  ["outputs.question.number"] = ProtoField.new("number", "outputs.question.number", ftypes.UINT8, nil, base.DEC, nil, ""),
  ["outputs.answer.text"] = ProtoField.new("text", "outputs.answer.text", ftypes.STRING, nil, base.NONE, nil, ""),
  ["outputs.rpc_refusal.code"] = ProtoField.new("code", "outputs.rpc_refusal.code", ftypes.UINT16, nil, base.DEC, nil, "What the game says it is."),
  ["outputs.rpc_refusal.text"] = ProtoField.new("text", "outputs.rpc_refusal.text", ftypes.STRING, nil, base.NONE, nil, "For people."),
  ["outputs.pickup.tag"] = ProtoField.new("tag", "outputs.pickup.tag", ftypes.UINT8, { [0] = "health", [1] = "ammo", [2] = "other" }, base.DEC, nil, "All variants have the same size."),
  ["outputs.pickup.health"] = ProtoField.new("health", "outputs.pickup.health", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.pickup.ammo"] = ProtoField.new("ammo", "outputs.pickup.ammo", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.pickup.other"] = ProtoField.new("other", "outputs.pickup.other", ftypes.INT16, nil, base.DEC, nil, ""),
  ["outputs.varied.tag"] = ProtoField.new("tag", "outputs.varied.tag", ftypes.UINT8, { [0] = "row", [1] = "big" }, base.DEC, nil, ""),
  ["outputs.varied.row"] = ProtoField.new("row", "outputs.varied.row", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.varied.big"] = ProtoField.new("big", "outputs.varied.big", ftypes.UINT64, nil, base.DEC, nil, ""),
  ["outputs.ask_outcome.tag"] = ProtoField.new("tag", "outputs.ask_outcome.tag", ftypes.UINT8, { [0] = "reply", [1] = "refusal" }, base.DEC, nil, "The reply to Ask, or why there is none."),
  ["outputs.ask_outcome.reply"] = ProtoField.new("reply", "outputs.ask_outcome.reply", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.ask_outcome.refusal"] = ProtoField.new("refusal", "outputs.ask_outcome.refusal", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.fixed.head"] = ProtoField.new("head", "outputs.fixed.head", ftypes.UINT8, nil, base.DEC, nil, ""),
  ["outputs.fixed.pickup"] = ProtoField.new("pickup", "outputs.fixed.pickup", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.fixed.pickups"] = ProtoField.new("pickups", "outputs.fixed.pickups", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.fixed.pickups.item"] = ProtoField.new("Pickup", "outputs.fixed.pickups.item", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.fixed.awkward"] = ProtoField.new("awkward", "outputs.fixed.awkward", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.fixed.numbers"] = ProtoField.new("numbers", "outputs.fixed.numbers", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.fixed.numbers.item"] = ProtoField.new("Numbers", "outputs.fixed.numbers.item", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.fixed.tag"] = ProtoField.new("tag", "outputs.fixed.tag", ftypes.STRING, nil, base.NONE, nil, ""),
  ["outputs.fixed.one"] = ProtoField.new("one", "outputs.fixed.one", ftypes.UINT32, nil, base.DEC, nil, ""),
  ["outputs.fixed.later"] = ProtoField.new("later", "outputs.fixed.later", ftypes.UINT32, nil, base.DEC, nil, ""),
  ["outputs.fixed.last"] = ProtoField.new("last", "outputs.fixed.last", ftypes.UINT8, nil, base.DEC, nil, ""),
  ["outputs.leaderboard.rows"] = ProtoField.new("rows", "outputs.leaderboard.rows", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.leaderboard.rows.item"] = ProtoField.new("Row", "outputs.leaderboard.rows.item", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.chat_say.text"] = ProtoField.new("text", "outputs.chat_say.text", ftypes.STRING, nil, base.NONE, nil, ""),
  ["outputs.chat_say.flags"] = ProtoField.new("flags", "outputs.chat_say.flags", ftypes.UINT32, nil, base.DEC, nil, ""),
  ["outputs.chat_say.to"] = ProtoField.new("to", "outputs.chat_say.to", ftypes.UINT16, nil, base.DEC, nil, ""),
  ["outputs.chat_say.row"] = ProtoField.new("row", "outputs.chat_say.row", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.chat_say.mood"] = ProtoField.new("mood", "outputs.chat_say.mood", ftypes.STRING, nil, base.NONE, nil, ""),
  ["outputs.everything.bits"] = ProtoField.new("bits", "outputs.everything.bits", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.everything.varied"] = ProtoField.new("varied", "outputs.everything.varied", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.everything.more"] = ProtoField.new("more", "outputs.everything.more", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.everything.more.item"] = ProtoField.new("Varied", "outputs.everything.more.item", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.everything.tag"] = ProtoField.new("tag", "outputs.everything.tag", ftypes.STRING, nil, base.NONE, nil, ""),
  ["outputs.everything.trend"] = ProtoField.new("trend", "outputs.everything.trend", ftypes.INT8, names["outputs.Trend"], base.DEC, nil, ""),
  ["outputs.everything.negative"] = ProtoField.new("negative", "outputs.everything.negative", ftypes.INT64, nil, base.DEC, nil, ""),
  ["outputs.everything.blob"] = ProtoField.new("blob", "outputs.everything.blob", ftypes.BYTES, nil, base.NONE, nil, ""),
  ["outputs.everything.sides"] = ProtoField.new("sides", "outputs.everything.sides", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.everything.sides.item"] = ProtoField.new("sides", "outputs.everything.sides.item", ftypes.UINT8, names["outputs.Side"], base.DEC, nil, ""),
  ["outputs.everything.floats"] = ProtoField.new("floats", "outputs.everything.floats", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.everything.floats.item"] = ProtoField.new("floats", "outputs.everything.floats.item", ftypes.FLOAT, nil, base.NONE, nil, ""),
  ["outputs.everything.flags"] = ProtoField.new("flags", "outputs.everything.flags", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.everything.flags.item"] = ProtoField.new("flags", "outputs.everything.flags.item", ftypes.BOOLEAN, nil, base.NONE, nil, ""),
  ["outputs.everything.late"] = ProtoField.new("late", "outputs.everything.late", ftypes.UINT64, nil, base.DEC, nil, ""),
  ["outputs.relayed.channel"] = ProtoField.new("channel", "outputs.relayed.channel", ftypes.UINT16, nil, base.DEC, nil, ""),
  ["outputs.relayed.hops"] = ProtoField.new("hops", "outputs.relayed.hops", ftypes.UINT32, nil, base.DEC, nil, ""),
  ["outputs.relayed.body"] = ProtoField.new("body", "outputs.relayed.body", ftypes.BYTES, nil, base.NONE, nil, "Goes on as it came."),
  ["outputs.addressed.topic"] = ProtoField.new("topic", "outputs.addressed.topic", ftypes.STRING, nil, base.NONE, nil, ""),
  ["outputs.addressed.body"] = ProtoField.new("body", "outputs.addressed.body", ftypes.BYTES, nil, base.NONE, nil, ""),
  ["outputs.ask_call.id"] = ProtoField.new("id", "outputs.ask_call.id", ftypes.UINT16, nil, base.DEC, nil, "Says which request is answered."),
  ["outputs.ask_call.request"] = ProtoField.new("request", "outputs.ask_call.request", ftypes.NONE, nil, base.NONE, nil, ""),
  ["outputs.ask_result.id"] = ProtoField.new("id", "outputs.ask_result.id", ftypes.UINT16, nil, base.DEC, nil, "Says which request is answered."),
  ["outputs.ask_result.outcome"] = ProtoField.new("outcome", "outputs.ask_result.outcome", ftypes.NONE, nil, base.NONE, nil, ""),
}

local experts = {
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

-- Up to 32 bits that begin at a bit of the byte at `at`, lowest bit first.
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

-- Where the first byte that is no UTF-8 stands in `text`, or nil.
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
  local first_nul = buf(at, count):raw():find("\0", 1, true)
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

-- struct SomeStruct
read["outputs.some_struct"] = function(buf, at, tree)
  at = chars(buf, at, tree, f["outputs.some_struct.username"], 16)
  at = number(buf, at, tree, f["outputs.some_struct.id"], 2)
  at = array(buf, at, tree, f["outputs.some_struct.scores"], 32, 4, function(buf, at, tree) return number(buf, at, tree, f["outputs.some_struct.scores.item"], 4) end)
  return at
end

-- struct Numbers
read["outputs.numbers"] = function(buf, at, tree)
  at = flag(buf, at, tree, f["outputs.numbers.a"])
  at = number(buf, at, tree, f["outputs.numbers.b"], 1)
  at = number(buf, at, tree, f["outputs.numbers.c"], 1)
  at = number(buf, at, tree, f["outputs.numbers.d"], 2)
  at = number(buf, at, tree, f["outputs.numbers.e"], 2)
  at = number(buf, at, tree, f["outputs.numbers.f"], 4)
  at = number(buf, at, tree, f["outputs.numbers.g"], 4)
  at = number(buf, at, tree, f["outputs.numbers.h"], 8)
  at = number(buf, at, tree, f["outputs.numbers.i"], 8)
  at = number(buf, at, tree, f["outputs.numbers.j"], 4)
  at = number(buf, at, tree, f["outputs.numbers.k"], 8)
  at = member(buf, at, tree, f["outputs.numbers.side"], 1, false, names["outputs.Side"])
  at = array(buf, at, tree, f["outputs.numbers.trends"], 3, 1, function(buf, at, tree) return member(buf, at, tree, f["outputs.numbers.trends.item"], 1, true, names["outputs.Trend"]) end)
  at = array(buf, at, tree, f["outputs.numbers.many"], 2, 8, function(buf, at, tree) return number(buf, at, tree, f["outputs.numbers.many.item"], 8) end)
  at = array(buf, at, tree, f["outputs.numbers.flags"], 3, 1, function(buf, at, tree) return flag(buf, at, tree, f["outputs.numbers.flags.item"]) end)
  return at
end

-- struct Bits
read["outputs.bits"] = function(buf, at, tree)
  need(buf, at, 10, tree, "the bits of Bits")
  show_flag(buf, at, 0, tree, f["outputs.bits.on"])
  show_bits(buf, at, 1, 3, tree, f["outputs.bits.small"], true)
  show_angle(buf, at, 4, 12, tree, f["outputs.bits.aim"])
  show_bits(buf, at, 16, 20, tree, f["outputs.bits.wide"], false)
  show_quantized(buf, at, 36, 4, tree, f["outputs.bits.speed"], 16, -1, 1, 8)
  show_quantized(buf, at, 40, 3, tree, f["outputs.bits.odd"], 5, (1 / 3), 1, 3)
  show_member(buf, at, 43, 3, tree, f["outputs.bits.side"], false, names["outputs.Side"])
  show_member(buf, at, 46, 2, tree, f["outputs.bits.trend"], true, names["outputs.Trend"])
  show_bits(buf, at, 48, 26, tree, f["outputs.bits.deep"], true)
  at = at + 10
  at = number(buf, at, tree, f["outputs.bits.last"], 1)
  need(buf, at, 5, tree, "the bits of Bits")
  show_bits(buf, at, 0, 32, tree, f["outputs.bits.full"], false)
  show_bits(buf, at, 32, 4, tree, f["outputs.bits.tail"], false)
  at = at + 5
  return at
end

-- struct Awkward
read["outputs.awkward"] = function(buf, at, tree)
  at = number(buf, at, tree, f["outputs.awkward.register"], 1)
  at = number(buf, at, tree, f["outputs.awkward.signed"], 1)
  at = number(buf, at, tree, f["outputs.awkward.signed_"], 1)
  at = number(buf, at, tree, f["outputs.awkward.opcode"], 1)
  at = record(buf, at, tree, f["outputs.awkward.auto"], read["outputs.some_struct"])
  return at
end

-- struct Health
read["outputs.health"] = function(buf, at, tree)
  at = number(buf, at, tree, f["outputs.health.amount"], 1)
  at = number(buf, at, tree, f["outputs.health.kind"], 1)
  return at
end

-- struct Ammo
read["outputs.ammo"] = function(buf, at, tree)
  at = number(buf, at, tree, f["outputs.ammo.amount"], 2)
  return at
end

-- struct Row
read["outputs.row"] = function(buf, at, tree)
  at = text(buf, at, tree, f["outputs.row.name"], 1, 32)
  at = number(buf, at, tree, f["outputs.row.score"], 4)
  return at
end

-- struct Question
read["outputs.question"] = function(buf, at, tree)
  at = number(buf, at, tree, f["outputs.question.number"], 1)
  return at
end

-- struct Answer
read["outputs.answer"] = function(buf, at, tree)
  at = text(buf, at, tree, f["outputs.answer.text"], 1, 9)
  return at
end

-- struct RpcRefusal
read["outputs.rpc_refusal"] = function(buf, at, tree)
  at = number(buf, at, tree, f["outputs.rpc_refusal.code"], 2)
  at = text(buf, at, tree, f["outputs.rpc_refusal.text"], 1, 120)
  return at
end

-- union Pickup
read["outputs.pickup"] = function(buf, at, tree)
  local behind = number(buf, at, tree, f["outputs.pickup.tag"], 1)
  local tag = buf(at, 1):le_uint()
  if tag == 0 then return (record(buf, behind, tree, f["outputs.pickup.health"], read["outputs.health"])) end
  if tag == 1 then return (record(buf, behind, tree, f["outputs.pickup.ammo"], read["outputs.ammo"])) end
  if tag == 2 then return (number(buf, behind, tree, f["outputs.pickup.other"], 2)) end
  fail(buf, at, tree, string.format("%d is no variant of Pickup", tag))
end

-- union Varied
read["outputs.varied"] = function(buf, at, tree)
  local behind = number(buf, at, tree, f["outputs.varied.tag"], 1)
  local tag = buf(at, 1):le_uint()
  if tag == 0 then return (record(buf, behind, tree, f["outputs.varied.row"], read["outputs.row"])) end
  if tag == 1 then return (number(buf, behind, tree, f["outputs.varied.big"], 8)) end
  fail(buf, at, tree, string.format("%d is no variant of Varied", tag))
end

-- union AskOutcome
read["outputs.ask_outcome"] = function(buf, at, tree)
  local behind = number(buf, at, tree, f["outputs.ask_outcome.tag"], 1)
  local tag = buf(at, 1):le_uint()
  if tag == 0 then return (record(buf, behind, tree, f["outputs.ask_outcome.reply"], read["outputs.answer"])) end
  if tag == 1 then return (record(buf, behind, tree, f["outputs.ask_outcome.refusal"], read["outputs.rpc_refusal"])) end
  fail(buf, at, tree, string.format("%d is no variant of AskOutcome", tag))
end

-- message Fixed
read["outputs.fixed"] = function(buf, at, tree)
  at = number(buf, at, tree, f["outputs.fixed.head"], 1)
  at = record(buf, at, tree, f["outputs.fixed.pickup"], read["outputs.pickup"])
  at = array(buf, at, tree, f["outputs.fixed.pickups"], 2, 3, function(buf, at, tree) return record(buf, at, tree, f["outputs.fixed.pickups.item"], read["outputs.pickup"]) end)
  at = record(buf, at, tree, f["outputs.fixed.awkward"], read["outputs.awkward"])
  at = array(buf, at, tree, f["outputs.fixed.numbers"], 2, 66, function(buf, at, tree) return record(buf, at, tree, f["outputs.fixed.numbers.item"], read["outputs.numbers"]) end)
  at = chars(buf, at, tree, f["outputs.fixed.tag"], 5)
  need(buf, at, 1, tree, "the bits of Fixed")
  show_bits(buf, at, 0, 3, tree, f["outputs.fixed.one"], false)
  at = at + 1
  if at == buf:len() then return at end -- from a peer older than version 3
  need(buf, at, 1, tree, "the bits of Fixed")
  show_bits(buf, at, 0, 3, tree, f["outputs.fixed.later"], false)
  at = at + 1
  if at == buf:len() then return at end -- from a peer older than version 4
  at = number(buf, at, tree, f["outputs.fixed.last"], 1)
  return at
end

-- message Leaderboard
read["outputs.leaderboard"] = function(buf, at, tree)
  at = list(buf, at, tree, f["outputs.leaderboard.rows"], 1, 20, 5, function(buf, at, tree) return record(buf, at, tree, f["outputs.leaderboard.rows.item"], read["outputs.row"]) end)
  return at
end

-- message ChatSay
read["outputs.chat_say"] = function(buf, at, tree)
  local has = {}
  at = text(buf, at, tree, f["outputs.chat_say.text"], 2, 300)
  need(buf, at, 1, tree, "the bits of ChatSay")
  has["to"] = bits(buf, at, 0, 1) == 1
  show_bits(buf, at, 1, 3, tree, f["outputs.chat_say.flags"], false)
  has["row"] = bits(buf, at, 4, 1) == 1
  has["mood"] = bits(buf, at, 5, 1) == 1
  at = at + 1
  if has["to"] then
    at = number(buf, at, tree, f["outputs.chat_say.to"], 2)
  end
  if has["row"] then
    at = record(buf, at, tree, f["outputs.chat_say.row"], read["outputs.row"])
  end
  if has["mood"] then
    at = text(buf, at, tree, f["outputs.chat_say.mood"], 1, 9)
  end
  return at
end

-- message Everything
read["outputs.everything"] = function(buf, at, tree)
  at = record(buf, at, tree, f["outputs.everything.bits"], read["outputs.bits"])
  at = record(buf, at, tree, f["outputs.everything.varied"], read["outputs.varied"])
  at = list(buf, at, tree, f["outputs.everything.more"], 1, 4, 6, function(buf, at, tree) return record(buf, at, tree, f["outputs.everything.more.item"], read["outputs.varied"]) end)
  at = chars(buf, at, tree, f["outputs.everything.tag"], 5)
  at = member(buf, at, tree, f["outputs.everything.trend"], 1, true, names["outputs.Trend"])
  at = number(buf, at, tree, f["outputs.everything.negative"], 8)
  at = blob(buf, at, tree, f["outputs.everything.blob"], 2, 300)
  at = list(buf, at, tree, f["outputs.everything.sides"], 1, 3, 1, function(buf, at, tree) return member(buf, at, tree, f["outputs.everything.sides.item"], 1, false, names["outputs.Side"]) end)
  at = list(buf, at, tree, f["outputs.everything.floats"], 1, 4, 4, function(buf, at, tree) return number(buf, at, tree, f["outputs.everything.floats.item"], 4) end)
  at = array(buf, at, tree, f["outputs.everything.flags"], 2, 1, function(buf, at, tree) return flag(buf, at, tree, f["outputs.everything.flags.item"]) end)
  if at == buf:len() then return at end -- from a peer older than version 3
  at = number(buf, at, tree, f["outputs.everything.late"], 8)
  return at
end

-- message Relayed
read["outputs.relayed"] = function(buf, at, tree)
  at = number(buf, at, tree, f["outputs.relayed.channel"], 2)
  need(buf, at, 1, tree, "the bits of Relayed")
  show_bits(buf, at, 0, 3, tree, f["outputs.relayed.hops"], false)
  at = at + 1
  at = rest(buf, at, tree, f["outputs.relayed.body"], 300)
  return at
end

-- message Addressed
read["outputs.addressed"] = function(buf, at, tree)
  at = text(buf, at, tree, f["outputs.addressed.topic"], 1, 12)
  at = rest(buf, at, tree, f["outputs.addressed.body"], 20)
  return at
end

-- message AskCall
read["outputs.ask_call"] = function(buf, at, tree)
  at = number(buf, at, tree, f["outputs.ask_call.id"], 2)
  at = record(buf, at, tree, f["outputs.ask_call.request"], read["outputs.question"])
  return at
end

-- message AskResult
read["outputs.ask_result"] = function(buf, at, tree)
  at = number(buf, at, tree, f["outputs.ask_result.id"], 2)
  at = record(buf, at, tree, f["outputs.ask_result.outcome"], read["outputs.ask_outcome"])
  return at
end

local messages = {
  [32] = { name = "Fixed", lane = "event", from = "server", read = read["outputs.fixed"] },
  [33] = { name = "Leaderboard", lane = "event", from = "server", read = read["outputs.leaderboard"] },
  [34] = { name = "ChatSay", lane = "event", from = "client", read = read["outputs.chat_say"] },
  [35] = { name = "Everything", lane = "bulk", read = read["outputs.everything"] },
  [36] = { name = "Relayed", lane = "bulk", read = read["outputs.relayed"] },
  [37] = { name = "Addressed", lane = "bulk", from = "server", read = read["outputs.addressed"] },
  [38] = { name = "AskCall", lane = "event", from = "client", read = read["outputs.ask_call"] },
  [39] = { name = "AskResult", lane = "event", from = "server", read = read["outputs.ask_result"] },
}



local mask_of_websocket, stream_of_tcp = Field.new("websocket.mask"), Field.new("tcp.stream")

local PACKET_BYTES_MAX, ACK, HANDSHAKE, STREAM = 16384, 7, 6, 4
local WHOLE, FIRST, LAST = 0, 1, 3

-- Messages in parts: by stream, sender and lane those that are not whole yet; and what a last part made whole, or why not.
local unfinished, finished = {}, {}

function proto.init()
  unfinished, finished = {}, {}
end

-- Clients mask what they send, servers do not.
local function sender()
  local masks = { mask_of_websocket() }
  if #masks == 0 then return nil end
  return masks[#masks].value and "client" or "server"
end

local function read_message(buf, message, tree)
  tree:add(f.message, buf(0, 1), message.name):set_generated()
  tree:add(f.lane, buf(0, 1), message.lane):set_generated()
  local from = sender()
  if from ~= nil then
    local item = tree:add(f.from, buf(0, 1), from)
    item:set_generated()
    if message.from ~= nil and message.from ~= from then complain(item, "only the " .. message.from .. " may send it") end
  end
  local at = message.read(buf, 1, tree)
  if at < buf:len() then
    local text = string.format("%d bytes behind the end: from a newer version, or no message", buf:len() - at)
    tree:add_tvb_expert_info(experts.refused, buf(at), text)
  end
end

-- Shows a message, and returns what it is called.
local function show_message(buf, tree)
  local opcode = buf(0, 1):uint()
  local message = messages[opcode]
  tree:add(f.opcode, buf(0, 1))
  if message == nil then
    tree:add_tvb_expert_info(experts.malformed, buf(0, 1), "no message has this opcode")
    return "opcode " .. opcode
  end
  local good, trouble = pcall(read_message, buf, message, tree)
  if not good and trouble ~= UNREADABLE then error(trouble, 0) end
  return message.name
end

-- The engine's dissector, for a message that this one does not know.
local function engine_for(opcode)
  if opcode >= 32 or messages[opcode] ~= nil or NAME == "tickwire" then return nil end
  return Dissector.get("tickwire")
end

-- A number of 7 bits a byte, the lowest first, and the offset behind it.
local function packed(buf, at, tree)
  local value, scale = 0, 1
  for count = 1, 4 do
    need(buf, at, 1, tree, "a number")
    local byte = buf(at, 1):uint()
    at = at + 1
    value = value + byte % 128 * scale
    scale = scale * 128
    if byte == 0 and count > 1 then fail(buf, at - 1, tree, "a number that is longer than it must be") end
    if byte < 128 then return value, at end
  end
  fail(buf, at - 1, tree, "a number of more than 4 bytes")
end

local function show_ack(buf, at, tree)
  local bytes, hold_at = packed(buf, at + 1, tree)
  need(buf, hold_at, 1, tree, "how long an ack was held")
  if bytes == 0 then fail(buf, at, tree, "an ack of nothing") end
  local hold = buf(hold_at, 1):uint()
  local item = tree:add(f.ack, buf(at, hold_at + 1 - at), bytes)
  if hold == 255 then
    item:append_text(", held for long")
  else
    item:append_text(string.format(", held %.1f ms", hold / 2))
    item:add(f.ack_hold, buf(hold_at, 1), hold / 2)
  end
  return hold_at + 1
end

-- What is wrong with a part of a message; nil: nothing.
local function trouble_with(so_far, part, bytes)
  if so_far == nil then return "the first part was not captured, or there is none" end
  if bytes == 0 then return "a part without a byte" end
  local sum = so_far.bytes:len()
  if part == LAST and sum ~= so_far.announced or part ~= LAST and sum >= so_far.announced then
    return string.format("parts of %d bytes so far, and %d were announced", sum, so_far.announced)
  end
end

-- What became of a part: all of its message in `bytes` where it was the last, or the `trouble` with it. A packet is looked
-- at again and again, and only the first time in its turn.
local function assemble(payload, lane, part, announced, at, pinfo)
  local place = table.concat({ pinfo.number, at, payload:raw() }, " ")
  if pinfo.visited then return finished[place] or {} end
  local stream = stream_of_tcp()
  local key = table.concat({ stream and stream.value or 0, pinfo.src_port, lane }, " ")
  local so_far = unfinished[key]
  local repeated = part == FIRST and so_far ~= nil
  if part == FIRST then
    so_far = { bytes = ByteArray.new(), announced = announced, count = 0 }
    unfinished[key] = so_far
  end
  if so_far ~= nil then
    so_far.bytes:append(payload)
    so_far.count = so_far.count + 1
  end
  local trouble = repeated and "a first part before the last one of the message in front" or trouble_with(so_far, part, payload:len())
  if part ~= LAST and trouble == nil then return {} end
  if not repeated then unfinished[key] = nil end
  finished[place] = trouble and { trouble = trouble } or { bytes = so_far.bytes, count = so_far.count }
  return finished[place]
end

-- Shows the message that a frame makes whole, and returns what it is called; nil where the engine's dissector shows it.
local function show_whole(frame_buf, message_buf, pinfo, tree, frame)
  local engine = engine_for(message_buf(0, 1):uint())
  if engine == nil then return show_message(message_buf, frame) end
  -- A frame by itself is a packet.
  engine:call(frame_buf, pinfo, tree)
end

local function show_part(buf, at, from, behind, announced, pinfo, tree, frame)
  local head = buf(at, 1):uint()
  local lane, part = head % 8, math.floor(head / 8) % 4
  local payload = from == behind and ByteArray.new() or buf(from, behind - from):bytes()
  local made = assemble(payload, lane, part, announced, at, pinfo)
  if from < behind then frame:add(f.frame_bytes, buf(from, behind - from)) end
  if announced ~= nil then frame:append_text(string.format(" of %d", announced)) end
  if made.trouble ~= nil then frame:add_tvb_expert_info(experts.refused, buf(at, 1), made.trouble) end
  if made.bytes == nil then return PARTS[part] .. " part" end
  frame:append_text(string.format(", the end of a message of %d in %d parts", made.bytes:len(), made.count))
  local whole = ByteArray.new(string.format("%02x", lane + 32))
  whole:append(made.bytes)
  local frame_buf = whole:tvb("Message")
  return show_whole(frame_buf, frame_buf(1):tvb(), pinfo, tree, frame)
end

local function show_transfer(buf, from, behind, part, frame)
  if part == WHOLE or part == FIRST or from == behind then fail(buf, from - 1, frame, "no part of a transfer") end
  frame:add(f.transfer, buf(from, 1))
  if from + 1 < behind then frame:add(f.transfer_bytes, buf(from + 1, behind - from - 1)) end
  return "transfer " .. buf(from, 1):uint()
end

-- Shows what is in a frame, and returns what it is called; nil where the engine's dissector shows it.
local function show_payload(buf, at, from, behind, announced, pinfo, tree, frame)
  local head = buf(at, 1):uint()
  local lane, part = head % 8, math.floor(head / 8) % 4
  if lane == STREAM then return show_transfer(buf, from, behind, part, frame) end
  if lane == HANDSHAKE and part ~= WHOLE then fail(buf, at, frame, "a handshake in parts") end
  if part ~= WHOLE then return show_part(buf, at, from, behind, announced, pinfo, tree, frame) end
  if from < behind then return show_whole(buf(at, behind - at):tvb(), buf(from, behind - from):tvb(), pinfo, tree, frame) end
  if lane ~= 0 then fail(buf, at, frame, "a message without a byte") end
  return "heartbeat"
end

local function show_frame(buf, at, pinfo, tree, root)
  local head = buf(at, 1):uint()
  local lane, part, is_rest = head % 8, math.floor(head / 8) % 4, head >= 32
  if head >= 64 or LANES[lane] == nil then fail(buf, at, root, "no frame begins so") end
  local length, from, announced = buf:len() - at - 1, at + 1, nil
  if not is_rest then length, from = packed(buf, from, root) end
  need(buf, from, length, root, "a frame")
  local behind = from + length
  if part == FIRST then announced, from = packed(buf(0, behind):tvb(), from, root) end
  local frame = root:add(f.frame, buf(at, behind - at))
  frame:append_text(string.format(": %s, %s, %d bytes", LANES[lane], PARTS[part], behind - from))
  frame:add(f.frame_lane, buf(at, 1), lane)
  frame:add(f.frame_part, buf(at, 1), part)
  return behind, show_payload(buf, at, from, behind, announced, pinfo, tree, frame)
end

-- Shows acks and frames, and puts what they are called into `names`.
local function show_packet(buf, pinfo, tree, root, names)
  local at, name = 0, nil
  if buf:len() > PACKET_BYTES_MAX then fail(buf, 0, root, string.format("a packet of more than %d bytes", PACKET_BYTES_MAX)) end
  while at < buf:len() do
    if buf(at, 1):uint() == ACK then
      at, name = show_ack(buf, at, root), "ack"
    else
      at, name = show_frame(buf, at, pinfo, tree, root)
    end
    names[#names + 1] = name
  end
end

function proto.dissector(buf, pinfo, tree)
  if buf:len() == 0 then return 0 end
  local root, names = tree:add(proto, buf()), {}
  local good, trouble = pcall(show_packet, buf, pinfo, tree, root, names)
  if not good and trouble ~= UNREADABLE then error(trouble, 0) end
  pinfo.cols.protocol = NAME
  local text = table.concat(names, ", ")
  if text ~= "" then root:append_text(": " .. text) end
  pinfo.cols.info:append(" " .. text)
  return buf:len()
end

for version = VERSION_MIN, VERSION do
  DissectorTable.get("ws.protocol"):add(NAME .. "." .. version, proto)
end

proto.prefs.port = Pref.uint("WebSocket port", 0, "Where no subprotocol was captured: the server's port; 0 for none")
proto:register_heuristic("ws", function(buf, pinfo, tree)
  local port = proto.prefs.port
  if port == 0 or (pinfo.src_port ~= port and pinfo.dst_port ~= port) then return false end
  proto.dissector(buf, pinfo, tree)
  return true
end)
