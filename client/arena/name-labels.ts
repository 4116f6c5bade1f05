import type { ArenaWorld } from "../../shared/arena/world.ts";
import type { Camera } from "./camera.ts";

/** Most names on the screen; more ships than that cover each other anyway. */
export const LABELS_MAX = 48;
/** From a ship's middle to the line of its name, in units, and then in CSS pixels. */
const LIFT_UNITS = 24;
const LIFT_PIXELS = 14;

/** Names above other ships: text of the page, moved over the canvas. The own ship needs none. */
export class NameLabels {
  private readonly layer: HTMLElement;
  private readonly labels: HTMLElement[] = [];
  private readonly shownNames: string[] = [];
  private shown = 0;

  constructor(layer: HTMLElement) {
    this.layer = layer;
  }

  draw(world: ArenaWorld, camera: Camera, ownId: number | undefined, nameOf: (playerId: number) => string): void {
    const { ships } = world;
    const { x, y, owner } = ships.columns;
    let used = 0;
    for (let slot = 0; slot < ships.slotEnd && used < LABELS_MAX; slot++) {
      if (!ships.isLive(slot) || owner[slot] === ownId) continue;
      if (Math.abs(x[slot]! - camera.x) > camera.halfWidth || Math.abs(y[slot]! - camera.y) > camera.halfHeight)
        continue;
      const left = camera.screenX(x[slot]!);
      const top = camera.screenY(y[slot]! - LIFT_UNITS) - LIFT_PIXELS;
      this.place(used, nameOf(owner[slot]!), left, top);
      used += 1;
    }
    for (let index = used; index < this.shown; index++) this.labels[index]!.hidden = true;
    this.shown = used;
  }

  private place(index: number, name: string, left: number, top: number): void {
    const label = this.labels[index] ?? this.create();
    if (this.shownNames[index] !== name) {
      label.textContent = name;
      this.shownNames[index] = name;
    }
    if (index >= this.shown) label.hidden = false;
    label.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px) translateX(-50%)`;
  }

  private create(): HTMLElement {
    const label = this.layer.ownerDocument.createElement("span");
    label.className = "name";
    this.layer.append(label);
    this.labels.push(label);
    this.shownNames.push("");
    return label;
  }
}
