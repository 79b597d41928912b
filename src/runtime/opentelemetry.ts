export { instrumentCalls, type Instrumentation } from "./telemetry/instrument-calls.js";
