import { Particle, ParticleContainer } from "pixi.js";
import type { Texture } from "pixi.js";
import type { AtlasShape } from "./atlas.ts";

/** Most sprites of one pool; what exceeds it is not drawn. */
export const SPRITES_MAX = 4096;

/**
 * Sprites of one blend mode, in one draw call and in the order they are put.
 *
 * They are put anew each display frame and reused from the last one: nothing is allocated once the busiest
 * frame has been seen.
 */
export class SpritePool {
  readonly container: ParticleContainer;
  private readonly sprites: Particle[] = [];
  private used = 0;

  constructor(blendMode: "normal" | "add") {
    const always = { vertex: true, position: true, rotation: true, uvs: true, color: true };
    this.container = new ParticleContainer({ dynamicProperties: always, blendMode });
  }

  /** Before the first `put` of a display frame. `sheet`: any texture of the one sheet that the shapes are on. */
  begin(sheet: Texture): void {
    this.used = 0;
    this.container.texture = sheet;
  }

  /** `rotation` in radians; scales multiply the size that the shape was painted for; `colour` from `packColour`. */
  put(shape: AtlasShape, x: number, y: number, rotation: number, scaleX: number, scaleY: number, colour: number): void {
    if (this.used === SPRITES_MAX) return;
    const sprite = this.spriteAt(this.used, shape);
    this.used += 1;
    sprite.texture = shape.texture;
    sprite.x = x;
    sprite.y = y;
    sprite.rotation = rotation;
    sprite.scaleX = shape.scale * scaleX;
    sprite.scaleY = shape.scale * scaleY;
    sprite.color = colour;
  }

  /** After the last `put`. */
  end(): void {
    const shown = this.container.particleChildren;
    for (let index = shown.length; index < this.used; index++) shown.push(this.sprites[index]!);
    shown.length = this.used;
  }

  private spriteAt(index: number, shape: AtlasShape): Particle {
    const known = this.sprites[index];
    if (known !== undefined) return known;
    const sprite = new Particle({ texture: shape.texture, anchorX: 0.5, anchorY: 0.5 });
    this.sprites.push(sprite);
    return sprite;
  }
}
