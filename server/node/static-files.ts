import type { IncomingMessage, ServerResponse } from "node:http";
import sirv from "sirv";

/** Scripts come from this server alone: an injected one does not run. */
const SECURITY_HEADERS = {
  "Content-Security-Policy":
    "default-src 'self'; script-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data: blob:; " +
    "style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
} as const;

/** Answers a request, or calls `next` when it has no answer. */
export type RequestListener = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Serves the built page from `directory`. Names with a content hash are cached for ever, the page itself never. */
export function serveStaticFiles(directory: string): RequestListener {
  return sirv(directory, {
    etag: true,
    setHeaders(response, pathname) {
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
      const isHashed = pathname.startsWith("/assets/");
      response.setHeader("Cache-Control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
}
