/** How long a newcomer flies before the hint goes, in milliseconds. */
const FLOWN_MS = 7000;

/** The list of controls: it stays until it has been read with the hands. */
export class ControlsHint {
  private readonly list: HTMLElement;
  private flownMs = 0;

  constructor(list: HTMLElement) {
    this.list = list;
  }

  /** Once a display frame. */
  update(isFlying: boolean, elapsedMs: number): void {
    if (!isFlying || this.flownMs > FLOWN_MS) return;
    this.flownMs += elapsedMs;
    if (this.flownMs > FLOWN_MS) this.list.classList.add("is-gone");
  }
}
