/**
 * The records of outputs 4 as they stand on the wire: packed, little-endian. Printed by Tickwire; do not edit.
 *
 * Bit fields lie as gcc lays them out on little-endian machines: lowest bit first, across the borders of their
 * types. MSVC lays them out in another way; there the assertions stop the compiler.
 *
 * Every kind of record once, for the outputs that are not TypeScript: the C header, the AsyncAPI document,
 * the Wireshark dissector, the reference page.
 *
 * Words that must not end anything: // / * <script>alert("1")</script> | `tick` *star* _line_ \ ]] ? ?/
 */
#ifndef OUTPUTS_WIRE_H
#define OUTPUTS_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "these structs are what is on the wire on little-endian machines only"
#endif

#ifdef __cplusplus
#define _Static_assert static_assert
#endif
_Static_assert(sizeof(bool) == 1 && sizeof(float) == 4 && sizeof(double) == 8, "types of the usual sizes");

#ifndef TICKWIRE_QUANTIZE
#define TICKWIRE_QUANTIZE
/** The raw steps nearest to a value, from 0 to raw_max. What is not finite becomes 0. */
static inline uint32_t tickwire_quantize(double value, double min, double steps_per_unit, uint32_t raw_max) {
  const double raw = (value - min) * steps_per_unit + 0.5;
  if (value - value != 0.0 || !(raw >= 1.0)) return 0;
  return raw >= (double)raw_max + 1.0 ? raw_max : (uint32_t)raw;
}
#endif

#define OUTPUTS_PROTOCOL_NAME "outputs"
#define OUTPUTS_PROTOCOL_VERSION 4
#define OUTPUTS_PROTOCOL_HASH 0x017e267bu

#define OUTPUTS_ROWS_MAX 20
#define OUTPUTS_STEP 0.0625
#define OUTPUTS_THIRD (-1.0 / 3.0)
#define OUTPUTS_FAR 18446744073709551615u

/** A name such as `"</td>` ends no cell. */
typedef uint8_t Side;
/** Up. */
#define OUTPUTS_SIDE_NORTH ((Side)0)
#define OUTPUTS_SIDE_EAST ((Side)1)
#define OUTPUTS_SIDE_SOUTH ((Side)4)

typedef int8_t Trend;
#define OUTPUTS_TREND_FALLING ((Trend)-1)
#define OUTPUTS_TREND_LEVEL ((Trend)0)
#define OUTPUTS_TREND_RISING ((Trend)1)

#pragma pack(push, 1)

/** As it is pasted from C. */
struct SomeStruct {
  /** At most 16 bytes of UTF-8, filled up with NULs. */
  char username[16];
  uint16_t id;
  float scores[32];
};
_Static_assert(sizeof(struct SomeStruct) == 146, "SomeStruct takes 146 bytes");
_Static_assert(offsetof(struct SomeStruct, username) == 0, "SomeStruct.username stands at byte 0");
_Static_assert(offsetof(struct SomeStruct, id) == 16, "SomeStruct.id stands at byte 16");
_Static_assert(offsetof(struct SomeStruct, scores) == 18, "SomeStruct.scores stands at byte 18");

struct Numbers {
  bool a;
  uint8_t b;
  int8_t c;
  uint16_t d;
  int16_t e;
  uint32_t f;
  int32_t g;
  uint64_t h;
  int64_t i;
  float j;
  double k;
  Side side;
  Trend trends[3];
  int64_t many[2];
  bool flags[3];
};
_Static_assert(sizeof(struct Numbers) == 66, "Numbers takes 66 bytes");
_Static_assert(offsetof(struct Numbers, a) == 0, "Numbers.a stands at byte 0");
_Static_assert(offsetof(struct Numbers, b) == 1, "Numbers.b stands at byte 1");
_Static_assert(offsetof(struct Numbers, c) == 2, "Numbers.c stands at byte 2");
_Static_assert(offsetof(struct Numbers, d) == 3, "Numbers.d stands at byte 3");
_Static_assert(offsetof(struct Numbers, e) == 5, "Numbers.e stands at byte 5");
_Static_assert(offsetof(struct Numbers, f) == 7, "Numbers.f stands at byte 7");
_Static_assert(offsetof(struct Numbers, g) == 11, "Numbers.g stands at byte 11");
_Static_assert(offsetof(struct Numbers, h) == 15, "Numbers.h stands at byte 15");
_Static_assert(offsetof(struct Numbers, i) == 23, "Numbers.i stands at byte 23");
_Static_assert(offsetof(struct Numbers, j) == 31, "Numbers.j stands at byte 31");
_Static_assert(offsetof(struct Numbers, k) == 35, "Numbers.k stands at byte 35");
_Static_assert(offsetof(struct Numbers, side) == 43, "Numbers.side stands at byte 43");
_Static_assert(offsetof(struct Numbers, trends) == 44, "Numbers.trends stands at byte 44");
_Static_assert(offsetof(struct Numbers, many) == 47, "Numbers.many stands at byte 47");
_Static_assert(offsetof(struct Numbers, flags) == 63, "Numbers.flags stands at byte 63");

