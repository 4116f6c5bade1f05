import type { ArenaControls } from "./arena-controls.ts";

/**
 * Tells the controls what keyboard and pointer do on the canvas.
 *
 * Keys count while the canvas, or nothing, has the focus: who writes in the chat does not fly.
 */
export function listenToInput(canvas: HTMLCanvasElement, controls: ArenaControls): void {
  const page = canvas.ownerDocument;
  listenToKeys(page, canvas, controls);
  listenToPointer(canvas, controls);
  page.defaultView?.addEventListener("blur", () => {
    controls.releaseAll();
  });
  page.addEventListener("visibilitychange", () => {
    if (page.hidden) controls.releaseAll();
  });
  page.addEventListener("focusin", (event) => {
    if (event.target !== canvas) controls.releaseAll();
  });
}

function listenToKeys(page: Document, canvas: HTMLCanvasElement, controls: ArenaControls): void {
  page.addEventListener("keydown", (event) => {
    const isForUs = event.target === canvas || event.target === page.body;
    if (!isForUs || event.ctrlKey || event.metaKey || event.altKey) return;
    if (controls.pressKey(event.code)) event.preventDefault();
  });
  page.addEventListener("keyup", (event) => {
    controls.releaseKey(event.code);
  });
}

function listenToPointer(canvas: HTMLCanvasElement, controls: ArenaControls): void {
  canvas.addEventListener("pointermove", (event) => {
    controls.movePointer(event.offsetX, event.offsetY);
  });
  canvas.addEventListener("pointerdown", (event) => {
    controls.movePointer(event.offsetX, event.offsetY);
    tellButtons(controls, event.buttons);
    canvas.setPointerCapture(event.pointerId);
  });
  // A second button that goes down or up beside another one is told as a move.
  for (const change of ["pointermove", "pointerup", "pointercancel"] as const) {
    canvas.addEventListener(change, (event) => {
      tellButtons(controls, change === "pointercancel" ? 0 : event.buttons);
    });
  }
  canvas.addEventListener("contextmenu", (event) => {
    event.preventDefault();
  });
}

/** `buttons` as in PointerEvent: the first has bit 1, the second bit 2. */
function tellButtons(controls: ArenaControls, buttons: number): void {
  for (const [bit, isSecond] of [
    [1, false],
    [2, true],
  ] as const) {
    if ((buttons & bit) !== 0) controls.pressPointer(isSecond);
    else controls.releasePointer(isSecond);
  }
}
