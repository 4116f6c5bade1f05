import type { SchemaLayout } from "../layout.ts";
import type { ModuleOptions } from "./module.ts";
import { printed } from "./module.ts";

export interface JavaScriptModule {
  readonly js: string;
  /** The declarations of its types. */
  readonly dts: string;
}

/** What `emitModule` prints, for those who have no TypeScript compiler. */
export function emitJavaScript(layout: SchemaLayout, path: string, options: ModuleOptions): JavaScriptModule {
  return { js: printed(layout, path, options, "js"), dts: printed(layout, path, options, "dts") };
}
