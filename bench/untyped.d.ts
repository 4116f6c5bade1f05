/** Packages without types of their own, which are only handed on. */
declare module "lodash" {
  const lodash: object;
  export = lodash;
}
declare module "platform" {
  const platform: object;
  export = platform;
}
