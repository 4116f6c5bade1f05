import { defineConfig } from "vite";

const gameServer = `http://127.0.0.1:${process.env.GAME_PORT ?? "8081"}`;

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: "../dist/client",
    emptyOutDir: true,
    target: "es2023",
    // No data: addresses: the page's Content-Security-Policy lets fonts come from its own server only.
    assetsInlineLimit: 0,
    // Pixi is one large chunk, and all of it is needed before the first picture.
    chunkSizeWarningLimit: 800,
  },
  server: {
    proxy: {
      "/ws": { target: gameServer, ws: true },
      "/status.json": { target: gameServer },
    },
  },
});
