export function aiWithFallback(
  env: Record<string, string>,
): Promise<((model: string, prompt: string) => Promise<string>) | null>;
