declare const process: { readonly env: { readonly NODE_ENV?: string } };

/**
 * Whether encoders check their values: asked once by each printed module. Bundlers know NODE_ENV and put its value in
 * place of the expression; without one it is read, and a browser, which has none, checks nothing.
 */
export function isDevelopment(): boolean | undefined {
  // A bundled page has no `process` either: to ask whether there is one would switch its checks off.
  try {
    return process.env.NODE_ENV !== "production";
  } catch {
    return undefined;
  }
}
