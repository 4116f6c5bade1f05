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
    if (event.button !== 0) return;
    controls.movePointer(event.offsetX, event.offsetY);
    controls.pressPointer();
    canvas.setPointerCapture(event.pointerId);
  });
  for (const end of ["pointerup", "pointercancel"] as const) {
    canvas.addEventListener(end, () => {
      controls.releasePointer();
    });
  }
  canvas.addEventListener("contextmenu", (event) => {
    event.preventDefault();
  });
}
