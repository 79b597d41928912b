import type { UnpluginInstance } from "unplugin";
import { schemacastPlugin, type PluginOptions } from "./schemacast-plugin.js";

export type { PluginOptions };

/** The plugin for esbuild: generates at the start of every build. */
const plugin: UnpluginInstance<PluginOptions | undefined>["esbuild"] = schemacastPlugin.esbuild;

export default plugin;