/** 74 bits, then a byte, then 36 more. */
struct Bits {
  bool on : 1;
  /** -4 to 3. */
  signed int small : 3;
  /** 0 to 4095: steps of a full turn. */
  unsigned int aim : 12;
  /** 0 to 1048575. */
  unsigned int wide : 20;
  /** -1 ≤ value < 1, in steps of 1/8. */
  unsigned int speed : 4;
  /** 1/3 ≤ value < 2, in steps of 1/3. */
  unsigned int odd : 3;
  unsigned int side : 3;
  signed int trend : 2;
  /** -33554432 to 33554431. */
  signed int deep : 26;
  uint8_t last;
  /** 0 to 4294967295. */
  unsigned int full : 32;
  /** 0 to 15. */
  unsigned int tail : 4;
};
_Static_assert(sizeof(struct Bits) == 16, "Bits takes 16 bytes");
_Static_assert(offsetof(struct Bits, last) == 10, "Bits.last stands at byte 10");
#define OUTPUTS_BITS_AIM_STEPS 4096
#define OUTPUTS_BITS_SPEED_RAW(value) tickwire_quantize((value), (-1.0), 8.0, 15u)
#define OUTPUTS_BITS_SPEED_VALUE(raw) ((double)(raw) * 0.125 - 1.0)
#define OUTPUTS_BITS_ODD_RAW(value) tickwire_quantize((value), (1.0 / 3.0), 3.0, 4u)
#define OUTPUTS_BITS_ODD_VALUE(raw) ((double)(raw) * 1.0 / 3.0 + (1.0 / 3.0))

/** Names that C keeps for itself. */
struct Awkward {
  uint8_t register_;
  uint8_t signed_;
  uint8_t signed_2;
  uint8_t opcode;
  struct SomeStruct auto_;
};
_Static_assert(sizeof(struct Awkward) == 150, "Awkward takes 150 bytes");
_Static_assert(offsetof(struct Awkward, register_) == 0, "Awkward.register stands at byte 0");
_Static_assert(offsetof(struct Awkward, signed_) == 1, "Awkward.signed stands at byte 1");
_Static_assert(offsetof(struct Awkward, signed_2) == 2, "Awkward.signed_ stands at byte 2");
_Static_assert(offsetof(struct Awkward, opcode) == 3, "Awkward.opcode stands at byte 3");
_Static_assert(offsetof(struct Awkward, auto_) == 4, "Awkward.auto stands at byte 4");

struct Health {
  uint8_t amount;
  uint8_t kind;
};
_Static_assert(sizeof(struct Health) == 2, "Health takes 2 bytes");
_Static_assert(offsetof(struct Health, amount) == 0, "Health.amount stands at byte 0");
_Static_assert(offsetof(struct Health, kind) == 1, "Health.kind stands at byte 1");

struct Ammo {
  uint16_t amount;
};
_Static_assert(sizeof(struct Ammo) == 2, "Ammo takes 2 bytes");
_Static_assert(offsetof(struct Ammo, amount) == 0, "Ammo.amount stands at byte 0");

/* The struct Row takes 5 to 37 bytes, which no C struct can say. */

struct Question {
  uint8_t number;
};
_Static_assert(sizeof(struct Question) == 1, "Question takes 1 byte");
_Static_assert(offsetof(struct Question, number) == 0, "Question.number stands at byte 0");

