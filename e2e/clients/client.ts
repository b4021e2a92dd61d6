/** How one client is driven without a person. */
export interface DrivenClient {
  /** The name that `signalbox setup` knows it by. */
  readonly id: string;
  readonly title: string;
  readonly package: string;
  /** Its program in `node_modules/.bin`. */
  readonly bin: string;
  /** Its own config, put there before `setup` adds Signalbox: path under the home folder and text. */
  readonly config?: (modelOrigin: string) => { readonly path: string; readonly text: string };
  /** Variables that point it at the scripted model and keep it from calling home. */
  readonly env: (modelOrigin: string) => Readonly<Record<string, string>>;
  /** The command line that runs one prompt. */
  readonly run: (prompt: string) => readonly string[];
  /** Its own look at its servers: the command line, and what it prints of one that is connected. */
  readonly look?: { readonly args: readonly string[]; readonly connected: RegExp };
}
