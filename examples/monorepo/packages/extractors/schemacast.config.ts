import { defineConfig } from "schemacast";

export default defineConfig({ input: "schemas", output: "generated" });