/* The struct Answer takes 1 to 10 bytes, which no C struct can say. */

/* The struct RpcRefusal takes 3 to 123 bytes, which no C struct can say. */

/** All variants have the same size. */
struct Pickup {
  uint8_t tag;
  union {
    struct Health health;
    struct Ammo ammo;
    int16_t other;
  } value;
};
_Static_assert(sizeof(struct Pickup) == 3, "Pickup takes 3 bytes");
#define OUTPUTS_PICKUP_HEALTH_TAG 0
#define OUTPUTS_PICKUP_AMMO_TAG 1
#define OUTPUTS_PICKUP_OTHER_TAG 2

/* The union Varied takes 6 to 38 bytes, which no C struct can say. */

/* The union AskOutcome takes 2 to 124 bytes, which no C struct can say. */

#define OUTPUTS_FIXED_OPCODE 32
/** All of one size. */
struct Fixed {
  uint8_t opcode;
  uint8_t head;
  struct Pickup pickup;
  struct Pickup pickups[2];
  struct Awkward awkward;
  struct Numbers numbers[2];
  /** At most 5 bytes of UTF-8, filled up with NULs. */
  char tag[5];
  /** 0 to 7. */
  unsigned int one : 3;
  __extension__ unsigned char : 0;
  /** 0 to 7. */
  unsigned int later : 3;
  uint8_t last;
};
_Static_assert(sizeof(struct Fixed) == 301, "Fixed takes 301 bytes");
_Static_assert(offsetof(struct Fixed, head) == 1, "Fixed.head stands at byte 1");
_Static_assert(offsetof(struct Fixed, pickup) == 2, "Fixed.pickup stands at byte 2");
_Static_assert(offsetof(struct Fixed, pickups) == 5, "Fixed.pickups stands at byte 5");
_Static_assert(offsetof(struct Fixed, awkward) == 11, "Fixed.awkward stands at byte 11");
_Static_assert(offsetof(struct Fixed, numbers) == 161, "Fixed.numbers stands at byte 161");
_Static_assert(offsetof(struct Fixed, tag) == 293, "Fixed.tag stands at byte 293");
_Static_assert(offsetof(struct Fixed, last) == 300, "Fixed.last stands at byte 300");

#define OUTPUTS_LEADERBOARD_OPCODE 33
/* The message Leaderboard takes 2 to 742 bytes, which no C struct can say. */

#define OUTPUTS_CHAT_SAY_OPCODE 34
/* The message ChatSay takes 4 to 353 bytes, which no C struct can say. */

#define OUTPUTS_EVERYTHING_OPCODE 35
/* The message Everything takes 52 to 555 bytes, which no C struct can say. */

#define OUTPUTS_RELAYED_OPCODE 36
/** What it carries is not of this schema. */
struct Relayed {
  uint8_t opcode;
  uint16_t channel;
  /** 0 to 7. */
  unsigned int hops : 3;
  /**
   * Goes on as it came.
   * What is left of the message, at most 300 bytes.
   */
  uint8_t body[];
};
_Static_assert(sizeof(struct Relayed) == 4, "Relayed takes 4 bytes in front of its body");
_Static_assert(offsetof(struct Relayed, channel) == 1, "Relayed.channel stands at byte 1");
_Static_assert(offsetof(struct Relayed, body) == 4, "Relayed.body stands at byte 4");

#define OUTPUTS_ADDRESSED_OPCODE 37
/* The message Addressed takes 2 to 34 bytes, which no C struct can say. */

#define OUTPUTS_ASK_CALL_OPCODE 38
/** Asks, and is answered. */
struct AskCall {
  uint8_t opcode;
  /** Says which request is answered. */
  uint16_t id;
  struct Question request;
};
_Static_assert(sizeof(struct AskCall) == 4, "AskCall takes 4 bytes");
_Static_assert(offsetof(struct AskCall, id) == 1, "AskCall.id stands at byte 1");
_Static_assert(offsetof(struct AskCall, request) == 3, "AskCall.request stands at byte 3");

#define OUTPUTS_ASK_RESULT_OPCODE 39
/* The message AskResult takes 5 to 127 bytes, which no C struct can say. */

/* The entity Ship travels in snapshots, packed into bits, which no C struct can say. */

#pragma pack(pop)

#endif
