/** A player without a screen: `bot.ts ws://ADDRESS/ws`. */
import { GameClient } from "tickwire/client";
import { runInNode } from "tickwire/node";
import { chase } from "./chase.ts";
import { tag, type TagTypes } from "./simulation.ts";

const client = new GameClient<TagTypes>({ game: tag, joinOptions: {}, readInput: chase, random: Math.random });
runInNode(client, { url: process.argv[2]!, protocol: tag.protocol });
