// A page of the control server.
import { reportSuite } from "./suite.js";

await reportSuite(location.origin);
