declare const process: { readonly env: { readonly NODE_ENV?: string } };

/**
 * Whether encoders check their values. They ask for NODE_ENV as well: bundlers know it, and drop the checks from
 * production builds; without a bundler it is read once, here, and in a browser nothing is checked.
 */
export const CHECKS = /* @__PURE__ */ isDevelopment();

function isDevelopment(): boolean | undefined {
  // A bundler's page has no `process` either: what it puts in place of the whole expression is what counts.
  try {
    return process.env.NODE_ENV !== "production";
  } catch {
    return undefined;
  }
}
