import { FIELD_SIZE, type RunnerColumns } from "./generated/tag.ts";
import { BREATH_MAX, RUNNER_RADIUS, slotOf, type TagWorld } from "./simulation.ts";

const GRID = 128;
/** World units along the shorter side of the picture. */
const SEEN_UNITS = 1000;
const FLASH_MS = 600;
const IT_HUE = 8;
/** Degrees of the colour wheel between two runners: all differ from each other, and from who is it. */
const HUE_STEP = 67;

/** Draws the field around a player, who is always in its middle. */
export class TagRenderer {
  private readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  /** Who was caught, to be shown from the next picture on, and when that was. */
  private flashed = -1;
  private flashedAtMs: number | undefined;

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d")!;
  }

  /** A ring around the one who was caught. */
  flash(playerId: number): void {
    this.flashed = playerId;
    this.flashedAtMs = undefined;
  }

  draw(world: TagWorld, playerId: number | undefined, nowMs: number): void {
    const { context, canvas } = this;
    const { runners } = world;
    const own = playerId === undefined ? undefined : slotOf(world, playerId);
    const [x, y] = own === undefined ? [0, 0] : [runners.columns.x[own]!, runners.columns.y[own]!];
    canvas.width = Math.round(canvas.clientWidth * devicePixelRatio);
    canvas.height = Math.round(canvas.clientHeight * devicePixelRatio);
    if (own === undefined) return;
    const zoom = Math.min(canvas.width, canvas.height) / SEEN_UNITS;
    context.setTransform(zoom, 0, 0, zoom, canvas.width / 2 - x * zoom, canvas.height / 2 - y * zoom);
    this.drawField();
    context.globalCompositeOperation = "lighter";
    for (const slot of runners.slots()) this.drawRunner(runners.columns, slot, nowMs);
    this.drawBreath(runners.columns, own);
    // What the picture shows, for those who cannot see it.
    canvas.dataset.playerId = String(playerId);
    canvas.dataset.runners = JSON.stringify(placesOf(world));
  }

  private drawField(): void {
    const { context } = this;
    context.lineWidth = 1;
    context.strokeStyle = "#16213c";
    context.beginPath();
    for (let at = GRID; at < FIELD_SIZE; at += GRID) {
      context.moveTo(at, 0);
      context.lineTo(at, FIELD_SIZE);
      context.moveTo(0, at);
      context.lineTo(FIELD_SIZE, at);
    }
    context.stroke();
    context.lineWidth = 3;
    context.strokeStyle = "#3b6fd4";
    context.strokeRect(0, 0, FIELD_SIZE, FIELD_SIZE);
  }

  private drawRunner({ owner, x, y, vx, vy, isIt }: RunnerColumns, slot: number, nowMs: number): void {
    const it = isIt[slot] === 1;
    const hue = it ? IT_HUE : 160 + ((owner[slot]! * HUE_STEP) % 160);
    const [atX, atY] = [x[slot]!, y[slot]!];
    this.drawGlow(atX - vx[slot]! * 3, atY - vy[slot]! * 3, RUNNER_RADIUS * 1.6, hue, 0.35);
    this.drawGlow(atX - vx[slot]! * 1.5, atY - vy[slot]! * 1.5, RUNNER_RADIUS * 1.8, hue, 0.45);
    this.drawGlow(atX, atY, RUNNER_RADIUS * (it ? 3.4 + Math.sin(nowMs / 150) * 0.4 : 2.4), hue, 0.8);
    this.context.fillStyle = `hsl(${hue} 90% 72%)`;
    this.context.beginPath();
    this.context.arc(atX, atY, RUNNER_RADIUS, 0, Math.PI * 2);
    this.context.fill();
    if (owner[slot] === this.flashed) this.drawFlash(atX, atY, nowMs);
  }

  private drawGlow(x: number, y: number, radius: number, hue: number, strength: number): void {
    const gradient = this.context.createRadialGradient(x, y, 0, x, y, radius);
    gradient.addColorStop(0, `hsl(${hue} 100% 60% / ${strength})`);
    gradient.addColorStop(1, `hsl(${hue} 100% 60% / 0)`);
    this.context.fillStyle = gradient;
    this.context.fillRect(x - radius, y - radius, radius * 2, radius * 2);
  }

  private drawFlash(x: number, y: number, nowMs: number): void {
    this.flashedAtMs ??= nowMs;
    const age = (nowMs - this.flashedAtMs) / FLASH_MS;
    if (age >= 1) return;
    this.drawArc(x, y, RUNNER_RADIUS * (1 + age * 5), 1, `hsl(${IT_HUE} 100% 70% / ${1 - age})`);
  }

  /** The player's breath, which nobody else is told of. */
  private drawBreath({ x, y, breath }: RunnerColumns, own: number): void {
    this.drawArc(x[own]!, y[own]!, RUNNER_RADIUS + 8, breath[own]! / BREATH_MAX, "#dfefffcc");
  }

  private drawArc(x: number, y: number, radius: number, share: number, colour: string): void {
    const { context } = this;
    context.strokeStyle = colour;
    context.lineWidth = 3;
    context.beginPath();
    context.arc(x, y, radius, -Math.PI / 2, (share * 2 - 0.5) * Math.PI);
    context.stroke();
  }
}

/** Where each player's runner is. */
function placesOf({ runners }: TagWorld): Record<number, [x: number, y: number]> {
  const { owner, x, y } = runners.columns;
  return Object.fromEntries([...runners.slots()].map((slot) => [owner[slot]!, [x[slot]!, y[slot]!]]));
}
