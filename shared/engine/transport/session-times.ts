/** With nothing heard of the other side for so long it is silent: noticed within 5 s, however seldom it is looked at. */
export const SILENT_MS = 4_500;
/** So long after that the session is over on both sides. */
export const GONE_MS = 30_000;
