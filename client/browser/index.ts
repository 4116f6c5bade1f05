/** The door `tickwire/browser`: a game's client, or a channel, in a page. */
export { type BrowserSessionOptions, runInBrowser } from "./browser-session.ts";
export { openChannel, type PageChannelOptions } from "./page-channel.ts";
