import type { UnpluginInstance } from "unplugin";
import { schemacastPlugin, type PluginOptions } from "./schemacast-plugin.js";

export type { PluginOptions };

/** The plugin for webpack: generates at the start of every build. */
const plugin: UnpluginInstance<PluginOptions | undefined>["webpack"] = schemacastPlugin.webpack;

export default plugin;
