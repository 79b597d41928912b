import { spawnSync } from "node:child_process";
import { program } from "./run-cli.js";

// Root may read and write everywhere, so tests about rights run the program as nobody, who can't read a checkout in a private folder.

export const nobody = 65_534;
export const isRoot: boolean = process.getuid?.() === 0;
export const nobodyCanRun: boolean = isRoot && spawnSync(process.execPath, ["--check", program], { uid: nobody, cwd: "/" }).status === 0;
