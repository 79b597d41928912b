// What people import; generated files import ./v1.
export * from "./v1.js";
