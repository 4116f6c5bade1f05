import { GlProgram, Shader, UniformGroup } from "pixi.js";
import type { BufferImageSource } from "pixi.js";
import { CELL_UNITS } from "../../shared/arena/terrain.ts";
import { LIGHT } from "./paint-rocks.ts";
import { channelsOf, Palette } from "./palette.ts";
import { FIELD_MARGIN, FIELD_SIDE } from "./terrain-field.ts";

/** Where the contour is drawn, as the share of rock around a cell: a single cell is still seen, as a crumb. */
const CONTOUR = 0.235;
/** How steeply that share falls at the contour of a straight wall, for each unit. */
const STEEPNESS = 0.0625;

const VERTEX = `
in vec2 aPosition;
in float aLight;
out vec2 vPlace;
out float vLight;
uniform mat3 uProjectionMatrix;
uniform mat3 uWorldTransformMatrix;
uniform mat3 uTransformMatrix;
void main() {
  mat3 matrix = uProjectionMatrix * uWorldTransformMatrix * uTransformMatrix;
  gl_Position = vec4((matrix * vec3(aPosition, 1.0)).xy, 0.0, 1.0);
  vPlace = (aPosition / ${real(CELL_UNITS)} + ${real(FIELD_MARGIN)}) / ${real(FIELD_SIDE)};
  vLight = aLight;
}`;

/**
 * The contour is cut out of the facets. Near it the rock slopes, bright towards the light and dark away from it; far
 * inside it is dark, so that nothing there asks for attention.
 */
const FRAGMENT = `
in vec2 vPlace;
in float vLight;
uniform sampler2D uField;
uniform float uSoftness;
const float TEXEL = 1.0 / ${real(FIELD_SIDE)};
const vec2 TO_LIGHT = vec2(${real(LIGHT.x)}, ${real(LIGHT.y)});
void main() {
  vec4 here = texture(uField, vPlace);
  float alpha = smoothstep(${real(CONTOUR)} - uSoftness, ${real(CONTOUR)} + uSoftness, here.r);
  if (alpha <= 0.0) discard;
  vec4 right = texture(uField, vPlace + vec2(TEXEL, 0.0));
  vec4 below = texture(uField, vPlace + vec2(0.0, TEXEL));
  vec2 outward = vec2(here.g - right.g, here.g - below.g);
  vec2 edgeOutward = vec2(here.r - right.r, here.r - below.r);
  float facing = dot(edgeOutward, TO_LIGHT) / max(0.02, length(edgeOutward));
  float slope = dot(outward, TO_LIGHT) * 4.6;
  float depth = smoothstep(0.55, 1.0, here.g);
  float ore = smoothstep(0.4, 0.6, here.a);
  float shade = 0.24 + (vLight - 0.4) * mix(1.2, 0.85, depth) + slope - 0.22 * depth;
  vec3 colour = mix(${colour(Palette.rockDark)} * 0.72, ${colour(Palette.rockLight)}, clamp(shade, 0.0, 1.25));
  colour += ${colour(Palette.rockOre)} * ore * (0.03 + 0.45 * vLight * vLight);
  float edge = 1.0 - smoothstep(${real(CONTOUR)}, 0.72, here.r);
  colour += ${colour(Palette.rockEdge)} * edge * (0.07 + 0.62 * max(0.0, facing));
  float fresh = here.b * (0.25 + 0.75 * edge);
  colour = mix(colour, ${colour(Palette.rockFresh)}, 0.8 * fresh);
  finalColor = vec4(colour * alpha, alpha);
}`;

/** What all blocks of rock are drawn with. */
export class TerrainShaders {
  private readonly program = GlProgram.from({ vertex: VERTEX, fragment: FRAGMENT, name: "terrain" });
  private readonly uniforms = new UniformGroup({ uSoftness: { value: 0.05, type: "f32" } });

  /** Device pixels for each unit: the contour fades within one of them. */
  scaleTo(pixelsPerUnit: number): void {
    this.uniforms.uniforms.uSoftness = Math.min(0.12, (0.75 * STEEPNESS) / pixelsPerUnit);
    this.uniforms.update();
  }

  /** Draws one block from its field. */
  shaderOf(field: BufferImageSource): Shader {
    const resources = { uField: field, uSampler: field.style, scale: this.uniforms };
    return new Shader({ glProgram: this.program, resources });
  }
}

/** A number as GLSL takes it. */
function real(value: number): string {
  return value.toFixed(6);
}

function colour(rgb: number): string {
  return `vec3(${channelsOf(rgb)
    .map((channel) => real(channel / 255))
    .join(", ")})`;
}
