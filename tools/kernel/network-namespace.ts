import { execFileSync } from "node:child_process";

const HOST_ADDRESS = "10.213.77.1";
const GUEST_ADDRESS = "10.213.77.2";

/** A network namespace with a link to this one, which can be taken down. Linux, CAP_NET_ADMIN and iproute2. */
export class NetworkNamespace {
  /** Where a program inside reaches this machine. */
  readonly hostAddress = HOST_ADDRESS;
  private readonly name: string;

  private constructor(name: string) {
    this.name = name;
  }

  /** Undefined where this machine, or this user, cannot have one. */
  static make(): NetworkNamespace | undefined {
    if (process.platform !== "linux") return undefined;
    const name = `tickwire-${process.pid}`;
    try {
      ip("netns", "add", name);
    } catch {
      return undefined;
    }
    const namespace = new NetworkNamespace(name);
    try {
      namespace.join(`tw${process.pid}`);
    } catch {
      namespace.remove();
      return undefined;
    }
    return namespace;
  }

  /** What runs a program inside. */
  get prefix(): readonly string[] {
    return ["ip", "netns", "exec", this.name];
  }

  setLink(state: "up" | "down"): void {
    this.inside("link", "set", "guest", state);
  }

  remove(): void {
    ip("netns", "del", this.name);
  }

  private join(host: string): void {
    ip("link", "add", host, "type", "veth", "peer", "name", "guest", "netns", this.name);
    ip("addr", "add", `${HOST_ADDRESS}/30`, "dev", host);
    ip("link", "set", host, "up");
    this.inside("addr", "add", `${GUEST_ADDRESS}/30`, "dev", "guest");
    this.inside("link", "set", "lo", "up");
    this.setLink("up");
  }

  private inside(...args: readonly string[]): void {
    ip("-n", this.name, ...args);
  }
}

function ip(...args: readonly string[]): void {
  execFileSync("ip", args, { stdio: "pipe" });
}
