import { Rng } from "#engine/shared";
import type { Atlas } from "./atlas.ts";
import { packColour, Palette } from "./palette.ts";
import type { SpritePool } from "./sprite-pool.ts";

/** Most pieces of light at one time; the oldest make room. */
export const SPARKS_MAX = 384;

type SparkKind = "spark" | "flash" | "ring" | "streak";

interface Spark {
  kind: SparkKind;
  x: number;
  y: number;
  /** Units per second. */
  vx: number;
  vy: number;
  ageMs: number;
  lifeMs: number;
  /** Length of a spark, half that of a streak, or radius of a flash or ring at its end, in units. */
  size: number;
  rgb: number;
}

/** Seconds in which a spark loses most of its speed. */
const SPARK_SLOWS_SECONDS = 0.45;

/**
 * Light that outlives its cause for a moment: flashes, rings and sparks.
 *
 * A ring of reused records; their randomness is the scene's own and touches no one else's.
 */
export class Sparks {
  private readonly sparks: Spark[] = [];
  private readonly rng: Rng;
  private next = 0;

  constructor(seed: number) {
    this.rng = new Rng(seed);
  }

  /** How many still glow. */
  get count(): number {
    return this.sparks.filter((spark) => spark.ageMs < spark.lifeMs).length;
  }

  shipEnds(x: number, y: number, rgb: number): void {
    this.add("flash", x, y, 0, 0, 130, 110, Palette.white);
    this.add("flash", x, y, 0, 0, 520, 90, rgb);
    this.add("ring", x, y, 0, 0, 560, 92, rgb);
    this.burst(x, y, 26, 300, 760, rgb);
    this.burst(x, y, 12, 170, 980, Palette.fire);
  }

  rockBreaks(x: number, y: number): void {
    this.add("flash", x, y, 0, 0, 160, 46, Palette.dust);
    this.burst(x, y, 9, 120, 620, Palette.dust);
  }

  shotStrikes(x: number, y: number, rgb: number): void {
    this.add("flash", x, y, 0, 0, 140, 26, rgb);
    this.burst(x, y, 4, 150, 260, rgb);
  }

  beamStrikes(x: number, y: number, rgb: number): void {
    this.add("flash", x, y, 0, 0, 180, 44, Palette.white);
    this.add("flash", x, y, 0, 0, 320, 58, rgb);
    this.burst(x, y, 10, 260, 420, rgb);
  }

  /** A line of light from (x, y) by (dx, dy): the way of what is faster than the eye. */
  streak(x: number, y: number, dx: number, dy: number, rgb: number): void {
    const length = Math.max(1e-9, Math.hypot(dx, dy));
    this.add("streak", x + dx / 2, y + dy / 2, dx / length, dy / length, 120, length / 2, rgb);
  }

  muzzle(x: number, y: number, rgb: number): void {
    this.add("flash", x, y, 0, 0, 90, 20, rgb);
  }

  advance(elapsedMs: number): void {
    const slowed = Math.exp(-elapsedMs / 1000 / SPARK_SLOWS_SECONDS);
    for (const spark of this.sparks) {
      if (spark.ageMs >= spark.lifeMs) continue;
      spark.ageMs += elapsedMs;
      spark.x += (spark.vx * elapsedMs) / 1000;
      spark.y += (spark.vy * elapsedMs) / 1000;
      spark.vx *= slowed;
      spark.vy *= slowed;
    }
  }

  draw(lights: SpritePool, atlas: Atlas): void {
    for (const spark of this.sparks) {
      if (spark.ageMs >= spark.lifeMs) continue;
      const age = spark.ageMs / spark.lifeMs;
      const left = 1 - age;
      const grown = 1 - left * left * left;
      if (spark.kind === "flash") {
        const size = spark.size * (0.55 + 0.45 * grown);
        lights.put(atlas.glow, spark.x, spark.y, 0, size, size, packColour(spark.rgb, left * left));
      } else if (spark.kind === "ring") {
        const size = spark.size * grown;
        lights.put(atlas.ring, spark.x, spark.y, 0, size, size, packColour(spark.rgb, 0.7 * left * left));
      } else if (spark.kind === "streak") {
        const angle = Math.atan2(spark.vy, spark.vx);
        lights.put(atlas.shotCore, spark.x, spark.y, angle, spark.size, 6, packColour(spark.rgb, 0.8 * left * left));
      } else {
        const length = spark.size * (0.35 + 0.65 * left);
        const angle = Math.atan2(spark.vy, spark.vx);
        lights.put(atlas.shotCore, spark.x, spark.y, angle, length, 3.2, packColour(spark.rgb, left));
      }
    }
  }

  private burst(x: number, y: number, count: number, speed: number, lifeMs: number, rgb: number): void {
    for (let index = 0; index < count; index++) {
      const angle = this.rng.between(0, 2 * Math.PI);
      const own = speed * this.rng.between(0.35, 1);
      const life = lifeMs * this.rng.between(0.5, 1);
      this.add("spark", x, y, Math.cos(angle) * own, Math.sin(angle) * own, life, this.rng.between(3, 7), rgb);
    }
  }

  private add(
    kind: SparkKind,
    x: number,
    y: number,
    vx: number,
    vy: number,
    lifeMs: number,
    size: number,
    rgb: number,
  ): void {
    this.sparks[this.next] = { kind, x, y, vx, vy, ageMs: 0, lifeMs, size, rgb };
    this.next = (this.next + 1) % SPARKS_MAX;
  }
}
