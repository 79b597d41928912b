// The template's own function under a name that reads well in tests.
export { $is$ as isSample } from "../../templates/extractor.js";
