import "pixi.js/unsafe-eval";
import { GameClient } from "#engine/client";
import { arena } from "../shared/arena/game.ts";
import type { ArenaTypes } from "../shared/arena/game.ts";
import "./arena/arena.css";
import { ArenaControls } from "./arena/arena-controls.ts";
import { ArenaScreen } from "./arena/arena-screen.ts";
import { playerName } from "./arena/player-name.ts";
import { runInBrowser } from "./browser/browser-session.ts";
import { reloadAfterRestart } from "./browser/reload-after-restart.ts";

const controls = new ArenaControls();
const name = playerName(location.search, () => localStorage, Math.random);
const client = new GameClient<ArenaTypes>({
  game: arena,
  joinOptions: { name },
  readInput: () => controls.read(),
  random: Math.random,
});
const screen = await ArenaScreen.create(document, client, controls);
const url = `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/ws`;

runInBrowser(client, {
  url,
  protocol: arena.protocol,
  onAdvance: (nowMs) => {
    screen.hear(nowMs);
  },
  onFrame: (nowMs) => {
    screen.draw(nowMs);
  },
});

// Only in development: in the page that is built, `import.meta.hot` is undefined and none of this remains.
if (import.meta.hot !== undefined) reloadAfterRestart(client, "/status.json");
