/** Told of a queue: what it is called, what it holds, and the most that it may. */
export type QueueVisitor = (name: string, held: number, max: number) => void;
