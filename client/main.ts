import "pixi.js/unsafe-eval";
import { GameClient } from "#engine/client";
import type { ArenaTypes } from "../shared/arena/game.ts";
import { TerrainMirror } from "../shared/arena/terrain-mirror.ts";
import "./arena/arena.css";
import "./arena/small-window.css";
import { ArenaControls } from "./arena/arena-controls.ts";
import { ArenaScreen } from "./arena/arena-screen.ts";
import { playerName } from "./arena/player-name.ts";
import { Rejoin } from "./arena/rejoin.ts";
import { runInBrowser } from "./browser/browser-session.ts";
import { isAnswered } from "./browser/is-answered.ts";
import { reloadAfterRestart } from "./browser/reload-after-restart.ts";

const controls = new ArenaControls();
const name = playerName(location.search, { browser: () => localStorage, tab: () => sessionStorage }, Math.random);
const mirror = new TerrainMirror();
const client = new GameClient<ArenaTypes>({
  game: mirror.game,
  joinOptions: { name },
  readInput: () => controls.take(),
  peekInput: () => controls.peek(),
  random: Math.random,
  receiveBulk: mirror.receiveBulk,
});
const rejoin = new Rejoin({
  random: Math.random,
  isServerUp: () => isAnswered("/status.json"),
  // The whole page: a server that has started again may speak another version.
  join: () => {
    location.reload();
  },
});
const screen = await ArenaScreen.create(document, { client, controls, mirror, rejoin });
const url = `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/ws`;

runInBrowser(client, {
  url,
  protocol: mirror.game.protocol,
  onAdvance: (nowMs) => {
    screen.hear(nowMs);
  },
  onFrame: (nowMs) => {
    screen.draw(nowMs);
  },
});

// Only in development: in the page that is built, `import.meta.hot` is undefined and none of this remains.
if (import.meta.hot !== undefined) reloadAfterRestart(client, "/status.json");
