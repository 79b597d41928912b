/** The part of webpack's compiler that is used. webpack itself is the user's. */
interface WebpackCompiler {
  readonly hooks: {
    readonly beforeRun: AsyncHook;
    readonly watchRun: AsyncHook;
    readonly thisCompilation: { tap(name: string, action: (compilation: WebpackCompilation) => void): void };
  };
}

interface AsyncHook {
  tapPromise(name: string, action: () => Promise<void>): void;
}

interface WebpackCompilation {
  readonly errors: { push(error: Error): unknown };
  readonly fileDependencies: { add(path: string): unknown };
}

/** What a run of the generator has to tell the build. */
export interface WebpackRun {
  readonly failure: Error | undefined;
  /** Absolute paths of what it has read. */
  readonly files: readonly string[];
}

/**
 * Generates before webpack looks at the first module: its `make` hook, where plugins begin otherwise, runs beside the entries. What fails is an
 * error of the build and does not end a watch.
 */
export function generateInWebpack(compiler: WebpackCompiler, generate: () => Promise<WebpackRun>): void {
  let last: WebpackRun = { failure: undefined, files: [] };
  const run = async (): Promise<void> => {
    last = await generate();
  };
  compiler.hooks.beforeRun.tapPromise("schemacast", run);
  compiler.hooks.watchRun.tapPromise("schemacast", run);
  compiler.hooks.thisCompilation.tap("schemacast", ({ errors, fileDependencies }) => {
    if (last.failure !== undefined) errors.push(last.failure);
    for (const file of last.files) fileDependencies.add(file);
  });
}
