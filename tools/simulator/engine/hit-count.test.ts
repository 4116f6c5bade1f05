import { expect, test } from "vitest";
import { HitCount } from "./hit-count.ts";

test("of 3 hits that were shown, those 2 were true that the room confirmed within a second; luck does not count", () => {
  const hits = new HitCount();
  hits.confirm(1, 0);
  hits.claim(1, 100);
  hits.confirm(1, 300);
  hits.claim(1, 1_000);
  hits.claim(1, 2_100);
  hits.confirm(2, 2_200);

  expect(hits).toMatchObject({ claimed: 3, confirmed: 2 });
});
