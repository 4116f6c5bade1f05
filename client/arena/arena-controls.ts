import { angleOf } from "#engine/shared";
import { AIM_STEPS } from "../../shared/arena/movement.ts";
import type { ArenaInput } from "../../shared/schema/generated/arena.ts";

/** What a key means, by its place on the keyboard: layouts differ, hands do not. */
type Action = "thrust" | "reverse" | "left" | "right" | "fire" | "beam";

const ACTIONS: Readonly<Record<string, Action>> = {
  KeyW: "thrust",
  ArrowUp: "thrust",
  KeyS: "reverse",
  ArrowDown: "reverse",
  KeyA: "left",
  ArrowLeft: "left",
  KeyD: "right",
  ArrowRight: "right",
  Space: "fire",
  KeyE: "beam",
};

/** A pointer that moved less than this, in CSS pixels, does not take the aim from the turn keys. */
const AIM_TAKES_PIXELS = 4;

/**
 * Keys and pointer to what the player wants.
 *
 * Turning by key and aiming by pointer exclude each other: whichever was used last steers. Knows no DOM, so that
 * it is told what happened, and asked once a tick. What was pressed and released between two ticks counts in the next.
 */
export class ArenaControls {
  /** What each key or button does that is held. */
  private readonly held = new Map<string, Action>();
  /** What was pressed since the last tick, held or not. */
  private readonly pressed = new Set<Action>();
  private aims = false;
  private pointerX = 0;
  private pointerY = 0;
  private turnedAtX: number | undefined;
  private turnedAtY: number | undefined;
  private shipX = 0;
  private shipY = 0;
  private used = false;

  /** Whether the player has done anything yet. */
  get hasBeenUsed(): boolean {
    return this.used;
  }

  /** Returns whether the key is one of ours. `code` as in KeyboardEvent. */
  pressKey(code: string): boolean {
    const action = actionOf(code);
    if (action === undefined) return false;
    this.press(code, action);
    if (action === "left" || action === "right") this.turnByKey();
    return true;
  }

  releaseKey(code: string): void {
    this.held.delete(code);
  }

  /** In CSS pixels from the screen's corner. */
  movePointer(x: number, y: number): void {
    this.pointerX = x;
    this.pointerY = y;
    if (this.turnedAtX === undefined || this.turnedAtY === undefined) this.aims = true;
    else if (Math.hypot(x - this.turnedAtX, y - this.turnedAtY) > AIM_TAKES_PIXELS && !this.isTurning()) {
      this.aims = true;
    }
  }

  /** `isSecond`: with the button that opens menus elsewhere. */
  pressPointer(isSecond = false): void {
    if (isSecond) this.press("second button", "beam");
    else this.press("button", "fire");
  }

  releasePointer(isSecond = false): void {
    this.held.delete(isSecond ? "second button" : "button");
  }

  /** When the page is no longer listened to: nothing stays pressed. */
  releaseAll(): void {
    this.held.clear();
    this.pressed.clear();
  }

  /** Where the own ship is on the screen, in CSS pixels: the pointer aims from there. */
  shipIsAt(x: number, y: number): void {
    this.shipX = x;
    this.shipY = y;
  }

  /** What the player wants in a tick. */
  take(): ArenaInput {
    const input = this.peek();
    this.pressed.clear();
    return input;
  }

  /** What the player would want if the next tick were now. */
  peek(): ArenaInput {
    return {
      thrust: this.does("thrust"),
      reverse: this.does("reverse"),
      fire: this.does("fire"),
      beam: this.does("beam"),
      aims: this.aims,
      turn: Number(this.does("right")) - Number(this.does("left")),
      aim: this.aims ? angleOf(this.pointerX - this.shipX, this.pointerY - this.shipY, AIM_STEPS) : 0,
    };
  }

  private press(code: string, action: Action): void {
    this.used = true;
    this.held.set(code, action);
    this.pressed.add(action);
  }

  private turnByKey(): void {
    this.aims = false;
    this.turnedAtX = this.pointerX;
    this.turnedAtY = this.pointerY;
  }

  private isTurning(): boolean {
    return this.does("left") || this.does("right");
  }

  private does(action: Action): boolean {
    return this.pressed.has(action) || [...this.held.values()].includes(action);
  }
}

function actionOf(code: string): Action | undefined {
  return Object.hasOwn(ACTIONS, code) ? ACTIONS[code] : undefined;
}
