// workerd: `workerd test` calls this handler.
import { reportSuite } from "./suite.js";

export default {
  async test(_: unknown, { CONTROL }: { readonly CONTROL: string }): Promise<void> {
    await reportSuite(CONTROL);
  },
};
