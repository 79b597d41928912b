import { tmpdir } from "node:os";

/** The part of playwright-core that is used: it is installed beside the suite, not with the project. */
interface Playwright {
  readonly chromium: { launch(options: LaunchOptions): Promise<Browser> };
}

interface LaunchOptions {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

interface Browser {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

interface Page {
  goto(url: string): Promise<unknown>;
  on(event: "pageerror", listener: (error: Error) => void): void;
}

/** A page that is open. */
export interface OpenPage extends AsyncDisposable {
  /** Rejects with the first error that nobody caught. */
  readonly failed: Promise<never>;
}

/** Without these a headless Chromium asks Google's hosts for updates; without the first it refuses to run as root. */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Opens a page in Debian's Chromium.
 *
 * @param load finds playwright-core from where it is installed
 */
export async function openPage(load: (name: string) => unknown, url: string): Promise<OpenPage> {
  // A parse boundary: the package's documented face.
  const { chromium } = load("playwright-core") as Playwright;
  const env = { PATH: process.env["PATH"] ?? "", HOME: tmpdir() };
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags, env });
  const page = await browser.newPage();
  const failed = new Promise<never>((_, reject) => page.on("pageerror", reject));
  failed.catch(() => undefined);
  await page.goto(url);
  return { failed, [Symbol.asyncDispose]: () => browser.close() };
}
