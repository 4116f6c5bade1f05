import { defineConfig } from "vite";

/** `npm run example NAME` builds the page in examples/NAME with it, into dist/examples/NAME. */
export default defineConfig({
  // In this repository `tickwire/…` are its sources: the `paths` of tsconfig.base.json. Others need no such line.
  resolve: { tsconfigPaths: true },
  build: { target: "es2023", emptyOutDir: true, assetsInlineLimit: 0 },
});
