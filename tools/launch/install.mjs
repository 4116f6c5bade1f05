// Put in front of the scripts of package.json that need packages: a fresh clone has none.
import { ensureInstalled } from "./ensure-installed.mjs";

ensureInstalled();
