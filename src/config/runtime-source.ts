/** Stands among a job's sources where `runtime` is `inline`: what becomes of it is the runtime itself. */
export const runtimeSource = "@schemacast/runtime";
