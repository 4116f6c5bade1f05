import { expect, test } from "vitest";
import { findChromium } from "./chromium.mjs";

interface Place {
  readonly platform: string;
  readonly env: Record<string, string>;
  readonly there: string;
}

const chrome = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
const places: Place[] = [
  { platform: "linux", env: {}, there: "/usr/bin/chromium" },
  { platform: "linux", env: {}, there: "/usr/bin/google-chrome" },
  { platform: "linux", env: { PATH: "/bin:/snap/bin" }, there: "/snap/bin/chromium" },
  { platform: "darwin", env: {}, there: chrome },
  {
    platform: "win32",
    env: { PROGRAMFILES: "C:/Program Files" },
    there: "C:/Program Files/Google/Chrome/Application/chrome.exe",
  },
  { platform: "linux", env: { CHROMIUM: "/opt/chromium/chrome" }, there: "/opt/chromium/chrome" },
];

test.each(places)(
  "on $platform, $there is found where it is there, and nothing where it is not",
  ({ there, ...machine }) => {
    expect(findChromium({ ...machine, exists: (path) => path === there })).toBe(there);
    expect(findChromium({ ...machine, exists: () => false })).toBeUndefined();
  },
);

test("CHROMIUM names the browser even where another one is installed, and a wrong name finds none", () => {
  const env = { CHROMIUM: "/opt/wrong" };

  expect(findChromium({ env, platform: "linux", exists: () => true })).toBe("/opt/wrong");
  expect(findChromium({ env, platform: "linux", exists: (path) => path !== "/opt/wrong" })).toBeUndefined();
});
