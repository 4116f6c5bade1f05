/** What kiwi reads. It compiles at run time. */
export const KIWI = `
struct SomeStruct {
  string username;
  uint id;
  float[] scores;
}

struct Input {
  uint seq;
  byte buttons;
  int aimX;
  int aimY;
  uint dtMs;
}

struct Entity {
  uint id;
  byte kind;
  byte team;
  bool alive;
  float x;
  float y;
  int vx;
  int vy;
  byte angle;
  byte hp;
}

struct World {
  uint tick;
  uint ackSeq;
  Entity[] entities;
}

struct Row {
  string name;
  uint score;
}

struct Chat {
  byte channel;
  string sender;
  string text;
  Row[] rows;
}
`;
