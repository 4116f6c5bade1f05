/** The door `tickwire/testing`: a network without sockets, for tests of games. */
export { type LinkConditions, linkNamed, NAMED_LINKS, type Outage } from "./link-conditions.ts";
export { type VirtualLink, VirtualNetwork } from "./virtual-network.ts";
