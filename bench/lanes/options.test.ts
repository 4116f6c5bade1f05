import { expect, test } from "vitest";
import { parseOptions } from "../options.ts";

test("lanes alone measures everyone over five links, in virtual time", () => {
  expect(parseOptions(["lanes"])).toEqual({
    kind: "lanes",
    options: {
      isQuick: false,
      isReal: false,
      links: ["8M/50", "8M/100", "25M/50", "1M/50", "8M/50/j5"],
      hows: ["one send", "chunks at once", "textbook", "two sockets", "lanes"],
      congestions: [],
      runs: undefined,
      json: undefined,
      report: undefined,
    },
  });
});

test("links and contenders keep their order, and one send is always among them", () => {
  const args = [
    "--link",
    "10M/80",
    "--link",
    "1M/50",
    "--link",
    "4g",
    "--link",
    "10M/80",
    "--how",
    "two sockets",
    "--how",
    "textbook",
  ];

  expect(parseOptions(["lanes", ...args])).toMatchObject({
    options: { links: ["4g", "1M/50", "10M/80"], hows: ["one send", "textbook", "two sockets"] },
  });
});

test("real TCP is asked for with its congestion controls, and a number of runs", () => {
  const args = ["--real", "--cc", "bbr", "--cc", "cubic", "--cc", "bbr", "--runs", "3"];

  expect(parseOptions(["lanes", ...args])).toMatchObject({
    options: { isReal: true, congestions: ["bbr", "cubic"], runs: 3 },
  });
});

test.each([
  ["an unknown link", ["--link", "8M"], 'not "8M"'],
  ["an unknown contender", ["--how", "magic"], 'nobody does it "magic"'],
  ["a congestion control in virtual time", ["--cc", "bbr"], "--cc goes with --real"],
  ["no runs at all", ["--runs", "0"], "--runs is 1 to 1000"],
  ["fewer runs than none", ["--runs", "-3"], '--runs is 1 to 1000, not "-3"'],
  ["half a run", ["--runs", "1.5"], "--runs is 1 to 1000"],
  ["an option of the others", ["--browser"], "lanes has no option --browser"],
])("%s is a mistake", (_, args, says) => {
  const asked = parseOptions(["lanes", ...args]);

  expect(asked.kind === "mistake" && asked.mistake).toContain(says);
});

test("an option of lanes is none of codec", () => {
  expect(parseOptions(["codec", "--real"])).toEqual({ kind: "mistake", mistake: "codec has no option --real" });
});
