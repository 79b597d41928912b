import type { UnpluginInstance } from "unplugin";
import { schemacastPlugin, type PluginOptions } from "./schemacast-plugin.js";

export type { PluginOptions };

/** The plugin for rollup: generates at the start of every build. */
const plugin: UnpluginInstance<PluginOptions | undefined>["rollup"] = schemacastPlugin.rollup;

export default plugin;
